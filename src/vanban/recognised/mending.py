"""Names in capitals that a machine read from a picture, spelt as they are known: "TRUYÊN THÔNG" is TRUYỀN THÔNG.

Only a line made of known words through and through is mended, whatever spaces and marks it lost; any other stays
as it was read.
"""

from __future__ import annotations

from functools import cache

from vanban.text import fold
from vanban.vocabulary import table, type_names

_LONGEST = 120  # characters of a line that is mended


def mended(printed: str) -> str | None:
    """Return `printed`, a name in capitals, spelt with known words; None if a part of it is not known."""
    letters = "".join(sign for sign in fold(printed) if sign not in " _.")
    if not letters or len(letters) > _LONGEST:
        return None
    words = _cut(letters)
    return " ".join(words) if words else None


def _cut(letters: str) -> list[str] | None:
    """Return known words that together spell `letters`, the longest first; None if there are none."""
    known = _known()
    most = max(map(len, known))
    best: list[list[str] | None] = [None] * len(letters) + [[]]
    for start in reversed(range(len(letters))):
        for size in range(min(most, len(letters) - start), 0, -1):
            rest = best[start + size]
            word = known.get(letters[start : start + size])
            if word and rest is not None and (best[start] is None or len(rest) + 1 < len(best[start] or [])):
                best[start] = [word, *rest]
    return best[0]


@cache
def _known() -> dict[str, str]:
    """Return word without marks and spaces → word in capitals."""
    organs = table("organs")
    words = [*organs["heads"], *organs["in_letterhead"], *organs["words"], *organs["provinces"], *type_names()]
    return {fold(word).replace(" ", ""): word.upper() for word in reversed(words) if len(word) > 1}
