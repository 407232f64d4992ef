"""Writes to offers of help: made by whoever decides on the work, answered by the unit that owes it.

An offer is a message and its answer; nothing is counted of it, and it says nothing of likelihoods.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.work.models import Assignment, HelpOffer
from motbuoc.domains.work.selectors import asked_on
from motbuoc.domains.work.states import HELP_TRANSITIONS, OWED, HelpState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.occasions import Occasion, Reach, Recipient
from motbuoc.foundation.notices.recipients import Recipients
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.people.models import Person


@transaction.atomic
def offer_help(*, actor: Person, assignment: Assignment, words: str) -> HelpOffer:
    """Offer the unit help with a task; who works on it is told.

    Raises:
        NotAllowed: the actor does not decide for the unit that issued the document.
        Refusal: no words, nothing is owed any more, or an offer waits for its answer already.
    """
    policy.require(actor, Action.DECIDE_ASSIGNMENT, asked_on(Action.DECIDE_ASSIGNMENT, assignment))
    fresh = claim(assignment, None)  # locked, and not changed: whoever works on it is not disturbed
    if not words.strip():
        raise Refusal(_("Write what help you offer: the unit reads it."))
    if fresh.state not in OWED:
        raise Refusal(_("The unit owes nothing on this task now, so there is nothing to help with."))
    if fresh.help_offers.filter(state=HelpState.OFFERED).exists():
        raise Refusal(_("An offer waits for the unit's answer already. Take it back first to make another."))
    offer = HelpOffer.objects.create(
        assignment=fresh, words=words.strip(), offered_by=actor, offered_at=clock.now()
    )
    record(actor, Act("offer_help", "assignment", fresh.pk, fresh.unit_id, {"entry": offer.pk}))
    _notify(offer, Occasion.HELP_OFFERED, Recipient.OWNER, fresh.unit_id)
    return offer


@transaction.atomic
def take_help_step(*, actor: Person, offer: HelpOffer, version: int, name: str, text: str = "") -> HelpOffer:
    """Answer an offer, or take it back while it is unanswered: the step `name` of `states.HELP_TRANSITIONS`.

    Raises:
        NotAllowed: the actor is not of the side whose step it is.
        Refusal: it was answered or taken back already, or the unit does not say what it needs.
        Collision: somebody changed the offer since `version`.
    """
    fresh = claim(offer, version)
    transition, assignment = step(HELP_TRANSITIONS, name, fresh.state), fresh.assignment
    policy.require(actor, Action(transition.action), asked_on(transition.action, assignment))
    if transition.asks and not text.strip():
        raise Refusal(_("Write what your unit needs, so that help can be prepared."))
    before, fresh.state = fresh.state, transition.target
    is_answer = transition.action == Action.WORK_ON_ASSIGNMENT
    if is_answer:
        fresh.answer, fresh.answered_by, fresh.answered_at = text.strip(), actor, clock.now()
    fresh.save()
    values = {"entry": fresh.pk, "state": [before, fresh.state]}
    record(actor, Act(name, "assignment", assignment.pk, assignment.unit_id, values))
    if is_answer:
        _notify(fresh, Occasion.HELP_ANSWERED, Recipient.ISSUER, assignment.document.unit_id)
    return fresh


def _notify(offer: HelpOffer, occasion: Occasion, recipient: Recipient, unit_id: int) -> None:
    assignment, today = offer.assignment, clock.today()
    owing, document = assignment.unit_id, assignment.document
    people = Recipients(today)
    people.load([owing], [document.unit_id])
    notify(
        News(
            person=person,
            occasion=occasion,
            since=today,
            object_type="help_offer",
            object_id=offer.pk,
            unit=unit_id,
            reach=Reach.DIGEST,
            key=f"help_offer/{offer.pk}/{occasion}/{person}",
        )
        for person in people.of(recipient, owing, document.unit_id, document.classification)
    )
