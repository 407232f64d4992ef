"""Due days that come or change after the issue: an event has happened, the calendar was corrected."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.inbox import named
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.recounting import Redated, counted_open, differing, redated, write_corrections
from motbuoc.domains.work.selectors import HEAVY
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.rules import explain
from motbuoc.foundation.workdays.selectors import calendar


def awaits_event(assignment: Assignment) -> bool:
    """Whether the assignment waits for an event of which nobody has said that it happened."""
    is_open = assignment.state not in CLOSED
    return is_open and assignment.time_kind == TimeKind.EVENT and assignment.counted_on is None


def may_record_event(viewer: Person, assignment: Assignment) -> bool:
    """Whether `viewer` may say that an event of the assignment happened: who works on it."""
    return policy.may_on(viewer, Action.WORK_ON_ASSIGNMENT, assignment.unit_id)


@transaction.atomic
def record_event(
    *, actor: Person, assignment: Assignment, version: int, on: date, due_on: date | None = None
) -> Assignment:
    """Say on which day the event happened (or, for what is due before it, will happen); the due day follows.

    `due_on` counts only where the duty has no rule to count by.

    Raises:
        NotAllowed: the actor does not work on it.
        Refusal: it waits for no event, the day cannot be, or there is neither rule nor due day.
        Collision: somebody changed it since `version`.
    """
    fresh = claim(assignment, version)
    if not may_record_event(actor, fresh):
        raise NotAllowed(_("Your role does not allow you to record the event of this task."))
    if not awaits_event(fresh):
        raise Refusal(_("This task waits for no event. Reload the page to see what has changed."))
    if on > clock.today() and not fresh.is_before:
        raise Refusal(_("The event cannot be recorded before it happens. Give today or an earlier day."))
    _check_day(on)
    due_on = explain(fresh.rule, on, calendar()).due_on if fresh.rule else due_on
    if due_on is None:
        raise Refusal(_("The directive gives no number of days. Give the due day yourself."))
    _check_day(due_on)
    if due_on < on and not fresh.is_before:
        raise Refusal(_("The due day lies before the event. Check both days."))
    before, fresh.counted_on = fresh.due_on, on
    fresh.due_on, fresh.first_due_on = due_on, fresh.first_due_on or due_on
    fresh.looked_on = None  # rungs that are past on the new day have not been told
    fresh.save()
    values = {"counted_on": on.isoformat(), "due_on": [before and before.isoformat(), due_on.isoformat()]}
    record(actor, Act("record_event", "assignment", fresh.pk, fresh.unit_id, values))
    return fresh


def _check_day(day: date) -> None:
    if not clock.FIRST_DAY <= day <= clock.LAST_DAY:
        raise Refusal(_("Give a day between the years 1900 and 2200."))


def redated_for(viewer: Person) -> list[Redated]:
    """The open assignments `viewer` decides on whose rule gives another day over the calendar of today.

    Each has the name of its unit (`inbox.named`): a directive gives the same words to many.
    """
    mine = policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "document__unit")
    rows: Any = named(counted_open().filter(mine), clock.today()).select_related("duty", "document").defer(*HEAVY)
    days = calendar()
    found = sorted(chain.from_iterable(differing(rows, days)), key=lambda row: (row.due_on or date.min, row.pk))
    return list(redated(found, days))


def digest_of(rows: list[Redated]) -> str:
    """What a preview showed, in a word: the confirmation names it."""
    told = ";".join(f"{r.assignment.pk}:{r.assignment.version}:{r.counted_on}:{r.due_on}" for r in rows)
    return sha256(told.encode()).hexdigest()


@transaction.atomic
def recalculate_deadlines(*, actor: Person, previewed: str) -> list[Redated]:
    """Give every assignment of `redated_for` its corrected day, one line of history each with old and new.

    The first due day stays what was promised (decision 0026).

    Raises:
        NotAllowed: the actor decides on no assignment.
        Refusal: nothing differs.
        Collision: what would change is not what the preview (`digest_of`) showed.
    """
    if not policy.may(actor, Action.DECIDE_ASSIGNMENT):
        raise NotAllowed(
            _("Your role does not allow this here: %(action)s.") % {"action": Action.DECIDE_ASSIGNMENT.label}
        )
    rows = redated_for(actor)
    if not rows:
        raise Refusal(_("Every counted due day agrees with the calendar. There is nothing to recalculate."))
    locked = counted_open().select_for_update(of=("self",)).filter(pk__in=[row.assignment.pk for row in rows])
    rows = list(redated(locked.select_related("document").defer(*HEAVY).order_by("due_on", "pk"), calendar()))
    if digest_of(rows) != previewed:
        raise Collision(_("Something changed since the preview. Look at it once more and confirm again."))
    write_corrections(actor, rows, None)
    return rows
