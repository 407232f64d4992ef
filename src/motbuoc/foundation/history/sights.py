"""Which objects of a kind a person may see, for kinds whose sight is narrower than that of their unit.

A line tells of an object. Where the keeper of that kind has a stricter rule than the unit (a document in review, a
restricted one), it declares it here, and the app registers it at start; other lines are seen with their unit.
So with acts that tell more than the sight of their object gives (a number kept free, told of a unit).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from motbuoc.foundation.people.models import Person

Seen = Callable[[Person], QuerySet[Any, Any]]
Allowed = Callable[[Person], Q]
SIGHTS: dict[str, Seen] = {}
ACTS: dict[str, list[tuple[tuple[str, ...], Allowed]]] = {}


def declare(object_type: str, seen: Seen) -> None:
    """Say which objects of a kind a person may see: `seen` gives their ids as a query."""
    SIGHTS[object_type] = seen


def declare_acts(object_type: str, actions: Iterable[str], allowed: Allowed) -> None:
    """Say who may see the lines of some acts on a kind of object: `allowed` gives the condition on a line."""
    ACTS.setdefault(object_type, []).append((tuple(actions), allowed))


def acts_in_sight(viewer: Person, object_type: str) -> Q:
    """The condition that a line about an object of this kind in sight tells of an act `viewer` may see."""
    condition = Q()
    for actions, allowed in ACTS.get(object_type, []):
        condition &= ~Q(object_type=object_type, action__in=actions) | allowed(viewer)
    return condition


def in_sight(viewer: Person) -> Q:
    """The condition that a line tells of something `viewer` may see, its unit aside."""
    found = ~Q(object_type__in=list(SIGHTS))
    for object_type, seen in SIGHTS.items():
        found |= Q(object_type=object_type) & _tells_of(seen(viewer))
    for object_type in ACTS:
        found &= acts_in_sight(viewer, object_type)
    return found


def in_sight_of(viewer: Person, object_type: str) -> Q:
    """The same of lines that are all about objects of one kind."""
    seen = SIGHTS.get(object_type)
    found = _tells_of(seen(viewer)) if seen else Q()
    return found & acts_in_sight(viewer, object_type)


def _tells_of(objects: QuerySet[Any, Any]) -> Q:
    """The condition that a line is about one of these; asked of each line: lines are few beside all objects."""
    return Q(Exists(objects.filter(pk=OuterRef("object_id"))))
