"""The page of a unit's report: its form to be filled in or read, and what is done with it on its way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.ledger.checks import shortfalls_of
from motbuoc.domains.ledger.counters import COUNTERS, counted, records_for
from motbuoc.domains.ledger.filling import Line, lines_of, narratives_of
from motbuoc.domains.ledger.material import tasks_by_item
from motbuoc.domains.ledger.selectors import is_open
from motbuoc.domains.ledger.services import units_to_approve, was_on_time
from motbuoc.domains.ledger.steps import STEPS, steps_open_to, take_form_step, works_on
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.web.drafts import note_arrival
from motbuoc.interfaces.web.ledger.answering import answer_saving
from motbuoc.interfaces.web.ledger.grid import Shown, Typed, draft_of, frozen, sections_of
from motbuoc.interfaces.web.ledger.grid_html import GridHtml
from motbuoc.interfaces.web.ledger.oddities import odd_words
from motbuoc.interfaces.web.ledger.saving import Saved, save_sent
from motbuoc.interfaces.web.ledger.seeing import submission_seen
from motbuoc.interfaces.web.ledger.step_form import FormStepForm
from motbuoc.interfaces.web.ledger.versions import handed_of
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

OF_THE_GRID = ("save", "check", "hand_in")
"""What is sent together with the grid: first it is kept, then the step is taken."""

RECORDS = 200  # behind a figure, listed at once


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_FIGURES, send=(Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT))
def submission_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """A unit's report for a period: the grid, the words, how it stands, and the steps one may take."""
    if request.method == "POST" and "X-Grid" in request.headers:
        return answer_saving(request, pk)
    submission = submission_seen(request, pk)
    if request.method != "POST":
        return _page(request, submission)
    step = request.POST.get("step", "save")
    if step in OF_THE_GRID:
        policy.require(request.viewer, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)
        return _save(request, submission, step)
    return _take(request, submission, step)


def _save(request: ViewerRequest, submission: Any, step: str) -> HttpResponse:
    """Keep what was sent; then, if all of it could be kept, take the step."""
    lines, boxes = lines_of(submission.period.form_id), _boxes(submission)
    saved = save_sent(request.viewer, submission, request.POST, lines, boxes)
    submission = submission_seen(request, submission.pk)
    if not saved.is_done:
        return _page(request, submission, saved=saved, status=saved.status)
    note_arrival(request)
    if step == "save":
        messages.success(request, _("Saved."))
        return redirect("submission_detail", submission.pk)
    return _step(request, submission, step, _version_after(request, saved))


def _version_after(request: ViewerRequest, saved: Saved) -> int:
    """The version that the sender has seen: with what they saved now, unless others saved something before."""
    sent = request.POST.get("version", "")
    seen = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
    return saved.version if seen == saved.stood_at else seen


def _step(request: ViewerRequest, submission: Any, step: str, version: int) -> HttpResponse:
    try:
        take_form_step(actor=request.viewer, submission=submission, version=version, name=step)
    except NotAllowed:
        raise
    except Refusal as refusal:
        collides = isinstance(refusal, Collision)
        words = _("Somebody else changed this form meanwhile. It is shown as it is now: look, and press again.")
        status = 409 if collides else 422
        return _page(request, submission, refused=words if collides else str(refusal.message), status=status)
    messages.success(request, _("Saved: %(step)s.") % {"step": STEPS[step].label})
    return redirect("submission_detail", submission.pk)


def _take(request: ViewerRequest, submission: Any, step: str) -> HttpResponse:
    """A step of somebody who does not fill the form in, or no longer."""
    if step not in STEPS:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    form = FormStepForm(request.POST, step=STEPS[step])
    if not form.is_valid():
        return _page(request, submission, bound=form, status=422)
    asked, status = form.cleaned_data, 422
    try:
        take_form_step(
            actor=request.viewer,
            submission=submission,
            version=asked["version"],
            name=step,
            reason=asked.get("reason", ""),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        submission = submission_seen(request, submission.pk)
        form.refuse(refusal)
        status = 409 if isinstance(refusal, Collision) else 422
        return _page(request, submission, bound=form, status=status)
    note_arrival(request)
    messages.success(request, _("Saved: %(step)s.") % {"step": STEPS[step].label})
    return redirect("submission_detail", submission.pk)


def _boxes(submission: Submission) -> dict[int, Any]:
    return {box.pk: box for box in submission.period.form.boxes.all()}


def _page(
    request: ViewerRequest,
    submission: Any,
    *,
    saved: Saved | None = None,
    bound: FormStepForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with what was sent and could not be kept in its place."""
    viewer = request.viewer
    lines, handed = lines_of(submission.period.form_id), handed_of(submission)
    fills = works_on(viewer, submission)
    opened = fills and is_open(submission)
    shown = _shown(submission, lines, handed, works=fills, opened=opened)
    steps = steps_open_to(viewer, submission)
    context = {
        "submission": submission,
        "is_open": opened,
        "grid": _drawn(submission, lines, shown, saved.typed if saved else None, is_open=opened) if shown else [],
        "boxes": _words(viewer, submission, shown, saved) if shown else [],
        "shown": shown,
        "saved": saved,
        "because": request.POST.get("nothing") if saved and saved.because_clash is not None else None,
        "refused": refused,
        "steps": {step.name: step for step in steps},
        "forms": _forms(submission, steps, bound),
        "handed": handed,
        "facts": _facts(submission),
        "shortfalls": shortfalls_of(submission) if opened and shown else submission.shortfalls,
        "odd": odd_words(submission, lines, shown) if shown else [],
        "history_lines": history_of(
            viewer, "submission", submission.pk, submission.assignment.document.classification
        ),
    }
    return render(request, "ledger/submission_detail.html", context, status=status)


def _shown(submission: Any, lines: list[Line], handed: list[Any], *, works: bool, opened: bool) -> Shown | None:
    """What the viewer reads: who fills it in sees it as it stands, others only what was handed in."""
    if handed and not opened:
        return frozen(handed[-1])
    return draft_of(submission, lines, narratives_of(submission)) if works else None


def _drawn(
    submission: Any, lines: list[Line], shown: Shown, typed: Typed | None, *, is_open: bool
) -> list[tuple[Any, Any, Any]]:
    """The tables of the grid: their headings, rows, and the name of what they are broken down by."""
    drawn = GridHtml(submission.pk, is_open=is_open)
    sections = sections_of(submission, lines, shown, typed)
    return [
        (drawn.head(section, place), drawn.body(section, place), [part.name for part in section.categories])
        for place, section in enumerate(sections)
    ]


def _words(viewer: Person, submission: Any, shown: Shown, saved: Saved | None) -> list[dict[str, Any]]:
    """The boxes with their words, and the unit's own tasks of their items."""
    boxes = _boxes(submission)
    items = {box.item for box in boxes.values() if box.item}
    tasks = tasks_by_item(viewer, submission, items) if items else {}
    clashes: Mapping[int, str] = saved.word_clashes if saved else {}
    typed: Mapping[int, str] = {pk: saved.words[pk] for pk in clashes} if saved else {}
    return [
        {
            "box": box,
            "text": typed.get(pk, shown.words.get(pk, "")),
            "seen": shown.words.get(pk, ""),
            "theirs": clashes.get(pk),
            "tasks": tasks.get(box.item, []),
        }
        for pk, box in boxes.items()
    ]


def _forms(submission: Any, steps: list[Any], bound: FormStepForm | None) -> list[FormStepForm]:
    forms = [
        bound
        if bound and bound.step.name == step.name
        else FormStepForm(step=step, initial={"version": submission.version})
        for step in steps
        if step.name not in OF_THE_GRID
    ]
    return [bound, *forms] if bound and bound not in forms else forms


def _facts(submission: Any) -> dict[str, Any]:
    """Expected, received, in time, complete: four facts, none of which stands for another."""
    waiting = units_to_approve(submission)
    names = names_of([submission.period.schedule.unit_id, *waiting], clock.today())
    assignment = submission.assignment
    told = assignment.entries.filter(step__in=("return", "reopen")).order_by("pk").last()
    is_back = told and is_open(submission) and submission.handed_in_at
    return {
        "asked_by": names.get(submission.period.schedule.unit_id, ""),
        "waiting": [names.get(unit, "") for unit in waiting],
        "in_time": was_on_time(submission),
        "late": is_open(submission) and assignment.due_on and assignment.due_on < clock.today(),
        "returned": told if is_back else None,
    }


@require_safe
@asks(Action.VIEW_FIGURES)
def submission_records(request: ViewerRequest, pk: int, field_pk: int) -> HttpResponse:
    """The records that a counted figure counts, as far as the viewer may see each of them."""
    submission = submission_seen(request, pk)
    field = get_object_or_404(submission.period.form.fields.select_related("indicator"), pk=field_pk)
    counter = COUNTERS.get(field.indicator.counter)
    if counter is None:
        raise Http404
    period, unit = submission.period, submission.unit_id
    rows = records_for(request.viewer, counter.key, unit, period.start, period.cutoff_on)
    count = counted(counter.key, [unit], period.start, period.cutoff_on)[unit]
    records = [(counter.words(row), reverse(counter.page, args=[row.pk]), row) for row in rows[:RECORDS]]
    context = {
        "submission": submission,
        "field": field,
        "counter": counter,
        "count": count,
        "records": records,
        "unseen": max(0, count - len(records)) if len(records) < RECORDS else 0,
    }
    return render(request, "ledger/submission_records.html", context)
