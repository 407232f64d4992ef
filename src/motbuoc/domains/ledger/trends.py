"""The course of a figure over the periods of its schedule."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.ledger.totals import Total, figures_of, totals_over, value_of

MOST_POINTS = 24


class Point(NamedTuple):
    """A figure of one period; None: nothing was reported. `is_broken`: another definition held before it."""

    period: ReportingPeriod
    value: Decimal | None
    entries: int
    is_broken: bool


Course = list[tuple[ReportingPeriod, dict[int, Total]]]
"""The figures of a unit by indicator, period by period."""


def course_of(
    period: ReportingPeriod, unit_id: int, as_of: datetime | None = None, only: set[int] | None = None
) -> Course:
    """The figures of a unit with all below it, all or `only` these, up to this period, the oldest first."""
    earlier = period.schedule.periods.filter(end__lte=period.end).order_by("-end")[:MOST_POINTS]
    periods = list(reversed(earlier.select_related("schedule")))
    totals = totals_over(periods, [unit_id], as_of, only)
    return [(each, figures_of(totals[each.pk], unit_id)) for each in periods]


def trend_of(
    period: ReportingPeriod, unit_id: int, indicator: Indicator, as_of: datetime | None = None
) -> list[Point]:
    """The figure of a unit with all below it in the periods up to this one, the oldest first."""
    line = _lineage(indicator)
    parts = {part for row in line for part in (row.numerator_id, row.denominator_id) if part}
    return trend_in(course_of(period, unit_id, as_of, {row.pk for row in line} | parts), indicator)


def trend_in(course: Course, indicator: Indicator) -> list[Point]:
    """The figure of one indicator in a course.

    Where the indicator took the place of another, the other's figures stand before it, and the break is marked.
    """
    line = _lineage(indicator)
    points: list[Point] = []
    before: Indicator | None = None
    for each, figures in course:
        named = next((row for row in line if value_of(row, figures) is not None), None)
        value = value_of(named, figures) if named else None
        entries = figures[named.pk].entries if named and named.pk in figures else 0
        points.append(Point(each, value, entries, bool(named and before and named.pk != before.pk)))
        before = named or before
    return points


def _lineage(indicator: Indicator) -> list[Indicator]:
    """The indicator and those whose place it took, the latest first."""
    found = [indicator]
    while (before := found[-1].succeeds) is not None and len(found) < MOST_POINTS:
        found.append(before)
    return found
