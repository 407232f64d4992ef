"""Words in three spellings, for searching: as written, without tones, and without any mark.

Each is in plain ASCII letters after the manner of VNI typing: marks of letters become figures behind them ("dân"
is "da6n"), the tone a figure at the end of the word ("ủy" and "uỷ" are "uy3"). So where in a word the tone is put,
how the characters are composed, capitals, and what a database makes of accents play no part.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from vanban.text import fold, normalise

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60  # characters of a word that count
_QUALITIES = {"\u0302": "6", "\u0306": "8", "\u031b": "7"}
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_LONE_Y = re.compile(r"((?:[bcdghklmnpqrstvx]|qu)+)y")


class Spelling(NamedTuple):
    """One word as it is `written`, without its tone, and plain: without any mark, "ky" as "ki"."""

    plain: str
    toneless: str
    written: str


def spellings(text: str) -> list[Spelling]:
    """The words of a text in order, each in its three spellings."""
    return [_spelling(word) for word in words_in(text)]


def words_in(text: str) -> list[str]:
    """The words of a text: runs of letters and figures, in small composed letters."""
    return _WORD.findall(unicodedata.normalize("NFC", normalise(text).lower()))


@lru_cache(maxsize=50_000)
def _spelling(word: str) -> Spelling:
    word = word[:_LONGEST]
    if word.isascii():
        return Spelling(plain(word), word, word)
    letters, tone = "", ""
    for sign in unicodedata.normalize("NFD", word.replace("đ", "d9")):
        if sign in _TONES:
            tone += _TONES[sign]
        elif not 0x300 <= ord(sign) < 0x370:
            letters += sign
        else:
            letters += _QUALITIES.get(sign, "")
    toneless = fold(letters)
    return Spelling(plain(word), toneless, toneless + tone)


def plain(word: str) -> str:
    """A word without marks; "kỷ" and "kỉ", "quý" and "quí" are one, as both are written."""
    bare = fold(word)
    return f"{bare[:-1]}i" if bare.endswith("y") and _LONE_Y.fullmatch(bare) else bare
