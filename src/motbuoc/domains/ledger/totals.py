"""Accepted figures added up the tree of the cut-off day: read where they were added up before, else added up now.

Everything here is plain queries over the facts: kept rows and the files of the engine (`rollup`) must agree with
it, and a test says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Sum, When

from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.submitted import Fact, ReportingPeriod, Summed
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.units.models import UnitClosure


class Total(NamedTuple):
    """A sum of figures: of how many units, and how many of them are estimates."""

    amount: Decimal
    entries: int
    estimates: int

    def with_part(self, other: Total) -> Total:
        """Together with another part of a breakdown: the units are the same, as far as they gave both."""
        return Total(
            self.amount + other.amount, max(self.entries, other.entries), max(self.estimates, other.estimates)
        )

    def and_also(self, other: Total) -> Total:
        """Together with that of other units, or of another period."""
        return Total(self.amount + other.amount, self.entries + other.entries, self.estimates + other.estimates)

    def without(self, other: Total) -> Total:
        """What is left without those of other units."""
        return Total(self.amount - other.amount, self.entries - other.entries, self.estimates - other.estimates)


class TotalKey(NamedTuple):
    """What a total is of: a unit with all below it, an indicator, a category (0: not broken down)."""

    unit_id: int
    indicator_id: int
    category_id: int


Totals = dict[TotalKey, Total]
Found = Iterator[tuple[int, TotalKey, Total]]  # by period


def facts_known(as_of: datetime | None = None) -> QuerySet[Fact]:
    """The facts of now, or as they were known at a moment."""
    if as_of is None:
        return Fact.objects.filter(known_until=None)
    return Fact.objects.filter(Q(known_until=None) | Q(known_until__gt=as_of), known_from__lte=as_of)


def totals_of(period: ReportingPeriod, units: Collection[int], as_of: datetime | None = None) -> Totals:
    """The totals of units, each with all below it and with what ended units left there, on the cut-off day."""
    return totals_over([period], units, as_of)[period.pk]


def totals_over(
    periods: Sequence[ReportingPeriod],
    units: Collection[int],
    as_of: datetime | None = None,
    indicators: Collection[int] | None = None,
) -> dict[int, Totals]:
    """The same for several periods, each by the tree of its own cut-off day; of some indicators, or of all.

    What was added up before is read where it still holds (`stamp_of`), all else is added up now. It takes as many
    queries for many periods as for one.
    """
    found: dict[int, Totals] = {period.pk: {} for period in periods}
    holding = [] if as_of else _holding(periods)
    for period_id, key, total in _summed(holding, units, indicators):
        found[period_id][key] = total
    kept: set[int] = set(units)
    for period in holding:
        kept &= {key.unit_id for key in found[period.pk]}
    rest = set(units) - kept
    anew = [period for period in periods if period not in holding]
    for asked, of in ((holding, rest), (anew, set(units))):
        if asked and of:
            for period_id, key, total in _added_up(asked, of, as_of, indicators):
                found[period_id].setdefault(key, total)
    return found


def stamp_of(period: ReportingPeriod) -> str:
    """What totals of now rest on: the facts accepted so far, the cut-off day, and the last act on the tree."""
    return _stamp(period, *_tree_now())


def _tree_now() -> tuple[int, int]:
    """The last act on the tree, and the last tie."""
    act = Reorganisation.objects.aggregate(last=Max("pk"))["last"] or 0
    return act, UnitClosure.objects.aggregate(last=Max("pk"))["last"] or 0


def _stamp(period: ReportingPeriod, act: int, tie: int) -> str:
    return f"{period.facts_version}, {period.cutoff_on.isoformat()}, {act}, {tie}"


def _holding(periods: Sequence[ReportingPeriod]) -> list[ReportingPeriod]:
    """The periods whose kept totals still hold."""
    if not any(period.summed_as for period in periods):
        return []
    act, tie = _tree_now()
    return [period for period in periods if period.summed_as == _stamp(period, act, tie)]


def _summed(
    periods: Sequence[ReportingPeriod], units: Collection[int], indicators: Collection[int] | None
) -> Found:
    if not periods:
        return
    rows = Summed.objects.filter(period__in=periods, unit__in=units)
    if indicators is not None:
        rows = rows.filter(indicator__in=indicators)
    columns = ("period_id", "unit_id", "indicator_id", "category_id", "amount", "entries", "estimates")
    for period, unit, indicator, category, amount, entries, estimates in rows.values_list(*columns):
        yield period, TotalKey(unit, indicator, category or 0), Total(amount, entries, estimates)


def added_up(period: ReportingPeriod, units: Collection[int], as_of: datetime | None = None) -> Totals:
    """The totals of units by a plain query over the facts."""
    return {key: total for _period, key, total in _added_up([period], units, as_of, None)}


def _added_up(
    periods: Sequence[ReportingPeriod],
    units: Collection[int],
    as_of: datetime | None,
    indicators: Collection[int] | None,
) -> Found:
    days = {period.cutoff_on for period in periods}
    on = days.pop() if len(days) == 1 else F("period__cutoff_on")
    below = in_force(on, "unit__closure_above__") & Q(unit__closure_above__ancestor__in=units)
    rows = facts_known(as_of).filter(below, period__in=periods).order_by()
    if indicators is not None:
        rows = rows.filter(indicator__in=indicators)
    for period, unit, *of, amount, entries, estimates in summed_up(
        rows, "period_id", "unit__closure_above__ancestor", "indicator_id", "category_id"
    ):
        indicator, category = of
        yield period, TotalKey(unit, indicator, category or 0), Total(amount, entries, estimates)


def summed_up(facts: QuerySet[Fact], *by: str) -> Iterable[Any]:
    """Facts added up by some columns: rows of these columns, the amount, the entries, the estimates in it."""
    estimates = Sum(Case(When(is_estimate=True, then=1), default=0, output_field=IntegerField()))
    rows: Any = facts.order_by().values_list(*by)
    summed: Iterable[Any] = rows.annotate(amount_=Sum("amount"), entries_=Count("pk"), estimates_=estimates)
    return summed


def figures_of(totals: Totals, unit_id: int) -> dict[int, Total]:
    """The figures of one unit, by indicator: what is broken down is added up."""
    found: dict[int, Total] = {}
    for key, total in totals.items():
        if key.unit_id == unit_id:
            before = found.get(key.indicator_id)
            found[key.indicator_id] = before.with_part(total) if before else total
    return found


def share_of(indicator: Indicator, figures: Mapping[int, Total]) -> Decimal | None:
    """A share worked out from its parts, in percent; None where a part is missing or it is out of nothing."""
    above, below = figures.get(indicator.numerator_id or 0), figures.get(indicator.denominator_id or 0)
    if above is None or below is None or not below.amount:
        return None
    return above.amount * 100 / below.amount


def value_of(indicator: Indicator, figures: Mapping[int, Total]) -> Decimal | None:
    """The figure of an indicator, or the share it is; None where nothing was reported. Blank is not zero."""
    if indicator.is_share:
        return share_of(indicator, figures)
    total = figures.get(indicator.pk)
    return total.amount if total else None
