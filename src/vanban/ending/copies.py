"""The block that makes a paper a certified copy (SAO Y, SAO LỤC, TRÍCH SAO; Party: "Bản sao văn bản").

Sources: 30/2020/NĐ-CP articles 25-26 and annex III forms 3.1-3.2; 36-HD/VPTW and 05-HD/VPTW on copies. On
paper it is a second block under the document, with its own number, date and signer; on an electronic copy one
line on top.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban import patterns
from vanban.dates import day_of
from vanban.document import Copy, Field, Span
from vanban.ending.signature import read_signatures
from vanban.lines import Line, Zones, field
from vanban.text import is_upper, squash

_WORDS = ("SAO Y", "Sao y", "SAO LỤC", "Sao lục", "TRÍCH SAO", "Trích sao", "BẢN SAO", "Bản sao")
_LETTERHEAD = 12  # lines of the copier's letterhead that may stand above the kind of copy


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where the kind of copy is printed: the line, and the place of the words in the text."""

    number: int
    start: int
    end: int
    kind: str


def without_copy(text: str, lines: list[Line]) -> tuple[list[Line], Copy | None]:
    """Return `lines` without the copy's own block or stamp, and what it says."""
    if not any(word in text for word in _WORDS):
        return lines, None
    mark = _mark(lines)
    if mark is None:
        return lines, None
    kind = field(text, mark.start, mark.end)
    if kind is None:
        return lines, None
    if not _has_ended(lines, mark.number):
        return _stamped(text, lines, mark, kind)
    first = _first_line(lines, mark.number)
    copy = _block(text, lines, first, mark, kind)
    return (lines[:first], copy) if copy.date or copy.code or copy.signature.name else (lines, None)


def _mark(lines: list[Line]) -> _Mark | None:
    """Return the last mark; None in a text about copies, which shows several kinds of them."""
    marks = []
    for number, line in enumerate(lines):
        if len(line.text) > 200 or not any(word in line.text for word in _WORDS):
            continue
        at = 0
        for gap in [*patterns.GAP.finditer(line.text), None]:
            part = line.text[at : gap.start() if gap else len(line.text)]
            match = patterns.COPY_KIND.fullmatch(part) or patterns.COPY_LINE.match(part)
            if match:
                start = line.start + at
                marks.append(
                    _Mark(number, start + match.start("kind"), start + match.end("kind"), match["kind"].upper())
                )
            at = gap.end() if gap else at
    return marks[-1] if len({mark.kind for mark in marks}) == 1 else None


def _has_ended(lines: list[Line], number: int) -> bool:
    """Tell whether a document ends above line `number`: else the mark is a stamp on it, not a block under it."""
    forms = (patterns.DISTRIBUTION, patterns.AUTHORITY_LINE)
    return any(line.text and any(form.match(line.text) for form in forms) for line in lines[:number])


def _stamped(text: str, lines: list[Line], mark: _Mark, kind: Field) -> tuple[list[Line], Copy]:
    """Read the one line that an electronic copy bears on top: kind; body; day; time."""
    line = lines[mark.number]
    left = list(lines)
    kept = line.text[: mark.start - line.start].rstrip(" ([")
    left[mark.number] = Line(line.start, kept)
    row = patterns.COPY_LINE.match(text, mark.start, line.end)
    if row is None:
        return left, Copy(kind)
    body = field(text, *row.span("organ"))
    return left, Copy(kind, None, body, day_of(row["day"], row["month"], row["year"]))


def _first_line(lines: list[Line], number: int) -> int:
    """Return where the block begins: above the kind stand only the copier's letterhead and a rule."""
    first = number
    for above in range(number - 1, max(-1, number - _LETTERHEAD), -1):
        words = lines[above].text
        if not words or patterns.ORNAMENT.fullmatch(words):
            continue
        dated = patterns.PLACE_DATE.search(words) or patterns.NUMBER_LINE.match(words)
        if not (is_upper(words) or dated or patterns.MOTTO.search(words)):
            break
        first = above
    return first


def _block(text: str, lines: list[Line], first: int, mark: _Mark, kind: Field) -> Copy:
    start, end = lines[first].start, lines[-1].end
    number = patterns.NUMBER_LINE.search(text, start, end)
    dated = patterns.PLACE_DATE.search(text, start, end)
    issued_on = day_of(dated["day"], dated["month"], dated["year"]) if dated else None
    after = next((i for i in range(mark.number + 1, len(lines)) if _ends_letterhead(lines[i])), len(lines))
    signed = read_signatures(text, lines, Zones(first, first, None, after, len(lines)))
    return Copy(kind, _code(text, number), _organ(text, lines, first, mark), issued_on, signed[0])


def _ends_letterhead(line: Line) -> bool:
    words = line.text
    return bool(words) and bool(patterns.DISTRIBUTION.match(words) or patterns.AUTHORITY_LINE.match(words))


def _code(text: str, number: re.Match[str] | None) -> Field | None:
    if number is None or number["number"] is None:
        return None
    start, end = number.start("number"), number.end("symbol")
    return Field(squash(text[start:end]).replace(" ", ""), Span(start, end))


def _organ(text: str, lines: list[Line], first: int, mark: _Mark) -> Field | None:
    """Return the copying body: the last lines in capitals of its letterhead that are not the State's name."""
    named = []
    for line in lines[first : mark.number + 4]:
        at = 0
        for gap in [*patterns.GAP.finditer(line.text), None]:
            part = line.text[at : gap.start() if gap else len(line.text)]
            own = (
                is_upper(part)
                and not patterns.COPY_KIND.fullmatch(part)
                and not patterns.AUTHORITY_LINE.match(part)
            )
            if own and not any(form.search(part) for form in _NOT_ORGANS):
                named.append((line.start + at, line.start + at + len(part)))
            at = gap.end() if gap else at
    return field(text, *named[-1]) if named else None


_NOT_ORGANS = (patterns.STATE_NAME, patterns.PARTY_NAME, patterns.YOUTH_NAME, patterns.MOTTO)
