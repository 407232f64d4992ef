"""How far directives have come down, unit by unit, and the units' plans compared."""

from datetime import date
from io import BytesIO
from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from motbuoc.domains.cascade.comparison import comparison_of
from motbuoc.domains.cascade.descent import descent_of
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import A_FILE, told
from motbuoc.interfaces.papers.board_sheet import EXCEL
from motbuoc.interfaces.papers.comparison import comparison_file

router = Router(tags=["cascade"])


class Item(Schema):
    """What a directive or a plan asks for."""

    id: int
    number: str | None
    text: str
    product: str
    time_kind: str
    due_on: date | None


class Share(Schema):
    """Study sessions added up; `percent` of the attendances due, none where nothing is recorded."""

    sessions: int
    attended: int
    expected: int
    percent: int | None


class StationRow(Schema):
    """How far a directive has come in one unit. `below`: tasks its plan gave, `plans_below`: plans made of it."""

    unit_id: int
    name: str
    kind: str
    received_on: date
    read_on: date | None
    count: int
    acknowledged: int
    done: int
    plan_document_id: int | None
    is_localised: bool
    days_to_plan: int | None
    below: int
    plans_below: int
    studied: Share | None


class CellTold(Schema):
    """What a plan does for an item of the directive: carried, gap, later, undated or not_asked; by which items."""

    serves: int
    mark: str
    items: list[int]


class ColumnTold(Schema):
    """One unit's plan, item by item of the directive."""

    document_id: int
    name: str
    gaps: int
    cells: list[CellTold]


class Comparison(Page[ColumnTold]):
    """The items of a directive and the plans of units, by name."""

    items: list[Item]


@router.get(
    "/directives/{pk}/descent",
    response=Page[StationRow],
    summary="How far a directive has come down",
    operation_id="directive_descent",
)
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def directive_descent(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """The units in reach that received it, by name: read, acknowledged, planned, issued below, studied, done."""
    stations = descent_of(request.viewer, directive_seen(request, pk))
    return page_of(stations, asked, _station, total=len(stations))


@router.get(
    "/directives/{pk}/comparison",
    response=Comparison,
    summary="The units' plans compared",
    operation_id="directive_comparison",
)
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def directive_comparison(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """What each unit's plan does for each item of the directive; gaps and later days are marked."""
    compared = comparison_of(request.viewer, directive_seen(request, pk))
    page = page_of(compared.columns, asked, _column, total=len(compared.columns))
    return {**page, "items": [item_told(duty) for duty in compared.items]}


@router.get(
    "/directives/{pk}/comparison/sheet",
    summary="The comparison as Excel",
    operation_id="comparison_sheet",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def comparison_sheet(request: Caller, pk: int) -> FileResponse:
    """Every plan in its own words, as a file."""
    directive = directive_seen(request, pk)
    content = BytesIO(comparison_file(directive, comparison_of(request.viewer, directive)))
    name = f"so-sanh-ke-hoach-{directive.pk}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=EXCEL)


def directive_seen(request: Caller, pk: int) -> Document:
    """The issued document, if the person may read it. Raises Http404."""
    found = documents_for(request.viewer).filter(state=DocumentState.ISSUED)
    directive = get_object_or_404(found, pk=row_id(pk))
    shows(request, "document", pk, directive.unit_id)
    return directive


def item_told(duty: Any) -> dict[str, Any]:
    """What a document asks for, as it is answered."""
    return told(Item, duty, number=duty.provision.number if duty.provision else None)


def _station(station: Any) -> dict[str, Any]:
    return told(
        StationRow,
        station,
        plan_document_id=station.plan.plan_id if station.plan else None,
        below=station.below.count,
    )


def _column(column: Any) -> dict[str, Any]:
    cells = [
        {"serves": cell.serves.pk, "mark": cell.mark, "items": [link.item_id for link in cell.links]}
        for cell in column.cells
    ]
    return told(ColumnTold, column, document_id=column.localisation.plan_id, cells=cells)
