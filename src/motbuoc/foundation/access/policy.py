"""The one policy. Every page, file, export and call asks one of its four questions.

A grant reaches the subtree of its unit, in the tree of the day it is asked on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import ACTIONS, SECOND_FACTOR_ACTIONS, Action, Role, roles_with
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure


def _held(person: Person, on: date) -> list[tuple[str, int]]:
    """The roles a person holds and their units, read once for each `Person` object, which lives for a request."""
    kept: dict[date, list[tuple[str, int]]] = person.__dict__.setdefault("_held", {})
    if on not in kept:
        kept[on] = [(role, unit_id) for role, unit_id in _grants(person=person.pk, day=on)]
    return kept[on]


def _grant_rows(*, person: int, day: date) -> QuerySet[Grant, tuple[str, int]]:
    return Grant.objects.filter(in_force(day), person=person).values_list("role", "unit_id")


_grants = Prepared(_grant_rows)  # asked by every page


def granted_units(person: Person, action: Action, *, on: date | None = None) -> tuple[int, ...]:
    """The units on which `person` was given a role that may do `action`; `below` gives what they reach."""
    roles = roles_with(action)
    return tuple(unit_id for role, unit_id in _held(person, on or clock.today()) if role in roles)


def below(units: Iterable[int], on: date) -> QuerySet[UnitClosure, int]:
    """The ids of the units and of all that stand below them on the day: a query, to be joined into any list."""
    closure = UnitClosure.objects.filter(in_force(on), ancestor__in=units)
    return closure.values_list("descendant_id", flat=True)


def grants_of(person: Person, *, on: date | None = None) -> QuerySet[Grant]:
    """The grants that `person` holds on the day, wherever they reach."""
    return Grant.objects.filter(in_force(on or clock.today()), person=person)


def actions_of(person: Person, *, on: date | None = None) -> frozenset[Action]:
    """Everything that `person` may do somewhere."""
    return frozenset().union(*(ACTIONS[Role(role)] for role, _unit in _held(person, on or clock.today())))


def may(person: Person, action: Action, *, on: date | None = None) -> bool:
    """Whether `person` may do `action` anywhere at all."""
    return action in actions_of(person, on=on)


def needs_second_factor(person: Person) -> bool:
    """Whether what `person` may do somewhere is too much for a password alone."""
    return bool(actions_of(person) & SECOND_FACTOR_ACTIONS)


def reach(person: Person, action: Action, *, on: date | None = None) -> QuerySet[UnitClosure, int]:
    """The ids of the units on which `person` may do `action`: a query, to be joined into any list."""
    day = on or clock.today()
    return below(granted_units(person, action, on=day), day)


def may_on(person: Person, action: Action, unit_id: int, *, on: date | None = None) -> bool:
    """Whether `person` may do `action` on the unit."""
    return reach(person, action, on=on).filter(descendant=unit_id).exists()


def who_may(action: Action, unit: Unit, *, on: date | None = None) -> QuerySet[Person]:
    """The people who may do `action` on `unit`."""
    day = on or clock.today()
    above = UnitClosure.objects.filter(in_force(day), descendant=unit).values("ancestor_id")
    grants = Grant.objects.filter(in_force(day), role__in=roles_with(action), unit__in=above)
    return Person.objects.filter(pk__in=grants.values("person_id"))


def require(person: Person, action: Action, unit_id: int, *, on: date | None = None) -> None:
    """Go on only if `person` may do `action` on the unit.

    Raises:
        NotAllowed: they may not.
    """
    if not may_on(person, action, unit_id, on=on):
        raise NotAllowed(_("Your role does not allow this here: %(action)s.") % {"action": action.label})
