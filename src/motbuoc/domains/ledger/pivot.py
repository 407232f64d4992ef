"""Figures as a table of two chosen axes: units, indicators, periods, or the parts of a breakdown.

A total stands only where adding is right: never over indicators, over periods only of what counts within its
period; a share is worked out anew from the sums of its parts, never added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from motbuoc.domains.ledger.below import OWN, Ground, ground_of
from motbuoc.domains.ledger.choices import Axis, Basis
from motbuoc.domains.ledger.models import Category, Indicator
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.ledger.totals import Total, value_of
from motbuoc.foundation.units.models import UnitOn

NOT_BROKEN_DOWN = 0  # in place of a category: what was reported without parts


class Member(NamedTuple):
    """A row or a column. `key`: of its unit, indicator, period or category; OWN for the unit's own figures."""

    axis: Axis
    key: int
    name: str
    leads_on: bool = False


class Spot(NamedTuple):
    """What a cell is of. `unit`: one below, OWN, or the whole; None: all periods, all parts together."""

    unit: int
    indicator: Indicator
    period: int | None
    category: int | None


class Cell(NamedTuple):
    """A figure; None: nothing was reported, or adding would be wrong. `missing`: reports that are not in it."""

    value: Decimal | None
    entries: int
    estimates: int
    missing: int
    spot: Spot


@dataclass(frozen=True)
class Shape:
    """What stands on which axis, and what is looked at: periods are in their order, the one asked for last.

    Where indicators are on no axis, `indicators` is one; where periods are on none, `periods` is. `category`: only
    that part, where parts are on no axis; else `categories` are those parts.
    """

    rows: Axis
    columns: Axis
    periods: tuple[ReportingPeriod, ...]
    indicators: tuple[Indicator, ...]
    categories: tuple[Category, ...] = ()
    category: Category | None = None

    def shows(self, axis: Axis) -> bool:
        """Whether it stands on one of the axes."""
        return axis in (self.rows, self.columns)


@dataclass(frozen=True)
class Pivot:
    """The table: `cells` row by row; the totals of each row, of each column and of all, where adding is right."""

    shape: Shape
    unit: UnitOn
    rows: tuple[Member, ...]
    columns: tuple[Member, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...] = ()
    column_totals: tuple[Cell, ...] = ()
    whole: Cell | None = None


def pivot_of(
    unit: UnitOn, shape: Shape, as_of: datetime | None = None, units: slice = slice(None)
) -> tuple[Pivot, int]:
    """The table for a unit, and how many units stand directly below it; `units`: which of them are shown.

    Whoever shows it has asked for the unit by `figures.units_to_read_for`.
    """
    ground = ground_of(unit, shape.periods, units if shape.shows(Axis.UNIT) else slice(0))
    table = _Table(unit, shape, ground, as_of)
    rows, columns = table.members(shape.rows), table.members(shape.columns)
    cells = tuple(tuple(table.cell(row, column) for column in columns) for row in rows)
    across, down = shape.columns != Axis.INDICATOR, shape.rows != Axis.INDICATOR
    pivot = Pivot(
        shape,
        unit,
        rows,
        columns,
        cells,
        tuple(table.cell(row) for row in rows) if across else (),
        tuple(table.cell(column) for column in columns) if down else (),
        table.cell() if across and down else None,
    )
    return pivot, ground.count


@dataclass
class _Table:
    """Cells over totals that were read once."""

    unit: UnitOn
    shape: Shape
    ground: Ground
    as_of: datetime | None
    _sums: dict[tuple[int, int | None, int | None], dict[int, Total]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {row.pk for row in self.shape.indicators}
        known |= {part for row in self.shape.indicators for part in (row.numerator_id, row.denominator_id) if part}
        self.figures = self.ground.figures(known, self.as_of)
        not_added = Indicator.objects.filter(pk__in=known).exclude(basis=Basis.IN_PERIOD).order_by()
        self.not_added = set(not_added.values_list("pk", flat=True))

    def members(self, axis: Axis) -> tuple[Member, ...]:
        if axis == Axis.INDICATOR:
            return tuple(Member(axis, row.pk, row.name) for row in self.shape.indicators)
        if axis == Axis.PERIOD:
            return tuple(Member(axis, row.pk, row.label) for row in self.shape.periods)
        if axis == Axis.CATEGORY:
            found = [Member(axis, row.pk, row.name) for row in self.shape.categories]
            if any(NOT_BROKEN_DOWN in parts for rows in self.figures.values() for parts in rows.values()):
                found.append(Member(axis, NOT_BROKEN_DOWN, ""))
            return tuple(found)
        own = [Member(axis, OWN, self.unit.name)] if self.ground.has_own else []
        below = [Member(axis, row.pk, row.name, row.pk in self.ground.leading_on) for row in self.ground.units]
        return (*own, *below)

    def cell(self, *at: Member) -> Cell:
        """The cell where members meet; an axis of which none is named is taken together."""
        spot = self._spot(at)
        indicator, figures = spot.indicator, self._figures(spot)
        value, total = value_of(indicator, figures), figures.get(indicator.pk)
        if spot.period is None and len(self.shape.periods) > 1 and not self._is_added(indicator):
            value = None
        entries, estimates = (total.entries, total.estimates) if total else (0, 0)
        return Cell(value, entries, estimates, self._missing(spot), spot)

    def _spot(self, at: Iterable[Member]) -> Spot:
        shape, keys = self.shape, {member.axis: member.key for member in at}
        named = keys.get(Axis.INDICATOR)
        return Spot(
            keys.get(Axis.UNIT, self.unit.pk),
            next((row for row in shape.indicators if row.pk == named), shape.indicators[0]),
            keys.get(Axis.PERIOD, None if shape.shows(Axis.PERIOD) else shape.periods[-1].pk),
            keys.get(Axis.CATEGORY, shape.category.pk if shape.category else None),
        )

    def _is_added(self, indicator: Indicator) -> bool:
        """Whether it is added up over periods; a share, whether its parts are."""
        parts = {indicator.numerator_id, indicator.denominator_id} if indicator.is_share else {indicator.pk}
        return not parts & self.not_added

    def _figures(self, spot: Spot) -> dict[int, Total]:
        """What is known there, by indicator: parts together are the figure, periods together their sum."""
        key = spot.unit, spot.period, spot.category
        if key not in self._sums:
            periods = [spot.period] if spot.period else [row.pk for row in self.shape.periods]
            found: dict[int, Total] = {}
            for period in periods:
                for indicator, total in self._of_period(spot.unit, period, spot.category):
                    before = found.get(indicator)
                    found[indicator] = before.and_also(total) if before else total
            self._sums[key] = found
        return self._sums[key]

    def _of_period(self, unit: int, period: int, category: int | None) -> Iterable[tuple[int, Total]]:
        for indicator, parts in self.figures.get((unit, period), {}).items():
            if category is not None:
                if category in parts:
                    yield indicator, parts[category]
                continue
            first, *others = parts.values()
            for other in others:
                first = first.with_part(other)
            yield indicator, first

    def _missing(self, spot: Spot) -> int:
        periods = [spot.period] if spot.period else [row.pk for row in self.shape.periods]
        return sum(self.ground.missing.get((spot.unit, period), 0) for period in periods)
