"""Deadlines: how a day is counted, the events they wait for, and the calendar they rest on."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from motbuoc.domains.work.deadlines import explained
from motbuoc.domains.work.moves import lines_of
from motbuoc.domains.work.redating import (
    awaits_event,
    digest_of,
    may_record_event,
    recalculate_deadlines,
    record_event,
    redated_for,
)
from motbuoc.domains.work.selectors import assignments_for, corrections_of, entries_for, requests_of
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.workdays.rules import LONGEST, YEARS, CountUnit, Explanation, Rule, explain
from motbuoc.foundation.workdays.selectors import calendar
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["deadlines"])


class DayOff(Schema):
    """A day that did not count, and why."""

    day: date
    reason: str


class Counted(Schema):
    """How a day was reached: from `start` (which does not count) to `reached`, moved over `rolled` to `due_on`."""

    start: date
    count: int
    unit: str
    is_before: bool
    counted: int
    skipped: list[DayOff]
    reached: date
    rolled: list[DayOff]
    due_on: date


class TrialAsked(Schema):
    """A start and a rule; `stays`: also on a day off."""

    start: date
    count: Annotated[int, Field(ge=1, le=LONGEST)]
    unit: CountUnit = CountUnit.WORKDAY
    is_before: bool = False
    stays: bool = False


class MoveTold(Schema):
    """What moved a due day: an extension, a pause, an accepted period, or a correction of the calendar."""

    kind: str
    on: date
    before: date
    after: date
    since: date | None


class Deadline(Schema):
    """When a task is due: as first given, as it is now, and how the first day was counted where a rule did."""

    assignment_id: int
    version: int
    first_due_on: date | None
    due_on: date | None
    counted: Counted | None
    moves: list[MoveTold]
    awaits_event: bool


class EventAsked(Schema):
    """On which day the event happened; `due_on` where no rule counts it."""

    version: int
    on: date
    due_on: date | None = None


class RedatedRow(Schema):
    """A task whose counted day differs from what the calendar gives now."""

    assignment_id: int
    first_due_on_now: date | None
    due_on_now: date | None
    first_due_on: date
    due_on: date


class Preview(Page[RedatedRow]):
    """What would change; `digest` names it when it is confirmed."""

    digest: str


class ConfirmAsked(Schema):
    """What the preview showed."""

    digest: Words


class Recalculated(Schema):
    """How many due days were corrected."""

    count: int


@router.get("/deadline-trial", response=Counted, summary="Where a rule leads", operation_id="deadline_trial")
@asks(Action.VIEW_UNIT)
def deadline_trial(request: Caller, asked: Query[TrialAsked]) -> Any:
    """Count a rule from a day, and say which days were left out."""
    if not YEARS[0] <= asked.start.year <= YEARS[1]:
        words = _("Give a day of the years %(first)s to %(last)s.")
        raise Refusal(words % {"first": YEARS[0], "last": YEARS[1]})
    rule = Rule(asked.count, asked.unit.value, rolls=not asked.stays, is_before=asked.is_before)
    return _counted(explain(rule, asked.start, calendar()))


@router.get(
    "/assignments/{pk}/deadline",
    response=Deadline,
    summary="Why a task is due when",
    operation_id="assignment_deadline",
)
@asks(Action.VIEW_ASSIGNMENT)
def assignment_deadline(request: Caller, pk: int) -> Any:
    """The first day and how it was counted, and the day as it is now."""
    return _deadline(request, _assignment(request, pk))


@router.post(
    "/assignments/{pk}/event",
    response={200: Deadline, **CHANGED},
    summary="Record the event a task waits for",
    operation_id="assignment_event",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def assignment_event(request: Caller, pk: int, asked: EventAsked) -> Any:
    """Say on which day it happened; the due day follows."""
    assignment = _assignment(request, pk)
    if not may_record_event(request.viewer, assignment):
        raise NotAllowed(_("Your role does not allow you to record the event of this task."))
    due_on = None if assignment.rule else asked.due_on
    done = record_event(
        actor=request.viewer, assignment=assignment, version=asked.version, on=asked.on, due_on=due_on
    )
    return _deadline(request, done)


@router.get(
    "/recalculation",
    response=Preview,
    summary="What a corrected calendar would change",
    operation_id="recalculation_preview",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def recalculation_preview(request: Caller, asked: Query[Paging]) -> Any:
    """The open tasks the person decides on whose counted day is another by the calendar of today."""
    rows = redated_for(request.viewer)
    return {**page_of(rows, asked, _redated, total=len(rows)), "digest": digest_of(rows)}


@router.post(
    "/recalculation",
    response={200: Recalculated, **CHANGED},
    summary="Recalculate due days",
    operation_id="recalculation_confirm",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def recalculation_confirm(request: Caller, asked: ConfirmAsked) -> Any:
    """Give every task of the preview its corrected days; 409 where something changed since."""
    return {"count": len(recalculate_deadlines(actor=request.viewer, previewed=asked.digest))}


def _assignment(request: Caller, pk: int) -> Any:
    assignment = get_object_or_404(assignments_for(request.viewer), pk=row_id(pk))
    shows(request, "assignment", pk, assignment.unit_id)
    return assignment


def _deadline(request: Caller, assignment: Any) -> dict[str, Any]:
    counted = explained(assignment, calendar())
    entries, asked = entries_for(request.viewer, assignment), requests_of(assignment)
    moves = lines_of(assignment, entries, asked, corrections_of(assignment))
    return told(
        Deadline,
        assignment,
        assignment_id=assignment.pk,
        counted=_counted(counted) if counted else None,
        moves=[told(MoveTold, move, kind=move.kind.value) for move in moves],
        awaits_event=awaits_event(assignment),
    )


def _counted(found: Explanation) -> dict[str, Any]:
    return told(
        Counted,
        found,
        count=found.rule.count,
        unit=str(found.rule.unit),
        is_before=found.rule.is_before,
        counted=len(found.counted),
        skipped=[{"day": each.day, "reason": str(each.reason)} for each in found.skipped],
        rolled=[{"day": each.day, "reason": str(each.reason)} for each in found.rolled],
    )


def _redated(row: Any) -> dict[str, Any]:
    now = row.assignment
    return told(RedatedRow, row, assignment_id=now.pk, first_due_on_now=now.first_due_on, due_on_now=now.due_on)
