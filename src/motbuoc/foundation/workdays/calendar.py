"""Which days are worked, and counting over them: no query, so a list of thousands asks for the calendar once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from motbuoc.foundation.workdays.models import DayKind
from motbuoc.foundation.workdays.proposed import proposed_days

ONE_DAY = timedelta(days=1)


class Special(NamedTuple):
    """What is said of a day that is not what its weekday says."""

    kind: str
    name: str
    legal_basis: str


class Calendar:
    """The working days: Monday to Friday but for special days.

    `confirmed` holds, by year, the special days that were saved; of any other year what is proposed holds.
    """

    def __init__(self, confirmed: Mapping[int, Mapping[date, Special]] | None = None) -> None:
        self._confirmed = dict(confirmed or {})

    def is_confirmed(self, year: int) -> bool:
        """Whether somebody has saved the year's days."""
        return year in self._confirmed

    def days_of(self, year: int) -> Mapping[date, Special]:
        """The special days of a year."""
        if year not in self._confirmed:
            return {day: Special(*told) for day, told in proposed_days(year).items()}
        return self._confirmed[year]

    def with_days(self, year: int, days: Mapping[date, Special]) -> Calendar:
        """This calendar, but for the special days of one year."""
        return Calendar({**self._confirmed, year: days})

    def special(self, day: date) -> Special | None:
        """What is said of the day, if it is not an ordinary one."""
        if day.year in self._confirmed:
            return self._confirmed[day.year].get(day)
        told = proposed_days(day.year).get(day)
        return Special(*told) if told else None

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked."""
        special = self.special(day)
        return day.weekday() < 5 if special is None else special.kind == DayKind.SWAPPED_WORK

    def why_free(self, day: date) -> str:
        """Why the day is not worked, in words; blank for a working day."""
        special = self.special(day)
        if special and special.kind != DayKind.SWAPPED_WORK:
            return special.name
        if special or day.weekday() < 5:
            return ""
        return _("Saturday") if day.weekday() == 5 else _("Sunday")

    def roll_forward(self, day: date) -> date:
        """The day itself if it is worked, otherwise the first working day after it."""
        return self._roll(day, ONE_DAY)

    def roll_back(self, day: date) -> date:
        """The day itself if it is worked, otherwise the last working day before it."""
        return self._roll(day, -ONE_DAY)

    def _roll(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The day `count` working days after `day`, before it where `count` is negative; `day` itself for none."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`."""
        return sum(self.is_workday(day) for day in days_after(start, end))


def days_after(start: date, end: date) -> Iterator[date]:
    """Every day after `start`, up to and with `end`."""
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))


BUILT_IN = Calendar()
"""The calendar as it is proposed, where no year has been confirmed."""
