"""The table of figures whose rows and columns one chooses, on the page and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.ledger.choices import Axis, Basis
from motbuoc.domains.ledger.figures import standing_below
from motbuoc.domains.ledger.pivot import Pivot, Shape, pivot_of
from motbuoc.domains.ledger.shaping import Asked, Offered, offered_for, shape_from
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.papers.figure_sheets import KINDS, pivot_download
from motbuoc.interfaces.web.ledger.looked import Looked, looked_at
from motbuoc.interfaces.web.ledger.pivot_html import pivot_rows
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

ROWS = 100  # units on one page
COLUMNS = 40  # units beside each other
NAMES = {
    "hang": "rows",
    "cot": "columns",
    "chi-tieu": "indicator",
    "tu-ky": "since",
    "phan-to": "breakdown",
    "phan": "category",
}
"""What the address calls what is asked."""


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_pivot(request: ViewerRequest, pk: int) -> HttpResponse:
    """Figures by two chosen axes: at first units across indicators; the larger, the deeper the shade."""
    looked = looked_at(request, pk)
    offered, shape = _shape(request, looked)
    pivot, page, count = _shown(looked, shape, request.GET.get("page", ""))
    looked.keep({name: request.GET[name] for name in NAMES if request.GET.get(name)})
    context = {
        "alone": None if shape.shows(Axis.INDICATOR) else shape.indicators[0],
        "part": shape.category,
        "rows": pivot_rows(pivot, looked),
        "is_empty": not any(cell.value is not None for row in pivot.cells for cell in row),
        "page": page,
        "units_left_out": max(0, count - COLUMNS) if shape.columns == Axis.UNIT else 0,
        "selects": _selects(offered, shape),
        "standing": standing_below(looked.period, looked.unit.pk),
        "not_added": shape.shows(Axis.PERIOD) and any(row.basis != Basis.IN_PERIOD for row in shape.indicators),
    }
    return render(request, "ledger/figure_pivot.html", looked.context | context)


def _shape(request: ViewerRequest, looked: Looked) -> tuple[Offered, Shape]:
    offered = offered_for(request.viewer, looked.period)
    if not offered.indicators:
        raise Http404
    asked: dict[str, Any] = {}
    for name, field in NAMES.items():
        if value := request.GET.get(name, ""):
            is_key = field not in ("rows", "columns")
            asked[field] = (int(value) if value.isdecimal() else None) if is_key else value
    return offered, shape_from(offered, Asked(**asked))


def _shown(looked: Looked, shape: Shape, asked: str) -> tuple[Pivot, Page[int], int]:
    """The table, as many units of it as go on one page, and how many units there are."""
    at_once = COLUMNS if shape.columns == Axis.UNIT else ROWS
    number = int(asked) if asked.isdecimal() and shape.rows == Axis.UNIT else 1
    first = (max(1, min(number, 10_000)) - 1) * at_once
    pivot, count = pivot_of(looked.unit, shape, looked.as_of, slice(first, first + at_once))
    page = Paginator(range(count if shape.rows == Axis.UNIT else 0), at_once).get_page(number)
    if page.number != max(1, number):  # beyond the last
        first = (page.number - 1) * at_once
        pivot, count = pivot_of(looked.unit, shape, looked.as_of, slice(first, first + at_once))
    return pivot, page, count


def _selects(offered: Offered, shape: Shape) -> list[dict[str, Any]]:
    """What can be chosen now: each as the name in the address, its label and options (value, words, is chosen)."""
    axes = offered.axes
    found = [
        _select("hang", _("Rows"), [(axis.value, axis.label) for axis in axes], shape.rows),
        _select(
            "cot", _("Columns"), [(axis.value, axis.label) for axis in axes if axis != shape.rows], shape.columns
        ),
    ]
    if not shape.shows(Axis.INDICATOR):
        possible = offered.indicators
        if part := shape.category or next(iter(shape.categories), None):
            possible = offered.with_parts(part.breakdown_id)
        found.append(
            _select("chi-tieu", _("Indicator"), [(row.pk, row.name) for row in possible], shape.indicators[0].pk)
        )
    if shape.shows(Axis.PERIOD):
        labels = [(row.pk, row.label) for row in offered.periods]
        found.append(_select("tu-ky", _("From the period"), labels, shape.periods[0].pk))
    if shape.shows(Axis.CATEGORY) and len(offered.breakdowns) > 1:
        names = [(row.pk, row.name) for row in offered.breakdowns]
        found.append(_select("phan-to", _("Broken down by"), names, shape.categories[0].breakdown_id))
    elif offered.categories and not shape.shows(Axis.CATEGORY):
        parts: list[tuple[Any, Any]] = [(row.pk, row.name) for row in offered.categories]
        chosen = shape.category.pk if shape.category else ""
        found.append(_select("phan", _("Part"), [("", _("All parts")), *parts], chosen))
    return found


def _select(name: str, label: Any, options: Sequence[tuple[Any, Any]], chosen: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "options": [(value, words, value == chosen) for value, words in options]}


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_export(request: ViewerRequest, pk: int, kind: str) -> HttpResponseBase:
    """The same table as a file, with all its units: Excel with formulas, CSV, or Parquet."""
    if kind not in KINDS:
        raise Http404
    looked = looked_at(request, pk)
    _offered, shape = _shape(request, looked)
    pivot, _count = pivot_of(looked.unit, shape, looked.as_of)
    return pivot_download(looked.period, pivot, standing_below(looked.period, looked.unit.pk), kind)
