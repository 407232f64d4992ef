"""The outlines by which reports are begun: those of the units, and those that come with the system."""

from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from pydantic import AfterValidator

from motbuoc.domains.reporting.drafted import Outline
from motbuoc.domains.reporting.drafts import outlines_for
from motbuoc.domains.reporting.outlines import NAMES, SHIPPED
from motbuoc.domains.reporting.outlining import change_outline, close_outline, lines_of, make_outline
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.indicators import Name
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["outlines"])

Cycle = Literal["", "week", "month", "quarter", "half_year", "nine_months", "year", "thematic", "ad_hoc"]
PartName = Literal["figures", "table", "chart", "words", "tasks", "text"]
OnOneLine = Annotated[Words, AfterValidator(lambda words: " ".join(words.split())), Field(pattern=r"^[^|]*$")]
"""An outline is kept as lines, the parts of each between bars."""


class SectionOutlined(Schema):
    """A section: its number, its title, the item of the programme or the indicator it is about, its parts."""

    number: Annotated[OnOneLine, Field(max_length=40)] = ""
    title: Annotated[OnOneLine, Field(max_length=300)] = ""
    item: Annotated[OnOneLine, Field(max_length=40)] = ""
    parts: Annotated[list[PartName], Field(max_length=10)] = []


class OutlineRow(Schema):
    """An outline of a unit. `cycle`: the kind of period it is for, "" for any."""

    id: int
    version: int
    unit_id: int
    name: str
    cycle: str
    sections: list[SectionOutlined]


class ShippedRow(Schema):
    """An outline that comes with the system, and the name by which a report is begun with it."""

    outline: str
    name: str
    sections: list[SectionOutlined]


class OutlineGiven(Schema):
    """What an outline is."""

    name: Name
    cycle: Cycle = ""
    sections: Annotated[list[SectionOutlined], Field(min_length=1, max_length=100)]

    def what(self) -> dict[str, Any]:
        """As the outline is written."""
        return {"name": self.name, "cycle": self.cycle, "lines": lines_of([row.dict() for row in self.sections])}


class OutlineMade(OutlineGiven):
    """An outline of a unit, for it and those below it."""

    unit: int


class OutlineChanged(OutlineGiven):
    """An outline as it is to be."""

    version: int


class OutlineSeen(Schema):
    """The version of it that was seen."""

    version: int


@router.get("/outlines", response=Page[OutlineRow], summary="The units' outlines", operation_id="outline_list")
@asks(Action.VIEW_REPORT)
def outline_list(request: Caller, asked: Query[Paging]) -> Any:
    """The outlines of the units in reach, by name."""
    return page_of(outlines_for(request.viewer).order_by("name", "pk"), asked, lambda row: told(OutlineRow, row))


@router.get(
    "/shipped-outlines",
    response=list[ShippedRow],
    summary="The outlines that come with the system",
    operation_id="outline_shipped",
)
@asks(Action.VIEW_REPORT)
def outline_shipped(request: Caller) -> Any:
    """Each may be used as it is, or copied."""
    return [{"outline": code, "name": NAMES[code], "sections": rows} for code, rows in SHIPPED.items()]


@router.get("/outlines/{pk}", response=OutlineRow, summary="One outline", operation_id="outline_detail")
@asks(Action.VIEW_REPORT)
def outline_detail(request: Caller, pk: int) -> Any:
    """Its sections in order."""
    return told(OutlineRow, _outline(request, pk))


@router.post(
    "/outlines", response={201: OutlineRow, **CHANGED}, summary="Make an outline", operation_id="outline_make"
)
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def outline_make(request: Caller, asked: OutlineMade) -> Any:
    """Begin an outline of a unit."""
    made = make_outline(actor=request.viewer, unit_id=row_id(asked.unit) or 0, **asked.what())
    return Status(201, told(OutlineRow, made))


@router.post(
    "/outlines/{pk}/change",
    response={200: OutlineRow, **CHANGED},
    summary="Change an outline",
    operation_id="outline_change",
)
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def outline_change(request: Caller, pk: int, asked: OutlineChanged) -> Any:
    """Change it; reports that were begun by it stay as they are."""
    outline = _outline(request, pk)
    changed = change_outline(actor=request.viewer, outline=outline, version=asked.version, **asked.what())
    return told(OutlineRow, changed)


@router.post(
    "/outlines/{pk}/close",
    response={200: OutlineRow, **CHANGED},
    summary="Offer an outline no more",
    operation_id="outline_close",
)
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def outline_close(request: Caller, pk: int, asked: OutlineSeen) -> Any:
    """Offer it no more."""
    outline = _outline(request, pk)
    return told(OutlineRow, close_outline(actor=request.viewer, outline=outline, version=asked.version))


def _outline(request: Caller, pk: int) -> Outline:
    found = get_object_or_404(outlines_for(request.viewer), pk=row_id(pk))
    shows(request, "outline", pk, found.unit_id)
    return found
