"""The fourth question of the policy for many units at once: reminders ask it of a thousand in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from motbuoc.foundation.access.policy import joined, sources, tied
from motbuoc.foundation.access.roles import ACTIONS, OF_ARCHIVES, OF_THE_UNIT, Action, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.models import UnitClosure


def who_may_each(
    actions: Iterable[Action], units: Collection[int], *, on: date | None = None
) -> dict[tuple[Action, int], dict[int, int]]:
    """`policy.who_may` for several actions and many units, in as many queries as for one: by action and unit the
    ids of the people, with how many steps above the unit what gives it to them is held (the fewest)."""
    day, actions = on or clock.today(), tuple(actions)
    closure = UnitClosure.objects.filter(in_force(day), descendant__in=units)
    ties = list(closure.values_list("descendant_id", "ancestor_id", "depth", "is_archive"))
    alone = {
        action: set(tied(action, day).filter(descendant__in=units).values_list("descendant_id", "ancestor_id"))
        for action in OF_THE_UNIT.intersection(actions)
    }
    held = _held({ancestor for _unit, ancestor, _depth, _archive in ties}, day)
    each: dict[tuple[Action, int], dict[int, int]] = {(action, unit): {} for action in actions for unit in units}
    for unit, ancestor, depth, is_archive in ties:
        for role, person in held.get(ancestor, ()):
            for action in ACTIONS[role].intersection(actions):
                if action in alone:
                    reaches = (unit, ancestor) in alone[action]
                else:
                    reaches = not is_archive or action in OF_ARCHIVES
                if reaches:
                    found = each[action, unit]
                    found[person] = min(depth, found.get(person, depth))
    return each


def _held(units: Collection[int], day: date) -> dict[int, list[tuple[Role, int]]]:
    """Of each unit the roles held on it itself, and by whom."""
    own, covered, acting = sources(day)
    found = own.filter(unit__in=units), covered.filter(position__unit__in=units), acting.filter(unit__in=units)
    held: dict[int, list[tuple[Role, int]]] = {}
    for role, unit, _through, _source, person in joined(*found, "person_id"):
        held.setdefault(unit, []).append((Role(role), person))
    return held
