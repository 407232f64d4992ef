"""The wall of a meeting room: one slide after the other, by itself, also without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.boards import board_reading
from motbuoc.domains.work.wall import directives_on_wall, late_on_wall, week_on_wall
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.papers.board_sheet import column_words
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

DIRECTIVES = 4
ROWS = 7  # as many as are read from the back of a room
NAMES = 4
SECONDS = 20  # each slide stands


@require_safe
@asks(Action.VIEW_BOARD)
def wall(request: ViewerRequest) -> HttpResponse:
    """A slide (`?slide=`, from 0) in large type, and then the next; `?still=1` lets it stand."""
    viewer = request.viewer
    directives = directives_on_wall(viewer, DIRECTIVES)
    count = len(directives) + 2
    asked = request.GET.get("slide", "")
    at = int(asked) % count if asked.isdecimal() and len(asked) < 4 else 0
    context = {
        "day": clock.today(),
        "time": clock.now(),
        "at": at,
        "next": (at + 1) % count,
        "before": (at - 1) % count,
        "count": count,
        "seconds": None if request.GET.get("still") else SECONDS,
        **_slide(viewer, directives, at),
    }
    return render(request, "work/wall.html", context)


def _slide(viewer: Person, directives: list[Document], at: int) -> dict[str, Any]:
    if at < len(directives):
        return _board(viewer, directives[at])
    if at == len(directives):
        return {"kind": "late", "title": _("Overdue, by unit"), "rows": late_on_wall(viewer, ROWS)}
    return {"kind": "week", "title": _("Due in the coming week"), "rows": week_on_wall(viewer, NAMES)[:ROWS]}


def _board(viewer: Person, document: Document) -> dict[str, Any]:
    """A directive's numbers, and those of its items that are furthest behind, in the order of the text."""
    reading = board_reading(viewer, document)
    items = [(column, reading.by_item[column.pk if column else None]) for column in reading.columns]
    behind = sorted(items, key=lambda item: (item[1].percent_done, -item[1].overdue))[:ROWS]
    return {
        "kind": "board",
        "title": document.subject or document.code,
        "code": document.code,
        "totals": reading.totals,
        "rows": list(_named(document, [item for item in items if item in behind])),
        "left_out": len(items) - len(behind),
    }


def _named(document: Document, items: list[Any]) -> Iterator[dict[str, Any]]:
    for column, totals in items:
        words = column_words(document, column)
        yield {"number": words["number"], "title": words["title"], "totals": totals}
