"""Reads of the working calendar."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from motbuoc.foundation.workdays.calendar import Calendar, Special
from motbuoc.foundation.workdays.models import CalendarChange, CalendarDay, CalendarYear

Stamps = tuple[tuple[int, UUID], ...]


def calendar() -> Calendar:
    """The calendar as it stands: one small query to see whether it has changed; the days are kept in memory."""
    return _calendar(tuple(CalendarYear.objects.order_by("year").values_list("year", "stamp")))


@lru_cache(maxsize=4)
def _calendar(stamps: Stamps) -> Calendar:
    confirmed: dict[int, dict[date, Special]] = {year: {} for year, _stamp in stamps}
    for day, *told in CalendarDay.objects.values_list("day", "kind", "name", "legal_basis") if stamps else ():
        confirmed.setdefault(day.year, {})[day] = Special(*told)
    return Calendar(confirmed)


def year_kept(year: int) -> CalendarYear | None:
    """The year as somebody confirmed it, if anybody has."""
    return CalendarYear.objects.filter(year=year).first()


def changes_of(year: int) -> QuerySet[CalendarChange]:
    """What was changed in a year, the latest first."""
    return CalendarChange.objects.filter(year__year=year).select_related("made_by").order_by("-pk")


def changes_to_recount() -> list[int]:
    """The changes over which due days have not been counted anew yet, the oldest first."""
    waiting = CalendarChange.objects.filter(recounted_at__isnull=True).order_by("pk")
    return list(waiting.values_list("pk", flat=True))


def add_workdays(day: date, count: int) -> date:
    """The day `count` working days after `day`. For many days ask for the `calendar` once."""
    return calendar().add_workdays(day, count)


def is_workday(day: date) -> bool:
    """Whether the day is worked."""
    return calendar().is_workday(day)
