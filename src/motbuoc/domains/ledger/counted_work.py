"""The counters of the tracker: tasks that units were given, did, and did in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.counters import Counter, declare
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import AssignmentState


def _of(units: Collection[int]) -> QuerySet[Assignment]:
    """Their tasks, except those that only ask for a report."""
    return Assignment.objects.filter(unit__in=units, submission=None).annotate(counted_for=F("unit_id"))


def given(units: Collection[int], start: date, end: date) -> QuerySet[Assignment]:
    """Tasks given in the days."""
    return _of(units).filter(assigned_on__range=(start, end)).exclude(state=AssignmentState.CANCELLED)


def done(units: Collection[int], start: date, end: date) -> QuerySet[Assignment]:
    """Tasks accepted as done in the days."""
    return _of(units).filter(state=AssignmentState.ACCEPTED, accepted_on__range=(start, end))


def done_on_time(units: Collection[int], start: date, end: date) -> QuerySet[Assignment]:
    """Of these, the ones handed in by the day first given, or without one."""
    return done(units, start, end).filter(Q(first_due_on=None) | Q(submitted_on__lte=F("first_due_on")))


def _words(assignment: Assignment) -> str:
    return assignment.duty.text


for _key, _label, _records in (
    ("work.given", _("Tasks given"), given),
    ("work.done", _("Tasks done"), done),
    ("work.done_on_time", _("Tasks done on time"), done_on_time),
):
    declare(Counter(_key, _label, _records, "assignment_detail", _words))
