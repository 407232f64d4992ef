"""Reads of what was done to the tree, and of figures across it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.timespan import not_over
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.reorganisation.models import Lineage, Reorganisation
from motbuoc.foundation.units.models import Unit, UnitsOn

DEEPEST = 20  # acts behind one another that a figure is followed through


def units_for(viewer: Person, on: date) -> UnitsOn:
    """The units that `viewer` may see, as they were on the day `on`."""
    return Unit.objects.on(on).filter(reached(viewer, Action.VIEW_UNIT))


def known_units_for(viewer: Person, on: date) -> UnitsOn:
    """The same with those that had ended by then, each with `ended_on`."""
    return Unit.objects.known_by(on).filter(reached(viewer, Action.VIEW_UNIT))


def reached(viewer: Person, action: Action, unit: str = "pk") -> Exists:
    """The condition that `viewer` may do `action` on the unit in the column `unit`.

    Asked of each row that is shown: a list of all that is in reach would be made anew for a page of twenty.
    """
    return Exists(policy.reach(viewer, action).filter(descendant=OuterRef(unit)))


def reorganisations_for(viewer: Person) -> QuerySet[Reorganisation]:
    """The acts that touched a unit in reach of `viewer`, the latest first: both sides of a hand-over read it."""
    touched = Reorganisation.units.through.objects.filter(reorganisation=OuterRef("pk"))
    seen = touched.filter(policy.within_reach(viewer, Action.VIEW_UNIT, "unit"))
    return Reorganisation.objects.filter(Exists(seen)).select_related("made_by")


def hand_over_act(viewer: Person, source_id: int, target_id: int, on: date) -> Reorganisation | None:
    """The act by which one unit went on in another on a day, if `viewer` may read it."""
    way = {"lineage__predecessor": source_id, "lineage__successor": target_id}
    return reorganisations_for(viewer).filter(effective_on=on, **way).first()


def acts_on(unit_id: int) -> QuerySet[Reorganisation]:
    """The acts that touched a unit, the latest first."""
    return Reorganisation.objects.filter(units=unit_id).select_related("made_by")


def leaders_of(units: Collection[int], day: date) -> QuerySet[Position]:
    """The positions of the units from `day` on that an act asks about: all but those of plain members."""
    held = Position.objects.filter(not_over(day), unit__in=units).exclude(title=PositionTitle.MEMBER)
    return held.select_related("person").order_by("unit", "pk")


def members_of(units: Collection[int], day: date) -> QuerySet[Position]:
    """The positions of plain members of the units from `day` on: they follow the work without being asked."""
    return Position.objects.filter(not_over(day), unit__in=units, title=PositionTitle.MEMBER)


def roles_given_on(units: Collection[int], day: date) -> QuerySet[Grant]:
    """The roles given on the units themselves from `day` on."""
    held = Grant.objects.filter(not_over(day), unit__in=units)
    return held.select_related("person").order_by("unit", "pk")


def origins_of(unit_id: int) -> QuerySet[Lineage]:
    """From which units a unit goes on, the latest first."""
    rows = Lineage.objects.filter(successor=unit_id).select_related("reorganisation")
    return rows.order_by("-reorganisation__effective_on", "pk")


def successions_of(unit_id: int) -> QuerySet[Lineage]:
    """In which units a unit goes on, that which keeps its archive first."""
    rows = Lineage.objects.filter(predecessor=unit_id).select_related("reorganisation")
    return rows.order_by("-keeps_archive", "-share", "pk")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a period in which a figure was one unit's: from `start` to `end`, both counted, with its share in
    percent. `through` is the act after which it went on in the unit that is asked for."""

    unit_id: int
    start: date
    end: date
    share: Decimal
    through: Reorganisation | None


def stretches(unit_id: int, start: date, end: date) -> list[Stretch]:
    """Of which units, and when, a figure of `unit_id` for the days from `start` to `end` is made up.

    The unit itself over the whole period, and every unit it comes from up to the day before the act. A figure
    whose period holds an act is broken there: show the stretches beside the sum.
    """
    found = [Stretch(unit_id, start, end, Decimal(100), None)]
    for stretch in found:
        if len(found) > DEEPEST * DEEPEST:
            break
        for row in origins_of(stretch.unit_id):
            until = row.reorganisation.effective_on - timedelta(days=1)
            if row.share and start <= until <= stretch.end:
                share = stretch.share * row.share / 100
                found.append(Stretch(row.predecessor_id, start, until, share, row.reorganisation))
    return found


def summed(
    unit_id: int, start: date, end: date, count: Callable[[int, date, date], int]
) -> tuple[Decimal, Mapping[Stretch, Decimal]]:
    """A figure of a unit over a period by lineage, and what each stretch adds to it; `count` counts one stretch.

    A share of a count need not be whole: half of a split unit's seven tasks is 3.5, and is shown so. What happened
    to a unit up to the day its act was recorded on is still its own, also when the act holds since a day before.
    """
    parts = {
        s: s.share * count(s.unit_id, s.start, _own_until(s, end)) / 100 for s in stretches(unit_id, start, end)
    }
    return sum(parts.values(), Decimal(0)), parts


def _own_until(stretch: Stretch, end: date) -> date:
    recorded = timezone.localdate(stretch.through.made_at) if stretch.through else end
    return max(stretch.end, min(recorded, end))


def units_called(viewer: Person, words: str, on: date, most: int, action: Action = Action.VIEW_UNIT) -> list[Any]:
    """At most `most` of the units on which `viewer` may do `action`, by name: the one whose name or code the words
    are, or else those in whose name or code they stand, marks and capitals not counting."""
    units = Unit.objects.on(on).filter(pk__in=policy.reach(viewer, action, on=on))
    exact = list(units.filter(Q(dated__name__iexact=words) | Q(dated__code__iexact=words))[:2])
    return exact if len(exact) == 1 else list(units.called(words).order_by("name")[:most])
