"""The words of a page become rows in reading order.

A PDF gives its words in the order in which a program drew them, a machine in the order in which it saw them; where
they stand tells how they are read: letterhead, signatures and newspaper columns cell by cell, tables row by row.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from vanban.sources.rows import Row, Word

_SAME_LINE = 0.5  # heights of a line between the middles of words on one line
_WIDE = 1.6  # heights of a line: a gap that parts two columns for sure
_OVERLAP = 0.2  # of the lower of two rows that stand side by side
_NARROW = 0.7  # the least gap on a row that stands in columns by the rows above or below it
_BREAK = 1.2  # heights of a line left blank under a cell: what follows stands under both columns
_LETTERS = 5  # a cell with fewer is the number of an item
_SIDE = 0.05  # of the width of the text: a narrower column is one of numbers


class Gutter(NamedTuple):
    """The blank strip between two columns."""

    left: float
    right: float

    def within(self, gap: Gutter) -> Gutter:
        """What this strip and `gap` share."""
        return Gutter(max(self.left, gap.left), min(self.right, gap.right))

    @property
    def width(self) -> float:
        """Its width, below zero if there is none."""
        return self.right - self.left


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Return the rows of a page in reading order: a left cell before the right one beside it."""
    rows: list[list[Word]] = []
    middle = 0.0
    for word in sorted(words, key=lambda word: word.middle):
        if rows and word.middle - middle < word.height * _SAME_LINE:
            rows[-1].append(word)
            middle += (word.middle - middle) / len(rows[-1])
        else:
            rows.append([word])
            middle = word.middle
    return _in_columns([Row(tuple(sorted(row, key=lambda word: word.left))) for row in rows])


def _in_columns(rows: list[Row]) -> list[Row]:
    """Return the rows with the two cells of a stretch in columns one after the other."""
    ordered: list[Row] = []
    at = 0  # rows before it are done
    number = 0
    side = _SIDE * (max(row.right for row in rows) - min(row.left for row in rows)) if rows else 0.0
    while number < len(rows):
        gutter = _seed(rows[number], side) or _staggered(rows[number : number + 2], side)
        if gutter is None:
            number += 1
            continue
        first, last, gutter = _stretch(rows, at, number, gutter)
        if last - first > 1:
            cells = [_cells(row, gutter) for row in rows[first:last]]
            ordered += rows[at:first]
            ordered += [left for left, _ in cells if left] + [right for _, right in cells if right]
            at = last
        number = max(number + 1, at)
    return ordered + rows[at:]


def _gaps(row: Row) -> list[Gutter]:
    return [
        Gutter(before.right, word.left)
        for before, word in pairwise(row.words)
        if word.left - before.right > row.height * _NARROW
    ]


def _seed(row: Row, side: float) -> Gutter | None:
    """Return the gutter of a row with two cells of words; a row with more cells is one of a table."""
    wide = [gap for gap in _gaps(row) if gap.width > row.height * _WIDE]
    if len(wide) != 1:
        return None
    cells = [cell for cell in _cells(row, wide[0]) if cell and _is_cell(cell, side)]
    return wide[0] if len(cells) == 2 else None


def _staggered(rows: list[Row], side: float) -> Gutter | None:
    """Return the gutter between two rows that overlap in height: cells whose lines stand half a line apart."""
    if len(rows) < 2 or rows[0].bottom - rows[1].top < _OVERLAP * min(row.height for row in rows):
        return None
    left, right = sorted(rows, key=lambda row: row.left)
    gutter = Gutter(left.right, right.left)
    wide = gutter.width > max(row.height for row in rows) * _WIDE
    return gutter if wide and _is_cell(left, side) and _is_cell(right, side) else None


def _is_cell(row: Row, side: float) -> bool:
    return row.right - row.left >= side and _letters(row) >= _LETTERS


def _letters(row: Row) -> int:
    return sum(sum(map(str.isalpha, word.text)) for word in row.words)


def _stretch(rows: list[Row], floor: int, seed: int, gutter: Gutter) -> tuple[int, int, Gutter]:
    """Return the rows `[first, last)` round the seed that leave a gutter free, and what is left of it."""
    first, last = seed, seed + 1
    while first > floor and (narrower := _free(rows[first - 1], gutter)) and _near(rows, first - 1, first):
        first, gutter = first - 1, narrower
    while last < len(rows) and (narrower := _free(rows[last], gutter)) and _near(rows, last - 1, last):
        last, gutter = last + 1, narrower
    return first, last, gutter


def _near(rows: list[Row], above: int, below: int) -> bool:
    return rows[below].top - rows[above].bottom < _BREAK * max(rows[above].height, rows[below].height)


def _free(row: Row, gutter: Gutter) -> Gutter | None:
    """Return what `row` leaves of the gutter, None if it stands across it or in more than two cells."""
    middle = (gutter.left + gutter.right) / 2
    if row.right <= middle:
        return Gutter(max(gutter.left, row.right), gutter.right)
    if row.left >= middle:
        return Gutter(gutter.left, min(gutter.right, row.left))
    gaps = _gaps(row)
    if sum(gap.width > row.height * _WIDE for gap in gaps) > 1:
        return None
    shared = max((gutter.within(gap) for gap in gaps), key=lambda gap: gap.width, default=None)
    return shared if shared and shared.width > row.height * _NARROW else None


def _cells(row: Row, gutter: Gutter) -> tuple[Row | None, Row | None]:
    middle = (gutter.left + gutter.right) / 2
    left = tuple(word for word in row.words if (word.left + word.right) / 2 < middle)
    right = row.words[len(left) :]
    return Row(left) if left else None, Row(right) if right else None
