"""The page on which it is corrected who gave a spoken order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.documents.spoken import correct_speaker
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.documents.two_versions import differences, in_place
from motbuoc.interfaces.web.forms import VersionedForm
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

KEPT = ("said_by", "occasion")


class SpeakerForm(VersionedForm):
    """Who said it, at which meeting, and why it is corrected."""

    said_by = forms.CharField(
        label=gettext_lazy("Who said it"), max_length=250, help_text=gettext_lazy("Name and position.")
    )
    occasion = forms.CharField(
        label=gettext_lazy("At which meeting"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Of a telephone call, what it was about."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is corrected"),
        max_length=500,
        help_text=gettext_lazy("It is kept in the history with what stood here before."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_speaker(request: ViewerRequest, pk: int) -> HttpResponse:
    """Correct who gave a spoken order, whatever its state: a name misheard on the telephone is put right."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    if not document.is_spoken:
        return redirect("document_detail", document.pk)
    stored: dict[str, Any] = {name: getattr(document, name) for name in (*KEPT, "version")}
    form = SpeakerForm(posted(request), initial=stored)
    values: dict[str, Any] = {"document": document, "form": form, "title": _("Who said it"), "card": "speaker"}
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            try:
                correct_speaker(actor=request.viewer, document=document, **form.cleaned_data)
            except Collision as collision:
                document.refresh_from_db()
                form.rest_on(document.version)
                beside = {name: getattr(document, name) for name in KEPT} | {"reason": form.cleaned_data["reason"]}
                values |= {"collision": collision, "differences": differences(form, beside)}
            else:
                messages.success(request, _("Corrected. The history keeps what stood there before."))
                return redirect("document_detail", document.pk)
    return in_place(request, "documents/change_form.html", values, values["card"])
