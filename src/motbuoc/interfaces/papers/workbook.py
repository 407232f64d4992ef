"""The Excel file of the tree and its people: to be read, and to be filled in and sent back (docs/guides)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import IO, Any

import xlsxwriter
from django.db.models import TextChoices
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from motbuoc.foundation.administration.workbook.columns import (
    GUIDE,
    KINDS,
    PEOPLE,
    SHEETS,
    TITLES,
    UNITS,
    Sheet,
    words_of,
)
from motbuoc.foundation.administration.workbook.exporting import Line, people_lines, unit_lines
from motbuoc.foundation.people.models import Person

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a sheet program may take what begins so for a formula
CHOICES: dict[tuple[str, str], tuple[str, type[TextChoices]]] = {
    (UNITS.title, "kind"): ("loai_hinh", KINDS),
    (PEOPLE.title, "title"): ("chuc_vu", TITLES),
}
"""The columns whose cells offer words to choose from, each list with a name in the workbook."""
LAST_ROW = 1_048_575
INTRODUCTION = (
    "Trang “Đơn vị”: mỗi dòng một đơn vị. Trang “Người”: mỗi dòng một chức vụ.",
    "Đơn vị có sẵn được nhận ra theo mã; người theo mã người, nếu để trống thì theo họ tên, đơn vị và chức vụ.",
    "Nội dung khác với hệ thống sẽ thành thay đổi của ngày ghi khi nhập: đổi tên, chuyển trực thuộc, "
    "đổi loại hình, giữ chức vụ, thôi chức vụ.",
    "Ô để trống không làm thay đổi gì. Đơn vị hoặc chức vụ không có trong tệp được giữ nguyên, không bị kết thúc.",
    "Cột có tiêu đề nền vàng phải ghi ở mọi dòng.",
    "Ngày ghi theo dạng ngày/tháng/năm. Giữ nguyên dòng tiêu đề; thứ tự cột có thể khác.",
    "Hệ thống cho xem trước mọi thay đổi và mọi lỗi; khi còn một lỗi thì chưa ghi gì.",
)


def write_workbook(file: IO[bytes], viewer: Person | None, day: date) -> None:
    """Write the workbook of what `viewer` may see on `day` into `file`; without a viewer, the empty template."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    book.set_properties({"title": f"Đơn vị và người, ngày {day:%d/%m/%Y}" if viewer else "Tệp mẫu"})
    book.set_calc_mode("manual")
    pens = Pens(book)
    lines: dict[str, Iterable[Line]] = {UNITS.title: (), PEOPLE.title: ()}
    if viewer:
        lines = {UNITS.title: unit_lines(viewer, day), PEOPLE.title: people_lines(viewer, day)}
    for sheet in SHEETS:
        _write_sheet(book.add_worksheet(sheet.title), sheet, lines[sheet.title], pens)
    _write_guide(book, book.add_worksheet(GUIDE), pens)
    book.close()


class Pens:
    """The few ways in which a cell is written."""

    def __init__(self, book: Workbook) -> None:
        letters = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.head: Format = book.add_format(
            {**letters, "bold": True, "bg_color": "#E8EDF2", "bottom": 1, "text_wrap": True}
        )
        self.asked: Format = book.add_format(
            {**letters, "bold": True, "bg_color": "#F6E3C5", "bottom": 1, "text_wrap": True}
        )
        self.text: Format = book.add_format({**letters, "num_format": "@"})
        self.risky: Format = book.add_format({**letters, "num_format": "@", "quote_prefix": True})
        self.day: Format = book.add_format({**letters, "num_format": "dd/mm/yyyy", "align": "left"})
        self.number: Format = book.add_format({**letters, "num_format": "0", "align": "left"})
        self.words: Format = book.add_format({**letters, "text_wrap": True})
        self.plain: Format = book.add_format(letters)
        self.title: Format = book.add_format({**letters, "bold": True, "font_size": 14})


def _write_sheet(page: Worksheet, sheet: Sheet, lines: Iterable[Line], pens: Pens) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, pens.day if column.is_day else pens.text)
        if (sheet.title, column.key) in CHOICES:
            _let_choose(page, place, CHOICES[sheet.title, column.key][0])
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_row(0, 32)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.head, pens.asked if column.asked else pens.head)
    last = 0
    for last, line in enumerate(lines, 1):
        for place, value in enumerate(line):
            _write(page, last, place, value, pens)
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)


def _write(page: Worksheet, row: int, place: int, value: str | int | date | None, pens: Pens) -> None:
    if isinstance(value, date):
        page.write_datetime(row, place, value, pens.day)
    elif isinstance(value, int):
        page.write_number(row, place, value, pens.number)
    elif value:
        page.write_string(row, place, value, pens.risky if value.startswith(RISKY) else pens.text)


def _let_choose(page: Worksheet, place: int, name: str) -> None:
    options: dict[str, Any] = {
        "validate": "list",
        "source": f"={name}",
        "error_title": "Không có trong danh sách",
        "error_message": "Đồng chí chọn một trong các từ của danh sách.",
    }
    page.data_validation(1, place, LAST_ROW, place, options)


def _write_guide(book: Workbook, page: Worksheet, pens: Pens) -> None:
    """What each column takes, and the words for kinds and titles: the lists that cells offer stand here."""
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 100)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, GUIDE, pens.title)
    row = 1
    for sentence in INTRODUCTION:
        page.write_string(row, 0, sentence, pens.plain)
        row += 1
    for sheet in SHEETS:
        row = _write_title(page, row, f"Trang “{sheet.title}”", pens)
        for column in sheet.columns:
            page.write_string(row, 0, column.head, pens.asked if column.asked else pens.head)
            page.write_string(row, 1, column.takes, pens.words)
            row += 1
    for (title, key), (name, choices) in CHOICES.items():
        sheet = next(sheet for sheet in SHEETS if sheet.title == title)
        row = _write_title(page, row, sheet.head(key), pens)
        words = words_of(choices)
        book.define_name(name, f"='{GUIDE}'!$A${row + 1}:$A${row + len(words)}")
        for word in words:
            page.write_string(row, 0, word, pens.words)
            row += 1


def _write_title(page: Worksheet, row: int, title: str, pens: Pens) -> int:
    page.write_string(row + 1, 0, title, pens.title)
    return row + 2
