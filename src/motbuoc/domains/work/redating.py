"""Due days that come or change after the issue: an event has happened, the calendar was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.deadlines import explained
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import HEAVY
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record, write_lines
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


@dataclass(frozen=True, slots=True)
class Redated:
    """An open assignment whose first due day the calendar of today gives otherwise.

    An extension stays: where the due day was moved, it moves only if the corrected first day lies after it.
    """

    assignment: Assignment
    first_due_on: date
    due_on: date


def redated_for(viewer: Person) -> list[Redated]:
    """The open assignments `viewer` decides on whose counted day differs from what the calendar gives now."""
    mine = policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "document__unit")
    rows = Assignment.objects.filter(mine, due_count__isnull=False, counted_on__isnull=False)
    rows = rows.exclude(state__in=CLOSED).select_related("duty", "document").defer(*HEAVY)
    rows = rows.order_by("due_on", "pk")
    days = calendar()
    found = (_redated(row, told.due_on) for row in rows if (told := explained(row, days)))
    return [each for each in found if each]


def _redated(row: Assignment, first: date) -> Redated | None:
    if first == row.first_due_on:
        return None
    is_extended = row.due_on is not None and row.due_on != row.first_due_on
    return Redated(row, first, max(first, row.due_on) if is_extended and row.due_on else first)


def digest_of(rows: list[Redated]) -> str:
    """What a preview showed, in a word: the confirmation names it."""
    told = ";".join(f"{r.assignment.pk}:{r.assignment.version}:{r.first_due_on}:{r.due_on}" for r in rows)
    return sha256(told.encode()).hexdigest()


@transaction.atomic
def recalculate_deadlines(*, actor: Person, previewed: str) -> list[Redated]:
    """Give every assignment of `redated_for` its corrected days, one line of history each with old and new.

    The first due day is corrected too, since it was wrong; the history keeps both.

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
    if digest_of(rows) != previewed:
        raise Collision(_("Something changed since the preview. Look at it once more and confirm again."))
    acts = [_redate(row) for row in rows]
    write_lines(actor, iter(acts))
    return rows


def _redate(row: Redated) -> Act:
    fresh = claim(row.assignment, row.assignment.version)
    values = {
        "first_due_on": [_iso(fresh.first_due_on), row.first_due_on.isoformat()],
        "due_on": [_iso(fresh.due_on), row.due_on.isoformat()],
    }
    fresh.first_due_on, fresh.due_on = row.first_due_on, row.due_on
    fresh.looked_on = None  # rungs that are past on the new day have not been told
    fresh.save()
    return Act("recalculate_deadline", "assignment", fresh.pk, fresh.unit_id, values)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
