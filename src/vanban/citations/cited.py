"""What a whole document cites: the mentions in letterhead, body and enclosure, tied to each other."""

from __future__ import annotations

from collections.abc import Iterable

from vanban import patterns
from vanban.citations.antecedents import link
from vanban.citations.found import Found
from vanban.citations.numbered import collect
from vanban.document import Citation, Header, MentionKind, Span

_LINE = 2000  # characters of a line before a number in which "Ví dụ" may stand


def read_mentions(text: str, ranges: Iterable[Span | None], header: Header) -> tuple[Citation, ...]:
    """Return every mention of a document in `ranges` (in order), without the document's own number line.

    The own number further on is a mention of the document itself. Numbers in examples of a text about the form of
    documents ("Ví dụ: Số 12-CV/TU") are none.
    """
    own_line = header.symbol.span if header.symbol else None
    found = [
        each
        for part in ranges
        if part
        for each in collect(text, part)
        if not _touches(own_line, each) and not _is_specimen(text, each)
    ]
    for each in found:
        if _is_own(each, header):
            each.kind, each.relation = MentionKind.SELF, None
    return link(found, text, header.type.value if header.type else None)


def _is_own(cited: Found, header: Header) -> bool:
    """Tell whether a number is the document's own; the same number of another year is another document's."""
    if header.code is None or cited.code != header.code.value:
        return False
    return not (cited.date and header.date and cited.date.year != header.date.year)


def _touches(own: Span | None, cited: Found) -> bool:
    return own is not None and cited.start < own.end and cited.end > own.start


def _is_specimen(text: str, cited: Found) -> bool:
    low = max(0, cited.start - _LINE)
    line = max(low, text.rfind("\n", low, cited.start) + 1)
    return bool(patterns.SPECIMEN.search(text[line : cited.end]))
