"""What an act would do: it is done, looked at and taken back, so that the preview cannot differ from the act."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, roles_with
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.models import Reorganisation

Sight = set[tuple[int, int]]


@dataclass(frozen=True)
class Preview:
    """An act as it would be (never stored), the names of its units before and after, and who would gain or lose
    sight of which unit: pairs of a person's and a unit's id."""

    act: Reorganisation
    gained: Sight
    lost: Sight


class _TakenBack(Exception):
    pass


def preview(act: Callable[[], Reorganisation], units: Collection[int]) -> Preview:
    """What `act`, a call of a service, would do; `units` are those whose readers are compared.

    Raises:
        NotAllowed, Refusal: what the act itself would raise.
    """
    try:
        with transaction.atomic():
            before = readers(units, clock.today())
            made = act()
            touched = [*units, *made.units.values_list("pk", flat=True)]
            day = max(clock.today(), made.effective_on)
            after = readers(touched, day)
            raise _TakenBack
    except _TakenBack:
        known = {(person, unit) for person, unit in before if unit in touched}
        return Preview(made, after - known, known - after)


def readers(units: Collection[int], day: date) -> Sight:
    """Who reads the documents of which of the units on the day, archives included."""
    tied = in_force(day, "unit__closure_below__")
    grants = Grant.objects.filter(in_force(day), role__in=roles_with(Action.VIEW_DOCUMENT))
    found = grants.filter(tied, unit__closure_below__descendant__in=units)
    return set(found.values_list("person_id", "unit__closure_below__descendant_id"))


def people_named(sight: Sight) -> dict[int, str]:
    """The names of the people in a preview, by id."""
    return dict(Person.objects.filter(pk__in={person for person, _unit in sight}).values_list("pk", "full_name"))
