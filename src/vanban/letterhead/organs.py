"""Which lines of the letterhead name the issuing body and the one above it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from vanban import patterns
from vanban.document import Field, Span
from vanban.lines import Line, line_at
from vanban.text import is_upper, squash
from vanban.vocabulary import any_of, table

if TYPE_CHECKING:
    from vanban.letterhead.header import Letterhead

_JOINT = ("THÔNG TƯ LIÊN TỊCH", "NGHỊ QUYẾT LIÊN TỊCH")  # of bodies of one rank: none is above the other
_REACH = 14  # lines before the title in which the bodies stand


def organs_of(head: Letterhead, type_name: Field | None) -> tuple[Field | None, Field | None]:
    """Return (superior, issuer). Lines in capitals before the title that open with the name of a body count.

    Of a joint paper the bodies are one name, the lead body first, joined as printed.
    """
    candidates = _candidates(head, type_name)
    groups: list[list[Line]] = []
    for line in candidates:
        if groups and not _opens(groups[-1], line):
            groups[-1].append(line)
        elif groups or _heads().match(line.text):
            groups.append([line])
    if not groups:
        return None, _unknown(head, candidates)
    names = [_joined(head.text, group) for group in groups]
    if len(names) > 1 and type_name and type_name.value.upper().startswith(_JOINT):
        return None, Field(" - ".join(name.value for name in names), _between(head, names[0], names[-1]).span, 0.9)
    superior = _between(head, names[0], names[-2]) if len(names) > 1 else None
    return superior, names[-1]


def _candidates(head: Letterhead, type_name: Field | None) -> list[Line]:
    zones = head.zones
    anchor = zones.anchor
    last = line_at(head.lines, head.end) + 1
    if type_name and type_name.span and line_at(head.lines, type_name.span.start) >= anchor - _REACH:
        last = line_at(head.lines, type_name.span.start)
    found: list[Line] = []
    for piece in head.pieces(max(zones.head, anchor - _REACH), last):
        words = _capitals(piece)
        if words is None:
            if found and piece.text[0].islower() and piece.start < head.lines[anchor].start:
                found.clear()  # a sentence of something that stands before the letterhead
            elif found and piece.text[0].islower() and not patterns.ORNAMENT.fullmatch(piece.text):
                break
            continue
        found.append(words)
    return found


def _capitals(piece: Line) -> Line | None:
    """Return the piece, or the capitals it opens with, if it may be part of a body's name."""
    lead = patterns.ORNAMENT_LEAD.match(piece.text)
    skip = lead.end() if lead else 0
    text = piece.text[skip:]
    if not text or patterns.DISTRIBUTION.match(text):
        return None
    words = text.split()
    count = next((i for i, word in enumerate(words) if word != word.upper()), len(words))
    end = _length(text, count)
    text = patterns.RULE_AT_END.sub("", text[:end]).rstrip(" ,;*_.|:")
    return Line(piece.start + skip, text) if is_upper(text) and patterns.LONG_WORD.search(text) else None


def _length(text: str, count: int) -> int:
    """Return how many characters the first `count` words of `text` take."""
    end = 0
    for word in text.split()[:count]:
        end = text.index(word, end) + len(word)
    return end


def _opens(above: list[Line], line: Line) -> bool:
    """Tell whether `line` opens another body's name rather than going on with the one above."""
    if not _heads().match(line.text):
        return False
    name = squash(" ".join(part.text for part in above))
    return name not in table("organs")["unfinished"] and not name.endswith(_LINKS)


_LINKS = (
    "-",
    "–",
    "&",
    " VÀ",
    " VỀ",
    " CỦA",
    " TRƯỜNG",
    " NGÀNH",
    " CẤP",
    " KHỐI",
)  # a name that ends so goes on below


@cache
def _heads() -> re.Pattern[str]:
    heads = table("organs")["heads"] + table("organs")["in_letterhead"]
    # Machines lose the space behind an abbreviation: "UBNDTỈNH AN HẢI".
    return re.compile(rf"(?:{any_of(head.upper() for head in heads)})(?!\w)|UBND|HĐND")


def _unknown(head: Letterhead, candidates: list[Line]) -> Field | None:
    """Return the lines in capitals over the number, when no body's name is known by its first word: a guess."""
    number = head.zones.anchor + _REACH
    near = [line for line in candidates if line_at(head.lines, line.start) <= number]
    if not near or not head.numbered:
        return None
    name = _joined(head.text, near[:3])
    return Field(name.value, name.span, 0.6)


def _joined(text: str, group: list[Line]) -> Field:
    end = group[-1].start + len(group[-1].text.rstrip(" -–"))
    value = squash(" ".join(line.text for line in group)).rstrip(" -–")
    span = Span(group[0].start, end)
    return Field(value, span, _sureness(text, span, value))


def _sureness(text: str, span: Span, value: str) -> float:
    """Less than sure if words of the other column stand between the parts of the name."""
    return 1.0 if squash(text[span.start : span.end]) == value else 0.9


def _between(head: Letterhead, first: Field, last: Field) -> Field:
    if first is last or first.span is None or last.span is None:
        return first
    value, span = squash(f"{first.value} {last.value}"), Span(first.span.start, last.span.end)
    return Field(value, span, _sureness(head.text, span, value))
