"""A table as a file for a spreadsheet: Excel, or CSV that Excel reads in Vietnamese. No cell is ever a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter

from motbuoc.foundation.access.classification import Classification
from motbuoc.interfaces.papers.history_csv import harmless

Value = str | int
HEAD = 3  # rows above the table's headings: its title, what it shows, its mark or nothing
WIDEST, NARROW = 40, 12  # characters


@dataclass(frozen=True)
class Sheet:
    """A table with its title and a line that says what it shows, of which day; `mark`: that it is not for all."""

    title: str
    note: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    mark: str = ""


def mark_of(classification: str) -> str:
    """The mark of a table of this class: nothing where it is the normal one."""
    known = Classification(classification)
    return "" if known is Classification.NORMAL else str(known.label).upper()


def as_csv(sheet: Sheet) -> Iterator[str]:
    """The table in pieces, the first with the mark by which Excel knows UTF-8."""
    yield "\ufeff" + _line(sheet.headings)
    for row in sheet.rows:
        yield _line(row)


def _line(cells: Sequence[Value]) -> str:
    out = StringIO()
    csv.writer(out).writerow([cell if isinstance(cell, int) else harmless(cell) for cell in cells])
    return out.getvalue()


def as_excel(sheet: Sheet) -> bytes:
    """An .xlsx: headings and first column stay in sight; printed on A4 across with the headings on every page."""
    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {**options, "strings_to_numbers": False})
    page = book.add_worksheet()
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    page.set_column(0, 0, WIDEST)
    page.set_column(1, max(1, len(sheet.headings) - 1), NARROW)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.freeze_panes(HEAD + 1, 1)
    page.set_footer("&C&P/&N")
    page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, sheet.note)
    if sheet.mark:
        page.write_string(2, 0, sheet.mark, book.add_format({"bold": True, "font_color": "#9c1c17"}))
        page.set_header(f"&R&B{sheet.mark}")  # on every page that is printed
    for column, words in enumerate(sheet.headings):
        page.write_string(HEAD, column, words, head)
    for place, row in enumerate(sheet.rows, HEAD + 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(place, column, value, cell)
            else:
                page.write_string(place, column, value, cell)
    book.close()
    return out.getvalue()
