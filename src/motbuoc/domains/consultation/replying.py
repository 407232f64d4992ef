"""The official reply of a unit that is asked: prepared comment by comment, sent once with its number and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.consultation.commenting import Phrase, check_takes, placed, provision_asked
from motbuoc.domains.consultation.models import AskedUnit, Comment
from motbuoc.domains.consultation.selectors import asked_on
from motbuoc.domains.listening.screening import taken_in
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

LONGEST, MOST = 8_000, 500  # characters of a comment, comments of a reply


@dataclass(frozen=True)
class Reply:
    """The paper that a unit replies by; `has_no_comment` says that it agrees with all."""

    number: str
    dated: date
    has_no_comment: bool = False


def _replying(actor: Person, asked: AskedUnit, version: int) -> AskedUnit:
    policy.require(actor, Action.REPLY_CONSULTATION, asked_on(asked.unit_id))
    fresh = claim(asked, version)
    if fresh.replied_on:
        raise Refusal(_("The unit has replied already."))
    check_takes(fresh.consultation)
    return fresh


@transaction.atomic
def prepare_comment(
    *, actor: Person, asked: AskedUnit, version: int, number: int, text: str, phrase: Phrase
) -> AskedUnit:
    """Write a comment of the unit's reply on a provision; nobody but the unit sees it before the reply is sent.

    Raises:
        NotAllowed: the actor does not reply for the unit.
        Collision: as ever.
        Refusal: it has replied or no comments are taken, the words are missing or too many, the phrase does not
            stand there.
    """
    fresh = _replying(actor, asked, version)
    provision = provision_asked(fresh.consultation, number=number)
    words = taken_in(text)
    if not words:
        raise Refusal(_("Write your comment."))
    if len(words) > LONGEST or len(fresh.prepared) >= MOST:
        raise Refusal(_("That is too much for one reply. Send the paper itself beside it."))
    start, quoted = placed(provision, phrase)
    row = {"provision": provision.pk, "label": provision.label, "start": start, "quoted": quoted, "text": words}
    fresh.prepared = [*fresh.prepared, row]
    fresh.save()
    return fresh


@transaction.atomic
def drop_prepared(*, actor: Person, asked: AskedUnit, version: int, place: int) -> AskedUnit:
    """Take a comment out of the reply again, by its place from 0.

    Raises:
        NotAllowed, Collision, Refusal: as `prepare_comment`.
    """
    fresh = _replying(actor, asked, version)
    if not 0 <= place < len(fresh.prepared):
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    fresh.prepared = [row for at, row in enumerate(fresh.prepared) if at != place]
    fresh.save()
    return fresh


@transaction.atomic
def send_reply(*, actor: Person, asked: AskedUnit, version: int, reply: Reply) -> AskedUnit:
    """Send the unit's reply: what it prepared, or that it has no comment. It stays as it was sent.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it has replied or no comments are taken; it says both that it has comments and none, or neither;
            the number is missing or the day one to come.
    """
    fresh = _replying(actor, asked, version)
    number = taken_in(reply.number)[:80]
    if not number or not clock.FIRST_DAY <= reply.dated <= clock.today():
        raise Refusal(
            _("Give the number of the paper by which the unit replies, and its day, none that is to come.")
        )
    if reply.has_no_comment == bool(fresh.prepared):
        raise Refusal(_("Write at least one comment, or say that the unit has none: not both."))
    Comment.objects.bulk_create(_comments(fresh), batch_size=500)
    fresh.reply_number, fresh.reply_dated = number, reply.dated
    fresh.has_no_comment, fresh.replied_on, fresh.replied_by = reply.has_no_comment, clock.today(), actor
    count, fresh.prepared = len(fresh.prepared), []
    fresh.save()
    values = {"number": number, "dated": reply.dated.isoformat(), "comments": count, "unit": fresh.unit_id}
    record(actor, Act("send_reply", "consultation", fresh.consultation_id, fresh.unit_id, values))
    return fresh


def _comments(asked: AskedUnit) -> list[Comment]:
    common: dict[str, Any] = {"consultation_id": asked.consultation_id, "reply": asked, "given_on": clock.today()}
    return [
        Comment(
            provision_id=row["provision"], start=row["start"], quoted=row["quoted"], text=row["text"], **common
        )
        for row in asked.prepared
    ]
