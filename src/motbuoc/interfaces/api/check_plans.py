"""Plans of inspections: a year's sample with its reasons, and the days and teams of its visits."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.inspections import services
from motbuoc.domains.inspections.selectors import (
    chosen_for,
    chosen_of,
    inspectors_of,
    plan_steps_for,
    plans_for,
    units_to_plan_for,
)
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.reorganisation.browsing import units_named
from motbuoc.foundation.units.models import Unit
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, steps_told, told

router = Router(tags=["plans of inspections"])
Reason = Annotated[Words, Field(max_length=500)]


Size = Annotated[int, Field(ge=1, le=services.MOST_UNITS)]
Seed = Annotated[Words, Field(min_length=1, max_length=40, pattern=r"\S")]


class CheckPlanRow(Schema):
    """What a unit inspects in a year, in how many units below it; `seed`: what lots are drawn by."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    year: int
    subject: str
    size: int
    seed: str
    drawn_on: date | None
    state: str


class ChosenTold(Schema):
    """A unit of the sample, with the reasons of the draw or a person's words; taken out, it stays to be read."""

    id: int
    unit_id: int
    unit: str | None
    position: int
    reasons: list[dict[str, Any]]
    words: str
    is_taken_out: bool


class CheckPlanWhole(CheckPlanRow):
    """A plan with its sample and the steps that can be taken."""

    chosen: list[ChosenTold]
    steps: list[StepOffered]


class CheckPlanAsked(Schema):
    """A plan to be begun."""

    unit: int
    year: Annotated[int, Field(ge=2000, le=2100)]
    subject: Annotated[Words, Field(min_length=1, max_length=500, pattern=r"\S")]
    size: Size
    seed: Seed


class DrawAsked(Schema):
    """The version that what is asked rests on."""

    version: int


class ChangeAsked(DrawAsked):
    """How many units are wanted, and what lots are drawn by."""

    size: Size
    seed: Seed


class CheckPlanStep(DrawAsked):
    """A step of a plan: `approve_plan`, or `reopen_plan` with a reason."""

    step: Words
    text: Reason = ""


class ChooseAsked(DrawAsked):
    """A unit to be put into the sample, and why."""

    unit: int
    words: Reason


class TakeOutAsked(Schema):
    """Why a unit is taken out."""

    words: Reason


class Inspector(Schema):
    """Somebody who may inspect for the unit whose plan it is."""

    id: int
    name: str


class VisitAsked(Schema):
    """When, and who goes, of those who may inspect for the unit; `others`: people of other bodies."""

    day: Day
    team: Annotated[list[int], Field(min_length=1, max_length=100)]
    others: Annotated[Words, Field(max_length=300)] = ""

    def planned(self, by_unit: Unit) -> dict[str, Any]:
        """As the services take it.

        Raises:
            Refusal: somebody of the team may not inspect for the inspecting unit.
        """
        wanted = {row_id(each) or 0 for each in self.team}
        team = list(inspectors_of(by_unit).filter(pk__in=wanted))
        if len(team) < len(wanted):
            raise Refusal(_("Choose who inspects, among those who may inspect for the inspecting unit."))
        return {"day": self.day, "team": team, "others": self.others}


class VisitMade(Schema):
    """The visit that was planned."""

    id: int
    version: int
    unit_id: int
    day: date
    state: str


@router.get(
    "/check-plans", response=Page[CheckPlanRow], summary="Plans of inspections", operation_id="check_plan_list"
)
@asks(Action.INSPECT_WORK)
def check_plan_list(request: Caller, asked: Query[Paging]) -> Any:
    """The plans of units where the person inspects, the latest year first."""
    return page_of(plans_for(request.viewer), asked, _row)


@router.get(
    "/check-plans/{pk}",
    response=CheckPlanWhole,
    summary="One plan of inspections",
    operation_id="check_plan_detail",
)
@asks(Action.INSPECT_WORK)
def check_plan_detail(request: Caller, pk: int) -> Any:
    """A plan with the units of its sample and what speaks for each."""
    return _whole(request, pk)


@router.post(
    "/check-plans",
    response={201: CheckPlanWhole, 422: Problem},
    summary="Begin a plan of inspections",
    operation_id="check_plan_make",
)
@asks(Action.INSPECT_WORK)
def check_plan_make(request: Caller, asked: CheckPlanAsked) -> Any:
    """Say what a unit inspects in a year, and in how many units; they are drawn in the next step."""
    own = units_to_plan_for(request.viewer, clock.today()).filter(pk=row_id(asked.unit))
    if not own.exists():
        raise NotAllowed(
            _("Your role does not allow this here: %(action)s.") % {"action": Action.INSPECT_WORK.label}
        )
    said = asked.dict(exclude={"unit"})
    plan = services.make_plan(actor=request.viewer, unit_id=asked.unit, **said)
    return Status(201, _whole(request, plan.pk))


@router.post(
    "/check-plans/{pk}/change",
    response={200: CheckPlanWhole, **CHANGED},
    summary="Change how many units are drawn",
    operation_id="check_plan_change",
)
@asks(Action.INSPECT_WORK)
def check_plan_change(request: Caller, pk: int, asked: ChangeAsked) -> Any:
    """Say anew how many units are wanted and what lots are drawn by; the sample stays until it is drawn again."""
    services.change_plan(actor=request.viewer, plan=_plan(request, pk), **asked.dict())
    return _whole(request, pk)


@router.post(
    "/check-plans/{pk}/draw",
    response={200: CheckPlanWhole, **CHANGED},
    summary="Draw the sample",
    operation_id="check_plan_draw",
)
@asks(Action.INSPECT_WORK)
def check_plan_draw(request: Caller, pk: int, asked: DrawAsked) -> Any:
    """Draw the units by today's facts and the seed; what a person added or took out stays so."""
    services.draw_sample(actor=request.viewer, plan=_plan(request, pk), version=asked.version)
    return _whole(request, pk)


@router.post(
    "/check-plans/{pk}/steps",
    response={200: CheckPlanWhole, **CHANGED},
    summary="Approve a plan or open it again",
    operation_id="check_plan_step",
)
@asks(Action.INSPECT_WORK)
def check_plan_step(request: Caller, pk: int, asked: CheckPlanStep) -> Any:
    """Take one of the offered steps."""
    services.take_plan_step(
        actor=request.viewer, plan=_plan(request, pk), version=asked.version, name=asked.step, text=asked.text
    )
    return _whole(request, pk)


@router.post(
    "/check-plans/{pk}/chosen",
    response={200: CheckPlanWhole, **CHANGED},
    summary="Put a unit into the sample",
    operation_id="check_plan_add",
)
@asks(Action.INSPECT_WORK)
def check_plan_add(request: Caller, pk: int, asked: ChooseAsked) -> Any:
    """Put a unit below into the sample by hand; the reason stays beside it."""
    plan = _plan(request, pk)
    found = units_named(request.viewer, clock.today(), [row_id(asked.unit) or 0], Action.INSPECT_WORK)
    if not found:
        raise Refusal(_("One of these units is not there, or you may not choose it."))
    services.add_chosen(actor=request.viewer, plan=plan, version=asked.version, unit=found[0], words=asked.words)
    return _whole(request, pk)


@router.post(
    "/chosen/{pk}/take-out",
    response={200: CheckPlanWhole, 422: Problem},
    summary="Take a unit out of the sample",
    operation_id="chosen_take_out",
)
@asks(Action.INSPECT_WORK)
def chosen_take_out(request: Caller, pk: int, asked: TakeOutAsked) -> Any:
    """Take a unit out, for a reason; it stays in the plan with that."""
    chosen = _chosen(request, pk)
    services.take_out(actor=request.viewer, chosen=chosen, words=asked.words)
    return _whole(request, chosen.plan_id)


@router.get(
    "/chosen/{pk}/inspectors",
    response=Page[Inspector],
    summary="Who may inspect a chosen unit",
    operation_id="chosen_inspectors",
)
@asks(Action.INSPECT_WORK)
def chosen_inspectors(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """Of whom a team can be made, by name."""
    people = inspectors_of(_chosen(request, pk).plan.unit)
    return page_of(people, asked, lambda person: {"id": person.pk, "name": person.full_name})


@router.post(
    "/chosen/{pk}/visits",
    response={201: VisitMade, 422: Problem},
    summary="Plan the inspection of a chosen unit",
    operation_id="chosen_schedule",
)
@asks(Action.INSPECT_WORK)
def chosen_schedule(request: Caller, pk: int, asked: VisitAsked) -> Any:
    """Set the day and the team."""
    chosen = _chosen(request, pk)
    planned = asked.planned(chosen.plan.unit)
    return Status(201, services.schedule_visit(actor=request.viewer, chosen=chosen, **planned))


def _plan(request: Caller, pk: int) -> Any:
    plan: Any = get_object_or_404(plans_for(request.viewer), pk=row_id(pk))
    shows(request, "check_plan", pk, plan.unit_id)
    return plan


def _chosen(request: Caller, pk: int) -> Any:
    found = chosen_for(request.viewer).select_related("unit", "plan__unit")
    chosen: Any = get_object_or_404(found, pk=row_id(pk))
    shows(request, "check_plan", chosen.plan_id, chosen.plan.unit_id)
    return chosen


def _row(plan: Any) -> dict[str, Any]:
    return told(CheckPlanRow, plan, unit=plan.unit_name)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    plan = _plan(request, pk)
    chosen = [
        told(ChosenTold, row, unit=row.unit_name, is_taken_out=row.taken_out_by_id is not None)
        for row in chosen_of(plan)
    ]
    return {**_row(plan), "chosen": chosen, "steps": steps_told(plan_steps_for(request.viewer, plan))}
