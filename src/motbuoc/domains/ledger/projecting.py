"""Working out ahead: the whole year of each figure, and the figures that are unlike their past.

A round (`project_what_changed`, each minute) looks only at units of which something was accepted since the last
one, and tells a figure anew only where what it was made of has changed. Pages read the rows.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.courses import A_YEAR, Slots, courses_of
from motbuoc.domains.ledger.figures import indicators_of
from motbuoc.domains.ledger.jumping import jumps_in
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.projected import Jump, Projection
from motbuoc.domains.ledger.submitted import Fact, Schedule, Submission
from motbuoc.domains.ledger.whole_year import projections_of, series_of
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.units.models import UnitClosure

AT_ONCE = 200
"""Units whose courses are read and kept together."""
UNDER_WAY = timedelta(minutes=5)
"""So long before a round began, what was accepted may not have been there to be read: it is looked at again."""


def project_what_changed() -> int:
    """Work out what is not of now any more; how many figures were told anew."""
    schedules = Schedule.objects.filter(cycle__in=A_YEAR, periods__facts_version__gt=0).order_by("pk").distinct()
    return sum(project_schedule(schedule) for schedule in schedules)


def project_schedule(schedule: Schedule) -> int:
    """Bring the projections and jumps of a schedule up to now; how many figures were told anew."""
    began, stamp = clock.now(), stamp_of_schedule(schedule)
    is_all = schedule.projected_as != stamp
    touched = reported_since(schedule, None if is_all else schedule.projected_at)
    slots = Slots.of(schedule)
    if not slots.opened or not (touched or is_all):
        return 0
    units, asked = _with_those_above(schedule, slots, touched), _Asked.of(slots)
    told = sum(_project(asked, units[at : at + AT_ONCE], began) for at in range(0, len(units), AT_ONCE))
    if is_all:
        _forget_others(schedule, units)
    Schedule.objects.filter(pk=schedule.pk).update(projected_as=stamp, projected_at=began)
    return told


def stamp_of_schedule(schedule: Schedule) -> str:
    """What all projections of a schedule rest on beside figures: its periods, the tree, indicators, settings."""
    rule = (
        settings.PROJECTION_LEAST,
        settings.PROJECTION_LEVEL,
        settings.PROJECTION_MARGIN,
        settings.PROJECTION_GAPS,
        settings.JUMP_PAST,
        settings.JUMP_TIMES,
        settings.SMALL_FIGURE,
    )
    periods = schedule.periods.filter(facts_version__gt=0).order_by("pk").values_list("pk", "cutoff_on")
    act = Reorganisation.objects.aggregate(last=Max("pk"))["last"]
    tie = UnitClosure.objects.aggregate(last=Max("pk"))["last"]
    known = Indicator.objects.aggregate(
        last=Max("pk"),
        ended=Count("pk", filter=~Q(valid_until=None)),
        sums=Count("pk", filter=Q(basis=Basis.IN_PERIOD)),
    )
    cancelled = Submission.objects.filter(
        period__schedule=schedule, assignment__state=AssignmentState.CANCELLED
    ).count()
    held = json.dumps([rule, list(periods), act, tie, known, cancelled], default=str)
    return sha256(held.encode()).hexdigest()


def reported_since(schedule: Schedule, moment: datetime | None) -> list[int]:
    """The units of which a report was accepted since a moment, or ever."""
    rows: QuerySet[Submission] = Submission.objects.filter(period__schedule=schedule, number__gt=0)
    if moment:
        rows = rows.filter(accepted_at__gt=moment - UNDER_WAY)
    return sorted(set(rows.order_by().values_list("unit_id", flat=True)))


def _with_those_above(schedule: Schedule, slots: Slots, units: Collection[int]) -> list[int]:
    """The units and all above them up to the one that asks, by the tree of the newest period."""
    day = slots.opened[-1].cutoff_on
    within = UnitClosure.objects.filter(in_force(day), ancestor=schedule.unit_id, is_archive=False)
    ties = UnitClosure.objects.filter(
        in_force(day), descendant__in=units, ancestor__in=within.values("descendant")
    )
    return sorted(set(ties.order_by().values_list("ancestor_id", flat=True)))


@dataclass(frozen=True)
class _Asked:
    """The periods, what the newest one asks for, and every indicator that has a figure in any, by its key."""

    slots: Slots
    now: list[Indicator]
    known: dict[int, Indicator]

    @classmethod
    def of(cls, slots: Slots) -> _Asked:
        now = indicators_of(slots.opened[-1])
        facts = Fact.objects.filter(period__in=slots.opened).order_by().values("indicator").distinct()
        return cls(slots, now, {row.pk: row for row in Indicator.objects.filter(pk__in=facts)})


def _project(asked: _Asked, units: Collection[int], moment: datetime) -> int:
    """Read the courses of some units and keep what follows from them; how many figures were told anew."""
    slots = asked.slots
    found = [
        series
        for course in courses_of(slots, units).values()
        for indicator in asked.now
        if (series := series_of(course, slots, indicator, asked.known)) is not None
    ]
    rows = Projection.objects.filter(schedule=slots.schedule, unit__in=units).order_by()
    kept = {
        (unit, indicator): inputs for unit, indicator, inputs in rows.values_list("unit", "indicator", "inputs")
    }
    told = projections_of(slots, found, A_YEAR[slots.schedule.cycle], kept, moment)
    gone = set(kept) - {(series.unit_id, series.indicator.pk) for series in found}
    _keep(slots.schedule, units, told, gone, jumps_in(slots, units, asked.known))
    return len(told)


@transaction.atomic
def _keep(
    schedule: Schedule,
    units: Collection[int],
    told: list[Projection],
    gone: Collection[tuple[int, int]],
    jumps: list[Jump],
) -> None:
    """Put what was told in the place of what was kept; two rounds at once take turns at the schedule."""
    Schedule.objects.select_for_update(of=("self",)).get(pk=schedule.pk)
    rows = Projection.objects.filter(schedule=schedule)
    over = {(row.unit_id, row.indicator_id) for row in told} | set(gone)
    for unit in {unit for unit, _indicator in over}:
        rows.filter(unit=unit, indicator__in=[pk for other, pk in over if other == unit]).delete()
    Projection.objects.bulk_create(told, batch_size=1_000)
    Jump.objects.filter(submission__period__schedule=schedule, submission__unit__in=units).delete()
    Jump.objects.bulk_create(jumps, batch_size=1_000)


def _forget_others(schedule: Schedule, units: Collection[int]) -> None:
    """Drop the projections of units that no longer are."""
    rows = Projection.objects.filter(schedule=schedule)
    others = set(rows.order_by().values_list("unit_id", flat=True)) - set(units)
    rows.filter(unit__in=others).delete()
