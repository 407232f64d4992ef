"""Groups of addressees: saved selections over the tree, written by whoever reorganises the units that own them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.checks import tops_administered_by
from motbuoc.foundation.reorganisation.selectors import reached
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitGroup, known_on
from vanban.text import fold


@dataclass(frozen=True)
class Selection:
    """What a group is: its name, the words documents call it by (one a line), and who belongs to it."""

    name: str
    wordings: str = ""
    kinds: Collection[UnitKind] = ()
    units: Collection[Unit] = field(default_factory=tuple)
    without: Collection[Unit] = field(default_factory=tuple)


def groups_seen_by(viewer: Person) -> QuerySet[UnitGroup]:
    """Everybody's groups and those of units that `viewer` may see, by name; each with `owner_name`."""
    if not policy.may(viewer, Action.VIEW_UNIT):
        return UnitGroup.objects.none()
    dated = FilteredRelation("owner__versions", condition=known_on(clock.today(), "owner__versions__"))
    seen = Q(owner__isnull=True) | Q(reached(viewer, Action.VIEW_UNIT, "owner"))
    groups = UnitGroup.objects.filter(seen).annotate(dated=dated, owner_name=F("dated__name"))
    return groups.order_by("is_closed", "name", "pk")


def may_write_group(person: Person, owner_id: int | None) -> bool:
    """Whether a person may write the groups of a unit, or everybody's (None)."""
    if owner_id is None:
        return bool(tops_administered_by(person))
    return policy.may_on(person, Action.MANAGE_UNITS, owner_id)


@transaction.atomic
def save_group(*, actor: Person, group: UnitGroup | None, owner: Unit | None, selection: Selection) -> UnitGroup:
    """Make a group (`group` None), or let one hold another selection. What was issued by it stays as it was.

    Raises:
        NotAllowed: the actor may not reorganise the owner; everybody's are for administrators of a topmost unit.
        Refusal: it has no name or nobody in it, or another group of the owner is called so.
    """
    _check_writer(actor, owner.pk if owner else None)
    if group and group.owner_id != (owner.pk if owner else None):
        _check_writer(actor, group.owner_id)
    _check_selection(group, owner, selection)
    made = group or UnitGroup()
    made.owner, made.name = owner, " ".join(selection.name.split())
    made.wordings = "\n".join(line.strip() for line in selection.wordings.splitlines() if line.strip())
    made.kinds = sorted(str(kind) for kind in selection.kinds)
    made.save()
    made.units.set(selection.units)
    made.without.set(selection.without)
    _tell(actor, "change_group" if group else "create_group", made)
    return made


@transaction.atomic
def close_group(*, actor: Person, group: UnitGroup, is_closed: bool = True) -> None:
    """Offer a group no longer, or again. It is never deleted: documents that were issued by it name it.

    Raises:
        NotAllowed: as `save_group`.
    """
    _check_writer(actor, group.owner_id)
    group.is_closed = is_closed
    group.save(update_fields=["is_closed"])
    _tell(actor, "close_group" if is_closed else "reopen_group", group)


def _check_writer(actor: Person, owner_id: int | None) -> None:
    if owner_id is not None:
        policy.require(actor, Action.MANAGE_UNITS, owner_id)
    elif not tops_administered_by(actor):
        raise NotAllowed(_("Only an administrator of the topmost unit may write everybody's groups."))


def _check_selection(group: UnitGroup | None, owner: Unit | None, selection: Selection) -> None:
    if not selection.name.strip():
        raise Refusal(_("Give the group a name."))
    if not selection.kinds and not selection.units:
        raise Refusal(_("Nobody is in the group. Choose kinds of units, or units."))
    wanted = fold(" ".join(selection.name.split()))
    others = UnitGroup.objects.filter(owner=owner).exclude(pk=group.pk if group else 0)
    if any(fold(name) == wanted for name in others.values_list("name", flat=True)):
        raise Refusal(_("Another group is called so already."))


def _tell(actor: Person, action: str, group: UnitGroup) -> None:
    """One line, on the owner; for everybody's groups on the topmost unit of who wrote it."""
    values: dict[str, Any] = {
        "name": group.name,
        "wordings": group.wordings,
        "kinds": group.kinds,
        "units": sorted(group.units.values_list("pk", flat=True)),
        "without": sorted(group.without.values_list("pk", flat=True)),
    }
    unit_id = group.owner_id or tops_administered_by(actor)[0]
    record(actor, Act(action, "unit_group", group.pk, unit_id, values))
