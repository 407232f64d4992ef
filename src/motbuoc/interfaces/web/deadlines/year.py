"""A year of the working calendar as twelve small months, and what would change in it, in words."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motbuoc.foundation.workdays.calendar import Calendar, Special
from motbuoc.foundation.workdays.models import CalendarChange, DayKind
from motbuoc.foundation.workdays.planning import DayChange, changes_between, days_of

ROLES = {
    DayKind.HOLIDAY: "holiday",
    DayKind.SUBSTITUTE: "holiday",
    DayKind.SWAPPED_OFF: "swapped-off",
    DayKind.SWAPPED_WORK: "swapped-work",
}


@dataclass(frozen=True, slots=True)
class YearCell:
    """A day of the year: what it is in the calendar, and why in words."""

    day: date
    role: str
    word: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class YearMonth:
    """One month: weeks from Monday, None where a day belongs to another month; how many of its days are worked."""

    first: date
    weeks: list[list[YearCell | None]]
    worked: int


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A special day in words."""

    day: date
    kind: str
    role: str
    name: str
    legal_basis: str


def months_of_year(days: Calendar, year: int, today: date) -> list[YearMonth]:
    """The twelve months of a year."""
    return [_month(days, date(year, month, 1), today) for month in range(1, 13)]


def _month(days: Calendar, first: date, today: date) -> YearMonth:
    weeks: list[list[YearCell | None]] = []
    worked = 0
    for week in Weeks(firstweekday=0).monthdatescalendar(first.year, first.month):
        weeks.append([_cell(days, day, today) if day.month == first.month else None for day in week])
        worked += sum(day.month == first.month and days.is_workday(day) for day in week)
    return YearMonth(first, weeks, worked)


def _cell(days: Calendar, day: date, today: date) -> YearCell:
    special = days.special(day)
    role = ROLES[DayKind(special.kind)] if special else "weekend" if day.weekday() > 4 else ""
    return YearCell(day, role, special.name if special else "", day == today)


def named_days(days: Calendar, year: int) -> list[NamedDay]:
    """The special days of a year, in order."""
    return [_named(day, special) for day, special in sorted(days.days_of(year).items())]


def _named(day: date, special: Special) -> NamedDay:
    kind = DayKind(special.kind)
    return NamedDay(day, str(kind.label), ROLES[kind], special.name, special.legal_basis)


@dataclass(frozen=True, slots=True)
class Said:
    """A changed day in words: what it was and what it becomes."""

    day: date
    before: str
    after: str


def said(changes: Iterable[DayChange]) -> list[Said]:
    """Changed days in words; one that only rests on another document says which."""
    return [_said(change) for change in changes]


def _said(change: DayChange) -> Said:
    before, after = change.before, change.after
    only_basis = before and after and before[:2] == after[:2]
    return Said(change.day, _words(before, basis=bool(only_basis)), _words(after, basis=bool(only_basis)))


def _words(special: Special | None, *, basis: bool) -> str:
    if special is None:
        return _("ordinary day")
    words = f"{DayKind(special.kind).label}: {special.name}"
    return f"{words} ({special.legal_basis})" if basis else words


def said_of(change: CalendarChange) -> list[Said]:
    """The days of a change that was made."""
    return said(changes_between(days_of(change.before), days_of(change.after)))
