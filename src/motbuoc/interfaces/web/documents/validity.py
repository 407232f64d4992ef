"""The page on which it is said from which day to which a document is in force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.documents.validity import DAYS, set_validity
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.documents.two_versions import differences, in_place
from motbuoc.interfaces.web.forms import DayField, VersionedForm
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


class ValidityForm(VersionedForm):
    """The first and the last day in force."""

    valid_from = DayField(
        label=gettext_lazy("First day in force"),
        required=False,
        help_text=gettext_lazy("Empty where it is in force from the day of issue."),
    )
    valid_until = DayField(
        label=gettext_lazy("Last day in force"),
        required=False,
        help_text=gettext_lazy(
            "Empty where it names none. What another one ends stands under “Related documents”."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_validity(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say from which day to which a document is in force, whatever its state: the library is searched by it."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    stored: dict[str, Any] = {name: getattr(document, name) for name in (*DAYS, "version")}
    form = ValidityForm(posted(request), initial=stored)
    values: dict[str, Any] = {"document": document, "form": form, "title": _("Days in force"), "card": "validity"}
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            try:
                set_validity(actor=request.viewer, document=document, **form.cleaned_data)
            except Collision as collision:
                document.refresh_from_db()
                form.rest_on(document.version)
                stored = {name: getattr(document, name) for name in DAYS}
                values |= {"collision": collision, "differences": differences(form, stored)}
            else:
                messages.success(request, _("The days in force are kept."))
                return redirect("document_detail", document.pk)
    return in_place(request, "documents/change_form.html", values, values["card"])
