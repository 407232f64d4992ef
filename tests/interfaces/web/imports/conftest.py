"""Workbooks as people send them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motbuoc.foundation.administration.workbook.columns import PEOPLE, UNITS
from tests.factories import Cast

ROWS = list[dict[str, object]]


def workbook(units: Sequence[dict[str, object]], people: Sequence[dict[str, object]] = ()) -> bytes:
    """A workbook as somebody would fill it in: rows by the keys of columns."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for sheet, rows in ((UNITS, units), (PEOPLE, people)):
        page = book.add_worksheet(sheet.title)
        for place, column in enumerate(sheet.columns):
            page.write(0, place, column.head)
            for number, row in enumerate(rows, 1):
                value = row.get(column.key, "")
                page.write(number, place, value, *([day] if hasattr(value, "year") else []))
    book.close()
    return file.getvalue()


@pytest.fixture
def administrator(client: Client, cast: Cast) -> Client:
    """The administrator of the province, signed in."""
    client.force_login(cast.administrator.account)
    return client


def send(client: Client, content: bytes, name: str = "don-vi.xlsx", day: str = "02/03/2026", basis: str = "QĐ 7"):
    """Send a workbook in, as far as the preview."""
    upload = SimpleUploadedFile(name, content)
    return client.post(
        reverse("unit_import"), {"file": upload, "effective_on": day, "legal_basis": basis}, follow=True
    )
