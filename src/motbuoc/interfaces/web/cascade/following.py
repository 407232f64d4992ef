"""Pages from above: how far a directive has come down, and the plans of units compared item by item."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from motbuoc.domains.cascade.comparison import MARKS, comparison_of
from motbuoc.domains.cascade.descent import Station, descent_of, levels_of
from motbuoc.domains.cascade.dissemination import together
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.papers.comparison import comparison_file
from motbuoc.interfaces.web.documents.sheet import when_of
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIGNS = {"carried": ("done", "is-done"), "gap": ("cross", "is-overdue"), "later": ("warning", "is-overdue")}
SIGNS |= {"undated": ("clock", "is-soon"), "not_asked": ("dot", "is-quiet")}
SHORT = {
    "carried": pgettext_lazy("cell of a comparison", "Yes"),
    "gap": pgettext_lazy("cell of a comparison", "Gap"),
    "later": pgettext_lazy("cell of a comparison", "Later"),
    "undated": pgettext_lazy("cell of a comparison", "No day"),
    "not_asked": pgettext_lazy("cell of a comparison", "Not asked"),
}
"""A mark in a word, where there is no room for its label."""

PAGE_SIZE = 50  # units on a page
LACKS: dict[str, Callable[[Station], bool]] = {
    "read": lambda station: not station.read_on,
    "acknowledged": lambda station: not station.is_taken_on,
    "plan": lambda station: not station.is_localised,
    "study": lambda station: not station.studied,
}
LACKING = {
    "read": gettext_lazy("Not read yet"),
    "acknowledged": gettext_lazy("Not all acknowledged"),
    "plan": gettext_lazy("No plan of their own"),
    "study": gettext_lazy("No study session recorded"),
}
"""What units can lack, and the words for it."""


def _directive(request: ViewerRequest, pk: int) -> Document:
    found = documents_for(request.viewer).filter(state=DocumentState.ISSUED)
    directive = get_object_or_404(found, pk=pk)
    looks_at(request, "document", pk, directive.unit_id)
    return directive


@require_safe
@remembered
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def descent(request: ViewerRequest, pk: int) -> HttpResponse:
    """How far a directive has come down, by level and by unit; what is missing is named.

    The units can be narrowed to one level (`level`) and to those that lack something (`missing`), and are leafed
    through; the sums are always those of all.
    """
    directive = _directive(request, pk)
    stations = descent_of(request.viewer, directive)
    level, missing = request.GET.get("level", ""), request.GET.get("missing", "")
    shown = [s for s in stations if level in ("", s.kind) and (missing not in LACKS or LACKS[missing](s))]
    values = {
        "directive": directive,
        "stations": stations,
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "shown": _shown(stations, level, missing) if len(shown) < len(stations) or level or missing else "",
        "lacking": LACKING.items(),
        "levels": levels_of(stations),
        "localised": sum(station.is_localised for station in stations),
        "taken_on": sum(station.is_taken_on for station in stations),
        "issued_below": sum(bool(station.below.count) for station in stations),
        "studied": together([station.studied for station in stations if station.studied]),
        "recorded": sum(bool(station.studied) for station in stations),
    }
    return render(request, "cascade/descent.html", values)


@require_safe
@remembered
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def comparison(request: ViewerRequest, pk: int) -> HttpResponse:
    """The plans of units, item by item: signs for all items, or the words of one (`item`, counted from 1)."""
    directive = _directive(request, pk)
    compared = comparison_of(request.viewer, directive)
    asked = request.GET.get("item", "")
    place = int(asked) - 1 if asked.isascii() and asked.isdecimal() and len(asked) < 5 else -1
    page = Paginator(compared.columns, PAGE_SIZE).get_page(request.GET.get("page"))
    values: dict[str, Any] = {
        "directive": directive,
        "comparison": compared,
        "page": page,
        "heads": list(enumerate(compared.items, 1)),
        "rows": [(column, [(*_sign(cell.mark), SHORT[cell.mark]) for cell in column.cells]) for column in page],
        "legend": [_sign(mark) for mark in MARKS],
    }
    if 0 <= place < len(compared.items):
        item = compared.items[place]
        values |= {"item": item, "number": place + 1, "when": when_of(item)}
        values["every_plan"] = [(column, column.cells[place], _sign(column.cells[place].mark)) for column in page]
    return render(request, "cascade/comparison.html", values)


def _shown(stations: list[Station], level: str, missing: str) -> str:
    """Which units are shown, in words."""
    kinds = {found.kind: found.label for found in levels_of(stations)}
    return ", ".join(str(words) for words in (kinds.get(level), LACKING.get(missing)) if words)


def _sign(mark: str) -> tuple[str, str, Any]:
    drawing, css = SIGNS[mark]
    return drawing, css, MARKS[mark]


@require_safe
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def comparison_export(request: ViewerRequest, pk: int) -> FileResponse:
    """The comparison as an Excel file, every plan in its own words."""
    directive = _directive(request, pk)
    content = BytesIO(comparison_file(directive, comparison_of(request.viewer, directive)))
    name = f"so-sanh-ke-hoach-{directive.pk}.xlsx"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=EXCEL)
    response["X-Content-Type-Options"] = "nosniff"
    return response
