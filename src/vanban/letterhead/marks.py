"""Marks on the letterhead: secrecy, urgency, draft, who may see it. Each stands alone on a piece of a line.

Sources: 30/2020/NĐ-CP annex I, cells 10 and 11; 01/2011/TT-BNV, cells 10 and 11; 36-HD/VPTW and 05-HD/VPTW, cells
10 and 11.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from vanban import patterns
from vanban.document import Field
from vanban.lines import Line, columns, field, line_at

if TYPE_CHECKING:
    from vanban.letterhead.header import Letterhead

_LINES = 40  # a mark counts among the first so many filled lines
_SEARCHED = 400  # lines searched for them
_LONGEST = 70  # characters
_MISREAD = 0.6  # how sure a mark is whose letters are not as they should be


def read_mark(head: Letterhead, pattern: re.Pattern[str]) -> Field | None:
    """Find a mark that stands alone among the first lines, or in the letterhead.

    To miss a mark is worse than to see one too many: any piece of a line that is nothing but the mark counts.
    """
    filled = (
        i
        for i, line in enumerate(head.lines[: min(_SEARCHED, max(head.zones.tail, head.zones.anchor + 1))])
        if line.text
    )
    first = set(islice(filled, _LINES)) | set(range(head.zones.head, line_at(head.lines, head.end) + 1))
    return _first(head, pattern, sorted(first))


def read_secrecy(head: Letterhead) -> Field | None:
    """Find the mark of secrecy, also where a machine lost the marks of its letters ("TÔI MÂT"), then as a guess.

    Whoever keeps documents refuses both: a secret paper must not slip in as a scan.
    """
    found = read_mark(head, patterns.SECRECY)
    misread = None if found else read_mark(head, patterns.SECRECY_MISREAD)
    return found or (replace(misread, confidence=_MISREAD) if misread else None)


def read_circulation(head: Letterhead, foot: list[Line]) -> Field | None:
    """Find the limit of circulation, also under the signature ("Không phổ biến …": 05-HD/VPTW, cell 11)."""
    found = read_mark(head, patterns.CIRCULATION)
    below = (_marked(head, patterns.CIRCULATION, line) for line in foot)
    return found or next((mark for mark in below if mark), None)


def _first(head: Letterhead, pattern: re.Pattern[str], numbers: Iterable[int]) -> Field | None:
    for number in numbers:
        if number >= len(head.lines):
            break
        for piece in _pieces(head, number, head.lines[number]):
            found = _marked(head, pattern, piece)
            if found:
                return found
    return None


def _marked(head: Letterhead, pattern: re.Pattern[str], piece: Line) -> Field | None:
    match = pattern.fullmatch(piece.text) if len(piece.text) < _LONGEST else None
    if match is None:
        return None
    head.take(piece.start, piece.end)
    return field(head.text, piece.start + match.start("mark"), piece.start + match.end("mark"))


def _pieces(head: Letterhead, number: int, line: Line) -> list[Line]:
    """Return the line, and the parts of it that stand apart or are left by other fields."""
    if not line.text:
        return []
    if "  " not in line.text and len(line.text) >= 2 * _LONGEST:
        return []
    return [line, *head.pieces(number, number + 1), *columns(head.text, line.start, line.end)]
