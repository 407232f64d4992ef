"""The pages of what was asked about tasks: later days and rests, asked by the unit, decided by who issued."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.work.asked import open_requests_for, requests_decided_for, requests_for, requests_to_decide
from motbuoc.domains.work.models import Request
from motbuoc.domains.work.requesting import ask, decide, withdraw
from motbuoc.domains.work.selectors import asked_on, assignments_for, requests_of
from motbuoc.domains.work.together import MOST, Outcome, decide_together
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.together import ids_in, version_in

ON_A_PAGE = 30


class AskForm(VersionedForm):
    """What the unit asks for, and why."""

    kind = forms.ChoiceField(label=gettext_lazy("What is asked for"), choices=Request.Kind.choices)
    wanted_on = DayField(
        label=gettext_lazy("Wanted day"), required=False, help_text=gettext_lazy("Of an extension.")
    )
    reason = forms.CharField(
        label=gettext_lazy("The reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecideForm(VersionedForm):
    """The answer to one request."""

    request = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    granted_on = DayField(
        label=gettext_lazy("Granted until"),
        required=False,
        help_text=gettext_lazy("Empty: the day that was wanted."),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A refusal needs its reason."),
    )


class AnswerForm(Form):
    """One answer to all that are ticked."""

    does = forms.ChoiceField(choices=[("grant", ""), ("refuse", "")])
    answer = forms.CharField(
        label=gettext_lazy("Answer to those ticked"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Granted as asked. A refusal needs its reason. Each unit reads it."),
    )

    def clean(self) -> dict[str, Any]:
        """The answer, with its reason where it needs one."""
        if self.cleaned_data.get("does") == "refuse" and not self.cleaned_data.get("answer", "").strip():
            self.add_error("answer", _("Write the reason, so that the units know why not."))
        return self.cleaned_data


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, send=Action.DECIDE_ASSIGNMENT)
def request_list(request: ViewerRequest) -> HttpResponse:
    """What was asked about all tasks one sees: what one has to decide on, what else is open, what was decided.

    Whoever decides answers several at once: each is decided on by itself, and what could not be is named.
    """
    if request.method != "POST":
        return _list(request, AnswerForm())
    ticked, form = ids_in(request.POST, "request"), AnswerForm(request.POST)
    if not ticked:
        form.add_error(None, _("Tick requests in the list first."))
    if form.is_valid():
        with form.refusals():
            rows = requests_for(request.viewer).filter(pk__in=ticked[: MOST + 1])
            outcomes = decide_together(
                actor=request.viewer,
                chosen=[(row, version_in(request.POST, row.pk)) for row in rows],
                grant=form.cleaned_data["does"] == "grant",
                answer=form.cleaned_data["answer"],
            )
            left = {one.row.pk for one in outcomes if one.refusal}
            return _list(request, form if left else AnswerForm(), left, outcomes)
    return _list(request, form, ticked, status=422)


def _list(
    request: ViewerRequest,
    form: AnswerForm,
    ticked: Collection[int] = (),
    outcomes: Iterable[Outcome] = (),
    status: int = 200,
) -> HttpResponse:
    viewer, outcomes = request.viewer, list(outcomes)
    decides = policy.may(viewer, Action.DECIDE_ASSIGNMENT)
    lists = {
        **({"mine": (_("Waiting for your decision"), requests_to_decide(viewer))} if decides else {}),
        "open": (_("Waiting for a decision"), open_requests_for(viewer)),
        "decided": (_("Decided upon"), requests_decided_for(viewer)),
    }
    asked = request.GET.get("tab", "")
    tab = asked if asked in lists else next(iter(lists))
    context = {
        "tabs": [(label, f"?tab={name}", name == tab, rows.count()) for name, (label, rows) in lists.items()],
        "page": Paginator(lists[tab][1], ON_A_PAGE).get_page(request.GET.get("page")),
        "form": form if tab == "mine" else None,
        "ticked": ticked,
        "done": [one.row for one in outcomes if not one.refusal],
        "refused": [one for one in outcomes if one.refusal],
    }
    return render(request, "work/request_list.html", context, status=status)


@require_safe
@asks(Action.VIEW_ASSIGNMENT)
def request_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """Where a notice of a request leads: to it on the page of its task."""
    found = get_object_or_404(requests_for(request.viewer), pk=pk)
    return redirect(f"{reverse('assignment_requests', args=[found.assignment_id])}#request-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, send=(Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT))
def assignment_requests(request: ViewerRequest, pk: int) -> HttpResponse:
    """What was asked about a task, what was decided, and the forms for those whose turn it is."""
    assignment = get_object_or_404(assignments_for(request.viewer), pk=pk)
    looks_at(request, "assignment", pk, assignment.unit_id)
    if request.method != "POST":
        return _page(request, assignment)
    does = request.POST.get("does", "ask")
    action = Action.DECIDE_ASSIGNMENT if does in ("grant", "refuse") else Action.WORK_ON_ASSIGNMENT
    policy.require(request.viewer, action, asked_on(action, assignment))
    form: VersionedForm = AskForm(request.POST) if does == "ask" else DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, assignment, form, 422)
    try:
        with form.refusals():
            _do(request, assignment, does, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("assignment_requests", pk=pk)
    except Collision as collision:
        form.refuse(collision)
    return _page(request, get_object_or_404(assignments_for(request.viewer), pk=pk), form, 422)


def _do(request: ViewerRequest, assignment: Any, does: str, asked: dict[str, Any]) -> None:
    actor = request.viewer
    if does == "ask":
        ask(actor=actor, assignment=assignment, **asked)
        return
    found = get_object_or_404(requests_of(assignment), pk=asked["request"])
    if does == "withdraw":
        withdraw(actor=actor, request=found, version=asked["version"])
        return
    decide(
        actor=actor,
        request=found,
        version=asked["version"],
        grant=does == "grant",
        answer=asked["answer"],
        granted_on=asked["granted_on"],
    )


def _page(
    request: ViewerRequest, assignment: Any, bound: VersionedForm | None = None, status: int = 200
) -> HttpResponse:
    viewer, rows = request.viewer, list(requests_of(assignment))
    decides = policy.may_on(viewer, Action.DECIDE_ASSIGNMENT, asked_on(Action.DECIDE_ASSIGNMENT, assignment))
    works = policy.may_on(viewer, Action.WORK_ON_ASSIGNMENT, assignment.unit_id)
    context = {
        "assignment": assignment,
        "rows": [(row, _answer(row, viewer, bound, decides=decides)) for row in rows],
        "withdrawable": {row.pk for row in rows if row.is_open and works and row.asked_by_id == viewer.pk},
        "form": _asked(bound, assignment) if works else None,
    }
    return render(request, "work/assignment_requests.html", context, status=status)


def _asked(bound: VersionedForm | None, assignment: Any) -> VersionedForm:
    if isinstance(bound, AskForm):
        bound.rest_on(assignment.version)
        return bound
    return AskForm(initial={"version": assignment.version})


def _answer(row: Request, viewer: Any, bound: VersionedForm | None, *, decides: bool) -> VersionedForm | None:
    if isinstance(bound, DecideForm) and bound.data.get("request") == str(row.pk):
        bound.rest_on(row.version)
        return bound
    if not (decides and row.is_open and row.asked_by_id != viewer.pk):
        return None
    return DecideForm(initial={"version": row.version, "request": row.pk}, auto_id=f"id_{row.pk}_%s")
