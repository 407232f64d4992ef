"""The calendar of due days: what falls due on which day of a span, counted, and named while there are few."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from motbuoc.domains.work.inbox import named, visible
from motbuoc.domains.work.standing import overdue
from motbuoc.domains.work.states import STOPPED, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person

MOST_NAMED = 200  # tasks of a span; of more than that the days only say how many


class Due(NamedTuple):
    """A task that falls due on a day."""

    pk: int
    words: str
    unit_name: str
    due_on: date
    state: str


@dataclass(slots=True)
class DueDay:
    """What falls due on a day: how many tasks, how many of them done and how many late; some by name."""

    count: int = 0
    done: int = 0
    late: int = 0
    tasks: list[Due] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        """Whether something of it is overdue."""
        return self.late > 0


def due_days_for(viewer: Person, start: date, end: date) -> dict[date, DueDay]:
    """The days from `start` to `end` on which something in the viewer's sight falls due; in two queries.

    What is suspended or cancelled falls due on no day.
    """
    today = clock.today()
    seen = visible(*policy.sight(viewer, Action.VIEW_ASSIGNMENT), today)
    found = seen.filter(due_on__range=(start, end)).exclude(state__in=STOPPED)
    counted = found.values_list("due_on").annotate(
        count=Count("pk"),
        done=Count("pk", filter=Q(state=AssignmentState.ACCEPTED)),
        late=Count("pk", filter=overdue(today)),
    )
    days = {day: DueDay(*numbers) for day, *numbers in counted.order_by("due_on")}
    rows = named(found, today).order_by("due_on", "unit_name", "pk")
    few = rows.values_list("pk", "duty__text", "unit_short_name", "due_on", "state")[: MOST_NAMED + 1]
    tasks = [Due(*row) for row in few] if sum(day.count for day in days.values()) <= MOST_NAMED else []
    for task in tasks:
        days[task.due_on].tasks.append(task)
    return days


def weeks_of(month: date) -> Iterator[list[date]]:
    """The weeks, Monday first, that hold the days of a month."""
    yield from Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
