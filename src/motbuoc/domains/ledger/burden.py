"""What a form costs the units that fill it in: figures a year, and which of them are asked for elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.filling import Line, lines_of
from motbuoc.domains.ledger.models import FormField, ReportForm
from motbuoc.domains.ledger.periods import LENGTHS
from motbuoc.domains.ledger.selectors import expected_units
from motbuoc.domains.ledger.submitted import Schedule
from motbuoc.foundation.core import clock


def burden_of(form: ReportForm, unit_count: int, cycle: str) -> int:
    """How many figures a year a form asks for in all: fields, with their parts, by units by periods."""
    return cells_in(lines_of(form.pk)) * unit_count * periods_a_year(cycle)


def cells_in(lines: Iterable[Line]) -> int:
    """How many figures somebody enters into a form; what the system counts is none."""
    return sum(len(line.keys) for line in lines if not line.is_counted)


def periods_a_year(cycle: str) -> int:
    """How many periods of a cycle a year has; one of those that are opened one by one."""
    if cycle == PeriodCycle.WEEK:
        return 52
    months = LENGTHS.get(PeriodCycle(cycle), 12)
    return max(1, 12 // months)


@dataclass(frozen=True)
class Twice:
    """A field that many of the units are asked for already: by which schedules, and how many units they share."""

    field: FormField
    schedules: tuple[Schedule, ...]
    units: int
    cells: int


@dataclass(frozen=True)
class Burden:
    """What a schedule asks for: `cells` a form, of `units` units, `periods` times a year.

    `twice`: what could be dropped, because other schedules ask the same units for it. `counted`: how many fields
    the system fills in.
    """

    cells: int
    units: int
    periods: int
    counted: int
    twice: tuple[Twice, ...]

    @property
    def a_year(self) -> int:
        """How many figures that is a year, in all units together."""
        return self.cells * self.units * self.periods

    @property
    def without_twice(self) -> int:
        """How many it would be without what is asked for elsewhere."""
        return (self.cells - sum(row.cells for row in self.twice)) * self.units * self.periods


def burden_on(schedule: Schedule, units: Collection[int]) -> Burden:
    """The burden of a schedule on the units it is to ask."""
    lines = lines_of(schedule.form_id)
    return Burden(
        cells=cells_in(lines),
        units=len(units),
        periods=periods_a_year(schedule.cycle),
        counted=sum(line.is_counted for line in lines),
        twice=tuple(_asked_elsewhere(schedule, lines, set(units))),
    )


def _asked_elsewhere(schedule: Schedule, lines: Iterable[Line], units: set[int]) -> list[Twice]:
    mine = {line.field.indicator_id: line for line in lines if not line.is_counted}
    others = Schedule.objects.filter(is_closed=False, form__fields__indicator__in=mine).exclude(pk=schedule.pk)
    asking: dict[int, list[tuple[Schedule, set[int]]]] = {}
    for other in others.select_related("form").order_by("pk").distinct():
        shared = units & {row.unit_id for row in expected_units(other, clock.today())}
        if not shared:
            continue
        for indicator in other.form.fields.filter(indicator__in=mine).values_list("indicator_id", flat=True):
            asking.setdefault(indicator, []).append((other, shared))
    return [
        Twice(
            mine[indicator].field,
            tuple(other for other, _shared in rows),
            len(set().union(*(shared for _other, shared in rows))),
            len(mine[indicator].keys),
        )
        for indicator, rows in asking.items()
    ]
