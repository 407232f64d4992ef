"""What a meeting room may see: how units stand, of documents of the normal class only, and nobody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.inbox import named
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import directives_for
from motbuoc.domains.work.standing import overdue
from motbuoc.domains.work.states import OWED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person

A_WEEK = 7  # days, today among them


@dataclass(frozen=True)
class Late:
    """A unit with something overdue: how many tasks, since when."""

    name: str
    count: int
    since: date


@dataclass(frozen=True)
class Coming:
    """A day of the coming week: how many tasks fall due, of how many units, with the names of some."""

    day: date
    count: int
    units: int
    names: tuple[str, ...]


def _on_wall(viewer: Person) -> QuerySet[Assignment]:
    """The tasks of units whose board `viewer` sees, of documents of the normal class."""
    today = clock.today()
    granted = policy.granted_for(viewer, Action.VIEW_BOARD, Classification.NORMAL)
    reach = policy.holds("unit", granted, today, wide=policy.is_wide(viewer, granted, today))
    return Assignment.objects.filter(reach, document__classification=Classification.NORMAL).order_by()


def directives_on_wall(viewer: Person, most: int) -> list[Document]:
    """The latest directives of the normal class with a task of these units, at most so many."""
    plain = directives_for(viewer).filter(classification=Classification.NORMAL)
    return list(plain.filter(pk__in=_on_wall(viewer).values("document"))[:most])


def late_on_wall(viewer: Person, most: int) -> list[Late]:
    """The units that owe most overdue, at most so many."""
    late = named(_on_wall(viewer).filter(overdue(clock.today()), state__in=OWED), clock.today())
    rows: Any = late.values_list("unit_id", "unit_name").annotate(count=Count("pk"), since=Min("due_on"))
    return [Late(*row[1:]) for row in rows.order_by("-count", "since", "unit_id")[:most]]


def week_on_wall(viewer: Person, names: int) -> list[Coming]:
    """What falls due on the seven days from today on, day by day; with the names of at most so many units each."""
    today = clock.today()
    due = Q(due_on__range=(today, today + timedelta(days=A_WEEK - 1))) & Q(state__in=OWED)
    rows: Any = named(_on_wall(viewer).filter(due), today).values_list("due_on", "unit_name")
    found: dict[date, dict[str, int]] = {}
    for day, name, count in rows.annotate(count=Count("pk")).order_by(F("due_on"), "unit_name"):
        found.setdefault(day, {})[name] = count
    return [
        Coming(day, sum(units.values()), len(units), tuple(list(units)[:names])) for day, units in found.items()
    ]
