"""Many acts of one day and one legal basis at once, as a workbook brings them. Each unit has its own act and line
of history, as if they had been done one by one (`services`), in statements for all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.history.services import Act, write_lines
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.checks import check_parent, check_units
from motbuoc.foundation.reorganisation.models import Reorganisation, ReorganisationKind
from motbuoc.foundation.reorganisation.services import administer_line
from motbuoc.foundation.reorganisation.telling import Told, change, told
from motbuoc.foundation.units import services as tree
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitVersion
from motbuoc.foundation.units.planting import Seedling, create_units
from motbuoc.foundation.units.services import batched

K = ReorganisationKind
BATCH = 500


@transaction.atomic
def add_units(*, actor: Person, seedlings: Sequence[Seedling], basis: Basis) -> dict[str, int]:
    """Add units to the tree, each from its own first day; their ids by code.

    Raises:
        NotAllowed, Refusal: as `services.create_unit` for one of them.
    """
    if any(seedling.parent is None for seedling in seedlings):
        check_parent(actor, None)
    _check_reach(actor, {s.parent for s in seedlings if isinstance(s.parent, int)})
    ids = create_units(seedlings)
    by_id = {ids[s.code]: s for s in seedlings}
    for pk, seedling in by_id.items():
        if seedling.parent is None:
            administer_line(actor, pk, seedling.valid_from)
    for part in batched(by_id, BATCH):
        own_basis = {pk: by_id[pk].legal_basis for pk in part}
        last_days = {by_id[pk].valid_from for pk in part}
        after = told(part, max(last_days))
        _record_each(actor, K.CREATE, basis, {}, after, own_basis)
    return ids


@transaction.atomic
def rename_units(*, actor: Person, names: Mapping[int, Mapping[str, str]], basis: Basis) -> None:
    """Give each unit the names, short names or symbols (by column) that are told for it.

    Raises:
        NotAllowed, Refusal: as `services.rename_unit` for one of them.
    """
    _change_each(actor, K.RENAME, {pk: dict(values) for pk, values in names.items()}, basis)


@transaction.atomic
def convert_units(*, actor: Person, kinds: Mapping[int, UnitKind], basis: Basis) -> None:
    """Make each unit one of another kind. Where the new kinds can stand is looked at by `check_places`, after the
    moves that belong to the same change.

    Raises:
        NotAllowed, Refusal: as `services.convert_unit`, but for its place.
    """
    _change_each(actor, K.CONVERT, {pk: {"kind": kind} for pk, kind in kinds.items()}, basis)


@transaction.atomic
def move_units(*, actor: Person, moves: Mapping[int, int], basis: Basis, made: Collection[int] = ()) -> None:
    """Put each unit under another one. The order is the caller's: nothing is put under what still has to move.

    `made` are units that the same change has added: the actor may put others under them.

    Raises:
        NotAllowed, Refusal: as `services.move_unit` for one of them.
    """
    _check(actor, moves, basis)
    _check_reach(actor, set(moves.values()) - set(made))
    before = {pk: row for part in batched(moves, BATCH) for pk, row in told(part, basis.effective_on).items()}
    for unit, parent in moves.items():
        tree.move_units({unit: parent}, basis.effective_on, basis.legal_basis)
    _record_changes(actor, K.MOVE, basis, before, moves)


def check_places(units: Collection[int], basis: Basis) -> None:
    """Raises Refusal when one of the units, or one directly under them, stands where its kind cannot."""
    day = basis.effective_on
    for part in batched(units, BATCH):
        rows = UnitVersion.objects.filter(in_force(day))
        for row in (*rows.filter(unit__in=part), *rows.filter(parent__in=part)):
            tree.check_place(row.kind, row.parent_id, day, but=[row.unit_id])


def _change_each(actor: Person, kind: K, changes: Mapping[int, dict[str, Any]], basis: Basis) -> None:
    _check(actor, changes, basis)
    for part in batched(changes, BATCH):
        before = told(part, basis.effective_on)
        tree.change_units({pk: changes[pk] for pk in part}, basis.effective_on, basis.legal_basis)
        _record_changes(actor, kind, basis, before, part)


def _check(actor: Person, units: Collection[int], basis: Basis) -> None:
    for part in batched(units, BATCH):
        check_units(actor, part, basis)


def _check_reach(actor: Person, parents: Collection[int]) -> None:
    for part in batched(parents, BATCH):
        allowed = set(policy.reach(actor, Action.MANAGE_UNITS).filter(descendant__in=part))
        if not set(part) <= allowed:
            wanted = {"action": Action.MANAGE_UNITS.label}
            raise NotAllowed(_("Your role does not allow this here: %(action)s.") % wanted)


def _record_changes(actor: Person, kind: K, basis: Basis, before: Told, units: Collection[int]) -> None:
    for part in batched(units, BATCH):
        _record_each(actor, kind, basis, before, told(part, basis.effective_on), {})


def _record_each(
    actor: Person, kind: K, basis: Basis, before: Told, after: Told, own_basis: Mapping[int, str]
) -> None:
    """One act and one line of history for each unit of `after`; `own_basis` where it rests on another document."""
    now, units = clock.now(), [int(pk) for pk in after]
    acts = Reorganisation.objects.bulk_create(
        Reorganisation(
            kind=kind,
            effective_on=basis.effective_on,
            legal_basis=own_basis.get(pk) or basis.legal_basis,
            before={str(pk): before[str(pk)]} if str(pk) in before else {},
            after={str(pk): after[str(pk)]},
            made_by=actor,
            made_at=now,
        )
        for pk in units
    )
    touched, tied = Reorganisation.units.through, list(zip(acts, units, strict=True))
    touched.objects.bulk_create([touched(reorganisation_id=act.pk, unit_id=pk) for act, pk in tied])
    on = basis.effective_on.isoformat()
    write_lines(
        actor,
        (
            Act(
                f"{kind}_unit",
                "unit",
                pk,
                pk,
                {"act": act.pk, "on": on, "basis": act.legal_basis, **change(before, after, pk)},
            )
            for act, pk in tied
        ),
    )
