"""Writes to people, positions and grants. Each asks the policy and leaves one line of history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import ACTIONS, Action, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.core.timespan import TimeSpan, in_force, not_over
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person, Position, PositionTitle, StandIn
from motbuoc.foundation.units.models import Unit, UnitVersion
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.foundation.units.services import hold_tree

GIVING = frozenset({Action.MANAGE_UNITS, Action.MANAGE_PEOPLE, Action.MANAGE_RIGHTS})
"""What lets a role administer; only who may do all of it somewhere can hand it on there."""


@dataclass(frozen=True)
class Term:
    """From which day something is held, up to but not including which (None: until further notice), and the
    document it rests on."""

    valid_from: date
    valid_until: date | None = None
    legal_basis: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of a dated row."""
        return {
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
            "legal_basis": self.legal_basis,
        }


@transaction.atomic
def add_person(*, actor: Person, unit: Unit, full_name: str, title: PositionTitle, term: Term) -> Position:
    """Add a person with the first position they hold.

    Raises:
        NotAllowed: the actor may not look after people of the unit.
        Refusal: there is no name, or as `appoint`.
    """
    policy.require(actor, Action.MANAGE_PEOPLE, unit.pk)
    if not full_name.strip():
        raise Refusal(_("Write the person's name."))
    person = Person.objects.create(full_name=" ".join(full_name.split()))
    position = _appointed(person, unit, title, term)
    told = {"position": position.pk, "title": title}
    record(actor, Act("add_person", "person", person.pk, unit.pk, told, personal={"name": person.full_name}))
    return position


@transaction.atomic
def appoint(*, actor: Person, person: Person, unit: Unit, title: PositionTitle, term: Term) -> Position:
    """Let a person hold a position in a unit for a term; they may hold several, each with its own.

    Raises:
        NotAllowed: the actor may not look after people of the unit.
        Refusal: the unit does not exist then, the term ends before it begins, or they hold it then already; the
            actor would appoint themselves, and so perhaps come to work for a unit that nobody works for.
    """
    policy.require(actor, Action.MANAGE_PEOPLE, unit.pk)
    if actor.pk == person.pk:
        raise Refusal(_("Nobody appoints themselves. Ask another administrator."))
    position = _appointed(person, unit, title, term)
    _tell(actor, "appoint", "position", position.pk, unit.pk, {"person": person.pk, "title": title})
    return position


def _appointed(person: Person, unit: Unit, title: PositionTitle, term: Term) -> Position:
    _check_term(term)
    if not UnitVersion.objects.filter(in_force(term.valid_from), unit=unit).exists():
        raise Refusal(_("The unit does not exist on that day. Choose another date or another unit."))
    same = Position.objects.filter(person=person, unit=unit, title=title)
    if _overlapping(same, term).exists():
        raise Refusal(_("They hold this position then already. End that term first."))
    return Position.objects.create(person=person, unit=unit, title=title, **term.columns())


@transaction.atomic
def end_position(*, actor: Person, position: Position, on: date) -> Position:
    """End a position on a day; whoever stands in for its holder stops then too. Roles are ended by `end_grant`.

    It lasts to the end of its first day at least; one that has not begun is taken back and was never there.

    Raises:
        NotAllowed: the actor may not look after people of the unit.
        Refusal: it has ended by then.
    """
    policy.require(actor, Action.MANAGE_PEOPLE, position.unit_id)
    pk, told = position.pk, _ended(position, on)
    for stand_in in position.stand_ins.filter(valid_until__gt=on):
        _end(stand_in, on)
    if on <= position.valid_from and position.valid_from > clock.today():
        position.delete()
    else:
        _end(position, max(on, position.valid_from + clock.ONE_DAY))
    _tell(actor, "end_position", "position", pk, position.unit_id, told)
    return position


@transaction.atomic
def let_stand_in(*, actor: Person, position: Position, person: Person, term: Term) -> StandIn:
    """Let a person do what the holder of a position may on its unit, for a term with an end.

    Raises:
        NotAllowed: the actor neither holds the position nor looks after people of the unit. So authority that was
            passed on is not passed on again (30/2020/NĐ-CP, article 13.4): a stand-in holds no position.
        Refusal: there is no end; the position is not held throughout; the person holds it; somebody stands in
            then already; the actor would be the stand-in themselves.
    """
    if actor.pk != position.person_id:
        policy.require(actor, Action.MANAGE_PEOPLE, position.unit_id)
        if actor.pk == person.pk:
            raise Refusal(_("Nobody makes themselves a stand-in. Ask the holder or another administrator."))
    _check_term(term)
    if term.valid_until is None:
        raise Refusal(_("Say until when they stand in."))
    if person.pk == position.person_id:
        raise Refusal(_("Nobody stands in for themselves. Choose another person."))
    held_until = position.valid_until or term.valid_until
    if term.valid_from < position.valid_from or term.valid_until > held_until:
        raise Refusal(_("The position is not held for all of that time. Choose days within its term."))
    if _overlapping(StandIn.objects.filter(position=position), term).exists():
        raise Refusal(_("Somebody stands in at that time already. End that first."))
    stand_in = StandIn.objects.create(position=position, person=person, **term.columns())
    values = {"position": position.pk, "person": person.pk, "until": term.valid_until.isoformat()}
    _tell(actor, "let_stand_in", "stand_in", stand_in.pk, position.unit_id, values)
    return stand_in


@transaction.atomic
def end_stand_in(*, actor: Person, stand_in: StandIn, on: date) -> StandIn:
    """End a stand-in early, not for days that are over; one that had not begun before that day is taken back.

    Raises:
        NotAllowed: the actor neither holds the position nor looks after people of the unit.
        Refusal: it has ended by then.
    """
    on = max(on, clock.today())
    position, pk, told = stand_in.position, stand_in.pk, _ended(stand_in, on)
    if actor.pk != position.person_id:
        policy.require(actor, Action.MANAGE_PEOPLE, position.unit_id)
    _end(stand_in, on)
    _tell(actor, "end_stand_in", "stand_in", pk, position.unit_id, told)
    return stand_in


@transaction.atomic
def grant_role(*, actor: Person, person: Person, role: Role, unit: Unit, term: Term) -> Grant:
    """Give a person a role on a unit and all below it.

    Raises:
        NotAllowed: the actor may not give rights there, or gives what administers without administering there.
        Refusal: the actor would give it to themselves; an inspection has no end; they hold it then already.
    """
    policy.require(actor, Action.MANAGE_RIGHTS, unit.pk)
    if ACTIONS[role] & GIVING and not all(policy.may_on(actor, action, unit.pk) for action in GIVING):
        raise NotAllowed(_("Only who administers this unit may name another administrator of it."))
    if actor.pk == person.pk:
        raise Refusal(_("Nobody gives a role to themselves. Ask another administrator."))
    _check_term(term)
    if role == Role.INSPECTOR and term.valid_until is None:
        raise Refusal(_("An inspection has an end. Say until when it lasts."))
    if _overlapping(Grant.objects.filter(person=person, role=role, unit=unit), term).exists():
        raise Refusal(_("They hold this role there then already. End that one first."))
    grant = Grant.objects.create(person=person, role=role, unit=unit, given_by=actor, **term.columns())
    _tell(actor, "grant_role", "grant", grant.pk, unit.pk, {"person": person.pk, "role": role})
    return grant


@transaction.atomic
def end_grant(*, actor: Person, grant: Grant, on: date) -> Grant:
    """End a role that was given, so that it does not hold on the day `on`; taken back if it had not begun by then.

    Never for days that are over: what somebody might do then stays as it was. Roles left on a unit that has ended
    are ended by whoever gives rights on the unit that keeps its archive.

    Raises:
        NotAllowed: the actor may not give rights there.
        Refusal: it has ended by then; it is the last by which the topmost unit is administered.
    """
    today = clock.today()
    policy.require(actor, Action.MANAGE_RIGHTS, keeper_of(grant.unit_id, today))
    on = max(on, today)
    pk, told = grant.pk, _ended(grant, on)
    check_not_last(grant)
    _end(grant, on)
    _tell(actor, "end_grant", "grant", pk, grant.unit_id, told)
    return grant


def check_not_last(grant: Grant) -> None:
    """Go on only if a topmost unit keeps somebody else who administers it and can sign in.

    Raises:
        Refusal: nobody could be let in again without this grant.
    """
    today = clock.today()
    if grant.role != Role.ADMINISTRATOR or grant.valid_until is not None:
        return
    is_top = UnitVersion.objects.filter(in_force(today), unit=grant.unit_id, parent__isnull=True).exists()
    if not is_top:
        return
    Unit.objects.select_for_update().get(pk=grant.unit_id)  # the last two at once: one after the other
    others = Grant.objects.filter(in_force(today), role=Role.ADMINISTRATOR, unit=grant.unit_id, valid_until=None)
    if not others.exclude(person=grant.person_id).filter(person__account__is_active=True).exists():
        raise Refusal(_("This is the last administrator of the topmost unit. Name another one first."))


def _check_term(term: Term) -> None:
    if term.valid_until is not None and term.valid_until <= term.valid_from:
        raise Refusal(_("The last day must come after the first."))


def _overlapping(rows: Any, term: Term) -> Any:
    """Those of the dated `rows` that hold on some day of the term.

    Whoever asks waits for others who do: of two equal forms sent at once the second finds the first.
    """
    hold_tree()
    found = rows.filter(not_over(term.valid_from))
    return found.filter(valid_from__lt=term.valid_until) if term.valid_until else found


def _ended(row: Any, on: date) -> dict[str, Any]:
    """What the history says of ending a dated row on a day."""
    told = {"person": row.person_id, "valid_from": row.valid_from.isoformat(), "valid_until": on.isoformat()}
    return told | ({"role": row.role} if isinstance(row, Grant) else {})


def _end(row: TimeSpan, on: date) -> None:
    """End a dated row on `on`; what would then have held on no day at all was never there."""
    if row.valid_until is not None and row.valid_until <= on:
        raise Refusal(_("It has ended by that day already."))
    if on <= row.valid_from:
        row.delete()
        return
    row.valid_until = on
    row.save(update_fields=["valid_until"])


def _tell(actor: Person, action: str, kind: str, pk: int, unit_id: int, values: dict[str, Any]) -> None:
    record(actor, Act(action, kind, pk, unit_id, values))
