"""The life of recipients' copies: delivered, read, accepted or refused, called back or replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.documents.recipients import AGREEMENTS, acts_for_sender
from motbuoc.domains.documents.states import COPY_TRANSITIONS, HELD, READABLE, UNANSWERED, CopyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import Transition, step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person


def deliver(document: Document, unit_ids: Collection[int]) -> None:
    """Give each unit its copy, but for those that have one; part of the write that releases or sends."""
    now = clock.now()
    Copy.objects.bulk_create(
        (Copy(document=document, unit_id=pk, delivered_at=now) for pk in unit_ids),
        batch_size=500,
        ignore_conflicts=True,
    )


@transaction.atomic
def note_reading(*, actor: Person, copies: Iterable[Copy]) -> None:
    """Mark as read what `copies_to_read` found, for those that are still only delivered."""
    for copy in copies:
        now, waiting = clock.now(), Copy.objects.filter(pk=copy.pk, state=CopyState.DELIVERED)
        if waiting.update(state=CopyState.OPENED, read_at=now, read_by=actor):
            change = {"state": [CopyState.DELIVERED.value, CopyState.OPENED.value]}
            record(actor, _act("read_copy", copy, change))


def take_in(actor: Person, document_id: int, unit_id: int) -> None:
    """A unit that acknowledges work of a document has taken in its copy; part of that write and of its line."""
    now = clock.now()
    unanswered = Copy.objects.filter(document=document_id, unit=unit_id, state__in=UNANSWERED)
    unanswered.filter(read_at=None).update(read_at=now, read_by=actor)
    unanswered.update(state=CopyState.TAKEN, answered_at=now, answered_by=actor)


@transaction.atomic
def answer_copy(*, actor: Person, copy: Copy, version: int, name: str, reason: str = "") -> Copy:
    """Take the step `name` of `states.COPY_TRANSITIONS`: the receiver's answer, or the sender's second delivery.

    Raises:
        NotAllowed: the actor may not answer for the receiving unit (or send for the sending one).
        Refusal: the step is not possible now, a reason is missing, or the sender would answer for the receiver.
        Collision: somebody changed the copy since `version`.
    """
    fresh = claim(copy, version)
    transition = step(COPY_TRANSITIONS, name, fresh.state)
    _check(actor, fresh, transition, reason.strip())
    before, now = fresh.state, clock.now()
    fresh.state, fresh.reason = transition.target, reason.strip()
    if transition.action == Action.SEND_DOCUMENT:
        fresh.delivered_at, fresh.read_at, fresh.read_by = now, None, None
        fresh.answered_at, fresh.answered_by = None, None
    else:
        fresh.answered_at, fresh.answered_by = now, actor
        fresh.read_at, fresh.read_by = fresh.read_at or now, fresh.read_by or actor
    if name in AGREEMENTS:
        fresh.asked = ""
        if fresh.replacement:
            deliver(fresh.replacement, [fresh.unit_id])
    fresh.save()
    values: dict[str, Any] = {"state": [before, fresh.state]}
    record(actor, _act(name, fresh, values | ({"reason": fresh.reason} if fresh.reason else {})))
    return fresh


def _check(actor: Person, copy: Copy, transition: Transition, reason: str) -> None:
    is_sender = transition.action == Action.SEND_DOCUMENT
    policy.require(actor, Action(transition.action), copy.document.unit_id if is_sender else copy.unit_id)
    if not is_sender and acts_for_sender(actor, copy.document):
        raise Refusal(_("You send for the issuing unit. Somebody of the receiving unit has to answer."))
    if transition.asks == "reason" and not reason:
        raise Refusal(_("Write why the unit refuses the document, so that the sender knows what to do."))
    if transition.name in AGREEMENTS and copy.asked != AGREEMENTS[transition.name]:
        raise Refusal(_("The sender has not asked for this, or has taken it back. Reload the page."))


@transaction.atomic
def ask_back(*, actor: Person, copy: Copy, version: int, reason: str, replacement: Document | None = None) -> Copy:
    """Ask a receiver to give its copy back, or to take `replacement` in its stead; until it agrees it keeps it.

    Raises:
        NotAllowed: the actor may not send for the document's unit.
        Refusal: no reason, the unit holds no copy any more, or the replacement was not released by the same unit.
        Collision: somebody changed the copy since `version`.
    """
    policy.require(actor, Action.SEND_DOCUMENT, copy.document.unit_id)
    fresh = claim(copy, version)
    if fresh.state not in HELD:
        raise Refusal(_("This unit does not hold the copy any more. Reload the page."))
    if not reason.strip():
        raise Refusal(_("Write why the document is called back: every receiver decides on it."))
    if replacement and (
        replacement.unit_id != copy.document.unit_id
        or replacement.state not in READABLE
        or replacement.pk == copy.document_id
    ):
        raise Refusal(_("A document is replaced by another one that the same unit has released and sent."))
    fresh.asked = Copy.Asked.REPLACE if replacement else Copy.Asked.RECALL
    fresh.asked_at, fresh.asked_reason, fresh.replacement = clock.now(), reason.strip(), replacement
    fresh.save()
    values = {"asked": fresh.asked, "reason": fresh.asked_reason}
    record(actor, _act("ask_copy_back", fresh, values))
    return fresh


@transaction.atomic
def keep_copy(*, actor: Person, copy: Copy, version: int, reason: str) -> Copy:
    """Say that the unit does not agree to the recall or the replacement; the copy stays as it is.

    Raises:
        NotAllowed, Refusal, Collision: as `answer_copy`.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, copy.unit_id)
    fresh = claim(copy, version)
    if not fresh.asked:
        raise Refusal(_("The sender has not asked for this, or has taken it back. Reload the page."))
    if acts_for_sender(actor, copy.document):
        raise Refusal(_("You send for the issuing unit. Somebody of the receiving unit has to answer."))
    if not reason.strip():
        raise Refusal(_("Write why the unit keeps its copy."))
    asked, fresh.asked, fresh.replacement, fresh.reason = fresh.asked, "", None, reason.strip()
    fresh.save()
    record(actor, _act("keep_copy", fresh, {"asked": asked, "reason": fresh.reason}))
    return fresh


def _act(action: str, copy: Copy, values: dict[str, Any]) -> Act:
    return Act(action, "copy", copy.pk, copy.unit_id, {"document": copy.document_id, **values})
