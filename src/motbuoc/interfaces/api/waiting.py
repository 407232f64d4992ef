"""What a task waits for and what a unit tracks: stating a wait, urging, and who could not be told of work."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from motbuoc.domains.work.following import followed_by, urge
from motbuoc.domains.work.prerequisites import add_prerequisite, drop_prerequisite, ties_of
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.unreached import unreached_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Problem, asks, row_id
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import told
from motbuoc.interfaces.api.work import assignment_seen, late_word

router = Router(tags=["assignments"])


class TieTold(Schema):
    """A task at the other end of a wait; its `words` only for who may see it.

    `assignment_id`: for them, and for who may end the wait.
    """

    assignment_id: int | None
    unit: str
    state: str
    words: str


class Waits(Schema):
    """What a task waits for, and what waits for it; `is_waiting`: something it waits for is not over yet."""

    is_waiting: bool
    needs: list[TieTold]
    awaited_by: list[TieTold]


class WaitAsked(Schema):
    """The task that is waited for."""

    needs: int


class FollowedRow(Schema):
    """A task that a unit of the person's tracks and another one owes."""

    id: int
    words: str
    unit_id: int
    unit: str | None
    code: str
    state: str
    lateness: str
    due_on: date | None


class Urged(Schema):
    """How many people were told."""

    told: int


class UnreachedRow(Schema):
    """Somebody whose last message through a channel did not arrive; `is_over`: it will not be tried again."""

    person: str
    units: list[str]
    channel: str
    trouble: str
    is_over: bool
    since: datetime


@router.get(
    "/assignments/{pk}/waits", response=Waits, summary="What a task waits for", operation_id="assignment_waits"
)
@asks(Action.VIEW_ASSIGNMENT)
def assignment_waits(request: Caller, pk: int) -> Any:
    """Both ends of its waits."""
    return _waits(request, pk)


@router.post(
    "/assignments/{pk}/waits",
    response={201: Waits, 422: Problem},
    summary="Let a task wait for another",
    operation_id="assignment_wait",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def assignment_wait(request: Caller, pk: int, asked: WaitAsked) -> Any:
    """State that it waits until the other is accepted; one unit issued both, and nothing waits in a loop."""
    assignment = assignment_seen(request, pk)
    needs = get_object_or_404(assignments_for(request.viewer), pk=row_id(asked.needs))
    add_prerequisite(actor=request.viewer, assignment=assignment, needs=needs)
    return Status(201, _waits(request, pk))


@router.post(
    "/assignments/{pk}/waits/end",
    response={200: Waits, 422: Problem},
    summary="Let a task wait no more for another",
    operation_id="assignment_wait_end",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def assignment_wait_end(request: Caller, pk: int, asked: WaitAsked) -> Any:
    """Take back that it waits; where it does not, nothing changes."""
    drop_prerequisite(
        actor=request.viewer, assignment=assignment_seen(request, pk), needs_id=row_id(asked.needs) or 0
    )
    return _waits(request, pk)


@router.get(
    "/followed-assignments",
    response=Page[FollowedRow],
    summary="What one's unit tracks",
    operation_id="followed_list",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def followed_list(request: Caller, asked: Query[Paging]) -> Any:
    """What the person's units track and others owe, the latest first."""
    return page_of(followed_by(request.viewer), asked, _followed)


@router.post(
    "/assignments/{pk}/urge",
    response={200: Urged, 422: Problem},
    summary="Urge the unit that owes a task",
    operation_id="assignment_urge",
)
@asks(Action.VIEW_ASSIGNMENT)
def assignment_urge(request: Caller, pk: int) -> Any:
    """Tell those who work on it at once, once a day; for the unit that tracks it or the one that issued it."""
    return {"told": urge(actor=request.viewer, assignment=assignment_seen(request, pk))}


@router.get(
    "/unreached",
    response=Page[UnreachedRow],
    summary="Who could not be told of work",
    operation_id="unreached_list",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def unreached_list(request: Caller, asked: Query[Paging]) -> Any:
    """People whose last message about tasks on which the person decides did not arrive, the latest first."""
    rows = unreached_for(request.viewer)
    return page_of(rows, asked, lambda row: told(UnreachedRow, row), total=len(rows))


def _waits(request: Caller, pk: int) -> dict[str, Any]:
    assignment = assignment_seen(request, pk)
    ties = ties_of(assignment, assignments_for(request.viewer))
    decides = policy.may_on(request.viewer, Action.DECIDE_ASSIGNMENT, assignment.document.unit_id)
    return {
        "is_waiting": ties.is_waiting,
        "needs": [_tie(tie, is_named=tie.is_shown or decides) for tie in ties.needs],
        "awaited_by": [_tie(tie, is_named=tie.is_shown) for tie in ties.awaited_by],
    }


def _tie(tie: Any, *, is_named: bool) -> dict[str, Any]:
    return told(TieTold, tie, assignment_id=tie.pk if is_named else None, unit=tie.unit_name)


def _followed(row: Any) -> dict[str, Any]:
    named = {"words": row.duty.text, "unit": row.unit_name, "code": row.document.code}
    return told(FollowedRow, row, **named, lateness=late_word(row.lateness))
