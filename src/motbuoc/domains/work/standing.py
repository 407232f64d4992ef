"""How an assignment stands on a day: said once, as expressions the database computes.

Overdue is computed from the dates and never stored, so that moving a date or correcting a calendar needs no sweep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import MONTHS, Cycle, TimeKind
from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.linked import Prerequisite
from motbuoc.domains.work.models import QUIETABLE, Assignment, Entry, Request
from motbuoc.domains.work.states import CLOSED, HANDED_IN, OWED, STOPPED, TRANSITIONS, AssignmentState
from motbuoc.foundation.workdays.selectors import add_workdays

S = AssignmentState

WithLateness = Any
"""Assignments with an annotation `lateness`, which the type checker cannot follow."""


class Lateness(models.IntegerChoices):
    """How late an assignment is, the worst with the highest number. What waits for another is not late."""

    WAITS = -1, _("Waits for another task")
    NONE = 0, _("On time")
    QUIET = 1, _("Quiet for long")
    SOON = 2, _("Due soon")
    OVERDUE = 3, _("Overdue")


LATENESS = {int(value): value for value in Lateness}

STATE_ORDER = (
    S.ASSIGNED,
    S.RETURNED,
    S.ACKNOWLEDGED,
    S.IN_PROGRESS,
    S.QUESTIONED,
    S.SUBMITTED,
    S.SUSPENDED,
    S.ACCEPTED,
    S.CANCELLED,
)
"""A cell of the board shows the first of these that one of its assignments is in: the least advanced, then what is
suspended, done and cancelled."""

OPEN = tuple(state for state in S if state not in CLOSED)
_STATED = Prerequisite.objects.filter(needs__state__in=OPEN).order_by()
THOSE_WAITING = Q(pk__in=_STATED.values("assignment"))
"""Assignments that wait for another which is still open: to find them, for they are few."""

WAITS = Q(Exists(_STATED.filter(assignment=OuterRef("pk"))))
"""The same asked of each row: where all sorts are looked at, this costs no more however many waits there are."""

TARGETS = {transition.name: str(transition.target) for transition in TRANSITIONS}


def state_after(name: str, *, is_acknowledged: bool) -> str:
    """The state a step leads to; what goes on before anybody acknowledged it is still to be acknowledged."""
    return S.ASSIGNED.value if name == "resume" and not is_acknowledged else TARGETS[name]


def next_due(due_on: date, cycle: str, first_due_on: date | None = None) -> date:
    """The first day after `due_on` of the series that `first_due_on` (default: `due_on`) begins.

    Counted from the first day, so that a series that begins on the 31st comes back to the 31st after a shorter
    month, whose last day stands for it.
    """
    first, times = first_due_on or due_on, 1
    while (day := _due(first, cycle, times)) <= due_on:
        times += 1
    return day


def _due(first: date, cycle: str, times: int) -> date:
    """The day `times` cycles after `first`."""
    if cycle == Cycle.WEEK:
        return first + timedelta(days=7 * times)
    months = first.year * 12 + first.month - 1 + MONTHS[Cycle(cycle)] * times
    start = date(months // 12, months % 12 + 1, 1)
    last = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(start + timedelta(days=first.day - 1), last)


def due_after_pause(assignment: Assignment, due_on: date | None, since: date, until: date) -> date | None:
    """The due day once the work goes on: later by the days it stood still, so that nobody is late for them.

    What is periodic keeps the days of its series and skips those that passed meanwhile.
    """
    if due_on is None:
        return None
    if assignment.time_kind != TimeKind.PERIODIC or not assignment.cycle:
        return due_on + (until - since)
    while since <= due_on < until:
        due_on = next_due(due_on, assignment.cycle, assignment.first_due_on)
    return due_on


def overdue(today: date) -> Q:
    """Due before `today`, owed and waiting for no other, or handed in after the due day.

    While it waits for another nobody could do it, so its own day is not held against the unit; from the day on
    which the last of them is done, it is.
    """
    owed = Q(due_on__lt=today, state__in=OWED) & ~WAITS
    return owed | Q(state__in=HANDED_IN, submitted_on__gt=F("due_on"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How one assignment stood on a day, also on a past day that the tables no longer hold.

    `first_due_on` is the first due day, later by the days on which the work stood still: nobody is late for them.
    `is_waiting`: it waited for another assignment.
    """

    state: str
    time_kind: str
    due_on: date | None
    first_due_on: date | None
    submitted_on: date | None
    is_waiting: bool = False

    def is_overdue(self, on: date) -> bool:
        """What `overdue` says, of this one and for the day `on`."""
        if self.due_on is None or self.state in (S.ACCEPTED, *STOPPED):
            return False
        if self.state in HANDED_IN:
            return self.due_on < (self.submitted_on or on)
        return self.due_on < on and not self.is_waiting

    def is_saved_by_extension(self) -> bool:
        """Handed in by the adjusted due day, but after the first one."""
        handed_in = self.state in (*HANDED_IN, S.ACCEPTED) and self.time_kind != TimeKind.PERIODIC
        if not (handed_in and self.submitted_on and self.due_on and self.first_due_on):
            return False
        return self.first_due_on < self.submitted_on <= self.due_on

    def is_done_late(self) -> bool:
        """Accepted, and submitted after the first due day; what is periodic, after its last period's due day."""
        due_on = self.due_on if self.time_kind == TimeKind.PERIODIC else self.first_due_on
        return self.state == S.ACCEPTED and bool(due_on and self.submitted_on and self.submitted_on > due_on)


def stood(
    assignment: Assignment,
    steps: Iterable[tuple[str, date]],
    extensions: Iterable[tuple[date, date]] = (),
    corrections: Iterable[tuple[date, date, date]] = (),
    *,
    is_waiting: bool = False,
) -> Standing:
    """How the assignment stood after `steps`: pairs of a step's name and its day, oldest first.

    `extensions` are pairs of the day an extension was granted and the due day it gave, oldest first; `corrections`
    the day on which the calendar was followed, what the rule gave then and the due day, oldest first. Nobody is
    late for a first day that was counted too early: it is judged by the corrected one where that is later.
    """
    corrections = list(corrections)
    moves = sorted([*extensions, *((on, due) for on, _counted, due in corrections)], key=itemgetter(0))
    first = due_on = assignment.first_due_on
    if first and corrections:
        first = max(first, corrections[-1][1])
    state, submitted_on, is_acknowledged = S.ASSIGNED.value, None, False
    suspended_on: date | None = None
    for name, day in steps:
        # Nothing is granted of what is suspended or handed in: a grant of the day on which that ended came after.
        is_before = (name == "resume" and suspended_on != day) or (name == "accept_period" and submitted_on != day)
        while moves and (moves[0][0] < day or (moves[0][0] == day and not is_before)):
            due_on = moves.pop(0)[1]
        is_acknowledged = is_acknowledged or name == "acknowledge"
        state = state_after(name, is_acknowledged=is_acknowledged)
        if name == "submit":
            submitted_on = day
        if name == "suspend":
            suspended_on = day
        if name == "resume" and suspended_on:
            due_on = due_after_pause(assignment, due_on, suspended_on, day)
            if assignment.time_kind != TimeKind.PERIODIC:
                first = due_after_pause(assignment, first, suspended_on, day)
        if name == "accept_period" and due_on:
            due_on, submitted_on = next_due(due_on, assignment.cycle, assignment.first_due_on), None
    due_on = moves[-1][1] if moves else due_on
    return Standing(state, assignment.time_kind, due_on, first, submitted_on, is_waiting)


def standing_of(
    assignment: Assignment,
    entries: Iterable[Entry],
    requests: Iterable[Request],
    corrections: Iterable[Correction] = (),
) -> Standing:
    """How the assignment stands, by what was written at its steps, asked about it and corrected, oldest first."""
    steps = [(entry.step, timezone.localdate(entry.written_at)) for entry in entries]
    granted = ((row.decided_on, row.granted_on) for row in requests)
    followed = [(row.made_on, row.counted_after, row.due_after) for row in corrections]
    return stood(assignment, steps, sorted((on, until) for on, until in granted if on and until), followed)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days that decide on lateness: due up to `soon` is soon, unheard of since before `silent` is quiet."""

    today: date
    soon: date
    silent: date

    @property
    def asked(self) -> dict[str, date]:
        """The days as values of a prepared query."""
        return {"today": self.today, "soon": self.soon, "silent": self.silent}

    @classmethod
    def on(cls, today: date) -> Horizon:
        """Those of a day: `DUE_SOON_DAYS` working days ahead, `QUIET_DAYS` days back."""
        soon = add_workdays(today, settings.DUE_SOON_DAYS)
        return cls(today, soon, today - timedelta(days=settings.QUIET_DAYS))


def lateness(days: Horizon) -> Case:
    """The expression for `Lateness`.

    Soon: due within some working days. Quiet: a duty without a due day of its own of which nothing was heard for
    long. What is owed but waits for another is none of these.
    """
    waiting = Q(state__in=(*HANDED_IN, *CLOSED, S.SUSPENDED))
    quiet = Q(
        time_kind__in=QUIETABLE,
        news_on__lt=days.silent,
    )
    return Case(
        When(Q(state__in=OWED) & WAITS, then=Value(Lateness.WAITS.value)),
        When(overdue(days.today), then=Value(Lateness.OVERDUE.value)),
        When(Q(due_on__lte=days.soon) & ~waiting, then=Value(Lateness.SOON.value)),
        When(quiet & ~waiting, then=Value(Lateness.QUIET.value)),
        default=Value(Lateness.NONE.value),
        output_field=IntegerField(),
    )


def state_rank() -> Case:
    """The expression for how advanced the state is: its place in STATE_ORDER."""
    return Case(
        *(When(state=state, then=Value(rank)) for rank, state in enumerate(STATE_ORDER)),
        output_field=IntegerField(),
    )


def with_lateness(assignments: QuerySet[Assignment], today: date) -> WithLateness:
    """The assignments, each with its `lateness` on the day `today`."""
    return assignments.annotate(lateness=lateness(Horizon.on(today)))
