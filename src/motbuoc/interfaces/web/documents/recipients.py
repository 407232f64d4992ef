"""Pages of recipients: who received a document, one copy and its answer, and the hand-offs that nobody owns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.documents.copies import answer_copy, keep_copy, note_reading
from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.documents.recipients import (
    ALARMS,
    acts_for_sender,
    copies_for,
    copies_to_read,
    copy_counts,
    copy_steps_for,
    named,
    own_copies,
    unowned_copies_for,
)
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import COPY_TRANSITIONS, HELD, READABLE, CopyState
from motbuoc.domains.work.calling_back import ask_copies_back
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.forms import Form, VersionedForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 50
KEEP = "keep_copy"


class RecipientFilter(Form):
    """Which recipients to list."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", pgettext_lazy("any state", "All")), *CopyState.choices],
    )


class CallBackForm(Form):
    """Why a document is called back, and what takes its place."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is called back"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    replacement = forms.CharField(
        label=gettext_lazy("Number and symbol of the document that replaces it"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Empty for a plain recall. The new document must have been sent already."),
    )


class AnswerForm(VersionedForm):
    """One step of a copy, with its reason."""

    step = forms.ChoiceField(
        choices=[(step.name, step.label) for step in COPY_TRANSITIONS] + [(KEEP, KEEP)], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )


def recipients_panel(request: ViewerRequest, document: Document) -> dict[str, Any]:
    """What the page of a document shows of its recipients; marks the viewer's own copies as read."""
    if document.state not in READABLE:
        return {}
    if unread := copies_to_read(request.viewer, document):
        note_reading(actor=request.viewer, copies=unread)
    own = own_copies(request.viewer, document)
    if len(own) == 1:
        return {"own_copy": own[0], "own_steps": _forms(request, own[0])}
    return {"copy_counts": copy_counts(copies_for(request.viewer).filter(document=document))}


def _forms(request: ViewerRequest, copy: Copy) -> list[tuple[AnswerForm, Any, str]]:
    """A form for each step the viewer may take: the form, the word on its button, the button's kind."""
    steps = [(step.name, step.label, step.asks) for step in copy_steps_for(request.viewer, copy)]
    if any(name in ("give_back_copy", "exchange_copy") for name, _label, _asks in steps):
        steps.append((KEEP, _("Do not agree"), "reason"))
    return [
        (
            AnswerForm(initial={"version": copy.version, "step": name}, auto_id=f"{name}-{copy.pk}-%s"),
            label,
            "reason" if asks else "",
        )
        for name, label, asks in steps
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, send=Action.SEND_DOCUMENT)
def document_recipients(request: ViewerRequest, pk: int) -> HttpResponse:
    """Who received the document and what became of each copy; the sender calls copies back here."""
    document = document_or_404(request, pk)
    copies = copies_for(request.viewer).filter(document=document)
    form = CallBackForm(posted(request))
    if request.method == "POST":
        policy.require(request.viewer, Action.SEND_DOCUMENT, document.unit_id)
        if form.is_valid():
            with form.refusals():
                count = _call_back(request, document, form.cleaned_data)
                messages.success(request, _("Asked: %(count)s recipients. Each decides.") % {"count": count})
                return redirect("document_recipients", pk)
    filter_form = RecipientFilter(request.GET)
    state = filter_form.cleaned_data["state"] if filter_form.is_valid() else ""
    rows = named(copies.filter(state=state) if state else copies, clock.today()).order_by("unit_name", "pk")
    values = {
        "document": document,
        "form": form,
        "filter_form": filter_form,
        "counts": copy_counts(copies),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_sender": acts_for_sender(request.viewer, document),
        "held": HELD,
    }
    return render(request, "documents/document_recipients.html", values, status=422 if form.errors else 200)


def _call_back(request: ViewerRequest, document: Document, said: dict[str, str]) -> int:
    chosen = [int(pk) for pk in request.POST.getlist("copy") if pk.isdecimal() and len(pk) < 19]
    replacement = None
    if code := said["replacement"].strip():
        same = documents_for(request.viewer).filter(code=code, unit=document.unit_id, state__in=READABLE)
        replacement = same.exclude(pk=document.pk).first()
        if replacement is None:
            raise Refusal(_("No document of this unit with that number has been sent. Check the number."))
    copies = copies_for(request.viewer).filter(document=document, pk__in=chosen)
    return ask_copies_back(actor=request.viewer, copies=copies, reason=said["reason"], replacement=replacement)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, send=(Action.REGISTER_DOCUMENT, Action.SEND_DOCUMENT))
def copy_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One unit's copy: how far it has come, and what the viewer may answer."""
    copy = get_object_or_404(named(copies_for(request.viewer), clock.today()), pk=pk)
    looks_at(request, "document", copy.document_id, copy.document.unit_id)
    refused = None
    if request.method == "POST":
        _may_answer(request, copy)
        refused = AnswerForm(request.POST)
        if refused.is_valid():
            with refused.refusals():
                _answer(request, copy, **refused.cleaned_data)
                messages.success(request, _("Your answer is recorded, and the sender sees it."))
                return redirect("copy_detail", pk)
        copy = get_object_or_404(named(copies_for(request.viewer), clock.today()), pk=pk)
    values = {
        "copy": copy,
        "document": copy.document,
        "steps": _forms(request, copy),
        "refused": refused,
        "history_lines": history_of(request.viewer, "copy", pk, copy.document.classification),
    }
    return render(request, "documents/copy_detail.html", values, status=422 if refused else 200)


def _may_answer(request: ViewerRequest, copy: Copy) -> None:
    for action, unit in ((Action.REGISTER_DOCUMENT, copy.unit_id), (Action.SEND_DOCUMENT, copy.document.unit_id)):
        if policy.may_on(request.viewer, action, unit):
            return
    raise NotAllowed(_("Only the receiving or the sending unit answers here."))


def _answer(request: ViewerRequest, copy: Copy, *, version: int, step: str, reason: str) -> None:
    if step == KEEP:
        keep_copy(actor=request.viewer, copy=copy, version=version, reason=reason)
    else:
        answer_copy(actor=request.viewer, copy=copy, version=version, name=step, reason=reason)


@require_safe
@asks(Action.VIEW_DOCUMENT, do=(Action.SEND_DOCUMENT, Action.VIEW_BOARD))
def copy_alarms(request: ViewerRequest) -> HttpResponse:
    """The hand-offs that nobody owns: nobody there to receive, refused, or silent for too long."""
    page = Paginator(unowned_copies_for(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "documents/copy_alarms.html", {"page": page, "rows": with_words(page)})


def with_words(copies: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Copies of `unowned_copies_for`, each with the words for what is wrong."""
    return [(copy, ALARMS[copy.alarm]) for copy in copies]
