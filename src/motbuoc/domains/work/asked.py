"""Reads of what units asked of whoever issued their tasks: later days, rests."""

from __future__ import annotations

from django.db.models import F, FilteredRelation, QuerySet

from motbuoc.domains.work.inbox import given_to
from motbuoc.domains.work.models import Request
from motbuoc.domains.work.selectors import HEAVY
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import known_on


def requests_for(viewer: Person) -> QuerySet[Request]:
    """What was asked about the assignments `viewer` may see, the oldest first; each with `unit_short_name`."""
    today = clock.today()
    seen = policy.cleared(
        policy.sight(viewer, Action.VIEW_ASSIGNMENT),
        lambda units, wide: given_to(units, wide, today, "assignment__"),
        "assignment__document__classification",
    )
    dated = FilteredRelation(
        "assignment__unit__versions", condition=known_on(today, "assignment__unit__versions__")
    )
    rows = Request.objects.filter(seen).annotate(dated=dated, unit_short_name=F("dated__short_name"))
    rows = rows.select_related("asked_by", "decided_by", "assignment__duty", "assignment__document")
    return rows.defer(*(f"assignment__{name}" for name in HEAVY)).order_by("asked_on", "pk")


def open_requests_for(viewer: Person) -> QuerySet[Request]:
    """Those that nobody has decided on."""
    return requests_for(viewer).filter(state=Request.State.OPEN)


def requests_to_decide(viewer: Person) -> QuerySet[Request]:
    """Those of them that `viewer` decides on: not their own."""
    mine = policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "assignment__document__unit")
    return open_requests_for(viewer).filter(mine).exclude(asked_by=viewer)


def requests_decided_for(viewer: Person) -> QuerySet[Request]:
    """Those that were granted or refused, the latest first."""
    ended = (Request.State.GRANTED, Request.State.REFUSED)
    return requests_for(viewer).filter(state__in=ended).order_by("-decided_on", "-pk")
