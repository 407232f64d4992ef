"""Many new units at once: what `services.create_unit` does one by one, in as few statements as the tree has levels
to be read. Who may and what the history says is the caller's (`reorganisation.in_bulk`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.units.kinds import LINE_OF, LINES, UnitKind, may_stand_under
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion
from motbuoc.foundation.units.services import BATCH, batched, check_end

Above = tuple[tuple[int, int], ...]  # the units above one, each with the steps to it


@dataclass(frozen=True)
class Seedling:
    """A unit to be made. `parent`: the code of another seedling or the id of a unit; None: the root of a line."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str | int | None
    valid_from: date
    symbol: str = ""
    legal_basis: str = ""
    valid_until: date | None = None


@transaction.atomic
def create_units(seedlings: Sequence[Seedling]) -> dict[str, int]:
    """Add the units to the tree, in any order; their ids by code.

    Raises:
        Refusal: as `services.create_unit` for one of them; two bear one code; they stand in a cycle.
    """
    by_code = {seedling.code: seedling for seedling in seedlings}
    if len(by_code) < len(seedlings):
        raise Refusal(_("Two of the new units bear the same code. Each needs its own."))
    ordered = list(_from_the_top(by_code))
    if len(ordered) < len(seedlings):
        raise Refusal(_("A unit cannot stand below itself. Choose another unit above it."))
    _check_codes(by_code)
    for row in ordered:
        check_end(row.kind, row.valid_from, row.valid_until)
    above = _above(ordered)
    _check_places(ordered, by_code)
    made = Unit.objects.bulk_create([Unit() for _row in ordered], batch_size=BATCH)
    ids = {row.code: unit.pk for row, unit in zip(ordered, made, strict=True)}
    UnitVersion.objects.bulk_create((_version(row, ids) for row in ordered), batch_size=BATCH)
    UnitClosure.objects.bulk_create(_closure(ordered, ids, above), batch_size=BATCH * 4)
    return ids


def _from_the_top(by_code: dict[str, Seedling]) -> Iterator[Seedling]:
    """The seedlings, each after the one above it; those of a cycle never come."""
    under: dict[str, list[Seedling]] = {}
    ready = []
    for row in by_code.values():
        if isinstance(row.parent, str) and row.parent in by_code:
            under.setdefault(row.parent, []).append(row)
        elif isinstance(row.parent, str):
            raise Refusal(_("The unit above does not exist on that day. Choose a later date or another unit."))
        else:
            ready.append(row)
    for row in ready:
        yield row
        ready += under.get(row.code, ())


def _check_codes(by_code: dict[str, Seedling]) -> None:
    for codes in batched(by_code, BATCH):
        for code, until in UnitVersion.objects.filter(code__in=codes).values_list("code", "valid_until"):
            if until is None or until > by_code[code].valid_from:
                sentence = _("The code %(code)s already belongs to another unit. Choose another one.")
                raise Refusal(sentence % {"code": code})


def _above(rows: Collection[Seedling]) -> dict[tuple[int, date], Above]:
    """What stands above each unit that gets new ones under it, itself included, on their day."""
    wanted: dict[date, set[int]] = {}
    for row in rows:
        if isinstance(row.parent, int):
            wanted.setdefault(row.valid_from, set()).add(row.parent)
    found: dict[tuple[int, date], list[tuple[int, int]]] = {}
    for day, units in wanted.items():
        for part in batched(units, BATCH):
            tied = UnitClosure.objects.filter(in_force(day), descendant__in=part, is_archive=False)
            for unit, ancestor, depth in tied.values_list("descendant_id", "ancestor_id", "depth"):
                found.setdefault((unit, day), []).append((ancestor, depth))
    if any((unit, day) not in found for day, units in wanted.items() for unit in units):
        raise Refusal(_("The unit above does not exist on that day. Choose a later date or another unit."))
    return {key: tuple(pairs) for key, pairs in found.items()}


def _check_places(rows: Collection[Seedling], by_code: dict[str, Seedling]) -> None:
    _check_roots([row for row in rows if row.parent is None])
    kinds: dict[tuple[int, date], tuple[str, str]] = {}
    for day in {row.valid_from for row in rows if isinstance(row.parent, int)}:
        parents = {row.parent for row in rows if isinstance(row.parent, int) and row.valid_from == day}
        for part in batched(parents, BATCH):
            versions = UnitVersion.objects.filter(in_force(day), unit__in=part)
            kinds |= {(v.unit_id, day): (v.kind, v.name) for v in versions}
    for row in rows:
        if row.parent is None:
            continue
        if isinstance(row.parent, str):
            above = by_code[row.parent]
            kind, name = str(above.kind), above.name
            if row.valid_from < above.valid_from or (above.valid_until and row.valid_from >= above.valid_until):
                raise Refusal(_("The unit above does not exist on that day. Choose a later date or another unit."))
        else:
            kind, name = kinds[row.parent, row.valid_from]
        if not may_stand_under(row.kind, kind):
            sentence = _("A unit of the kind “%(kind)s” cannot stand under “%(above)s”.")
            raise Refusal(sentence % {"kind": UnitKind(row.kind).label, "above": name})


def _check_roots(rows: Collection[Seedling]) -> None:
    lines = [LINE_OF[UnitKind(row.kind)] for row in rows]
    for row, line in zip(rows, lines, strict=True):
        later = not_over(row.valid_from)
        roots = UnitVersion.objects.filter(later, parent__isnull=True, kind__in=LINES[line])
        if lines.count(line) > 1 or roots.exists():
            raise Refusal(_("There is a topmost unit of this line already. Choose the unit above this one."))


def _version(row: Seedling, ids: dict[str, int]) -> UnitVersion:
    return UnitVersion(
        unit_id=ids[row.code],
        name=row.name,
        short_name=row.short_name,
        code=row.code,
        symbol=row.symbol or row.code,
        kind=row.kind,
        parent_id=ids[row.parent] if isinstance(row.parent, str) else row.parent,
        is_last=row.valid_until is not None,
        legal_basis=row.legal_basis,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _closure(
    rows: Sequence[Seedling], ids: dict[str, int], known: dict[tuple[int, date], Above]
) -> Iterator[UnitClosure]:
    """Who stands above each new unit, from its first day on; `rows` come from the top."""
    chains: dict[str, Above] = {}
    for row in rows:
        if isinstance(row.parent, str):
            above = chains[row.parent]
        else:
            above = known[row.parent, row.valid_from] if row.parent is not None else ()
        chain = ((ids[row.code], 0), *((ancestor, depth + 1) for ancestor, depth in above))
        chains[row.code] = chain
        for ancestor, depth in chain:
            yield UnitClosure(
                ancestor_id=ancestor,
                descendant_id=ids[row.code],
                depth=depth,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
