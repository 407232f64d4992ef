"""Inspections of work: checklist, findings with evidence, draft and comment, conclusion, remedies."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motbuoc.domains.inspections import visiting
from motbuoc.domains.inspections.drafting import draft_of
from motbuoc.domains.inspections.models import CheckItem, Finding
from motbuoc.domains.inspections.selectors import (
    asked_on,
    conclusion_for,
    earlier_seen,
    finding_files_for,
    findings_for,
    findings_of,
    items_for,
    items_seen_by,
    remedies_for,
    visit_steps_for,
    visits_for,
)
from motbuoc.domains.work.selectors import steps_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.api.asking import Caller, ClassName, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import A_FILE, CHANGED, StepOffered, as_download, steps_told, told

router = Router(tags=["inspections"])


class VisitRow(Schema):
    """The inspection of one unit's work by another; of the narrowest class among its findings.

    `follows_id`: the inspection whose remedies it checks again, where that may be seen.
    """

    id: int
    version: int
    unit_id: int
    unit: str | None
    by_unit_id: int
    by_unit: str | None
    subject: str
    day: date
    state: str
    classification: str
    comment_by: date | None
    follows_id: int | None


class ItemTold(Schema):
    """An assignment that is looked at, and what was seen of it: as_reported, in_part, not_done, or nothing yet."""

    id: int
    version: int
    assignment_id: int
    words: str
    result: str
    note: str


class FileTold(Schema):
    """A file that shows what was found."""

    id: int
    name: str
    media_type: str
    size: int


class FindingTold(Schema):
    """What was found, and what has to be mended by when; `item_id`: about what, where that may be seen."""

    id: int
    item_id: int | None
    text: str
    remedy: str
    due_on: date | None
    files: list[FileTold]


class VisitEntryTold(Schema):
    """What was written at a step: the draft, the unit's comment, the answer, a reason."""

    step: str
    text: str
    by: str
    at: datetime


class VisitWhole(VisitRow):
    """With what was seen and found, what was written, and the steps that can be taken.

    `draft`: what the draft is proposed to say, while it can be sent. `remedies`: assignments of the conclusion.
    `again`: the inspections that check these.
    """

    team: list[str]
    others: str
    conclusion_id: int | None
    items: list[ItemTold]
    findings: list[FindingTold]
    entries: list[VisitEntryTold]
    remedies: list[int]
    again: list[int]
    steps: list[StepOffered]
    draft: str


class VisitsAsked(Paging):
    """Which visits: in which state, to which unit."""

    state: Words = ""
    unit: int | None = None


class VisitStep(Schema):
    """A step of a visit; `comment_by`: with `send_draft`, until when the unit may comment."""

    version: int
    step: Words
    text: Annotated[Words, Field(max_length=20_000)] = ""
    comment_by: Day | None = None


class ItemNoted(Schema):
    """What was seen of an assignment; `decide`: a decision on it, with the note as its words."""

    version: int
    result: Literal["", "as_reported", "in_part", "not_done"] = ""
    note: Annotated[Words, Field(max_length=5_000)] = ""
    decide: Words = ""


class FindingAsked(Schema):
    """What was found; a remedy has a day."""

    text: Annotated[Words, Field(max_length=5_000)]
    item: int | None = None
    remedy: Annotated[Words, Field(max_length=2_000)] = ""
    due_on: Day | None = None
    classification: ClassName = "normal"


@router.get("/visits", response=Page[VisitRow], summary="Inspections in reach", operation_id="visit_list")
@asks(Action.VIEW_VISIT)
def visit_list(request: Caller, asked: Query[VisitsAsked]) -> Any:
    """The latest first; the inspected unit sees its own from the draft on."""
    found = visits_for(request.viewer)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.unit is not None:
        found = found.filter(unit=row_id(asked.unit))
    page = page_of(found, asked, lambda visit: visit)
    seen = earlier_seen(request.viewer, page["rows"])
    return {**page, "rows": [_row(visit, seen) for visit in page["rows"]]}


@router.get("/visits/{pk}", response=VisitWhole, summary="One inspection", operation_id="visit_detail")
@asks(Action.VIEW_VISIT)
def visit_detail(request: Caller, pk: int) -> Any:
    """What was seen and found, what was written, and the steps the person may take."""
    return visit_whole(request, pk)


@router.post(
    "/visits/{pk}/steps",
    response={200: VisitWhole, **CHANGED},
    summary="Begin, send the draft, comment, take back, call off",
    operation_id="visit_step",
)
@asks(Action.VIEW_VISIT)
def visit_step(request: Caller, pk: int, asked: VisitStep) -> Any:
    """Take one of the offered steps; concluding has an operation of its own."""
    visiting.take_visit_step(
        actor=request.viewer,
        visit=visit_seen(request, pk),
        version=asked.version,
        name=asked.step,
        text=asked.text,
        comment_by=asked.comment_by,
    )
    return visit_whole(request, pk)


@router.post(
    "/check-items/{pk}",
    response={200: ItemTold, **CHANGED},
    summary="Note what was seen of an assignment",
    operation_id="check_item_note",
)
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def check_item_note(request: Caller, pk: int, asked: ItemNoted) -> Any:
    """Note a line of the checklist while the inspection is under way."""
    item: CheckItem = get_object_or_404(items_seen_by(request.viewer), pk=row_id(pk))
    visit_seen(request, item.visit_id, inspects=True)
    offered = {
        step.name for step in steps_for(request.viewer, item.assignment) if step.action == Action.DECIDE_ASSIGNMENT
    }
    if asked.decide and asked.decide not in offered:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    fresh = visiting.note_item(actor=request.viewer, item=item, **asked.dict())
    return told(ItemTold, fresh, words=item.assignment.duty.text)


@router.post(
    "/visits/{pk}/findings",
    response={201: VisitWhole, 422: Problem},
    summary="Note what was found",
    operation_id="visit_finding",
)
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def visit_finding(
    request: Caller,
    pk: int,
    asked: Form[FindingAsked],
    files: File[list[UploadedFile]] = [],  # noqa: B006 - how ninja says that none need be sent
) -> Any:
    """Note what was found, what has to be mended by when, and files that show it."""
    visit = visit_seen(request, pk, inspects=True)
    item = None
    if asked.item is not None:
        item = get_object_or_404(items_for(request.viewer, visit), pk=row_id(asked.item))
    said = asked.dict(exclude={"item"})
    visiting.add_finding(actor=request.viewer, visit=visit, item=item, files=files, **said)
    return Status(201, visit_whole(request, pk))


@router.post(
    "/findings/{pk}/drop",
    response={200: VisitWhole, 422: Problem},
    summary="Take a finding back",
    operation_id="finding_drop",
)
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def finding_drop(request: Caller, pk: int) -> Any:
    """Take back what was noted as found; it stays in the history."""
    finding: Finding = get_object_or_404(findings_for(request.viewer), pk=row_id(pk))
    visit_seen(request, finding.visit_id, inspects=True)
    visiting.drop_finding(actor=request.viewer, finding=finding)
    return visit_whole(request, finding.visit_id)


@router.get(
    "/finding-files/{pk}", summary="A file of a finding", operation_id="finding_file", openapi_extra=A_FILE
)
@asks(Action.VIEW_VISIT)
def finding_file(request: Caller, pk: int) -> FileResponse:
    """The file as it is kept, as a download."""
    found = get_object_or_404(finding_files_for(request.viewer), pk=row_id(pk))
    shows(request, "visit", found.finding.visit_id, found.finding.visit.unit_id)
    return as_download(found.file)


def visit_seen(request: Caller, pk: int, *, inspects: bool = False) -> Any:
    """The visit, if the person sees it; to go on, perhaps, only if they inspect there."""
    visit: Any = get_object_or_404(visits_for(request.viewer), pk=row_id(pk))
    shows(request, "visit", pk, visit.unit_id)
    if inspects:
        policy.require(request.viewer, Action.INSPECT_WORK, asked_on(visit, Action.INSPECT_WORK))
    return visit


def _row(visit: Any, seen: set[int]) -> dict[str, Any]:
    follows = visit.follows_id if visit.follows_id in seen else None
    return told(VisitRow, visit, unit=visit.unit_name, by_unit=visit.by_name, follows_id=follows)


def visit_whole(request: Caller, pk: int) -> dict[str, Any]:
    """A visit as it is answered."""
    visit = visit_seen(request, pk)
    steps = steps_told(visit_steps_for(request.viewer, visit))
    entries, items = visit.entries.select_related("written_by"), list(items_for(request.viewer, visit))
    conclusion = conclusion_for(request.viewer, visit)
    seen = {item.pk for item in items}
    return {
        **_row(visit, earlier_seen(request.viewer, [visit])),
        "team": [person.full_name for person in visit.team.all()],
        "others": visit.others,
        "conclusion_id": conclusion.pk if conclusion else None,
        "items": [told(ItemTold, item, words=item.assignment.duty.text) for item in items],
        "findings": [_finding(finding, seen) for finding in findings_of(visit)],
        "entries": [
            {"step": e.step, "text": e.text, "by": e.written_by.full_name, "at": e.written_at} for e in entries
        ],
        "remedies": [each.pk for each in remedies_for(request.viewer, visit)],
        "again": [each.pk for each in visits_for(request.viewer).filter(follows=visit)],
        "steps": steps,
        "draft": draft_of(visit) if any(step["name"] == "send_draft" for step in steps) else "",
    }


def _finding(finding: Finding, seen: set[int]) -> dict[str, Any]:
    files = [
        {"id": each.pk, **{name: getattr(each.file, name) for name in ("name", "media_type", "size")}}
        for each in finding.files.all()
    ]
    return told(FindingTold, finding, item_id=finding.item_id if finding.item_id in seen else None, files=files)
