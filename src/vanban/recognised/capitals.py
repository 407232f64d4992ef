"""Marks over capitals that a machine misread: names of bodies and titles are spelt as elsewhere.

Machines confuse Ô, Ò and Ó over capitals, where type leaves no room. A phrase that is known, or that the document
prints in small letters as well, tells which it was. The text stays as it was recognised; only values are respelt.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from vanban.recognised.mending import mended
from vanban.text import fold, is_upper
from vanban.vocabulary import table, type_names

_MOST = 8  # words of a phrase
_LEAST = 2  # a single word without its marks is many words


class Spelling:
    """How the phrases of one text are spelt."""

    def __init__(self, text: str) -> None:
        self._plain = " ".join(text.split())
        self._folded = fold(self._plain)

    def respelt(self, value: str) -> str:
        """Return `value`, if it is in capitals, with each phrase that is known spelt as known."""
        if not is_upper(value):
            return value
        if (known := mended(value)) is not None:
            return known
        words = value.split(" ")
        spelt: list[str] = []
        while words:
            count, phrase = self._longest(words)
            spelt.append(phrase)
            words = words[count:]
        return " ".join(spelt)

    def _longest(self, words: list[str]) -> tuple[int, str]:
        for count in range(min(_MOST, len(words)), _LEAST - 1, -1):
            phrase = self._known(fold(" ".join(words[:count])))
            if phrase and len(phrase.split(" ")) == count:
                return count, phrase
        return 1, words[0]

    def _known(self, folded: str) -> str | None:
        return _vocabulary().get(folded) or self._printed(folded)

    def _printed(self, folded: str) -> str | None:
        """Return the commonest spelling of the phrase where the text has it in small letters."""
        if len(self._folded) != len(self._plain):
            return None
        found: Counter[str] = Counter()
        at = self._folded.find(folded)
        while at >= 0:
            printed = self._plain[at : at + len(folded)]
            whole = not self._folded[at - 1 : at].isalnum() and not self._folded[at + len(folded) :][:1].isalnum()
            if whole and not printed.isupper():
                found[printed.upper()] += 1
            at = self._folded.find(folded, at + 1)
        return found.most_common(1)[0][0] if found else None


@cache
def _vocabulary() -> dict[str, str]:
    """Return phrase without marks → phrase in capitals, where only one is known."""
    organs, signing = table("organs"), table("signing")
    phrases = {
        *type_names(),
        *organs["heads"],
        *organs["in_letterhead"],
        *organs["unfinished"],
        *signing["titles"],
    }
    spellings: dict[str, set[str]] = {}
    for phrase in phrases:
        spellings.setdefault(fold(phrase), set()).add(phrase.upper())
    return {folded: spelt.pop() for folded, spelt in spellings.items() if len(spelt) == 1}
