"""An assignment in words: its place in the directive's text, its dates and what they mean today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motbuoc.domains.documents.models import Cycle, Document, Duty, TimeKind
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.standing import Lateness, Standing
from motbuoc.domains.work.states import CLOSED, HANDED_IN, AssignmentState

AROUND = 300  # characters shown before and after a duty that stands in no numbered item


@dataclass(frozen=True)
class Excerpt:
    """A part of a text: the words in question, and what stands around them."""

    before: str
    words: str
    after: str


def excerpt_of(document: Document, duty: Duty) -> Excerpt:
    """The duty's words within its provision, or within the lines around them."""
    text, item = document.text, duty.provision
    start = min(item.start, duty.start) if item else max(0, duty.start - AROUND)
    end = max(item.end, duty.end) if item else duty.end + AROUND
    return Excerpt(text[start : duty.start].lstrip(), text[duty.start : duty.end], text[duty.end : end].rstrip())


def days_left(assignment: Any, today: date) -> str:
    """How far the due day is, in words: "5 days left", "due today", "3 days late"; nothing without one.

    What waits for another is not late.
    """
    due_on, state = assignment.due_on, assignment.state
    if due_on is None or state in (*CLOSED, AssignmentState.SUSPENDED):
        return ""
    if state in HANDED_IN:
        late = (assignment.submitted_on - due_on).days
        return _days(late, handed_in=True) if late > 0 else _("handed in on time")
    left = (due_on - today).days
    if left == 0:
        return _("due today")
    if left < 0:
        return "" if assignment.lateness == Lateness.WAITS else _days(-left)
    return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}


def review_clock(assignment: Any, entries: Iterable[Entry], today: date) -> str:
    """Whose turn it is on what was handed in, and since when; nothing where it is not handed in."""
    if assignment.state not in HANDED_IN:
        return ""
    turns = ("ask",) if assignment.state == AssignmentState.QUESTIONED else ("submit", "answer")
    days = [localdate(entry.written_at) for entry in entries if entry.step in turns]
    since = days[-1] if days else assignment.submitted_on or today
    count = (today - since).days
    values = {"day": _day(since), "count": count}
    if assignment.state == AssignmentState.QUESTIONED:
        words = ngettext(
            "The unit's answer is waited for since %(day)s, %(count)s day",
            "The unit's answer is waited for since %(day)s, %(count)s days",
            count,
        )
    else:
        words = ngettext(
            "A decision is waited for since %(day)s, %(count)s day",
            "A decision is waited for since %(day)s, %(count)s days",
            count,
        )
    return words % values


def _days(late: int, *, handed_in: bool = False) -> str:
    if handed_in:
        return ngettext("handed in %(count)s day late", "handed in %(count)s days late", late) % {"count": late}
    return ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late}


def dates_of(assignment: Any, standing: Standing, today: date) -> Iterator[tuple[str, str]]:
    """The dates of an assignment, each with what it means by its `standing`: pairs of a label and a sentence."""
    yield _("Kind of time"), _kind(assignment)
    if assignment.due_on:
        left = days_left(assignment, today)
        yield _("Due"), f"{_day(assignment.due_on)} ({left})" if left else _day(assignment.due_on)
    else:
        yield _("Due"), _("No date is set")
    if assignment.first_due_on and assignment.first_due_on != assignment.due_on:
        yield _("First due"), _day(assignment.first_due_on)
    yield _("Given on"), _day(assignment.assigned_on)
    if assignment.lateness == Lateness.QUIET:
        silent = (today - assignment.news_on).days
        yield (
            _("Last heard of"),
            _("%(day)s, %(count)s days ago")
            % {
                "day": _day(assignment.news_on),
                "count": silent,
            },
        )
    if assignment.suspended_on:
        yield _("Suspended since"), _day(assignment.suspended_on)
    if assignment.submitted_on:
        saved = standing.is_saved_by_extension()
        after = f" ({_('on time after the extension, late against the first day')})" if saved else ""
        yield _("Handed in"), _day(assignment.submitted_on) + after
    if assignment.accepted_on:
        late = f" ({_('done late')})" if standing.is_done_late() else ""
        yield _("Accepted"), _day(assignment.accepted_on) + late


def _kind(assignment: Assignment) -> str:
    kind = str(TimeKind(assignment.time_kind).label)
    return f"{kind}, {str(Cycle(assignment.cycle).label).lower()}" if assignment.cycle else kind


def _day(day: date) -> str:
    return date_format(day, "d/m/Y")
