"""What a file holds before it is read as a document: its text, and where in the file the text stands."""

from __future__ import annotations

from dataclasses import dataclass

from vanban.document import Grid, Note, Span


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file, normalised and with wrapped lines rejoined. All offsets are of `text`.

    `pages` are the offsets where pages begin (empty for a format without pages), `wraps` those where a printed
    line began that was joined to the one before. `doubts` are the stretches that a machine recognised from a
    picture, each with how sure it was (0 to 1); what is read from them is no surer. `notes` tell what
    the file itself hides or lacks (a page without text, an old encoding that was guessed).
    """

    text: str
    pages: tuple[int, ...] = ()
    wraps: tuple[int, ...] = ()
    tables: tuple[Grid, ...] = ()
    doubts: tuple[tuple[Span, float], ...] = ()
    notes: tuple[Note, ...] = ()
