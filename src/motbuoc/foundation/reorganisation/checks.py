"""What must hold before an act on the tree; each function raises a refusal that says what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.basis import Basis, Part
from motbuoc.foundation.units import services as tree
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion


def check_units(actor: Person, units: Collection[int], basis: Basis) -> None:
    """The actor may reorganise them, the act has a basis, and nothing in or below them changed after its day; nor
    does another act change them until this one is done."""
    tree.hold_tree()
    allowed = set(policy.reach(actor, Action.MANAGE_UNITS).filter(descendant__in=units))
    if not set(units) <= allowed:
        wanted = {"action": Action.MANAGE_UNITS.label}
        raise NotAllowed(_("Your role does not allow this here: %(action)s.") % wanted)
    if not basis.legal_basis.strip():
        raise Refusal(_("Name the document on which this rests."))
    tree.check_unchanged_since(policy.below(units, basis.effective_on), basis.effective_on)


def check_parent(actor: Person, parent: Unit | None) -> None:
    """Under a unit: whoever may reorganise it. At the top of a line: whoever may reorganise a topmost unit. The
    place stays as it is until the act is done."""
    tree.hold_tree()
    if parent is not None:
        policy.require(actor, Action.MANAGE_UNITS, parent.pk)
        return
    if not may_begin_line(actor):
        raise NotAllowed(_("Only an administrator of the topmost unit may begin a new line of units."))


def may_begin_line(actor: Person) -> bool:
    """Whether the actor may reorganise a topmost unit, and so add another line."""
    return bool(tops_administered_by(actor))


def tops_administered_by(person: Person) -> list[int]:
    """The topmost units that a person may reorganise; so they may begin a line, and write everybody's groups."""
    own = policy.granted_units(person, Action.MANAGE_UNITS)
    tops = UnitVersion.objects.filter(in_force(clock.today()), unit__in=own, parent__isnull=True)
    return sorted(tops.values_list("unit_id", flat=True))


def check_past(basis: Basis) -> None:
    """What hands over work is not done ahead of its day."""
    if basis.effective_on > clock.today():
        raise Refusal(_("What hands over work can be recorded from the day it takes effect, not before."))


def check_outside(target: int, ending: Collection[int], day: date) -> None:
    """The unit that goes on does not stand below one that ends."""
    tied = UnitClosure.objects.filter(in_force(day), ancestor__in=ending, descendant=target)
    if tied.exists():
        raise Refusal(_("The unit that goes on stands below one that ends. Move it first."))


def check_parts(unit: Unit, parts: Sequence[Part], ends: bool) -> None:
    """The parts of a split are several, different, and share the whole between them."""
    named = [child for part in parts for child in part.children]
    if len(named) != len(set(named)):
        raise Refusal(_("A unit below is given to two parts. Choose one for each."))
    own = [part.unit.pk for part in parts if isinstance(part.unit, Unit)]
    if unit.pk in own or len(own) != len(set(own)):
        raise Refusal(_("The parts of a split are different units, and others than the one that is split."))
    if len(parts) < (2 if ends else 1):
        raise Refusal(_("A split needs at least two units that go on."))
    total = sum(part.share for part in parts)
    if total != (100 if ends else 0):
        raise Refusal(
            _("The shares of the parts come to %(total)s and must come to %(whole)s.")
            % {"total": total, "whole": 100 if ends else 0}
        )
