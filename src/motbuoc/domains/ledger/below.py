"""The units directly below one over several periods: which were asked, what they have, how many are missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from motbuoc.domains.ledger.submitted import ReportingPeriod, Submission
from motbuoc.domains.ledger.totals import Total, facts_known, summed_up, totals_over
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitOn, UnitVersion

OWN = 0  # in place of a unit below: what the unit itself reported, and what ended units left to it
Parts = dict[int, Total]  # by category, 0 where it is not broken down
MISSING = Q(number=0) & ~Q(assignment__state=AssignmentState.CANCELLED)
"""A submission that is not in the figures; what was cancelled is not waited for."""


@dataclass(frozen=True)
class Ground:
    """What a table over units and periods stands on: units below as the last period calls them.

    `children`: those of each period's cut-off day that were asked or have such below them. `count`: of how many
    `units` are those that are shown. `missing`: by unit (also the whole, and OWN) and period.
    """

    unit: UnitOn
    periods: Sequence[ReportingPeriod]
    children: dict[int, set[int]]
    units: list[UnitOn]
    count: int
    has_own: bool
    own: dict[int, set[int]]
    missing: dict[tuple[int, int], int]
    leading_on: set[int]

    def figures(
        self, indicators: Collection[int], as_of: datetime | None
    ) -> dict[tuple[int, int], dict[int, Parts]]:
        """What the whole, the units shown and the unit itself have: by unit and period, indicator, part."""
        shown = [row.pk for row in self.units]
        found: dict[tuple[int, int], dict[int, Parts]] = {}
        totals = totals_over(self.periods, [self.unit.pk, *shown], as_of, indicators)
        for period, rows in totals.items():
            within = self.children[period] | {self.unit.pk}
            for key, total in rows.items():
                if key.unit_id in within:
                    parts = found.setdefault((key.unit_id, period), {}).setdefault(key.indicator_id, {})
                    parts[key.category_id] = total
        if self.has_own:
            self._add_own(found, indicators, as_of)
        return found

    def _add_own(
        self,
        found: dict[tuple[int, int], dict[int, Parts]],
        indicators: Collection[int],
        as_of: datetime | None,
    ) -> None:
        units = set().union(*self.own.values())
        facts = facts_known(as_of).filter(period__in=self.periods, unit__in=units, indicator__in=indicators)
        for period, unit, indicator, category, *sums in summed_up(
            facts, "period_id", "unit_id", "indicator_id", "category_id"
        ):
            if unit in self.own[period]:
                parts = found.setdefault((OWN, period), {}).setdefault(indicator, {})
                before, total = parts.get(category or 0), Total(*sums)
                parts[category or 0] = before.and_also(total) if before else total


def ground_of(unit: UnitOn, periods: Sequence[ReportingPeriod], shown: slice) -> Ground:
    """The ground of a table for a unit; `shown`: which of the units below, in their order by name."""
    last = periods[-1]
    spans = UnitVersion.objects.filter(parent=unit.pk).values_list("unit_id", "valid_from", "valid_until")
    below = {
        period.pk: {child for child, start, until in spans if _holds(period.cutoff_on, start, until)}
        for period in periods
    }
    own = {period.pk: own_units(unit.pk, below[period.pk], period.cutoff_on) for period in periods}
    everybody = set().union(*below.values())
    asked, missing = _reports(periods, {unit.pk, *everybody})
    children = {period: {child for child in rows if (child, period) in asked} for period, rows in below.items()}
    reporting = set().union(*children.values())
    missing = {key: count for key, count in missing.items() if key[0] == unit.pk or key[0] in children[key[1]]}
    named = Unit.objects.known_by(last.cutoff_on).filter(pk__in=reporting).order_by("name", "pk")
    units = list(named[shown])
    of_own = _own_reports(periods, own)
    return Ground(
        unit,
        periods,
        children,
        units=units,
        count=len(reporting),
        has_own=bool(of_own),
        own=own,
        missing=missing | {(OWN, period): count for period, count in of_own.items()},
        leading_on=with_more(last, [row.pk for row in units]),
    )


def _holds(day: date, start: date, until: date | None) -> bool:
    return start <= day and (until is None or day < until)


def own_units(unit_id: int, children: Collection[int] | QuerySet[Any], day: date) -> set[int]:
    """The unit itself, and the ended ones whose archive it keeps and none of its children."""
    left = UnitClosure.objects.filter(in_force(day), ancestor=unit_id, is_archive=True)
    lower = UnitClosure.objects.filter(in_force(day), ancestor__in=children, is_archive=True)
    found = set(left.exclude(descendant__in=lower.values("descendant")).values_list("descendant_id", flat=True))
    return {unit_id, *found}


def _reports(
    periods: Sequence[ReportingPeriod], units: Collection[int]
) -> tuple[set[tuple[int, int]], dict[tuple[int, int], int]]:
    """Which units were asked, or have such below them, and how many reports are missing, by unit and period."""
    held = in_force(F("period__cutoff_on"), "unit__closure_above__")
    rows = Submission.objects.filter(held, period__in=periods, unit__closure_above__ancestor__in=units)
    counted = rows.order_by().values_list("unit__closure_above__ancestor", "period")
    asked, missing = set(), {}
    for unit, period, count in counted.annotate(count=Count("pk", filter=MISSING)):
        asked.add((unit, period))
        if count:
            missing[unit, period] = count
    return asked, missing


def _own_reports(periods: Sequence[ReportingPeriod], own: dict[int, set[int]]) -> dict[int, int]:
    """How many reports of the unit itself are missing, by period; only periods in which it was asked."""
    units = set().union(*own.values())
    rows = Submission.objects.filter(period__in=periods, unit__in=units).order_by()
    found: dict[int, int] = {}
    for period, unit, count in rows.values_list("period", "unit").annotate(count=Count("pk", filter=MISSING)):
        if unit in own[period]:
            found[period] = found.get(period, 0) + count
    return found


def with_more(period: ReportingPeriod, units: Collection[int]) -> set[int]:
    """Those of the units that have others below them which report."""
    ties = UnitClosure.objects.filter(
        in_force(period.cutoff_on),
        ancestor__in=units,
        depth__gt=0,
        is_archive=False,
        descendant__in=period.submissions.values("unit"),
    )
    return set(ties.values_list("ancestor_id", flat=True))
