"""Receipts: by its code, and by nothing else, a writer finds what became of their words.

A code says nothing of who holds it and is stored only as a digest, so that whoever reads the tables can open no
receipt. It has 60 bits: a thousand tries a second would find one of a million receipts in about 36 years.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from django.utils.crypto import salted_hmac

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The letters of a code (Crockford's base 32): without I, L, O and U, which are mistaken when copied by hand."""
LENGTH = 12
MISREAD = str.maketrans("ILOU", "110V")


def new_form_key() -> str:
    """A key for one showing of a form: what is sent with it is taken in once, however often it is sent."""
    return secrets.token_urlsafe(18)


def code_of(form_key: str) -> str:
    """The code of what is sent with a form's key: one for each key, so that sending twice shows it again."""
    number = int.from_bytes(salted_hmac("motbuoc.receipt", form_key, algorithm="sha256").digest())
    return "".join(SIGNS[(number >> (5 * place)) & 31] for place in range(LENGTH))


def shown(code: str) -> str:
    """A code as it is shown and printed: in groups of four."""
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4))


def digest_of(typed: str) -> str | None:
    """The digest under which a receipt is kept, of its code as a person typed it; None: no code looks so."""
    code = re.sub(r"[\s\-–—._]", "", typed.upper()).translate(MISREAD)
    if len(code) != LENGTH or set(code) - set(SIGNS):
        return None
    return sha256(code.encode()).hexdigest()
