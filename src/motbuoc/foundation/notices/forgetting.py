"""What is forgotten of a person's ways of being told: when their account is closed, and when they are erased."""

from __future__ import annotations

from motbuoc.foundation.administration.leaving import AT_CLOSING, AT_ERASING
from motbuoc.foundation.notices.models import (
    CalendarAddress,
    Delivery,
    DeliveryState,
    Preference,
    PushSubscription,
)
from motbuoc.foundation.notices.outbox import OPEN
from motbuoc.foundation.people.models import Person


def close_ways(person: Person) -> None:
    """End the person's calendar address and push subscriptions: an account that is opened again has neither."""
    CalendarAddress.objects.filter(person=person).delete()
    PushSubscription.objects.filter(person=person).delete()


def erase_ways(person: Person) -> None:
    """Erase also where messages went, and how the person wanted them."""
    close_ways(person)
    Preference.objects.filter(person=person).delete()
    sent = Delivery.objects.filter(person=person)
    sent.filter(state__in=OPEN).update(state=DeliveryState.GIVEN_UP)
    sent.update(address="")


AT_CLOSING.append(close_ways)
AT_ERASING.append(erase_ways)
