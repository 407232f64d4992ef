"""Addresses by which a reminder is answered: bound to one person and one object, signed, and for a while only.

The tag after the + of `MOTBUOC_REPLY_ADDRESS` holds the ids, the last day and a signature, in letters that survive
a server which writes addresses in small letters. Whoever has it can do nothing with it alone: the mail must come
from the address of that person's account, and the person must still hold the right.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from motbuoc.foundation.core import clock

VALID_DAYS = 30
SALT = "reply by mail"
TAG = re.compile(r"([0-9a-z]{1,13})-([0-9a-z]{1,13})-([0-9a-z]{1,6})-([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class ReplyTag:
    """Whose answer about which object an address is for, and until when."""

    person_id: int
    object_id: int
    until: date

    @property
    def is_over(self) -> bool:
        """Whether it is too late to answer by it."""
        return self.until < clock.today()


def reply_address(person_id: int, object_id: int) -> str:
    """The address by which a person answers about an assignment; blank where the installation takes no mail."""
    if not settings.REPLY_ADDRESS:
        return ""
    until = clock.today() + timedelta(days=VALID_DAYS)
    said = "-".join(int_to_base36(number) for number in (person_id, object_id, until.toordinal()))
    name, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{name}+{said}-{_signature(said)}@{domain}"


def tag_in(addresses: list[str]) -> ReplyTag | None:
    """The tag of the first of the addresses that carries one made here; also of one that is over."""
    name, _at, domain = settings.REPLY_ADDRESS.lower().rpartition("@")
    for address in addresses:
        local, _at, host = address.lower().rpartition("@")
        found = TAG.fullmatch(local.removeprefix(f"{name}+")) if host == domain else None
        if found and local.startswith(f"{name}+") and (tag := _read(found)):
            return tag
    return None


def _read(found: re.Match[str]) -> ReplyTag | None:
    said, signature = found[0].rpartition("-")[0], found[4]
    if not hmac.compare_digest(signature, _signature(said)):
        return None
    person, thing, day = (base36_to_int(part) for part in found.groups()[:3])
    return ReplyTag(person, thing, date.fromordinal(day))


def _signature(said: str) -> str:
    """80 bits, in letters and digits that no server changes."""
    digest = salted_hmac(SALT, said, algorithm="sha256").digest()[:10]
    return b32encode(digest).decode().lower()
