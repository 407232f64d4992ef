"""Push messages to browsers (RFC 8030, 8291, 8292): the first line only, for it shows on locked screens.

The key pair that identifies this installation to push services is worked out of the secret key, so it is kept,
backed up and shared by several machines exactly as that is; with another secret key people subscribe again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pydantic import AnyHttpUrl
from webpush import WebPush, WebPushSubscription
from webpush.types import WebPushKeys
from webpush.vapid import VAPID

from motbuoc.foundation.notices.channels.posting import post
from motbuoc.foundation.notices.messages import Message
from motbuoc.foundation.notices.models import Delivery, PushSubscription
from motbuoc.foundation.notices.outbox import REFUSED, UNKNOWN_ADDRESS, Send, Trouble, Undeliverable

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256
DAY = 24 * 60 * 60  # seconds a push service keeps a message for a browser that is away
GONE = (404, 410)


@lru_cache(maxsize=1)
def _pair(secret: str) -> tuple[bytes, bytes, str]:
    """The private and the public key (PEM), and the public key as a browser wants it."""
    number = int.from_bytes(sha256(b"vapid 1 " + secret.encode()).digest()) % (ORDER - 1) + 1
    private = ec.derive_private_key(number, ec.SECP256R1())
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = private.public_key()
    shown = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem, shown, VAPID.get_application_server_key(public)


def browser_key() -> str:
    """The public key with which a browser subscribes."""
    return _pair(settings.SECRET_KEY)[2]


@contextmanager
def open_push() -> Iterator[Send]:
    """Nothing to be opened: each browser has its push service."""
    yield send


def send(delivery: Delivery, message: Message) -> None:
    """Post one message, encrypted for the browser alone.

    Raises:
        Trouble, Undeliverable: it was not taken; a subscription that has ended is forgotten.
    """
    subscription = PushSubscription.objects.filter(endpoint=delivery.address, person=delivery.person_id).first()
    if subscription is None:
        raise Undeliverable(UNKNOWN_ADDRESS)
    private, public, _shown = _pair(settings.SECRET_KEY)
    pushing = WebPush(private, public, subscriber=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], ttl=DAY)
    target = WebPushSubscription(
        endpoint=AnyHttpUrl(delivery.address),
        keys=WebPushKeys(auth=subscription.auth, p256dh=subscription.p256dh),
    )
    told = {"title": "Một Bước", "body": message.first_line, "url": message.url, "tag": message.id}
    sealed = pushing.get(told, target)
    headers = {name: str(value) for name, value in sealed.headers.items()}
    headers |= {"urgency": "high" if delivery.is_urgent else "normal", "topic": message.id}
    status = post(delivery.address, sealed.encrypted, headers)
    if status in GONE:
        subscription.delete()
        raise Undeliverable(UNKNOWN_ADDRESS)
    if not 200 <= status < 300:
        raise Trouble(REFUSED)
