"""What an act handed over, row by row, for people: who is behind the ids in `Reorganisation.handed_over`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.people.models import Position, PositionTitle
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.foundation.units.models import UnitGroup, UnitHost


def _positions(ids: Collection[int], day: date) -> dict[int, str]:
    held = Position.objects.filter(pk__in=ids).values_list("pk", "person__full_name", "title")
    return {pk: f"{name} ({PositionTitle(title).label})" for pk, name, title in held}


def _grants(ids: Collection[int], day: date) -> dict[int, str]:
    given = Grant.objects.filter(pk__in=ids).values_list("pk", "person__full_name", "role")
    return {pk: f"{name} ({Role(role).label})" for pk, name, role in given}


def _hosts(ids: Collection[int], day: date) -> dict[int, str]:
    ties = list(UnitHost.objects.filter(pk__in=ids).values_list("pk", "unit_id", "host_id"))
    names = names_of({unit for _pk, *pair in ties for unit in pair}, day)
    return {pk: f"{names.get(unit, '')} – {names.get(host, '')}" for pk, unit, host in ties}


def _groups(ids: Collection[int], day: date) -> dict[int, str]:
    return dict(UnitGroup.objects.filter(pk__in=ids).values_list("pk", "name"))


def _units(ids: Collection[int], day: date) -> dict[int, str]:
    return names_of(ids, day)


NAMED: dict[str, Callable[[Any, date], dict[int, str]]] = {
    "positions": _positions,
    "ended_positions": _positions,
    "grants": _grants,
    "kept_grants": _grants,
    "hosts": _hosts,
    "groups": _groups,
    "units_below": _units,
}
"""How the rows of each sort are called; the sorts that practices declare are named by their own pages."""


def rows_named(what: str, ids: Collection[int], day: date) -> dict[int, str]:
    """The words for the rows of one sort by id, in the order of the ids; nothing for a sort of a practice."""
    found = NAMED[what](ids, day) if what in NAMED else {}
    return {pk: found[pk] for pk in ids if pk in found}
