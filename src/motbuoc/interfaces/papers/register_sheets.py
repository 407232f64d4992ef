"""The registers as Excel files: what the pages list, to be printed and filed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.sheets import mark_of

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000
Cell = str | int | date | None
WIDTHS = (8, 12, 20, 12, 44, 26, 26, 18)


def register_sheet(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An .xlsx of one register: its title, its columns, one row an entry; words are never taken for formulas."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "border": 1, "valign": "top"})
    sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_row(2, 0, list(columns), bold)
    for place, row in enumerate(rows, 3):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(place, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(place, column, cell, plain)
            else:
                sheet.write_string(place, column, cell or "", plain)
    for column, width in enumerate(WIDTHS[: len(columns)]):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    book.close()
    return out.getvalue()


def _marked(row: Any, words: str) -> str:
    """The words of a line, with its mark where it is not for all."""
    mark = mark_of(row.seen_as)
    return f"{words} [{mark}]" if mark else words


def incoming_sheet(rows: Any) -> tuple[str, bytes]:
    """The incoming register of these rows, each with its `unit_name`, in their order: its title, and the .xlsx."""
    columns = [_("No."), _("Day of arrival"), _("Number and symbol"), _("Date of issue"), _("Subject")]
    columns += [_("From whom"), _("Routing note"), _("Unit")]
    lines = (
        (
            row.number,
            row.arrived_on,
            row.code,
            row.issued_on,
            _marked(row, row.subject + (f" ({_('struck out')})" if row.is_struck else "")),
            row.sender,
            "; ".join(f"{note.to}: {note.text}" for note in row.notes.all()),
            row.unit_name,
        )
        for row in rows.prefetch_related("notes")[:MOST_ROWS]
    )
    return _("Incoming register"), register_sheet(_("Incoming register"), columns, lines)


def outgoing_sheet(rows: Any) -> tuple[str, bytes]:
    """The outgoing register of these rows, as `incoming_sheet`."""
    columns = [_("Number and symbol"), _("Date of issue"), _("Kind of document"), _("Unit"), _("Subject")]
    columns += [_("Signer"), _("Recipients"), _("State")]
    lines = (
        (
            row.code,
            row.issued_on,
            row.type,
            row.unit_name,
            _marked(row, row.subject),
            row.released_by.full_name if row.released_by else "",
            "; ".join(each.name for each in row.recipients.all()),
            str(row.get_state_display()),
        )
        for row in rows.select_related("released_by").prefetch_related("recipients")[:MOST_ROWS]
    )
    return _("Outgoing register"), register_sheet(_("Outgoing register"), columns, lines)


def sheet_download(title: str, content: bytes) -> FileResponse:
    """A register as a download, called by its title and the day."""
    name = f"{title} {clock.today():%d-%m-%Y}.xlsx"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=SHEET)
