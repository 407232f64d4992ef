"""The pages of a report's files: what is quick is made at once, Word and PDF in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.registers.reported import may_issue, outgoing_of
from motbuoc.domains.reporting.drafted import Draft, DraftFile
from motbuoc.domains.reporting.filed import PATIENCE, file_of, stored
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.jobs.draft_files import ask_draft_file
from motbuoc.interfaces.papers.draft_paper import annex_file, fingerprint, sources_file
from motbuoc.interfaces.web.downloads import attachment, made_download
from motbuoc.interfaces.web.reporting.drafts import draft_or_404
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

AT_ONCE: dict[str, tuple[str, Callable[[Draft], bytes]]] = {
    "excel": (".xlsx", annex_file),
    "nguon": (".json", sources_file),
}
"""The ending of the file's name, and what makes it."""


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT)
def draft_export(request: ViewerRequest, pk: int, kind: str) -> FileResponse | HttpResponse:
    """A report as a file: Excel and JSON at once; Word and PDF are asked for by POST and waited for here."""
    draft = draft_or_404(request, pk)
    if kind in AT_ONCE:
        ending, make = AT_ONCE[kind]
        return made_download(make(draft), f"{draft.subject[:80]}{ending}")
    if kind not in DraftFile.Kind.values:
        raise Http404
    if request.method == "POST":
        return _asked(request, draft, kind)
    row = file_of(draft, kind)
    values: dict[str, Any] = {"draft": draft, "kind": DraftFile.Kind(kind), "row": row}
    values["is_stuck"] = row is not None and clock.now() - row.asked_at > PATIENCE
    values["is_old"] = stored(row) is not None and row is not None and row.shows != fingerprint(draft)
    values["may_issue"] = (
        kind == DraftFile.Kind.WORD and may_issue(request.viewer, draft) and not outgoing_of(draft)
    )
    return render(request, "reporting/draft_file.html", values)


def _asked(request: ViewerRequest, draft: Draft, kind: str) -> HttpResponse:
    try:
        row = ask_draft_file(actor=request.viewer, draft=draft, kind=kind)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("draft_detail", draft.pk)
    return redirect("draft_file" if stored(row) else "draft_export", draft.pk, kind)


@require_safe
@asks(Action.VIEW_REPORT)
def draft_file(request: ViewerRequest, pk: int, kind: str) -> FileResponse:
    """A file that was made of a report."""
    kept = stored(file_of(draft_or_404(request, pk), kind))
    if kept is None:
        raise Http404
    return attachment(kept)
