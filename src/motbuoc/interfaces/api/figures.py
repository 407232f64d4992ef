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
from motbuoc.domains.ledger.figures import (
    branches_of,
    indicators_of,
    sheet_of,
    standing_below,
    top_for,
    units_to_read_for,
    value_of,
)
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.ledger.trends import trend_of
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.units.models import UnitOn
from motbuoc.interfaces.api.asking import Caller, Day, Words, asks, row_id, shows
from motbuoc.interfaces.api.rows import A_FILE
from motbuoc.interfaces.papers.figure_sheets import period_download

router = Router(tags=["figures"])


class FiguresAsked(Schema):
    """Of which unit with all below it (none: the highest one sees), as known at the end of a day (none: now)."""

    unit: int | None = None
    as_of: Day | None = None


class OneAsked(FiguresAsked):
    """The same, of the indicator with this code."""

    indicator: Words


class SheetAsked(FiguresAsked):
    """The same, as which kind of file."""

    kind: Literal["xlsx", "csv", "parquet"] = "xlsx"


class PartTold(Schema):
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
    parts: list[PartTold]


class Figures(Schema):
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


def _looked(request: Caller, pk: int, asked: FiguresAsked) -> tuple[ReportingPeriod, UnitOn]:
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


def _indicator(period: ReportingPeriod, code: str) -> Indicator:
    found = next((row for row in indicators_of(period) if row.code == code), None)
    if found is None:
        raise Http404
    return found


@router.get(
    "/periods/{pk}/figures", response=Figures, summary="Figures by indicator", operation_id="figure_totals"
)
@asks(Action.VIEW_FIGURES)
def figure_totals(request: Caller, pk: int, asked: Query[FiguresAsked]) -> Any:
    """The accepted figures of a period, added up by the tree of its cut-off day."""
    period, unit = _looked(request, pk, asked)
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
    period, unit = _looked(request, pk, asked)
    indicators = indicators_of(period)
    return [
        {
            "unit_id": branch.unit.pk,
            "unit": branch.unit.name,
            "is_own": branch.is_own,
            "amounts": {row.code: value_of(row, branch.figures) for row in indicators},
        }
        for branch in branches_of(period, unit, _moment(asked))
    ]


@router.get(
    "/periods/{pk}/figures/course",
    response=list[PointTold],
    summary="A figure over the periods",
    operation_id="figure_course",
)
@asks(Action.VIEW_FIGURES)
def figure_course(request: Caller, pk: int, asked: Query[OneAsked]) -> Any:
    """The figure of one indicator in the periods of the schedule up to this one, the oldest first."""
    period, unit = _looked(request, pk, asked)
    trend = trend_of(period, unit.pk, _indicator(period, asked.indicator), _moment(asked))
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
    period, unit = _looked(request, pk, asked)
    row = _indicator(period, asked.indicator)
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
    summary="Figures by unit as Excel, CSV or Parquet",
    operation_id="figure_sheet",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_FIGURES)
def figure_sheet(request: Caller, pk: int, asked: Query[SheetAsked]) -> HttpResponseBase:
    """The table by units as a file; in Excel sums and shares are formulas."""
    period, unit = _looked(request, pk, asked)
    branches = branches_of(period, unit, _moment(asked))
    standing = standing_below(period, unit.pk)
    return period_download(period, unit, indicators_of(period), branches, standing, asked.kind)
