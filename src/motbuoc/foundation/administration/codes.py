"""The codes of invitations: read off a paper and typed on a phone."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

from vanban.text import fold

LETTERS = "CFGHJKLMNPQRTVX23456789"
"""Nothing that is taken for another (B 8, S 5, Z 2, I 1, O 0), and nothing that Vietnamese typing turns into
something else (no vowels, no D, no W); so nor are there words."""
GROUPS, IN_A_GROUP = 3, 4  # 23 to the 12th are 54 bits: not to be guessed through a web page


def new_code() -> str:
    """A fresh code, in groups: KT7M-P4XC-93GH."""
    groups = ("".join(secrets.choice(LETTERS) for _place in range(IN_A_GROUP)) for _group in range(GROUPS))
    return "-".join(groups)


def digest_of(code: str) -> str:
    """What is kept of a code: a digest that nobody can try codes against without the installation's secret key.

    Gaps, small letters and marks do not matter.
    """
    plain = "".join(letter for letter in fold(code).upper() if letter in LETTERS)
    return salted_hmac("motbuoc.invitation", plain, algorithm="sha256").hexdigest()
