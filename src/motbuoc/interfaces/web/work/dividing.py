"""Pages of the parts into which a unit splits its work, and of one's own parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.work.dividing import (
    divides,
    drop_portion,
    finish_portion,
    give_portion,
    portions_for,
    portions_of,
    positions_in,
    return_portion,
    split_of,
)
from motbuoc.domains.work.linked import Portion
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks, own_things
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])


class PortionForm(Form):
    """A part of the work, and the position that it is given to (`positions`: values and labels)."""

    what = forms.CharField(
        label=gettext_lazy("This part of the work"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    title = forms.ChoiceField(label=gettext_lazy("Given to"))
    due_on = DayField(label=gettext_lazy("Due on"), required=False)

    def __init__(self, *args: Any, positions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["title"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = positions


class PortionStepForm(VersionedForm):
    """What becomes of one part."""

    portion = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )


@methods
@asks(Action.VIEW_ASSIGNMENT, send=Action.WORK_ON_ASSIGNMENT)
def assignment_parts(request: ViewerRequest, pk: int) -> HttpResponse:
    """The parts of a task for its own unit; for others how many there are."""
    viewer = request.viewer
    assignment = get_object_or_404(assignments_for(viewer), pk=pk)
    looks_at(request, "assignment", pk, assignment.unit_id)
    does, is_dividing = request.POST.get("does", "give"), divides(viewer, assignment)
    data, bound = posted(request), None
    form = PortionForm(data if does == "give" else None, positions=positions_in(assignment.unit_id))
    if request.method == "POST":
        policy.require(viewer, Action.WORK_ON_ASSIGNMENT, assignment.unit_id)
        bound = form if does == "give" else PortionStepForm(data)
        if bound.is_valid() and _done(request, assignment, does, bound):
            return redirect("assignment_parts", pk)
    values = {
        "assignment": assignment,
        "divides": is_dividing,
        "form": form if is_dividing else None,
        "refused": bound if isinstance(bound, PortionStepForm) else None,
        "split": split_of(assignment),
        "rows": _rows(portions_of(viewer, assignment)),
    }
    return render(request, "work/assignment_parts.html", values, status=422 if bound and bound.errors else 200)


def _rows(portions: Any) -> list[tuple[Portion, PortionStepForm]]:
    return [
        (row, PortionStepForm(initial={"version": row.version, "portion": row.pk}, auto_id=f"part{row.pk}_%s"))
        for row in portions
    ]


def _done(request: ViewerRequest, assignment: Any, does: str, form: Any) -> bool:
    """Do what was asked; False where it was refused, which the form then says."""
    actor, said = request.viewer, form.cleaned_data
    try:
        with form.refusals():
            if does == "give":
                made = give_portion(actor=actor, assignment=assignment, **said)
                _say_given(request, assignment, made)
                return True
            portion = next((row for row in portions_of(actor, assignment) if row.pk == said["portion"]), None)
            if portion is None:
                raise Http404
            _step(actor, portion, does, said)
            messages.success(request, _("Saved."))
            return True
    except Collision as collision:
        form.refuse(collision)
    return False


def _step(actor: Any, portion: Portion, does: str, said: dict[str, Any]) -> None:
    if does == "return":
        return_portion(actor=actor, portion=portion, version=said["version"], reason=said["words"])
    elif does == "drop":
        drop_portion(actor=actor, portion=portion, version=said["version"])
    else:
        finish_portion(actor=actor, portion=portion, version=said["version"], words=said["words"])


def _say_given(request: ViewerRequest, assignment: Any, portion: Portion) -> None:
    messages.success(request, _("Given. Whoever holds the position finds it under “My parts”."))
    if portion.due_on and assignment.due_on and portion.due_on > assignment.due_on:
        words = _("This part is due on %(part)s, after the whole task (%(whole)s). Check both days.")
        days = {"part": f"{portion.due_on:%d/%m/%Y}", "whole": f"{assignment.due_on:%d/%m/%Y}"}
        messages.warning(request, words % days)


@methods
@own_things("the parts of work of the positions that the viewer holds")
def my_parts(request: ViewerRequest) -> HttpResponse:
    """The parts given to the viewer's positions, each to be said done."""
    mine, form = portions_for(request.viewer), None
    if request.method == "POST":
        form = PortionStepForm(request.POST)
        if form.is_valid():
            portion = get_object_or_404(mine, pk=form.cleaned_data["portion"])
            if _done(request, portion.assignment, "finish", form):
                return redirect("my_parts")
    rows = list(mine)
    known = [row.assignment_id for row in rows]
    seen = set(assignments_for(request.viewer).filter(pk__in=known).order_by().values_list("pk", flat=True))
    values = {"rows": _rows(rows), "seen": seen, "refused": form}
    return render(request, "work/my_parts.html", values, status=422 if form and form.errors else 200)
