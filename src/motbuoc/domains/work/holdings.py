"""What a unit hands over of the tracker when it ends: the assignments that are still open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.work.models import Assignment, HandOver
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.reorganisation.holdings import Holding, by_successor, declare

BATCH = 500


def hand_over_assignments(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the open assignments of each unit (key) to its successor (value) as of `day`: ids of each and its unit.

    What is done or cancelled stays where it is. Two open assignments of one duty stay two. Support goes
    over too, but for what the successor leads itself.
    """
    open_ones = list(
        Assignment.objects.filter(unit__in=successors.keys())
        .exclude(state__in=CLOSED)
        .order_by("pk")
        .values_list("pk", "unit_id")
    )
    still_open = Assignment.objects.exclude(state__in=CLOSED)
    for target, sources in by_successor(successors).items():
        still_open.filter(unit__in=sources).update(unit=target, version=F("version") + 1)
        still_open.filter(monitor__in=sources).update(monitor=target)
        still_open.filter(monitor=F("unit")).update(monitor=None)  # nobody tracks themselves
    HandOver.objects.bulk_create(
        (HandOver(assignment_id=pk, source_id=unit, target_id=successors[unit], on=day) for pk, unit in open_ones),
        batch_size=BATCH,
    )
    _hand_over_support(successors)
    return open_ones


def _hand_over_support(successors: Mapping[int, int]) -> None:
    through = Assignment.supporting_units.through
    rows = through.objects.filter(unit__in=successors.keys())
    rows = rows.exclude(assignment__state__in=CLOSED)
    found = list(rows.values_list("pk", "assignment_id", "unit_id"))
    led = dict(Assignment.objects.filter(pk__in=rows.values("assignment")).values_list("pk", "unit_id"))
    wanted = [row for row in found if led[row[1]] != successors[row[2]]]
    through.objects.bulk_create(
        [through(assignment_id=assignment, unit_id=successors[unit]) for _pk, assignment, unit in wanted],
        ignore_conflicts=True,
    )
    through.objects.filter(pk__in=[pk for pk, _assignment, _unit in found]).delete()


ASSIGNMENTS = Holding("assignments", "assignment", _("Open assignments"), hand_over_assignments)
declare(ASSIGNMENTS)
