"""The page of what a task waits for, and what waits for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.work.inbox import Narrowing
from motbuoc.domains.work.prerequisites import add_prerequisite, drop_prerequisite, ties_of
from motbuoc.domains.work.selectors import asked_on, assignments_for
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.forms import Form
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

OFFERED = 20


class WaitForm(Form):
    """The other task."""

    needs = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)


class FindForm(Form):
    """Which tasks to choose from."""

    words = forms.CharField(
        label=gettext_lazy("Words of the task, unit or directive"), required=False, max_length=100
    )


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, send=Action.DECIDE_ASSIGNMENT)
def assignment_waits(request: ViewerRequest, pk: int) -> HttpResponse:
    """Both ends; for who decides on the task, a search for others that it shall wait for."""
    viewer = request.viewer
    assignment = get_object_or_404(assignments_for(viewer), pk=pk)
    looks_at(request, "assignment", pk, assignment.unit_id)
    form = WaitForm(posted(request))
    if request.method == "POST":
        policy.require(viewer, Action.DECIDE_ASSIGNMENT, asked_on(Action.DECIDE_ASSIGNMENT, assignment))
    if form.is_bound and form.is_valid():
        with form.refusals():
            other = form.cleaned_data["needs"]
            if request.POST.get("does") == "drop":
                drop_prerequisite(actor=viewer, assignment=assignment, needs_id=other)
            else:
                needs = get_object_or_404(assignments_for(viewer), pk=other)
                add_prerequisite(actor=viewer, assignment=assignment, needs=needs)
            return redirect("assignment_waits", pk)
    values = {
        "assignment": assignment,
        "ties": ties_of(assignment, assignments_for(viewer)),
        "form": form,
        "decides": policy.may_on(viewer, Action.DECIDE_ASSIGNMENT, assignment.document.unit_id),
        **_offered(request, assignment),
    }
    return render(request, "work/assignment_waits.html", values, status=422 if form.errors else 200)


def _offered(request: ViewerRequest, assignment: Any) -> dict[str, Any]:
    """The tasks of the same issuer with the words looked for, those of the same directive where none were."""
    find = FindForm(request.GET)
    words = find.cleaned_data["words"] if find.is_valid() else ""
    rows = assignments_for(request.viewer).filter(document__unit=assignment.document.unit_id)
    rows = rows.exclude(state__in=CLOSED).exclude(pk=assignment.pk).exclude(awaited_by__assignment=assignment)
    if words:
        rows = rows.filter(Narrowing(words=words).condition(clock.today()))
    else:
        rows = rows.filter(document=assignment.document_id)
    return {"find": find, "offered": list(rows.order_by("unit_name", "pk")[:OFFERED])}
