"""Urging: what is late and may be urged, the letter that urges, and what followed."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.registers.selectors import late_for, outcomes_of, urgings_for
from motbuoc.domains.registers.urging import draft_urging
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.asking import Caller, Day, Problem, asks, row_id
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.registers import desk
from motbuoc.interfaces.api.rows import told

router = Router(tags=["urging"])


class LateRow(Schema):
    """A duty that is overdue and not handed in. `late_by`: days since its first due day."""

    id: int
    words: str
    unit_id: int
    unit: str | None
    document_id: int
    code: str
    issuing_unit_id: int
    due_on: date | None
    first_due_on: date | None
    late_by: int


class LateAsked(Paging):
    """Of which directive; empty: of all."""

    directive: int | None = None


class UrgingAsked(Schema):
    """A letter of `unit` for these overdue assignments, to be answered by a day."""

    unit: int
    assignments: Annotated[list[int], Field(min_length=1, max_length=1_000)]
    answer_by: Day | None = None


class UrgingRow(Schema):
    """That a unit was urged, by which letter, and what followed: done, heard, waiting or nothing."""

    id: int
    assignment_id: int
    words: str
    unit_id: int
    unit: str | None
    letter: str
    sent_at: datetime
    late_by: int
    outcome: str


class Letter(Schema):
    """The draft of the letter: an outgoing document like any other."""

    id: int
    version: int
    subject: str
    state: str


@router.get(
    "/late-assignments", response=Page[LateRow], summary="Whom to urge", operation_id="late_assignment_list"
)
@asks(Action.VIEW_BOARD, do=Action.DECIDE_ASSIGNMENT)
def late_assignment_list(request: Caller, asked: Query[LateAsked]) -> Any:
    """The overdue duties on whose results the person decides, the longest overdue first."""
    found = late_for(request.viewer)
    if asked.directive is not None:
        found = found.filter(document=row_id(asked.directive))
    return page_of(found, asked, _late)


@router.get("/urgings", response=Page[UrgingRow], summary="Who was urged", operation_id="urging_list")
@asks(Action.VIEW_BOARD)
def urging_list(request: Caller, asked: Query[Paging]) -> Any:
    """By letters that were sent, the latest first, and what followed."""
    found = urgings_for(request.viewer)
    rows = outcomes_of(found[asked.span], clock.today())
    return {"total": found.count(), "page": asked.page, "rows": [_urged(row) for row in rows]}


@router.post(
    "/urgings", response={201: Letter, 422: Problem}, summary="Draft an urging letter", operation_id="urging_draft"
)
@asks(Action.VIEW_BOARD, do=Action.DECIDE_ASSIGNMENT)
def urging_draft(request: Caller, asked: UrgingAsked) -> Any:
    """Have the letter written for late duties of directives of the unit; it goes the way of outgoing documents."""
    made = draft_urging(
        actor=request.viewer,
        unit=desk(request.viewer, asked.unit, Action.REGISTER_DOCUMENT),
        assignment_ids=[row_id(each) or 0 for each in asked.assignments],
        answer_by=asked.answer_by,
    )
    return Status(201, told(Letter, made))


def _late(row: Any) -> dict[str, Any]:
    due = row.judged_from or row.due_on
    return told(
        LateRow,
        row,
        words=row.duty.text,
        unit=row.unit_name,
        code=row.document.code,
        issuing_unit_id=row.document.unit_id,
        late_by=(clock.today() - due).days if due else 0,
    )


def _urged(row: Any) -> dict[str, Any]:
    urging = row.urging
    return told(
        UrgingRow,
        urging,
        words=urging.assignment.duty.text,
        unit=urging.unit_name,
        letter=urging.outgoing.code,
        sent_at=urging.outgoing.sent_at,
        outcome=row.outcome,
    )
