"""Assignments, their steps and evidence."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Json

from motbuoc.domains.work.counted import Counted
from motbuoc.domains.work.inbox import Narrowing, Task
from motbuoc.domains.work.listing import listing_for
from motbuoc.domains.work.products import Product
from motbuoc.domains.work.selectors import (
    assignments_for,
    entries_for,
    evidence_for,
    monitor_of,
    steps_for,
    supporters_of,
)
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.together import EXTENSION, MOST, ask_together, chosen_for, take_together
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, ClassName, Problem, Words, asks, plain, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging
from motbuoc.interfaces.api.rows import Chosen, Outcomes, StepOffered

router = Router(tags=["assignments"])
Tab = Literal["owed", "waiting", "done", "all"]


class TaskRow(Schema):
    """An assignment in a list. `lateness`: waits (for another), none, quiet, soon or overdue, as of today."""

    id: int
    words: str
    unit: str
    code: str
    item: str | None
    state: str
    lateness: str
    due_on: date | None
    submitted_on: date | None
    classification: str


class TasksAsked(Paging):
    """Assignments under which tab, narrowed to what."""

    tab: Tab = "owed"
    directive: int | None = None
    unit: int | None = None
    state: Words | None = None
    lateness: Literal["waits", "none", "quiet", "soon", "overdue"] | None = None
    words: Words = ""


class EvidenceRow(Schema):
    """A file that shows what an entry says."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    is_product: bool


class FigureSaid(Schema):
    """How many of what, so far, in which unit of measure."""

    name: Annotated[str, Field(max_length=120)]
    amount: Annotated[Decimal, Field(ge=0, max_digits=17, decimal_places=2)]
    measure: Annotated[str, Field(max_length=30)] = ""


class EntryRow(Schema):
    """What somebody wrote at a step."""

    step: str
    text: str
    percent: int | None
    figures: list[FigureSaid]
    by: str
    at: datetime
    evidence: list[EvidenceRow]
    why_no_product: str


class TaskWhole(Schema):
    """An assignment with what was reported and the steps that can be taken."""

    id: int
    version: int
    document_id: int
    code: str
    item: str | None
    words: str
    product: str
    unit_id: int
    unit: str
    supporting_units: list[str]
    monitor: str
    state: str
    lateness: str
    time_kind: str
    cycle: str
    assigned_on: date
    due_on: date | None
    first_due_on: date | None
    submitted_on: date | None
    accepted_on: date | None
    entries: list[EntryRow]
    steps: list[StepOffered]


@router.get("/assignments", response=Page[TaskRow], summary="Assignments in reach", operation_id="assignment_list")
@asks(Action.VIEW_ASSIGNMENT)
def assignment_list(request: Caller, asked: Query[TasksAsked]) -> Any:
    """The latest and soonest due first, as in the inbox.

    Of somebody who sees thousands of units, `total` counts as far as the inbox does; narrow it to see the rest.
    """
    narrowing = Narrowing(
        document_id=row_id(asked.directive),
        unit_id=row_id(asked.unit),
        state=asked.state,
        lateness=None if asked.lateness is None else Lateness[asked.lateness.upper()].value,
        words=asked.words[:200],
    )
    listing = listing_for(request.viewer, narrowing)
    counts = listing.counts()
    held = counts.held(asked.tab)
    rows = listing.rows(asked.tab, asked.span.start, min(asked.span.stop, held.number), counts)
    return {"total": held.number, "page": asked.page, "rows": [_task_row(row) for row in rows]}


@router.get("/assignments/{pk}", response=TaskWhole, summary="One assignment", operation_id="assignment_detail")
@asks(Action.VIEW_ASSIGNMENT)
def assignment_detail(request: Caller, pk: int) -> Any:
    """What it asks for, how it stands, what was reported, and the steps the person may take."""
    return _whole(request, assignment_seen(request, pk))


@router.post(
    "/assignments/{pk}/steps",
    response={200: TaskWhole, 409: Problem, 422: Problem},
    summary="Take a step",
    operation_id="assignment_step",
)
@asks(Action.VIEW_ASSIGNMENT)
def assignment_step(
    request: Caller,
    pk: int,
    step: Form[str],
    version: Form[int],
    text: Form[str] = "",
    percent: Form[Annotated[int, Field(ge=0, le=100)] | None] = None,
    figures: Form[Json[list[FigureSaid]] | None] = None,
    classification: Form[ClassName] = "normal",
    product_evidence: Form[int | None] = None,
    why_no_product: Form[str] = "",
    files: File[list[UploadedFile]] = [],  # noqa: B006 - how ninja says that none need be sent
) -> Any:
    """Take one of the offered steps, with words and files where it asks for them.

    A submission of a task that has a product says which earlier evidence is it, or why there is none; otherwise
    the files sent with it are. `figures` is a JSON list of what was counted so far: name, amount, measure.
    """
    product = Product(evidence_id=row_id(product_evidence), why_none=plain(why_no_product))
    assignment = assignment_seen(request, pk)
    take_step(
        actor=request.viewer,
        assignment=assignment,
        version=version,
        name=plain(step),
        text=plain(text),
        percent=percent,
        figures=[Counted(plain(one.name), one.amount, plain(one.measure)) for one in figures or ()],
        files=files,
        classification=classification,
        product=product,
    )
    return _whole(request, assignment_seen(request, pk))


class TogetherAsked(Schema):
    """One step (acknowledge, accept_period, accept, return), or `extension` with its day, on several at once."""

    name: Words
    chosen: Annotated[list[Chosen], Field(min_length=1, max_length=MOST)]
    reason: Annotated[Words, Field(max_length=2_000)] = ""
    wanted_on: date | None = None


@router.post(
    "/together",
    response={200: Outcomes, 422: Problem},
    summary="Take a step on several at once",
    operation_id="assignments_together",
)
@asks(Action.VIEW_ASSIGNMENT)
def assignments_together(request: Caller, asked: TogetherAsked) -> Any:
    """Each by itself, as if alone: what cannot be done says why and keeps nothing else from being done."""
    versions = {each.id: each.version for each in asked.chosen}
    found = chosen_for(request.viewer, [pk for pk in versions if row_id(pk)])
    rows = [(row, versions[row.pk]) for row in found]
    common: dict[str, Any] = {"actor": request.viewer, "chosen": rows}
    if asked.name == EXTENSION:
        outcomes = ask_together(**common, reason=asked.reason, wanted_on=asked.wanted_on)
    else:
        outcomes = take_together(**common, name=asked.name, text=asked.reason)
    return {"outcomes": [{"id": one.row.pk, "refusal": str(one.refusal)} for one in outcomes]}


@router.get("/evidence/{pk}", summary="A file of evidence", operation_id="evidence_file")
@asks(Action.VIEW_ASSIGNMENT)
def evidence_file(request: Caller, pk: int) -> FileResponse:
    """The file as it is kept, as a download."""
    evidence = get_object_or_404(evidence_for(request.viewer), pk=row_id(pk))
    shows(request, "assignment", evidence.entry.assignment_id, evidence.entry.assignment.unit_id)
    stored = evidence.file
    return FileResponse(stored.content.open("rb"), as_attachment=True, filename=stored.name)


def assignment_seen(request: Caller, pk: int) -> Any:
    """The task, if the person sees it. Raises Http404."""
    assignment = get_object_or_404(assignments_for(request.viewer), pk=row_id(pk))
    shows(request, "assignment", pk, assignment.unit_id)
    return assignment


def late_word(value: int) -> str:
    """How late it stands, as a word."""
    return Lateness(value).name.lower()


def _task_row(task: Task) -> TaskRow:
    return TaskRow(
        id=task.pk,
        words=task.words,
        unit=task.unit_name,
        code=task.code,
        item=task.number,
        state=task.state,
        lateness=late_word(task.lateness),
        due_on=task.due_on,
        submitted_on=task.submitted_on,
        classification=task.classification,
    )


def _whole(request: Caller, assignment: Any) -> dict[str, Any]:
    plain = ("version", "document_id", "unit_id", "state", "time_kind", "cycle", "assigned_on")
    days = ("due_on", "first_due_on", "submitted_on", "accepted_on")
    return {
        "id": assignment.pk,
        **{name: getattr(assignment, name) for name in (*plain, *days)},
        "code": assignment.document.code,
        "item": assignment.provision.number if assignment.provision else None,
        "words": assignment.duty.text,
        "product": assignment.duty.product,
        "unit": assignment.unit_name,
        "supporting_units": supporters_of(assignment),
        "monitor": monitor_of(assignment),
        "lateness": late_word(assignment.lateness),
        "entries": [_entry(entry) for entry in entries_for(request.viewer, assignment)],
        "steps": [{"name": s.name, "asks": s.asks} for s in steps_for(request.viewer, assignment)],
    }


def _entry(entry: Any) -> dict[str, Any]:
    return {
        "step": entry.step,
        "text": entry.text,
        "percent": entry.percent,
        "figures": list(entry.figures.all()),
        "by": entry.written_by.full_name,
        "at": entry.written_at,
        "why_no_product": entry.why_no_product,
        "evidence": [
            {
                "id": e.pk,
                "is_product": e.is_product,
                **{name: getattr(e.file, name) for name in ("name", "media_type", "size", "sha256")},
            }
            for e in entry.evidence.all()
        ],
    }
