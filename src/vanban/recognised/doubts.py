"""What was read from words that a machine recognised in a picture is no surer than those words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from statistics import fmean
from typing import Any

from vanban.document import Document, Field, Header, Span
from vanban.recognised.capitals import Spelling

_LONG = 100  # characters: one doubtful word does not spoil a longer stretch


def with_doubts(document: Document, doubts: Sequence[tuple[Span, float]]) -> Document:
    """Return `document` with no confidence above that of the words it rests on (`Content.doubts`, in order)."""
    if not doubts:
        return document
    ends = [span.end for span, _ in doubts]

    def sureness(span: Span) -> float:
        first = bisect_left(ends, span.start + 1)
        last = bisect_left(ends, span.end)
        words = [sure for word, sure in doubts[first : last + 1] if word.start < span.end]
        if not words:
            return 1.0
        return min(words) if span.end - span.start <= _LONG else fmean(words)

    doubted: Document = _doubted(document, sureness, Spelling(document.text))
    return doubted


def _doubted(record: Any, sureness: Callable[[Span], float], spelling: Spelling) -> Any:
    """Return a record with the confidences in it lowered to what its words allow, and its capitals respelt."""
    if isinstance(record, tuple):
        return tuple(_doubted(each, sureness, spelling) for each in record)
    if not is_dataclass(record) or isinstance(record, Span):
        return record
    changed = {part.name: _doubted(getattr(record, part.name), sureness, spelling) for part in fields(record)}
    if changed.get("span") and "confidence" in changed:
        changed["confidence"] = min(changed["confidence"], sureness(changed["span"]))
    if isinstance(record, Header) and record.date_span:
        changed["date_confidence"] = min(record.date_confidence, sureness(record.date_span))
    if isinstance(record, Field) and changed["confidence"] < record.confidence:
        changed["value"] = spelling.respelt(record.value)
    return replace(record, **changed)
