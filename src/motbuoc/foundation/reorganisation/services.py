"""Acts on the tree. Each asks the policy, runs in one transaction, hands over what the units hold, and leaves a
line of history on every unit it touched (domain guide 3.4; what it does to rights and figures: decision 0017).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.history.services import Act, record, write_lines
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit, Part
from motbuoc.foundation.reorganisation.checks import (
    check_outside,
    check_parent,
    check_parts,
    check_past,
    check_units,
)
from motbuoc.foundation.reorganisation.models import Lineage, Reorganisation, ReorganisationKind
from motbuoc.foundation.reorganisation.succession import Given, Kept, hand_over
from motbuoc.foundation.reorganisation.telling import Told, change, told
from motbuoc.foundation.units import services as tree
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion

K = ReorganisationKind
TAKEN = " *"  # behind the code of a new unit as long as the unit it replaces bears the same


@transaction.atomic
def create_unit(*, actor: Person, new: NewUnit, basis: Basis) -> Reorganisation:
    """Add a unit to the tree. Whoever begins a new line administers its topmost unit: otherwise nobody would.

    Raises:
        NotAllowed, Refusal: as `units.services.create_unit`.
    """
    unit = _made(actor, new, basis)
    if new.parent is None:
        administer_line(actor, unit.pk, basis.effective_on)
    return recorded(actor, K.CREATE, basis, [unit.pk], {})


def administer_line(actor: Person, unit_id: int, day: date) -> None:
    """Let whoever began a line administer it from `day` on."""
    grant = Grant.objects.create(person=actor, role=Role.ADMINISTRATOR, unit_id=unit_id, valid_from=day)
    actor.__dict__.pop("_held", None)  # what they may do is read anew
    record(actor, Act("grant_role", "grant", grant.pk, unit_id, {"person": actor.pk, "role": grant.role}))


@transaction.atomic
def rename_unit(
    *, actor: Person, unit: Unit, basis: Basis, name: str, short_name: str, code: str = "", symbol: str = ""
) -> Reorganisation:
    """Give a unit other names, and another code or symbol where one is given. What was issued keeps the old ones.

    Raises:
        NotAllowed, Refusal: the code is in use, the unit changed later or does not exist on that day.
    """
    check_units(actor, [unit.pk], basis)
    changes = {"name": name, "short_name": short_name, "code": code, "symbol": symbol}
    if code:
        tree.check_code(code, basis.effective_on, but=[unit.pk])
    before = told([unit.pk], basis.effective_on)
    tree.change_units(
        {unit.pk: {key: value for key, value in changes.items() if value}}, basis.effective_on, basis.legal_basis
    )
    return recorded(actor, K.RENAME, basis, [unit.pk], before)


@transaction.atomic
def move_unit(*, actor: Person, unit: Unit, basis: Basis, parent: Unit | None) -> Reorganisation:
    """Put a unit, with all below it, under another one. Whoever was granted a role above it there reaches it then.

    Raises:
        NotAllowed: the actor may not reorganise both the unit and the one it goes under.
        Refusal: it would stand below itself, or cannot stand there; it changed later.
    """
    check_units(actor, [unit.pk], basis)
    check_parent(actor, parent)
    before = told([unit.pk], basis.effective_on)
    tree.move_units({unit.pk: parent.pk if parent else None}, basis.effective_on, basis.legal_basis)
    return recorded(actor, K.MOVE, basis, [unit.pk, *([parent.pk] if parent else [])], before)


@transaction.atomic
def convert_unit(*, actor: Person, unit: Unit, basis: Basis, kind: UnitKind) -> Reorganisation:
    """Make a unit one of another kind (a cell becomes a base organisation, or the reverse).

    Raises:
        NotAllowed, Refusal: the kind cannot stand where the unit stands, or above what stands under it.
    """
    check_units(actor, [unit.pk], basis)
    day = basis.effective_on
    version = UnitVersion.objects.filter(in_force(day), unit=unit).first()
    tree.check_place(kind, version.parent_id if version else None, day, but=[unit.pk])
    before = told([unit.pk], day)
    tree.change_units({unit.pk: {"kind": kind}}, day, basis.legal_basis)
    for below in UnitVersion.objects.filter(in_force(day), parent=unit).values_list("kind", flat=True).distinct():
        tree.check_place(below, unit.pk, day)
    return recorded(actor, K.CONVERT, basis, [unit.pk], before)


@transaction.atomic
def merge_units(
    *, actor: Person, units: Sequence[Unit], into: Unit | NewUnit, basis: Basis, kept: Kept | None = None
) -> Reorganisation:
    """End units and let one that exists, or a new one, go on in their place: with the units below them, open work,
    the chosen people and roles, host bodies, and the reading of their archives.

    Raises:
        NotAllowed: the actor may not reorganise all of them.
        Refusal: a unit would be merged into itself or into one below it; as `create_unit`.
    """
    sources = list(dict.fromkeys(unit.pk for unit in units))
    check_past(basis)
    if not sources or (isinstance(into, Unit) and into.pk in sources):
        raise Refusal(_("A unit cannot be merged into itself. Choose which units end and which goes on."))
    check_units(actor, sources, basis)
    before = told(sources, basis.effective_on)
    target = into.pk if isinstance(into, Unit) else _made(actor, into, basis, replacing=sources).pk
    if isinstance(into, Unit):
        check_units(actor, [target], basis)
        before |= told([target], basis.effective_on)
    check_outside(target, sources, basis.effective_on)
    moves = dict.fromkeys(_children(sources, basis.effective_on), target)
    given = _moved(moves, basis)
    successors = dict.fromkeys(sources, target)
    given += _end(actor, successors, basis, kept or Kept())
    made = recorded(actor, K.MERGE, basis, [*sources, target], before, given)
    trace(made, [(source, target, Decimal(100), True) for source in sources])
    return made


@transaction.atomic
def split_unit(
    *, actor: Person, unit: Unit, parts: Sequence[Part], basis: Basis, kept: Kept | None = None, ends: bool = True
) -> Reorganisation:
    """Let several units go on in the place of one. The first part takes over its open work, the chosen people and
    roles, and the reading of its archive; units below it that no part names go to the first as well.

    `ends` False: the unit itself goes on and keeps its figures; the parts take only the units below it that they
    name.

    Raises:
        NotAllowed, Refusal: the shares are not 100 together (0 where the unit goes on); a unit is named twice.
    """
    day = basis.effective_on
    check_past(basis)
    check_units(actor, [unit.pk], basis)
    check_parts(unit, parts, ends)
    before = told([unit.pk], day)
    targets = [
        part.unit.pk if isinstance(part.unit, Unit) else _made(actor, part.unit, basis, replacing=[unit.pk]).pk
        for part in parts
    ]
    for part, target in zip(parts, targets, strict=True):
        if isinstance(part.unit, Unit):
            check_units(actor, [target], basis)
        check_outside(target, [unit.pk] if ends else [], day)
    chosen = {child: target for part, target in zip(parts, targets, strict=True) for child in part.children}
    children = _children([unit.pk], day)
    if not chosen.keys() <= set(children):
        raise Refusal(_("One of the chosen units does not stand under the unit that is split."))
    moves = {child: chosen.get(child, targets[0]) for child in children if ends or child in chosen}
    given = _moved({c: t for c, t in moves.items() if c != t}, basis)
    given += _end(actor, {unit.pk: targets[0]}, basis, kept or Kept()) if ends else []
    made = recorded(actor, K.SPLIT, basis, [unit.pk, *targets], before, given)
    shares = zip(parts, targets, strict=True)
    trace(made, [(unit.pk, t, part.share, ends and t == targets[0]) for part, t in shares])
    return made


@transaction.atomic
def dissolve_unit(
    *, actor: Person, unit: Unit, basis: Basis, heir: Unit | None = None, kept: Kept | None = None
) -> Reorganisation:
    """End a unit. Its open work, its archive and the units below it go to `heir`, or else to the unit above it.

    Its figures stay its own: the heir's do not grow by them.

    Raises:
        NotAllowed, Refusal: it is the topmost of its line and no heir is named.
    """
    day = basis.effective_on
    check_past(basis)
    check_units(actor, [unit.pk], basis)
    version = UnitVersion.objects.filter(in_force(day), unit=unit).first()
    target = heir.pk if heir else (version.parent_id if version else None)
    if target is None or target == unit.pk:
        raise Refusal(_("Name the unit that takes over the work and the archive of this one."))
    if heir:
        check_units(actor, [target], basis)
    check_outside(target, [unit.pk], day)
    before = told([unit.pk], day)
    given = _moved(dict.fromkeys(_children([unit.pk], day), target), basis)
    given += _end(actor, {unit.pk: target}, basis, kept or Kept())
    made = recorded(actor, K.DISSOLVE, basis, [unit.pk, target], before, given)
    trace(made, [(unit.pk, target, Decimal(0), True)])
    return made


def _made(actor: Person, new: NewUnit, basis: Basis, replacing: Collection[int] = ()) -> Unit:
    """The new unit, in the tree. The code of one that it replaces is free once that one has ended (`_end`)."""
    check_parent(actor, new.parent)
    taken = UnitVersion.objects.filter(in_force(basis.effective_on), unit__in=replacing, code=new.code)
    return tree.create_unit(
        name=new.name,
        short_name=new.short_name,
        code=f"{new.code}{TAKEN}" if taken.exists() else new.code,
        symbol=new.symbol or new.code,
        kind=new.kind,
        parent=new.parent,
        valid_from=basis.effective_on,
        valid_until=new.valid_until,
        legal_basis=basis.legal_basis,
    )


def _children(units: Collection[int], day: date) -> list[int]:
    """The units directly under `units` that are not of them."""
    under = UnitVersion.objects.filter(in_force(day), parent__in=units).exclude(unit__in=units)
    return list(under.values_list("unit_id", flat=True))


def _moved(moves: Mapping[int, int], basis: Basis) -> list[Given]:
    """Put the units below those of the act under others, and tell which went from where to where."""
    day = basis.effective_on
    ways: dict[tuple[int, int], list[int]] = {}
    for unit, parent in UnitVersion.objects.filter(in_force(day), unit__in=moves).values_list("unit_id", "parent"):
        ways.setdefault((parent, moves[unit]), []).append(unit)
    tree.move_units(moves, day, basis.legal_basis)
    return [Given("units_below", source, target, sorted(units)) for (source, target), units in ways.items()]


def _end(actor: Person, successors: Mapping[int, int], basis: Basis, kept: Kept) -> list[Given]:
    """End the units (keys); those that stand below another of them first."""
    day = basis.effective_on
    tied = UnitClosure.objects.filter(
        in_force(day), ancestor__in=successors, descendant__in=successors, depth__gt=0
    )
    nested: dict[int, int] = dict(tied.order_by().values_list("descendant_id").annotate(number=Count("pk")))
    for level in sorted({nested.get(unit, 0) for unit in successors}, reverse=True):
        tree.end_units({u: t for u, t in successors.items() if nested.get(u, 0) == level}, day)
    waiting = UnitVersion.objects.filter(in_force(day), valid_from=day, code__endswith=TAKEN)
    for version in waiting:
        version.code = version.code.removesuffix(TAKEN)
        tree.check_code(version.code, day)
        version.save(update_fields=["code", "folded"])
    return hand_over(actor, successors, day, kept)


def recorded(
    actor: Person,
    kind: ReorganisationKind,
    basis: Basis,
    units: Sequence[int],
    before: Told,
    given: Sequence[Given] = (),
) -> Reorganisation:
    """Keep an act with what it gave, and tell it in the history of each of its units."""
    after = told(units, basis.effective_on)
    made = Reorganisation.objects.create(
        kind=kind,
        effective_on=basis.effective_on,
        legal_basis=basis.legal_basis,
        handed_over=[row.as_json() for row in given],
        before=before,
        after=after,
        made_by=actor,
        made_at=clock.now(),
    )
    made.units.set(units)
    values = {"act": made.pk, "on": basis.effective_on.isoformat(), "basis": basis.legal_basis}
    write_lines(actor, [Act(f"{kind}_unit", "unit", pk, pk, values | change(before, after, pk)) for pk in units])
    return made


def trace(made: Reorganisation, rows: Sequence[tuple[int, int, Decimal, bool]]) -> None:
    """Keep from which unit an act leads to which, with the share of figures and whether it keeps the archive."""
    Lineage.objects.bulk_create(
        [
            Lineage(
                reorganisation=made, predecessor_id=source, successor_id=target, share=share, keeps_archive=keeps
            )
            for source, target, share, keeps in rows
        ],
        batch_size=500,
    )
