"""Assignments, their steps and evidence, and the board of a directive."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.work.boards import board_for
from motbuoc.domains.work.inbox import Narrowing, Task
from motbuoc.domains.work.listing import listing_for
from motbuoc.domains.work.products import Product
from motbuoc.domains.work.selectors import (
    assignments_for,
    directives_for,
    entries_for,
    evidence_for,
    monitor_of,
    steps_for,
    supporters_of,
    totals_for,
)
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.standing import Lateness
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, ClassName, Problem, Words, asks, plain, row_id, shows
from motbuoc.interfaces.api.documents import DocumentRow, document_row
from motbuoc.interfaces.api.paging import Page, Paging, page_of

router = Router(tags=["assignments"])
Tab = Literal["owed", "waiting", "done", "all"]


class TaskRow(Schema):
    """An assignment in a list. `lateness`: none, quiet, soon or overdue, as of today."""

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
    lateness: Literal["none", "quiet", "soon", "overdue"] | None = None
    words: Words = ""


class EvidenceRow(Schema):
    """A file that shows what an entry says."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    is_product: bool


class EntryRow(Schema):
    """What somebody wrote at a step."""

    step: str
    text: str
    percent: int | None
    by: str
    at: datetime
    evidence: list[EvidenceRow]


class StepOffered(Schema):
    """A step the person may take now. `asks`: what it needs: nothing, text, a reason or a question."""

    name: str
    asks: str


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


class Totals(Schema):
    """Numbers of assignments."""

    units: int
    count: int
    done: int
    waiting: int
    overdue: int
    not_acknowledged: int
    percent_done: int


class Directive(DocumentRow):
    """An issued document with how far it has come, in the person's reach."""

    totals: Totals


class Cell(Schema):
    """One unit's assignments under one item."""

    provision_id: int | None
    count: int
    done: int
    waiting: int
    overdue: int
    not_acknowledged: int
    state: str
    lateness: str
    assignment_id: int


class BoardRow(Schema):
    """One unit of the board; `cells` where it has assignments."""

    unit_id: int
    unit: str
    cells: list[Cell]


class Board(Schema):
    """A directive's life in one glance: items across, units down."""

    items: list[dict[str, Any]]
    totals: Totals
    rows: list[BoardRow]


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
    return _whole(request, _assignment(request, pk))


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
    classification: Form[ClassName] = "normal",
    product_evidence: Form[int | None] = None,
    why_no_product: Form[str] = "",
    files: File[list[UploadedFile]] = [],  # noqa: B006 - how ninja says that none need be sent
) -> Any:
    """Take one of the offered steps, with words and files where it asks for them.

    A submission of a task that has a product says which earlier evidence is it, or why there is none; otherwise
    the files sent with it are.
    """
    product = Product(evidence_id=row_id(product_evidence), why_none=plain(why_no_product))
    assignment = _assignment(request, pk)
    take_step(
        actor=request.viewer,
        assignment=assignment,
        version=version,
        name=plain(step),
        text=plain(text),
        percent=percent,
        files=files,
        classification=classification,
        product=product,
    )
    return _whole(request, _assignment(request, pk))


@router.get("/evidence/{pk}", summary="A file of evidence", operation_id="evidence_file")
@asks(Action.VIEW_ASSIGNMENT)
def evidence_file(request: Caller, pk: int) -> FileResponse:
    """The file as it is kept, as a download."""
    evidence = get_object_or_404(evidence_for(request.viewer), pk=row_id(pk))
    shows(request, "assignment", evidence.entry.assignment_id, evidence.entry.assignment.unit_id)
    stored = evidence.file
    return FileResponse(stored.content.open("rb"), as_attachment=True, filename=stored.name)


@router.get("/directives", response=Page[Directive], summary="Directives under way", operation_id="directive_list")
@asks(Action.VIEW_DOCUMENT)
def directive_list(request: Caller, asked: Query[Paging]) -> Any:
    """The issued documents, the latest first, each with its totals in the person's reach."""
    found = directives_for(request.viewer)
    totals = totals_for(request.viewer, found[asked.span])

    def made(document: Any) -> dict[str, Any]:
        return {**document_row(document).dict(), "totals": _totals(totals.get(document.pk))}

    return page_of(found, asked, made)


@router.get("/directives/{pk}/board", response=Board, summary="The board of a directive", operation_id="board")
@asks(Action.VIEW_BOARD)
def board(request: Caller, pk: int) -> Any:
    """Items across, units in reach down."""
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    shows(request, "document", document.pk, document.unit_id)
    found = board_for(request.viewer, document)
    items = [{"id": c.pk, "number": c.number, "heading": c.heading} for c in found.columns if c]
    rows = [
        {"unit_id": row.unit_id, "unit": row.name, "cells": [_cell(cell) for cell in row.cells if cell]}
        for row in found.rows
    ]
    return {"items": items, "totals": _totals(found.totals), "rows": rows}


def _assignment(request: Caller, pk: int) -> Any:
    assignment = get_object_or_404(assignments_for(request.viewer), pk=row_id(pk))
    shows(request, "assignment", pk, assignment.unit_id)
    return assignment


def _late(value: int) -> str:
    return Lateness(value).name.lower()


def _task_row(task: Task) -> TaskRow:
    return TaskRow(
        id=task.pk,
        words=task.words,
        unit=task.unit_name,
        code=task.code,
        item=task.number,
        state=task.state,
        lateness=_late(task.lateness),
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
        "lateness": _late(assignment.lateness),
        "entries": [_entry(entry) for entry in entries_for(request.viewer, assignment)],
        "steps": [{"name": s.name, "asks": s.asks} for s in steps_for(request.viewer, assignment)],
    }


def _entry(entry: Any) -> dict[str, Any]:
    return {
        "step": entry.step,
        "text": entry.text,
        "percent": entry.percent,
        "by": entry.written_by.full_name,
        "at": entry.written_at,
        "evidence": [
            {
                "id": e.pk,
                "is_product": e.is_product,
                **{name: getattr(e.file, name) for name in ("name", "media_type", "size", "sha256")},
            }
            for e in entry.evidence.all()
        ],
    }


def _cell(cell: Any) -> dict[str, Any]:
    names = [name for name in Cell.model_fields if name not in ("state", "lateness")]
    kept = {name: getattr(cell, name) for name in names}
    return {**kept, "state": cell.state.value, "lateness": _late(cell.lateness)}


def _totals(totals: Any) -> dict[str, int]:
    return {name: getattr(totals, name, 0) for name in Totals.model_fields}
