"""Taking in a mail that answers a reminder, and answering it where it was refused."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from motbuoc.domains.work.replying import PASSING, Verdict, take_mail
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.notices.arriving import ArrivedMail, read_mail

logger = logging.getLogger(__name__)
MOST_BYTES = 40_000_000


def receive(content: bytes) -> Verdict:
    """Take one RFC 5322 message in; the sender of one that is refused is told what to do.

    Raises:
        Refusal: it is larger than any mail that is taken, or no mail at all; it will never be taken.
        OSError, DatabaseError: it cannot be taken in now (`replying.PASSING`), and may come again.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(_("The mail is larger than %(limit)s MB.") % {"limit": MOST_BYTES // 1_000_000})
    mail = _read(content)
    verdict = take_mail(mail)
    if verdict.answer and settings.MAIL_READY:
        _answer(mail, verdict)
    return verdict


def _read(content: bytes) -> ArrivedMail:
    try:
        return read_mail(content)
    except PASSING:
        raise
    except Exception as trouble:
        logger.exception("a mail of %s bytes cannot be read", len(content))
        raise Refusal(_("The mail cannot be read. Record the progress on the page of the task.")) from trouble


def _answer(mail: ArrivedMail, verdict: Verdict) -> None:
    """Marked as automatic (RFC 3834), so that no machine answers it; if it cannot be sent, that is logged."""
    headers = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    if mail.message_id:
        headers |= {"In-Reply-To": mail.message_id, "References": mail.message_id}
    words = _("Your mail was not recorded as progress.")
    body = f"{words}\n\n{verdict.answer}\n\n{settings.PUBLIC_URL}\n"
    try:
        EmailMessage(_("Một Bước: not recorded"), body, to=[verdict.to], headers=headers).send()
    except (OSError, SMTPException):
        logger.exception("a mail that was refused could not be answered")
