"""Messages by e-mail, through the server that `MOTBUOC_MAIL_URL` names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation

from motbuoc.foundation.notices.messages import Message, text_of
from motbuoc.foundation.notices.models import Delivery
from motbuoc.foundation.notices.outbox import (
    REFUSED,
    SILENT,
    UNKNOWN_ADDRESS,
    ChannelSilent,
    Send,
    Trouble,
    Undeliverable,
)
from motbuoc.foundation.notices.selectors import preference_of

FOR_GOOD = 500  # SMTP codes from here on will not change by themselves
NOT_OF_THE_MESSAGE = (421, 454, 530, 535)  # closing, or signing in is refused: the server's own trouble


@contextmanager
def open_mail() -> Iterator[Send]:
    """One connection for several mails.

    Raises:
        ChannelSilent: the server does not answer, or does not let us in.
    """
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as trouble:
        raise ChannelSilent(SILENT) from trouble

    def send(delivery: Delivery, message: Message) -> None:
        try:
            connection.send_messages([mail_of(delivery, message)])
        except SMTPRecipientsRefused as refused:
            code = max(answer[0] for answer in refused.recipients.values())
            raise (Undeliverable if code >= FOR_GOOD else Trouble)(UNKNOWN_ADDRESS) from refused
        except (SMTPServerDisconnected, SMTPSenderRefused) as trouble:  # refused is our own address, for all
            raise ChannelSilent(SILENT) from trouble
        except SMTPResponseException as answer:
            if answer.smtp_code in NOT_OF_THE_MESSAGE:
                raise ChannelSilent(SILENT) from answer
            raise (Undeliverable if answer.smtp_code >= FOR_GOOD else Trouble)(REFUSED) from answer
        except (OSError, SMTPException) as trouble:
            raise ChannelSilent(SILENT) from trouble

    try:
        yield send
    finally:
        connection.close()


def mail_of(delivery: Delivery, message: Message) -> EmailMessage:
    """The mail: numbers alone in its subject, the same Message-ID at every try."""
    assert delivery.person, "a mail goes to a person"
    with translation.override(preference_of(delivery.person).language):
        text = text_of(message)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        subject=f"Một Bước: {message.first_line}",
        body=text,
        to=[delivery.address],
        reply_to=_reply_to(message),
        headers={
            "Message-ID": f"<{message.id}@{domain}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answers, please
            "X-Auto-Response-Suppress": "All",
        },
    )


def _reply_to(message: Message) -> list[str]:
    """Where an answer goes: about the one task, or where one is told which address to take."""
    addresses = [item.reply for item in message.items if item.reply]
    if len(message.items) == 1 and addresses and not message.more:
        return addresses
    return [settings.REPLY_ADDRESS] if addresses else []
