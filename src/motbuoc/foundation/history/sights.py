"""Which objects of a kind a person may see, for kinds whose sight is narrower than that of their unit.

A line tells of an object. Where the keeper of that kind has a stricter rule than the unit (a document in review, a
restricted one), it declares it here, and the app registers it at start; other lines are seen with their unit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from motbuoc.foundation.people.models import Person

Seen = Callable[[Person], QuerySet[Any, Any]]
SIGHTS: dict[str, Seen] = {}


def declare(object_type: str, seen: Seen) -> None:
    """Say which objects of a kind a person may see: `seen` gives their ids as a query."""
    SIGHTS[object_type] = seen


def in_sight(viewer: Person) -> Q:
    """The condition that a line tells of something `viewer` may see, its unit aside."""
    found = ~Q(object_type__in=list(SIGHTS))
    for object_type, seen in SIGHTS.items():
        found |= Q(object_type=object_type, object_id__in=seen(viewer))
    return found
