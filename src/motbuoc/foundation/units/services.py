"""Writes to the tree of units. The history line of each is written by the caller, which knows the actor."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion


@transaction.atomic
def create_unit(
    *,
    name: str,
    short_name: str,
    code: str,
    kind: UnitKind,
    parent: Unit | None,
    valid_from: date,
    legal_basis: str = "",
) -> Unit:
    """Add a unit to the tree from the day `valid_from` on, under `parent` (None: a root).

    Raises:
        Refusal: the parent does not exist on that day, or the code is in use then.
    """
    if UnitVersion.objects.filter(in_force(valid_from), code=code).exists():
        raise Refusal(_("The code %(code)s already belongs to another unit. Choose another one.") % {"code": code})
    if parent and not UnitVersion.objects.filter(in_force(valid_from), unit=parent).exists():
        raise Refusal(_("The unit above does not exist on that day. Choose a later date or another unit."))
    unit = Unit.objects.create()
    UnitVersion.objects.create(
        unit=unit,
        name=name,
        short_name=short_name,
        code=code,
        kind=kind,
        parent=parent,
        valid_from=valid_from,
        legal_basis=legal_basis,
    )
    above = UnitClosure.objects.filter(in_force(valid_from), descendant=parent) if parent else []
    UnitClosure.objects.bulk_create(
        [UnitClosure(ancestor=unit, descendant=unit, depth=0, valid_from=valid_from)]
        + [
            UnitClosure(ancestor_id=row.ancestor_id, descendant=unit, depth=row.depth + 1, valid_from=valid_from)
            for row in above
        ]
    )
    return unit
