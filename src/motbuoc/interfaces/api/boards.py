"""Directives under way: their boards and timelines, and the desk of who follows them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.work import desk as reads
from motbuoc.domains.work.boards import View, board_reading, way_to
from motbuoc.domains.work.selectors import directives_for
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.domains.work.timeline import STEPS, timeline_for
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.documents import DocumentRow, document_row
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import A_FILE, told
from motbuoc.interfaces.api.work import late_word
from motbuoc.interfaces.papers.board_sheet import board_download

router = Router(tags=["directives"])
SHOWN = 50  # rows of each list of the desk
TAKEN = ("acknowledged", "submitted", "accepted")  # of timeline.STEPS


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
    unit_count: int
    rows: list[BoardRow]


class BoardNarrowed(Schema):
    """What of the board is looked at.

    `words`: of a unit's name or of one above it; `under`: units below this one; `item`: one item of the directive
    (0: outside the items); `state` and `lateness`: units that have a task so.
    """

    words: Words = ""
    under: int | None = None
    item: int | None = None
    state: AssignmentState | None = None
    lateness: Literal["waits", "none", "quiet", "soon", "overdue"] | None = None


class BoardAsked(BoardNarrowed):
    """The same, and which page of its units; without `size` all of them."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=1_000)] | None = None


class SheetAsked(BoardNarrowed):
    """The same, as which kind of file."""

    kind: Literal["xlsx", "csv"] = "xlsx"


class OnDay(Schema):
    """How many tasks on a day."""

    day: date
    count: int


class TimelineRow(Schema):
    """One item of a directive over time: how many of its `count` tasks took each step when, and fall due when."""

    item_id: int | None
    number: str | None
    count: int
    given_on: date
    acknowledged: list[OnDay]
    submitted: list[OnDay]
    accepted: list[OnDay]
    due: list[OnDay]


class TimelineTold(Schema):
    """A directive's items over time, in the order of the text."""

    first_day: date
    last_day: date
    lines: list[TimelineRow]


class LateUnitTold(Schema):
    """What a unit owes overdue, since when, and when it was last reminded."""

    unit_id: int
    name: str
    count: int
    since: date
    reminded_at: datetime | None


class LateItemTold(Schema):
    """An item of a directive that is overdue: of how many units, since when."""

    document_id: int
    code: str
    item: str | None
    count: int
    units: int
    since: date


class UnreachedTold(Schema):
    """A unit whose people were sent messages that did not arrive."""

    unit_id: int
    name: str
    count: int
    last_at: datetime


class Desk(Schema):
    """What who tracks, checks and urges reads: the worst first; of units, never of persons.

    `reminders`: how many of late, in the app and by each channel.
    """

    units_late: int
    late_units: list[LateUnitTold]
    late_items: list[LateItemTold]
    reminders: dict[str, int]
    unreached: list[UnreachedTold]


@router.get("/directives", response=Page[Directive], summary="Directives under way", operation_id="directive_list")
@asks(Action.VIEW_DOCUMENT)
def directive_list(request: Caller, asked: Query[Paging]) -> Any:
    """The issued documents, the latest first, each with its totals in the person's reach."""
    found = directives_for(request.viewer)
    totals = totals_for(request.viewer, found[asked.span])

    def made(document: Any) -> dict[str, Any]:
        return {**document_row(document).dict(), "totals": totals_told(totals.get(document.pk))}

    return page_of(found, asked, made)


@router.get("/directives/{pk}/board", response=Board, summary="The board of a directive", operation_id="board")
@asks(Action.VIEW_BOARD)
def board(request: Caller, pk: int, asked: Query[BoardAsked]) -> Any:
    """Items across, units in reach down, by name."""
    found = _reading(request, pk, asked)
    start = (asked.page - 1) * asked.size if asked.size else 0
    items = [{"id": c.pk, "number": c.number, "heading": c.heading} for c in found.columns if c]
    rows = [
        {"unit_id": row.unit_id, "unit": row.name, "cells": [_cell(cell) for cell in row.cells if cell]}
        for row in found.rows(start, start + asked.size if asked.size else None)
    ]
    return {"items": items, "totals": totals_told(found.totals), "unit_count": found.unit_count, "rows": rows}


@router.get(
    "/directives/{pk}/board/sheet",
    summary="The board as Excel or CSV",
    operation_id="board_sheet",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def board_sheet(request: Caller, pk: int, asked: Query[SheetAsked]) -> HttpResponseBase:
    """The board narrowed alike, with all its units, as a file."""
    return board_download(_reading(request, pk, asked), asked.kind)


@router.get(
    "/directives/{pk}/timeline",
    response=TimelineTold,
    summary="A directive over time",
    operation_id="directive_timeline",
)
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def directive_timeline(request: Caller, pk: int) -> Any:
    """Of each item how many tasks of units in reach were acknowledged, handed in and accepted by which day."""
    document = get_object_or_404(directives_for(request.viewer), pk=row_id(pk))
    shows(request, "document", document.pk, document.unit_id)
    timeline = timeline_for(request.viewer, document)
    return told(TimelineTold, timeline, lines=[_line(line) for line in timeline.lines])


@router.get("/desk", response=Desk, summary="The desk of who follows directives", operation_id="desk")
@asks(Action.VIEW_BOARD, do=Action.DECIDE_ASSIGNMENT)
def desk(request: Caller) -> Any:
    """What is late and who was told of it; whom to urge and what may need help have lists of their own."""
    viewer = request.viewer
    return {
        "units_late": reads.late_unit_count(viewer),
        "late_units": [told(LateUnitTold, row) for row in reads.late_units_for(viewer, SHOWN)],
        "late_items": [_late_item(row) for row in reads.late_items_for(viewer, SHOWN)],
        "reminders": reads.reminded_by_channel(viewer),
        "unreached": [told(UnreachedTold, row) for row in reads.unreached_for(viewer, SHOWN)],
    }


def _reading(request: Caller, pk: int, asked: BoardNarrowed) -> Any:
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    shows(request, "document", document.pk, document.unit_id)
    view = View(
        words=asked.words[:100],
        item_id=row_id(asked.item) if asked.item else asked.item,
        state=asked.state or "",
        lateness=Lateness[asked.lateness.upper()].value if asked.lateness else None,
        under_id=row_id(asked.under),
    )
    if view.under_id is not None and not way_to(request.viewer, document, view.under_id):
        raise Http404
    return board_reading(request.viewer, document, view)


def _line(line: Any) -> dict[str, Any]:
    def days(pairs: Any) -> list[dict[str, Any]]:
        return [{"day": day, "count": count} for day, count in pairs]

    taken = {name: days(line.taken[step]) for name, step in zip(TAKEN, STEPS, strict=True)}
    item = {
        "item_id": line.provision.pk if line.provision else None,
        "number": line.provision.number if line.provision else None,
    }
    return told(TimelineRow, line, **item, **taken, due=days(line.due_days))


def _late_item(row: Any) -> dict[str, Any]:
    item = row.provision.number if row.provision else None
    return told(LateItemTold, row, document_id=row.document.pk, code=row.document.code, item=item)


def _cell(cell: Any) -> dict[str, Any]:
    names = [name for name in Cell.model_fields if name not in ("state", "lateness")]
    kept = {name: getattr(cell, name) for name in names}
    return {**kept, "state": cell.state.value, "lateness": late_word(cell.lateness)}


def totals_told(totals: Any) -> dict[str, int]:
    """Totals as they are answered."""
    return {name: getattr(totals, name, 0) for name in Totals.model_fields}
