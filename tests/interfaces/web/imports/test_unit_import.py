"""Sending a workbook in: taken in where it is one, refused in words where it is not, nothing left behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from motbuoc.foundation.files.models import StoredFile
from tests.interfaces.web.imports.conftest import send, workbook

CONTENT = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT)
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def far_cell() -> bytes:
    """A workbook of two cells as far apart as a sheet has room: seventeen thousand million between them."""
    with zipfile.ZipFile(io.BytesIO(workbook([{"code": "A"}]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", row + "</sheetData>").encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


BAD = {
    "empty": ("don-vi.xlsx", b"", "Tệp trống"),
    "word": ("don-vi.docx", b"PK\x03\x04", "chỉ nhận tệp Excel"),
    "old": ("don-vi.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mật khẩu"),
    "damaged": ("don-vi.xlsx", b"PK\x03\x04" + b"\0" * 200, "hỏng"),
    "not a zip": ("don-vi.xlsx", b"<html><script>alert(1)</script></html>", "hỏng"),
    "zip of something": ("don-vi.xlsx", packed(word__document_dot_xml=b"<w/>"), "không phải tệp Excel"),
    "hollow": ("don-vi.xlsx", packed(xl__workbook_dot_xml=b"<workbook/>"), "hỏng"),
    "macros": ("don-vi.xlsx", packed(xl__workbook_dot_xml=b"<w/>", xl__vbaProject_dot_bin=b"x"), "macro"),
    "bomb": (
        "don-vi.xlsx",
        packed(xl__workbook_dot_xml=b"<w/>", xl__worksheets__sheet1_dot_xml=b" " * 30_000_000),
        "giải nén",
    ),
    "far cell": ("don-vi.xlsx", far_cell(), ""),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_workbook_is_refused_in_words(administrator, settings, case: str) -> None:
    name, content, words = BAD[case]
    answer = send(administrator, content, name)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Tệp chưa được nhận" in text or words in text
    assert words in text
    assert not StoredFile.objects.exists()
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_too_many_rows_are_refused(administrator, settings) -> None:
    settings.IMPORT_ROWS = 3
    answer = send(administrator, workbook([{"code": f"A{n}"} for n in range(3)]))
    assert answer.status_code == 422
    assert "hơn 3 dòng" in answer.content.decode()


def test_another_file_takes_the_place_of_one_that_waits(administrator, settings) -> None:
    for name in ("mot.xlsx", "hai.xlsx"):
        send(administrator, workbook([{"code": "A1", "name": "Chi bộ", "kind": "Chi bộ", "parent": "A"}]), name)
    assert [stored.name for stored in StoredFile.objects.all()] == ["hai.xlsx"]


def test_the_day_and_the_basis_are_asked_for(administrator) -> None:
    answer = send(administrator, workbook([]), day="", basis="")
    assert answer.status_code == 422
    assert answer.content.decode().count("field-error") == 2


def test_only_who_runs_units_and_people_comes_in(client, cast) -> None:
    for person in (cast.officer, cast.secretary, cast.stranger, cast.inspector):
        client.force_login(person.account)
        refused = 404 if person == cast.stranger else 403
        for name in ("unit_import", "unit_import_preview", "unit_template"):
            assert client.get(reverse(name)).status_code == refused
        assert send(client, workbook([])).status_code == refused
    assert not StoredFile.objects.exists()
