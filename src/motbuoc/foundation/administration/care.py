"""Whose people somebody may look after: everybody all of whose positions and roles lie in their reach, and the
positions for which they stand in. What is left on a unit that has ended is its keeper's to look after.

Who could close the account of somebody above them, or print a code to sign in as them, would have their rights.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.core.timespan import not_over
from motbuoc.foundation.people.models import Person, Position, StandIn
from motbuoc.foundation.units.selectors import keeper_of


def units_of(person: Person, on: date) -> list[int]:
    """The units where a person holds a position or a role or stands in for somebody, or will; of who holds none
    any more, the last one."""
    held: list[Position | Grant] = [
        *Position.objects.filter(not_over(on), person=person).order_by("valid_from", "pk"),
        *Grant.objects.filter(not_over(on), person=person).order_by("valid_from", "pk"),
    ]
    if not held:
        held = [*Position.objects.filter(person=person).order_by("-valid_until", "-pk")[:1]]
    if not held:
        held = [*Grant.objects.filter(person=person).order_by("-valid_until", "-pk")[:1]]
    covered = StandIn.objects.filter(not_over(on), person=person).order_by("valid_from", "pk")
    units = [*(row.unit_id for row in held), *covered.values_list("position__unit", flat=True)]
    return list(dict.fromkeys(units))


def cares_for(actor: Person, person: Person) -> bool:
    """Whether `actor` may look after `person` as a whole: account, name, invitation."""
    today = clock.today()
    units = {keeper_of(unit, today) for unit in units_of(person, today)}
    seen = policy.reach(actor, Action.MANAGE_PEOPLE).filter(descendant__in=units)
    return bool(units) and set(seen) == units


def require_care(actor: Person, person: Person) -> int:
    """The unit under which what is done to a person's account is recorded: their first one.

    Raises:
        NotAllowed: the actor does not look after every unit at which the person has a position or a role.
    """
    if not cares_for(actor, person):
        raise NotAllowed(_("This person also has a position or a role outside the units you look after."))
    return units_of(person, clock.today())[0]
