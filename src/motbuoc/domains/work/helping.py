"""Reads of what was forecast: for whoever decides on the work, as help to offer, and only while it is worth it.

And of the offers made, for whoever sees the task.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from motbuoc.domains.work.estimating import FORECAST, OWED
from motbuoc.domains.work.inbox import task_seen_by
from motbuoc.domains.work.models import Assignment, HelpOffer
from motbuoc.domains.work.outlook_tables import Outlook, OutlookRun
from motbuoc.domains.work.selectors import asked_on, assignments_for
from motbuoc.domains.work.standing import WithLateness
from motbuoc.domains.work.states import HELP_TRANSITIONS, HelpState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition, steps_from
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


def in_ten(outlook: Outlook) -> int:
    """Of ten tasks like this one, how many are late: as near as anybody should read it."""
    return min(max(round(outlook.likelihood * 10), 1), 9)


def help_offers_for(viewer: Person) -> QuerySet[HelpOffer]:
    """The offers of help on tasks that `viewer` may see, the newest first."""
    offers = HelpOffer.objects.filter(task_seen_by(viewer)).order_by("-pk")
    return offers.select_related("assignment__duty", "offered_by", "answered_by")


def offered_by_unit_of(viewer: Person) -> QuerySet[HelpOffer]:
    """Those on tasks that `viewer` decides on: what waits, and what the units answered."""
    decided = policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "assignment__document__unit")
    return help_offers_for(viewer).filter(decided).exclude(state=HelpState.WITHDRAWN)


def newest_offers(viewer: Person, assignments: Iterable[Assignment]) -> dict[int, HelpOffer]:
    """The newest offer on each of these tasks that was not taken back, by the task's id; in one query."""
    offers = help_offers_for(viewer).filter(assignment__in=[row.pk for row in assignments])
    return {row.assignment_id: row for row in reversed(offers.exclude(state=HelpState.WITHDRAWN))}


def help_steps_for(viewer: Person, offers: Iterable[HelpOffer]) -> dict[int, list[Transition]]:
    """The steps `viewer` may take on each of the offers now, by the offer's id; in two queries."""
    offers = list(offers)
    found = HelpOffer.objects.filter(pk__in=[offer.pk for offer in offers])
    columns = (
        (Action.WORK_ON_ASSIGNMENT, "assignment__unit"),
        (Action.DECIDE_ASSIGNMENT, "assignment__document__unit"),
    )
    allowed = {
        action: set(found.filter(policy.within_reach(viewer, action, column)).values_list("pk", flat=True))
        for action, column in columns
    }
    return {
        offer.pk: [
            step for step in steps_from(HELP_TRANSITIONS, offer.state) if offer.pk in allowed[Action(step.action)]
        ]
        for offer in offers
    }


def may_offer(viewer: Person, assignment: Assignment) -> bool:
    """Whether `viewer` may offer help with a task now."""
    waits = assignment.help_offers.filter(state=HelpState.OFFERED)
    decides = policy.may_on(viewer, Action.DECIDE_ASSIGNMENT, asked_on(Action.DECIDE_ASSIGNMENT, assignment))
    return decides and assignment.state in OWED and not waits.exists()
