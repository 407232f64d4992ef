"""Reads of what was forecast: for whoever decides on the work, as help to offer, and only while it is worth it."""

from __future__ import annotations

from motbuoc.domains.work.estimating import FORECAST, OWED
from motbuoc.domains.work.models import OutlookRun
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.standing import WithLateness
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person


def newest_run() -> OutlookRun | None:
    """When likelihoods were last worked out, and how good they would have been; None before the first time."""
    return OutlookRun.objects.order_by("-made_at").first()


def may_need_help(viewer: Person) -> WithLateness:
    """The assignments `viewer` decides on that are likelier to miss their day than most, the likeliest first.

    Each with its `outlook`. None at all while the forecasts are no better than the base rate.
    """
    found = assignments_for(viewer).filter(
        FORECAST, outlook__isnull=False, state__in=OWED, due_on__gte=clock.today()
    )
    found = found.filter(policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "document__unit"))
    run = newest_run()
    if run is None or not run.is_better:
        found = found.none()
    return found.select_related("outlook").order_by("-outlook__likelihood", "due_on", "pk")
