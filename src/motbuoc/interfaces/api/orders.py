"""Orders without a paper: noted, and given to their units."""

from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from motbuoc.domains.documents.spoken import Asked, Said, ToWhom, note_order, units_to_order_for
from motbuoc.domains.work.ordering import give_order
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.selectors import groups_for
from motbuoc.interfaces.api.asking import Caller, ClassName, Day, Problem, Words, asks, row_id
from motbuoc.interfaces.api.documents import DocumentRow, document_row

router = Router(tags=["documents"])
Ids = Annotated[list[int], Field(max_length=2000)]


class TaskAsked(Schema):
    """One thing that is to be done."""

    what: Words
    due_on: Day | None = None
    product: Words = ""


class OrderAsked(Schema):
    """What was said, by whom, and to which units. `keep`: not given to them yet, but kept to be looked through."""

    unit: int
    origin: Literal["meeting", "telephone"]
    said_by: Words
    said_on: Day
    occasion: Words = ""
    tasks: Annotated[list[TaskAsked], Field(max_length=100)]
    leads: Ids = []
    supports: Ids = []
    group: int | None = None
    monitor: int | None = None
    classification: ClassName = "normal"
    keep: bool = False


@router.post(
    "/orders",
    response={201: DocumentRow, 422: Problem},
    summary="Note an order without a paper",
    operation_id="order_give",
)
@asks(Action.VIEW_DOCUMENT, do=Action.ISSUE_DIRECTIVE)
def order_give(request: Caller, asked: OrderAsked) -> Any:
    """Note an order that was spoken, and give it to its units at once unless it is to be kept."""
    today = clock.today()
    unit = get_object_or_404(units_to_order_for(request.viewer, today), pk=row_id(asked.unit))
    group = None
    if asked.group is not None:
        group = get_object_or_404(groups_for(unit.pk, today), pk=row_id(asked.group))
    act = note_order if asked.keep else give_order
    made = act(
        actor=request.viewer,
        unit=unit,
        said=Said(asked.origin, asked.said_by, asked.said_on, asked.occasion),
        asked=[Asked(task.what, task.due_on, task.product) for task in asked.tasks],
        to=ToWhom(
            [row_id(pk) or 0 for pk in asked.leads],
            [row_id(pk) or 0 for pk in asked.supports],
            group,
            None if asked.monitor is None else row_id(asked.monitor) or 0,
        ),
        classification=asked.classification,
    )
    return Status(201, document_row(made))
