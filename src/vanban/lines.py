"""The lines of a text, and where the letterhead, the body and the end of a document lie among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vanban import patterns
from vanban.document import Field, Span
from vanban.endings import find_tail
from vanban.text import fold, is_upper, squash
from vanban.vocabulary import type_names

_HEAD_REACH = 45  # lines: the longest letterhead seen, with site notices before it, took 30
_TAIL_REACH = 60  # lines from "Nơi nhận" to the name of the signer


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the spaces round it; `start` is its first character in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def split(text: str) -> list[Line]:
    """Return the lines of `text`, blank ones as empty lines."""
    lines = []
    offset = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        lines.append(Line(offset + (raw.find(bare) if bare else 0), bare))
        offset += len(raw) + 1
    return lines


def field(text: str, start: int, end: int, confidence: float = 1.0) -> Field | None:
    """Return `text[start:end]` as a Field without the spaces at its ends; None if nothing is left."""
    part = text[start:end]
    bare = part.strip()
    if not bare:
        return None
    start += part.find(bare)
    return Field(squash(bare), Span(start, start + len(bare)), confidence)


@dataclass(frozen=True, slots=True)
class Zones:
    """Line numbers: the letterhead is `[head, body)`, the body `[body, tail)`, the end `[tail, stop)`."""

    head: int
    anchor: int
    title: int | None
    tail: int
    stop: int


def find_zones(text: str, lines: list[Line]) -> Zones:
    """Find where letterhead and end of the document in `text` lie; the first real letterhead wins."""
    anchor = _anchor(text, lines)
    head = max(0, anchor - 14)
    title = _title(lines, head, anchor + _HEAD_REACH)
    if title is None and anchor > _HEAD_REACH:
        title = _title(lines, 0, _HEAD_REACH)
    after = min(anchor, title) if title is not None and title < anchor - 14 else max(anchor, title or 0)
    tail = find_tail(lines, after + 1)
    return Zones(head, anchor, title, tail, min(len(lines), tail + _TAIL_REACH))


def _anchor(text: str, lines: list[Line]) -> int:
    places = [match.start() for name in _NAMES if (match := name.search(text))]
    number = patterns.NUMBER_LINE.search(text)
    if number and not _in_metadata(text, number):
        places.append(number.start("mark"))
    if not places:
        return next((i for i, line in enumerate(lines) if line.text), 0)
    return line_at(lines, min(places))


_NAMES = (patterns.STATE_NAME, patterns.PARTY_NAME, patterns.YOUTH_NAME)


def _in_metadata(text: str, number: re.Match[str]) -> bool:
    """Tell whether a number stands in a site's table of facts ("Số hiệu:"), not in a letterhead."""
    return "hiệu" in number[0]


def line_at(lines: list[Line], offset: int) -> int:
    """Return the number of the line that holds the character at `offset`."""
    low, high = 0, len(lines)
    while low + 1 < high:
        middle = (low + high) // 2
        if lines[middle].start <= offset:
            low = middle
        else:
            high = middle
    return low


def _title(lines: list[Line], first: int, last: int) -> int | None:
    """Return the line that prints the kind of document ("CHỈ THỊ"), also when cut in two ("NGHỊ" / "ĐỊNH")."""
    for number in range(first, min(last, len(lines))):
        if patterns.ADDRESS.match(lines[number].text) or lines[number].text.startswith("Căn cứ "):
            return None
        if title_at(lines, number):
            return number
    return None


def title_at(lines: list[Line], number: int) -> tuple[str, int, int] | None:
    """Return (name, end of the name in the text, lines it takes) if a document's kind is printed on this line."""
    words = lines[number].text
    if not words[:3].isupper() or len(words) < 4:
        return None
    if is_upper(words) and number + 1 < len(lines) and lines[number + 1].text and (" " not in words):
        below = lines[number + 1]
        name = f"{words} {below.text.split(' ')[0]}".lower()
        if name in type_names() and is_upper(below.text):
            return name, below.start + len(below.text.split(" ")[0]), 2
    match = patterns.TITLE.match(words)
    if match is None:
        misread = fold(words) if is_upper(words) and len(words) < 24 else ""
        return (misread, lines[number].end, 1) if misread in folded_type_names() else None
    printed = squash(match[0]).lower()
    rest = words[match.end() :]
    whole = not rest.strip(" :") or rest.startswith((" CỦA ", " LIÊN TỊCH"))
    glued = bool(rest) and not rest[0].isspace() and rest[0].isupper() and not is_upper(rest)
    ends_sentence = rest.strip() == ":"
    return (printed, lines[number].start + match.end(), 1) if (whole or glued) and not ends_sentence else None


@cache
def folded_type_names() -> dict[str, str]:
    """Return kind without marks → abbreviation: a machine that reads pictures loses marks ("HƯỚNG DÂN")."""
    return {fold(name): code for name, code in type_names().items()}
