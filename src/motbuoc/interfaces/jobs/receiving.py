"""Taking in a mail that answers a reminder, and answering it where it was refused."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from motbuoc.domains.work.replying import Verdict, take_mail
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.notices.arriving import ArrivedMail, read_mail

logger = logging.getLogger(__name__)
MOST_BYTES = 40_000_000


def receive(content: bytes) -> Verdict:
    """Take one RFC 5322 message in; the sender of one that is refused is told what to do.

    Raises:
        Refusal: it is larger than any mail that is taken.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(_("The mail is larger than %(limit)s MB.") % {"limit": MOST_BYTES // 1_000_000})
    mail = read_mail(content)
    verdict = take_mail(mail)
    if verdict.answer and settings.MAIL_READY:
        _answer(mail, verdict)
    return verdict


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
