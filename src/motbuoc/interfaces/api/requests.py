"""What units ask of whoever issued their tasks (later days, rests), help that is offered, and what may need it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.work.asked import (
    open_requests_for,
    requests_decided_for,
    requests_for,
    requests_to_decide,
)
from motbuoc.domains.work.helping import help_offers_for, help_steps_for, in_ten, may_need_help, newest_run
from motbuoc.domains.work.models import HelpOffer, Request
from motbuoc.domains.work.offering import offer_help, take_help_step
from motbuoc.domains.work.requesting import ask, decide, withdraw
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.together import MOST, decide_together
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition
from motbuoc.interfaces.api.asking import Caller, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, Chosen, Outcomes, StepOffered, steps_told, told

router = Router(tags=["requests"])
Reason = Annotated[Words, Field(max_length=2_000)]


class RequestRow(Schema):
    """What a unit asked about a task: an extension up to `wanted_on`, or a suspension; and the answer."""

    id: int
    version: int
    assignment_id: int
    unit: str | None
    kind: str
    state: str
    reason: str
    due_on: date | None
    wanted_on: date | None
    asked_by: str
    asked_on: date
    granted_on: date | None
    answer: str
    decided_on: date | None


class RequestsAsked(Paging):
    """Which requests: waiting for the person's decision, for anybody's, or decided upon; of which assignment."""

    tab: Literal["mine", "open", "decided", "all"] = "open"
    assignment: int | None = None


class RequestAsked(Schema):
    """What the unit asks for, and why; `version` is that of the assignment."""

    version: int
    kind: Request.Kind
    reason: Reason
    wanted_on: date | None = None


class Decision(Schema):
    """The answer: a refusal has a reason; `granted_on`: another day than the one wanted."""

    version: int
    grant: bool
    answer: Reason = ""
    granted_on: date | None = None


class DecisionTogether(Schema):
    """One answer to several: a refusal has a reason; what is granted is granted as it was asked."""

    chosen: Annotated[list[Chosen], Field(min_length=1, max_length=MOST)]
    grant: bool
    answer: Reason = ""


class RequestTaken(Schema):
    """The version that what is asked rests on."""

    version: int


class OfferRow(Schema):
    """Help that was offered to the unit with a task, and what it answered."""

    id: int
    version: int
    assignment_id: int
    state: str
    words: str
    offered_at: datetime
    answer: str
    answered_at: datetime | None
    steps: list[StepOffered]


class OfferAsked(Schema):
    """What is offered."""

    words: Reason


class OfferStep(Schema):
    """A step of an offer: the unit's answer, or taking it back."""

    version: int
    step: Words
    text: Reason = ""


class NeedRow(Schema):
    """A task that may need help: of ten like it, `in_ten` miss their day; with the counts that this rests on."""

    assignment_id: int
    words: str
    unit: str | None
    due_on: date | None
    in_ten: int
    unit_count: int
    unit_late: int
    kind_count: int
    kind_late: int


class Outlook(Schema):
    """How good the forecasts have been; they are shown only while they are better than the base rate."""

    made_at: datetime
    lead_days: int
    count: int
    late: int
    judged: int
    brier: float | None
    base_brier: float | None
    is_shown: bool
    bins: list[dict[str, Any]]


@router.get("/requests", response=Page[RequestRow], summary="What units ask", operation_id="request_list")
@asks(Action.VIEW_ASSIGNMENT)
def request_list(request: Caller, asked: Query[RequestsAsked]) -> Any:
    """Of tasks in sight; `tab=mine`: what waits for the person's own decision."""
    lists = {"mine": requests_to_decide, "open": open_requests_for, "decided": requests_decided_for}
    found = lists.get(asked.tab, requests_for)(request.viewer)
    if asked.assignment is not None:
        found = found.filter(assignment=row_id(asked.assignment))
    return page_of(found, asked, _row)


@router.post(
    "/assignments/{pk}/requests",
    response={201: RequestRow, **CHANGED},
    summary="Ask for a later day or a rest",
    operation_id="assignment_ask",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def assignment_ask(request: Caller, pk: int, asked: RequestAsked) -> Any:
    """Ask whoever issued the task; the first due day stays to be judged by."""
    said = {**asked.dict(), "kind": asked.kind.value}
    made = ask(actor=request.viewer, assignment=_assignment(request, pk), **said)
    return Status(201, _row(_request(request, made.pk)))


@router.post(
    "/requests/{pk}/decide",
    response={200: RequestRow, **CHANGED},
    summary="Grant or refuse a request",
    operation_id="request_decide",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def request_decide(request: Caller, pk: int, asked: Decision) -> Any:
    """Grant what was asked, or refuse it with the reason; nobody decides on their own."""
    decide(actor=request.viewer, request=_request(request, pk), **asked.dict())
    return _row(_request(request, pk))


@router.post(
    "/requests/together",
    response={200: Outcomes, 422: Problem},
    summary="Grant or refuse several requests at once",
    operation_id="requests_together",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def requests_together(request: Caller, asked: DecisionTogether) -> Any:
    """Each by itself, as if alone: what cannot be decided upon says why and keeps no other from being decided."""
    versions = {each.id: each.version for each in asked.chosen}
    found = requests_for(request.viewer).filter(pk__in=[pk for pk in versions if row_id(pk)])
    chosen = [(row, versions[row.pk]) for row in found]
    outcomes = decide_together(actor=request.viewer, chosen=chosen, grant=asked.grant, answer=asked.answer)
    return {"outcomes": [{"id": one.row.pk, "refusal": str(one.refusal)} for one in outcomes]}


@router.post(
    "/requests/{pk}/withdraw",
    response={200: RequestRow, **CHANGED},
    summary="Take a request back",
    operation_id="request_withdraw",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def request_withdraw(request: Caller, pk: int, asked: RequestTaken) -> Any:
    """Take one's own request back while it is open."""
    withdraw(actor=request.viewer, request=_request(request, pk), version=asked.version)
    return _row(_request(request, pk))


@router.get(
    "/help-offers", response=Page[OfferRow], summary="Help that was offered", operation_id="help_offer_list"
)
@asks(Action.VIEW_ASSIGNMENT)
def help_offer_list(request: Caller, asked: Query[Paging]) -> Any:
    """Offers on tasks in sight, the newest first, each with the steps the person may take."""
    page = page_of(help_offers_for(request.viewer), asked, lambda offer: offer)
    steps = help_steps_for(request.viewer, page["rows"])
    return page | {"rows": [_told(offer, steps[offer.pk]) for offer in page["rows"]]}


@router.post(
    "/assignments/{pk}/help-offers",
    response={201: OfferRow, 422: Problem},
    summary="Offer help with a task",
    operation_id="assignment_offer_help",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def assignment_offer_help(request: Caller, pk: int, asked: OfferAsked) -> Any:
    """Offer the unit help; it answers what it needs, or that it needs none."""
    made = offer_help(actor=request.viewer, assignment=_assignment(request, pk), words=asked.words)
    return Status(201, _offer(request, made))


@router.post(
    "/help-offers/{pk}/steps",
    response={200: OfferRow, **CHANGED},
    summary="Answer an offer of help or take it back",
    operation_id="help_offer_step",
)
@asks(Action.VIEW_ASSIGNMENT)
def help_offer_step(request: Caller, pk: int, asked: OfferStep) -> Any:
    """Take one of the offered steps."""
    offer: HelpOffer = get_object_or_404(help_offers_for(request.viewer), pk=row_id(pk))
    fresh = take_help_step(
        actor=request.viewer, offer=offer, version=asked.version, name=asked.step, text=asked.text
    )
    return _offer(request, fresh)


@router.get(
    "/may-need-help",
    response=Page[NeedRow],
    summary="Which tasks may need help",
    operation_id="may_need_help_list",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def may_need_help_list(request: Caller, asked: Query[Paging]) -> Any:
    """The likeliest to miss their day first, as help to offer; empty while the forecasts are not worth showing."""
    return page_of(may_need_help(request.viewer), asked, _need)


@router.get(
    "/outlook",
    response={200: Outlook, 404: Problem},
    summary="How good the forecasts have been",
    operation_id="outlook",
)
@asks(Action.VIEW_ASSIGNMENT)
def outlook(request: Caller) -> Any:
    """The Brier score of the forecasts beside that of the plain base rate, and the table of what came."""
    run = newest_run()
    if run is None:
        return Status(404, {"detail": "Not found"})
    return told(Outlook, run, is_shown=run.is_better)


def _assignment(request: Caller, pk: int) -> Any:
    assignment = get_object_or_404(assignments_for(request.viewer), pk=row_id(pk))
    shows(request, "assignment", pk, assignment.unit_id)
    return assignment


def _request(request: Caller, pk: int) -> Request:
    found = get_object_or_404(requests_for(request.viewer), pk=row_id(pk))
    shows(request, "assignment", found.assignment_id, found.assignment.unit_id)
    return found


def _row(row: Any) -> dict[str, Any]:
    return told(RequestRow, row, unit=row.unit_short_name, asked_by=row.asked_by.full_name)


def _offer(request: Caller, offer: HelpOffer) -> dict[str, Any]:
    return _told(offer, help_steps_for(request.viewer, [offer])[offer.pk])


def _told(offer: HelpOffer, steps: list[Transition]) -> dict[str, Any]:
    return told(OfferRow, offer, steps=steps_told(steps))


def _need(row: Any) -> dict[str, Any]:
    more = {"assignment_id": row.pk, "words": row.duty.text, "unit": row.unit_name, "due_on": row.due_on}
    return told(NeedRow, row.outlook, **more, in_ten=in_ten(row.outlook))
