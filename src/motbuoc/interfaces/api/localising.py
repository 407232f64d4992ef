"""Units' plans of directives: written or brought in, and tied to what they carry out."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motbuoc.domains.cascade.drafting import Draft, PlanItem, first_values
from motbuoc.domains.cascade.matching import proposals
from motbuoc.domains.cascade.models import Localisation
from motbuoc.domains.cascade.selectors import (
    answerable,
    as_items,
    items_asked_of,
    items_of,
    localisations_for,
    plans_for,
    units_to_localise_for,
)
from motbuoc.domains.cascade.services import bring_plan, link_items, write_plan
from motbuoc.domains.documents.models import Document
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.cascade import Item, directive_seen, item_told
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["plans of directives"])


class PlanRow(Schema):
    """A unit's plan that carries a directive out. `document_id`: the plan as a document."""

    document_id: int
    directive_id: int
    unit_id: int
    code: str
    subject: str
    state: str
    answers_id: int | None


class ToPlan(Schema):
    """What the unit's plan is to carry out, and what its letterhead and ending are proposed to say."""

    unit_id: int
    items: list[Item]
    superior: str
    issuer: str
    code: str
    place: str
    issued_on: date
    subject: str
    signer: str


class ItemAsked(Schema):
    """What the plan does for an item (`serves`) of the directive; `units`: who does it, else all."""

    serves: int
    what: Annotated[Words, Field(min_length=1, max_length=3000)]
    units: Annotated[list[int], Field(max_length=300)] = []
    due_on: Day | None = None
    product: Annotated[Words, Field(max_length=300)] = ""
    target: Annotated[Words, Field(max_length=300)] = ""


class PlanAsked(Schema):
    """A plan of `unit`, carried out by `units` (itself or below it); what is left out stands as proposed."""

    unit: int
    units: Annotated[list[int], Field(min_length=1, max_length=300)]
    items: Annotated[list[ItemAsked], Field(min_length=1, max_length=300)]
    superior: Annotated[Words, Field(max_length=250)] | None = None
    issuer: Annotated[Words, Field(min_length=1, max_length=250)] | None = None
    code: Annotated[Words, Field(max_length=80)] | None = None
    place: Annotated[Words, Field(max_length=120)] | None = None
    issued_on: Day | None = None
    subject: Annotated[Words, Field(max_length=500)] | None = None
    signer: Annotated[Words, Field(max_length=120)] | None = None
    purpose: Annotated[Words, Field(max_length=2000)] = ""


class LinkTold(Schema):
    """That an item of a plan carries out an item of the directive, with its target."""

    item: int
    serves: int
    target: str = ""


class PlanWhole(PlanRow):
    """A plan with its items and what they carry out; `proposed` by their words while nobody has said it.

    `version` is that of the document. `answerable`: the tasks of which the plan can be the result.
    """

    version: int
    items: list[Item]
    directive_items: list[Item]
    links: list[LinkTold]
    proposed: list[LinkTold]
    answerable: list[int]


class LinkAsked(Schema):
    """One link as it is to be."""

    item: int
    serves: int
    target: Annotated[Words, Field(max_length=300)] = ""


class LinksAsked(Schema):
    """All links of a plan as they are to be, and the task of which it is the result."""

    version: int
    links: Annotated[list[LinkAsked], Field(max_length=5_000)]
    answers: int | None = None


class UnitAsked(Schema):
    """For which unit."""

    unit: int


@router.get(
    "/directives/{pk}/plans", response=Page[PlanRow], summary="The units' plans", operation_id="directive_plans"
)
@asks(Action.VIEW_DOCUMENT)
def directive_plans(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """The plans that carry a directive out, as far as the person may read them."""
    return page_of(plans_for(request.viewer, directive_seen(request, pk)), asked, _plan_row)


@router.get(
    "/directives/{pk}/items",
    response=ToPlan,
    summary="What a unit's plan is to carry out",
    operation_id="directive_items",
)
@asks(Action.VIEW_DOCUMENT, do=Action.IMPORT_DOCUMENT)
def directive_items(request: Caller, pk: int, asked: Query[UnitAsked]) -> Any:
    """What the directive asks of the unit, and what the letterhead of its plan is proposed to say."""
    directive = directive_seen(request, pk)
    unit = _unit(request, directive, asked.unit)
    items = [item_told(duty) for duty in items_asked_of(directive, unit.pk)]
    return {"unit_id": unit.pk, "items": items, **first_values(directive, unit, clock.today())}


@router.post(
    "/directives/{pk}/plans",
    response={201: PlanWhole, 422: Problem},
    summary="Write a unit's plan",
    operation_id="directive_plan_write",
)
@asks(Action.VIEW_DOCUMENT, do=Action.IMPORT_DOCUMENT)
def directive_plan_write(request: Caller, pk: int, asked: PlanAsked) -> Any:
    """Write the plan as a Word file in the unit's layout, kept as its document to be reviewed and issued."""
    directive = directive_seen(request, pk)
    unit = _unit(request, directive, asked.unit)
    served = {duty.pk: duty for duty in items_asked_of(directive, unit.pk)}
    if {each.serves for each in asked.items} - served.keys():
        raise Refusal(_("An item has changed meanwhile. Reload the page and choose again."))
    items = tuple(
        PlanItem(**{**each.dict(), "serves": served[each.serves], "units": _ids(each.units)})
        for each in asked.items
    )
    head = asked.dict(exclude={"unit", "units", "items"}, exclude_none=True)
    said = {**first_values(directive, unit, clock.today()), **head}
    made = write_plan(
        actor=request.viewer,
        directive=directive,
        unit=unit,
        draft=Draft(**said, units=_ids(asked.units), items=items),
    )
    return Status(201, _plan(request, made.plan_id))


@router.post(
    "/directives/{pk}/plan-files",
    response={201: PlanWhole, 422: Problem},
    summary="Bring in a unit's plan",
    operation_id="directive_plan_bring",
)
@asks(Action.VIEW_DOCUMENT, do=Action.IMPORT_DOCUMENT)
def directive_plan_bring(request: Caller, pk: int, unit: Form[int], file: File[UploadedFile]) -> Any:
    """Read a plan that the unit has already written, and tie it to the directive."""
    directive = directive_seen(request, pk)
    owner = _unit(request, directive, unit)
    made = bring_plan(actor=request.viewer, directive=directive, unit=owner, upload=file)
    return Status(201, _plan(request, made.plan_id))


@router.get(
    "/plans/{pk}", response=PlanWhole, summary="One plan and what it carries out", operation_id="plan_detail"
)
@asks(Action.VIEW_DOCUMENT)
def plan_detail(request: Caller, pk: int) -> Any:
    """A plan, by the id of its document: its items and the directive's that they carry out."""
    return _plan(request, pk)


@router.post(
    "/plans/{pk}/links",
    response={200: PlanWhole, **CHANGED},
    summary="Say what a plan's items carry out",
    operation_id="plan_link",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def plan_link(request: Caller, pk: int, asked: LinksAsked) -> Any:
    """Set all links of the plan, and the task of which it is the result."""
    localisation = _localisation(request, pk)
    links: dict[int, list[int]] = {}
    for each in asked.links:
        links.setdefault(each.item, []).append(each.serves)
    tasks = answerable(request.viewer, localisation) if asked.answers is not None else []
    answers = next((task for task in tasks if task.pk == asked.answers), None)
    if asked.answers is not None and answers is None:
        raise Refusal(_("The plan can only be the result of a task that its own unit has from this directive."))
    link_items(
        actor=request.viewer,
        localisation=localisation,
        version=asked.version,
        links=links,
        targets={each.item: each.target.strip() for each in asked.links},
        answers=answers,
    )
    return _plan(request, pk)


def _unit(request: Caller, directive: Document, unit: int) -> Any:
    found = units_to_localise_for(request.viewer, directive, clock.today()).filter(pk=row_id(unit)).first()
    if found is None:
        raise NotAllowed(_("Only who brings in papers for a unit that received this directive can make its plan."))
    return found


def _ids(asked: list[int]) -> tuple[int, ...]:
    return tuple(row_id(each) or 0 for each in asked)


def _localisation(request: Caller, pk: int) -> Localisation:
    found = localisations_for(request.viewer).filter(plan=row_id(pk)).first()
    if found is None:
        raise Http404
    shows(request, "document", pk, found.plan.unit_id)
    return found


def _plan_row(row: Localisation) -> dict[str, Any]:
    ids = {"document_id": row.plan_id, "directive_id": row.directive_id, "answers_id": row.answers_id}
    return told(PlanRow, row.plan, **ids)


def _plan(request: Caller, pk: int) -> dict[str, Any]:
    row = _localisation(request, pk)
    items, served, links = items_of(row.plan), items_of(row.directive), list(row.links.all())
    proposed = {} if links else proposals(as_items(items), as_items(served))
    return {
        **_plan_row(row),
        "version": row.plan.version,
        "items": [item_told(duty) for duty in items],
        "directive_items": [item_told(duty) for duty in served],
        "links": [{"item": one.item_id, "serves": one.serves_id, "target": one.target} for one in links],
        "proposed": [{"item": item, "serves": serves} for item, serves in proposed.items()],
        "answerable": [task.pk for task in answerable(request.viewer, row)],
    }
