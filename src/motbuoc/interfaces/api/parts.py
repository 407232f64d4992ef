"""The parts into which a unit splits its work, each given to a position, and one's own parts."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.work.dividing import (
    divides,
    drop_portion,
    finish_portion,
    give_portion,
    portions_for,
    portions_of,
    portions_seen_by,
    positions_in,
    return_portion,
    split_of,
)
from motbuoc.domains.work.linked import Portion
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, about_oneself, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told
from motbuoc.interfaces.api.work import assignment_seen

router = Router(tags=["assignments"])


class PartTold(Schema):
    """A part of a task, given to a position of its unit; `words`: what was done, or why it came back."""

    id: int
    version: int
    assignment_id: int
    what: str
    title: str
    due_on: date | None
    state: str
    words: str
    done_on: date | None


class PositionTold(Schema):
    """A position that somebody holds in the unit today, with the names of who do."""

    title: str
    label: str


class Parts(Schema):
    """Into how many parts a task is split and how many are done; the parts as far as the person may see them.

    `positions`: to which of them whoever splits the work can give a part.
    """

    count: int
    done: int
    parts: list[PartTold]
    positions: list[PositionTold]


class PartAsked(Schema):
    """What the part is, and the position that it is given to."""

    what: Annotated[Words, Field(max_length=2_000)]
    title: Words
    due_on: Day | None = None


class PartStep(Schema):
    """What becomes of a part: it is done, comes back (`words` say why), or is taken away."""

    version: int
    step: Literal["finish", "return", "drop"]
    words: Annotated[Words, Field(max_length=2_000)] = ""


@router.get(
    "/assignments/{pk}/parts",
    response=Parts,
    summary="The parts of a task",
    operation_id="assignment_parts",
)
@asks(Action.VIEW_ASSIGNMENT)
def assignment_parts(request: Caller, pk: int) -> Any:
    """All parts for who splits the work, those of their positions for others; above the unit only the numbers."""
    return _parts(request, assignment_seen(request, pk))


@router.post(
    "/assignments/{pk}/parts",
    response={201: Parts, 422: Problem},
    summary="Give a part of a task",
    operation_id="assignment_part_give",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def assignment_part_give(request: Caller, pk: int, asked: PartAsked) -> Any:
    """Give a part to whoever holds a position in the unit."""
    assignment = assignment_seen(request, pk)
    give_portion(actor=request.viewer, assignment=assignment, **asked.dict())
    return Status(201, _parts(request, assignment))


@router.get("/parts", response=Page[PartTold], summary="One's own parts of tasks", operation_id="part_list")
@about_oneself
def part_list(request: Caller, asked: Query[Paging]) -> Any:
    """The parts not yet done of the positions that the person holds, the soonest due first."""
    return page_of(portions_for(request.viewer), asked, lambda row: told(PartTold, row))


@router.post(
    "/parts/{pk}/steps",
    response={200: Parts, **CHANGED},
    summary="Finish, return or take away a part",
    operation_id="part_step",
)
@about_oneself
def part_step(request: Caller, pk: int, asked: PartStep) -> Any:
    """Whoever holds its position says that it is done; whoever splits the work does that too, and the rest."""
    portion: Portion = get_object_or_404(portions_seen_by(request.viewer), pk=row_id(pk))
    shows(request, "assignment", portion.assignment_id, portion.assignment.unit_id)
    common: dict[str, Any] = {"actor": request.viewer, "portion": portion, "version": asked.version}
    if asked.step == "finish":
        finish_portion(**common, words=asked.words)
    elif asked.step == "return":
        return_portion(**common, reason=asked.words)
    else:
        drop_portion(**common)
    return _parts(request, portion.assignment)


def _parts(request: Caller, assignment: Any) -> dict[str, Any]:
    split, positions = split_of(assignment), []
    if divides(request.viewer, assignment):
        positions = [{"title": title, "label": label} for title, label in positions_in(assignment.unit_id)]
    rows = [told(PartTold, row) for row in portions_of(request.viewer, assignment)]
    return {"count": split.count, "done": split.done, "parts": rows, "positions": positions}
