"""What changed since the viewer last looked, on the first page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motbuoc.domains.work.changes import Change, changes_for, since
from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.acts import words_of
from motbuoc.interfaces.web.remembering import CHANGES_SEEN
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGES = {"assignment": "assignment_detail", "document": "document_detail"}


@require_POST
@own_things("notes that the viewer has seen what changed")
def changes_seen(request: ViewerRequest) -> HttpResponse:
    """From now on only what changes later is shown, in this browser, for as long as the viewer stays signed in."""
    request.session[CHANGES_SEEN] = clock.now().isoformat()
    return redirect("today")


def changed_for(request: ViewerRequest) -> dict[str, Any] | None:
    """What changed, in words and with links; None if nothing did."""
    seen = request.session.get(CHANGES_SEEN)
    found = changes_for(request.viewer, since(datetime.fromisoformat(seen) if seen else None))
    groups = [
        {"label": kind.label, "more": more, "rows": [_row(change) for change in rows]}
        for kind, rows, more in found.kinds
    ]
    if not groups and not found.directives:
        return None
    return {"since": found.since, "groups": groups, "directives": found.directives}


def _row(change: Change) -> dict[str, Any]:
    line = change.line
    words = words_of(line.action)
    return {
        "at": line.at,
        "act": words.label,
        "sign": words.sign,
        "words": change.words,
        "unit": change.unit,
        "more": _more(line.values),
        "url": reverse(PAGES[line.object_type], args=[line.object_id]),
    }


def _more(values: dict[str, Any]) -> str:
    """The new due day, where there is one."""
    due = values.get("due_on")
    new = due[1] if isinstance(due, list) and len(due) == 2 else values.get("granted_on")
    return _("new due day %(day)s") % {"day": f"{date.fromisoformat(new):%d/%m/%Y}"} if new else ""
