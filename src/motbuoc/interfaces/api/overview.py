"""What changed since a moment, and what the wall of a meeting room shows."""

from datetime import date, datetime
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from motbuoc.domains.work.boards import board_reading
from motbuoc.domains.work.changes import Change, changes_for, since
from motbuoc.domains.work.wall import directives_on_wall, late_on_wall, week_on_wall
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, asks
from motbuoc.interfaces.api.boards import Totals, totals_told
from motbuoc.interfaces.api.rows import told

router = Router(tags=["directives"])
DIRECTIVES, UNITS, NAMES = 4, 20, 4


class ChangesAsked(Schema):
    """Since when, at most fourteen days ago (else since the beginning of yesterday), and how many of each kind."""

    since: datetime | None = None
    most: Annotated[int, Field(ge=1, le=100)] = 50


class ChangeTold(Schema):
    """An act by somebody else on an assignment or a document (`object_type`), as the history calls it.

    `due_on`: the new due day, where the act moved it.
    """

    at: datetime
    act: str
    object_type: str
    object_id: int
    words: str
    unit: str
    due_on: date | None


class DirectiveTold(Schema):
    """A directive that was issued, with how its tasks stand."""

    id: int
    code: str
    subject: str
    totals: Totals


class Changes(Schema):
    """What changed; `is_cut`: of some kind there is more than was asked for."""

    since: datetime
    is_cut: bool
    changes: list[ChangeTold]
    directives: list[DirectiveTold]


class LateOnWall(Schema):
    """A unit with something overdue: how many tasks, since when."""

    name: str
    count: int
    since: date


class ComingOnWall(Schema):
    """A day of the coming week: how many tasks fall due, of how many units, with the names of some."""

    day: date
    count: int
    units: int
    names: list[str]


class Wall(Schema):
    """Of documents of the normal class: the latest directives, who is late, and what falls due within a week."""

    directives: list[DirectiveTold]
    late: list[LateOnWall]
    week: list[ComingOnWall]


@router.get("/changes", response=Changes, summary="What changed since a moment", operation_id="change_list")
@asks(Action.VIEW_ASSIGNMENT)
def change_list(request: Caller, asked: Query[ChangesAsked]) -> Any:
    """Results decided on, requests decided, due days moved, tasks stopped, documents amended, new directives."""
    moment = asked.since
    if moment and moment.tzinfo is None:
        moment = timezone.make_aware(moment)
    found = changes_for(request.viewer, since(moment), asked.most)
    return {
        "since": found.since,
        "is_cut": any(more for _kind, _rows, more in found.kinds),
        "changes": [_change(row) for _kind, rows, _more in found.kinds for row in rows],
        "directives": [_directive(document, totals) for document, totals in found.directives],
    }


@router.get("/wall", response=Wall, summary="What the wall of a meeting room shows", operation_id="wall")
@asks(Action.VIEW_BOARD)
def wall(request: Caller) -> Any:
    """Numbers of units only, and nobody's words."""
    viewer = request.viewer
    shown = directives_on_wall(viewer, DIRECTIVES)
    return {
        "directives": [_directive(document, board_reading(viewer, document).totals) for document in shown],
        "late": [told(LateOnWall, row) for row in late_on_wall(viewer, UNITS)],
        "week": [told(ComingOnWall, row, names=list(row.names)) for row in week_on_wall(viewer, NAMES)],
    }


def _change(row: Change) -> dict[str, Any]:
    due = row.line.values.get("due_on")
    new = due[1] if isinstance(due, list) and len(due) == 2 else row.line.values.get("granted_on")
    named = {"act": row.line.action, "due_on": new or None, "words": row.words, "unit": row.unit}
    return told(ChangeTold, row.line, **named)


def _directive(document: Any, totals: Any) -> dict[str, Any]:
    return told(DirectiveTold, document, id=document.pk, totals=totals_told(totals))
