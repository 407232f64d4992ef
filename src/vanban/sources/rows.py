"""Words with the places where they stand on a page, and rows of them.

Lengths are of the page (points or pixels), to the right and downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from vanban.document import Span

_APART = 1.3  # heights of a line between two words that belong to different columns


class Word(NamedTuple):
    """A word and the box it stands in. `sure` is how sure the machine was that read it from a picture (0 to 1)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float = 1.0

    @property
    def height(self) -> float:
        """From the top of its line to the foot."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way between top and foot."""
        return (self.top + self.bottom) / 2


class Row:
    """Words that stand side by side, from left to right; `height` is that of most of them."""

    __slots__ = ("bottom", "height", "left", "right", "top", "words")

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.left = words[0].left
        self.right = words[-1].right
        self.top = min(word.top for word in words)
        self.bottom = max(word.bottom for word in words)
        self.height = median([word.bottom - word.top for word in words])

    def text(self) -> str:
        """Return the words with one space between them, more where a gap parts them."""
        parts = [self.words[0].text]
        for before, word in pairwise(self.words):
            parts += (self._space(before, word), word.text)
        return "".join(parts)

    def _space(self, before: Word, word: Word) -> str:
        return "    " if word.left - before.right > self.height * _APART else " "

    def doubts(self, start: int) -> Iterator[tuple[Span, float]]:
        """Yield where the words stand that a machine is not sure of, if the row begins at `start`."""
        at, before = start, None
        for word in self.words:
            at += len(self._space(before, word)) if before else 0
            if word.sure < 1.0:
                yield Span(at, at + len(word.text)), word.sure
            at += len(word.text)
            before = word
