"""The timeline of a directive: how many tasks of each item were acknowledged, handed in, accepted by which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person

STEPS = ("acknowledge", "submit", "accept")
"""The steps that are followed, in their order; of each task the first time it was taken.

An acceptance that was taken back, because the task was opened again, counts no more."""

MOST_DUE_DAYS = 12  # of one item; where units were given more days than that, the first ones are shown


@dataclass
class Line:
    """One item's way: `count` tasks, given from `given_on` on.

    `taken` has by step the pairs of a day and how many took it then, `due_days` those of a day and how many tasks
    fall due on it; the earliest first.
    """

    provision: Provision | None
    count: int
    given_on: date
    taken: dict[str, list[tuple[date, int]]] = field(default_factory=lambda: {step: [] for step in STEPS})
    due_days: list[tuple[date, int]] = field(default_factory=list)

    def total(self, step: str) -> int:
        """How many tasks have come as far as the step."""
        return sum(number for _day, number in self.taken[step])

    def last_day(self, step: str) -> date | None:
        """The last day on which a task took the step; None if none did."""
        return self.taken[step][-1][0] if self.taken[step] else None

    def by_then(self, step: str) -> list[tuple[date, int]]:
        """How many had taken the step by each day on which one did."""
        total, found = 0, []
        for day, number in self.taken[step]:
            total += number
            found.append((day, total))
        return found


@dataclass(frozen=True)
class Timeline:
    """A directive's items over time, in the order of the text, up to today."""

    lines: list[Line]
    today: date

    @property
    def first_day(self) -> date:
        """The day the first task was given; today where there is none."""
        return min((line.given_on for line in self.lines), default=self.today)

    @property
    def last_day(self) -> date:
        """Today, or the last day due if it is still to come."""
        return max((day for line in self.lines for day, _count in line.due_days), default=self.today)


def timeline_for(viewer: Person, document: Document) -> Timeline:
    """The timeline of a directive, over the units in reach of `viewer`; always as many queries."""
    today = clock.today()
    granted = policy.granted_for(viewer, Action.VIEW_BOARD, document.classification)
    wide = policy.is_wide(viewer, granted, today)

    def given(prefix: str = "") -> Q:
        counted = ~Q(**{f"{prefix}state": AssignmentState.CANCELLED})
        return (
            Q(**{f"{prefix}document": document})
            & counted
            & policy.holds(f"{prefix}unit", granted, today, wide=wide)
        )

    tasks = Assignment.objects.filter(given()).order_by()
    counts: Any = tasks.values_list("provision_id").annotate(count=Count("pk"), first=Min("assigned_on"))
    sums = {item: (count, first) for item, count, first in counts}
    provisions = [p for p in document.provisions.all() if p.pk in sums]
    columns: list[Provision | None] = [*provisions, *([None] if None in sums else [])]
    lines = {
        column.pk if column else None: Line(column, *sums[column.pk if column else None]) for column in columns
    }
    for item, step, day, number in _taken(Entry.objects.filter(given("assignment__"))):
        if item in lines:  # not one that was given since they were counted
            lines[item].taken[step].append((day, number))
    _due(lines, tasks.filter(due_on__isnull=False))
    return Timeline(list(lines.values()), today)


def _taken(entries: QuerySet[Entry]) -> QuerySet[Any, Any]:
    """By item, step and day: how many tasks took the step for the first time, or were accepted for good."""
    earlier = Entry.objects.filter(assignment=OuterRef("assignment"), step=OuterRef("step"), pk__lt=OuterRef("pk"))
    again = Entry.objects.filter(assignment=OuterRef("assignment"), step="reopen", pk__gt=OuterRef("pk"))
    counted = Q(step="accept") & ~Exists(again) | Q(step__in=("acknowledge", "submit")) & ~Exists(earlier)
    first = entries.filter(counted).annotate(day=TruncDate("written_at")).order_by()
    days = first.values_list("assignment__provision_id", "step", "day").annotate(number=Count("pk"))
    return days.order_by("day")


def _due(lines: dict[int | None, Line], dated: QuerySet[Assignment]) -> None:
    found: Any = dated.values_list("provision_id", "due_on").annotate(number=Count("pk")).order_by("due_on")
    for item, day, number in found:
        if item in lines and len(lines[item].due_days) < MOST_DUE_DAYS:
            lines[item].due_days.append((day, number))
