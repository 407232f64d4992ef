"""A ladder tried on one task: who would be told on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reminding import COLUMNS, Days, Watched, falling, turns_of
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.ladders import Steps, kinds_of
from motbuoc.foundation.notices.occasions import Occasion, Reach, Recipient
from motbuoc.foundation.notices.recipients import Recipients
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

SHOWN = 12  # days to come


@dataclass(frozen=True, slots=True)
class Foreseen:
    """That on `day` some are told of something: in words, and who they would be today."""

    day: date
    occasion: Any
    recipient: Any
    reach: Any
    people: list[str]


def example_for(viewer: Person, unit: Unit) -> Any:
    """The task of the unit's documents that is due next and not handed in, of those that `viewer` may see."""
    open_ones = assignments_for(viewer).filter(document__unit=unit.pk, look_on__isnull=False)
    return open_ones.filter(due_on__gte=clock.today()).order_by("due_on", "pk").first()


def foreseen(assignment: Assignment, ladder: Steps) -> list[Foreseen]:
    """Who would be told of the task from today on if nothing happened to it, by this ladder."""
    today = clock.today()
    row = Watched(*Assignment.objects.filter(pk=assignment.pk).values_list(*COLUMNS).get())
    people, kind = Recipients(today), kinds_of([row.unit], today).get(row.unit, "")
    people.load([row.unit, *([row.monitor] if row.monitor else [])], [row.issuer])
    rungs = falling(row, ladder, Days(), kind=kind, turn=turns_of([row]).get(row.pk))
    coming = sorted((one for one in rungs if one.day >= today), key=lambda one: one.day)[:SHOWN]
    work = (row.unit, row.issuer, row.classification, row.monitor)
    meant = [people.of(one.step.recipient, *work) for one in coming]
    names = dict(Person.objects.filter(pk__in={p for some in meant for p in some}).values_list("pk", "full_name"))
    return [
        Foreseen(
            one.day,
            Occasion(one.step.occasion).label,
            Recipient(one.step.recipient).label,
            Reach(one.step.reach).label,
            [names[person] for person in some],
        )
        for one, some in zip(coming, meant, strict=True)
    ]
