"""A unit's form as an Excel workbook: fetched, brought back, looked at before anything of it is kept."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.ledger.checks import said
from motbuoc.domains.ledger.filling import EMPTY, Held, Line, cells_of, lines_of, narratives_of, plain
from motbuoc.domains.ledger.past import last_totals, totals_a_year_before
from motbuoc.domains.ledger.selectors import is_open
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.workbook.keeping import MEDIA_TYPE, check_workbook
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.papers.submission_workbook import (
    Brought,
    Sheet,
    Workbook,
    read_submission,
    write_submission,
)
from motbuoc.interfaces.papers.tables import read_tables
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.forms import FilePicker, Form
from motbuoc.interfaces.web.ledger.entering import read_cells
from motbuoc.interfaces.web.ledger.grid import counts_of, seen_of
from motbuoc.interfaces.web.ledger.seeing import submission_seen
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


class BroughtForm(Form):
    """The workbook that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("The form, filled in"), widget=FilePicker(accept=".xlsx"), allow_empty_file=True
    )


class Change(NamedTuple):
    """What would change in a cell or box; `theirs`: what another entered meanwhile, "" where nobody did."""

    name: str
    before: str
    after: str
    theirs: str


def _own(request: ViewerRequest, pk: int) -> Any:
    """The submission, if the viewer works for its unit and it is open."""
    submission = submission_seen(request, pk)
    policy.require(request.viewer, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)
    if not is_open(submission):
        raise Refusal(
            _("This report is handed in or locked, so nothing is entered any more. Ask for it back first.")
        )
    return submission


@require_safe
@asks(Action.VIEW_FIGURES, do=Action.WORK_ON_ASSIGNMENT)
def submission_workbook(request: ViewerRequest, pk: int) -> HttpResponse:
    """The form with what stands in it, to be filled in elsewhere."""
    submission = _own(request, pk)
    lines, written = lines_of(submission.period.form_id), narratives_of(submission)
    boxes = [(box, written.get(box.pk, "")) for box in submission.period.form.boxes.all()]
    title = (submission.period.form.name, submission.unit_name, submission.period.label)
    past = last_totals(submission), totals_a_year_before(submission)
    sheet = Sheet(title, lines, cells_of(submission), counts_of(submission, lines), boxes, past)
    content = write_submission(submission, sheet)
    name = f"bieu-{submission.pk}-{submission.period.cutoff_on:%Y-%m-%d}.xlsx"
    return HttpResponse(
        content,
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_FIGURES, do=Action.WORK_ON_ASSIGNMENT)
def submission_upload(request: ViewerRequest, pk: int) -> HttpResponse:
    """Bring the workbook back: all that is wrong, by cell, or all that would change; nothing is kept yet."""
    submission = _own(request, pk)
    form = BroughtForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"submission": submission, "form": form}
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            check_workbook(form.cleaned_data["file"])
            lines = lines_of(submission.period.form_id)
            book = read_submission(read_tables(form.cleaned_data["file"].read()), submission, lines)
            sent = fields_of(book, lines)
            problems = [*book.problems, *_wrong(sent, lines, book)]
            changes = [] if problems else changes_of(submission, lines, book, sent)
            context |= {"problems": problems, "changes": changes, "sent": sent, "is_read": True}
    status = 422 if form.errors or context.get("problems") else 200
    return render(request, "ledger/submission_upload.html", context, status=status)


def fields_of(book: Workbook, lines: list[Line]) -> dict[str, str]:
    """What the page of the form would send for what the workbook changes, line by line."""
    sent: dict[str, str] = {}
    for line in lines:
        brought = [book.cells.get(key) for key in line.keys]
        there = [one for one in brought if one]
        if len(there) < len(brought):
            continue  # rows that were taken out change nothing
        pk, was = line.field.pk, [one.was for one in there]
        estimate = any(one.is_estimate for one in there)
        note = next((one.note for one in there if one.note), "")
        told = {f"seen-{pk}": seen_of(was), f"note-{pk}": note} | ({f"estimate-{pk}": "on"} if estimate else {})
        for key, one in zip(line.keys, there, strict=True):
            if not line.is_counted:
                told[f"amount-{key.field_id}-{key.category_id}"] = one.text
        if line.is_counted and note == was[0].note:
            continue
        sent |= told
    for box, (text, seen) in book.words.items():
        if plain(text) != plain(seen):
            sent |= {f"words-{box}": text, f"seen-words-{box}": seen}
    return sent


def _query(sent: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(sent)
    return query


def _wrong(sent: dict[str, str], lines: list[Line], book: Workbook) -> list[tuple[str, str]]:
    wrong = read_cells(_query(sent), lines).typed.wrong
    return [(book.cells[key].place, sentence) for key, sentence in wrong.items()]


def changes_of(submission: Any, lines: list[Line], book: Workbook, sent: dict[str, str]) -> list[Change]:
    """What would change; lines that change nothing are taken out of what is sent."""
    entered = {one.key: one for one in read_cells(_query(sent), lines).entered}
    held, written, found = cells_of(submission), narratives_of(submission), []
    for line in lines:
        names = [part.name for part in line.categories] or [""]
        if not any(key in entered for key in line.keys):
            for name in [name for name in sent if name.split("-")[1:2] == [str(line.field.pk)]]:
                if not name.startswith(("words-", "seen-words-")):
                    del sent[name]
            continue
        for key, part in zip(line.keys, names, strict=True):
            if key in entered:
                name = f"{line.field.indicator.name}: {part}" if part else line.field.indicator.name
                found.append(_change(name, entered[key].new, book.cells[key], held.get(key, EMPTY)))
    for box in submission.period.form.boxes.all():
        if f"words-{box.pk}" in sent:
            text, seen = book.words[box.pk]
            now = written.get(box.pk, "")
            found.append(
                Change(box.title, seen, text, now if plain(now) not in (plain(seen), plain(text)) else "")
            )
    return found


def _change(name: str, new: Held, brought: Brought, now: Held) -> Change:
    theirs = _in_words(now) if now not in (brought.was, new) else ""
    return Change(name, _in_words(brought.was), _in_words(new), theirs)


def _in_words(held: Held) -> str:
    number = said(held.amount) if held.amount is not None else "–"
    mark = _("est.") if held.is_estimate else ""
    return " ".join(part for part in (number, mark, f"({held.note})" if held.note else "") if part)
