"""What words and signs alone show of the letterhead: names, number line, date and symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from vanban import patterns
from vanban.checking.finding import Departure, Edit
from vanban.checking.text_of import (
    body_span,
    excerpt,
    is_laid_out_anew,
    printed,
    star_of,
)
from vanban.document import Document, Regime, Span
from vanban.formats import Layout
from vanban.patterns.checks import (
    DATE_IN_STROKES,
    DATE_PARTS,
    NUMBER_LEAD,
)
from vanban.text import fold
from vanban.vocabulary import type_names

_PARTY_LIKE = (Regime.PARTY, Regime.YOUTH)
_QUY_DINH = {  # 36-HD/VPTW: QĐi, and QĐ since dispatch 3294-CV/VPTW/nb of 11/3/2019; 05-HD/VPTW: QĐ alone
    "36-HD/VPTW": ("QĐ", "QĐi"),
    "29-HD/TWĐTN-VP": ("QĐ", "QĐi"),
    "05-HD/VPTW": ("QĐ",),
}
# Their symbols name the term of the Assembly.
_WITHOUT_TYPE = ("luat", "bo luat", "phap lenh", "hien phap", "lenh")


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
