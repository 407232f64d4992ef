"""Comments taken in from people: each on one provision, or on words of it.

Who comments from outside is nobody to the product: no account, no address, no device. Such a write has no actor
and leaves no line of history; the comment itself, never changed afterwards, is its record, and its receipt the
proof in the writer's hand.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.consultation.models import Comment, Consultation, ConsultedProvision
from motbuoc.domains.consultation.selectors import provisions_in, version_of
from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.domains.listening.intake import Words, screened
from motbuoc.domains.listening.receipts import code_of, digest_of
from motbuoc.domains.listening.screening import taken_in
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal

LONGEST_QUOTE = 500  # characters of a provision that a comment can be about


class Taken(NamedTuple):
    """A comment that was taken in, and the code of its receipt: the only time that it is known."""

    comment: Comment
    code: str


class Phrase(NamedTuple):
    """Words of a provision that somebody comments on, and from which character on they stand there, if known."""

    words: str
    start: int | None = None


@transaction.atomic
def comment(*, consultation: Consultation, number: int, words: Words, phrase: Phrase) -> Taken:
    """Take in what somebody who is nobody to us says of a provision of the version that is laid before people;
    sent again with the same key, it is there once.

    Raises:
        TellsWho, AtAnotherDoor: nothing was kept; the writer decides.
        Refusal: no words or too many, the phrase does not stand there, or no comments are taken now.
    """
    code = code_of(words.form_key)
    digest = digest_of(code) or ""
    if there := Comment.objects.filter(receipt=digest).first():
        return Taken(there, code)
    check_takes(consultation)
    if not consultation.is_public:
        raise Refusal(_("Only units are asked for their comments here."))
    provision = provision_asked(consultation, number=number)
    text = screened(words, settings.QUESTION_MOST_CHARACTERS, _("Write your comment."))
    start, quoted = placed(provision, phrase)
    made = Comment.objects.create(
        consultation=consultation,
        provision=provision,
        start=start,
        quoted=quoted,
        text=text,
        given_on=clock.today(),
        receipt=digest,
    )
    # Looked at again with the row in place: whoever closes meanwhile counts it, or it is not taken in.
    check_takes(consultation)
    return Taken(made, code)


def check_takes(consultation: Consultation) -> None:
    """Go on only if comments are taken today.

    Raises:
        Refusal: it is not open, or its days are over.
    """
    today, is_open = clock.today(), ConsultationState.OPEN
    rows = Consultation.objects.filter(
        pk=consultation.pk, state=is_open, opens_on__lte=today, closes_on__gte=today
    )
    if not rows.exists():
        raise Refusal(_("This draft takes no comments now."))


def provision_asked(consultation: Consultation, **which: int) -> ConsultedProvision:
    """A provision of the version that is laid before people, by its number or id.

    Raises:
        Refusal: there is no such provision in it.
    """
    found = provisions_in(version_of(consultation)).filter(**which).first()
    if found is None:
        raise Refusal(_("This provision is not in the draft."))
    return found


def placed(provision: ConsultedProvision, phrase: Phrase) -> tuple[int | None, str]:
    """Where the words of a phrase stand in a provision, and they as they stand there; nothing for no words.

    Raises:
        Refusal: they do not stand there, or are too many.
    """
    words = taken_in(phrase.words)
    if not words:
        return None, ""
    if len(words) > LONGEST_QUOTE:
        raise Refusal(_("Quote at most %(most)s characters of the draft.") % {"most": LONGEST_QUOTE})
    text, start = provision.text, phrase.start
    if start is not None and start >= 0 and text[start : start + len(words)] == words:
        return start, words
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    if not found:
        raise Refusal(
            _("These words do not stand in this provision. Copy them from it, or leave the field empty.")
        )
    return found.start(), found[0][:LONGEST_QUOTE]
