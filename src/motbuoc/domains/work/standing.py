"""How an assignment stands on a day: said once, as expressions the database computes.

Overdue is computed from the dates and never stored, so that moving a date or correcting a calendar needs no sweep.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Cycle, TimeKind
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core.workdays import add_workdays

S = AssignmentState


class Lateness(models.IntegerChoices):
    """How late an assignment is, the worst with the highest number."""

    NONE = 0, _("On time")
    QUIET = 1, _("Quiet for long")
    SOON = 2, _("Due soon")
    OVERDUE = 3, _("Overdue")


STATE_ORDER = (S.ASSIGNED, S.RETURNED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.SUBMITTED, S.ACCEPTED)
"""States from the least to the most advanced; a cell of the board shows the least advanced of its assignments."""

MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.NINE_MONTHS: 9, Cycle.YEAR: 12}


def next_due(due_on: date, cycle: str) -> date:
    """The due day one cycle after `due_on`; the last day of a shorter month where it has no such day."""
    if cycle == Cycle.WEEK:
        return due_on + timedelta(days=7)
    months = due_on.year * 12 + due_on.month - 1 + MONTHS[Cycle(cycle)]
    first = date(months // 12, months % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=due_on.day - 1), last)


def overdue(today: date) -> Q:
    """Due before `today` and not submitted, or submitted after the due day. Done late is told by `done_late`."""
    waiting = Q(state=S.SUBMITTED)
    return (Q(due_on__lt=today) & ~waiting & ~Q(state=S.ACCEPTED)) | (waiting & Q(submitted_on__gt=F("due_on")))


def done_late() -> Q:
    """Accepted, and submitted after the first due day."""
    return Q(state=S.ACCEPTED, submitted_on__gt=F("first_due_on"))


def lateness(today: date) -> Case:
    """The expression for `Lateness` on the day `today`.

    Soon: due within `DUE_SOON_DAYS` working days. Quiet: a duty without a due day of its own of which nothing was
    heard for more than `QUIET_DAYS` days.
    """
    waiting = Q(state__in=(S.SUBMITTED, S.ACCEPTED))
    soon = Q(due_on__lte=add_workdays(today, settings.DUE_SOON_DAYS))
    quiet = Q(
        time_kind__in=(TimeKind.CONTINUOUS, TimeKind.UNDATED, TimeKind.EVENT),
        news_on__lt=today - timedelta(days=settings.QUIET_DAYS),
    )
    return Case(
        When(overdue(today), then=Value(Lateness.OVERDUE.value)),
        When(soon & ~waiting, then=Value(Lateness.SOON.value)),
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


def with_lateness(assignments: QuerySet[Assignment], today: date) -> QuerySet[Assignment]:
    """The assignments, each with its `lateness` on the day `today`."""
    return assignments.annotate(lateness=lateness(today))
