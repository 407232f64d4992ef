"""What the full-text index is given of a document: its words in three spellings, as far as it can hold them."""

from __future__ import annotations

from itertools import islice

from vanban.spelling import Spelling, spellings

MOST_WORDS = 200_000
"""Words of one document that are found; about six hundred pages."""
MOST_DISTINCT = 600_000
"""Bytes that its distinct words may take with their places: PostgreSQL holds 1 MB of them in a row."""


def spelled(text: str) -> dict[str, str]:
    """The words of a text as columns of `DocumentWords`."""
    words = list(islice(_held(spellings(text)), MOST_WORDS))
    return {name: " ".join(getattr(word, name) for word in words) for name in Spelling._fields}


def _held(words: list[Spelling]) -> list[Spelling]:
    """The words until their index would be too large: a text of nothing but different words is no document."""
    distinct, size = set[str](), 0
    for count, word in enumerate(words):
        if word.written not in distinct:
            distinct.add(word.written)
            size += len(word.written.encode()) + 12
        if size > MOST_DISTINCT:
            return words[:count]
    return words
