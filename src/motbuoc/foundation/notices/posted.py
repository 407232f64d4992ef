"""The outbox as it is looked after: what could not be sent, and sending it again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.care import units_of
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.models import Delivery, DeliveryState
from motbuoc.foundation.people.models import Person, Position

TROUBLED = (DeliveryState.FAILED, DeliveryState.GIVEN_UP)


def deliveries_for(viewer: Person) -> QuerySet[Delivery]:
    """The messages to people whom `viewer` looks after, and to gateways of units there; the newest first.

    What they say is not shown, only that they were sent.
    """
    reach = policy.reach(viewer, Action.MANAGE_PEOPLE)
    held = Position.objects.filter(person=OuterRef("person"), unit__in=reach)
    granted = Grant.objects.filter(person=OuterRef("person"), unit__in=reach)
    seen = Exists(held) | Exists(granted) | Q(webhook__unit__in=reach)
    return Delivery.objects.filter(seen).select_related("person", "webhook").order_by("-made_at", "-pk")


def counts_of(deliveries: QuerySet[Delivery]) -> dict[str, int]:
    """How many are in each state."""
    return dict(deliveries.order_by().values_list("state").annotate(many=Count("pk")))


@transaction.atomic
def send_again(*, actor: Person, delivery: Delivery) -> None:
    """Try a message that failed or was given up once more, at once; `delivery` is one of `deliveries_for`."""
    unit = delivery.webhook.unit_id if delivery.webhook else _home(actor, delivery)
    policy.require(actor, Action.MANAGE_PEOPLE, unit)
    again = Delivery.objects.filter(pk=delivery.pk, state__in=TROUBLED)
    if again.update(state=DeliveryState.WAITING, tries=0, next_try_at=clock.now()):
        record(actor, Act("send_again", "delivery", delivery.pk, unit, {"channel": delivery.channel}))


def _home(actor: Person, delivery: Delivery) -> int:
    """The first of the reader's units whose people the actor looks after."""
    assert delivery.person, "to a person or a gateway"
    units = units_of(delivery.person, clock.today())
    mine = set(policy.reach(actor, Action.MANAGE_PEOPLE).filter(descendant__in=units))
    return next((unit for unit in units if unit in mine), units[0])
