"""The ledger read: accepted figures added up the tree, beside what was before, and the entries behind each.

Everything here is plain queries over the facts, by the tree of the period's cut-off day: summary rows and the
files of the engine (`rollup`) must agree with it, and a test says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Sum, When

from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.models import Category, Indicator
from motbuoc.domains.ledger.past import period_a_year_before, period_before
from motbuoc.domains.ledger.submitted import Fact, ReportingPeriod, Submission, Summed, Target
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitOn, UnitsOn


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

    def without(self, other: Total) -> Total:
        """What is left without those of other units."""
        return Total(self.amount - other.amount, self.entries - other.entries, self.estimates - other.estimates)


class TotalKey(NamedTuple):
    """What a total is of: a unit with all below it, an indicator, a category (0: not broken down)."""

    unit_id: int
    indicator_id: int
    category_id: int


Totals = dict[TotalKey, Total]


def facts_known(as_of: datetime | None = None) -> QuerySet[Fact]:
    """The facts of now, or as they were known at a moment."""
    if as_of is None:
        return Fact.objects.filter(known_until=None)
    return Fact.objects.filter(Q(known_until=None) | Q(known_until__gt=as_of), known_from__lte=as_of)


def totals_of(period: ReportingPeriod, units: Collection[int], as_of: datetime | None = None) -> Totals:
    """The totals of units, each with all below it and with what ended units left there, on the cut-off day.

    What was added up before is read where it still holds (`stamp_of`), all else is added up now.
    """
    kept: Totals = {}
    if as_of is None and period.summed_as and period.summed_as == stamp_of(period):
        kept = _summed(period, units)
    rest = set(units) - {key.unit_id for key in kept}
    return kept | (added_up(period, rest, as_of) if rest else {})


def stamp_of(period: ReportingPeriod) -> str:
    """What totals of now rest on: the facts accepted so far, the cut-off day, and the last act on the tree."""
    act = Reorganisation.objects.aggregate(last=Max("pk"))["last"] or 0
    tie = UnitClosure.objects.aggregate(last=Max("pk"))["last"] or 0
    return f"{period.facts_version}, {period.cutoff_on.isoformat()}, {act}, {tie}"


def _summed(period: ReportingPeriod, units: Collection[int]) -> Totals:
    rows = Summed.objects.filter(period=period, unit__in=units)
    columns = ("unit_id", "indicator_id", "category_id", "amount", "entries", "estimates")
    return {
        TotalKey(unit, indicator, category or 0): Total(amount, entries, estimates)
        for unit, indicator, category, amount, entries, estimates in rows.values_list(*columns)
    }


def added_up(period: ReportingPeriod, units: Collection[int], as_of: datetime | None = None) -> Totals:
    """The totals of units by a plain query over the facts."""
    below = in_force(period.cutoff_on, "unit__closure_above__") & Q(unit__closure_above__ancestor__in=units)
    estimates = Sum(Case(When(is_estimate=True, then=1), default=0, output_field=IntegerField()))
    rows = facts_known(as_of).filter(below, period=period).order_by()
    grouped: Any = rows.values_list("unit__closure_above__ancestor", "indicator", "category").annotate(
        amount=Sum("amount"), entries=Count("pk"), estimates=estimates
    )
    return {
        TotalKey(unit, indicator, category or 0): Total(amount, entries, estimated)
        for unit, indicator, category, amount, entries, estimated in grouped
    }


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


@dataclass(frozen=True)
class Line:
    """An indicator for one unit with all below it: now, before, and what was aimed at. None: nothing is known."""

    indicator: Indicator
    now: Decimal | None
    total: Total | None
    last: Decimal | None = None
    year_ago: Decimal | None = None
    since_new_year: Decimal | None = None
    target: Decimal | None = None
    parts: tuple[tuple[Category, Decimal], ...] = ()

    @property
    def change(self) -> Decimal | None:
        """By how much it rose or fell since the same period of the last year; of a share in points."""
        return None if self.now is None or self.year_ago is None else self.now - self.year_ago

    @property
    def reached(self) -> Decimal | None:
        """How much of the target is reached, in percent."""
        if not self.target or self.since_new_year is None or self.indicator.is_share:
            return None
        return self.since_new_year * 100 / self.target


@dataclass(frozen=True)
class Standing:
    """Who of those below a unit is in its figures: how many were asked and accepted, and who is missing."""

    expected: int
    accepted: int
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nobody is missing."""
        return self.accepted == self.expected


@dataclass(frozen=True)
class Sheet:
    """The figures of a period for one unit with all below it; `is_broken`: other units stood below it before."""

    period: ReportingPeriod
    unit: UnitOn
    lines: tuple[Line, ...]
    standing: Standing
    last: ReportingPeriod | None
    year_ago: ReportingPeriod | None
    broken: frozenset[str] = field(default_factory=frozenset)


def units_to_read_for(viewer: Person, period: ReportingPeriod) -> UnitsOn:
    """The units of a period's tree whose figures `viewer` may see, the highest first."""
    on = Unit.objects.on(period.cutoff_on).under([period.schedule.unit_id], period.cutoff_on)
    reach = policy.within_reach(viewer, Action.VIEW_FIGURES, "pk")
    return on.filter(reach)


def top_for(viewer: Person, period: ReportingPeriod) -> UnitOn | None:
    """The highest unit of a period whose figures `viewer` may see."""
    seen = units_to_read_for(viewer, period)
    return seen.exclude(parent_id__in=seen.values("pk")).order_by("name", "pk").first()


def sheet_of(period: ReportingPeriod, unit: UnitOn, as_of: datetime | None = None) -> Sheet:
    """The sheet of a unit; whoever shows it has asked for the unit by `units_to_read_for`."""
    indicators = indicators_of(period)
    last, ago = period_before(period), period_a_year_before(period)
    now = totals_of(period, [unit.pk], as_of)
    figures = figures_of(now, unit.pk)
    before = figures_of(totals_of(last, [unit.pk], as_of), unit.pk) if last else {}
    earlier = figures_of(totals_of(ago, [unit.pk], as_of), unit.pk) if ago else {}
    year = since_new_year(period, unit.pk, indicators, as_of)
    targets = dict(Target.objects.filter(unit=unit.pk, year=period.end.year).values_list("indicator_id", "amount"))
    parts = _parts(now, indicators)
    lines = tuple(
        Line(
            indicator=row,
            now=value_of(row, figures),
            total=figures.get(row.pk),
            last=value_of(row, before),
            year_ago=value_of(row, earlier),
            since_new_year=value_of(row, year),
            target=targets.get(row.pk),
            parts=parts.get(row.pk, ()),
        )
        for row in indicators
    )
    broken = frozenset(
        name for name, other in (("last", last), ("year_ago", ago)) if other and _differs(unit.pk, period, other)
    )
    return Sheet(period, unit, lines, standing_below(period, unit.pk), last, ago, broken)


def indicators_of(period: ReportingPeriod) -> list[Indicator]:
    """What a period asks for, in the order of its form, each share behind the last of its parts."""
    asked = [row.indicator for row in period.form.fields.select_related("indicator")]
    known = {row.pk for row in asked}
    shares = Indicator.objects.filter(numerator__in=known, denominator__in=known)
    in_force_then = Q(valid_until=None) | Q(valid_until__gt=period.start)
    found = list(asked)
    for share in shares.filter(in_force_then, valid_from__lte=period.end):
        ids = [row.pk for row in found]
        after = max(ids.index(part) for part in (share.numerator_id, share.denominator_id) if part)
        found.insert(after + 1, share)
    return found


def _parts(totals: Totals, indicators: Iterable[Indicator]) -> dict[int, tuple[tuple[Category, Decimal], ...]]:
    """What each indicator that is broken down has in each category, in their order."""
    named = {row.pk: row for row in Category.objects.filter(pk__in={key.category_id for key in totals})}
    found: dict[int, list[tuple[Category, Decimal]]] = {}
    for key, total in totals.items():
        if key.category_id:
            found.setdefault(key.indicator_id, []).append((named[key.category_id], total.amount))
    return {pk: tuple(sorted(rows, key=lambda row: row[0].position)) for pk, rows in found.items()}


def since_new_year(
    period: ReportingPeriod, unit_id: int, indicators: Sequence[Indicator], as_of: datetime | None = None
) -> dict[int, Total]:
    """The figures of the year so far: those in the periods added up, the others as they are last."""
    added = {row.pk for row in indicators if row.basis == Basis.IN_PERIOD}
    earlier = period.schedule.periods.filter(end__year=period.end.year, end__lte=period.end).order_by("end")
    found: dict[int, Total] = {}
    for each in earlier.select_related("schedule"):
        for indicator, total in figures_of(totals_of(each, [unit_id], as_of), unit_id).items():
            before = found.get(indicator)
            found[indicator] = before.with_part(total) if before and indicator in added else total
    return found


def _differs(unit_id: int, one: ReportingPeriod, other: ReportingPeriod) -> bool:
    """Whether other units stood below a unit on the two cut-off days."""
    return _below(unit_id, one.cutoff_on) != _below(unit_id, other.cutoff_on)


def _below(unit_id: int, day: date) -> set[int]:
    ties = UnitClosure.objects.filter(in_force(day), ancestor=unit_id, is_archive=False)
    return set(ties.values_list("descendant_id", flat=True))


def submissions_below(period: ReportingPeriod, unit_id: int) -> QuerySet[Submission]:
    """The submissions that belong into a unit's figures, by the tree of the cut-off day."""
    below = UnitClosure.objects.filter(in_force(period.cutoff_on), ancestor=unit_id).values("descendant")
    return Submission.objects.filter(period=period, unit__in=below)


def standing_below(period: ReportingPeriod, unit_id: int) -> Standing:
    """Who of those below a unit is in its figures; missing ones are named, never silently summed."""
    rows = submissions_below(period, unit_id)
    waiting = rows.filter(number=0).exclude(assignment__state=AssignmentState.CANCELLED)
    names = Unit.objects.known_by(period.cutoff_on).filter(pk__in=waiting.values("unit"))
    expected = rows.exclude(number=0, assignment__state=AssignmentState.CANCELLED).count()
    missing = tuple(names.order_by("name", "pk").values_list("name", flat=True))
    return Standing(expected, expected - len(missing), missing)


@dataclass(frozen=True)
class Branch:
    """A row of a table by units: a unit with all below it, or the unit's own figures (`is_own`)."""

    unit: UnitOn
    is_own: bool
    has_more: bool
    figures: dict[int, Total]


def branches_of(period: ReportingPeriod, unit: UnitOn, as_of: datetime | None = None) -> list[Branch]:
    """The units directly below one that were asked, or that have such below them, and its own figures where it has
    some: together they are its total.
    """
    asked = UnitClosure.objects.filter(
        in_force(period.cutoff_on), descendant__in=period.submissions.values("unit")
    ).values("ancestor")
    below = Unit.objects.on(period.cutoff_on).filter(parent_id=unit.pk, pk__in=asked)
    children = list(below.order_by("name", "pk"))
    totals = totals_of(period, [unit.pk, *(row.pk for row in children)], as_of)
    leads_on = _with_more(period, [row.pk for row in children])
    rows = [Branch(row, False, row.pk in leads_on, figures_of(totals, row.pk)) for row in children]
    own = figures_of(_own(totals, unit.pk), unit.pk)
    return [Branch(unit, True, False, own), *rows] if own else rows


def _own(totals: Totals, unit_id: int) -> Totals:
    """What is left of a unit's totals without those of its children: its own, and what ended units left to it."""
    own = {key: total for key, total in totals.items() if key.unit_id == unit_id}
    for key, total in totals.items():
        if key.unit_id != unit_id:
            mine = key._replace(unit_id=unit_id)
            own[mine] = own[mine].without(total)
    return {key: total for key, total in own.items() if total.entries}


def _with_more(period: ReportingPeriod, units: Collection[int]) -> set[int]:
    """Those of the units that have others below them which report."""
    day, reporting = period.cutoff_on, period.submissions.values("unit")
    ties = UnitClosure.objects.filter(
        in_force(day), ancestor__in=units, depth__gt=0, is_archive=False, descendant__in=reporting
    )
    return set(ties.values_list("ancestor_id", flat=True))
