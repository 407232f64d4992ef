"""How an assignment, or what was asked about it, is told in a notice: its duty's words, where one may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from motbuoc.domains.work.inbox import named
from motbuoc.domains.work.models import Assignment, HelpOffer, Request
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.states import AT_WORK, CLOSED, AssignmentState, HelpState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.telling import Told, declare
from motbuoc.foundation.people.models import Person

TAKING_REPLIES = (AssignmentState.ASSIGNED, *AT_WORK)


def tell_assignments(viewer: Person | None, ids: Collection[int]) -> dict[int, Told]:
    """Those of the assignments that `viewer` may see, or (without one) those of documents of the normal class."""
    if viewer:
        seen = assignments_for(viewer).order_by()
    else:
        plain = Assignment.objects.filter(document__classification=Classification.NORMAL)
        seen = named(plain, clock.today())
    columns = ("pk", "duty__text", "unit_short_name", "document__classification", "state", "unit_id")
    rows = list(seen.filter(pk__in=ids).values_list(*columns))
    worked_on = _worked_on(viewer, {row[5] for row in rows}) if viewer else set[int]()
    return {
        pk: Told(
            words,
            unit,
            is_plain=of_class == Classification.NORMAL,
            is_settled=state in CLOSED,
            takes_replies=unit_id in worked_on and state in TAKING_REPLIES,
        )
        for pk, words, unit, of_class, state, unit_id in rows
    }


def _worked_on(viewer: Person, units: Collection[int]) -> set[int]:
    """Those of the units for which `viewer` works."""
    return set(policy.reach(viewer, Action.WORK_ON_ASSIGNMENT).filter(descendant__in=units))


def tell_help(viewer: Person | None, ids: Collection[int]) -> dict[int, Told]:
    """Those of the offers of help whose task is told to `viewer`; one taken back is not worth a message."""
    offers = dict(HelpOffer.objects.filter(pk__in=ids).values_list("pk", "assignment_id"))
    back = set(HelpOffer.objects.filter(pk__in=ids, state=HelpState.WITHDRAWN).values_list("pk", flat=True))
    told = tell_assignments(viewer, set(offers.values()))
    return {
        pk: replace(told[of], is_settled=told[of].is_settled or pk in back)
        for pk, of in offers.items()
        if of in told
    }


def tell_requests(viewer: Person | None, ids: Collection[int]) -> dict[int, Told]:
    """Those of the requests whose assignment is told; a withdrawn one is told to nobody."""
    asked = Request.objects.filter(pk__in=ids).exclude(state=Request.State.WITHDRAWN)
    about = dict(asked.values_list("pk", "assignment_id"))
    told = tell_assignments(viewer, set(about.values()))
    return {pk: told[assignment] for pk, assignment in about.items() if assignment in told}


declare("assignment", tell_assignments)
declare("help_offer", tell_help)
declare("request", tell_requests)
