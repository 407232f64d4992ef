"""Messages to a unit's own gateway: JSON, signed with the secret that only both sides know.

`X-MotBuoc-Signature` is `v1=` and the HMAC-SHA256, in hexadecimal, of `X-MotBuoc-Timestamp`, a dot and the body.
The receiver checks it, refuses a timestamp that is older than some minutes, and drops an `X-MotBuoc-Id` it has
had.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.channels.posting import post
from motbuoc.foundation.notices.messages import Item, Message
from motbuoc.foundation.notices.models import Delivery
from motbuoc.foundation.notices.outbox import REFUSED, Send, Trouble, Undeliverable

LATER = (408, 425, 429)  # statuses below 500 that ask to come again


@contextmanager
def open_gateways() -> Iterator[Send]:
    """Nothing to be opened: each gateway is a server of its own."""
    yield send


def send(delivery: Delivery, message: Message) -> None:
    """Post one message.

    Raises:
        Trouble, Undeliverable: it was not taken.
    """
    assert delivery.webhook, "a gateway's message"
    if delivery.webhook.ended_at:
        raise Undeliverable(REFUSED)
    body = json.dumps(
        {
            "id": message.id,
            "unit": delivery.webhook.unit_id,
            "first_line": message.first_line,
            "items": [_item(item) for item in message.items],
            "more": message.more,
            "url": message.url,
        },
        ensure_ascii=False,
    ).encode()
    timestamp = str(int(clock.now().timestamp()))
    status = post(
        delivery.address,
        body,
        {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "MotBuoc",
            "X-MotBuoc-Id": message.id,
            "X-MotBuoc-Timestamp": timestamp,
            "X-MotBuoc-Signature": f"v1={signature(delivery.webhook.secret, timestamp, body)}",
        },
        may_be_inside=True,
    )
    if not 200 <= status < 300:
        for_good = 300 <= status < 500 and status not in LATER
        raise (Undeliverable if for_good else Trouble)(REFUSED)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a body at a moment (whole seconds since 1970, as text)."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()


def _item(item: Item) -> dict[str, str]:
    """A thing told, without the address for answers, which is a person's."""
    told = asdict(item)
    del told["reply"]
    return told
