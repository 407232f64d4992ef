"""Deadlines in words: the rule, what each kind of time means, and how a day was counted, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motbuoc.domains.documents.models import CountedFrom, Document, Duty, Ruled, TimeKind
from motbuoc.domains.work.deadlines import explained, terms_of
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.workdays.calendar import Calendar
from motbuoc.foundation.workdays.rules import CountUnit, Explanation, Rule, explain

WEEKDAYS = (_lazy("Mon"), _lazy("Tue"), _lazy("Wed"), _lazy("Thu"), _lazy("Fri"), _lazy("Sat"), _lazy("Sun"))
PICTURED = 100  # days from start to end of which a picture is still read


def within_words(timed: Ruled) -> str:
    """A rule in words: "within 10 working days from the day of an event (ngày nhận được hồ sơ)"."""
    said = {
        "count": timed.due_count,
        "unit": CountUnit(timed.due_unit or CountUnit.DAY).label,
        "start": CountedFrom(timed.counted_from or CountedFrom.EVENT).label,
    }
    words = _("%(count)s %(unit)s before %(start)s") if timed.is_before else _("%(count)s %(unit)s from %(start)s")
    return words % said + (f" ({timed.event})" if timed.event else "")


def rule_words(rule: Rule) -> str:
    """A rule without its start, in words."""
    said = f"{rule.count} {CountUnit(rule.unit).label}"
    return _("%(count)s, counted back") % {"count": said} if rule.is_before else said


def meaning_of(assignment: Assignment) -> str:
    """What is well and what is late for this kind of time, in a sentence."""
    match assignment.time_kind:
        case TimeKind.DATED:
            return _("Well while it is handed in by its due day; late from the day after.")
        case TimeKind.PERIODIC:
            return _("Each period has its own due day; late while a period's result is missing after it.")
        case TimeKind.CONTINUOUS:
            words = _("Has no single end: well while news comes at least every %(days)s days, quiet after that.")
        case TimeKind.EVENT if assignment.due_on is None:
            words = _(
                "Waits for its event; the due day is counted once somebody records it. Without news for "
                "%(days)s days it is shown as quiet, so that somebody asks."
            )
        case TimeKind.EVENT:
            return _("The event has been recorded; well while it is handed in by the due day counted from it.")
        case _:
            words = _("No date is set, so it is never late; without news for %(days)s days it is shown as quiet.")
    return words % {"days": settings.QUIET_DAYS}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the picture: what it was in the counting, a word for it, and its number if it was counted."""

    day: date
    role: str
    word: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the picture: weeks from Monday, None where a day belongs to another month."""

    first: date
    weeks: list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Story:
    """How a day came about: the rule in words, the counting, and a picture of it where it is short enough."""

    rule: str
    told: Explanation
    months: list[Month]

    @property
    def counted(self) -> int:
        """How many days counted."""
        return len(self.told.counted)

    @property
    def holidays(self) -> list[Any]:
        """The days that were skipped on the way, weekends aside."""
        return [skipped for skipped in self.told.skipped if skipped.day.weekday() < 5]

    @property
    def weekend_days(self) -> int:
        """How many Saturdays and Sundays were skipped on the way."""
        return len(self.told.skipped) - len(self.holidays)


def story_of(assignment: Assignment, days: Calendar) -> Story | None:
    """The story of an assignment's first due day; None where no rule counted it."""
    told = explained(assignment, days)
    return Story(within_words(assignment), told, months_of(told)) if told else None


def story_if_issued(duty: Duty, document: Document, days: Calendar, today: date) -> Story | None:
    """How a duty's day would be counted if it were issued today; None where no rule does, or from an event."""
    if duty.rule is None or duty.due_on or duty.counted_from == CountedFrom.EVENT:
        return None
    start = terms_of(duty, document, today, days)["counted_on"]
    return Story(within_words(duty), explain(duty.rule, start, days), []) if start else None


def months_of(told: Explanation) -> list[Month]:
    """The months from the first to the last day of the counting; none where they are too many to be read."""
    first, last = sorted((told.start, told.due_on))
    if (last - first).days > PICTURED:
        return []
    roles = _roles(told)
    starts = sorted({day.replace(day=1) for day in _each(first, last)})
    return [_month(start, roles) for start in starts]


def _roles(told: Explanation) -> dict[date, tuple[str, str, int | None]]:
    roles: dict[date, tuple[str, str, int | None]] = {told.start: ("start", _("start"), None)}
    roles |= {day: ("counted", "", number) for number, day in enumerate(told.counted, 1)}
    roles |= {day: ("skipped", why, None) for day, why in (*told.skipped, *told.rolled)}
    roles[told.due_on] = ("due", _("due"), roles.get(told.due_on, ("", "", None))[2])
    return roles


def _month(first: date, roles: dict[date, tuple[str, str, int | None]]) -> Month:
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    cells: list[Cell | None] = [None] * first.weekday()
    cells += [Cell(day, *roles.get(day, ("", "", None))) for day in _each(first, after - timedelta(days=1))]
    cells += [None] * (-len(cells) % 7)
    return Month(first, [cells[n : n + 7] for n in range(0, len(cells), 7)])


def _each(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
