"""Writes to the dated tree, and nothing but the tree: who may and what the history says is the caller's
(`reorganisation.services`). Every function keeps versions and closure in step, for all units asked at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.units.kinds import LINE_OF, LINES, UnitKind, may_stand_under
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion

BATCH = 500  # rows in one statement
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Inside:
    """That a unit stands `depth` steps below the root of a subtree that moves."""

    root_id: int
    unit_id: int
    depth: int
    is_archive: bool
    until: date | None = None


@transaction.atomic
def create_unit(
    *,
    name: str,
    short_name: str,
    code: str,
    kind: UnitKind,
    parent: Unit | None,
    valid_from: date,
    symbol: str = "",
    legal_basis: str = "",
    valid_until: date | None = None,
) -> Unit:
    """Add a unit to the tree from the day `valid_from` on, under `parent` (None: the root of its line).

    `symbol` is the code unless its documents bear another; `valid_until` is the end of a temporary body.

    Raises:
        Refusal: the parent does not exist on that day, the code is in use then, the line has a root already, the
            kind cannot stand there, or a temporary body has no end.
    """
    check_code(code, valid_from)
    check_place(kind, parent.pk if parent else None, valid_from)
    check_end(kind, valid_from, valid_until)
    unit, span = Unit.objects.create(), {"valid_from": valid_from, "valid_until": valid_until}
    UnitVersion.objects.create(
        unit=unit,
        name=name,
        short_name=short_name,
        code=code,
        symbol=symbol or code,
        kind=kind,
        parent=parent,
        is_last=valid_until is not None,
        legal_basis=legal_basis,
        **span,
    )
    UnitClosure.objects.create(ancestor=unit, descendant=unit, depth=0, **span)
    if parent:
        _hang({unit.pk: parent.pk}, [Inside(unit.pk, unit.pk, 0, False, valid_until)], valid_from)
    return unit


def check_end(kind: UnitKind, valid_from: date, valid_until: date | None) -> None:
    """Raises Refusal when a temporary body has no end, or a unit would end before it begins."""
    if kind == UnitKind.TASK_BODY and not valid_until:
        raise Refusal(_("A temporary body needs the day on which it ends."))
    if valid_until and valid_until <= valid_from:
        raise Refusal(_("The last day must come after the first."))


def check_code(code: str, day: date, *, but: Collection[int] = ()) -> None:
    """Raises Refusal when a unit other than `but` bears the code on `day` or later."""
    later = not_over(day)
    if UnitVersion.objects.filter(later, code=code).exclude(unit__in=but).exists():
        raise Refusal(_("The code %(code)s already belongs to another unit. Choose another one.") % {"code": code})


def check_place(kind: str, parent_id: int | None, day: date, *, but: Collection[int] = ()) -> None:
    """Raises Refusal when a unit of `kind` cannot stand under `parent_id` on `day`.

    A root (`parent_id` None) is refused where its line has another than `but`, then or later: each line is one
    tree. Under a unit that was moved later nothing is hung as of a day before.
    """
    if parent_id is None:
        line = LINES[LINE_OF[UnitKind(kind)]]
        later = not_over(day)
        roots = UnitVersion.objects.filter(later, parent__isnull=True, kind__in=line)
        if roots.exclude(unit__in=but).exists():
            raise Refusal(_("There is a topmost unit of this line already. Choose the unit above this one."))
        return
    above = UnitVersion.objects.filter(in_force(day), unit=parent_id).first()
    if above is None:
        raise Refusal(_("The unit above does not exist on that day. Choose a later date or another unit."))
    check_stays(parent_id, day)
    if not may_stand_under(kind, above.kind):
        raise Refusal(
            _("A unit of the kind “%(kind)s” cannot stand under “%(above)s”.")
            % {"kind": UnitKind(kind).label, "above": above.name}
        )


def check_stays(unit_id: int, day: date) -> None:
    """Raises Refusal when a unit was put elsewhere or ended after `day`: nothing is hung under it in the past."""
    later = UnitClosure.objects.filter(descendant=unit_id, valid_from__gt=day).order_by("-valid_from").first()
    if later:
        raise Refusal(
            _("The unit above was moved or ended on %(day)s. Choose that day or a later one.")
            % {"day": f"{later.valid_from:%d/%m/%Y}"}
        )


def hold_tree() -> None:
    """Let whoever changes the tree or gives work to its units wait until this transaction has ended: what one has
    checked, another would change meanwhile (two merge the same unit; each moves its own under the other's)."""
    Unit.objects.select_for_update(no_key=True).order_by("pk").first()


def check_unmoved_since(roots: Collection[int], day: date) -> None:
    """Raises Refusal when one of the units was put elsewhere after `day`, with all above it or by itself, or
    something was put below one: what ties it then would not follow an act of `day`."""
    later = UnitClosure.objects.filter(valid_from__gt=day)
    for units in batched(roots, BATCH):
        for side in ("descendant", "ancestor"):
            if tie := later.filter(**{f"{side}__in": units}).order_by("-valid_from").first():
                known = UnitVersion.objects.filter(unit=tie.descendant_id).order_by("-valid_from")
                raise _changed_later(known[0].name, tie.valid_from)


def check_unchanged_since(units: Collection[int], day: date) -> None:
    """Raises Refusal when one of the units changed after `day`: the past is added to, never rewritten."""
    later = UnitVersion.objects.filter(unit__in=units, valid_from__gt=day).order_by("-valid_from").first()
    if later:
        raise _changed_later(later.name, later.valid_from)


def _changed_later(name: str, on: date) -> Refusal:
    words = {"unit": name, "day": f"{on:%d/%m/%Y}"}
    return Refusal(_("“%(unit)s” was changed on %(day)s. Choose that day or a later one.") % words)


def change_units(changes: Mapping[int, dict[str, Any]], day: date, legal_basis: str = "") -> None:
    """Begin a new version of each unit on `day` with the changed columns; one that begins that day is changed.

    The place in the tree is changed by `move_units`.

    Raises:
        Refusal: a unit does not exist on that day.
    """
    versions = list(UnitVersion.objects.filter(in_force(day), unit__in=changes.keys()))
    if len(versions) < len(changes):
        raise Refusal(_("The unit does not exist on that day. Choose another date or another unit."))
    fresh = [v for v in versions if v.valid_from == day]
    old = [v for v in versions if v.valid_from != day]
    UnitVersion.objects.filter(pk__in=[v.pk for v in old]).update(valid_until=day, is_last=False)
    for version in versions:
        if version.valid_from != day:
            version.pk, version.valid_from = None, day
        version.legal_basis = legal_basis or version.legal_basis
        for name, value in changes[version.unit_id].items():
            setattr(version, name, value)
        version.folded = version.words_found_by
    UnitVersion.objects.bulk_create([v for v in versions if v.pk is None], batch_size=BATCH)
    columns = ["name", "short_name", "code", "symbol", "kind", "parent", "legal_basis", "folded"]
    UnitVersion.objects.bulk_update(fresh, columns, batch_size=BATCH)


def move_units(moves: Mapping[int, int | None], day: date, legal_basis: str = "") -> None:
    """Put each unit with all below it under another one from `day` on (None: to the top of its line).

    None of the units may stand below another of them.

    Raises:
        Refusal: a unit would stand below itself, or where its kind cannot; its ties changed after the day.
    """
    check_unmoved_since(moves.keys(), day)
    inside = _inside(moves.keys(), day)
    if any(moves[row.root_id] == row.unit_id for row in inside):
        raise Refusal(_("A unit cannot stand below itself. Choose another unit above it."))
    kinds = dict(UnitVersion.objects.filter(in_force(day), unit__in=moves.keys()).values_list("unit_id", "kind"))
    for kind, parent in {(kinds.get(unit, ""), parent) for unit, parent in moves.items()}:
        if not kind:
            raise Refusal(_("The unit does not exist on that day. Choose another date or another unit."))
        check_place(kind, parent, day, but=moves.keys())
    change_units({unit: {"parent_id": parent} for unit, parent in moves.items()}, day, legal_basis)
    _unhang(inside, day)
    _hang({unit: parent for unit, parent in moves.items() if parent}, inside, day)


def end_units(keepers: Mapping[int, int | None], day: date) -> None:
    """End each unit on `day`; what it left, and what was left to it, is read from then on by its keeper's readers.

    Raises:
        Refusal: a unit does not exist on that day, another unit still stands under it, or its ties changed later.
    """
    check_unmoved_since(keepers.keys(), day)
    below = UnitVersion.objects.filter(in_force(day), parent__in=keepers.keys()).exclude(unit__in=keepers.keys())
    if standing := below.first():
        raise Refusal(
            _("“%(unit)s” still stands under the unit that ends. Say first where it goes.")
            % {"unit": standing.name}
        )
    versions = UnitVersion.objects.filter(in_force(day), unit__in=keepers.keys())
    if versions.count() < len(keepers):
        raise Refusal(_("The unit does not exist on that day. Choose another date or another unit."))
    if versions.filter(valid_from=day).exists():
        raise Refusal(_("The unit began or changed on that very day. Choose a later day for its end."))
    versions.update(valid_until=day, is_last=True)
    inside = [row for row in _inside(keepers.keys(), day) if row.is_archive or row.depth == 0]
    _check_keepers({keeper for keeper in keepers.values() if keeper}, day)
    _unhang(inside, day)
    itself = UnitClosure.objects.filter(in_force(day), ancestor__in=keepers.keys(), descendant=F("ancestor"))
    itself.update(valid_until=day)
    UnitClosure.objects.bulk_create(
        UnitClosure(ancestor_id=pk, descendant_id=pk, depth=0, is_archive=True, valid_from=day) for pk in keepers
    )
    archived = [Inside(row.root_id, row.unit_id, row.depth, True) for row in inside]
    _hang({unit: keeper for unit, keeper in keepers.items() if keeper}, archived, day)


def keep_expired(unit_id: int, keeper_id: int, day: date) -> None:
    """Let what a unit left that ended by its own last day be read by its keeper's readers from `day` on."""
    UnitClosure.objects.create(
        ancestor_id=unit_id, descendant_id=unit_id, depth=0, is_archive=True, valid_from=day
    )
    _hang({unit_id: keeper_id}, [Inside(unit_id, unit_id, 0, True)], day)


def _check_keepers(keepers: Collection[int], day: date) -> None:
    if UnitVersion.objects.filter(in_force(day), unit__in=keepers).count() < len(keepers):
        raise Refusal(_("The unit that is to keep the archive does not exist on that day."))
    for keeper in keepers:
        check_stays(keeper, day)


def _inside(roots: Collection[int], day: date) -> list[Inside]:
    """The units of the subtrees of `roots` on `day`, archives included."""
    rows = UnitClosure.objects.filter(in_force(day), ancestor__in=roots)
    columns = ("ancestor_id", "descendant_id", "depth", "is_archive", "valid_until")
    return [Inside(*row) for row in rows.values_list(*columns)]


def _unhang(inside: list[Inside], day: date) -> None:
    """End on `day` what ties the units of the subtrees to the units above the subtrees."""
    depth = {row.unit_id: row.depth for row in inside}
    gone = []
    for units in batched(depth, BATCH):
        tied = UnitClosure.objects.filter(in_force(day), descendant__in=units, depth__gt=0)
        rows = tied.values_list("pk", "descendant_id", "depth", "valid_from")
        gone += [(pk, begins) for pk, unit, steps, begins in rows if steps > depth[unit]]
    for part in batched(gone, BATCH):
        UnitClosure.objects.filter(pk__in=[pk for pk, begins in part if begins == day]).delete()
        UnitClosure.objects.filter(pk__in=[pk for pk, begins in part if begins != day]).update(valid_until=day)


def _hang(parents: Mapping[int, int], inside: list[Inside], day: date) -> None:
    """Tie the units of each subtree to the parent of its root, and to all above that, from `day` on."""
    above: dict[int, list[tuple[int, int]]] = {}
    rows = UnitClosure.objects.filter(in_force(day), descendant__in=set(parents.values()))
    for parent, ancestor, depth in rows.values_list("descendant_id", "ancestor_id", "depth"):
        above.setdefault(parent, []).append((ancestor, depth))
    UnitClosure.objects.bulk_create(
        (
            UnitClosure(
                ancestor_id=ancestor,
                descendant_id=row.unit_id,
                depth=depth + 1 + row.depth,
                is_archive=row.is_archive,
                valid_from=day,
                valid_until=row.until,
            )
            for row in inside
            if row.root_id in parents
            for ancestor, depth in above[parents[row.root_id]]
        ),
        batch_size=BATCH * 4,
    )


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`: a statement takes only so many parameters."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
