"""Inspectors' windows, and every look through them: written down, and shown to whoever is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.services import Act, record_looks
from motbuoc.foundation.history.sights import in_sight
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import UnitClosure, known_on

LIST = "list"
"""The kind of object of a look at a list: the unit of the line is the window's, and all below it was looked at."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a page shows: an object and the unit it belongs to; `unit_id` None: a list of whatever is in reach."""

    object_type: str
    object_id: int
    unit_id: int | None


def inspects(person: Person) -> bool:
    """Whether a person looks at anything as an inspector today."""
    return any(row.role == Role.INSPECTOR for row in policy.held_by(person, clock.today()))


def note_look(viewer: Person, look: Look, page: str) -> None:
    """Write down that a person looks at a page, if they do so as an inspector; `page` is its name.

    Not what they may see anyway, because another role of theirs reaches that unit and the inspection does not.
    """
    held = policy.held_by(viewer, clock.today())
    windows = {row.unit_id for row in held if row.role == Role.INSPECTOR}
    if not windows:
        return
    values = {"page": page}
    if look.unit_id is None:
        record_looks(viewer, *(Act("look", LIST, 0, unit_id, values) for unit_id in sorted(windows)))
        return
    others = {row.unit_id for row in held if row.role != Role.INSPECTOR}
    if others:
        above = UnitClosure.objects.filter(in_force(clock.today()), descendant=look.unit_id)
        reaching = set(above.values_list("ancestor_id", flat=True))
        if others & reaching and not windows & reaching:
            return
    record_looks(viewer, Act("look", look.object_type, look.object_id, look.unit_id, values))


def windows_for(viewer: Person, on: date) -> QuerySet[Any]:
    """The windows open on the day or later through which a unit can be looked at whose history `viewer` sees.

    Each with its inspector, who gave it, and the `unit_name` it is open on; the one that ends first, first.
    """
    seen = policy.within_reach(viewer, Action.VIEW_HISTORY, "descendant", on=on)
    over = UnitClosure.objects.filter(in_force(on), seen, ancestor=OuterRef("unit"))
    return _windows(on).filter(Exists(over))


def windows_on(viewer: Person, unit_id: int, on: date) -> QuerySet[Any]:
    """The same of one unit; none if `viewer` does not see its history."""
    above = UnitClosure.objects.filter(in_force(on), descendant=unit_id).values("ancestor_id")
    found = _windows(on).filter(unit__in=above)
    return found if policy.may_on(viewer, Action.VIEW_HISTORY, unit_id, on=on) else found.none()


def _windows(on: date) -> QuerySet[Any]:
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    windows = Grant.objects.filter(role=Role.INSPECTOR, valid_until__gt=on).select_related("person", "given_by")
    return windows.annotate(dated=dated, unit_name=F("dated__name")).order_by("valid_until", "pk")


def looks_for(viewer: Person, on: date, windows: Iterable[Grant] = ()) -> QuerySet[Any]:
    """The looks at units whose history `viewer` sees, and at lists through `windows` over these; latest first.

    As every line, they are seen only with what they tell of.
    """
    seen = policy.within_reach(viewer, Action.VIEW_HISTORY, "unit", on=on)
    at_lists = Q(object_type=LIST, unit__in=[window.unit_id for window in windows])
    return _looks(on).filter(seen | at_lists).filter(in_sight(viewer))


def looks_at_unit(viewer: Person, unit_id: int, on: date, windows: Iterable[Grant]) -> QuerySet[Any]:
    """The looks at what belongs to one unit, and at lists through the `windows` over it, latest first; none if
    `viewer` does not see its history."""
    if not policy.may_on(viewer, Action.VIEW_HISTORY, unit_id, on=on):
        return _looks(on).none()
    at_lists = Q(object_type=LIST, unit__in=[window.unit_id for window in windows])
    return _looks(on).filter(Q(unit=unit_id) | at_lists).filter(in_sight(viewer))


def _looks(on: date) -> QuerySet[Any]:
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    lines = HistoryLine.objects.filter(action="look").select_related("actor")
    return lines.annotate(dated=dated, unit_name=F("dated__name")).order_by("-at", "-pk")
