"""What moved a due day after it was first counted: extensions, pauses, periods and corrections, line by line.

The shown due day follows from the lines: each says what it was before and what it was after.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.models import Assignment, Entry, Request
from motbuoc.domains.work.standing import due_after_pause, next_due


class Move(StrEnum):
    """What moves a due day; of the same day in this order."""

    PAUSE = "pause"
    PERIOD = "period"
    EXTENSION = "extension"
    CORRECTION = "correction"


ORDER = list(Move)


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One move on the day `on`: the due day before and after it, and what was decided.

    A pause began on `since`; `source` is the entry, request or correction that tells of it.
    """

    kind: Move
    on: date
    before: date
    after: date
    source: Entry | Request | Correction
    since: date | None = None

    @property
    def days(self) -> int:
        """By how many days it moved the due day."""
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class _Event:
    on: date
    kind: Move
    source: Entry | Request | Correction
    since: date | None = None
    until: date | None = None

    @property
    def place(self) -> tuple[date, int]:
        return self.on, ORDER.index(self.kind)


def lines_of(
    assignment: Assignment,
    entries: Iterable[Entry],
    requests: Iterable[Request],
    corrections: Iterable[Correction] = (),
) -> list[MoveLine]:
    """Everything that moved the due day of an assignment since it was first counted, oldest first."""
    due, lines = assignment.first_due_on, list[MoveLine]()
    for event in _events(entries, requests, corrections):
        if due is None:
            return lines
        after = event.until if event.until else _moved(assignment, due, event)
        if after != due or event.kind == Move.CORRECTION:
            lines.append(MoveLine(event.kind, event.on, due, after, event.source, event.since))
        due = after
    return lines


def due_from(base: date, assignment: Assignment, entries: Iterable[Entry], requests: Iterable[Request]) -> date:
    """The due day if the first one had been counted as `base`: pauses make it later, an extension stays."""
    due = base
    for event in _events(entries, requests, ()):
        due = max(due, event.until) if event.until else _moved(assignment, due, event)
    return due


def _moved(assignment: Assignment, due: date, event: _Event) -> date:
    if event.kind == Move.PERIOD:
        return next_due(due, assignment.cycle, assignment.first_due_on) if assignment.cycle else due
    assert event.since, "a pause has its beginning"
    return due_after_pause(assignment, due, event.since, event.on) or due


def _events(
    entries: Iterable[Entry], requests: Iterable[Request], corrections: Iterable[Correction]
) -> list[_Event]:
    events = [
        _Event(row.decided_on, Move.EXTENSION, row, until=row.granted_on)
        for row in requests
        if row.decided_on and row.granted_on
    ]
    events += [_Event(row.made_on, Move.CORRECTION, row, until=row.due_after) for row in corrections]
    since: tuple[date, Entry] | None = None
    for entry in entries:
        day = timezone.localdate(entry.written_at)
        if entry.step == "suspend":
            since = day, entry
        elif entry.step == "resume" and since:
            events.append(_Event(day, Move.PAUSE, since[1], since=since[0]))
            since = None
        elif entry.step == "accept_period":
            events.append(_Event(day, Move.PERIOD, entry))
    return sorted(events, key=lambda event: event.place)
