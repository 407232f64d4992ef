"""How wide the columns of a table are, where nobody has said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_NARROWEST: Final = 4
_PADDING: Final = 2  # characters: the room beside the words
_WIDEST: Final = 45  # characters: a column of longer words grows no wider


def widths_for(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Give each column a share of the line by the longest line in its cells."""
    columns = zip(*rows, strict=True)
    longest = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns]
    return tuple(float(min(max(length, _NARROWEST), _WIDEST) + _PADDING) for length in longest)
