"""The rows of the library: each document found, with the words looked for marked where it has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.searching import Facets, Validity, Wanted, validity_of
from motbuoc.domains.documents.snippets import Part, marked, passages_of
from motbuoc.foundation.core import clock


@dataclass(frozen=True)
class Hit:
    """One document found: number and name with marks, the passage of its text, and whether it holds."""

    document: Document
    code: SafeString
    name: SafeString
    passage: SafeString
    validity: Validity


def hits_of(found: Iterable[Document], words: str) -> list[Hit]:
    """The documents of one page of results, ready to be shown."""
    documents, wanted, today = list(found), Wanted.of(words), clock.today()
    passages = passages_of(documents, words)
    return [
        Hit(
            document=document,
            code=with_marks(_marked(document.code, wanted)),
            name=with_marks(_marked(document.subject or document.name, wanted)),
            passage=with_marks(passages.get(document.pk, [])),
            validity=validity_of(document, today),
        )
        for document in documents
    ]


def _marked(text: str, wanted: Wanted) -> list[Part]:
    return marked(text, wanted) if wanted.phrases else [(text, False)] if text else []


def with_marks(parts: Iterable[Part]) -> SafeString:
    """Words as HTML, those that were looked for in <mark>."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", words) if is_hit else words,) for words, is_hit in parts)
    )


def choices_of(facets: Facets) -> tuple[tuple[str, str, str], ...]:
    """What the filter offers for issuer, type and year: field, value and label with how many there are."""
    named = {"issuer": facets.issuers, "type": facets.types, "year": facets.years}
    return tuple((name, str(value), f"{value} ({count})") for name, rows in named.items() for value, count in rows)
