"""Keeping what was sent from a grid, and what to tell of it: what is wrong, what another changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from motbuoc.domains.ledger.checks import said
from motbuoc.domains.ledger.filling import EMPTY, CellKey, Clash, Held, Line, cells_of, plain, save_form
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.ledger.entering import read_cells, read_words
from motbuoc.interfaces.web.ledger.grid import Disputed, Typed


@dataclass(frozen=True)
class Saved:
    """How it went. `stood_at`: the version that it was saved over; `lines`: the fields that were sent."""

    typed: Typed
    words: Mapping[int, str]
    word_clashes: Mapping[int, str]
    because_clash: str | None
    lines: list[int]
    stood_at: int
    version: int

    @property
    def is_done(self) -> bool:
        """Whether all of it was kept."""
        return not (self.typed.wrong or self.is_disputed)

    @property
    def is_disputed(self) -> bool:
        """Whether another came first somewhere."""
        return bool(self.typed.disputed or self.word_clashes) or self.because_clash is not None

    @property
    def status(self) -> int:
        """The status of the answer: 409 where another came first, 422 where something is wrong."""
        if self.is_disputed:
            return 409
        return 422 if self.typed.wrong else 200


def save_sent(
    viewer: Person, submission: Submission, data: QueryDict, lines: list[Line], boxes: Mapping[int, object]
) -> Saved:
    """Keep what was sent as far as it can be kept.

    Raises:
        NotAllowed, Refusal: as `save_form`.
    """
    sent = read_cells(data, lines)
    words, was = read_words(data, boxes)
    because, because_was = data.get("nothing"), data.get("seen-nothing")
    if because is not None and plain(because) == plain(because_was or ""):
        because = None  # untouched
    kept = save_form(
        actor=viewer,
        submission=submission,
        entered=sent.entered,
        words=words,
        was=was,
        because=because,
        because_was=because_was,
    )
    clashes = list(kept.clashes)
    if sent.undecided:
        now = cells_of(submission, {one.key.field_id for one in sent.undecided})
        clashes += [Clash(one.key, now.get(one.key, EMPTY), one.new) for one in sent.undecided]
    if clashes:
        _dispute(submission, clashes, sent.typed)
    if not sent.typed.wrong and not clashes:
        sent.typed.estimates.clear()
        sent.typed.notes.clear()
    return Saved(sent.typed, words, kept.word_clashes, kept.because_clash, sent.lines, kept.stood_at, kept.version)


def _dispute(submission: Submission, clashes: Iterable[Clash], typed: Typed) -> None:
    """Show both sides of each clash, and who entered the other."""
    rows = submission.values.select_related("entered_by").filter(field__in=[one.key.field_id for one in clashes])
    who = {CellKey(row.field_id, row.category_id or 0): row for row in rows}
    for one in clashes:
        theirs = who.get(one.key)
        name = f"{theirs.entered_by.full_name} ({timezone.localtime(theirs.entered_at):%H:%M})" if theirs else ""
        typed.disputed[one.key] = Disputed(in_words(one.held), in_words(one.wanted), name)
        typed.texts[one.key] = said(one.wanted.amount) if one.wanted.amount is not None else ""


def in_words(held: Held) -> str:
    """What stands in a cell, in words."""
    parts = [said(held.amount) if held.amount is not None else "", held.note]
    return " · ".join(part for part in parts if part)
