"""The reporting periods of the year: where they begin and end for a day on which figures are closed.

With the 14th, November is 15 October to 14 November and the first half year 15 December to 14 June (Decree
09/2019/NĐ-CP); with 31, periods are those of the calendar.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from motbuoc.domains.ledger.choices import PeriodCycle

C = PeriodCycle
LENGTHS = {C.MONTH: 1, C.QUARTER: 3, C.HALF_YEAR: 6, C.NINE_MONTHS: 9, C.YEAR: 12}
"""How many months a period lasts; a week has none."""

LAST_OF_MONTH = 31
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
LOOKS_BACK = {C.WEEK: timedelta(days=3), C.MONTH: timedelta(days=15)}
LOOKS_BACK_LONG = timedelta(days=45)
"""So many days after its end a period is still the one to ask for, at first."""


class Span(NamedTuple):
    """The first and the last day of a period."""

    start: date
    end: date


def closing(year: int, month: int, closes_on_day: int) -> date:
    """The day on which a month is closed."""
    return date(year, month, min(closes_on_day, monthrange(year, month)[1]))


def _month(count: int) -> tuple[int, int]:
    return count // 12, count % 12 + 1


def around(cycle: str, day: date, closes_on_day: int = LAST_OF_MONTH) -> Span:
    """The period of a cycle that `day` lies in; nine months after their end are still those of their year.

    Raises:
        ValueError: the cycle has no periods of its own (by subject, when asked).
    """
    if cycle == C.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + WEEK - ONE_DAY)
    length = LENGTHS[PeriodCycle(cycle)] if cycle in LENGTHS else 0
    if not length:
        raise ValueError(f"{cycle} has no periods of its own")
    month = day.year * 12 + day.month - 1  # the month that the day is counted to
    if day > closing(day.year, day.month, closes_on_day):
        month += 1
    year = month // 12
    first = year * 12 if cycle == C.NINE_MONTHS else year * 12 + month % 12 // length * length
    start = closing(*_month(first - 1), closes_on_day) + ONE_DAY
    return Span(start, closing(*_month(first + length - 1), closes_on_day))


def before(cycle: str, span: Span, closes_on_day: int = LAST_OF_MONTH) -> Span:
    """The period before one; the nine months of the year before."""
    if cycle == C.NINE_MONTHS:
        return a_year_before(cycle, span, closes_on_day)
    return around(cycle, span.start - ONE_DAY, closes_on_day)


def after(cycle: str, span: Span, closes_on_day: int = LAST_OF_MONTH) -> Span:
    """The period after one; the nine months of the year after."""
    if cycle == C.NINE_MONTHS:
        return around(cycle, closing(span.end.year, 12, closes_on_day) + ONE_DAY, closes_on_day)
    return around(cycle, span.end + ONE_DAY, closes_on_day)


def next_to_open(
    cycle: str, last_end: date | None, today: date, closes_on_day: int = LAST_OF_MONTH
) -> Span | None:
    """The period that is asked for next: the one after the last, or at first the one that ends about now.

    None where periods are opened one by one.
    """
    if cycle not in LENGTHS and cycle != C.WEEK:
        return None
    if last_end is not None:
        return after(cycle, Span(last_end, last_end), closes_on_day)
    return around(cycle, today - LOOKS_BACK.get(PeriodCycle(cycle), LOOKS_BACK_LONG), closes_on_day)


def a_year_before(cycle: str, span: Span, closes_on_day: int = LAST_OF_MONTH) -> Span:
    """The same period of the year before; for weeks the one of 52 weeks ago."""
    if cycle == C.WEEK:
        return Span(span.start - 52 * WEEK, span.end - 52 * WEEK)
    last = span.end
    return around(cycle, closing(last.year - 1, last.month, closes_on_day), closes_on_day)


def year_of(span: Span) -> int:
    """The year that a period belongs to: that of its last day."""
    return span.end.year


def label_of(cycle: str, span: Span) -> str:
    """What documents call a period, in their language."""
    end = span.end
    with override("vi"):
        if cycle == C.WEEK:
            year, week, _day = span.start.isocalendar()
            return _("Week %(number)s of %(year)s") % {"number": week, "year": year}
        if cycle == C.MONTH:
            return _("Month %(number)s of %(year)s") % {"number": end.month, "year": end.year}
        if cycle == C.QUARTER:
            number = ("I", "II", "III", "IV")[(end.month - 1) // 3]
            return _("Quarter %(number)s of %(year)s") % {"number": number, "year": end.year}
        if cycle == C.HALF_YEAR:
            words = _("First six months of %(year)s") if end.month <= 6 else _("Last six months of %(year)s")
            return words % {"year": end.year}
        if cycle == C.NINE_MONTHS:
            return _("Nine months of %(year)s") % {"year": end.year}
        if cycle == C.YEAR:
            return _("Year %(year)s") % {"year": end.year}
        return _("From %(start)s to %(end)s") % {"start": f"{span.start:%d/%m/%Y}", "end": f"{end:%d/%m/%Y}"}
