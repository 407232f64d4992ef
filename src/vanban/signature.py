"""The signature block: authority line, title and name."""

from __future__ import annotations

import re
from functools import cache

from vanban import patterns
from vanban.document import Field, Signature, Span
from vanban.lines import Line, Zones, field
from vanban.text import is_upper, squash
from vanban.vocabulary import any_of, table

_NAME_REACH = 40  # lines from the title to the name: seals, stamps and the distribution list may stand between


def read_signature(text: str, lines: list[Line], zones: Zones) -> Signature:
    """Return the signature that follows the body; parts that are not printed are None."""
    block = _capitals(lines, zones)
    if not block:
        return Signature()
    authority, title = _split(block)
    name = _name(text, lines, block[-1], zones)
    return Signature(_joined(text, authority), _joined(text, title), name)


def _capitals(lines: list[Line], zones: Zones) -> list[Line]:
    """Return the lines in capitals that make up authority and title: the first such group after the body."""
    block: list[Line] = []
    for number in range(zones.tail, zones.stop):
        for piece in _pieces(lines[number]):
            if block and not piece.text:
                continue
            if is_upper(piece.text) and (block or _opens_block(piece.text)):
                block.append(piece)
            elif block and patterns.NAME.match(piece.text):
                return block
    return [line for line in block if not line.text.startswith(("PHỤ LỤC", "CỘNG HÒA", "DANH SÁCH"))][:6]


def _pieces(line: Line) -> list[Line]:
    """Return the parts of the line that stand apart, without recipients and labels (two columns on one line)."""
    if not line.text or patterns.ORNAMENT.fullmatch(line.text):
        return []
    label = patterns.DISTRIBUTION.match(line.text)
    at = label.end() if label else 0
    parts = []
    for gap in [*patterns.WIDE_GAP.finditer(line.text, at), None]:
        part = line.text[at : gap.start() if gap else len(line.text)]
        bare = part.strip()
        if bare and bare[0] in "-–+":
            ends = list(patterns.RECIPIENT_END.finditer(bare))
            bare = bare[ends[-1].end() :].strip() if ends else ""
        if bare:
            parts.append(Line(line.start + line.text.index(bare, at), bare))
        at = gap.end() if gap else at
    return parts


def _opens_block(words: str) -> bool:
    return bool(patterns.AUTHORITY_LINE.match(words) or _titles().match(words))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(table('signing')['titles'])})(?!\w)")


def _split(block: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part the lines: authority lines and what goes on with them, then the title."""
    authority: list[Line] = []
    title: list[Line] = []
    for line in block:
        signing = patterns.AUTHORITY_LINE.match(line.text)
        if signing and not title:
            authority.extend(_parted(line, title))
        elif title or (_titles().match(line.text) and not (authority and authority[-1].text.endswith((",", "-")))):
            title.append(line)
        elif authority:
            authority.append(line)
    return authority, title


def _parted(line: Line, title: list[Line]) -> list[Line]:
    """Cut "TM. CHÍNH PHỦ THỦ TƯỚNG" (a table flattened to one line) before its title."""
    if not line.text.startswith(("TM", "T/M", "T.M")):
        return [line]
    words = line.text.split(" ")
    for count in range(3, len(words)):
        rest = " ".join(words[count:])
        if _titles().match(rest) and line.text.endswith(rest) and not rest.startswith(("THƯỜNG TRỰC", "ỦY VIÊN")):
            title.append(Line(line.end - len(rest), rest))
            return [Line(line.start, line.text[: len(line.text) - len(rest)].rstrip())]
    return [line]


def _joined(text: str, lines: list[Line]) -> Field | None:
    if not lines:
        return None
    words = squash(" ".join(line.text for line in lines))
    start, end = lines[0].start, lines[-1].end
    # Recipients beside the signature stand between its lines when two columns run into each other.
    return Field(words, Span(start, end), 1.0 if squash(text[start:end]) == words else 0.9)


def _name(text: str, lines: list[Line], after: Line, zones: Zones) -> Field | None:
    first = next(i for i in range(zones.tail, zones.stop) if lines[i].end >= after.end)
    for line in lines[first + 1 : min(first + _NAME_REACH, len(lines))]:
        for piece in _pieces(line):
            found = _name_in(text, piece)
            if found:
                return found
    return None


def _name_in(text: str, piece: Line) -> Field | None:
    bare = patterns.SIGNED.sub("", piece.text).strip(" [](){}")
    match = patterns.NAME.match(bare)
    if match is None or _is_place(bare) or is_upper(bare):
        return None
    start = text.index(match["name"], piece.start)
    return field(text, start, start + len(match["name"]))


def _is_place(words: str) -> bool:
    return words.startswith(("Nơi ", "Như ", "Phụ lục", "Sở ", "Bộ ", "Ban ", "Văn phòng", "Phòng "))
