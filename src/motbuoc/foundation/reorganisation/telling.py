"""What units are called on a day, and what an act changed about them: for its record and for the history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from motbuoc.foundation.units.models import Unit

Told = dict[str, dict[str, Any]]


def told(units: Collection[int], day: date) -> Told:
    """What the units are called on the day, by id as text, with the name of the unit above as `above`."""
    known = list(Unit.objects.known_by(day).filter(pk__in=units))
    over = Unit.objects.known_by(day).filter(pk__in={unit.parent_id for unit in known})
    above = dict(over.values_list("pk", "name"))
    return {
        str(unit.pk): {
            "name": unit.name,
            "code": unit.code,
            "symbol": unit.symbol,
            "kind": unit.kind,
            "above": above.get(unit.parent_id, ""),
        }
        for unit in known
    }


def change(before: Told, after: Told, unit_id: int) -> dict[str, list[Any]]:
    """What a unit was and is, as pairs of what differs; the whole of it where it is new or has ended."""
    old, new = before.get(str(unit_id)), after.get(str(unit_id))
    if old and new:
        return {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    return {"unit": [old, new]}
