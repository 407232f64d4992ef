"""Sheets sealed while a survey is open: whoever reads the tables, or two copies of them, can read no sheet.

Each survey has a box: a random value, from which with the installation's secret key (which is in no table) the key
of AES-GCM is made. What is sealed has a length that tells little: the next power of two. When a survey is closed
its sheets are opened together, counted and destroyed (`counting`); a token that was marked as used at the same
moment as a sheet was taken in then leads to nothing any more.

If the key is lost while a survey is open, its sheets can never be read.
"""

from __future__ import annotations

import json
from functools import lru_cache
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from motbuoc.domains.surveys.selectors import Answers

NONCE = 12  # bytes before what is sealed, as AES-GCM asks for
LEAST = 256  # bytes that a sheet has at least


class CannotOpen(Exception):
    """The sheet was sealed with another secret key, or is damaged."""


def _keys() -> tuple[str, ...]:
    return tuple(settings.IDENTITY_KEYS) or (settings.SECRET_KEY,)


@lru_cache(maxsize=64)
def _cipher(box: str, key: str) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=bytes.fromhex(box), info=b"motbuoc.survey")
    return AESGCM(derived.derive(key.encode()))


def seal(box: str, answers: Answers) -> bytes:
    """The answers of a sheet as they are kept while the survey with that box is open."""
    plain = json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode()
    size = LEAST
    while size < len(plain):
        size *= 2
    nonce = token_bytes(NONCE)
    return nonce + _cipher(box, _keys()[0]).encrypt(nonce, plain.ljust(size), None)


def opened(box: str, sealed: bytes) -> Answers:
    """What was sealed.

    Raises:
        CannotOpen: it was sealed with a key that is no longer set, or is damaged.
    """
    for key in _keys():
        try:
            plain = _cipher(box, key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except InvalidTag:
            continue
        found: Answers = json.loads(plain)
        return found
    raise CannotOpen
