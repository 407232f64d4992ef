"""The assignments that somebody sees who sees some hundreds of units of many thousand: by the ids of the units.

Walked past one by one, most tasks of a province are not theirs; asked for by unit, only theirs are read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, Value

from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access import policy
from motbuoc.foundation.core.named import NamedIds, as_value, one_of
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import UnitClosure

MOST_UNITS = 2_000  # seen units that are named; whoever sees more sees so many tasks that walking finds theirs
MOST_OTHERS = 1_000  # assignments of other units that these support or track


class Reached(NamedTuple):
    """The units that a group of grants reaches, the assignments of others that these support or track, and the
    units of both, as values of `one_of`. No `others`: there are none.
    """

    units: str
    others: str
    all_units: str


def reached(viewer: Person, seen: policy.Sight, today: date, *, own: bool) -> tuple[Reached, ...] | None:
    """What `viewer` reaches by each group of a sight; None where it is too much to be named. Asked once for each
    `Person` object.
    """
    known: dict[Any, tuple[Reached, ...] | None] = viewer.__dict__.setdefault("_reached", {})
    key = seen, today, own
    if key not in known:
        found, start = [], 0
        for _classes, count, _wide in seen.shape:
            found.append(_reached(seen.units[start : start + count], today, own))
            start += count
        known[key] = None if None in found else tuple(one for one in found if one)
    return known[key]


def _reached(granted: tuple[int, ...], today: date, own: bool) -> Reached | None:
    ((_one, count, units),) = _prepared_units(own, granted=granted, today=today) or [(1, 0, "")]
    if count > MOST_UNITS:
        return None
    value = as_value(units)
    if own:
        return Reached(value, "", value)
    others = _prepared_others(units=value)
    if len(others) > MOST_OTHERS:
        return None
    theirs = dict.fromkeys(str(unit) for _pk, unit in others)
    pks = dict.fromkeys(str(pk) for pk, _unit in others)
    return Reached(
        value, as_value(",".join(pks)) if pks else "", as_value(",".join([units or "", *theirs]).strip(","))
    )


def _units(own: bool, *, granted: tuple[int, ...], today: date) -> Any:
    below = policy.below(granted, today, archives=not own).order_by()[: MOST_UNITS + 1]
    rows = UnitClosure.objects.filter(pk__in=below.values("pk"))
    return (
        rows.order_by()
        .annotate(one=Value(1))
        .values_list("one")
        .annotate(n=Count("pk"), ids=NamedIds("descendant"))
    )


def _others(*, units: str) -> Any:
    # By ids alone: where most rows track nothing, SQLite would read the whole table for more than these.
    tracked = Assignment.objects.filter(one_of("monitor", units, seeks=True)).order_by().values("pk")
    supports = Assignment.supporting_units.through.objects.filter(one_of("unit", units, seeks=True))
    theirs = Q(pk__in=supports.values("assignment_id").union(tracked, all=True))
    rows = Assignment.objects.filter(theirs, ~one_of("unit", units))
    return rows.order_by().values_list("pk", "unit_id")[: MOST_OTHERS + 1]


_prepared_units, _prepared_others = Prepared(_units), Prepared(_others)


def within(has_others: tuple[bool, ...], ids: tuple[str, ...], *, seeks: bool) -> Callable[[Any, bool], Q]:
    """What `policy.cleared` asks of each group in turn: the condition over assignments that it is reached."""
    taken, groups = iter(ids), iter(has_others)

    def of_group(_units: Any, _wide: bool) -> Q:
        condition = one_of("unit", next(taken), seeks=seeks)
        return condition | one_of("pk", next(taken), seeks=seeks) if next(groups) else condition

    return of_group
