"""Reads of the tree that need no viewer: what it was on a day, what differs between two, what is wrong.

Whoever shows it to a person narrows it by the policy first (`reorganisation.selectors`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.kinds import LINE_OF, UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitGroup, UnitOn, UnitsOn, UnitVersion
from vanban.text import fold

CHANGES = {
    "began": _("New"),
    "ended": _("Ended"),
    "renamed": _("Renamed"),
    "moved": _("Moved"),
    "converted": _("Converted"),
    "recoded": _("New code"),
}
"""What can have happened to a unit between two days."""


def above(unit_id: int, day: date) -> UnitsOn:
    """The units above one on `day`, the topmost first; those above the keeper, for a unit that has ended."""
    tied = in_force(day, "closure_below__") & Q(closure_below__descendant=unit_id, closure_below__depth__gt=0)
    return Unit.objects.on(day).filter(tied).annotate(steps=F("closure_below__depth")).order_by("-steps")


def unit_on(unit_id: int, day: date) -> UnitOn:
    """A unit as it was on `day`.

    Raises:
        Unit.DoesNotExist: it was not there.
    """
    return Unit.objects.on(day).get(pk=unit_id)


def keeper_of(unit_id: int, day: date) -> int:
    """The unit that goes on with what a unit left: itself while it exists on `day`, else who keeps its archive.

    A unit that ended and whose keepers all did is its own.
    """
    live = UnitVersion.objects.filter(in_force(day), unit=OuterRef("ancestor"))
    tied = UnitClosure.objects.filter(in_force(day), Exists(live), descendant=unit_id).order_by("depth")
    return tied.values_list("ancestor_id", flat=True).first() or unit_id


def keepers_of(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """The same for many units, in one query."""
    live = Exists(UnitVersion.objects.filter(in_force(day), unit=OuterRef("ancestor")))
    own = Q(depth=0) | Q(is_archive=True)
    ties = UnitClosure.objects.filter(in_force(day), live, own, descendant__in=unit_ids).order_by("-depth")
    return {pk: pk for pk in unit_ids} | dict(ties.values_list("descendant_id", "ancestor_id"))


def versions_of(unit: Unit) -> QuerySet[UnitVersion]:
    """Everything the unit has been, the first first."""
    return unit.versions.order_by("valid_from")


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one unit between two days: keys of CHANGES, what it was and what it is (None: not there)."""

    unit_id: int
    changes: tuple[str, ...]
    before: UnitOn | None
    after: UnitOn | None


def differences(first: date, second: date, within: QuerySet[Any, Any] | Collection[int]) -> list[Difference]:
    """What differs in the tree between the days `first` and `second`, of the units `within`, by name."""
    turned = Q(valid_from__gt=first, valid_from__lte=second) | Q(valid_until__gt=first, valid_until__lte=second)
    touched = set(UnitVersion.objects.filter(turned, unit__in=within).order_by().values_list("unit_id", flat=True))
    before = {unit.pk: unit for unit in Unit.objects.on(first).filter(pk__in=touched)}
    after = {unit.pk: unit for unit in Unit.objects.on(second).filter(pk__in=touched)}
    found = [
        Difference(pk, tuple(_changes(before.get(pk), after.get(pk))), before.get(pk), after.get(pk))
        for pk in touched
    ]
    return sorted((d for d in found if d.changes), key=lambda d: fold(str(d.after or d.before)))


def _changes(before: UnitOn | None, after: UnitOn | None) -> Iterator[str]:
    if before is None or after is None:
        if before or after:
            yield "ended" if before else "began"
        return
    if (before.name, before.short_name) != (after.name, after.short_name):
        yield "renamed"
    if before.parent_id != after.parent_id:
        yield "moved"
    if before.kind != after.kind:
        yield "converted"
    if (before.code, before.symbol) != (after.code, after.symbol):
        yield "recoded"


def groups_for(unit_id: int, day: date) -> QuerySet[UnitGroup]:
    """The saved groups that documents of a unit may use on `day`: everybody's, its own, those of units above."""
    owners = UnitClosure.objects.filter(in_force(day), descendant=unit_id).values("ancestor_id")
    groups = UnitGroup.objects.filter(Q(owner__isnull=True) | Q(owner__in=owners), is_closed=False)
    return groups.order_by("name", "pk")


def group_called(words: str, unit_id: int, day: date) -> UnitGroup | None:
    """The group of those for a unit that documents call by `words` (marks and capitals aside)."""
    wanted = fold(words)
    for group in groups_for(unit_id, day):
        if wanted in {fold(line) for line in (group.name, *group.wordings.splitlines()) if line.strip()}:
            return group
    return None


def units_in(group: UnitGroup, unit_id: int, day: date) -> UnitsOn:
    """The units of a group under the unit `unit_id` on `day`, by name."""
    chosen = Q(kind__in=group.kinds) | Q(pk__in=group.units.values("pk"))
    units = Unit.objects.on(day).under([unit_id], day).filter(chosen)
    return units.exclude(pk__in=group.without.values("pk")).order_by("name", "pk")


def faults(day: date) -> Iterator[str]:
    """What is wrong with the tree on `day`, in words; nothing when it is whole.

    Orphans, second roots of a line, codes borne twice, versions that overlap, a closure that says other than the
    parents do (and so every cycle).
    """
    versions = {v.unit_id: v for v in UnitVersion.objects.filter(in_force(day))}
    if len(versions) < (count := UnitVersion.objects.filter(in_force(day)).count()):
        yield f"{count - len(versions)} versions overlap others of their unit"
    codes: dict[str, int] = {}
    roots: dict[str, int] = {}
    for unit, version in versions.items():
        if version.parent_id and version.parent_id not in versions:
            yield f"unit {unit} stands under {version.parent_id}, which is not there"
        if version.parent_id is None and roots.setdefault(LINE_OF[UnitKind(version.kind)], unit) != unit:
            yield f"unit {unit} is a second root beside {roots[LINE_OF[UnitKind(version.kind)]]}"
        if codes.setdefault(version.code, unit) != unit:
            yield f"units {unit} and {codes[version.code]} bear the code {version.code}"
    yield from _closure_faults({unit: v.parent_id for unit, v in versions.items()}, day)


def _closure_faults(parents: dict[int, int | None], day: date) -> Iterator[str]:
    expected = set()
    for unit in parents:
        at: int | None = unit
        for depth in range(len(parents) + 1):
            if at is None or at not in parents:
                break
            expected.add((at, unit, depth))
            at = parents[at]
        else:
            yield f"unit {unit} stands in a cycle"
    live = UnitClosure.objects.filter(in_force(day), is_archive=False)
    kept = set(live.values_list("ancestor_id", "descendant_id", "depth"))
    for ancestor, unit, depth in sorted(expected ^ kept):
        side = "lacks" if (ancestor, unit, depth) in expected else "holds wrongly"
        yield f"the closure {side} {ancestor} over {unit} at {depth}"
    ended = UnitClosure.objects.filter(in_force(day), is_archive=True, depth=0, descendant__in=parents.keys())
    for unit in ended.values_list("descendant_id", flat=True):
        yield f"unit {unit} is kept as an archive but has not ended"
