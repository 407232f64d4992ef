"""What moved a due day, line by line and in words: from the first day to the one shown, so that it follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.models import Assignment, Entry, Request
from motbuoc.domains.work.moves import Move, MoveLine, lines_of
from motbuoc.foundation.workdays.planning import changes_between, days_of
from motbuoc.interfaces.web.deadlines.year import Said, said

SIGNS = {Move.EXTENSION: "clock", Move.PAUSE: "pause", Move.PERIOD: "done", Move.CORRECTION: "pencil"}


@dataclass(frozen=True, slots=True)
class Told:
    """One move in words: what happened, why, who decided; and the due day after it."""

    on: date
    sign: str
    title: str
    reasons: list[str]
    days: list[Said]
    after: date


@dataclass(frozen=True, slots=True)
class Way:
    """The way from the first due day to the one shown."""

    first: date
    told: list[Told]

    @property
    def is_corrected(self) -> bool:
        """Whether the calendar was corrected, so that the first day is not what the rule gives now."""
        return any(one.sign == SIGNS[Move.CORRECTION] for one in self.told)


def way_of(
    assignment: Assignment,
    entries: Iterable[Entry],
    requests: Iterable[Request],
    corrections: Iterable[Correction],
) -> Way | None:
    """The way of an assignment's due day; None where nothing moved it."""
    told = [_told(line) for line in lines_of(assignment, entries, requests, corrections)]
    return Way(assignment.first_due_on, told) if told and assignment.first_due_on else None


def _told(line: MoveLine) -> Told:
    source: Any = line.source
    title, reasons, days = "", [], list[Said]()
    match line.kind:
        case Move.EXTENSION:
            title = _("Extension granted by %(name)s") % {"name": source.decided_by.full_name}
            reasons = [_("Asked for because: %(words)s") % {"words": source.reason}]
            reasons += [_("Decision: %(words)s") % {"words": source.answer}] if source.answer else []
        case Move.PAUSE:
            title = _stood_still(line)
            reasons = [source.text] if source.text else []
        case Move.PERIOD:
            title = _("A period was accepted; the next one falls due")
        case Move.CORRECTION:
            title = _corrected(source)
            if source.change:
                reasons = [source.change.legal_basis]
                days = said(changes_between(days_of(source.change.before), days_of(source.change.after)))
    return Told(line.on, SIGNS[line.kind], title, reasons, days, line.after)


def _stood_still(line: MoveLine) -> str:
    assert line.since, "a pause has its beginning"
    count = (line.on - line.since).days
    words = ngettext(
        "Stood still for %(count)s day, from %(since)s to %(until)s",
        "Stood still for %(count)s days, from %(since)s to %(until)s",
        count,
    )
    return words % {"count": count, "since": _day(line.since), "until": _day(line.on)}


def _corrected(correction: Correction) -> str:
    if correction.due_before == correction.due_after:
        words = _("Working calendar corrected: counted, it is %(day)s now; the due day stays")
    else:
        words = _("Working calendar corrected: counted, it is %(day)s now")
    return words % {"day": _day(correction.counted_after)}


def _day(day: date) -> str:
    return date_format(day, "d/m/Y")
