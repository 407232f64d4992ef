"""Units of the tree, as on any day."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Query, Router, Schema

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.browsing import unit_seen
from motbuoc.foundation.reorganisation.groups import groups_seen_by
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.foundation.units.selectors import groups_for
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
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


class UnitGroup(Schema):
    """A saved group of units, by which orders and addressees mean all of them."""

    id: int
    name: str


class GroupsAsked(Paging):
    """Which groups: those that documents of a unit may use; empty: all in reach."""

    unit: int | None = None


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


@router.get(
    "/unit-groups", response=Page[UnitGroup], summary="Saved groups of units", operation_id="unit_group_list"
)
@asks(Action.VIEW_UNIT)
def unit_group_list(request: Caller, asked: Query[GroupsAsked]) -> Any:
    """The groups of units in reach and everybody's; `unit`: those that documents of this unit may use."""
    today = clock.today()
    found = groups_seen_by(request.viewer).filter(is_closed=False)
    if asked.unit is not None:
        known = units_for(request.viewer, today).filter(pk=row_id(asked.unit)).exists()
        found = groups_for(row_id(asked.unit) or 0, today) if known else found.none()
    return page_of(found, asked, lambda group: UnitGroup(id=group.pk, name=group.name))


def _unit(unit: Any) -> Unit:
    return Unit(
        id=unit.pk,
        name=unit.name,
        short_name=unit.short_name,
        code=unit.code,
        kind=unit.kind,
        parent_id=unit.parent_id,
    )
