"""What words and signs alone show of title, legal bases and text, in a file of any kind."""

from __future__ import annotations

from collections.abc import Iterator

from vanban import patterns
from vanban.checking.ends import mark_departure
from vanban.checking.finding import Departure, Edit
from vanban.checking.text_of import (
    bases_of,
    body_span,
    is_laid_out_anew,
    lines_of,
    printed,
    title_end_of,
)
from vanban.document import Document, Field, Regime, Span
from vanban.formats import Layout
from vanban.patterns.checks import (
    HYPHENS,
    SPACE_BEFORE_MARK,
    TONE_ON_FIRST,
    TONE_ON_LAST,
    TWO_SPACES,
)
from vanban.text import fold

_PARTY_LIKE = (Regime.PARTY, Regime.YOUTH)


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
