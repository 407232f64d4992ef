"""What was handed in, time by time: each readable as it was, and what is different from the time before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.ledger.checks import said
from motbuoc.domains.ledger.filling import EMPTY, Held, Line, lines_of
from motbuoc.domains.ledger.submitted import HandedIn, Submission
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.web.ledger.grid import Shown, frozen, sections_of
from motbuoc.interfaces.web.ledger.grid_html import GridHtml
from motbuoc.interfaces.web.ledger.seeing import submission_seen
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


class Difference(NamedTuple):
    """What was said before of something, and what is said now."""

    name: str
    before: str
    after: str


def handed_of(submission: Submission) -> list[Any]:
    """What was handed in, the first time first, each with `approved`: the units on the way, with their day."""
    rows: list[Any] = list(
        submission.handed_in.select_related("handed_in_by", "accepted_by")
        .prefetch_related("approvals__approved_by")
        .order_by("number")
    )
    names = names_of({one.unit_id for row in rows for one in row.approvals.all()}, clock.today()) if rows else {}
    for row in rows:
        row.approved = [(names.get(one.unit_id, ""), one) for one in row.approvals.all()]
    return rows


def differences_of(lines: Iterable[Line], boxes: Iterable[Any], before: Shown, after: Shown) -> list[Difference]:
    """What differs between two times: figures by cell, words by box, and why there is nothing to report."""
    found = []
    for line in lines:
        name = line.field.indicator.name
        if line.is_counted:
            pair = [str(shown.counts.get(line.field.pk, "")) for shown in (before, after)]
            found.append(Difference(name, *pair))
        parts = [part.name for part in line.categories] or [""]
        for key, part in zip(line.keys, parts, strict=True):
            pair = [_in_words(shown.cells.get(key, EMPTY)) for shown in (before, after)]
            found.append(Difference(f"{name}: {part}" if part else name, *pair))
    for box in boxes:
        found.append(Difference(box.title, before.words.get(box.pk, ""), after.words.get(box.pk, "")))
    found.append(Difference(_("Nothing to report, because"), before.nothing_because, after.nothing_because))
    return [one for one in found if one.before != one.after]


def _in_words(held: Held) -> str:
    number = said(held.amount) if held.amount is not None else ""
    mark = _("est.") if held.is_estimate else ""
    return " ".join(part for part in (number, mark, f"({held.note})" if held.note else "") if part)


@require_safe
@asks(Action.VIEW_FIGURES)
def submission_version(request: ViewerRequest, pk: int, number: int) -> HttpResponse:
    """A report as it was handed in for that time, and what is different from the time before."""
    submission = submission_seen(request, pk)
    handed: dict[int, HandedIn] = {row.number: row for row in handed_of(submission)}
    if number not in handed:
        raise Http404
    lines, boxes = lines_of(submission.period.form_id), list(submission.period.form.boxes.all())
    shown, drawn = frozen(handed[number]), GridHtml(pk, is_open=False)
    before = handed.get(number - 1)
    context = {
        "submission": submission,
        "handed": handed[number],
        "before": before,
        "differences": differences_of(lines, boxes, frozen(before), shown) if before else [],
        "grid": [
            (drawn.head(section, place), drawn.body(section, place), [part.name for part in section.categories])
            for place, section in enumerate(sections_of(submission, lines, shown))
        ],
        "boxes": [{"box": box, "text": shown.words.get(box.pk, "")} for box in boxes],
        "shown": shown,
    }
    return render(request, "ledger/submission_version.html", context)
