"""From cells to rows: what each cell says, and what is wrong with it. Knows nothing of the installation."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.foundation.administration.workbook.columns import (
    CLEAR,
    KINDS,
    PEOPLE,
    SHEETS,
    TITLES,
    UNITS,
    Column,
    Sheet,
    choices_by_word,
    key_of,
)

Cell = str | float | int | bool | date | datetime | None
Table = Sequence[tuple[int, Sequence[Cell]]]
"""The lines of a sheet that hold something: the number that the person sees, and the cells."""
Tables = Mapping[str, Table]
"""The sheets of a file by their titles."""
DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
EARLIEST, LATEST = 1900, 2200  # years; others are slips of the finger


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of the file, and what to do. Row 0: the sheet as a whole."""

    sheet: str
    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class UnitRow:
    """A line of the sheet of units. Empty: the file says nothing about it; None among lists likewise."""

    number: int
    code: str
    name: str
    short_name: str
    symbol: str
    kind: str
    parent: str
    valid_from: date | None
    legal_basis: str
    last_day: date | None
    identifiers: tuple[tuple[str, str], ...] | None
    hosts: tuple[str, ...] | None


@dataclass(frozen=True)
class PersonRow:
    """A line of the sheet of people: one position."""

    number: int
    person: str
    full_name: str
    unit: str
    title: str
    valid_from: date | None
    last_day: date | None
    legal_basis: str


@dataclass
class Rows:
    """What a file says, and what is wrong with its cells."""

    units: list[UnitRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def clean(value: Cell) -> str:
    """What a cell says, as text: composed letters, single spaces, whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(unicodedata.normalize("NFC", str(value)).split())


def read_rows(tables: Tables) -> Rows:
    """The rows of a file: of each line every cell is looked at, so that all problems are told at once."""
    rows = Rows()
    named = {key_of(title): table for title, table in tables.items()}
    found = {sheet.title: named.get(key_of(sheet.title)) for sheet in SHEETS}
    if not any(table is not None for table in found.values()):
        sentence = _("There is no sheet “%(units)s” or “%(people)s”. Fill in the template and send that.")
        named_as = {"units": UNITS.title, "people": PEOPLE.title}
        rows.problems.append(Problem(UNITS.title, 0, "", sentence % named_as))
    units = _lines(UNITS, found[UNITS.title], rows.problems)
    rows.units = [UnitRow(**values) for values in units]
    rows.people = [PersonRow(**values) for values in _lines(PEOPLE, found[PEOPLE.title], rows.problems)]
    return rows


def _lines(sheet: Sheet, table: Table | None, problems: list[Problem]) -> Iterable[dict[str, Any]]:
    if not table:
        return
    places = _places(sheet, table[0], problems)
    if places is None:
        return
    reading = {UNITS.title: _reader(KINDS, "kind"), PEOPLE.title: _reader(TITLES, "title")}[sheet.title]
    for number, cells in table[1:]:
        values: dict[str, Any] = {"number": number}
        wrong = len(problems)
        for column in sheet.columns:
            at = places.get(column.key)
            cell = cells[at] if at is not None and at < len(cells) else None
            values[column.key], sentence = reading(column, cell)
            if sentence:
                problems.append(Problem(sheet.title, number, column.head, sentence))
        if any(values[column.key] for column in sheet.columns) or len(problems) > wrong:
            yield values


def _places(sheet: Sheet, head: tuple[int, Sequence[Cell]], problems: list[Problem]) -> dict[str, int] | None:
    """At which place each column stands; None where one that is asked for is missing."""
    number, cells = head
    heads = {key_of(clean(cell)): place for place, cell in reversed(list(enumerate(cells)))}
    places = {c.key: heads[key_of(c.head)] for c in sheet.columns if key_of(c.head) in heads}
    missing = [column for column in sheet.columns if column.asked and column.key not in places]
    for column in missing:
        sentence = _("The column “%(column)s” is missing. Keep the heads of the template in the first line.")
        problems.append(Problem(sheet.title, number, column.head, sentence % {"column": column.head}))
    return None if missing else places


def _reader(choices: Any, key: str) -> Callable[[Column, Cell], tuple[Any, str]]:
    words = choices_by_word(choices)

    def read(column: Column, cell: Cell) -> tuple[Any, str]:
        if column.is_day:
            return _day(cell)
        text = clean(cell)
        if column.key == key:
            return _choice(column, text, words)
        if column.asked and not text:
            return text, _("“%(column)s” is missing. Fill it in.") % {"column": column.head}
        if column.longest and len(text) > column.longest:
            return text, _("Too long: at most %(longest)s characters.") % {"longest": column.longest}
        if column.key == "identifiers":
            return _identifiers(text)
        return (_listed(text) if column.key == "hosts" else text), ""

    return read


def _choice(column: Column, text: str, words: dict[str, str]) -> tuple[str, str]:
    if not text:
        missing = _("“%(column)s” is missing. Fill it in.") % {"column": column.head}
        return "", missing if column.asked else ""
    if value := words.get(key_of(text)):
        return value, ""
    sentence = _("“%(word)s” is not known here. Choose a word from the list of the cell or from the guide sheet.")
    return "", sentence % {"word": text[:80]}


def _day(cell: Cell) -> tuple[date | None, str]:
    day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None
    text = clean(cell)
    for form in DAY_FORMATS if day is None and text else ():
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, in no zone
        except ValueError:
            continue
        break
    if day is None and text:
        return None, _("“%(text)s” is not a date. Write it as dd/mm/yyyy.") % {"text": text[:40]}
    if day and not EARLIEST <= day.year <= LATEST:
        return None, _("The year of this date cannot be right. Check it.")
    return day, ""


def _listed(text: str) -> tuple[str, ...] | None:
    """The parts of a list; None where the cell says nothing, empty where it says that there is none."""
    if not text:
        return None
    return tuple(dict.fromkeys(p for part in text.split(";") if (p := part.strip()) and p not in (CLEAR, "–")))


def _identifiers(text: str) -> tuple[tuple[tuple[str, str], ...] | None, str]:
    parts = _listed(text)
    if parts is None:
        return None, ""
    pairs = []
    for part in parts:
        scheme, equals, value = (word.strip() for word in part.partition("="))
        if not (scheme and equals and value) or len(scheme) > 40 or len(value) > 80:
            return None, _("“%(part)s” is not an identifier. Write scheme=value, several apart by semicolons.") % {
                "part": part[:80]
            }
        pairs.append((scheme, value))
    return tuple(dict.fromkeys(pairs)), ""
