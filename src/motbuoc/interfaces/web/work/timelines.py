"""The page of a directive's timeline: the picture, and the same in a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.selectors import directives_for
from motbuoc.domains.work.timeline import STEPS, Line, Timeline, timeline_for
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.papers.board_sheet import column_words
from motbuoc.interfaces.papers.timeline_picture import WORDS, picture_of, summary_of
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

SHORT = 72  # characters of a title above its strip


@require_safe
@remembered
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def board_timeline(request: ViewerRequest, pk: int) -> HttpResponse:
    """Issued, acknowledged, handed in, accepted: each item of a directive over time."""
    document = get_object_or_404(directives_for(request.viewer).defer(None).defer("reading"), pk=pk)
    looks_at(request, "document", pk, document.unit_id)
    timeline = timeline_for(request.viewer, document)
    rows = list(_rows(document, timeline))
    context = {
        "document": document,
        "timeline": timeline,
        "steps": [WORDS[step] for step in STEPS],
        "rows": rows,
        "summary": summary_of(timeline),
        # A drawing of ours: vl-convert escapes the words in it.
        "picture": mark_safe(picture_of(timeline, [row["short"] for row in rows])) if rows else "",  # noqa: S308
    }
    return render(request, "work/board_timeline.html", context)


def _rows(document: Document, timeline: Timeline) -> Iterator[dict[str, Any]]:
    """The lines in words; of names above the strips that would be the same, the later ones get their place."""
    seen = set[str]()
    for place, line in enumerate(timeline.lines, 1):
        words = column_words(document, line.provision)
        number = _("Item %(number)s") % {"number": words["number"]} if words["number"] else str(place)
        title = words["title"]
        short = title if len(title) <= SHORT else f"{title[: SHORT - 1].rstrip()}…"
        name = f"{number}: {short}"
        name = f"{name} ({place})" if name in seen else name
        seen.add(name)
        yield {
            "line": line,
            "number": words["number"],
            "title": title,
            "short": name,
            "steps": [_step(line, step) for step in STEPS],
        }


def _step(line: Line, step: str) -> dict[str, Any]:
    total = line.total(step)
    return {
        "label": WORDS[step],
        "total": total,
        "percent": total * 100 // line.count,
        "last": line.last_day(step),
    }
