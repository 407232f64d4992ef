"""Units whose work nobody was given, or whose head's seat is vacant, and who is next in line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import HEADS, LINE_OF_SUCCESSION, Person, Position, PositionTitle
from motbuoc.foundation.units.models import UnitVersion

Among = Q | Collection[int] | None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A unit without a head (`has_head` false) or without anybody given its work; `next_name` is next in line."""

    unit_id: int
    unit_name: str
    has_head: bool
    has_worker: bool
    next_name: str
    next_title: str


def vacancies_for(viewer: Person, on: date, most: int, among: Among = None) -> list[Vacancy]:
    """At most `most` vacancies among the units to which `viewer` issues directives; one query.

    In the order in which units were entered, which has those above before those below: sorted by name, a province
    would be read whole for a few. A head's seat is vacant when somebody held it and nobody does now. `among`: only
    of these units, or of those for whose `unit` a condition holds, such as that they owe something.
    """
    granted = policy.granted_units(viewer, Action.ISSUE_DIRECTIVE, on=on)
    if not granted:
        return []
    heads = Position.objects.filter(title__in=HEADS)
    rank = Case(*(When(title=title, then=Value(place)) for place, title in enumerate(LINE_OF_SUCCESSION)))
    line = Position.objects.filter(in_force(on), unit=OuterRef("unit"), title__in=LINE_OF_SUCCESSION)
    first = line.annotate(rank=rank).order_by("rank", "valid_from", "pk")
    wide = policy.is_wide(viewer, granted, on)
    reach = policy.holds("unit", granted, on, wide=wide, archives=False)
    units = UnitVersion.objects.filter(in_force(on), reach)
    if among is not None:
        units = units.filter(among if isinstance(among, Q) else Q(unit__in=among))
    # Sets that the database reads once: of a province every unit is looked up in them.
    found = units.annotate(
        has_head=_either(
            ~Q(unit__in=heads.values("unit")) | Q(unit__in=heads.filter(in_force(on)).values("unit"))
        ),
        worked_for=_either(Q(unit__in=policy.worked_for(on))),
    )
    found = found.filter(Q(worked_for=False) | Q(has_head=False))
    rows: Any = found.order_by("unit", "pk").values_list(
        "unit_id",
        "name",
        "has_head",
        "worked_for",
        Subquery(first.values("person__full_name")[:1]),
        Subquery(first.values("title")[:1]),
    )[:most]
    return [
        Vacancy(pk, name, headed, worked, who or "", str(PositionTitle(title).label) if title else "")
        for pk, name, headed, worked, who, title in rows
    ]


def _either(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())
