"""From a duty's time to an assignment's due day: fixed, counted by a rule, of a period, after an event, or none.

Every day that was counted can be explained again from what the assignment keeps: its rule, and the day it counted
from.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from motbuoc.domains.documents.models import MONTHS, RULE_FIELDS, CountedFrom, Cycle, Document, Duty, TimeKind
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.workdays.calendar import Calendar
from motbuoc.foundation.workdays.rules import CountUnit, Explanation, Rule, explain


def default_rule(document: Document) -> Rule | None:
    """The rule of the document's regime for duties without a date, rolled forward; None where there is none.

    A practice, not law: a commune's Party office gives ten days from the dispatch, moved to Monday.
    """
    days = settings.DEFAULT_DUE_DAYS.get(document.regime, 0)
    return Rule(days, CountUnit.DAY) if days else None


def terms_of(duty: Duty, document: Document, given_on: date, days: Calendar) -> dict[str, Any]:
    """The columns of an assignment that say when, for a duty given on a day."""
    kept: dict[str, Any] = {name: getattr(duty, name) for name in RULE_FIELDS}
    rule, kind = duty.rule, duty.time_kind
    due_on = duty.due_on
    start: date | None = None
    if kind == TimeKind.UNDATED and not due_on and not rule and (rule := default_rule(document)):
        kind = TimeKind.DATED.value
        kept |= {"due_count": rule.count, "due_unit": rule.unit, "counted_from": CountedFrom.GIVEN.value}
        kept["is_default"] = True
    if due_on is None and rule and kept["counted_from"] != CountedFrom.EVENT:
        is_signed = kept["counted_from"] == CountedFrom.SIGNED
        start = (document.issued_on if is_signed else None) or given_on
        due_on = explain(rule, start, days).due_on
    elif due_on is None and kind == TimeKind.PERIODIC and duty.cycle and duty.cycle_day:
        due_on = first_of_cycle(duty.cycle, duty.cycle_day, given_on)
    elif due_on is None and kind == TimeKind.CONTINUOUS:
        due_on = document.runs_until
    dates = {"due_on": due_on, "first_due_on": due_on, "counted_on": start}
    return {"time_kind": kind, "cycle": duty.cycle, **kept, **dates}


def first_of_cycle(cycle: str, day: int, after: date) -> date:
    """The first due day after a day: that weekday, or that day of the last month of a period of the year."""
    if cycle == Cycle.WEEK:
        return after + timedelta(days=(day - after.isoweekday()) % 7 or 7)
    months = MONTHS[Cycle(cycle)]
    for month in range(after.year * 12 + after.month - 1, after.year * 12 + after.month + 24):
        in_year = month % 12 + 1
        if in_year % months == 0 if months != MONTHS[Cycle.NINE_MONTHS] else in_year == months:
            start = date(month // 12, in_year, 1)
            last = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            if (due := min(start + timedelta(days=day - 1), last)) > after:
                return due
    raise AssertionError("every cycle comes round within two years")


def explained(assignment: Assignment, days: Calendar) -> Explanation | None:
    """How the first due day was counted; None where no rule counted it."""
    if assignment.rule is None or assignment.counted_on is None:
        return None
    return explain(assignment.rule, assignment.counted_on, days)
