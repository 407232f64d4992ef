"""Where the parts of a document stand in its text, for rules that words alone show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from vanban import patterns
from vanban.document import Document, Field, Regime, Span
from vanban.formats import Layout
from vanban.patterns.checks import HYPHENS

_BASES_REACH = 40  # lines of the text among which the legal bases begin


def body_span(document: Document) -> Span:
    """Return the range of the text proper: from under letterhead and addressees to distribution or signature."""
    header = document.header
    fields = (header.superior, header.issuer, header.symbol, header.place, header.type_name, header.subject)
    spans = [field.span for field in (*fields, *document.addressees) if field and field.span]
    start = max((span.end for span in (*spans, header.date_span) if span), default=0)
    if document.body:
        return Span(max(start, document.body.start), max(start, _foot_start(document, start, document.body.end)))
    return Span(start, _foot_start(document, start, len(document.text)))


def _foot_start(document: Document, start: int, end: int) -> int:
    signature = document.signature
    marks = [
        field.span.start
        for field in (signature.authority, signature.title, signature.name)
        if field and field.span
    ]
    label = next(
        (at for at, line in lines_of(document.text, Span(start, end)) if patterns.DISTRIBUTION.match(line)), end
    )
    return min([label, end, *(mark for mark in marks if mark > start)])


def lines_of(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """Yield (offset, line) of the lines of a range that are not empty."""
    at = span.start
    for line in text[span.start : span.end].split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def bases_of(document: Document) -> tuple[Span, ...]:
    """Return the legal bases that stand on lines of their own under the title; a dispatch has none."""
    if document.header.type_name is None:
        return ()
    lines = [
        line for _, line in zip(range(_BASES_REACH), lines_of(document.text, body_span(document)), strict=False)
    ]
    first = next(
        (
            place
            for place, (_, line) in enumerate(lines)
            if "Căn cứ " in line[:12] and patterns.BASIS_LEAD.match(line)
        ),
        None,
    )
    if first is None:
        return ()
    block = list(takewhile(lambda line: patterns.BASIS_LEAD.match(line[1]), lines[first:]))
    if block[-1][1].rstrip().endswith(":") or first > 3 or first + len(block) == len(lines):
        return ()
    return tuple(Span(at, at + len(line.rstrip())) for at, line in block)


def title_end_of(document: Document) -> Span | None:
    """Return the line of signs that closes the title, among the first lines under the summary."""
    subject = document.header.subject or document.header.type_name
    if document.header.type_name is None or subject is None or subject.span is None:
        return None
    at = document.text.find("\n", subject.span.end)
    if at < 0:
        return None
    for _, (start, line) in zip(range(2), lines_of(document.text, Span(at, len(document.text))), strict=False):
        if HYPHENS.fullmatch(line.strip()):
            lead = len(line) - len(line.lstrip())
            return Span(start + lead, start + lead + len(line.strip()))
    return None


_NORMATIVE = ("NĐ", "TT", "TTLT", "TTLB", "NQLT", "L", "PL")  # law on promulgating legal documents, 2025, Điều 4


def is_normative(document: Document) -> bool:
    """Tell whether this is a legal normative document of the State: by its kind, or a year in its number."""
    header = document.header
    if document.regime is not Regime.STATE:
        return False
    return bool(
        (header.type_name and header.type and header.type.value in _NORMATIVE)
        or (header.symbol and header.symbol.value[:4].isdigit())
    )


def is_laid_out_anew(document: Document) -> bool:
    """Tell whether the text was taken off pages, where drawn and stamped signs and spaces are lost or moved."""
    return bool(document.pages)


def star_of(document: Document, layout: Layout) -> Span | None:
    """Return the sign that stands alone between issuer and number, where the layout has one."""
    star, symbol = layout.letterhead.star, document.header.symbol
    if star and symbol and symbol.span:
        for at, line in lines_of(document.text, Span(0, symbol.span.start)):
            if line.strip() == star:
                return Span(at + line.index(star), at + line.index(star) + len(star))
    return None


def excerpt(text: str, span: Span, most: int = 60) -> str:
    """Return the words of a range on one line, cut where they are many."""
    words = " ".join(text[span.start : span.end].split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def printed(field: Field) -> str:
    """Return the value of a field on one line."""
    return " ".join(field.value.split())
