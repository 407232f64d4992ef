"""What units hand in on forms: read, filled in, handed in, approved, accepted, given back, corrected."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from motbuoc.domains.ledger.checks import findings_in, shortfalls_of
from motbuoc.domains.ledger.counters import counted
from motbuoc.domains.ledger.filling import EMPTY, CellKey, Entered, Held, Line, cells_of, lines_of, narratives_of
from motbuoc.domains.ledger.funnel import parts_of_period
from motbuoc.domains.ledger.selectors import is_open, submissions_for, with_units
from motbuoc.domains.ledger.sending import send_form
from motbuoc.domains.ledger.steps import steps_open_to, take_form_step, works_on
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, told

router = Router(tags=["submissions"])


class SubmissionRow(Schema):
    """A unit's report for a period. `state`: that of its task, `assignment_id`; `number`: the time that counts."""

    id: int
    version: int
    period_id: int
    unit_id: int
    unit: str
    assignment_id: int
    state: str
    due_on: date | None
    number: int
    is_complete: bool
    handed_in_at: datetime | None
    accepted_at: datetime | None


class GridCell(Schema):
    """A cell of the form: the `field`, and the `category` where it is broken down (0: it is not).

    `is_counted`: the system fills it in, a program only writes a note.
    """

    field: int
    category: int
    indicator: str
    name: str
    part: str
    amount: Decimal | None
    is_estimate: bool
    note: str
    is_counted: bool


class WordsTold(Schema):
    """What stands in a box for words."""

    box: int
    title: str
    text: str


class GridFinding(Schema):
    """What a check finds; one that `blocks` is mended before handing in."""

    field: int
    words: str
    blocks: bool


class HandedInRow(Schema):
    """A time it was handed in."""

    number: int
    handed_in_at: datetime
    accepted_at: datetime | None
    reason: str


class SubmissionWhole(SubmissionRow):
    """A report with what stands in it: as it was last handed in, or as it is being filled in.

    Without cells where the person may not see it before it is handed in.
    """

    cells: list[GridCell]
    words: list[WordsTold]
    nothing_because: str
    findings: list[GridFinding]
    shortfalls: list[str]
    asks_correction: str
    handed_in: list[HandedInRow]
    steps: list[StepOffered]


class SubmissionsAsked(Paging):
    """Which reports: of a period, of a unit, and how far they are.

    `part`: as the counts of a period name its steps (`begun`, `received`, `approved`, `accepted`, each with those
    that went on from it), and what is told of these; or `missing`, `waiting` for a decision, `incomplete`.
    """

    period: int | None = None
    unit: int | None = None
    part: (
        Literal["begun", "missing", "received", "on_time", "complete", "incomplete", "waiting", "approved"]
        | Literal["accepted", "accepted_on_time", "accepted_complete", "corrected"]
        | None
    ) = None


class TimeAsked(Schema):
    """The first time, the second."""

    number: Annotated[int, Field(ge=1, le=10_000)] = 1


class Content(Schema):
    """What stands in a cell."""

    amount: Decimal | None = None
    is_estimate: bool = False
    note: Annotated[Words, Field(max_length=500)] = ""

    def held(self) -> Held:
        """As the form keeps it."""
        return Held(self.amount, self.is_estimate, self.note)


class CellAsked(Content):
    """What is entered into a cell; `seen`: what stood there, where it must not be another's meanwhile."""

    field: int
    category: int = 0
    seen: Content | None = None


class BoxWords(Schema):
    """What is written into a box; `seen`: what stood there, as of a cell."""

    box: int
    text: Words
    seen: Words | None = None


class Filled(Schema):
    """Cells and words to be kept, all or none; what is not named stays. `nothing_because`: "" takes it back.

    `nothing_because_seen`: what stood there, as of a cell.
    """

    cells: Annotated[list[CellAsked], Field(max_length=5_000)] = []
    words: Annotated[list[BoxWords], Field(max_length=200)] = []
    nothing_because: Annotated[Words, Field(max_length=2_000)] | None = None
    nothing_because_seen: Annotated[Words, Field(max_length=2_000)] | None = None


class SubmissionStep(Schema):
    """A step that is offered, with a reason where one is asked for."""

    version: int
    step: Words
    reason: Annotated[Words, Field(max_length=5_000)] = ""


@router.get(
    "/submissions",
    response=Page[SubmissionRow],
    summary="What units report",
    operation_id="submission_list",
)
@asks(Action.VIEW_FIGURES)
def submission_list(request: Caller, asked: Query[SubmissionsAsked]) -> Any:
    """The reports in sight, by name of the unit."""
    chosen = parts_of_period()[asked.part] if asked.part else Q()
    for name, value in (("period", asked.period), ("unit", asked.unit)):
        if value is not None:
            chosen &= Q(**{name: row_id(value)})
    return page_of(with_units(submissions_for(request.viewer).filter(chosen), clock.today()), asked, _row)


@router.get(
    "/submissions/{pk}",
    response=SubmissionWhole,
    summary="One report of a unit",
    operation_id="submission_detail",
)
@asks(Action.VIEW_FIGURES)
def submission_detail(request: Caller, pk: int) -> Any:
    """What stands in it, what is wrong with it, and what can be done with it now."""
    return _whole(request, pk)


@router.get(
    "/submissions/{pk}/handed-in",
    response=SubmissionWhole,
    summary="One as it was handed in",
    operation_id="submission_handed_in",
)
@asks(Action.VIEW_FIGURES)
def submission_handed_in(request: Caller, pk: int, asked: Query[TimeAsked]) -> Any:
    """What stood in it when it was handed in for that time."""
    return _whole(request, pk, asked.number)


@router.post(
    "/submissions/{pk}/cells",
    response={200: SubmissionWhole, **CHANGED},
    summary="Fill in a form",
    operation_id="submission_fill",
)
@asks(Action.VIEW_FIGURES, do=Action.WORK_ON_ASSIGNMENT)
def submission_fill(request: Caller, pk: int, asked: Filled) -> Any:
    """Keep figures and words; the same sent again changes nothing."""
    entered = [
        Entered(
            CellKey(row_id(cell.field) or 0, row_id(cell.category or None) or 0),
            cell.held(),
            cell.seen.held() if cell.seen else None,
        )
        for cell in asked.cells
    ]
    send_form(
        actor=request.viewer,
        submission=_submission(request, pk),
        entered=entered,
        words={row_id(each.box) or 0: each.text for each in asked.words},
        was={row_id(each.box) or 0: each.seen for each in asked.words if each.seen is not None},
        because=asked.nothing_because,
        because_was=asked.nothing_because_seen,
    )
    return _whole(request, pk)


@router.post(
    "/submissions/{pk}/steps",
    response={200: SubmissionWhole, **CHANGED},
    summary="Hand in, approve, accept, give back or correct",
    operation_id="submission_step",
)
@asks(Action.VIEW_FIGURES)
def submission_step(request: Caller, pk: int, asked: SubmissionStep) -> Any:
    """Take a step on a form's way into the ledger; which are open is said in `steps`."""
    take_form_step(
        actor=request.viewer,
        submission=_submission(request, pk),
        version=asked.version,
        name=asked.step,
        reason=asked.reason,
    )
    return _whole(request, pk)


def _submission(request: Caller, pk: int) -> Any:
    rows = with_units(submissions_for(request.viewer), clock.today()).select_related("assignment__document")
    found: Any = get_object_or_404(rows, pk=row_id(pk))
    shows(request, "submission", pk, found.unit_id)
    return found


def _row(row: Any) -> dict[str, Any]:
    task = row.assignment
    return told(SubmissionRow, row, unit=row.unit_name or "", state=task.state, due_on=task.due_on)


def _whole(request: Caller, pk: int, number: int | None = None) -> dict[str, Any]:
    """A report as the person may see it, or as it was handed in for the `number`th time."""
    row, viewer = _submission(request, pk), request.viewer
    handed, lines = list(row.handed_in.order_by("number")), lines_of(row.period.form_id)
    fills = works_on(viewer, row)
    frozen = next((one for one in handed if one.number == number), None)
    if number is not None and frozen is None:
        raise Http404
    if frozen is None and handed and not (fills and is_open(row)):
        frozen = handed[-1]
    cells, words, counts, because = _kept(frozen.content) if frozen else _standing(row, lines)
    if not (frozen or fills):
        cells, words, counts, because, lines = {}, {}, {}, "", []
    boxes = row.period.form.boxes.all() if frozen or fills else []
    is_filled_in = fills and is_open(row) and not frozen
    return _row(row) | {
        "cells": [cell for line in lines for cell in _cells(line, cells, counts)],
        "words": [{"box": box.pk, "title": box.title, "text": words.get(box.pk, "")} for box in boxes],
        "nothing_because": because,
        "findings": [
            {"field": one.field_id, "words": one.words, "blocks": one.blocks}
            for one in (findings_in(row, lines, cells) if is_filled_in else [])
        ],
        "shortfalls": shortfalls_of(row) if is_filled_in else row.shortfalls,
        "asks_correction": row.asks_correction,
        "handed_in": [told(HandedInRow, one) for one in handed],
        "steps": [
            {"name": step.name, "asks": "reason" if step.asks else ""} for step in steps_open_to(viewer, row)
        ],
    }


Standing = tuple[dict[CellKey, Held], dict[int, str], dict[int, int], str]
"""Cells, words by box, what the system counted by field, and why there is nothing to report."""


def _standing(row: Any, lines: list[Line]) -> Standing:
    """A form as it stands."""
    keys = {line.field.indicator.counter for line in lines if line.is_counted}
    found = {key: counted(key, [row.unit_id], row.period.start, row.period.cutoff_on)[row.unit_id] for key in keys}
    counts = {line.field.pk: found[line.field.indicator.counter] for line in lines if line.is_counted}
    return cells_of(row), narratives_of(row), counts, row.nothing_because


def _kept(content: dict[str, Any]) -> Standing:
    """A form as it was handed in."""
    cells = {
        CellKey(field, category): Held(None if amount is None else Decimal(amount), estimate, "".join(note))
        for field, category, amount, estimate, *note in content["cells"]
    }
    words = {int(box): text for box, text in content["words"].items()}
    counts = {int(field): number for field, number in content["counted"].items()}
    return cells, words, counts, content["nothing_because"]


def _cells(line: Line, cells: dict[CellKey, Held], counts: dict[int, int]) -> list[dict[str, Any]]:
    indicator, names = line.field.indicator, [part.name for part in line.categories] or [""]
    found = []
    for key, part in zip(line.keys, names, strict=True):
        held, count = cells.get(key, EMPTY), counts.get(line.field.pk)
        found.append(
            {
                "field": key.field_id,
                "category": key.category_id,
                "indicator": indicator.code,
                "name": indicator.name,
                "part": part,
                "amount": held.amount if count is None else Decimal(count),
                "is_estimate": held.is_estimate,
                "note": held.note,
                "is_counted": line.is_counted,
            }
        )
    return found
