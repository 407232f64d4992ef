"""What a period adds up to, indicator by indicator, and what stands behind each figure."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from motbuoc.domains.ledger.ahead import whole_year_of
from motbuoc.domains.ledger.behind import Within, entries_for
from motbuoc.domains.ledger.figures import Line, indicators_of, sheet_of, standing_below
from motbuoc.domains.ledger.models import Category, Indicator
from motbuoc.domains.ledger.selectors import categories_of
from motbuoc.domains.ledger.trends import trend_of
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.papers.figure_words import figure_words
from motbuoc.interfaces.papers.trend_picture import trend_picture
from motbuoc.interfaces.web.ledger.ahead_words import whole_year_shown
from motbuoc.interfaces.web.ledger.looked import looked_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

ENTRIES_SIZE = 50


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_totals(request: ViewerRequest, pk: int) -> HttpResponse:
    """The indicators of a period for a unit with all below it, beside what was before and what was aimed at."""
    looked = looked_at(request, pk)
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
def figure_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One figure: its course over the periods, and the entries behind it, or behind its part or the unit's own."""
    looked = looked_at(request, pk)
    indicator = _chosen(indicators_of(looked.period), request.GET.get("chi-tieu", ""))
    trend = trend_of(looked.period, looked.unit.pk, indicator, looked.as_of)
    behind = [indicator.numerator_id, indicator.denominator_id] if indicator.is_share else [indicator.pk]
    indicators = [each for each in behind if each]
    part, is_own = _part(indicators, request.GET.get("phan", "")), bool(request.GET.get("rieng"))
    entries = entries_for(
        request.viewer,
        looked.period,
        looked.unit.pk,
        indicators,
        looked.as_of,
        Within(is_own, part.pk or 0 if part else None),
    )
    page = Paginator(entries, ENTRIES_SIZE).get_page(request.GET.get("page"))
    is_whole = looked.day is None and part is None and not is_own
    ahead = whole_year_of(looked.period, looked.unit.pk, indicator) if is_whole else None
    context = {
        "indicator": indicator,
        "ahead": ahead and whole_year_shown(ahead, indicator, trend),
        "part": part,
        "is_own": is_own,
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


def _part(indicators: list[int], asked: str) -> Category | None:
    """The part of the breakdown asked for; a nameless one stands for what was reported without parts."""
    if asked == "0":
        return Category()
    return next((row for row in categories_of(indicators) if str(row.pk) == asked), None)
