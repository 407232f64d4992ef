"""Where the end of a document begins: recipients and signature, its own and not those of a specimen or a form."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from vanban import patterns
from vanban.text import fold, is_upper

if TYPE_CHECKING:
    from vanban.lines import Line


def find_tail(lines: list[Line], first: int) -> int:
    """Return the line where the end begins: "Nơi nhận" with its "Lưu", else the authority line, else the end.

    A specimen in a text about the form of documents is passed over: its list of articles goes on behind it. The
    forms and appendices behind a document have ends of their own: they count only if nothing before them does.
    """
    numbers = _numbered(lines, first)
    last = next((i for i in range(first, len(lines)) if _opens_appendix(lines, i, numbers)), len(lines))
    for stop in (last, len(lines)):
        tail = _signed_tail(lines, first, stop, numbers)
        closed = None if tail is not None else _closing(lines, first, stop)
        if tail is not None or closed is not None:
            return tail if tail is not None else closed or stop
    return _signed_at_end(lines, first)


def _opens_appendix(lines: list[Line], number: int, numbers: _Numbers) -> bool:
    words = lines[number].text
    if not words or words[0] not in "PMB" or appendix_at(words) is None:
        return False
    return not _goes_on(numbers, number)


def appendix_at(words: str) -> re.Match[str] | None:
    """Return the parts of a line that opens an appendix ("PHỤ LỤC I", "Mẫu số 01: …"), None for a sentence."""
    if not words or words[0] not in "PMB" or len(words) > 300:
        return None
    match = patterns.APPENDIX.match(words)
    if match is None or (match["form"] and not match["number"]):
        return None
    title = match["title"]
    apart = match["mark"] or is_upper(title) or patterns.CAPTION.match(title)
    return match if not title or (apart and not title.endswith((";", "/."))) else None


def _signed_tail(lines: list[Line], first: int, stop: int, numbers: _Numbers) -> int | None:
    """Return the line where recipients or signature begin, before line `stop`."""
    lists = [i for i in range(first, stop) if lines[i].text and patterns.DISTRIBUTION.match(lines[i].text)]
    lists = [i for i in lists if not _goes_on(numbers, i)]
    archived = next((i for i in lists if _archived(lines, i)), None)
    listed = archived if archived is not None else next(iter(lists), None)
    signed = next((i for i in _authorities(lines, first, stop) if not _goes_on(numbers, i)), None)
    if listed is None:
        return signed
    near = next(_authorities(lines, max(first, listed - 12), listed), listed)
    if signed is not None and signed < near and archived is None:
        return signed
    return near


_COUNTED = ("part", "chapter", "article", "roman")


_Numbers = dict[str, tuple[list[int], list[int]]]


def _numbered(lines: list[Line], first: int) -> _Numbers:
    """Return family → (lines, values) of the parts, chapters, articles and roman sections."""
    found: _Numbers = {family: ([], []) for family in _COUNTED}
    for number in range(first, len(lines)):
        words = lines[number].text
        if (
            words
            and words[0] in "PCĐIVXL"
            and (match := patterns.MARKER.match(words))
            and match.lastgroup in _COUNTED
        ):
            places, values = found[match.lastgroup]
            places.append(number)
            values.append(figure(match[match.lastgroup]))
    return found


def figure(printed: str) -> int:
    """Return the value of "Điều 12a", "Chương IV", "III" (0 if it is written in words)."""
    last = printed.split()[-1]
    if last[0].isdigit():
        return int("".join(filter(str.isdigit, last)))
    value = 0
    for sign, after in zip(last, [*last[1:], " "], strict=True):
        size = _ROMAN.get(sign, 0)
        value += -size if size < _ROMAN.get(after, 0) else size
    return value


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def _goes_on(numbers: _Numbers, at: int) -> bool:
    """Tell whether a list of parts or articles goes on, one higher, behind line `at`."""
    for places, values in numbers.values():
        after = bisect_right(places, at)
        before = bisect_left(places, at) - 1
        if before >= 0 and after < len(places) and values[before] and values[after] == values[before] + 1:
            return True
    return False


def _archived(lines: list[Line], number: int) -> bool:
    return any(
        fold(line.text[:12]).lstrip("- ").startswith("luu") or "Lưu:" in line.text
        for line in lines[number : number + 45]
    )


def _authorities(lines: list[Line], first: int, stop: int) -> Iterator[int]:
    for number in range(first, stop):
        words = lines[number].text
        if words and words[0] in "TKQ" and patterns.AUTHORITY_LINE.match(words) and is_upper(words):
            yield number


def _closing(lines: list[Line], first: int, stop: int) -> int | None:
    """Return the line after the one that closes the body with "./."."""
    return next((i + 1 for i in range(first, stop) if lines[i].text.endswith(("./.", "/."))), None)


def _signed_at_end(lines: list[Line], first: int) -> int:
    filled = [i for i in range(first, len(lines)) if lines[i].text]
    for number, below in reversed(list(pairwise(filled[-40:]))):
        if is_upper(lines[number].text) and not patterns.MARKER.match(lines[number].text):
            name = patterns.SIGNED.sub("", lines[below].text).strip()
            near = lines[filled[filled.index(below) + 1]].text if below != filled[-1] else ""
            if patterns.NAME.match(name or near) and not is_upper(name or near):
                return number
    return len(lines)
