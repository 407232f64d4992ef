"""The figures of units over the periods of a schedule, with what keeps one period from standing beside another.

A period does not count where a report of a unit is missing, where other units reported than in the newest period
(somebody was exempted, merged, or is new), or before a unit among them took over from another. So a course begins
anew where the tree was changed, and nothing is added up of units of which some are missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, Q, QuerySet

from motbuoc.domains.ledger.choices import Basis, PeriodCycle
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.periods import Span, after, before
from motbuoc.domains.ledger.submitted import ReportingPeriod, Schedule, Submission
from motbuoc.domains.ledger.totals import Total, figures_of, totals_of
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.reorganisation.models import Lineage
from motbuoc.foundation.units.models import UnitClosure

A_YEAR: dict[str, int] = {
    PeriodCycle.WEEK: 52,
    PeriodCycle.MONTH: 12,
    PeriodCycle.QUARTER: 4,
    PeriodCycle.HALF_YEAR: 2,
}
"""How many periods a year has, in cycles that have more than one."""
MOST_PERIODS = 120
"""So far back a course is read: ten years of months."""


@dataclass(frozen=True)
class Slots:
    """The periods of a schedule with figures, the oldest first, None where one was never opened."""

    schedule: Schedule
    periods: Sequence[ReportingPeriod | None]

    @classmethod
    def of(cls, schedule: Schedule) -> Slots:
        """Those up to the newest one with a figure."""
        return cls._walked(schedule, schedule.periods.filter(facts_version__gt=0))

    @classmethod
    def up_to(cls, period: ReportingPeriod) -> Slots:
        """Those before a period, and the period, which may have no figure yet."""
        before_it = Q(facts_version__gt=0, end__lt=period.start)
        return cls._walked(period.schedule, period.schedule.periods.filter(before_it | Q(pk=period.pk)))

    @classmethod
    def _walked(cls, schedule: Schedule, periods: QuerySet[ReportingPeriod]) -> Slots:
        rows = list(periods.order_by("-end")[:MOST_PERIODS])
        for row in rows:
            row.schedule = schedule
        found: list[ReportingPeriod | None] = []
        while rows and len(found) < MOST_PERIODS:
            period = rows.pop(0)
            found.append(period)
            span = before(schedule.cycle, Span(period.start, period.end), schedule.closes_on_day)
            while rows and rows[0].end < span.start and len(found) < MOST_PERIODS:
                found.append(None)
                span = before(schedule.cycle, span, schedule.closes_on_day)
        return cls(schedule, found[::-1])

    @cached_property
    def opened(self) -> list[ReportingPeriod]:
        """Those that were opened."""
        return [period for period in self.periods if period]

    def in_year(self, at: int) -> tuple[int, int]:
        """How many periods of its year there are up to the one at a place, and how many come after it."""
        period = self.periods[at]
        assert period is not None
        year, day = period.end.year, self.schedule.closes_on_day
        known, span = 0, Span(period.start, period.end)
        while span.end.year == year:
            known, span = known + 1, before(self.schedule.cycle, span, day)
        ahead, span = 0, after(self.schedule.cycle, Span(period.start, period.end), day)
        while span.end.year == year:
            ahead, span = ahead + 1, after(self.schedule.cycle, span, day)
        return known, ahead


@dataclass
class Course:
    """One unit with all below it: its figures at each place of the slots, and which of them count."""

    unit_id: int
    figures: dict[int, dict[int, Total]] = field(default_factory=dict)
    members: dict[int, frozenset[int]] = field(default_factory=dict)
    lacking: set[int] = field(default_factory=set)
    anew: dict[int, date] = field(default_factory=dict)

    def newest(self) -> int | None:
        """The last place where no unit is missing."""
        return max((at for at in self.members if at not in self.lacking), default=None)

    def counting(self, slots: Slots, newest: int) -> set[int]:
        """The places that stand beside the newest."""
        those = self.members[newest]
        began = max((self.anew[unit] for unit in those if unit in self.anew), default=date.min)
        return {
            at
            for at, units in self.members.items()
            if at not in self.lacking
            and units == those
            and (period := slots.periods[at]) is not None
            and period.cutoff_on >= began
        }


def courses_of(slots: Slots, units: Collection[int]) -> dict[int, Course]:
    """The courses of some units; each period costs two queries, however many units there are."""
    found = {unit: Course(unit) for unit in units}
    reporting: set[int] = set()
    for at, period in enumerate(slots.periods):
        if period is None:
            continue
        totals = totals_of(period, units)
        by_unit: dict[int, dict] = defaultdict(dict)  # type: ignore[type-arg]
        for key, total in totals.items():
            by_unit[key.unit_id][key] = total
        for unit, asked in _asked(period, units).items():
            course = found[unit]
            course.figures[at] = figures_of(by_unit[unit], unit)
            course.members[at] = frozenset(each for each, _number in asked)
            reporting |= course.members[at]
            if any(number == 0 for _each, number in asked):
                course.lacking.add(at)
    anew = took_over(reporting)
    for course in found.values():
        course.anew = anew
    return found


def _asked(period: ReportingPeriod, units: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """The units below each that were asked, with how often their report was handed in and accepted."""
    below = UnitClosure.objects.filter(in_force(period.cutoff_on), ancestor__in=units)
    submitted = expected_in(Submission.objects.filter(period=period)).values_list("unit", "number").order_by()
    numbers: dict[int, int] = dict(submitted.iterator())
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    ties = below.filter(descendant__submissions__period=period).order_by()
    for ancestor, unit in ties.values_list("ancestor", "descendant").distinct():
        if unit in numbers:
            found[ancestor].append((unit, numbers[unit]))
    return found


def expected_in(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Without those that were cancelled before anything of them was accepted."""
    return submissions.exclude(number=0, assignment__state=AssignmentState.CANCELLED)


def took_over(units: Collection[int]) -> dict[int, date]:
    """The last day on which each unit took over from another."""
    rows = Lineage.objects.filter(successor__in=units, share__gt=0).order_by()
    return dict(rows.values_list("successor").annotate(day=Max("reorganisation__effective_on")))


def in_each(values: Sequence[Decimal | None], slots: Slots, indicator: Indicator) -> list[Decimal | None]:
    """What each period brought: as it is, or for what counts from the beginning of the year the rise in it."""
    if indicator.basis != Basis.CUMULATIVE:
        return list(values)
    found: list[Decimal | None] = []
    for at, value in enumerate(values):
        period = slots.periods[at]
        if value is None or period is None:
            found.append(None)
        elif _begins_the_year(period, slots.schedule):
            found.append(value)
        else:
            last = values[at - 1] if at else None
            found.append(None if last is None else value - last)
    return found


def _begins_the_year(period: ReportingPeriod, schedule: Schedule) -> bool:
    span = Span(period.start, period.end)
    return before(schedule.cycle, span, schedule.closes_on_day).end.year < period.end.year
