"""Sending what waits: each delivery until it has arrived or is given up, with pauses that grow.

A delivery is taken by putting its next try off for a while (the hold), in a transaction of its own; then it is
sent, then marked. Two machines never hold the same one. A machine that dies between sending and marking leaves
it to be sent once more when the hold is over: no protocol of these channels can tell the two apart. That
doubling is kept harmless by an id that is the same at every try: a mail's Message-ID, a gateway's
`X-MotBuoc-Id`, a push's topic.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.gathering import after_quiet
from motbuoc.foundation.notices.messages import Message, PathOf, message_of
from motbuoc.foundation.notices.models import Channel, Delivery, DeliveryState
from motbuoc.foundation.notices.selectors import preference_of

logger = logging.getLogger(__name__)

AT_ONCE = 10  # taken together; within the hold each may need 20 seconds
HOLD = timedelta(minutes=10)
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""After each failed try; after the last one the message is given up, four days after it was made."""

OPEN = (DeliveryState.WAITING, DeliveryState.FAILED)

SILENT = gettext_noop("The server did not answer.")
REFUSED = gettext_noop("The server refused the message.")
UNKNOWN_ADDRESS = gettext_noop("There is no such address.")
FORBIDDEN = gettext_noop("The address lies inside the network, where nothing is sent.")
ODD = gettext_noop("Something went wrong while sending; the log of the server tells what.")
TROUBLES = (SILENT, REFUSED, UNKNOWN_ADDRESS, FORBIDDEN, ODD)


class Trouble(Exception):
    """That a message did not arrive. `words` is one of TROUBLES."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class ChannelSilent(Trouble):
    """The channel itself does not answer: the others that wait for it are not tried now."""


class Undeliverable(Trouble):
    """It will never arrive at this address: it is not tried again."""


Send = Callable[[Delivery, Message], None]
Open = Callable[[], AbstractContextManager[Send]]


def send_due(channels: Mapping[Channel, Open], path_of: PathOf) -> int:
    """Try everything whose time has come, channel by channel (`channels` opens each); how many have arrived."""
    return sum(_send_through(channel, open_channel, path_of) for channel, open_channel in channels.items())


def _send_through(channel: str, open_channel: Open, path_of: PathOf) -> int:
    arrived = 0
    while taken := _take(channel):
        try:
            with open_channel() as send:
                while taken:
                    arrived += _try(taken[0], send, path_of)
                    taken.pop(0)
        except ChannelSilent as trouble:
            _failed(taken[0], trouble)
            _release(taken[1:])
            return arrived
    return arrived


@transaction.atomic
def _take(channel: str) -> list[Delivery]:
    waiting = Delivery.objects.filter(state__in=OPEN, next_try_at__lte=clock.now(), channel=channel)
    locked = waiting.order_by("next_try_at", "pk").select_for_update(skip_locked=True, of=("self",))
    taken = list(locked.select_related("webhook", "person")[:AT_ONCE])
    Delivery.objects.filter(pk__in=[row.pk for row in taken]).update(next_try_at=clock.now() + HOLD)
    return taken


def _release(taken: list[Delivery]) -> None:
    for row in taken:
        Delivery.objects.filter(pk=row.pk).update(next_try_at=row.next_try_at)


def _try(delivery: Delivery, send: Send, path_of: PathOf) -> bool:
    """Send one; whether it arrived.

    Raises:
        ChannelSilent: as the channel.
    """
    if delivery.person and (start := after_quiet(preference_of(delivery.person), clock.now())) > clock.now():
        _mark(delivery, next_try_at=start)  # a server that came back at night wakes nobody
        return False
    try:
        message = message_of(delivery, path_of)
        if message is None:
            _mark(delivery, state=DeliveryState.EMPTY)
            return False
        send(delivery, message)
    except ChannelSilent:
        raise
    except Trouble as trouble:
        _failed(delivery, trouble)
        return False
    except Exception:  # one message that cannot be made must not keep the others back
        logger.exception("delivery %s", delivery.pk)
        _failed(delivery, Trouble(ODD))
        return False
    _mark(delivery, state=DeliveryState.SENT, sent_at=clock.now(), tries=delivery.tries + 1, last_error="")
    return True


def _failed(delivery: Delivery, trouble: Trouble) -> None:
    tries = delivery.tries + 1
    is_over = isinstance(trouble, Undeliverable) or tries > len(PAUSES)
    _mark(
        delivery,
        state=DeliveryState.GIVEN_UP if is_over else DeliveryState.FAILED,
        tries=tries,
        next_try_at=clock.now() + PAUSES[min(tries, len(PAUSES)) - 1],
        last_error=trouble.words,
    )


def _mark(delivery: Delivery, **columns: object) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(**columns)
