"""The tree as somebody may see it, a level or a handful at a time: no read here touches the whole of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import HEADS, Person, Position
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.selectors import known_units_for, reached, units_for
from motbuoc.foundation.units.kinds import LINES, Line
from motbuoc.foundation.units.models import Unit, UnitOn, UnitsOn, UnitVersion, known_on
from vanban.text import fold

MOST_TOPS = 300
LARGEST_ID = 2**63 - 1  # what a database holds
MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search for units asks: words of a name or a code, a line, a kind; ended ones as well."""

    words: str = ""
    line: str = ""
    kind: str = ""
    with_ended: bool = False

    @property
    def is_on(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.words.strip() or self.line or self.kind)


def tops_for(viewer: Person, day: date, *, with_ended: bool = False) -> UnitsOn:
    """The units at which what `viewer` sees begins on the day: above them is none, or none that they may see.

    Today these are the units of their roles. On another day also those that stood elsewhere then than today.
    """
    tops = Q(pk__in=policy.granted_units(viewer, Action.VIEW_UNIT))
    if day != clock.today():
        tops |= Q(until__isnull=False) | Q(since__gt=clock.today())
    units = _some(viewer, day, with_ended).annotate(since=F("dated__valid_from"), until=F("dated__valid_until"))
    below_another = reached(viewer, Action.VIEW_UNIT, "parent_id")
    return units.filter(tops).exclude(below_another).order_by("name", "pk")[:MOST_TOPS]


def below_for(viewer: Person, unit_id: int, day: date, *, with_ended: bool = False) -> UnitsOn:
    """The units directly under one on the day, by name; with those that ended there, if asked."""
    return _some(viewer, day, with_ended).filter(parent_id=unit_id).order_by("name", "pk")


def _some(viewer: Person, day: date, with_ended: bool) -> UnitsOn:
    return known_units_for(viewer, day) if with_ended else units_for(viewer, day)


def units_found(
    viewer: Person, day: date, wanted: Wanted, *, action: Action = Action.VIEW_UNIT, most: int = MOST_FOUND
) -> tuple[list[UnitOn], bool]:
    """The first units that answer a search, by name, and whether there are more; marks and capitals do not count.

    `action`: what `viewer` may do on them. What stops at `most` costs the same however many there are.
    """
    units = Unit.objects.known_by(day) if wanted.with_ended else Unit.objects.on(day)
    units = units.called(wanted.words)
    if wanted.kind:
        units = units.filter(kind=wanted.kind)
    elif wanted.line in Line.values:
        units = units.filter(kind__in=LINES[Line(wanted.line)])
    found = list(units.filter(reached(viewer, action))[: most + 1])
    return sorted(found[:most], key=lambda unit: (fold(unit.name), unit.pk)), len(found) > most


def units_named(viewer: Person, day: date, ids: Iterable[int], action: Action = Action.VIEW_UNIT) -> list[UnitOn]:
    """Those of the units on which `viewer` may do `action`, as they are on the day, by name."""
    chosen = Unit.objects.on(day).filter(pk__in=list(ids)).filter(reached(viewer, action))
    return list(chosen.order_by("name", "pk"))


def seen_among(viewer: Person, units: Iterable[int]) -> set[int]:
    """Those of the units that `viewer` may see, ended ones too."""
    return set(policy.reach(viewer, Action.VIEW_UNIT).filter(descendant__in=set(units)))


def heads_of(units: Collection[int], day: date) -> dict[int, Position]:
    """Who heads each of the units on the day, with their persons; a unit without a head is not there."""
    held = Position.objects.filter(in_force(day), unit__in=units, title__in=HEADS)
    found: dict[int, Position] = {}
    for position in held.select_related("person").order_by("valid_from", "pk"):
        found.setdefault(position.unit_id, position)
    return found


def names_of(units: Iterable[int], day: date) -> dict[int, str]:
    """What units were called on the day, or last were if they had ended by then."""
    return dict(Unit.objects.known_by(day).filter(pk__in=set(units)).values_list("pk", "name"))


def named_under(unit_id: int, day: date) -> list[tuple[int, str]]:
    """The ids and names of a unit and of all that stands below it on the day, by name."""
    units = Unit.objects.on(day).under([unit_id], day)
    return list(units.order_by("name", "pk").values_list("pk", "name"))


def ended_by(act: Reorganisation) -> set[int]:
    """The units that ended with the act: those whose archive somebody keeps since."""
    return set(act.lineage.filter(keeps_archive=True).values_list("predecessor_id", flat=True))


def sizes_of(units: Collection[int], day: date, *, with_ended: bool = False) -> dict[int, int]:
    """How many units stand directly under each on the day; with those that ended there, if asked."""
    condition = known_on(day) if with_ended else in_force(day)
    under = UnitVersion.objects.filter(condition, parent__in=units).order_by().values_list("parent")
    return dict(under.annotate(number=Count("pk")))


def unit_seen(viewer: Person, unit_id: int, day: date) -> UnitOn | None:
    """A unit as it was on the day, or as it began on a day before that; None where `viewer` may not see it."""
    if unit_id > LARGEST_ID or not policy.may_on(viewer, Action.VIEW_UNIT, unit_id):
        return None
    known = Unit.objects.filter(pk=unit_id)
    if found := known.known_by(day).first():
        return found
    first = UnitVersion.objects.filter(unit=unit_id).order_by("valid_from").values_list("valid_from", flat=True)
    return known.known_by(first[0]).first()
