"""Where the end of a document begins: recipients and signature, its own and not those of a specimen or a form."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
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
    near = min(near, _signed_above(lines, first, near))
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


def _signed_above(lines: list[Line], first: int, listed: int) -> int:
    """Return the first line of signatures right above the recipients (minutes, joint papers), else `listed`."""
    filled = [i for i in range(max(first, listed - _SIGNED_REACH), listed) if lines[i].text]
    titled = next((at for at in range(len(filled) - 2, -1, -1) if _is_title(lines[filled[at]].text)), None)
    if titled is None or not all(_are_names(lines[i].text) for i in filled[titled + 1 :]):
        return listed
    return filled[_first_of_block(lines, filled, titled)]


def _signed_at_end(lines: list[Line], first: int) -> int:
    """Return the line of the first title in capitals over the names that close the text, else its end."""
    filled = [i for i in range(first, len(lines)) if lines[i].text][-_SIGNED_REACH:]
    for at in range(len(filled) - 2, -1, -1):
        below = [lines[i].text for i in filled[at + 1 : at + 3]]
        name = below[-1] if _is_signed(below[0]) else below[0]
        if _is_title(lines[filled[at]].text) and _are_names(name):
            return filled[_first_of_block(lines, filled, at)]
    return len(lines)


def _is_signed(words: str) -> bool:
    """Tell whether the line says "(đã ký)" and nothing else."""
    return not patterns.SIGNED.sub("", words).strip(" []()")


_SIGNED_REACH = 40  # filled lines at the end of a text in which its signature stands


def _is_title(words: str) -> bool:
    return is_upper(words) and not patterns.MARKER.match(words)


def _are_names(words: str) -> bool:
    """Tell whether the line holds a name, or several apart, signed or not."""
    parts = [patterns.SIGNED.sub("", part).strip(" []()") for part in patterns.WIDE_GAP.split(words)]
    named = [part for part in parts if part]
    return bool(named) and all(_is_name(part) for part in named)


def _is_name(words: str) -> bool:
    return bool(patterns.NAME.match(words)) and not is_upper(words) and not patterns.MARKER.match(words)


def _first_of_block(lines: list[Line], filled: list[int], at: int) -> int:
    """Return the place in `filled` of the first line of the signatures that run on to place `at`."""
    first = at
    for above in range(at - 1, -1, -1):
        words = lines[filled[above]].text
        if _is_title(words):
            first = above
        elif not (_are_names(words) or _is_signed(words)):
            break
    return first
