"""Gateways of units: where a chat group is told, once a day, what its unit owes."""

from __future__ import annotations

from secrets import token_hex
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.models import Webhook
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

MOST_GATEWAYS = 5  # of one unit


def gateways_for(viewer: Person) -> QuerySet[Webhook]:
    """The gateways in use on units whose rights `viewer` looks after, oldest first."""
    mine = policy.within_reach(viewer, Action.MANAGE_RIGHTS, "unit")
    return Webhook.objects.filter(mine, ended_at__isnull=True).select_related("made_by").order_by("pk")


@transaction.atomic
def add_gateway(*, actor: Person, unit: Unit, url: str) -> Webhook:
    """Tell a unit's gateway from now on; its secret is made here.

    Raises:
        NotAllowed: the actor may not give rights on the unit: this lets words out of the house.
        Refusal: the address is not https, or there are too many.
    """
    policy.require(actor, Action.MANAGE_RIGHTS, unit.pk)
    parts = urlsplit(url)
    is_inside = parts.hostname in settings.GATEWAYS_INSIDE
    if not parts.hostname or parts.username or (parts.scheme != "https" and not is_inside):
        raise Refusal(_("The address has to begin with https:// and hold no name or password."))
    if Webhook.objects.filter(unit=unit, ended_at__isnull=True).count() >= MOST_GATEWAYS:
        raise Refusal(_("At most %(most)s gateways for one unit. End one first.") % {"most": MOST_GATEWAYS})
    webhook = Webhook.objects.create(unit=unit, url=url, secret=token_hex(32), made_by=actor)
    record(actor, Act("add_gateway", "gateway", webhook.pk, unit.pk, {"name": parts.hostname}))
    return webhook


@transaction.atomic
def end_gateway(*, actor: Person, webhook: Webhook) -> None:
    """Tell it nothing more, what waits included.

    Raises:
        NotAllowed: the actor may not give rights on the unit.
    """
    policy.require(actor, Action.MANAGE_RIGHTS, webhook.unit_id)
    Webhook.objects.filter(pk=webhook.pk).update(ended_at=clock.now())
    record(actor, Act("end_gateway", "gateway", webhook.pk, webhook.unit_id))
