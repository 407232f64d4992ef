"""Who a document is sent to: those of "Kính gửi" and the lines of "Nơi nhận"."""

from __future__ import annotations

import re

from vanban import patterns
from vanban.document import Field, Recipient, RecipientKind
from vanban.lines import Line, Zones, field
from vanban.text import fold, is_upper

_REACH = 60  # lines after the start of the letterhead in which the addressees stand
_CHANNELS = (
    "website",
    "cong thong tin",
    "cong ttdt",
    "trang thong tin",
    "cong bao",
    "dang tai",
    "bao ",
    "dai ",
    "truyen hinh",
)


def read_addressees(text: str, lines: list[Line], zones: Zones) -> tuple[tuple[Field, ...], int]:
    """Return the addressees and the number of the line after them (0 if there are none)."""
    for number in range(zones.head, min(zones.tail, zones.anchor + _REACH)):
        words = lines[number].text
        label = patterns.ADDRESS.match(words) if words else None
        if label or patterns.TELEGRAM.search(words):
            rest = lines[number].start + (label.end() if label else len(words))
            return _listed(text, lines, number, rest, zones.tail)
    return (), 0


def _listed(text: str, lines: list[Line], number: int, rest: int, tail: int) -> tuple[tuple[Field, ...], int]:
    parts: list[tuple[int, int]] = []
    dashed = False
    first = lines[number]
    if text[rest : first.end].strip():
        parts.append((rest, first.end))
        dashed = text[rest : first.end].lstrip()[0] in "-–+•"
    number += 1
    while number < tail:
        line = lines[number]
        if line.text and line.text[0] in "-–+•":
            dashed = True
            parts.append((line.start, line.end))
        elif line.text and not parts:
            parts.append((line.start, line.end))
        elif line.text and not (dashed is False and text[parts[-1][1] - 1] == ";"):
            break
        elif line.text:
            parts.append((line.start, line.end))
        number += 1
    cut = patterns.COPIES if dashed else patterns.SEMICOLON
    names = (name for start, end in parts for name in _names(text, start, end, cut))
    return tuple(names), number


def _names(text: str, start: int, end: int, between: re.Pattern[str] = patterns.COPIES) -> list[Field]:
    """Return the names in one line, parted by matches of `between` ("; - " in a list of dashes)."""
    found = []
    at = start
    for cut in [*between.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        bare = text[at:stop].strip(" -–+•*")
        if bare.rstrip(" .;,"):
            begin = text.index(bare, at)
            name = field(text, begin, begin + len(bare.rstrip(" .;,")))
            found.extend([name] if name else [])
        at = cut.end() if cut else end
    return found


def read_distribution(text: str, lines: list[Line], zones: Zones) -> tuple[Recipient, ...]:
    """Return the lines of "Nơi nhận", also when the signature stands between them; stops after "Lưu"."""
    first = next((i for i in range(zones.tail, zones.stop) if patterns.DISTRIBUTION.match(lines[i].text)), None)
    if first is None:
        return ()
    label = patterns.DISTRIBUTION.match(lines[first].text)
    parts: list[tuple[int, int]] = []
    after = lines[first].start + (label.end() if label else 0)
    if text[after : after + 1] in ("-", "–"):
        parts.append((after, lines[first].end))
    for line in lines[first + 1 : zones.stop]:
        if not line.text:
            continue
        if line.text[0] in "-–+•" and line.text.strip("-–_* "):
            parts.append((line.start, _column_end(line)))
        elif parts and _continues(text, parts[-1], line):
            parts[-1] = (parts[-1][0], line.end)
        elif parts and _is_archive(text[parts[-1][0] : parts[-1][1]]):
            break
    names = (name for start, end in parts for name in _names(text, start, end))
    return tuple(Recipient(name.value, kind_of(name.value), name.span) for name in names)


def _column_end(line: Line) -> int:
    """Return where the recipient ends: before a part of the signature that shares its line."""
    for cut in (*patterns.WIDE_GAP.finditer(line.text, 3), *patterns.RECIPIENT_END.finditer(line.text)):
        beside = line.text[cut.end() :].strip()
        if is_upper(beside) or patterns.NAME.match(beside) or patterns.SIGNED.match(beside):
            return line.start + cut.start() + cut[0].startswith((";", "."))
    return line.end


def _continues(text: str, part: tuple[int, int], line: Line) -> bool:
    """Tell whether `line` goes on with the recipient above it and is no part of the signature beside it."""
    above = text[part[0] : part[1]].rstrip()
    if text[part[1] : line.start].count("\n") > 1 or patterns.AUTHORITY_LINE.match(line.text):
        return False
    if _is_archive(above):
        return line.text[0].isdigit() or line.text[0] == "("
    if line.text[0].islower() and above[-1] != ".":
        return True
    return above[-1] not in ";." and not is_upper(line.text) and not patterns.NAME.match(line.text)


def _is_archive(words: str) -> bool:
    return fold(words).lstrip("-–+• ").startswith("luu")


def kind_of(name: str) -> RecipientKind:
    """Return what sort of recipient `name` is."""
    folded = fold(name)
    if folded.startswith("luu"):
        return RecipientKind.ARCHIVE
    if folded.startswith("nhu "):
        return RecipientKind.ADDRESSEES
    if patterns.PERSON.search(name):
        return RecipientKind.PERSON
    if any(folded.startswith(word) for word in _CHANNELS) or "website" in folded or "cong thong tin" in folded:
        return RecipientKind.CHANNEL
    return RecipientKind.ORGAN
