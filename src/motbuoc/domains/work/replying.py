"""A reminder answered by mail becomes progress on the task: asked as on the page, refused with what to do.

The address that was written to names person and task, the mail must come from the address of that person's
account, and the policy is asked as of today. Each mail counts once. What is refused is answered, but never a
machine, never more than a few times a day, and nobody who is not known here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.states import AT_WORK, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.services import kept_together
from motbuoc.foundation.notices.arriving import ArrivedMail
from motbuoc.foundation.notices.received import ReceivedMail
from motbuoc.foundation.notices.replies import ReplyTag, tag_in
from motbuoc.foundation.notices.selectors import preference_of
from motbuoc.foundation.people.models import Account, Person

logger = logging.getLogger(__name__)
PASSING = (OSError, MemoryError, InterfaceError, OperationalError)
"""Troubles of the machine, its disk or its database: the mail is well, and is taken in once they are over."""

ANSWERS_A_DAY = 5  # to one sender
Outcome = ReceivedMail.Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mail: `outcome`, None where it had come before; `answer` for its sender, if any."""

    outcome: Outcome | None
    answer: str = ""
    to: str = ""


def take_mail(mail: ArrivedMail) -> Verdict:
    """Make progress of a mail, or say why not; in one transaction, once however often it comes.

    A mail that fails each time is refused, and its sender told. If the machine fails (PASSING), nothing stays,
    neither rows nor the files that came with it, and the mail may come again.
    """
    account = Account.objects.filter(email__iexact=mail.sender, is_active=True).first() if mail.sender else None
    language = preference_of(account.person).language if account else None
    with kept_together(), transaction.atomic(), translation.override(language):
        row = ReceivedMail(key=mail.key, sender=sha256(mail.sender.encode()).hexdigest(), outcome=Outcome.DROPPED)
        _kept, is_new = ReceivedMail.objects.get_or_create(
            key=row.key, defaults={"sender": row.sender, "outcome": row.outcome}
        )
        if not is_new:
            return Verdict(None)
        verdict = _judge(mail, account)
        is_answered = bool(verdict.answer)
        ReceivedMail.objects.filter(key=mail.key).update(outcome=verdict.outcome, is_answered=is_answered)
        return verdict


def _judge(mail: ArrivedMail, account: Account | None) -> Verdict:
    if account is None or mail.is_automatic:
        return Verdict(Outcome.DROPPED)
    tag = tag_in(mail.recipients)
    try:
        with transaction.atomic():
            _progress(account.person, tag, mail)
    except Refusal as refusal:
        return Verdict(Outcome.REFUSED, *_answer(str(refusal.message), mail, account))
    except PASSING:
        raise
    except Exception:  # the same mail would fail again, however often it comes
        logger.exception("mail %s cannot be taken in", mail.key[:12])
        words = _("The mail could not be read to the end. Record the progress on the page of the task.")
        return Verdict(Outcome.REFUSED, *_answer(words, mail, account))
    return Verdict(Outcome.TAKEN)


def _answer(words: str, mail: ArrivedMail, account: Account) -> tuple[str, str]:
    """The answer and to whom; nothing where the sender has had enough of them today."""
    sender, since = sha256(mail.sender.encode()).hexdigest(), clock.now() - timedelta(days=1)
    had = ReceivedMail.objects.filter(sender=sender, is_answered=True, received_at__gt=since).count()
    return (words, account.email) if had < ANSWERS_A_DAY else ("", "")


def _progress(person: Person, tag: ReplyTag | None, mail: ArrivedMail) -> Entry:
    """The entry that the mail becomes.

    Raises:
        Refusal: the address is none, of somebody else or over; there is nothing to take; the task is not theirs to
            work on any more or takes no progress now; a file is not accepted.
    """
    if tag is None:
        raise Refusal(_("It is not clear which task this is. Write to the address that stands below the task."))
    if tag.person_id != person.pk:
        raise Refusal(_("This address was made for somebody else. Answer the mail that you were sent yourself."))
    if tag.is_over:
        raise Refusal(_("The address is too old to be answered to. Record the progress on the page of the task."))
    task: Assignment | None = assignments_for(person).filter(pk=tag.object_id).first()
    if task is None:
        raise Refusal(_("The task is not yours to see any more. Ask whoever gives rights in your unit."))
    policy.require(person, Action.WORK_ON_ASSIGNMENT, task.unit_id)
    if task.document.classification != Classification.NORMAL:
        raise Refusal(_("The paper is not for everybody, so nothing is taken by mail. Use the page of the task."))
    if not mail.text:
        raise Refusal(_("Nothing stands above the quoted text. Write what was done and send it again."))
    return _entry(person, task, mail)


def _entry(person: Person, task: Assignment, mail: ArrivedMail) -> Entry:
    if task.state == AssignmentState.ASSIGNED:  # who reports on it has it
        take_step(actor=person, assignment=task, version=task.version, name="acknowledge")
        task = assignments_for(person).get(pk=task.pk)
    elif task.state not in AT_WORK:
        raise Refusal(_("The task takes no progress now. Look at its page to see how it stands."))
    files = [SimpleUploadedFile(file.name, file.content) for file in mail.files]
    entry = take_step(
        actor=person, assignment=task, version=task.version, name="progress", text=mail.text, files=files
    )
    entry.by_mail = True
    entry.save()
    return entry
