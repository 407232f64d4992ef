"""What never enters the history, and in what form everything else does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

MASK = "***"

SENSITIVE_WORDS = frozenset(
    {
        "password",
        "passwd",
        "passphrase",
        "secret",
        "secrets",
        "token",
        "tokens",
        "otp",
        "totp",
        "pin",
        "recovery",
        "credential",
        "credentials",
        "cookie",
        "sessionid",
    }
)
"""A field is masked if one of these is a word of its name: `new_password`, `recovery_codes`."""
SENSITIVE_NAMES = frozenset(
    {
        "code",
        "codes",
        "one_time_code",
        "invitation_code",
        "sign_in_code",
        "verification_code",
        "access_code",
        "receipt_code",
        "api_key",
        "private_key",
        "session_key",
    }
)
"""A field is masked if this is its whole name."""
OFFICIAL_CODES = frozenset({"document", "unit"})
"""Kinds of objects whose `code` is printed on paper: the number of a document, the sign of a unit."""


@lru_cache(maxsize=1000)
def is_sensitive(name: str, object_type: str) -> bool:
    """Whether the field `name` of such an object must not be kept."""
    known = name.lower().replace("-", "_")
    if known == "code" and object_type in OFFICIAL_CODES:
        return False
    return known in SENSITIVE_NAMES or not SENSITIVE_WORDS.isdisjoint(known.split("_"))


def settled(values: dict[str, Any], object_type: str) -> dict[str, Any]:
    """The values as they are stored: sensitive ones masked, and in a form that both databases give back unchanged.

    (PostgreSQL keeps no zero characters, and gives 1e16 back as a whole number.)
    """
    plain = {_plain(str(name), object_type): value for name, value in values.items()}
    return {
        name: _masked(value) if is_sensitive(name, object_type) else _plain(value, object_type)
        for name, value in plain.items()
    }


def _masked(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) == 2:  # old and new
        return [_masked(part) for part in value]
    return value if value is None or value == "" else MASK


def _plain(value: Any, object_type: str) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd") if "\x00" in value else value
    if isinstance(value, dict):
        return settled(value, object_type)
    if isinstance(value, list | tuple):
        return [_plain(part, object_type) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
