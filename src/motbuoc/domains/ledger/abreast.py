"""One indicator across the units directly below one: now, before, a year before, and what each is to reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from motbuoc.domains.ledger.choices import Axis, Basis, PeriodCycle
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.past import period_a_year_before, period_before
from motbuoc.domains.ledger.pivot import Cell, Member, Shape, pivot_of
from motbuoc.domains.ledger.submitted import ReportingPeriod, Target
from motbuoc.foundation.units.models import UnitOn


class Abreast(NamedTuple):
    """A unit with all below it; None: nothing is known. `missing`: reports that are not in `now`."""

    member: Member
    now: Decimal | None
    last: Decimal | None
    year_ago: Decimal | None
    since_new_year: Decimal | None
    target: Decimal | None
    missing: int

    @property
    def reached(self) -> Decimal | None:
        """How much of the target is reached, in percent."""
        return self.since_new_year * 100 / self.target if self.target and self.since_new_year is not None else None


class Beside(NamedTuple):
    """The units, the largest figure first and those without one last, and the periods compared."""

    units: list[Abreast]
    last: ReportingPeriod | None
    year_ago: ReportingPeriod | None


def abreast_of(
    period: ReportingPeriod, unit: UnitOn, indicator: Indicator, as_of: datetime | None = None
) -> Beside:
    """The units of a table; whoever shows it has asked for the unit by `figures.units_to_read_for`."""
    last, ago = period_before(period), period_a_year_before(period)
    year = list(period.schedule.periods.filter(end__year=period.end.year, end__lte=period.end).order_by("end"))
    looked = {row.pk: row for row in (ago, last, *year, period) if row}
    ordered = sorted(looked.values(), key=lambda row: (row.end, row.pk == period.pk))
    pivot, _count = pivot_of(unit, Shape(Axis.UNIT, Axis.PERIOD, tuple(ordered), (indicator,)), as_of)
    targets = _targets(indicator, [row.key for row in pivot.rows], period)
    this_year = {row.pk for row in (*year, period)}
    found = []
    for row, cells in zip(pivot.rows, pivot.cells, strict=True):
        by_period = {cell.spot.period: cell for cell in cells}
        found.append(
            Abreast(
                row,
                by_period[period.pk].value,
                by_period[last.pk].value if last else None,
                by_period[ago.pk].value if ago else None,
                _so_far(indicator, [cell for key, cell in by_period.items() if key in this_year]),
                targets.get(row.key),
                by_period[period.pk].missing,
            )
        )
    return Beside(sorted(found, key=_largest_first), last, ago)


def _largest_first(row: Abreast) -> tuple[bool, Decimal]:
    return row.now is None, -(row.now or Decimal(0))


def _targets(indicator: Indicator, units: Sequence[int], period: ReportingPeriod) -> dict[int, Decimal]:
    rows = Target.objects.filter(indicator=indicator, unit__in=units, year=period.end.year)
    return dict(rows.values_list("unit_id", "amount"))


def _so_far(indicator: Indicator, cells: Sequence[Cell]) -> Decimal | None:
    """The year so far: what counts within its period added up, the rest as it was last; of a share nothing."""
    values = [cell.value for cell in cells if cell.value is not None]
    if indicator.is_share or not values:
        return None
    return sum(values, Decimal(0)) if indicator.basis == Basis.IN_PERIOD else values[-1]


def is_of_the_year(indicator: Indicator, period: ReportingPeriod) -> bool:
    """Whether the figure of the period itself can be held against the target of the year."""
    return indicator.is_share or indicator.basis != Basis.IN_PERIOD or period.schedule.cycle == PeriodCycle.YEAR
