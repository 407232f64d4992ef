"""Temporary bodies whose last day has come: what they leave goes to the unit above them, as at a dissolution.

Nobody has to think of it on the day: the serving process asks once a minute (`config.wsgi`).
"""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef

from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.models import Lineage, Reorganisation, ReorganisationKind
from motbuoc.foundation.reorganisation.services import recorded, trace
from motbuoc.foundation.reorganisation.succession import Kept, hand_over
from motbuoc.foundation.reorganisation.telling import told
from motbuoc.foundation.units import services as tree
from motbuoc.foundation.units.models import UnitVersion
from motbuoc.foundation.units.selectors import keeper_of


def end_due_bodies() -> list[Reorganisation]:
    """Hand over what every temporary body that has ended leaves, each in a transaction of its own; the acts.

    In the name of whoever created the body, who set its last day.
    """
    gone = Lineage.objects.filter(predecessor=OuterRef("unit"))
    due = UnitVersion.objects.filter(~Exists(gone), is_last=True, valid_until__lte=clock.today())
    found = due.filter(parent__isnull=False).order_by("valid_until", "pk")
    return [made for version in found if (made := _end(version))]


@transaction.atomic
def _end(version: UnitVersion) -> Reorganisation | None:
    """None where somebody else was quicker, or nobody is known to have created the body."""
    tree.hold_tree()
    unit, day, parent = version.unit_id, version.valid_until, version.parent_id
    created = Reorganisation.objects.filter(kind=ReorganisationKind.CREATE, units=unit).select_related("made_by")
    act = created.first()
    if act is None or day is None or parent is None or Lineage.objects.filter(predecessor=unit).exists():
        return None
    keeper = keeper_of(parent, clock.today())
    before = told([unit], day)
    tree.keep_expired(unit, keeper, clock.today())
    given = hand_over(act.made_by, {unit: keeper}, clock.today(), Kept(positions=()))
    basis = Basis(day, version.legal_basis or act.legal_basis)
    made = recorded(act.made_by, ReorganisationKind.DISSOLVE, basis, [unit, keeper], before, given)
    trace(made, [(unit, keeper, Decimal(0), True)])
    return made
