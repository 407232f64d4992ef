"""The board as a file: exactly what the page shows, on all its pages."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from motbuoc.domains.work.selectors import directives_for
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.papers.board_sheet import KINDS, board_download
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.board_views import looked_at


@require_safe
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def board_export(request: ViewerRequest, pk: int, kind: str) -> HttpResponseBase:
    """The board as it is narrowed and grouped by the address, as `xlsx` or `csv`."""
    document = get_object_or_404(directives_for(request.viewer).defer(None).defer("reading"), pk=pk)
    if kind not in KINDS:
        raise Http404
    looks_at(request, "document", pk, document.unit_id)
    return board_download(looked_at(request, document).reading, kind)
