"""The letterhead: who issues, under which number, when, where and about what. Fields are found by their own form.

Sources: 30/2020/NĐ-CP annex I (state), 36-HD/VPTW and 05-HD/VPTW (party). Two columns may come in any order,
so nothing here relies on the order of the lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from vanban import patterns
from vanban.dates import day_of
from vanban.document import Field, Header, Regime, Span
from vanban.lines import Line, Zones, folded_type_names, line_at, title_at
from vanban.lines import field as field_at
from vanban.organs import organs_of
from vanban.subject import read_subject
from vanban.text import fold, squash
from vanban.vocabulary import table, type_codes

_MARK_LINES = 40  # a mark of secrecy counts on a line of its own among the first so many lines


@dataclass(slots=True)
class Letterhead:
    """The letterhead while it is read: its lines and the stretches of text already taken by a field."""

    text: str
    lines: list[Line]
    zones: Zones
    taken: list[Span] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.lines[self.zones.head].start if self.lines else 0

    @property
    def end(self) -> int:
        """Where the letterhead ends: at the addressees, the legal basis, or after so many lines."""
        zones = self.zones
        for number in range(zones.anchor + 1, min(zones.tail, zones.anchor + 40)):
            words = self.lines[number].text
            if patterns.ADDRESS.match(words) or words.startswith(("Căn cứ ", "- Căn cứ")):
                return self.lines[number].start
        last = min(len(self.lines) - 1, zones.anchor + 40)
        return self.lines[last].end if self.lines else 0

    def take(self, start: int, end: int) -> None:
        self.taken.append(Span(start, end))

    def pieces(self, first: int, last: int) -> list[Line]:
        """Return what is left of the lines `[first, last)` once the taken stretches are cut out."""
        left = []
        for line in self.lines[first:last]:
            cuts = sorted((s.start, s.end) for s in self.taken if s.start < line.end and s.end > line.start)
            at = line.start
            for start, end in [*cuts, (line.end, line.end)]:
                if start > at:
                    left.extend(_columns(self.text, at, start))
                at = max(at, end)
        return left


def _columns(text: str, start: int, end: int) -> list[Line]:
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


def read_header(text: str, lines: list[Line], zones: Zones) -> tuple[Header, Regime | None, int]:
    """Read the letterhead. Return it, the regime, and the offset in `text` after its last field."""
    head = Letterhead(text, lines, zones)
    names = {regime: _take_name(head, pattern) for regime, pattern in _NAMES}
    _take_all(head, patterns.MOTTO)
    number, symbol, code = _number(head)
    place, issued_on, date_span = _place_and_date(head)
    secrecy, urgency = (_mark(head, pattern) for pattern in (patterns.SECRECY, patterns.URGENCY))
    type_name = _type_name(head)
    kind = _type(type_name, symbol, code)
    subject = read_subject(head, type_name, code, dispatch=kind is not None and kind.value == "CV")
    superior, issuer = organs_of(head, type_name)
    header = Header(
        superior,
        issuer,
        number,
        symbol,
        code,
        kind,
        type_name,
        place,
        issued_on,
        date_span,
        subject,
        secrecy,
        urgency,
    )
    spans = [f.span for f in (code, symbol, place, type_name, subject, issuer) if f and f.span]
    end = max(
        (span.end for span in [*spans, *([date_span] if date_span else []), *names.values()] if span), default=0
    )
    return header, _regime(names, code, superior, issuer), end


_NAMES = (
    (Regime.STATE, patterns.STATE_NAME),
    (Regime.PARTY, patterns.PARTY_NAME),
    (Regime.YOUTH, patterns.YOUTH_NAME),
)


def _take_name(head: Letterhead, pattern: re.Pattern[str]) -> Span | None:
    _take_all(head, pattern)
    match = pattern.search(head.text, head.start, head.end)
    return Span(match.start(), match.end()) if match else None


def _take_all(head: Letterhead, pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(head.text, head.start, head.end):
        head.take(match.start(), match.end())


def _number(head: Letterhead) -> tuple[Field | None, Field | None, Field | None]:
    """Read number, symbol and code. A blank number (a draft) gives the symbol alone."""
    text = head.text
    match = patterns.NUMBER_LINE.search(text, head.start, head.end)
    if match and "hiệu" in match[0]:
        match = patterns.NUMBER_LINE.search(text, match.end(), head.end) or match
    match = match or patterns.SPLIT_NUMBER.search(text, head.start, head.end)
    if match is None:
        return None, None, None
    head.take(match.start(), match.end())
    printed = squash(match["symbol"]).replace(" ", "").replace("–", "-").replace("—", "-")
    symbol = Field(printed, Span(*match.span("symbol")))
    if match["number"] is None:
        return None, Field(printed, symbol.span, 0.9), None
    number = Field(match["number"], Span(*match.span("number")))
    mark = (
        "/"
        if "/" in match[0][match.end("number") - match.start() : match.start("symbol") - match.start()]
        else "-"
    )
    return number, symbol, Field(number.value + mark + printed, Span(match.start("number"), match.end("symbol")))


def _place_and_date(head: Letterhead) -> tuple[Field | None, date | None, Span | None]:
    for piece in head.pieces(head.zones.head, line_at(head.lines, head.end) + 1):
        match = patterns.PLACE_DATE.search(head.text, piece.start, min(piece.end + 60, head.end))
        if match and match.start() < piece.end and len(piece.text) < 90:
            break
    else:
        return None, None, None
    head.take(match.start(), match.end())
    place = field_at(head.text, *_whole_place(head, match))
    issued_on = day_of(match["day"], match["month"], match["year"])
    return place, issued_on, Span(match.end("place") + 1, match.end())


def _whole_place(head: Letterhead, match: re.Match[str]) -> tuple[int, int]:
    """Return the range of the place, with its beginning on the line before when a line end cut it."""
    start, end = match.span("place")
    before = head.text[max(0, start - 30) : start]
    for place in table("organs")["cut_places"]:
        opening = place[: -len(squash(match["place"]))]
        if place.endswith(squash(match["place"])) and opening and squash(before).endswith(opening.strip()):
            begin = head.text.rindex(opening.split()[0], max(0, start - 30), start)
            head.take(begin, start)
            return begin, end
    return start, end


def _type_name(head: Letterhead) -> Field | None:
    number = head.zones.title
    found = title_at(head.lines, number) if number is not None else None
    if number is None or found is None:
        return None
    _, end, _ = found
    start = head.lines[number].start
    head.take(start, end)
    return field_at(head.text, start, end)


def _type(type_name: Field | None, symbol: Field | None, code: Field | None) -> Field | None:
    """Return the kind's abbreviation: the printed heading decides, then the symbol, else it is a letter (CV)."""
    if type_name:
        return Field(folded_type_names()[fold(type_name.value)], type_name.span)
    if symbol is None:
        return None
    groups = symbol.value.replace("/", "-").split("-")
    groups = groups[1:] if groups[0].isdigit() else groups
    known = groups[0] in type_codes() and len(groups) > 1
    return Field(groups[0] if known else "CV", symbol.span, 0.9 if known or code else 0.7)


def _mark(head: Letterhead, pattern: re.Pattern[str]) -> Field | None:
    """Find a mark of secrecy or urgency that stands alone among the first lines, or in the letterhead.

    To miss a mark is worse than to see one too many: any piece of a line that is nothing but the mark counts.
    """
    filled = [i for i, line in enumerate(head.lines[:400]) if line.text][:_MARK_LINES]
    first_lines = set(filled) | set(range(head.zones.head, line_at(head.lines, head.end) + 1))
    for number in sorted(first_lines):
        line = head.lines[number] if number < len(head.lines) else Line(0, "")
        for piece in [line, *head.pieces(number, number + 1), *_columns(head.text, line.start, line.end)]:
            match = pattern.fullmatch(piece.text) if len(piece.text) < 60 else None
            if match:
                start = piece.start + match.start("mark")
                head.take(piece.start, piece.end)
                return field_at(head.text, start, piece.start + match.end("mark"))
    return None


def _regime(
    names: dict[Regime, Span | None], code: Field | None, superior: Field | None, issuer: Field | None
) -> Regime | None:
    for regime in (Regime.PARTY, Regime.YOUTH):
        if names[regime] and not names[Regime.STATE]:
            return regime
    body = " ".join(name.value for name in (superior, issuer) if name)
    if names[Regime.STATE] or (code and "/" in code.value.split("-")[0]):
        if "CÔNG ĐOÀN" in body or "LIÊN ĐOÀN LAO ĐỘNG" in body:
            return Regime.UNION
        return Regime.FRONT if "MẶT TRẬN TỔ QUỐC" in body or "CỰU CHIẾN BINH" in body else Regime.STATE
    return Regime.PARTY if code and "-" in code.value else None
