"""The report that a page is about, if the viewer may see it."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from motbuoc.domains.ledger.selectors import submissions_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.viewer import ViewerRequest


def submission_seen(request: ViewerRequest, pk: int) -> Any:
    """The submission with the name of its unit, `unit_name`.

    Raises:
        Http404: there is none, or the viewer does not see it.
    """
    rows = submissions_for(request.viewer).select_related("assignment__document", "checked_by", "entered_by")
    found: Any = get_object_or_404(rows, pk=pk)
    looks_at(request, "submission", pk, found.unit_id)
    found.unit_name = names_of([found.unit_id], clock.today()).get(found.unit_id, "")
    return found
