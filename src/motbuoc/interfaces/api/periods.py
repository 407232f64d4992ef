"""The periods that were opened of schedules: opened, how they stand, moved, locked."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.ledger import scheduling
from motbuoc.domains.ledger.funnel import funnel_of
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.selectors import periods_for, submissions_for
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Day, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told
from motbuoc.interfaces.api.schedules import Reason, VersionAsked, schedule_of
from motbuoc.interfaces.jobs.opening import open_and_send

router = Router(tags=["periods"])


class PeriodAsked(Schema):
    """The days of a period; without `cutoff_on` its last day."""

    start: Day
    end: Day
    cutoff_on: Day | None = None
    label: Annotated[Words, Field(max_length=120)] = ""


class PeriodRow(Schema):
    """A period that was opened; `document_id`: what gave it to the units."""

    id: int
    version: int
    schedule_id: int
    form_id: int
    document_id: int
    label: str
    start: date
    end: date
    cutoff_on: date
    locked_on: date | None


class PeriodWhole(PeriodRow):
    """A period with how far its reports are, step by step, of so many expected; each counts those further on too.

    `on_time` and `complete` are counted of what was received and apart of what was accepted. `approved`: by every
    unit on the way; null where there is none. `corrected`: accepted again, in place of figures accepted before.
    """

    expected: int
    begun: int
    received: int
    on_time: int
    complete: int
    approved: int | None
    accepted: int
    accepted_on_time: int
    accepted_complete: int
    corrected: int


class CutoffAsked(VersionAsked):
    """Another cut-off, and why."""

    cutoff_on: Day
    reason: Reason


class LockAsked(VersionAsked):
    """Whether nothing is entered any more."""

    is_locked: bool = True


@router.post(
    "/schedules/{pk}/periods",
    response={201: PeriodWhole, **CHANGED},
    summary="Open a period",
    operation_id="period_open",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def period_open(request: Caller, pk: int, asked: PeriodAsked) -> Any:
    """Ask the units for the form over these days; each gets it as a task."""
    schedule = schedule_of(request, pk)
    span = Span(asked.start, asked.end)
    period = open_and_send(
        actor=request.viewer, schedule=schedule, span=span, cutoff_on=asked.cutoff_on, label=asked.label
    )
    return Status(201, _period_told(request, period.pk))


@router.get("/periods", response=Page[PeriodRow], summary="The periods", operation_id="period_list")
@asks(Action.VIEW_FIGURES)
def period_list(request: Caller, asked: Query[Paging]) -> Any:
    """The periods that were opened, the latest first."""
    return page_of(periods_for(request.viewer), asked, lambda row: told(PeriodRow, row))


@router.get("/periods/{pk}", response=PeriodWhole, summary="One period", operation_id="period_detail")
@asks(Action.VIEW_FIGURES)
def period_detail(request: Caller, pk: int) -> Any:
    """Its days, and how it stands among the reports that the person sees."""
    return _period_told(request, pk)


@router.post(
    "/periods/{pk}/cutoff",
    response={200: PeriodWhole, **CHANGED},
    summary="Move the cut-off",
    operation_id="period_cutoff",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def period_cutoff(request: Caller, pk: int, asked: CutoffAsked) -> Any:
    """Close the figures on another day, with a reason; due days are not moved with it."""
    scheduling.move_cutoff(actor=request.viewer, period=_period(request, pk), **asked.dict())
    return _period_told(request, pk)


@router.post(
    "/periods/{pk}/lock",
    response={200: PeriodWhole, **CHANGED},
    summary="Lock a period or open it again",
    operation_id="period_lock",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def period_lock(request: Caller, pk: int, asked: LockAsked) -> Any:
    """Let nothing be entered any more, or let it be entered again."""
    scheduling.lock_period(actor=request.viewer, period=_period(request, pk), **asked.dict())
    return _period_told(request, pk)


def _period(request: Caller, pk: int) -> Any:
    period: Any = get_object_or_404(periods_for(request.viewer), pk=row_id(pk))
    shows(request, "reporting_period", pk, period.schedule.unit_id)
    return period


def _period_told(request: Caller, pk: int) -> dict[str, Any]:
    period = _period(request, pk)
    funnel = funnel_of(submissions_for(request.viewer).filter(period=period))
    return told(PeriodWhole, period, **funnel._asdict())
