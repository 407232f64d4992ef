"""Pages of study and dissemination: a small form for a phone, and corrections with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.cascade.disseminating import FIGURES, correct_dissemination
from motbuoc.domains.cascade.disseminating import disseminate as record_sessions
from motbuoc.domains.cascade.dissemination import Studied, disseminations_for, units_to_record_for
from motbuoc.domains.documents.models import Document
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.web.cascade.forms import CorrectionForm, DisseminationForm
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

MOST_UNITS = 300  # that a form offers


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, send=Action.WORK_ON_ASSIGNMENT)
def disseminate(request: ViewerRequest, pk: int) -> HttpResponse:
    """The study sessions on a document, as far as the viewer may see their figures; and a form for one's own."""
    document = document_or_404(request, pk)
    units = {unit.pk: unit for unit in units_to_record_for(request.viewer, document)[:MOST_UNITS]}
    if request.method == "POST" and not units:
        policy.require(request.viewer, Action.WORK_ON_ASSIGNMENT, document.unit_id)
        raise Refusal(_("This document was not issued to this unit, nor to a unit above it."))
    form = DisseminationForm(posted(request), units=[(pk, str(unit.name)) for pk, unit in units.items()])
    if form.is_bound and form.is_valid():
        with form.refusals():
            asked = dict(form.cleaned_data)
            record_sessions(actor=request.viewer, document=document, unit=units[asked.pop("unit")], **asked)
            messages.success(request, _("Recorded. The level above sees the sums."))
            return redirect("disseminate", pk)
    values = {"document": document, "form": form if units else None, **_recorded(request.viewer, document)}
    return render(request, "cascade/disseminate.html", values, status=422 if form.errors else 200)


def _recorded(viewer: Person, document: Document) -> dict[str, Any]:
    rows = list(disseminations_for(viewer).filter(document=document))
    latest = max((row.held_on for row in rows), default=clock.today())
    names = names_of({row.unit_id for row in rows}, latest)
    total = Studied()
    for row in rows:
        if not row.is_withdrawn:
            total.add(row)
    works_for = set(
        policy.reach(viewer, Action.WORK_ON_ASSIGNMENT).filter(descendant__in={r.unit_id for r in rows})
    )
    return {"rows": [(row, names.get(row.unit_id, ""), row.unit_id in works_for) for row in rows], "total": total}


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def dissemination_correct(request: ViewerRequest, pk: int) -> HttpResponse:
    """Correct the figures of sessions already recorded, or withdraw them; the history keeps both."""
    row = get_object_or_404(disseminations_for(request.viewer), pk=pk)
    policy.require(request.viewer, Action.WORK_ON_ASSIGNMENT, row.unit_id)
    stored = {name: getattr(row, name) for name in (*FIGURES, "version")}
    form, status = CorrectionForm(posted(request), initial=stored), 200
    if form.is_bound and form.is_valid():
        try:
            correct_dissemination(actor=request.viewer, dissemination=row, **form.cleaned_data)
        except Collision as collision:
            row.refresh_from_db()
            form.refuse(collision)
            form.rest_on(row.version)
            status = 409
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Corrected. What it said before stays in the history."))
            return redirect("disseminate", row.document_id)
    status = 422 if form.errors and status == 200 else status
    return render(request, "cascade/dissemination_correct.html", {"row": row, "form": form}, status=status)
