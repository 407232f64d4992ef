"""Who is asked for which form how often, and the periods that were opened: looked at, opened, moved, locked."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.ledger import scheduling
from motbuoc.domains.ledger.burden import burden_on
from motbuoc.domains.ledger.periods import next_to_open
from motbuoc.domains.ledger.selectors import (
    exemptions_for,
    expected_units,
    forms_for,
    schedules_for,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.reorganisation.browsing import units_named
from motbuoc.foundation.units.selectors import groups_for
from motbuoc.interfaces.api.asking import Caller, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.indicators import Name, keeps_for
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["schedules"])
Reason = Annotated[Words, Field(min_length=1, max_length=500, pattern=r"\S")]
Cycle = Literal["week", "month", "quarter", "half_year", "nine_months", "year", "thematic", "ad_hoc"]


class TermsAsked(Schema):
    """How often a schedule asks, and by when; `due_days`: after the cut-off, the nearest level first.

    `opens_before`: so many days before its last day a period opens by itself; null: by hand.
    """

    name: Name
    cycle: Cycle
    closes_on_day: Annotated[int, Field(ge=1, le=31)] = 31
    due_days: Annotated[list[Annotated[int, Field(ge=0, le=366)]], Field(min_length=1, max_length=10)] = [5]
    needs_check: bool = False
    opens_before: Annotated[int, Field(ge=0, le=60)] | None = None

    def terms(self) -> scheduling.Terms:
        """As the services take it."""
        days = self.closes_on_day, self.due_days
        return scheduling.Terms(self.name, self.cycle, *days, self.needs_check, self.opens_before)


class ScheduleAsked(TermsAsked):
    """A schedule: which form of whom, for `unit`; `basis`: the directive that asks for it."""

    unit: int
    form: int
    units: Annotated[list[int], Field(max_length=2_000)] = []
    group: int | None = None
    basis: int | None = None


class TermsChanged(TermsAsked):
    """The same from the next period on."""

    version: int


class ScheduleRow(Schema):
    """A schedule."""

    id: int
    version: int
    unit_id: int
    form_id: int
    basis_id: int | None
    name: str
    cycle: str
    closes_on_day: int
    due_days: list[int]
    needs_check: bool
    opens_before: int | None
    is_closed: bool


class ExemptionTold(Schema):
    """That a unit need not report, and why."""

    id: int
    unit_id: int
    reason: str


class ScheduleWhole(ScheduleRow):
    """A schedule with who is exempted, for whoever sees the figures of the unit that asks."""

    exemptions: list[ExemptionTold]


class ExemptAsked(Schema):
    """A unit that need not report."""

    unit: int
    reason: Reason


class VersionAsked(Schema):
    """The version that what is asked rests on."""

    version: int


class SpanTold(Schema):
    """The days of a period."""

    start: date
    end: date


class ExpectedTold(Schema):
    """A unit that is asked, how many levels below, and by when."""

    unit_id: int
    depth: int
    due_on: date


class TwiceTold(Schema):
    """An indicator that so many of the units report under another schedule already."""

    indicator_id: int
    units: int
    schedules: list[str]


class Foreseen(Schema):
    """What opening the next period would ask: `proposed` days, who by when, and the figures that makes a year."""

    proposed: SpanTold | None
    expected: list[ExpectedTold]
    cells: int
    periods_a_year: int
    figures_a_year: int
    counted_by_system: int
    asked_already: list[TwiceTold]


@router.get("/schedules", response=Page[ScheduleRow], summary="The schedules", operation_id="schedule_list")
@asks(Action.VIEW_FIGURES)
def schedule_list(request: Caller, asked: Query[Paging]) -> Any:
    """Which units fill in which form how often, by name."""
    return page_of(schedules_for(request.viewer), asked, lambda row: told(ScheduleRow, row))


@router.get("/schedules/{pk}", response=ScheduleWhole, summary="One schedule", operation_id="schedule_detail")
@asks(Action.VIEW_FIGURES)
def schedule_detail(request: Caller, pk: int) -> Any:
    """Its terms, and who is exempted why."""
    return _schedule_told(request, pk)


@router.post(
    "/schedules",
    response={201: ScheduleWhole, **CHANGED},
    summary="Make a schedule",
    operation_id="schedule_make",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_make(request: Caller, asked: ScheduleAsked) -> Any:
    """Say who fills in a form how often; nothing is sent until a period is opened."""
    viewer, today = request.viewer, clock.today()
    unit = keeps_for(viewer, asked.unit)
    wanted = {row_id(each) or 0 for each in asked.units}
    units = units_named(viewer, today, wanted, Action.KEEP_FORMS) if wanted else []
    form = forms_for(viewer).filter(pk=row_id(asked.form) or 0).first()
    group = groups_for(unit, today).filter(pk=row_id(asked.group) or 0).first() if asked.group else None
    basis = documents_for(viewer).filter(pk=row_id(asked.basis) or 0).first() if asked.basis else None
    if len(units) < len(wanted) or form is None or (asked.group and not group) or (asked.basis and not basis):
        raise Refusal(_("What you name is not there. Look it up in the list."))
    made = scheduling.make_schedule(
        actor=viewer, unit_id=unit, form=form, terms=asked.terms(), group=group, units=units, basis=basis
    )
    return Status(201, _schedule_told(request, made.pk))


@router.post(
    "/schedules/{pk}/change",
    response={200: ScheduleWhole, **CHANGED},
    summary="Change how often a schedule asks",
    operation_id="schedule_change",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_change(request: Caller, pk: int, asked: TermsChanged) -> Any:
    """From the next period on; what is opened stays as it was."""
    schedule = schedule_of(request, pk)
    scheduling.change_schedule(actor=request.viewer, schedule=schedule, version=asked.version, terms=asked.terms())
    return _schedule_told(request, pk)


@router.post(
    "/schedules/{pk}/exemptions",
    response={200: ScheduleWhole, 422: Problem},
    summary="Exempt a unit",
    operation_id="schedule_exempt",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_exempt(request: Caller, pk: int, asked: ExemptAsked) -> Any:
    """Let a unit not report, from the next period on."""
    schedule = schedule_of(request, pk)
    policy.require(request.viewer, Action.KEEP_FORMS, schedule.unit_id)
    found = units_named(request.viewer, clock.today(), [row_id(asked.unit) or 0], Action.KEEP_FORMS)
    if not found:
        raise Refusal(_("What you name is not there. Look it up in the list."))
    scheduling.exempt_unit(actor=request.viewer, schedule=schedule, unit=found[0], reason=asked.reason)
    return _schedule_told(request, pk)


@router.post(
    "/exemptions/{pk}/end",
    response={200: ScheduleWhole, 422: Problem},
    summary="Let a unit report again",
    operation_id="exemption_end",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def exemption_end(request: Caller, pk: int) -> Any:
    """From the next period on."""
    exemption = get_object_or_404(exemptions_for(request.viewer), pk=row_id(pk))
    scheduling.end_exemption(actor=request.viewer, exemption=exemption)
    return _schedule_told(request, exemption.schedule_id)


@router.post(
    "/schedules/{pk}/close",
    response={200: ScheduleWhole, **CHANGED},
    summary="Close a schedule",
    operation_id="schedule_close",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_close(request: Caller, pk: int, asked: VersionAsked) -> Any:
    """Open no more periods of it."""
    scheduling.close_schedule(actor=request.viewer, schedule=schedule_of(request, pk), version=asked.version)
    return _schedule_told(request, pk)


@router.get(
    "/schedules/{pk}/next",
    response=Foreseen,
    summary="What the next period would ask of whom",
    operation_id="schedule_next",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_next(request: Caller, pk: int) -> Any:
    """The days that are proposed, who would report by when, and what it costs them. Nothing is sent."""
    schedule = schedule_of(request, pk)
    policy.require(request.viewer, Action.KEEP_FORMS, schedule.unit_id)
    last = schedule.periods.aggregate(end=Max("end"))["end"]
    span = next_to_open(schedule.cycle, last, clock.today(), schedule.closes_on_day)
    expected = expected_units(schedule, span.end if span else clock.today())
    burden = burden_on(schedule, [row.unit_id for row in expected])
    return {
        "proposed": span._asdict() if span else None,
        "expected": [row._asdict() for row in expected],
        "cells": burden.cells,
        "periods_a_year": burden.periods,
        "figures_a_year": burden.a_year,
        "counted_by_system": burden.counted,
        "asked_already": [
            {
                "indicator_id": row.field.indicator_id,
                "units": row.units,
                "schedules": [other.name for other in row.schedules],
            }
            for row in burden.twice
        ],
    }


def schedule_of(request: Caller, pk: int) -> Any:
    """The schedule, if the person sees it."""
    schedule: Any = get_object_or_404(schedules_for(request.viewer), pk=row_id(pk))
    shows(request, "schedule", pk, schedule.unit_id)
    return schedule


def _schedule_told(request: Caller, pk: int) -> dict[str, Any]:
    schedule = schedule_of(request, pk)
    rows = exemptions_for(request.viewer).filter(schedule=schedule)
    return told(ScheduleWhole, schedule, exemptions=[told(ExemptionTold, row) for row in rows])
