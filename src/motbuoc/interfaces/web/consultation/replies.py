"""The pages of a unit that is asked: the draft, its comments as it prepares them, and its official reply."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.consultation import replying
from motbuoc.domains.consultation.models import AskedUnit
from motbuoc.domains.consultation.selectors import (
    asked_for,
    may_reply,
    provisions_in,
    sent_in,
    version_of,
    window_of,
)
from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.web.consultation.forms import PreparedForm, ReplyForm
from motbuoc.interfaces.web.consultation.public import numbered
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])


def _asked(request: ViewerRequest, pk: int, *, replies: bool = False) -> Any:
    """What a unit is asked, if the viewer sees it; to go on, perhaps, only if they reply for it."""
    asked = get_object_or_404(asked_for(request.viewer), pk=pk)
    looks_at(request, "consultation", asked.consultation_id, asked.unit_id)
    if replies and not policy.may_on(request.viewer, Action.REPLY_CONSULTATION, asked.unit_id):
        raise policy.refusal(request.viewer, (Action.REPLY_CONSULTATION,))
    return asked


@methods
@asks(Action.VIEW_CONSULTATION, send=Action.REPLY_CONSULTATION)
def consultation_reply(request: ViewerRequest, pk: int) -> HttpResponse:
    """A draft as a unit is asked about it: provision by provision, what it has prepared, and its reply."""
    asked = _asked(request, pk, replies=request.method == "POST")
    form = ReplyForm(None, initial={"version": asked.version})
    if request.method == "POST":
        if request.POST.get("step") == "drop":
            return _drop(request, asked)
        form = ReplyForm(request.POST)
        if form.is_valid() and _is_sent(request, asked, form):
            messages.success(request, _("The reply was sent."))
            return redirect("consultation_reply", pk)
    consultation = asked.consultation
    is_told = consultation.state == ConsultationState.PUBLISHED
    context = {
        "asked": asked,
        "consultation": consultation,
        "form": form,
        "replies": may_reply(request.viewer, asked),
        "window": window_of(version_of(consultation), numbered(request.GET.get("tu", ""))),
        "sent": sent_in(asked) if asked.replied_on else [],
        "is_told": is_told,
    }
    return render(request, "consultation/consultation_reply.html", context, status=422 if form.errors else 200)


def _is_sent(request: ViewerRequest, asked: AskedUnit, form: ReplyForm) -> bool:
    found = form.cleaned_data
    reply = replying.Reply(found["number"], found["dated"], found["has_no_comment"])
    with form.refusals():
        replying.send_reply(actor=request.viewer, asked=asked, version=found["version"], reply=reply)
        return True
    return False


def _drop(request: ViewerRequest, asked: AskedUnit) -> HttpResponse:
    place = request.POST.get("place", "")
    replying.drop_prepared(
        actor=request.viewer,
        asked=asked,
        version=posted_version(request.POST),
        place=int(place) if place.isdecimal() and len(place) < 6 else -1,
    )
    messages.success(request, _("Taken out of the reply."))
    return redirect("consultation_reply", asked.pk)


@methods
@asks(Action.VIEW_CONSULTATION, do=Action.REPLY_CONSULTATION)
def consultation_prepare(request: ViewerRequest, pk: int, number: int) -> HttpResponse:
    """Write a comment of the unit's reply on one provision."""
    asked = _asked(request, pk, replies=True)
    rows = provisions_in(version_of(asked.consultation))
    provision = get_object_or_404(rows, number=min(number, 1_000_000))
    form = PreparedForm(posted(request), initial={"version": asked.version})
    if request.method == "POST" and form.is_valid():
        found: dict[str, Any] = {"version": form.cleaned_data["version"], "text": form.cleaned_data["text"]}
        with form.refusals():
            replying.prepare_comment(
                actor=request.viewer, asked=asked, number=number, phrase=form.phrase(), **found
            )
            messages.success(request, _("Kept. It is sent with the reply."))
            return redirect(f"{reverse('consultation_reply', args=[pk])}?tu={number}#reply")
    context = {"asked": asked, "consultation": asked.consultation, "provision": provision, "form": form}
    return render(request, "consultation/consultation_prepare.html", context, status=422 if form.errors else 200)
