"""The words of a signature block: titles, bodies, family names; and their marks where a machine misread them."""

from __future__ import annotations

import re
from functools import cache

from vanban import patterns
from vanban.text import fold
from vanban.vocabulary import any_of, table

_LONG = 8  # letters: only so long a phrase is sure to be itself when its marks are wrong


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


def spelt(words: str) -> str:
    """Return capitals with the marks that titles and bodies have: "PHÓ GIÁM ĐÓC" is read "PHÓ GIÁM ĐỐC".

    A machine that reads pictures mistakes marks. Only a phrase that is no known one and becomes one without marks
    is changed.
    """
    bare = fold(words).upper()
    if len(bare) != len(words):
        return words
    for match in _misread().finditer(bare):
        printed, known = words[match.start() : match.end()], _spellings()[match[0]]
        if printed not in known:
            words = words[: match.start()] + known[0] + words[match.end() :]
    return words


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(table('signing')['titles'])})(?!\w)")


@cache
def _bare_titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(fold(title).upper() for title in table('signing')['titles'])})(?!\w)")


@cache
def _organs() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(head.upper() for head in table('organs')['heads'])})(?!\w)")


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Return phrase without marks → its spellings."""
    known: dict[str, tuple[str, ...]] = {}
    signing = table("signing")
    for phrase in (
        *signing["titles"],
        *signing["whole_titles"],
        *(head.upper() for head in table("organs")["heads"]),
    ):
        bare = fold(phrase).upper()
        if len(bare) >= _LONG:
            known[bare] = (*known.get(bare, ()), phrase)
    return known


@cache
def _misread() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(_spellings())})(?!\w)")
