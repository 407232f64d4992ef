"""Whom somebody looks after: lists that cost the same however many people there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.invitations import open_invitations
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.people.models import Account, Invitation, Person, Position, StandIn
from motbuoc.foundation.people.selectors import named
from motbuoc.foundation.units.models import Unit, UnitClosure, known_on

FEW = 50  # units whose people are quicker found by unit than by leafing through all


class AccountState(StrEnum):
    """How far a person is with signing in."""

    NONE = "none"
    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"


def people_for(viewer: Person, on: date, words: str = "") -> QuerySet[Person]:
    """The people who hold, or will, a position or a role in units that `viewer` looks after, by name; those whose
    names have the words."""
    return _by_name(_tied(viewer, on, not_over(on), words))


def people_left(viewer: Person, on: date, words: str = "") -> QuerySet[Person]:
    """The people who held a position or a role there and hold none anywhere any more, by name; those whose names
    have the words."""
    over = [kind.objects.filter(valid_until__lte=on).values("person_id") for kind in (Position, Grant)]
    held = [Exists(kind.objects.filter(not_over(on), person=OuterRef("pk"))) for kind in (Position, Grant)]
    gone = Person.objects.filter(Q(pk__in=over[0]) | Q(pk__in=over[1])).exclude(held[0]).exclude(held[1])
    return _by_name(_tied(viewer, on, Q(), words).filter(pk__in=gone.values("pk")))


def people_in_care(viewer: Person, on: date) -> QuerySet[Person]:
    """Both: everybody whose page `viewer` may open as one who looks after people."""
    return _by_name(_tied(viewer, on, Q()))


def after(people: QuerySet[Person], full_name: str, pk: int) -> QuerySet[Person]:
    """Those who come after a person in the order by name: the next page, without counting the pages before."""
    return people.filter(Q(full_name__gt=full_name) | Q(full_name=full_name, pk__gt=pk), full_name__gte=full_name)


def _by_name(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.order_by("full_name", "pk")


def _tied(viewer: Person, on: date, term: Q, words: str = "") -> QuerySet[Person]:
    """Few units are looked up by themselves; of many, people are leafed through, each one's looked up. Those of a
    unit that has ended are its keeper's."""
    granted = policy.granted_units(viewer, Action.MANAGE_PEOPLE, on=on)
    units = list(islice(policy.below(granted, on).distinct()[: FEW + 1], FEW + 1))
    kinds: tuple[Any, ...] = (Position, Grant)
    if len(units) <= FEW:
        held = [kind.objects.filter(term, unit__in=units).values("person_id") for kind in kinds]
        return Person.objects.filter(named(words)).filter(Q(pk__in=held[0]) | Q(pk__in=held[1]))
    above = UnitClosure.objects.filter(in_force(on), ancestor__in=granted)
    reached = Exists(above.filter(descendant=OuterRef("unit")))
    theirs = [kind.objects.filter(term, reached, person=OuterRef("pk")) for kind in kinds]
    # The names first: they are cheaper to look at than a person's units.
    return Person.objects.filter(named(words)).filter(Exists(theirs[0]) | Exists(theirs[1]))


@dataclass(frozen=True, slots=True)
class Card:
    """A person with what they hold on the day or will, how they sign in, and who stands in for them now."""

    person: Person
    positions: list[Any]
    grants: list[Any]
    account: AccountState
    username: str
    invited_until: Any


def cards_of(people: Iterable[Person], on: date, *, ended: bool = False) -> list[Card]:
    """Cards of the people in their order, `ended` with what they held before; five queries however many.

    Positions carry `unit_name` and, as `now_stood_in_by`, the stand-ins of the day with their persons.
    """
    people = list(people)
    term = Q() if ended else not_over(on)
    stand_ins = Prefetch(
        "stand_ins",
        StandIn.objects.filter(not_over(on)).select_related("person").order_by("valid_from"),
        to_attr="now_stood_in_by",
    )
    positions = _named(Position.objects.filter(term, person__in=people), on).prefetch_related(stand_ins)
    grants = _named(Grant.objects.filter(term, person__in=people), on).select_related("given_by")
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=people)}
    waiting: dict[int, Invitation] = {row.person_id: row for row in open_invitations().filter(person__in=people)}
    held_positions, held_grants = _by_person(positions), _by_person(grants)
    return [
        Card(
            person,
            held_positions.get(person.pk, []),
            held_grants.get(person.pk, []),
            _state(accounts.get(person.pk), waiting.get(person.pk)),
            accounts[person.pk].username if person.pk in accounts else "",
            waiting[person.pk].expires_at if person.pk in waiting else None,
        )
        for person in people
    ]


def _named(rows: Any, on: date) -> Any:
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    return rows.annotate(dated=dated, unit_name=F("dated__name")).order_by("valid_from", "pk")


def _by_person(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _state(account: Account | None, invitation: Invitation | None) -> AccountState:
    if account is not None:
        return AccountState.ACTIVE if account.is_active else AccountState.CLOSED
    return AccountState.INVITED if invitation else AccountState.NONE


def unit_to_staff(viewer: Person, on: date, pk: int) -> Any:
    """The one with this id, by its name on the day.

    Raises:
        Unit.DoesNotExist: the viewer may not appoint anybody there.
    """
    return Unit.objects.on(on).filter(pk__in=policy.reach(viewer, Action.MANAGE_PEOPLE, on=on)).get(pk=pk)


def without_account(viewer: Person, unit_id: int, on: date) -> QuerySet[Person]:
    """The people who hold a position in a unit and cannot sign in yet, by name.

    Raises:
        NotAllowed: the viewer does not look after the unit's people.
    """
    policy.require(viewer, Action.MANAGE_PEOPLE, unit_id, on=on)
    held = Position.objects.filter(not_over(on), unit=unit_id)
    return _by_name(Person.objects.filter(pk__in=held.values("person_id"), account=None))


def person_named(pk: int) -> Person:
    """The person with an id that a look-up has found for the viewer."""
    return Person.objects.get(pk=pk)
