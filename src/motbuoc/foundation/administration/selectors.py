"""Reads of people and rights, for whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.policy import Held, Through
from motbuoc.foundation.access.roles import Action, Role, roles_with
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.people.models import Person, Position, PositionTitle, StandIn
from motbuoc.foundation.people.selectors import in_line, named
from motbuoc.foundation.reorganisation.selectors import reached
from motbuoc.foundation.units.models import Unit, UnitClosure, known_on


def positions_for(viewer: Person, on: date) -> QuerySet[Position]:
    """The positions held on the day in units that `viewer` may see, each with its person and `unit_name`."""
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    seen = reached(viewer, Action.VIEW_UNIT, "unit")
    held = Position.objects.filter(in_force(on)).filter(seen).select_related("person")
    return held.annotate(dated=dated, unit_name=F("dated__name")).order_by("person__full_name", "pk")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody may do something on a unit: the role, on which unit it is held (with its name), and how.

    `source` is the grant, the stand-in or the position behind it (`access.policy.Held`).
    """

    person: Person
    role: Role
    unit_id: int
    unit_name: str
    through: Through
    source: Grant | StandIn | Position


def reasons(person: Person, action: Action, unit_id: int, *, on: date | None = None) -> list[Reason]:
    """Everything through which `person` may do `action` on the unit; empty: they may not."""
    day = on or clock.today()
    above = policy.tied(action, day).filter(descendant=unit_id)
    reaching, roles = set(above.values_list("ancestor_id", flat=True)), roles_with(action)
    held = [row for row in policy.held_by(person, day) if row.role in roles and row.unit_id in reaching]
    return _told([(person, row) for row in held], day)


def rights_on(viewer: Person, unit_id: int, *, on: date | None = None) -> list[Reason]:
    """Who holds which role on a unit or above it, and how; the nearest unit first.

    Raises:
        NotAllowed: the viewer may not see who may do what there.
    """
    policy.require(viewer, Action.VIEW_RIGHTS, unit_id)
    day = on or clock.today()
    above = UnitClosure.objects.filter(in_force(day), descendant=unit_id).order_by("depth")
    units = list(above.values_list("ancestor_id", flat=True))
    rows = policy.held_on(units, day)
    people = Person.objects.in_bulk({pk for pk, _row in rows})
    held = [(people[pk], row) for pk, row in rows]
    held.sort(key=lambda pair: (units.index(pair[1].unit_id), pair[0].full_name, pair[0].pk))
    return _told(held, day)


def _told(held: Iterable[tuple[Person, Held]], day: date) -> list[Reason]:
    held = list(held)
    names = dict(
        Unit.objects.known_by(day).filter(pk__in={row.unit_id for _p, row in held}).values_list("pk", "name")
    )
    sources = {
        (through, row.pk): row
        for through, rows in (
            (Through.GRANT, Grant.objects.select_related("given_by")),
            (Through.STAND_IN, StandIn.objects.select_related("position__person")),
            (Through.VACANCY, Position.objects.all()),
        )
        for row in rows.filter(pk__in=[r.source for _p, r in held if r.through == through])
    }
    return [
        Reason(
            person,
            Role(row.role),
            row.unit_id,
            names[row.unit_id],
            Through(row.through),
            sources[Through(row.through), row.source],
        )
        for person, row in held
    ]


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a unit: the person and their position; `is_vacant` when nobody was given its work, so that
    it goes to the next in line; `unit_id` is the unit above when nobody in the unit can."""

    person: Person | None
    title: PositionTitle | None
    unit_id: int
    is_vacant: bool


def answering_for(unit_id: int, *, on: date | None = None) -> Answering:
    """Who answers for a unit on the day: its head; else whoever works for it; else the next in line there, or in
    the nearest unit above that has somebody. Nobody at all only where no unit above has."""
    day = on or clock.today()
    above = UnitClosure.objects.filter(in_force(day), descendant=unit_id).order_by("depth")
    for place, at in enumerate(above.values_list("ancestor_id", flat=True)):
        if found := _answering_in(at, day, is_vacant=place > 0):
            return found
    return Answering(None, None, unit_id, True)


def _answering_in(unit_id: int, day: date, *, is_vacant: bool) -> Answering | None:
    working = roles_with(Action.WORK_ON_ASSIGNMENT)
    workers = set(
        Grant.objects.filter(in_force(day), unit=unit_id, role__in=working).values_list("person_id", flat=True)
    )
    line = list(in_line(unit_id, day))
    for position in line:
        if position.person_id in workers:
            return Answering(position.person, PositionTitle(position.title), unit_id, is_vacant)
    if workers:
        return Answering(Person.objects.filter(pk__in=workers).order_by("pk")[0], None, unit_id, is_vacant)
    if line:
        return Answering(line[0].person, PositionTitle(line[0].title), unit_id, True)
    return None


def positions_to_end_for(viewer: Person, on: date) -> Any:
    """The positions held on the day or later in units whose people `viewer` looks after, with `unit_name`."""
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    seen = policy.reach(viewer, Action.MANAGE_PEOPLE, on=on)
    held = Position.objects.filter(not_over(on), unit__in=seen).select_related("person")
    return held.annotate(dated=dated, unit_name=F("dated__name"))


def own_positions(person: Person, on: date) -> Any:
    """The positions a person holds on the day or will, with `unit_name`."""
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    held = Position.objects.filter(not_over(on), person=person).select_related("person")
    return held.annotate(dated=dated, unit_name=F("dated__name")).order_by("valid_from", "pk")


def stand_ins_for(viewer: Person, on: date) -> Any:
    """The stand-ins not over by the day that `viewer` may end: for themselves, and for people they look after."""
    seen = policy.reach(viewer, Action.MANAGE_PEOPLE, on=on)
    mine = Q(position__person=viewer) | Q(position__unit__in=seen)
    return StandIn.objects.filter(not_over(on)).filter(mine).select_related("person", "position__person")


def stood_in_for(person: Person, on: date) -> Any:
    """The stand-ins by which a person acts for others on the day, with `unit_name`."""
    dated = FilteredRelation("position__unit__versions", condition=known_on(on, "position__unit__versions__"))
    acting = StandIn.objects.filter(in_force(on), in_force(on, "position__"), person=person)
    acting = acting.select_related("position__person").annotate(dated=dated, unit_name=F("dated__short_name"))
    return acting.order_by("valid_until", "pk")


def people_called(viewer: Person, words: str, on: date, most: int) -> list[tuple[Person, str]]:
    """At most `most` people who hold a position where `viewer` sees positions, in whose name words begin
    so; each with the first position seen there."""
    seen = policy.reach(viewer, Action.VIEW_UNIT)
    held = Position.objects.filter(in_force(on), unit__in=seen, person=OuterRef("pk"))
    people = list(Person.objects.filter(named(words)).filter(Exists(held)).order_by("full_name", "pk")[:most])
    labels: dict[int, str] = {}
    shown: Any = positions_for(viewer, on).filter(person__in=people)
    for position in shown:
        labels.setdefault(position.person_id, f"{position.get_title_display()}, {position.unit_name}")
    return [(person, labels[person.pk]) for person in people]


def grants_on(unit_id: int, on: date) -> QuerySet[Grant]:
    """The grants on a unit itself that are not over by the day; whoever asks has asked the policy."""
    grants = Grant.objects.filter(not_over(on), unit=unit_id).select_related("person", "given_by")
    return grants.order_by("role", "person__full_name", "pk")


def grants_to_end_for(viewer: Person, on: date) -> Any:
    """The grants not over by the day on units whose rights `viewer` sees, with `unit_name`."""
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    seen = policy.reach(viewer, Action.VIEW_RIGHTS, on=on)
    grants = Grant.objects.filter(not_over(on), unit__in=seen).select_related("person")
    return grants.annotate(dated=dated, unit_name=F("dated__name"))
