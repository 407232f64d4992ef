"""What a period adds up to: by indicator, by unit, and what stands behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from motbuoc.domains.ledger.behind import corrected_since, entries_for
from motbuoc.domains.ledger.figures import (
    Branch,
    Line,
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
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import UnitOn
from motbuoc.foundation.units.selectors import above
from motbuoc.interfaces.papers.figure_sheets import KINDS, period_download
from motbuoc.interfaces.papers.figure_words import figure_words
from motbuoc.interfaces.papers.trend_picture import trend_picture
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

ENTRIES_SIZE = 50
SHADES = 5  # of the map of units and indicators


@dataclass(frozen=True)
class Looked:
    """What is looked at: a period, a unit with all below it, as it was known at the end of a day (None: now)."""

    period: ReportingPeriod
    unit: UnitOn
    day: date | None
    way: list[UnitOn]

    @property
    def as_of(self) -> datetime | None:
        """The last moment of the day."""
        return timezone.make_aware(datetime.combine(self.day, time.max)) if self.day else None

    @property
    def query(self) -> str:
        """The address behind "?" that looks at the same."""
        return urlencode({"don-vi": self.unit.pk} | ({"den-ngay": self.day.isoformat()} if self.day else {}))

    @property
    def context(self) -> dict[str, Any]:
        """What every page of it shows."""
        corrected = corrected_since(self.period, self.unit.pk, self.as_of) if self.as_of else ()
        return {"looked": self, "period": self.period, "unit": self.unit, "corrected": list(corrected[:20])}


def _looked(request: ViewerRequest, pk: int) -> Looked:
    """The period and the unit asked for; without one, the highest that the viewer may see."""
    period = get_object_or_404(periods_for(request.viewer), pk=pk)
    asked = request.GET.get("don-vi", "")
    seen = units_to_read_for(request.viewer, period)
    unit = get_object_or_404(seen, pk=int(asked)) if asked.isdecimal() else top_for(request.viewer, period)
    if unit is None:
        raise Http404
    looks_at(request, "reporting_period", period.pk, period.schedule.unit_id)
    day = parse_date(request.GET.get("den-ngay", "")) if request.GET.get("den-ngay") else None
    if day and not clock.FIRST_DAY <= day <= clock.today():
        day = None
    readable = set(seen.values_list("pk", flat=True))
    way = [row for row in above(unit.pk, period.cutoff_on) if row.pk in readable]
    return Looked(period, unit, day, way)


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_totals(request: ViewerRequest, pk: int) -> HttpResponse:
    """The indicators of a period for a unit with all below it, beside what was before and what was aimed at."""
    looked = _looked(request, pk)
    sheet = sheet_of(looked.period, looked.unit, looked.as_of)
    context = {"sheet": sheet, "rows": [_row(line) for line in sheet.lines], "standing": sheet.standing}
    return render(request, "ledger/figure_totals.html", looked.context | context)


def _row(line: Line) -> dict[str, Any]:
    words = figure_words
    return {
        "line": line,
        "now": words(line.indicator, line.now),
        "last": words(line.indicator, line.last),
        "year_ago": words(line.indicator, line.year_ago),
        "change": words(line.indicator, line.change, signed=True),
        "since_new_year": words(line.indicator, line.since_new_year),
        "target": words(line.indicator, line.target),
        "reached": None if line.reached is None else int(line.reached),
        "parts": [(category.name, words(line.indicator, amount)) for category, amount in line.parts],
    }


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_units(request: ViewerRequest, pk: int) -> HttpResponse:
    """The units directly below one, across the indicators: the deeper the shade, the larger among its column."""
    looked = _looked(request, pk)
    indicators = indicators_of(looked.period)
    branches = branches_of(looked.period, looked.unit, looked.as_of)
    values = [[value_of(row, branch.figures) for row in indicators] for branch in branches]
    shades = [_shades(column) for column in zip(*values, strict=True)]
    rows = [
        {
            "branch": branch,
            "cells": [
                {"indicator": row, "words": figure_words(row, value), "shade": shades[at][place], "value": value}
                for at, (row, value) in enumerate(zip(indicators, values[place], strict=True))
            ],
        }
        for place, branch in enumerate(branches)
    ]
    whole = sheet_of(looked.period, looked.unit, looked.as_of)
    context = {
        "indicators": indicators,
        "rows": rows,
        "sums": [figure_words(line.indicator, line.now) for line in whole.lines],
        "standing": whole.standing,
    }
    return render(request, "ledger/figure_units.html", looked.context | context)


def _shades(column: tuple[Decimal | None, ...]) -> list[int]:
    """A shade from 0 to SHADES for each value, by its share of the largest."""
    largest = max((value for value in column if value is not None), default=Decimal(0))
    if not largest:
        return [0] * len(column)
    return [0 if not value else max(1, int(value * SHADES / largest)) for value in column]


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One figure: its course over the periods, and the entries of the units behind it."""
    looked = _looked(request, pk)
    indicator = _chosen(indicators_of(looked.period), request.GET.get("chi-tieu", ""))
    trend = trend_of(looked.period, looked.unit.pk, indicator, looked.as_of)
    behind = [indicator.numerator_id, indicator.denominator_id] if indicator.is_share else [indicator.pk]
    entries = entries_for(
        request.viewer, looked.period, looked.unit.pk, [each for each in behind if each], looked.as_of
    )
    page = Paginator(entries, ENTRIES_SIZE).get_page(request.GET.get("page"))
    context = {
        "indicator": indicator,
        "points": [(point, figure_words(indicator, point.value)) for point in trend],
        "picture": SafeString(trend_picture(indicator, trend)),
        "page": page,
        "entries": [(entry, figure_words(indicator, entry.amount, is_part=True)) for entry in page],
        "standing": standing_below(looked.period, looked.unit.pk),
    }
    return render(request, "ledger/figure_detail.html", looked.context | context)


def _chosen(indicators: list[Indicator], asked: str) -> Indicator:
    """The indicator asked for, of those of the period; the first one where none is."""
    known = {str(row.pk): row for row in indicators}
    if not indicators or (asked and asked not in known):
        raise Http404
    return known[asked] if asked else indicators[0]


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_export(request: ViewerRequest, pk: int, kind: str) -> HttpResponseBase:
    """The table by units as a file: Excel with formulas, CSV, or Parquet."""
    if kind not in KINDS:
        raise Http404
    looked = _looked(request, pk)
    branches: list[Branch] = branches_of(looked.period, looked.unit, looked.as_of)
    standing = standing_below(looked.period, looked.unit.pk)
    return period_download(looked.period, looked.unit, indicators_of(looked.period), branches, standing, kind)
