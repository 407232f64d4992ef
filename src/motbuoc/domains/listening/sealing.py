"""What is sealed with the installation's keys: Fernet of `cryptography`, with keys that can be changed.

`MOTBUOC_IDENTITY_KEYS` is a list: the first seals, each of them opens. Empty, the secret key of the installation
is the only one. A key is never used as it stands: two are derived from it (HKDF), one to seal and one for
handles. The time that Fernet writes into what it seals is always 0, and lengths are those of whole blocks:
neither tells anything.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

BLOCK = 512  # bytes to whose multiple everything is filled up before it is sealed


class CannotUnseal(Exception):
    """It was sealed with a key that is no longer set, or is damaged."""


def sealed(content: dict[str, str]) -> str:
    """The content as it is kept."""
    plain = json.dumps(content, ensure_ascii=False).encode()
    return _box().encrypt_at_time(plain.ljust(-(-len(plain) // BLOCK) * BLOCK), 0).decode()


def unsealed(token: str) -> dict[str, str]:
    """What was sealed.

    Raises:
        CannotUnseal: with none of the keys that are set.
    """
    try:
        found: dict[str, str] = json.loads(_box().decrypt(token.encode()))
    except InvalidToken as wrong:
        raise CannotUnseal from wrong
    return found


def handles(about: str) -> list[str]:
    """The handles under which something can be kept, the one of the key that seals now first."""
    return [hmac.digest(_derived(key, b"handle"), about.encode(), "sha256").hex() for key in _keys()]


def _keys() -> tuple[str, ...]:
    return tuple(settings.IDENTITY_KEYS) or (settings.SECRET_KEY,)


def _box() -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key, b"seal"))) for key in _keys()])


@lru_cache(maxsize=32)
def _derived(key: str, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"motbuoc.identity." + use).derive(key.encode())
