"""Units of the tree, as on any day."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Query, Router, Schema

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.browsing import unit_seen
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.interfaces.api.asking import Caller, Words, asks, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of

router = Router(tags=["units"])


class Unit(Schema):
    """A unit as it was on the day asked for."""

    id: int
    name: str
    short_name: str
    code: str
    kind: str
    parent_id: int | None


class UnitsAsked(Paging):
    """Units of which day, and with which words in name or code (marks and capitals do not count)."""

    on: date | None = None
    words: Words = ""


@router.get("/units", response=Page[Unit], summary="Units in reach", operation_id="unit_list")
@asks(Action.VIEW_UNIT)
def unit_list(request: Caller, asked: Query[UnitsAsked]) -> Any:
    """The units in reach, by name."""
    units = units_for(request.viewer, asked.on or clock.today())
    found = units.called(asked.words[:200]) if asked.words.strip() else units.order_by("name", "pk")
    return page_of(found, asked, _unit)


@router.get("/units/{pk}", response=Unit, summary="One unit", operation_id="unit_detail")
@asks(Action.VIEW_UNIT)
def unit_detail(request: Caller, pk: int, on: date | None = None) -> Any:
    """One unit as it was on the day."""
    unit = unit_seen(request.viewer, pk, on or clock.today()) if pk > 0 else None
    if unit is None:
        raise Http404
    shows(request, "unit", pk, pk)
    return _unit(unit)


def _unit(unit: Any) -> Unit:
    return Unit(
        id=unit.pk,
        name=unit.name,
        short_name=unit.short_name,
        code=unit.code,
        kind=unit.kind,
        parent_id=unit.parent_id,
    )
