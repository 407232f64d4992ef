"""Pages of offers of help: one is made on a task, and answered by the unit on a page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.work.helping import help_offers_for, help_steps_for
from motbuoc.domains.work.models import HelpOffer
from motbuoc.domains.work.offering import offer_help, take_help_step
from motbuoc.domains.work.selectors import asked_on, assignments_for
from motbuoc.domains.work.states import HELP_TRANSITIONS
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.forms import Form, VersionedForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
STEPS = {transition.name: transition for transition in HELP_TRANSITIONS}
MOST_WORDS = 2000


class OfferForm(Form):
    """What help is offered."""

    words = forms.CharField(
        label=gettext_lazy("What you offer"), max_length=MOST_WORDS, widget=forms.Textarea({"rows": 4})
    )


class AnswerForm(VersionedForm):
    """What the unit answers."""

    text = forms.CharField(
        label=gettext_lazy("What your unit needs"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )


@methods
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def assignment_help(request: ViewerRequest, pk: int) -> HttpResponse:
    """Offer the unit help with a task."""
    assignment = get_object_or_404(assignments_for(request.viewer), pk=pk)
    looks_at(request, "assignment", pk, assignment.unit_id)
    policy.require(request.viewer, Action.DECIDE_ASSIGNMENT, asked_on(Action.DECIDE_ASSIGNMENT, assignment))
    begun = {"words": _("If anything makes this task difficult, tell us what would help: people, papers, time.")}
    form = OfferForm(posted(request), initial=begun)
    task = Truncator(assignment.duty.text).words(30)
    page = FormPage(
        title=_("Offer help"),
        subtitle=f"{assignment.unit_name}: {task}",
        notes=[_("The unit reads these words and answers: what it needs, or that it needs no help.")],
        button=_("Send the offer"),
        back=reverse("assignment_detail", args=[pk]),
        crumbs=(
            (_("Tasks"), reverse("inbox")),
            (assignment.unit_short_name, reverse("assignment_detail", args=[pk])),
        ),
        done=_("The offer was sent. You can take it back while the unit has not answered."),
        onward=lambda offer: reverse("help_offer", args=[offer.pk]),
    )
    return page.answer(
        request, form, lambda: offer_help(actor=request.viewer, assignment=assignment, **form.cleaned_data)
    )


@methods
@asks(Action.VIEW_ASSIGNMENT, send=(Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT))
def help_offer(request: ViewerRequest, pk: int) -> HttpResponse:
    """An offer of help: what was offered, the answer, and the steps one may take."""
    offer: HelpOffer = get_object_or_404(help_offers_for(request.viewer), pk=pk)
    looks_at(request, "assignment", offer.assignment_id, offer.assignment.unit_id)
    if request.method != "POST":
        return _page(request, offer)
    transition = STEPS.get(request.POST.get("step", ""))
    if transition is None:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    policy.require(request.viewer, Action(transition.action), asked_on(transition.action, offer.assignment))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, offer, form, status=422)
    asked = {**form.cleaned_data, "name": transition.name}
    with form.refusals():
        take_help_step(actor=request.viewer, offer=offer, **asked)
        messages.success(request, _("Saved: %(step)s.") % {"step": transition.label})
        return redirect("help_offer", pk)
    offer = get_object_or_404(help_offers_for(request.viewer), pk=pk)  # as it is now, for whoever was slower
    form.rest_on(offer.version)
    return _page(request, offer, form, status=422)


def _page(
    request: ViewerRequest, offer: HelpOffer, form: AnswerForm | None = None, *, status: int = 200
) -> HttpResponse:
    steps = help_steps_for(request.viewer, [offer])[offer.pk]
    assignment: Any = assignments_for(request.viewer).get(pk=offer.assignment_id)
    context = {
        "offer": offer,
        "assignment": assignment,
        "form": form or AnswerForm(initial={"version": offer.version}),
        "answers": [step for step in steps if step.action == Action.WORK_ON_ASSIGNMENT],
        "others": [step for step in steps if step.action != Action.WORK_ON_ASSIGNMENT],
    }
    return render(request, "work/help_offer.html", context, status=status)
