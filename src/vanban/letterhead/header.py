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
from vanban.letterhead.marks import read_circulation, read_mark, read_secrecy
from vanban.letterhead.organs import organs_of
from vanban.letterhead.regime import regime_in, regime_of
from vanban.letterhead.subject import read_appendix, read_author, read_subject
from vanban.lines import Line, Title, Zones, columns, in_metadata, line_at, title_at
from vanban.lines import field as field_at
from vanban.text import squash
from vanban.vocabulary import table, type_codes, type_names

_REACH = 40  # lines of a letterhead below the first sure sign of it


@dataclass(slots=True)
class Letterhead:
    """The letterhead while it is read: its lines and the stretches of text already taken by a field."""

    text: str
    lines: list[Line]
    zones: Zones
    taken: list[Span] = field(default_factory=list)
    numbered: bool = False  # a number or a symbol was read
    gazette: re.Match[str] | None = None  # number and day under the kind, as the gazette prints them
    end: int = 0  # where the letterhead ends: at the addressees, the legal basis, or after so many lines

    def __post_init__(self) -> None:
        self.end = self._end()

    @property
    def start(self) -> int:
        return self.lines[self.zones.head].start if self.lines else 0

    def _end(self) -> int:
        zones = self.zones
        for number in range(zones.anchor + 1, min(zones.tail, zones.anchor + _REACH)):
            words = self.lines[number].text
            if patterns.ADDRESS.match(words) or words.startswith(("Căn cứ ", "- Căn cứ")):
                return self.lines[number].start
        last = min(len(self.lines) - 1, zones.anchor + _REACH)
        return self.lines[last].end if self.lines else 0

    def take(self, start: int, end: int) -> None:
        self.taken.append(Span(start, end))

    def pieces(self, first: int, last: int) -> list[Line]:
        """Return what is left of the lines `[first, last)` once the taken stretches are cut out."""
        left = []
        for line in self.lines[first:last]:
            if not line.text:
                continue
            cuts = sorted((s.start, s.end) for s in self.taken if s.start < line.end and s.end > line.start)
            at = line.start
            for start, end in [*cuts, (line.end, line.end)]:
                if start > at:
                    left.extend(columns(self.text, at, start))
                at = max(at, end)
        return left


def read_header(
    text: str, lines: list[Line], foot: list[Line], zones: Zones
) -> tuple[Header, Regime | None, float, int]:
    """Read the letterhead in `lines`; of the `foot`, the lines at the signature, only the limit of circulation.

    Return it, the regime and how sure that is, and the offset after its last field.
    """
    appendix = read_appendix(text, lines)
    if appendix:
        return appendix[0], *regime_in(text), appendix[1]
    head = Letterhead(text, lines, zones)
    names = _take_names(head)
    header = _fields(head, foot)
    regime, sure = regime_of(names, header)
    if regime is None:
        regime, sure = regime_in(text)
    return header, regime, sure, _end(header, names)


def _fields(head: Letterhead, foot: list[Line]) -> Header:
    """Read the fields one after the other; each takes its words, so that the next does not read them again."""
    text, lines, zones = head.text, head.lines, head.zones
    if "NGÀY " in text[head.start : head.end]:
        head.gazette = patterns.GAZETTE_LINE.search(text, head.start, head.end)
    number, symbol, code = _number(head)
    head.numbered = symbol is not None
    place, issued_on, date_span, date_sure = _place_and_date(head)
    secrecy = read_secrecy(head)
    urgency, draft = (read_mark(head, mark) for mark in _MARKS)
    circulation = read_circulation(head, foot)
    title = title_at(lines, zones.title) if zones.title is not None else None
    kind = _type(head, title, symbol, code)
    subject, title_end = read_subject(
        head, title, code or symbol, dispatch=kind is not None and kind.value == "CV"
    )
    type_name = _type_name(head, title, title_end)
    superior, issuer = organs_of(head, type_name)
    issuer = issuer or (read_author(head, title) if title else None)
    return Header(
        superior=superior,
        issuer=issuer,
        number=number,
        symbol=symbol,
        code=code,
        type=kind,
        type_name=type_name,
        place=place,
        date=issued_on,
        date_span=date_span,
        subject=subject,
        secrecy=secrecy,
        urgency=urgency,
        draft=draft or _draft_in_title(head, title),
        circulation=circulation,
        date_confidence=date_sure,
    )


def _end(header: Header, names: dict[Regime, Span | None]) -> int:
    """Return the offset after the last field."""
    parts = (header.code, header.symbol, header.place, header.type_name, header.subject, header.issuer)
    spans = (*(part.span for part in parts if part), header.date_span, *names.values())
    return max((span.end for span in spans if span), default=0)


_MARKS = (patterns.URGENCY, patterns.DRAFT)


def _take_names(head: Letterhead) -> dict[Regime, Span | None]:
    """Cut out the names of state, party and union and the motto. Return where each stands first."""
    state = _take_all(head, patterns.STATE_NAME_MISREAD) or _take_all(head, patterns.STATE_NAME_HALF)
    party = _take_all(head, patterns.PARTY_NAME_MISREAD)
    youth = None if state or party else _take_all(head, patterns.YOUTH_NAME)
    motto = _take_all(head, patterns.MOTTO)
    return {Regime.STATE: state or motto, Regime.PARTY: party, Regime.YOUTH: youth}


def _take_all(head: Letterhead, pattern: re.Pattern[str]) -> Span | None:
    first = None
    for match in pattern.finditer(head.text, head.start, head.end):
        head.take(match.start(), match.end())
        first = first or Span(match.start(), match.end())
    return first


def _number(head: Letterhead) -> tuple[Field | None, Field | None, Field | None]:
    """Read number, symbol and code. A blank number (a draft) gives the symbol alone."""
    text = head.text
    match = head.gazette or next(
        (found for found in patterns.NUMBER_LINE.finditer(text, head.start, head.end) if not in_metadata(found)),
        None,
    )
    match = match or patterns.NUMBER_LINE.search(text, head.start, head.end)
    match = match or patterns.SPLIT_NUMBER.search(text, head.start, head.end)
    if match is None:
        return _misread_number(head)
    head.take(match.start(), match.end())
    printed = _tight(match["symbol"])
    symbol = Field(printed, Span(*match.span("symbol")))
    if match["number"] is None:
        return None, Field(printed, symbol.span, 0.95), None
    number = Field(match["number"], Span(*match.span("number")))
    mark = "/" if "/" in text[match.end("number") : match.start("symbol")] else "-"
    return number, symbol, Field(number.value + mark + printed, Span(match.start("number"), match.end("symbol")))


def _misread_number(head: Letterhead) -> tuple[Field | None, Field | None, Field | None]:
    """Read a number line that a machine misread: its stroke lost ("01NQ-HĐ"), or its number beyond reading."""
    match = patterns.UNSTROKED_NUMBER.search(head.text, head.start, head.end)
    if match:
        head.take(match.start(), match.end())
        number = Field(match["number"], Span(*match.span("number")), 0.8)
        symbol = Field(_tight(match["symbol"]), Span(*match.span("symbol")), 0.8)
        mark = "/" if "-" in symbol.value else "-"
        span = Span(match.start("number"), match.end("symbol"))
        return number, symbol, Field(number.value + mark + symbol.value, span, 0.7)
    match = patterns.MISREAD_NUMBER.search(head.text, head.start, head.end)
    if match is None:
        return None, None, None
    head.take(match.start(), match.end())
    return None, Field(_tight(match["symbol"]), Span(*match.span("symbol")), 0.8), None


def _tight(printed: str) -> str:
    return squash(printed).replace(" ", "").replace("–", "-").replace("—", "-")


def _place_and_date(head: Letterhead) -> tuple[Field | None, date | None, Span | None, float]:
    """Read place and day, how sure the day is. A line of the letterhead that holds them holds little else."""
    pieces = [
        piece
        for piece in head.pieces(head.zones.head, line_at(head.lines, head.end) + 1)
        if len(piece.text) < _LONGEST_DATE
    ]
    for pattern, sure in _DATES:
        for piece in pieces:
            match = _dated(head, pattern, piece)
            if match:
                head.take(match.start(), match.end())
                place = field_at(head.text, *_whole_place(head, match), sure) if match["place"] else None
                start = match.end("place") + 1 if match["place"] else match.start()
                issued_on = day_of(match["day"], match["month"], match["year"])
                return place, issued_on, Span(start, match.end()), sure
    if head.gazette:
        day = head.gazette
        return None, day_of(day["day"], day["month"], day["year"]), Span(day.start("day"), day.end()), 0.9
    return None, None, None, 1.0


_LONGEST_DATE = 90
_DATES = (
    (patterns.PLACE_DATE, 1.0),
    (patterns.STROKED_DATE, 0.95),
    (patterns.UNPLACED_DATE, 0.9),
    (patterns.MISREAD_DATE, 0.6),
)


def _dated(head: Letterhead, pattern: re.Pattern[str], piece: Line) -> re.Match[str] | None:
    if pattern is patterns.UNPLACED_DATE:
        return pattern.fullmatch(head.text, piece.start, piece.end)
    match = pattern.search(head.text, piece.start, min(piece.end + 60, head.end))
    return match if match and match.start() < piece.end else None


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


def _type_name(head: Letterhead, title: Title | None, end: int) -> Field | None:
    """Return the printed heading, with its marks put back where a machine lost them."""
    if title is None:
        return None
    head.take(title.start, end)
    printed = field_at(head.text, title.start, end, 1.0 if title.alone else 0.85)
    if printed is None or not title.marks_lost:
        return printed
    rest = head.text[title.end : end]
    return Field(squash(title.name.upper() + rest), printed.span, 0.9)


def _draft_in_title(head: Letterhead, title: Title | None) -> Field | None:
    """Return "DỰ THẢO" where it stands before the kind on one line ("DỰ THẢO NGHỊ QUYẾT")."""
    if title is None:
        return None
    line = head.lines[line_at(head.lines, title.start)]
    found = patterns.DRAFT_TITLE.match(line.text)
    return field_at(head.text, line.start, line.start + len(found[0].rstrip(" :"))) if found else None


def _type(head: Letterhead, title: Title | None, symbol: Field | None, code: Field | None) -> Field | None:
    """Return the kind's abbreviation: the printed heading decides, then the symbol, else it is a letter (CV)."""
    groups = symbol.value.replace("/", "-").split("-") if symbol else []
    groups = groups[1:] if groups and groups[0].isdigit() else groups
    signed = groups[0] if len(groups) > 1 and groups[0] in type_codes() else None
    if title:
        same = signed and type_codes()[signed].lower() == title.name  # "QĐi" and "QyĐ" are Quy định too
        value = signed if same and signed else type_names()[title.name]
        sure = 1.0 if title.alone else 0.85
        return Field(value, Span(title.start, title.end), sure)
    letter = _is_letter(head)
    if symbol is None:
        return Field("CV", letter, 0.8) if letter else None
    if signed and signed != "CV" and letter and code and "/" in code.value[: -len(symbol.value)]:
        return Field("CV", symbol.span, 0.85)  # a state letter whose body's initials are those of a kind
    return Field(signed or "CV", symbol.span, 0.95 if signed or code else 0.9)


def _is_letter(head: Letterhead) -> Span | None:
    """Return where the letter says whom it addresses ("Kính gửi"), None if it does not."""
    for line in head.lines[head.zones.head : head.zones.anchor + _REACH]:
        if line.text and patterns.ADDRESS.match(line.text):
            return Span(line.start, line.end)
    return None
