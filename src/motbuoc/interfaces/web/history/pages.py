"""The pages of the history. What stands in it is written by every service; here it is only read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.proving import newest_seal
from motbuoc.foundation.history.selectors import length_of_history, lines_for, unit_names_of
from motbuoc.interfaces.papers.acts import changes_in, object_word, words_of
from motbuoc.interfaces.papers.history_csv import csv_of
from motbuoc.interfaces.web.history.forms import HistoryFilter
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 50
PAGES = {
    "document": "document_detail",
    "assignment": "assignment_detail",
    "report": "report_detail",
    "visit": "visit_detail",
    "check_plan": "check_plan",
}
"""Which page shows a kind of object."""


@dataclass(frozen=True)
class Row:
    """One line of the history as the list shows it; `url` leads to its object where that has a page."""

    line: HistoryLine
    unit: str
    url: str

    @property
    def words(self) -> Any:
        """What the act is called, and its drawing."""
        return words_of(self.line.action)

    @property
    def object(self) -> str:
        """What its object is called."""
        return object_word(self.line.object_type)

    @property
    def changes(self) -> list[tuple[str, str, str | None]]:
        """Its values, personal ones included."""
        return changes_in(self.line.values | self.line.personal_values)


@require_safe
@remembered
@asks(Action.VIEW_HISTORY)
def history_list(request: ViewerRequest) -> HttpResponse:
    """The lines the viewer may see, newest first; leafed through without ever being counted."""
    form = HistoryFilter(request.GET)
    asked = form.narrowing()
    lines = list(lines_for(request.viewer, asked)[: PAGE_SIZE + 1]) if asked else []
    shown = lines[:PAGE_SIZE]
    values = {
        "form": form,
        "rows": _rows(shown),
        "older": shown[-1].pk if len(lines) > PAGE_SIZE else None,
        "is_first": not (asked and asked.before),
        "of_object": asked and asked.object_id is not None,
    }
    return render(request, "history/history_list.html", values)


def _rows(lines: Iterable[HistoryLine]) -> list[Row]:
    lines = list(lines)
    names = unit_names_of(lines)
    return [Row(line, names[line.pk], _url_of(line)) for line in lines]


def _url_of(line: HistoryLine) -> str:
    if line.object_type in PAGES:
        return reverse(PAGES[line.object_type], args=[line.object_id])
    document = line.values.get("document")
    return reverse("document_detail", args=[document]) if isinstance(document, int) else ""


@require_safe
@asks(Action.VIEW_HISTORY)
def history_csv(request: ViewerRequest) -> StreamingHttpResponse:
    """The same lines as a CSV file, all of them, sent as they are read."""
    asked = HistoryFilter(request.GET).narrowing()
    if asked is None:
        raise Refusal(_("The filter cannot be understood. Go back to the list and mend it."))
    lines = lines_for(request.viewer, asked)
    response = StreamingHttpResponse(
        csv_of(lines.iterator(chunk_size=500)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="lich-su-{clock.today().isoformat()}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@asks(Action.VIEW_HISTORY)
def history_root(request: ViewerRequest) -> HttpResponse:
    """The newest root, to be printed, signed and kept outside."""
    seal = newest_seal()
    groups = [seal.digest[start : start + 8] for start in range(0, 64, 8)] if seal else []
    values = {"seal": seal, "groups": groups, "length": length_of_history()}
    return render(request, "history/history_root.html", values)
