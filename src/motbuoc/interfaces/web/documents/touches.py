"""Pages of what a document changes in others, confirmed by a person, and of the work that rests on that."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.domains.documents.linking import state_link
from motbuoc.domains.documents.links import links_stated_for
from motbuoc.domains.documents.models import Document, DocumentLink, Relation
from motbuoc.domains.documents.touching import CHANGES, Touch, touches_of
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.touched import assignments_touched
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

MOST = 200  # tasks shown of one change


class TouchForm(Form):
    """Which part of a document is changed, and from which day."""

    part = forms.ChoiceField(label=gettext_lazy("What of it is changed"), required=False)
    effective_on = DayField(label=gettext_lazy("From day"), required=False)

    def __init__(self, *args: Any, touch: Touch, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)
        self.touch = touch
        self.provisions = {str(row.pk): row for row in touch.target.provisions.all()}
        whole = [] if touch.pinpoint and touch.provision else [("", touch.pinpoint or _("The whole document"))]
        named = [(key, f"{row.number}. {row.heading}"[:100]) for key, row in self.provisions.items()]
        field.choices = [*whole, *named]


def _form_of(request: ViewerRequest, document: Document, touch: Touch, place: int) -> TouchForm:
    is_sent = request.method == "POST" and request.POST.get("place") == str(place)
    initial = {
        "part": touch.provision.pk if touch.provision else "",
        "effective_on": document.valid_from or document.issued_on,
    }
    return TouchForm(posted(request) if is_sent else None, touch=touch, initial=initial, auto_id=f"id_{place}_%s")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_touches(request: ViewerRequest, pk: int) -> HttpResponse:
    """What a document changes: who may review it confirms each, and sees the work that rests on it."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    touches = touches_of(request.viewer, document)
    forms_of = [
        (touch, _form_of(request, document, touch, n)) for n, touch in enumerate(touches) if not touch.link
    ]
    for touch, form in forms_of:
        if form.is_bound and form.is_valid():
            with form.refusals():
                provision = form.provisions.get(form.cleaned_data["part"])
                state_link(
                    actor=request.viewer,
                    source=document,
                    target=touch.target,
                    relation=touch.relation,
                    provision=provision,
                    pinpoint=touch.pinpoint if provision in (None, touch.provision) else "",
                    effective_on=form.cleaned_data["effective_on"],
                )
                return redirect("document_touches", document.pk)
    values = {
        "document": document,
        "proposed": [(touch, form, touches.index(touch)) for touch, form in forms_of],
        "confirmed": [_confirmed(request, touch.link, document) for touch in touches if touch.link],
    }
    status = 422 if any(form.errors for _touch, form in forms_of) else 200
    return render(request, "documents/document_touches.html", values, status=status)


def _confirmed(request: ViewerRequest, link: DocumentLink, document: Document) -> dict[str, Any]:
    viewer = request.viewer
    can_decide = policy.may_on(viewer, Action.DECIDE_ASSIGNMENT, link.target.unit_id)
    tasks = list(assignments_touched(viewer, link).select_related("unit", "duty")[:MOST])
    return {"link": link, "tasks": tasks, "can_decide": can_decide, "reason": _reason(link, document)}


def _reason(link: DocumentLink, document: Document) -> str:
    done = str(Relation(link.relation).label).lower()
    return _("%(code)s: %(done)s %(part)s") % {
        "code": document.code or document,
        "done": done,
        "part": link.pinpoint,
    }


@require_POST
@asks(Action.VIEW_DOCUMENT, send=Action.DECIDE_ASSIGNMENT)
def link_tasks(request: ViewerRequest, pk: int) -> HttpResponse:
    """Cancel the chosen tasks that rest on what a document changes, with that document as the reason."""
    link = get_object_or_404(links_stated_for(request.viewer).filter(relation__in=CHANGES), pk=pk)
    policy.require(request.viewer, Action.DECIDE_ASSIGNMENT, link.target.unit_id)
    chosen = {int(value) for value in request.POST.getlist("task") if value.isdecimal() and len(value) < 18}
    reason = request.POST.get("reason", "").strip() or _reason(link, link.source)
    done = 0
    for task in assignments_touched(request.viewer, link).filter(pk__in=chosen):
        try:
            take_step(actor=request.viewer, assignment=task, version=task.version, name="cancel", text=reason)
            done += 1
        except NotAllowed:
            raise
        except Refusal as refusal:
            messages.error(request, f"{task.unit}: {refusal.message}")
    if not chosen:
        messages.warning(request, _("Choose the tasks first. Those not chosen stay as they are."))
    if done:
        words = ngettext("%(count)s task was cancelled.", "%(count)s tasks were cancelled.", done)
        messages.success(request, words % {"count": done})
    return redirect("document_touches", link.source_id)
