"""A unit's form as an Excel workbook: to be filled in and brought back, with what stood in each cell when it left.

One row a cell. A hidden column says which cell a row is, so that rows may be sorted; a hidden sheet says whose
form of which period it is, and what stood there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.filling import EMPTY, CellKey, Held, Line
from motbuoc.domains.ledger.past import Totals
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.foundation.administration.workbook.rows import Cell, Tables
from motbuoc.foundation.core.errors import Refusal

FIGURES, WORDS, KEYS = "Số liệu", "Lời văn", "_khoa"
MARK = "motbuoc-bieu-1"
HEADINGS = (
    "Chỉ tiêu",
    "Phân tổ",
    "Đơn vị tính",
    "Kỳ này",
    "Ước (x)",
    "Ghi chú",
    "Kỳ trước",
    "Cùng kỳ năm trước",
    "",
)
NAME, PART, AMOUNT, ESTIMATE, NOTE, KEY = 0, 1, 3, 4, 5, 8
HEAD = 4  # rows above the headings
TICKS = ("x", "có", "1", "true")


@dataclass(frozen=True)
class Brought:
    """What somebody brought for one cell: its place for people ("Số liệu, D7"), texts, and what stood there."""

    place: str
    text: str
    is_estimate: bool
    note: str
    was: Held


@dataclass
class Workbook:
    """What a workbook holds: cells by key, words by box, and what is wrong, each by its place."""

    cells: dict[CellKey, Brought] = field(default_factory=dict)
    words: dict[int, tuple[str, str]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


def identity_of(submission: Submission) -> list[str]:
    """What the hidden sheet says of whose form it is."""
    period = submission.period
    return [MARK, *(str(pk) for pk in (submission.pk, period.form_id, period.pk, submission.unit_id))]


@dataclass(frozen=True)
class Sheet:
    """What goes into a workbook: `title` stands above it; `past`: the last period, and a year before."""

    title: Sequence[str]
    lines: Sequence[Line]
    held: Mapping[CellKey, Held]
    counts: Mapping[int, int]
    boxes: Sequence[tuple[Any, str]]
    past: tuple[Totals, Totals]


def write_submission(submission: Submission, sheet: Sheet) -> bytes:
    """The .xlsx."""
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    page, words, keys = (book.add_worksheet(title) for title in (FIGURES, WORDS, KEYS))
    keys.hide()
    keys.write_row(0, 0, identity_of(submission))
    letters = {"border": 1, "text_wrap": True, "valign": "top"}
    pens = {
        "head": book.add_format({**letters, "bold": True, "bg_color": "#E8EDF2"}),
        "plain": book.add_format({**letters, "num_format": "#,##0.###"}),
        "fill": book.add_format({**letters, "bg_color": "#FFFBE6", "num_format": "#,##0.###"}),
    }
    _write_figures(page, keys, sheet, pens)
    _write_words(words, keys, sheet, pens)
    book.close()
    return out.getvalue()


def _write_figures(page: Any, keys: Any, sheet: Sheet, pens: dict[str, Any]) -> None:
    for row, text in enumerate(sheet.title[:HEAD]):
        page.write_string(row, 0, text)
    for column, heading in enumerate(HEADINGS):
        page.write_string(HEAD, column, heading, pens["head"])
    for column, width in enumerate((44, 20, 12, 14, 8, 30, 12, 12)):
        page.set_column(column, column, width)
    page.set_column(KEY, KEY, None, None, {"hidden": True})
    page.freeze_panes(HEAD + 1, 1)
    for row, (line, key, part) in enumerate(_cells(sheet.lines), HEAD + 1):
        one, name = sheet.held.get(key, EMPTY), f"{key.field_id}-{key.category_id}"
        indicator = line.field.indicator
        for column, text in enumerate((indicator.name, part, indicator.measured_in)):
            page.write_string(row, column, text, pens["plain"])
        amount = Decimal(sheet.counts[line.field.pk]) if line.is_counted else one.amount
        _number(page, row, AMOUNT, amount, pens["plain" if line.is_counted else "fill"])
        page.write_string(row, ESTIMATE, "x" if one.is_estimate else "", pens["fill"])
        page.write_string(row, NOTE, one.note, pens["fill"])
        for column, totals in enumerate(sheet.past, NOTE + 1):
            _number(page, row, column, totals.get(indicator.pk), pens["plain"])
        page.write_string(row, KEY, name)
        keys.write_row(row - HEAD, 0, [name, "" if one.amount is None else str(one.amount), one.note])
        keys.write_number(row - HEAD, 3, int(one.is_estimate))


def _write_words(page: Any, keys: Any, sheet: Sheet, pens: dict[str, Any]) -> None:
    page.set_column(0, 0, 40)
    page.set_column(1, 1, 100)
    page.set_column(2, 2, None, None, {"hidden": True})
    for row, (box, text) in enumerate(sheet.boxes):
        page.write_string(row, 0, box.title, pens["head"])
        page.write_string(row, 1, text, pens["fill"])
        page.write_string(row, 2, str(box.pk))
        keys.write_row(row, 6, [str(box.pk), text])


def _cells(lines: Iterable[Line]) -> Iterator[tuple[Line, CellKey, str]]:
    for line in lines:
        parts = [part.name for part in line.categories] or [""]
        yield from ((line, key, part) for key, part in zip(line.keys, parts, strict=True))


def _number(page: Any, row: int, column: int, amount: Decimal | None, pen: Any) -> None:
    if amount is None:
        page.write_blank(row, column, None, pen)
    else:
        page.write_number(row, column, float(amount), pen)


def read_submission(tables: Tables, submission: Submission, lines: Iterable[Line]) -> Workbook:
    """What a workbook that was brought back holds.

    Raises:
        Refusal: it is no workbook of this form, period and unit.
    """
    keys = dict(tables.get(KEYS, ()))
    said = [_text(cell) for cell in keys.get(1, ())][:5]
    if FIGURES not in tables or not said or said[0] != MARK:
        words = _("This is no form that was fetched here. Fetch the form as Excel, fill it in and bring that.")
        raise Refusal(words)
    mine = identity_of(submission)
    if said[3] != mine[3] or said[2] != mine[2]:
        raise Refusal(_("This workbook is of another period or of another version of the form. Fetch it anew."))
    if said != mine:
        raise Refusal(_("This workbook is the form of another unit."))
    was = {
        _text(cells[0]): Held(_amount_kept(_text(cells[1])), bool(cells[3]), _text(cells[2]))
        for number, cells in keys.items()
        if number > 1 and len(cells) > 3 and cells[0]
    }
    book = Workbook()
    known = {f"{key.field_id}-{key.category_id}": (line, key, part) for line, key, part in _cells(lines)}
    for number, cells in tables[FIGURES]:
        if number > HEAD + 1:
            _read_row(number, [*cells, *[None] * (KEY + 1 - len(cells))], known, was, book)
    seen = {_text(cells[6]): _text(cells[7]) for cells in keys.values() if len(cells) > 7 and cells[6]}
    for _row, cells in tables.get(WORDS, ()):
        if len(cells) > 2 and (box := _text(cells[2])) in seen:
            book.words[int(box)] = (_text(cells[1]), seen[box])
    return book


def _read_row(
    number: int,
    cells: Sequence[Cell],
    known: dict[str, tuple[Line, CellKey, str]],
    was: dict[str, Held],
    book: Workbook,
) -> None:
    place = f"{FIGURES}, D{number}"
    name = _text(cells[KEY])
    if name not in known or name not in was:
        book.problems.append(
            (f"{FIGURES}, A{number}", _("This row is none of the form's: take it out, or fetch the form anew."))
        )
        return
    line, key, part = known[name]
    if key in book.cells:
        book.problems.append((place, _("This row stands here twice: leave one.")))
        return
    if _text(cells[NAME]) != line.field.indicator.name or _text(cells[PART]) != part:
        words = _("This row was “%(name)s”. Fill in the rows as they are named, without merging cells.")
        told = " / ".join(word for word in (line.field.indicator.name, part) if word)
        book.problems.append((f"{FIGURES}, A{number}", words % {"name": told}))
        return
    tick = _text(cells[ESTIMATE]).casefold()
    if tick and tick not in TICKS:
        book.problems.append((f"{FIGURES}, E{number}", _("Write x where it is an estimate, or nothing.")))
    text = "" if line.is_counted else _amount(cells[AMOUNT])
    book.cells[key] = Brought(place, text, tick in TICKS, _text(cells[NOTE]), was[name])


def _amount_kept(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        raise Refusal(_("The hidden sheet of this workbook was changed. Fetch the form anew.")) from None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _amount(cell: Cell) -> str:
    """A number of a sheet as people write it; what is no number as it is."""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, int | float):
        text = f"{Decimal(repr(cell)):f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    return _text(cell)
