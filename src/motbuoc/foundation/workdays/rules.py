"""Rules of deadlines and their explanation: the day is read from the explanation, so the two cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.workdays.calendar import Calendar

YEARS = (1990, 2100)
"""The first and the last year of which public holidays are proposed, so that days can be counted over them."""

LONGEST = 1000
"""The largest count that a rule may have; what is meant to take longer has a day of its own."""


class CountUnit(models.TextChoices):
    """What a rule counts."""

    DAY = "day", _("days")
    WORKDAY = "working_day", _("working days")
    MONTH = "month", _("months")


@dataclass(frozen=True, slots=True)
class Rule:
    """So many days, working days or months after a start (before it: `is_before`).

    The start itself does not count (Bộ luật Dân sự 2015, Điều 147 khoản 2). `rolls`: an end on a day off moves to
    the next working day (Điều 148 khoản 5), for what must come before an event to the last working day before.
    """

    count: int
    unit: str
    rolls: bool = True
    is_before: bool = False


class Skipped(NamedTuple):
    """A day that did not count, and why."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a day was reached: from `start` over the `counted` days to `reached`, moved over `rolled` to `due_on`.

    `skipped` are days off on the way that did not count; a rule in calendar days or months skips none.
    """

    start: date
    rule: Rule
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    reached: date
    rolled: tuple[Skipped, ...]
    due_on: date


def explain(rule: Rule, start: date, calendar: Calendar) -> Explanation:
    """Count the rule from `start`."""
    step = timedelta(days=-1 if rule.is_before else 1)
    counted: list[date] = []
    skipped: list[Skipped] = []
    reached = start
    if rule.unit == CountUnit.MONTH:
        reached = months_after(start, -rule.count if rule.is_before else rule.count)
    else:
        while len(counted) < rule.count:
            reached += step
            if rule.unit == CountUnit.DAY or calendar.is_workday(reached):
                counted.append(reached)
            else:
                skipped.append(Skipped(reached, calendar.why_free(reached)))
    due_on, rolled = reached, []
    while rule.rolls and not calendar.is_workday(due_on):
        rolled.append(Skipped(due_on, calendar.why_free(due_on)))
        due_on += step
    return Explanation(start, rule, tuple(counted), tuple(skipped), reached, tuple(rolled), due_on)


def months_after(day: date, count: int) -> date:
    """The same day `count` months later; the last day of a shorter month (Bộ luật Dân sự 2015, Điều 148)."""
    months = day.year * 12 + day.month - 1 + count
    start = date(months // 12, months % 12 + 1, 1)
    last = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(start + timedelta(days=day.day - 1), last)
