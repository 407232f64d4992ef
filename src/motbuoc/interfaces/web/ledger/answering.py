"""The answer to the script that saves while one types: the lines that were sent, and what rests on them."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motbuoc.domains.ledger.checks import findings_around, shortfalls_of
from motbuoc.domains.ledger.filling import cells_of, lines_of, narratives_of
from motbuoc.domains.ledger.selectors import submission_to_fill
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.drafts import note_arrival
from motbuoc.interfaces.web.ledger.grid import Row, saved_rows
from motbuoc.interfaces.web.ledger.grid_html import GridHtml
from motbuoc.interfaces.web.ledger.saving import Saved, save_sent
from motbuoc.interfaces.web.viewer import ViewerRequest

SEEN = re.compile(r"seen-(\d{1,18})", re.ASCII)


def answer_saving(request: ViewerRequest, pk: int) -> HttpResponse:
    """Keep the lines and words that were sent, and tell of these only: a form may have more than a thousand cells.

    Raises:
        Http404: there is no such submission, or the viewer does not see it.
        NotAllowed, Refusal: as `save_form`.
    """
    viewer, sent = request.viewer, request.POST
    submission = submission_to_fill(viewer, pk)
    if submission is None:
        raise Http404
    policy.require(viewer, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)
    fields = {int(found[1]) for name in sent if (found := SEEN.fullmatch(name))}
    lines = lines_of(submission.period.form_id, fields)
    writes = any(name.startswith("words-") for name in sent)
    boxes = {box.pk: box for box in submission.period.form.boxes.all()} if writes else {}
    saved = save_sent(viewer, submission, sent, lines, boxes)
    if saved.is_done:
        note_arrival(request)
    if "nothing" in sent:
        submission.refresh_from_db(fields=["nothing_because"])
    rows = saved_rows(lines, cells_of(submission, fields), saved.typed)
    return render(request, "ledger/saved.html", _told(request, submission, saved, rows), status=saved.status)


def _told(request: ViewerRequest, submission: Submission, saved: Saved, rows: list[Row]) -> dict[str, Any]:
    drawn = GridHtml(submission.pk, is_open=True)
    found = findings_around(submission, saved.lines)
    written = narratives_of(submission) if saved.words else {}
    return {
        "rows": [drawn.answer(row) for row in rows],
        "findings": [drawn.findings(pk, findings) for pk, findings in found.items()],
        "version": saved.version if request.POST.get("version") == str(saved.stood_at) else "",
        "at": timezone.localtime(clock.now()),
        "saved": saved,
        "words": {pk: written.get(pk, "") for pk in saved.words},
        "nothing": submission.nothing_because,
        "shortfalls": shortfalls_of(submission),
    }
