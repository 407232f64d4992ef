"""What a year of the calendar would be once it is confirmed, changed or imported: shown, then carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.workdays.calendar import Calendar, Special
from motbuoc.foundation.workdays.models import CalendarYear, DayKind
from motbuoc.foundation.workdays.selectors import calendar, year_kept

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 120
"""Special days of one year; there are about twenty. Somebody who brings more has brought something else."""
LONGEST_NAME, LONGEST_BASIS = 120, 250

Days = dict[date, Special]


class DayChange(NamedTuple):
    """A day of a year that would be another one; None: an ordinary day."""

    day: date
    before: Special | None
    after: Special | None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """All special days that a year would have.

    `version` is that of the year it was made on, 0 for one that is only proposed; `act` what the history calls it.
    """

    act: str
    year: int
    version: int
    legal_basis: str
    before: Days
    after: Days

    @property
    def changes(self) -> list[DayChange]:
        """The days that would be others, in order."""
        return list(changes_between(self.before, self.after))

    @property
    def confirms(self) -> bool:
        """Whether the year is not confirmed yet."""
        return self.version == 0

    def calendar(self) -> Calendar:
        """The calendar as it would be."""
        return calendar().with_days(self.year, self.after)

    def resting_on(self, version: int) -> YearPlan:
        """The same plan, made when the year was of `version`: it is refused if that has changed since."""
        return replace(self, version=version)

    def as_rows(self) -> dict[str, Any]:
        """The plan as JSON can hold it."""
        return {
            "act": self.act,
            "year": self.year,
            "version": self.version,
            "legal_basis": self.legal_basis,
            "before": rows_of(self.before),
            "after": rows_of(self.after),
        }

    @classmethod
    def from_rows(cls, rows: Mapping[str, Any]) -> YearPlan:
        """What `as_rows` made."""
        days = {"before": days_of(rows["before"]), "after": days_of(rows["after"])}
        return cls(**{**rows, **days})


def changes_between(before: Mapping[date, Special], after: Mapping[date, Special]) -> Iterator[DayChange]:
    """The days that differ, in order."""
    for day in sorted({*before, *after}):
        if before.get(day) != after.get(day):
            yield DayChange(day, before.get(day), after.get(day))


def rows_of(days: Mapping[date, Special]) -> list[list[str]]:
    """Special days as JSON can hold them."""
    return [[day.isoformat(), *special] for day, special in sorted(days.items())]


def days_of(rows: list[list[str]]) -> Days:
    """What `rows_of` made."""
    return {date.fromisoformat(day): Special(*told) for day, *told in rows}


def plan_confirmation(year: int, legal_basis: str) -> YearPlan:
    """The year as it is proposed, made certain.

    Raises:
        Refusal: it is confirmed already, outside the years that are kept, or nothing decided on it.
    """
    kept, days = _stands(year)
    if kept:
        raise Refusal(_("This year is confirmed already. Change single days, or bring in a file."))
    return YearPlan("confirm_calendar_year", year, 0, _basis(legal_basis), days, days)


def plan_day(day: date, kind: str, name: str, legal_basis: str) -> YearPlan:
    """One day made another one; a blank `kind` makes it what its weekday says.

    Raises:
        Refusal: its year is not confirmed, nothing would change, or the day cannot be that.
    """
    kept, days = _stands(day.year)
    if kept is None:
        raise Refusal(_("This year is only proposed. Confirm it first, then change its days."))
    after = {on: special for on, special in days.items() if on != day}
    basis = _basis(legal_basis)
    if kind:
        if problem := problem_of(day, kind, name):
            raise Refusal(problem)
        after[day] = Special(kind, name.strip(), basis)
    return _checked(YearPlan("change_calendar_day", day.year, kept.version, basis, days, after))


def plan_year(year: int, after: Mapping[date, Special], legal_basis: str) -> YearPlan:
    """The days of a year as a file lists them, in the place of all it has; a year not confirmed is so with them.

    Raises:
        Refusal: nothing would change, a day cannot be what it is said to be, or they are too many.
    """
    kept, days = _stands(year)
    plan = YearPlan(
        "import_calendar_year", year, kept.version if kept else 0, _basis(legal_basis), days, dict(after)
    )
    return plan if plan.confirms else _checked(plan)


def _stands(year: int) -> tuple[CalendarYear | None, Days]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        words = _("Give a year from %(first)s to %(last)s.")
        raise Refusal(words % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return year_kept(year), dict(calendar().days_of(year))


def _checked(plan: YearPlan) -> YearPlan:
    if len(plan.after) > MOST_DAYS:
        words = _("More than %(most)s days of one year are not as their weekday says. Check the file.")
        raise Refusal(words % {"most": MOST_DAYS})
    if not plan.changes:
        raise Refusal(_("The calendar says so already. There is nothing to change."))
    return plan


def _basis(words: str) -> str:
    words = words.strip()
    if not words:
        raise Refusal(_("Give the document that decided it, with number and date."))
    return words[:LONGEST_BASIS]


def problem_of(day: date, kind: str, name: str) -> str:
    """Why a day cannot be of a kind, in a sentence; blank where it can."""
    if kind not in DayKind.values:
        return _("Say what kind of day it is: a public holiday, a day off or a working day.")
    if not name.strip():
        return _("Give the day a name, so that whoever reads a due day knows why it was skipped.")
    if len(name.strip()) > LONGEST_NAME:
        return _("The name is too long. Write at most %(most)s letters.") % {"most": LONGEST_NAME}
    is_weekend = day.weekday() > 4
    if kind == DayKind.SWAPPED_WORK and not is_weekend:
        return _("Monday to Friday are worked anyway. To make a holiday a working day, choose “ordinary day”.")
    if kind in (DayKind.SWAPPED_OFF, DayKind.SUBSTITUTE) and is_weekend:
        return _("Saturday and Sunday are off anyway. Choose a weekday.")
    return ""
