"""The figures of a period for a unit with all below it: beside what was before, and who is missing in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.models import Category, Indicator
from motbuoc.domains.ledger.past import period_a_year_before, period_before
from motbuoc.domains.ledger.submitted import ReportingPeriod, Submission, Target
from motbuoc.domains.ledger.totals import Total, Totals, figures_of, totals_of, totals_over, value_of
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitOn, UnitsOn


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
    periods = list(earlier.select_related("schedule"))
    totals = totals_over(periods, [unit_id], as_of)
    found: dict[int, Total] = {}
    for each in periods:
        for indicator, total in figures_of(totals[each.pk], unit_id).items():
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
