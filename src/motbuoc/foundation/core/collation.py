"""Vietnamese alphabetical order, in any database: names are sorted by a key made here.

The order of CLDR for `vi`: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y; then the tones level, huyền,
hỏi, ngã, sắc, nặng, from the first word on. Figures come before letters and by their value ("9" before "10").
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
"""Characters of a name that count."""

_LETTERS = {"a\u0306": "a1", "a\u0302": "a2", "e\u0302": "e1", "o\u0302": "o1", "o\u031b": "o2", "u\u031b": "u1"}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_WORD = re.compile(r"\d+|[^\W\d_]+")


def collation_key(name: str) -> str:
    """A key of small letters and figures, two for each letter, that sorts names as a Vietnamese dictionary does.

    It sorts alike under every collation of a database, for it holds nothing but a–z and 0–9.
    """
    letters, tones = [], []
    for word in _WORD.findall(unicodedata.normalize("NFC", name[:LONGEST]).lower()):
        if word.isdecimal():
            figures = str(int(word))
            letters.append(f"1{len(figures):02}{figures}")
            continue
        spelled, tone = _spelled(word)
        letters.append(spelled)
        tones.append(tone)
    return "00".join(letters) + "000" + "".join(tones)


def _spelled(word: str) -> tuple[str, str]:
    """The letters of a word, two characters each, and the figure of its tone."""
    tone, spelled = "0", []
    for sign in unicodedata.normalize("NFD", word.replace("đ", "d\u0335")):
        if sign in _TONES:
            tone = _TONES[sign]
        elif not unicodedata.combining(sign):
            spelled.append(f"{sign}0" if "a" <= sign <= "z" else "zz")
        elif spelled:
            spelled[-1] = "d1" if sign == "\u0335" else _LETTERS.get(spelled[-1][0] + sign, spelled[-1])
    return "".join(spelled), tone
