"""A mention while it is being read: what is known of it grows from step to step, then it becomes a `Citation`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vanban.document import Citation, MentionKind, Relation, Span
from vanban.text import squash


@dataclass(slots=True)
class Found:
    """The facts of a `Citation`, and where the cited title ends (the mention, if it has none)."""

    start: int
    end: int
    title_end: int
    kind: MentionKind = MentionKind.FULL
    code: str | None = None
    type: str | None = None
    date: date | None = None
    issuer: str | None = None
    title: str | None = None
    confidence: float = 1.0
    number: str | None = None
    term: str | None = None
    pinpoint: str | None = None
    relation: Relation | None = None
    antecedent: Found | None = None
    quoted: bool = False  # "this" in words quoted from another document
    year: int | None = None  # of a law that is cited by name and year

    def citation(self, text: str, places: dict[int, int]) -> Citation:
        """Return the finished record; `places` are those of the mentions by where they begin."""
        return Citation(
            squash(text[self.start : self.end]),
            Span(self.start, self.end),
            self.code,
            self.type,
            self.date,
            self.issuer,
            self.title,
            self.confidence,
            self.kind,
            self.number,
            self.term,
            self.pinpoint,
            self.relation,
            places[self.antecedent.start] if self.antecedent else None,
        )


def outside(taken: list[Found], candidates: Iterable[Found]) -> list[Found]:
    """Return the candidates that overlap neither `taken` (in order) nor one another, in order."""
    starts, ends = [each.start for each in taken], [each.end for each in taken]
    kept: list[Found] = []
    for each in sorted(candidates, key=lambda each: (each.start, -each.end)):
        place = bisect_right(starts, each.start)
        before = max(ends[place - 1] if place else 0, kept[-1].end if kept else 0)
        after = starts[place] if place < len(starts) else each.end
        if before <= each.start and each.end <= after:
            kept.append(each)
    return kept
