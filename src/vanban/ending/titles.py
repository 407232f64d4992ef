"""The words of a signature block: titles, bodies, family names."""

from __future__ import annotations

import re
from functools import cache

from vanban import patterns
from vanban.text import fold
from vanban.vocabulary import any_of, table


def opens_block(words: str) -> bool:
    """Tell whether a line in capitals opens a signature block: an authority ("KT. …") or a title."""
    return bool(patterns.AUTHORITY_LINE.match(words) or is_title(words))


def is_title(words: str) -> bool:
    """Tell whether a line in capitals opens with a title, also one that lost all its marks."""
    return bool(_titles().match(words) or (words.isascii() and _bare_titles().match(words)))


def is_organ(words: str) -> bool:
    """Tell whether a line in capitals opens with the name of a body."""
    return bool(_organs().match(words)) and not words.startswith("BAN HÀNH")


@cache
def surnames() -> frozenset[str]:
    """Return the family names that nine in ten people bear."""
    return frozenset(table("signing")["surnames"])


def deputy_of(head: str, printed: str) -> str | None:
    """Return the title of the deputy of `head` if `printed` is that without its marks ("PHO GIAM DOC")."""
    deputy = f"PHÓ {head}"
    return deputy if printed.isascii() and fold(printed) == fold(deputy) else None


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(table('signing')['titles'])})(?!\w)")


@cache
def _bare_titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(fold(title).upper() for title in table('signing')['titles'])})(?!\w)")


@cache
def _organs() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(head.upper() for head in table('organs')['heads'])})(?!\w)")
