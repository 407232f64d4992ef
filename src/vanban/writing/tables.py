"""How wide the columns of a table are, where nobody has said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_NARROWEST: Final = 4
_PADDING: Final = 2  # characters: the room beside the words
_WIDEST: Final = 45  # characters: a column of longer words grows no wider
_LINE: Final = 70  # characters that one line of all columns together holds


def widths_for(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Give each column a share of the line by the longest line in its cells, but room for its longest word."""
    columns = list(zip(*rows, strict=True))
    longest = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns]
    wanted = [float(min(max(length, _NARROWEST), _WIDEST) + _PADDING) for length in longest]
    needed = [
        float(min(max((len(word) for cell in column for word in cell.split()), default=0), _WIDEST) + _PADDING)
        for column in columns
    ]
    return tuple(_fitted(wanted, needed))


def _fitted(wanted: list[float], needed: list[float]) -> list[float]:
    """Take from the wide columns what the narrow ones need, where all together are wider than the line."""
    tight = [False] * len(wanted)
    while sum(wanted) > _LINE and sum(needed) < _LINE:
        left = _LINE - sum(need for need, fixed in zip(needed, tight, strict=True) if fixed)
        share = left / sum(want for want, fixed in zip(wanted, tight, strict=True) if not fixed)
        found = [fixed or want * share < need for want, need, fixed in zip(wanted, needed, tight, strict=True)]
        if found == tight:
            pairs = zip(wanted, needed, tight, strict=True)
            return [need if fixed else want * share for want, need, fixed in pairs]
        tight = found
    return wanted
