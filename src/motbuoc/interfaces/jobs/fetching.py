"""Answers to reminders, fetched from a mailbox over IMAP (RFC 3501): each mail is taken in once.

A mail is marked as seen after it was taken in, never before: where the connection breaks in between it comes
again, and is known by its key. So nothing is lost and nothing counts twice, on however many machines. Neither the
password nor what a mail says is ever logged.
"""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings

from motbuoc.domains.work.replying import PASSING
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.jobs.receiving import MOST_BYTES, receive

logger = logging.getLogger(__name__)
TIMEOUT = 30  # seconds without a word from the server
AT_ONCE = 200  # mails in one round
BROKEN = (OSError, imaplib.IMAP4.error)
"""The server cannot be reached, or does not do what is asked: the next round tries again."""
TAKEN, REFUSED = r"(\Seen)", r"(\Seen \Flagged)"


def fetch_answers() -> int:
    """Take in what has come to the mailbox since it was last looked into, if there is one; how many mails.

    Raises:
        OSError, imaplib.IMAP4.error: the connection failed; what was not taken in stays as new as it was.
    """
    if settings.REPLY_MAILBOX is None:
        return 0
    with _opened(settings.REPLY_MAILBOX) as client:
        return sum(_take(client, uid) for uid in _unseen(client)[:AT_ONCE])


@contextmanager
def _opened(box: dict[str, Any]) -> Iterator[imaplib.IMAP4]:
    """A connection that is signed in, with the folder chosen."""
    context = ssl.create_default_context()
    client: imaplib.IMAP4
    if box["tls_at_once"]:
        client = imaplib.IMAP4_SSL(box["host"], box["port"], ssl_context=context, timeout=TIMEOUT)
    else:
        client = imaplib.IMAP4(box["host"], box["port"], timeout=TIMEOUT)
    try:
        if not box["tls_at_once"]:
            client.starttls(context)
        _sign_in(client, box["user"], box["password"])
        _done(client.select(f'"{box["folder"]}"'))
        yield client
        client.logout()
    finally:
        with suppress(OSError):  # closed already
            client.shutdown()


def _sign_in(client: imaplib.IMAP4, user: str, password: str) -> None:
    if "AUTH=PLAIN" in client.capabilities:  # in any letters, where LOGIN takes but plain ones
        client.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
    else:
        client.login(user, password)


def _unseen(client: imaplib.IMAP4) -> list[str]:
    found = _done(client.uid("SEARCH", "UNSEEN"))
    return [uid.decode() for uid in (found[0] or b"").split()]


def _take(client: imaplib.IMAP4, uid: str) -> bool:
    """Whether the mail was dealt with; one that cannot be taken in now stays new, and keeps no other back."""
    # No more than the first byte too many of a mail that is too large.
    found = _done(client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)"))
    content = next((part[1] for part in found if isinstance(part, tuple)), None)
    if content is None:  # deleted meanwhile
        return False
    mark = TAKEN
    try:
        receive(content)
    except Refusal as refusal:
        logger.warning("mail %s of the mailbox is refused, and flagged there: %s", uid, refusal.message)
        mark = REFUSED
    except PASSING:
        logger.exception("mail %s of the mailbox cannot be taken in now", uid)
        return False
    _done(client.uid("STORE", uid, "+FLAGS.SILENT", mark))
    return True


def _done(answer: tuple[str, list[Any]]) -> list[Any]:
    """What the server said to something that it did."""
    word, told = answer
    if word != "OK":
        raise imaplib.IMAP4.error(f"the mail server answered {word}")
    return told
