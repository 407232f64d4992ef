"""Near-duplicates: documents that are the same paper, or almost.

The index names the candidates: those of the same number, of the same file, or with a phrase of the text that
hardly any other has. Only these are compared, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Substr
from rapidfuzz import fuzz

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.searching import Wanted, with_words
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.foundation.people.models import Person
from vanban.spelling import Spelling, spellings
from vanban.text import fold

ALIKE = 85.0
"""Percent of the letters from which two documents look like one."""
PHRASES, PHRASE = 12, 5
"""Phrases of the text that are looked for, and words of each."""
COMMON = 10
"""Documents that have a phrase from which it says nothing: it is of the letterhead or a formula."""
MOST = 100_000
"""Characters that are compared."""


@dataclass(frozen=True)
class Alike:
    """A document that looks like another, by how many percent; whether its file is the same to the byte."""

    document: Document
    percent: int
    is_same_file: bool

    @property
    def share(self) -> str:
        """How alike they are, to be read."""
        return f"{self.percent} %"


def alike_to(viewer: Person, document: Document) -> list[Alike]:
    """The documents `viewer` may read that look like `document`, the likest first."""
    others = documents_for(viewer).exclude(pk=document.pk).order_by()
    sha256 = document.file.sha256 if document.file else ""
    found = set(others.filter(file__sha256=sha256).values_list("pk", flat=True)[:COMMON])
    if document.code_key:
        found |= set(others.filter(code_key=document.code_key).values_list("pk", flat=True)[:COMMON])
    for phrase in _phrases(document.text):
        having = set(others.filter(with_words(Wanted((phrase,)), "plain")).values_list("pk", flat=True)[:COMMON])
        found |= having if len(having) < COMMON else set()
    own = fold(document.text[:MOST])
    compared = (
        others.filter(pk__in=found).defer("text", "reading", "layout").annotate(begin=Substr("text", 1, MOST))
    )
    rows = [_compared(other, own, sha256) for other in compared]
    return sorted((row for row in rows if row.percent >= ALIKE), key=lambda row: -row.percent)


def _compared(other: Document, own: str, sha256: str) -> Alike:
    is_same = other.file is not None and other.file.sha256 == sha256
    likeness = fuzz.ratio(own, fold(getattr(other, "begin", "")), score_cutoff=ALIKE)
    return Alike(other, 100 if is_same else int(likeness), is_same)


def _phrases(text: str) -> Iterator[tuple[Spelling, ...]]:
    """Phrases from all over a text, evenly."""
    words = spellings(text[:MOST])
    step = max(1, (len(words) - PHRASE) // PHRASES)
    for start in range(0, max(0, len(words) - PHRASE), step):
        yield tuple(words[start : start + PHRASE])
