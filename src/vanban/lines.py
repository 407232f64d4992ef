"""The lines of a text, and where the letterhead, the body and the end of a document lie among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vanban import patterns
from vanban.document import Field, Span
from vanban.ending.tail import find_tail
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


def columns(text: str, start: int, end: int) -> list[Line]:
    """Return the pieces of `text[start:end]` that stand apart by two spaces or more."""
    pieces = []
    at = start
    for gap in [*patterns.GAP.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        part = text[at:stop].strip()
        if part:
            begin = text.index(part, at)
            pieces.append(Line(begin, part))
        at = gap.end() if gap else end
    return pieces


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
    head = _under_stamp(lines, max(0, anchor - _ABOVE), anchor)
    title = _title(lines, head, anchor + _HEAD_REACH)
    if title is None and anchor > _HEAD_REACH:
        title = _title(lines, 0, _HEAD_REACH)
    after = min(anchor, title) if title is not None and title < anchor - _ABOVE else max(anchor, title or 0)
    tail = find_tail(lines, after + 1)
    return Zones(head, anchor, title, tail, min(len(lines), tail + _TAIL_REACH))


_ABOVE = 14  # lines of the letterhead above the first sure sign of it
_SEEN = 30_000  # characters: only a text that shows no letterhead so far is searched to its end
_NAMES = (patterns.STATE_NAME_MISREAD, patterns.PARTY_NAME_MISREAD, patterns.YOUTH_NAME)  # misread or not


def _anchor(text: str, lines: list[Line]) -> int:
    """Return the first line that prints the name of the state, the party or the union, or a number and symbol."""
    places = _signs(text, _SEEN) or _signs(text, len(text))
    if not places:
        return next((i for i, line in enumerate(lines) if line.text), 0)
    return line_at(lines, min(places))


def _signs(text: str, end: int) -> list[int]:
    """Return where the names and the first number line stand in `text[:end]`."""
    numbers = (match for match in patterns.NUMBER_LINE.finditer(text, 0, end) if not in_metadata(match))
    signs = [name.search(text, 0, end) for name in _NAMES]
    places = [match.start() for match in signs if match]
    number = next(numbers, None)
    return [*places, number.start("mark")] if number else places


def in_metadata(number: re.Match[str]) -> bool:
    """Tell whether a number stands in a site's table of facts ("Số hiệu:"), not in a letterhead."""
    return "hiệu" in number[0]


def _under_stamp(lines: list[Line], first: int, anchor: int) -> int:
    """Return the line under a registry's stamp ("CÔNG VĂN ĐẾN / Số / Ngày") above the letterhead, else `first`."""
    stamps = (i for i in range(first, min(anchor + 1, len(lines))) if patterns.INCOMING.fullmatch(lines[i].text))
    stamp = next(stamps, None)
    if stamp is None:
        return first
    below = stamp + 1
    while below < anchor and (not lines[below].text or patterns.STAMP_LINE.match(lines[below].text)):
        below += 1
    return min(below, anchor)  # a stamp with nothing under it is all there is


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
    """Return the line that prints the kind of document: alone ("CHỈ THỊ"), else before its subject on one line."""
    opening = None
    for number in range(first, min(last, len(lines))):
        words = lines[number].text
        if patterns.ADDRESS.match(words) or words.startswith(("Căn cứ ", "- Căn cứ ")):
            break
        title = title_at(lines, number)
        if title and title.alone:
            return number
        if title and opening is None:
            opening = number
    return opening


@dataclass(frozen=True, slots=True)
class Title:
    """A printed kind of document: its name as in the vocabulary, its range in the text, and how it stands.

    `alone`: no subject follows on its line. `marks_lost`: known by its letters only ("HƯỚNG DÂN", from a picture).
    """

    name: str
    start: int
    end: int
    alone: bool = True
    marks_lost: bool = False


def title_at(lines: list[Line], number: int) -> Title | None:
    """Return the kind of document printed on this line, also cut in two ("NGHỊ" / "ĐỊNH") or spaced out."""
    line = lines[number]
    if len(line.text) < 4:
        return None
    if not line.text[:3].isupper():
        return _small_title(line)
    draft = patterns.DRAFT_TITLE.match(line.text)
    start = draft.end() if draft else 0
    return _cut_title(lines, number) or _title_of(line.text[start:], line.start + start)


def _small_title(line: Line) -> Title | None:
    """Return the kind that is printed alone and not in capitals ("Kế hoạch")."""
    small = len(line.text) <= _LONGEST_KIND and line.text[0].isupper() and line.text.lower() in type_names()
    return Title(line.text.lower(), line.start, line.end, alone=False) if small else None


def _cut_title(lines: list[Line], number: int) -> Title | None:
    """Return the kind whose words stand on this line and open the next filled one."""
    above = lines[number].text
    below = next((line for line in lines[number + 1 : number + 3] if line.text), None)
    if below is None or len(above) > _LONGEST_KIND or not is_upper(above) or not is_upper(below.text):
        return None
    for words in (below.text, below.text.split(" ")[0]):
        if f"{above} {words}".lower() in type_names() and (" " not in above or words == below.text):
            return Title(f"{above} {words}".lower(), lines[number].start, below.start + len(words))
    return None


_LONGEST_KIND = 48  # characters, also when its letters are spaced out
_JOINT = " LIÊN TỊCH"
_LEADS = (" Về ", " về ", " V/v ", " v/v ", " Của ", " của ")  # what opens a subject on the title's line
_NO_KIND = (" SỐ ", " SỐ:", " ĐẾN", " ĐI")  # "CÔNG VĂN ĐẾN" is a stamp, "LUẬT SỐ: …" a number


def _title_of(words: str, start: int) -> Title | None:
    match = patterns.TITLE.match(words)
    if match is None:
        return _misread_title(words, start)
    rest = words[match.end() :]
    if rest.strip() == ":" or rest.startswith(_NO_KIND) or (rest[:1].isalnum() and is_upper(rest)):
        return None
    joint = len(_JOINT) if rest.startswith(_JOINT) else 0
    alone = not rest[joint:].strip(" :.-_") or rest.startswith(" CỦA ") or rest[:1].isalnum()
    if not alone and not is_upper(words) and not rest.startswith(_LEADS):
        return None
    return Title(squash(match[0]).lower(), start, start + match.end() + joint, alone)


def _misread_title(words: str, start: int) -> Title | None:
    if len(words) > 2 * _LONGEST_KIND or not is_upper(words):
        return None
    author = words.find(" CỦA ")
    end = len(words[: author if author > 0 else None].rstrip(" .:-_"))
    name = bare_type_names().get(fold(words[:end]).replace(" ", ""))
    if name is None or words.endswith(":"):
        return None
    lost = words[:end].lower().replace(" ", "") != name.replace(" ", "")
    return Title(name, start, start + end, marks_lost=lost)


@cache
def bare_type_names() -> dict[str, str]:
    """Return kind without marks and spaces → name: a machine that reads pictures loses them ("HƯỚNG DÂN")."""
    return {fold(name).replace(" ", ""): name for name in type_names()}
