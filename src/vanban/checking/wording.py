"""What words and signs alone show, in a file of any kind: letterhead, title, and the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from vanban import patterns
from vanban.checking.ends import mark_departure
from vanban.checking.finding import Departure, Edit
from vanban.checking.text_of import (
    bases_of,
    body_span,
    excerpt,
    is_laid_out_anew,
    lines_of,
    printed,
    star_of,
    title_end_of,
)
from vanban.document import Document, Field, Regime, Span
from vanban.formats import Layout
from vanban.patterns.checks import (
    DATE_IN_STROKES,
    DATE_PARTS,
    HYPHENS,
    NUMBER_LEAD,
    SPACE_BEFORE_MARK,
    TONE_ON_FIRST,
    TONE_ON_LAST,
    TWO_SPACES,
)
from vanban.text import fold
from vanban.vocabulary import type_names

_PARTY_LIKE = (Regime.PARTY, Regime.YOUTH)
_QUY_DINH = {  # 36-HD/VPTW: QĐi, and QĐ since dispatch 3294-CV/VPTW/nb of 11/3/2019; 05-HD/VPTW: QĐ alone
    "36-HD/VPTW": ("QĐ", "QĐi"),
    "29-HD/TWĐTN-VP": ("QĐ", "QĐi"),
    "05-HD/VPTW": ("QĐ",),
}
_WITHOUT_TYPE = (
    "luat",
    "bo luat",
    "phap lenh",
    "hien phap",
    "lenh",
)  # their symbols name the term of the Assembly


def letterhead_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with names, number line, date and symbol."""
    yield from _banners(document, layout)
    yield from _star(document, layout)
    yield from _number(document, layout)
    yield from _date(document, layout)
    yield from _symbol(document, layout)
    yield from _issuer(document)


def _banners(document: Document, layout: Layout) -> Iterator[Departure]:
    text, end = document.text, body_span(document).start or 3000
    state = patterns.STATE_NAME.search(text, 0, end)
    party = patterns.PARTY_NAME.search(text, 0, end)
    if state and party:
        found = f"{excerpt(text, Span(*party.span()))} and {excerpt(text, Span(*state.span()))}"
        yield Departure("banner.mixed", None, found, Span(*party.span()))
    own = state if layout.regime not in _PARTY_LIKE else party or patterns.YOUTH_NAME.search(text, 0, end)
    if own is None and not is_laid_out_anew(document):
        yield Departure("banner.missing", layout.letterhead.banner[0].text)


def _star(document: Document, layout: Layout) -> Iterator[Departure]:
    star, symbol = layout.letterhead.star, document.header.symbol
    if not star or symbol is None or symbol.span is None or is_laid_out_anew(document):
        return
    if star_of(document, layout) is None and f" {star} " not in document.text[: symbol.span.start]:
        yield Departure("issuer.star", star, None, symbol.span)


def _number(document: Document, layout: Layout) -> Iterator[Departure]:
    header, form, text = document.header, layout.letterhead, document.text
    if header.symbol is None or header.symbol.span is None:
        return
    begin = max(text.rfind(word, 0, header.symbol.span.start) for word in ("Số", "SỐ"))
    head = NUMBER_LEAD.fullmatch(text, max(begin, 0), header.symbol.span.start)
    if head is None:
        return
    anew = is_laid_out_anew(document)
    yield from _number_lead(text, head, form.number.partition("{")[0], header.symbol.span, anew=anew)
    number = head["number"]
    if number is None:
        if header.draft is None:
            yield Departure("number.blank", None, None, Span(head.start(), header.symbol.span.end))
    elif number.isdecimal() and int(number) < form.pad_number_below and len(number) == 1:
        padded, span = f"0{number}", Span(*head.span("number"))
        yield Departure("number.padding", padded, number, span, Edit(span, padded))
    mark, wanted = head["mark"], form.number_separator
    if mark != wanted:
        span = Span(*head.span("mark"))
        can = Edit(span, wanted) if mark in "–-" and wanted == "-" else None
        yield Departure("number.separator", wanted, mark, span, can)


def _number_lead(text: str, head: re.Match[str], wanted: str, symbol: Span, *, anew: bool) -> Iterator[Departure]:
    """Compare "Số:" and the spaces of the number line with what the layout prints."""
    number = head["number"]
    lead_end = head.start("number") if number else head.end("colon") if head["colon"] else head.start() + 2
    lead = Span(head.start(), lead_end)
    colon = (head["colon"] or "").strip()
    if (":" in wanted) != (colon == ":"):
        edit = Edit(lead, wanted if number else wanted.rstrip())
        yield Departure("number.colon", wanted.strip(), text[lead.start : lead.end].strip(), lead, edit)
    elif number and not anew and text[lead.start + 2 : lead.end] != wanted[2:]:
        edit = Edit(lead, text[lead.start : lead.start + 2] + wanted[2:])
        yield Departure("number.spaces", edit.signs + number, text[lead.start : lead.end] + number, lead, edit)
    rest = Span(head.end("number") if number else head.start("mark"), symbol.end)
    tight = text[rest.start : rest.end].replace(" ", "")
    if tight != text[rest.start : rest.end] and not anew:
        yield Departure("number.spaces", tight, text[rest.start : rest.end], rest, Edit(rest, tight))


def _date(document: Document, layout: Layout) -> Iterator[Departure]:
    header, form, text = document.header, layout.letterhead, document.text
    if header.date is None or header.date_span is None:
        if header.place and header.draft is None:
            yield Departure("date.blank", None, None, header.date_span or header.place.span)
        return
    parts = DATE_PARTS.search(text, header.date_span.start, header.date_span.end)
    if parts is None:
        words = text[header.date_span.start : header.date_span.end].strip()
        if DATE_IN_STROKES.search(words):
            yield Departure("date.form", None, words, header.date_span)
        return
    for name, below in (("day", form.pad_day_below), ("month", form.pad_month_below)):
        if len(parts[name]) == 1 and int(parts[name]) < below:
            span = Span(*parts.span(name))
            lead = "ngày" if name == "day" else "tháng"
            expected, found = f"{lead} 0{parts[name]}", f"{lead} {parts[name]}"
            yield Departure("date.padding", expected, found, span, Edit(span, f"0{parts[name]}"))


def _symbol(document: Document, layout: Layout) -> Iterator[Departure]:
    """Compare the abbreviation that opens the symbol with the kind of document."""
    header = document.header
    if header.symbol is None:
        return
    groups = [group for group in header.symbol.value.replace("/", "-").split("-") if not group.isdigit()]
    found = groups[0] if groups else ""
    if header.type_name:
        wanted = _codes(printed(header.type_name), layout)
        if wanted and found not in wanted and not found.startswith("QH"):
            yield Departure("type.symbol", " or ".join(wanted), found, header.symbol.span)
    elif header.type and header.type.value == "CV":
        if layout.regime in _PARTY_LIKE and found != "CV":
            yield Departure("type.symbol", "CV", found, header.symbol.span)
        elif layout.regime not in _PARTY_LIKE and found == "CV":
            yield Departure("dispatch.symbol", None, found, header.symbol.span)


def _codes(name: str, layout: Layout) -> tuple[str, ...]:
    """Return the abbreviations that the layout allows for a kind of document; none where it has no rule."""
    folded = fold(name)
    if folded.startswith(_WITHOUT_TYPE):
        return ()
    if folded == "quy dinh":
        return _QUY_DINH.get(layout.name, ("QyĐ",))
    if folded == "thong tri":
        return ("TT",) if layout.regime in _PARTY_LIKE else ("TTr", "TT")
    code = _folded_types().get(folded)
    return (code,) if code else ()


@cache
def _folded_types() -> dict[str, str]:
    return {fold(name): code for name, code in type_names().items()}


_PAPERS_SINCE = date(2026, 1, 9)  # 399-QĐ/TW
_NEVER_AT_THE_BASE = {"chi thi": "Chỉ thị", "thong tri": "Thông tri"}
_NEVER_IN_A_CELL = {**_NEVER_AT_THE_BASE, "quy dinh": "Quy định", "huong dan": "Hướng dẫn"}


def _issuer(document: Document) -> Iterator[Departure]:
    """Look for kinds of paper that committees at the base, and cells, do not issue: 399-QĐ/TW, Điều 11 and 13."""
    header = document.header
    in_force = header.date is None or header.date >= _PAPERS_SINCE
    if document.regime is not Regime.PARTY or not header.issuer or not header.type_name or not in_force:
        return
    issuer, superior = fold(header.issuer.value), fold(header.superior.value) if header.superior else ""
    at_base = issuer.startswith("dang uy") and superior.startswith(
        ("dang bo xa", "dang bo phuong", "dang bo dac khu")
    )
    never = _NEVER_IN_A_CELL if issuer.startswith("chi bo") else _NEVER_AT_THE_BASE if at_base else {}
    kind = never.get(fold(header.type_name.value))
    if kind:
        yield Departure("issuer.type", None, kind, header.type_name.span)


def title_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the summary and what closes it."""
    header = document.header
    subject = header.subject
    if subject is None or subject.span is None:
        return
    if header.type_name is None:
        if header.type and header.type.value == "CV":
            yield from _dispatch_lead(subject, layout)
        return
    first = subject.value.lstrip('“"( ')[:1]
    if layout.regime in _PARTY_LIKE and first.isupper() and not _is_name(subject.value):
        yield Departure("subject.case", None, first, subject.span)
    if layout.title.end:
        yield from _title_end(document, layout.title.end)


def _is_name(words: str) -> bool:
    """Tell whether the words begin with what is written with capitals anyway: a body, or several capitals."""
    return len(words) > 1 and words[1:2].isupper()


def _dispatch_lead(subject: Field, layout: Layout) -> Iterator[Departure]:
    value = printed(subject)
    lead = patterns.SUBJECT_LEAD.match(value)
    opening = lead[0].strip() if lead else " ".join(value.split()[:2])
    if layout.regime not in _PARTY_LIKE:
        if opening != "V/v":
            yield Departure("subject.lead", "V/v", opening, subject.span)
    elif layout.name == "05-HD/VPTW":
        if fold(opening) != "ve viec":
            yield Departure("subject.lead", "về việc", opening, subject.span)
    elif lead:
        yield Departure("subject.no_lead", None, opening, subject.span)


def _title_end(document: Document, wanted: str) -> Iterator[Departure]:
    span = title_end_of(document)
    subject = document.header.subject
    if span is None and is_laid_out_anew(document):
        return
    if span is None:
        yield Departure("title.end", wanted, "nothing", subject.span if subject else None)
        return
    words = document.text[span.start : span.end]
    if words != wanted and HYPHENS.fullmatch(words):
        yield Departure("title.end", wanted, words, span, Edit(span, wanted))


_TWO, _BEFORE = "Two spaces or more stand between words", "A space stands before a mark"


def _with_words(text: str, gap: Span) -> Span:
    """Return the range of a gap with the word before and the word after it."""
    start, end = gap.start, gap.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def text_departures(document: Document) -> Iterator[Departure]:
    """Yield what is wrong with spaces, marks of tone and first citations."""
    body = body_span(document)
    for at, line in () if is_laid_out_anew(document) else lines_of(document.text, body):
        for gap in TWO_SPACES.finditer(line) if "  " in line else ():
            span = Span(at + gap.start(), at + gap.end())
            yield Departure("text.spaces", "one", _TWO, _with_words(document.text, span), Edit(span, " "))
        for gap in SPACE_BEFORE_MARK.finditer(line):
            span = Span(at + gap.start(), at + gap.end())
            yield Departure("text.spaces", "none", _BEFORE, _with_words(document.text, span), Edit(span, ""))
    yield from _tones(document)
    yield from _citations(document)


def _tones(document: Document) -> Iterator[Departure]:
    first = [Span(*match.span()) for match in TONE_ON_FIRST.finditer(document.text)]
    state = patterns.STATE_NAME.search(document.text)  # the forms themselves print HÒA and HOÀ
    own = Span(*state.span()) if state else Span(0, 0)
    last = [
        Span(*match.span())
        for match in TONE_ON_LAST.finditer(document.text)
        if not own.start <= match.start() < own.end
    ]
    if first and last:
        rare = min((first, last), key=len)
        found = f"{len(first)} like “òa, ủy”, {len(last)} like “oà, uỷ”"
        for span in rare:
            yield Departure("text.tone", None, found, _word_around(document.text, span))


def _word_around(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return Span(start, end)


def _citations(document: Document) -> Iterator[Departure]:
    """Look for documents whose first mention in the text gives no date, laws aside."""
    body = body_span(document)
    for citation in document.citations:
        if citation.code and citation.date is None and body.start <= citation.span.start < body.end:
            if citation.code.rpartition("/")[2].startswith("QH") and "luật" in citation.raw.lower():
                continue  # laws and ordinances are cited by name
            yield Departure("citation.incomplete", "date", None, citation.span)


def bases_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the signs before and after the legal bases."""
    spans = bases_of(document)
    form = layout.bases
    for place, span in enumerate(spans):
        wanted = form.last if place == len(spans) - 1 else form.separator
        words = document.text[span.start : span.end]
        bare = len(words.rstrip(" .,;:/"))
        yield from mark_departure(document.text, span.start + bare, (wanted,), "basis.mark")
        lead = len(words) - len(words.lstrip())
        if form.dash and words.strip()[0] not in "-–":
            spot = Span(span.start + lead, span.start + lead)
            yield Departure("basis.dash", form.dash.strip(), None, span, Edit(spot, form.dash))
