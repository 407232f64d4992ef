"""The page on which a document is read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motbuoc.domains.documents.spoken import papers_of
from motbuoc.domains.documents.states import TRANSITIONS, DocumentState
from motbuoc.domains.documents.touching import changes_to, touches_of
from motbuoc.domains.work.grounds import resting_on
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import steps_from
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.web.cascade.shown import cascade_of_document
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.documents.recipients import recipients_panel
from motbuoc.interfaces.web.documents.sheet import Sheet
from motbuoc.interfaces.web.registers.shown import book_of
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

GROUNDED = 50  # tasks shown that a document stopped


@require_safe
@asks(Action.VIEW_DOCUMENT)
def document_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """A document to be read: its text, what it cites, what it asks of whom, and what became of it."""
    document = document_or_404(request, pk)
    values: dict[str, Any] = {"document": document, "sheet": Sheet(document)}
    values["steps"] = [
        step.name
        for step in steps_from(TRANSITIONS, document.state)
        if policy.may_on(request.viewer, Action(step.action), document.unit_id)
    ]
    values["history_lines"] = history_of(request.viewer, "document", document.pk, document.classification)
    values["can_review"] = policy.may_on(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    values["grounded"] = list(resting_on(request.viewer, document)[:GROUNDED])
    values["papers"] = papers_of(request.viewer, document)
    values["changes"] = changes_to(request.viewer, document)
    values["changes_others"] = values["can_review"] and bool(touches_of(request.viewer, document))
    values |= recipients_panel(request, document)
    values |= cascade_of_document(request.viewer, document)
    values |= book_of(request.viewer, document)
    if document.state == DocumentState.ISSUED:
        is_on_board = policy.may(request.viewer, Action.VIEW_BOARD)
        values["board_url"] = reverse("board", args=[document.pk]) if is_on_board else ""
        values["reports_url"] = reverse("report_list") if policy.may(request.viewer, Action.VIEW_REPORT) else ""
    return render(request, "documents/document_detail.html", values)
