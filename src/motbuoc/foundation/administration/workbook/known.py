"""What the installation holds on the day of an import, as far as the rows of the file need to know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.workbook.rows import Rows, clean
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.people.models import Person, Position
from motbuoc.foundation.reorganisation.checks import may_begin_line
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.foundation.units.kinds import LINE_OF, UnitKind
from motbuoc.foundation.units.models import UnitClosure, UnitHost, UnitIdentifier, UnitVersion
from motbuoc.foundation.units.services import batched

BATCH = 500
LONG_AGO = date.min


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that the actor sees, as it is on the day; what they may do with it."""

    pk: int
    code: str
    name: str
    short_name: str
    symbol: str
    kind: str
    parent_id: int | None
    may_manage: bool
    may_people: bool


@dataclass(frozen=True, slots=True)
class KnownPosition:
    """A position in a unit that the actor sees, past ones included."""

    pk: int
    person_id: int
    full_name: str
    unit_id: int
    title: str
    valid_from: date
    valid_until: date | None


@dataclass
class Known:
    """What is there on `day`.

    `parents` and `kinds` are of all units, `units` (by code) only of those the actor sees. `changed_later`: the
    last day after `day` on which a unit or one below it changes. `settled`: since when one has stood where it is.
    `borne`: until when codes of the file are borne by others (None: without end), `identified` likewise
    who bears an identifier.
    """

    day: date
    units: dict[str, KnownUnit] = field(default_factory=dict)
    parents: dict[int, int | None] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    began: dict[int, date] = field(default_factory=dict)
    changed_later: dict[int, date] = field(default_factory=dict)
    settled: dict[int, date] = field(default_factory=dict)
    borne: dict[str, date | None] = field(default_factory=dict)
    identified: dict[tuple[str, str], int] = field(default_factory=dict)
    identifiers: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    hosts: dict[int, set[int]] = field(default_factory=dict)
    positions: dict[tuple[int, str], list[KnownPosition]] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    may_begin_line: bool = False
    actor_id: int = 0

    @property
    def roots(self) -> dict[str, list[int]]:
        """The topmost units of each line."""
        found: dict[str, list[int]] = defaultdict(list)
        for pk, parent in self.parents.items():
            if parent is None:
                found[LINE_OF[UnitKind(self.kinds[pk])]].append(pk)
        return found


def known_for(actor: Person, rows: Rows, day: date) -> Known:
    """What the actor sees on `day`, and of the rest what keeps a file from being right."""
    known = Known(day, may_begin_line=may_begin_line(actor), actor_id=actor.pk)
    for pk, parent, kind in _versions(day).values_list("unit_id", "parent_id", "kind"):
        known.parents[pk], known.kinds[pk] = parent, kind
    _see(known, actor)
    _look_ahead(known)
    codes = {row.code for row in rows.units}
    _look_around(known, codes, [row.parent for row in rows.units if row.code not in known.units])
    _identities(known)
    if rows.people:
        _people(known, actor)
    return known


def _versions(day: date) -> Any:
    return UnitVersion.objects.filter(in_force(day))


def _see(known: Known, actor: Person) -> None:
    manage = set(policy.reach(actor, Action.MANAGE_UNITS))
    people = set(policy.reach(actor, Action.MANAGE_PEOPLE))
    columns = ("pk", "code", "name", "short_name", "symbol", "kind", "parent_id")
    for row in units_for(actor, known.day).values(*columns).iterator():
        unit = KnownUnit(**row, may_manage=row["pk"] in manage, may_people=row["pk"] in people)
        known.units[clean(unit.code)] = unit


def _look_ahead(known: Known) -> None:
    later = UnitVersion.objects.filter(valid_from__gt=known.day).values_list("unit_id", "valid_from")
    for unit, begins in later.order_by("valid_from"):
        at: int | None = unit
        while at is not None:
            known.changed_later[at] = begins
            at = known.parents.get(at)


def _look_around(known: Known, codes: Iterable[str], parents: Iterable[str]) -> None:
    new = [code for code in codes if code and code not in known.units]
    for part in batched(new, BATCH):
        for code, until in UnitVersion.objects.filter(code__in=part).values_list("code", "valid_until"):
            known.borne[code] = _later(known.borne.get(code, LONG_AGO), until)
    for units in batched({known.units[code].pk for code in parents if code in known.units}, BATCH):
        tied = UnitClosure.objects.filter(descendant__in=units, is_archive=False)
        tied = tied.filter(not_over(known.day)).order_by()
        known.settled |= dict(tied.values_list("descendant_id").annotate(since=Max("valid_from")))


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _identities(known: Known) -> None:
    seen = {unit.pk for unit in known.units.values()}
    rows = UnitIdentifier.objects.filter(not_over(known.day))
    for unit, scheme, value in rows.values_list("unit_id", "scheme", "value").iterator():
        known.identified[scheme, value] = unit
        known.identifiers.setdefault(unit, set()).add((scheme, value))
    hosts = UnitHost.objects.filter(not_over(known.day))
    for unit, host in hosts.values_list("unit_id", "host_id").iterator():
        if unit in seen and host in seen:
            known.hosts.setdefault(unit, set()).add(host)


def _people(known: Known, actor: Person) -> None:
    first = UnitVersion.objects.order_by("-valid_from").values_list("unit_id", "valid_from")
    known.began = dict(first.iterator())
    seen = policy.reach(actor, Action.VIEW_UNIT)
    columns = ("pk", "person_id", "person__full_name", "unit_id", "title", "valid_from", "valid_until")
    held = Position.objects.filter(unit__in=seen).order_by("valid_from", "pk")
    for row in held.values_list(*columns).iterator():
        position = KnownPosition(*row)
        known.positions.setdefault((position.unit_id, position.title), []).append(position)
        known.people[position.person_id] = position.full_name


def codes_by_id(units: Mapping[str, KnownUnit]) -> dict[int, str]:
    """The codes of units by their ids."""
    return {unit.pk: code for code, unit in units.items()}
