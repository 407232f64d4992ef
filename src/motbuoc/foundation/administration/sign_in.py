"""Changes of how somebody signs in, told to the history of the unit they belong to."""

from __future__ import annotations

from django.db import transaction

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Account, Person, Position


@transaction.atomic
def note_sign_in_change(account: Account, change: str) -> None:
    """Leave a line that the owner of an account changed a password, a second factor or the like: never which.

    `change` is the event's name, such as `password_changed` or `totp_activated`. There is no line of somebody who
    belongs to no unit: a line is always that of a unit.
    """
    unit = home_of(account.person)
    if unit is not None:
        record(account.person, Act("change_sign_in", "account", account.pk, unit, {"change": change}))


def home_of(person: Person) -> int | None:
    """The unit a person belongs to today: of the position held longest, else of the first role granted."""
    today = clock.today()
    for held in (Position.objects.filter(in_force(today)), Grant.objects.filter(in_force(today))):
        if (
            unit := held.filter(person=person)
            .order_by("valid_from", "pk")
            .values_list("unit_id", flat=True)
            .first()
        ):
            return unit
    return None
