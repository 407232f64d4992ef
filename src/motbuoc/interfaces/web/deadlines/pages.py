"""Pages of deadlines: try one, record an event, recalculate after a correction of the calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.work.redating import (
    awaits_event,
    digest_of,
    may_record_event,
    recalculate_deadlines,
    record_event,
    redated_for,
)
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.workdays.rules import explain
from motbuoc.foundation.workdays.selectors import calendar
from motbuoc.interfaces.web.deadlines.forms import EventForm, TrialForm
from motbuoc.interfaces.web.deadlines.words import WEEKDAYS, Story, months_of, rule_words, within_words
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

SHOWN = 500  # changed assignments of one preview


@require_safe
@asks(Action.VIEW_UNIT)
def deadline_trial(request: ViewerRequest) -> HttpResponse:
    """A start and a rule: the day they lead to, explained."""
    form = TrialForm(request.GET) if request.GET else TrialForm(initial={"start": clock.today(), "count": 10})
    story = None
    if form.is_bound and form.is_valid():
        told = explain(form.rule, form.cleaned_data["start"], calendar())
        story = Story(rule_words(form.rule), told, months_of(told))
    context = {"form": form, "story": story, "weekdays": WEEKDAYS, "open": True, "year": clock.today().year}
    return render(request, "deadlines/deadline_trial.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def assignment_event(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say on which day the event happened for which an assignment waits."""
    assignment = get_object_or_404(assignments_for(request.viewer), pk=pk)
    looks_at(request, "assignment", pk, assignment.unit_id)
    if not may_record_event(request.viewer, assignment):
        raise NotAllowed(_("Your role does not allow you to record the event of this task."))
    is_counted = assignment.rule is not None
    form = EventForm(
        request.POST if request.method == "POST" else None,
        is_counted=is_counted,
        is_before=assignment.is_before,
        initial={"version": assignment.version},
    )
    if form.is_bound and form.is_valid():
        with form.refusals():
            told = form.cleaned_data
            done = record_event(
                actor=request.viewer,
                assignment=assignment,
                version=told["version"],
                on=told["on"],
                due_on=told.get("due_on"),
            )
            messages.success(request, _("Saved. Due on %(day)s.") % {"day": f"{done.due_on:%d/%m/%Y}"})
            return redirect("assignment_detail", pk=pk)
    rule = within_words(assignment) if is_counted else ""
    waits = awaits_event(assignment)
    context = {"assignment": assignment, "form": form, "rule": rule, "waits": waits}
    return render(request, "deadlines/assignment_event.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def deadline_recalculation(request: ViewerRequest) -> HttpResponse:
    """The open assignments whose counted day differs from the calendar's of today; give them the corrected one."""
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            done = recalculate_deadlines(actor=request.viewer, previewed=request.POST.get("digest", ""))
        except NotAllowed:
            raise
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, _("Due days recalculated: %(count)s.") % {"count": len(done)})
            return redirect("deadline_recalculation")
    rows = redated_for(request.viewer)
    shown, digest = rows[:SHOWN], digest_of(rows)
    context = {
        "rows": shown,
        "total": len(rows),
        "more": len(rows) - len(shown),
        "digest": digest,
        "refused": refused,
    }
    status = 200 if refused is None else 409 if isinstance(refused, Collision) else 422
    return render(request, "deadlines/deadline_recalculation.html", context, status=status)
