"""Figures: what a period adds up to, and the entries behind each figure."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema

from motbuoc.domains.ledger.behind import entries_for
from motbuoc.domains.ledger.below import OWN
from motbuoc.domains.ledger.figures import indicators_of, sheet_of, standing_below, top_for, units_to_read_for
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.pivot import Cell, Member, Pivot, pivot_of
from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.ledger.shaping import Asked, offered_for, shape_from
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.ledger.trends import trend_of
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.units.models import UnitOn
from motbuoc.interfaces.api.asking import Caller, Day, Words, asks, row_id, shows
from motbuoc.interfaces.api.rows import A_FILE
from motbuoc.interfaces.papers.figure_sheets import pivot_download

router = Router(tags=["figures"])


class FiguresAsked(Schema):
    """Of which unit with all below it (none: the highest one sees), as known at the end of a day (none: now)."""

    unit: int | None = None
    as_of: Day | None = None


class OneAsked(FiguresAsked):
    """The same, of the indicator with this code."""

    indicator: Words


AxisAsked = Literal["unit", "indicator", "period", "category"]


class TableAsked(FiguresAsked):
    """What stands on the axes. The one indicator, by its code, where indicators are on none; the id of the period
    to begin with, where periods are on one; the id of the breakdown, or of the one part to look at.
    """

    rows: AxisAsked = "unit"
    columns: AxisAsked = "indicator"
    indicator: Words | None = None
    since: int | None = None
    breakdown: int | None = None
    category: int | None = None


class FigureSheet(TableAsked):
    """The same, as which kind of file."""

    kind: Literal["xlsx", "csv", "parquet"] = "xlsx"


class FigurePart(Schema):
    """A part of a figure that is broken down."""

    category: str
    amount: Decimal


class FigureTold(Schema):
    """An indicator; null where nothing was reported, which is not zero. `entries`: of how many units."""

    indicator: str
    name: str
    measure: str
    amount: Decimal | None
    entries: int
    estimates: int
    last_period: Decimal | None
    a_year_before: Decimal | None
    year_so_far: Decimal | None
    target: Decimal | None
    parts: list[FigurePart]


class FiguresTold(Schema):
    """The figures of a unit with all below it, and the units whose report is missing in them."""

    unit_id: int
    unit: str
    expected: int
    accepted: int
    missing: list[str]
    figures: list[FigureTold]


class BranchTold(Schema):
    """A unit directly below, or the unit's own figures (`is_own`): by the code of the indicator."""

    unit_id: int
    unit: str
    is_own: bool
    amounts: dict[str, Decimal | None]


class MemberTold(Schema):
    """A row or a column by its id: of a unit (null: the unit's own figures), an indicator, a period, a part (null:
    without parts).
    """

    id: int | None
    name: str


class FigureCell(Schema):
    """A figure; null where nothing was reported or adding would be wrong. `missing`: reports not accepted yet."""

    amount: Decimal | None
    entries: int
    estimates: int
    missing: int


class TableTold(Schema):
    """The table row by row; totals are empty or null where adding would be wrong."""

    rows_are: AxisAsked
    columns_are: AxisAsked
    rows: list[MemberTold]
    columns: list[MemberTold]
    cells: list[list[FigureCell]]
    row_totals: list[FigureCell]
    column_totals: list[FigureCell]
    whole: FigureCell | None


class PointTold(Schema):
    """The figure of one period; `is_broken`: another definition held before."""

    period: str
    end: date
    amount: Decimal | None
    entries: int
    is_broken: bool


class EntryTold(Schema):
    """One unit's figure behind a total."""

    submission_id: int
    unit: str
    amount: Decimal
    category: str
    is_estimate: bool
    accepted_at: datetime


def looked_at(request: Caller, pk: int, asked: FiguresAsked) -> tuple[ReportingPeriod, UnitOn]:
    """The period and the unit asked for; without one, the highest that the caller may see."""
    period = get_object_or_404(periods_for(request.viewer), pk=row_id(pk))
    seen = units_to_read_for(request.viewer, period)
    unit = (
        top_for(request.viewer, period) if asked.unit is None else get_object_or_404(seen, pk=row_id(asked.unit))
    )
    if unit is None:
        raise Http404
    shows(request, "reporting_period", period.pk, unit.pk)
    return period, unit


def _moment(asked: FiguresAsked) -> datetime | None:
    return timezone.make_aware(datetime.combine(asked.as_of, time.max)) if asked.as_of else None


def indicator_of(period: ReportingPeriod, code: str) -> Indicator:
    """The indicator with a code, of those of the period."""
    found = next((row for row in indicators_of(period) if row.code == code), None)
    if found is None:
        raise Http404
    return found


@router.get(
    "/periods/{pk}/figures", response=FiguresTold, summary="Figures by indicator", operation_id="figure_totals"
)
@asks(Action.VIEW_FIGURES)
def figure_totals(request: Caller, pk: int, asked: Query[FiguresAsked]) -> Any:
    """The accepted figures of a period, added up by the tree of its cut-off day."""
    period, unit = looked_at(request, pk, asked)
    sheet = sheet_of(period, unit, _moment(asked))
    return {
        "unit_id": unit.pk,
        "unit": unit.name,
        "expected": sheet.standing.expected,
        "accepted": sheet.standing.accepted,
        "missing": list(sheet.standing.missing),
        "figures": [
            {
                "indicator": line.indicator.code,
                "name": line.indicator.name,
                "measure": line.indicator.measured_in,
                "amount": line.now,
                "entries": line.total.entries if line.total else 0,
                "estimates": line.total.estimates if line.total else 0,
                "last_period": line.last,
                "a_year_before": line.year_ago,
                "year_so_far": line.since_new_year,
                "target": line.target,
                "parts": [{"category": category.name, "amount": amount} for category, amount in line.parts],
            }
            for line in sheet.lines
        ],
    }


@router.get(
    "/periods/{pk}/figures/units",
    response=list[BranchTold],
    summary="Figures by unit",
    operation_id="figure_units",
)
@asks(Action.VIEW_FIGURES)
def figure_units(request: Caller, pk: int, asked: Query[FiguresAsked]) -> Any:
    """The units directly below one and its own figures; together they are its total."""
    _period, unit, pivot = _table(request, pk, TableAsked(**asked.dict()))
    return [
        {
            "unit_id": unit.pk if row.key == OWN else row.key,
            "unit": row.name,
            "is_own": row.key == OWN,
            "amounts": {cell.spot.indicator.code: cell.value for cell in cells},
        }
        for row, cells in zip(pivot.rows, pivot.cells, strict=True)
    ]


@router.get(
    "/periods/{pk}/figures/table",
    response=TableTold,
    summary="Figures by two chosen axes",
    operation_id="figure_pivot",
)
@asks(Action.VIEW_FIGURES)
def figure_pivot(request: Caller, pk: int, asked: Query[TableAsked]) -> Any:
    """Units, indicators, periods or parts of a breakdown in rows and columns, totals where adding is right."""
    _period, _unit, pivot = _table(request, pk, asked)
    return {
        "rows_are": pivot.shape.rows,
        "columns_are": pivot.shape.columns,
        "rows": [_member_told(row) for row in pivot.rows],
        "columns": [_member_told(column) for column in pivot.columns],
        "cells": [[_cell_told(cell) for cell in row] for row in pivot.cells],
        "row_totals": [_cell_told(cell) for cell in pivot.row_totals],
        "column_totals": [_cell_told(cell) for cell in pivot.column_totals],
        "whole": _cell_told(pivot.whole) if pivot.whole else None,
    }


def _table(request: Caller, pk: int, asked: TableAsked) -> tuple[ReportingPeriod, UnitOn, Pivot]:
    period, unit = looked_at(request, pk, asked)
    named = indicator_of(period, asked.indicator).pk if asked.indicator else None
    offered = offered_for(request.viewer, period)
    wanted = Asked(asked.rows, asked.columns, named, asked.since, asked.breakdown, asked.category)
    if not offered.indicators:
        raise Http404
    pivot, _count = pivot_of(unit, shape_from(offered, wanted), _moment(asked))
    return period, unit, pivot


def _member_told(member: Member) -> dict[str, Any]:
    return {"id": member.key or None, "name": member.name}


def _cell_told(cell: Cell) -> dict[str, Any]:
    return {"amount": cell.value} | {name: getattr(cell, name) for name in ("entries", "estimates", "missing")}


@router.get(
    "/periods/{pk}/figures/course",
    response=list[PointTold],
    summary="A figure over the periods",
    operation_id="figure_course",
)
@asks(Action.VIEW_FIGURES)
def figure_course(request: Caller, pk: int, asked: Query[OneAsked]) -> Any:
    """The figure of one indicator in the periods of the schedule up to this one, the oldest first."""
    period, unit = looked_at(request, pk, asked)
    trend = trend_of(period, unit.pk, indicator_of(period, asked.indicator), _moment(asked))
    return [
        {
            "period": point.period.label,
            "end": point.period.end,
            "amount": point.value,
            "entries": point.entries,
            "is_broken": point.is_broken,
        }
        for point in trend
    ]


@router.get(
    "/periods/{pk}/figures/entries",
    response=list[EntryTold],
    summary="The entries behind a figure",
    operation_id="figure_entries",
)
@asks(Action.VIEW_FIGURES)
def figure_entries(request: Caller, pk: int, asked: Query[OneAsked]) -> Any:
    """The figures of the units that are in a total, the largest first; of a share those of both its parts."""
    period, unit = looked_at(request, pk, asked)
    row = indicator_of(period, asked.indicator)
    behind = [part for part in (row.numerator_id, row.denominator_id) if part] or [row.pk]
    return [
        {
            "submission_id": entry.submission_id,
            "unit": entry.unit_name,
            "amount": entry.amount,
            "category": entry.category,
            "is_estimate": entry.is_estimate,
            "accepted_at": entry.accepted_at,
        }
        for entry in entries_for(request.viewer, period, unit.pk, behind, _moment(asked))
    ]


@router.get(
    "/periods/{pk}/figures/sheet",
    summary="Figures by two chosen axes as Excel, CSV or Parquet",
    operation_id="figure_sheet",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_FIGURES)
def figure_sheet(request: Caller, pk: int, asked: Query[FigureSheet]) -> HttpResponseBase:
    """The same table as a file; in Excel sums and shares are formulas."""
    period, unit, pivot = _table(request, pk, asked)
    return pivot_download(period, pivot, standing_below(period, unit.pk), asked.kind)
