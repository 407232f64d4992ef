"""The pages on which a draft form is given what it asks for: fields, boxes for words, checks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.ledger import forming
from motbuoc.domains.ledger.models import ReportForm
from motbuoc.domains.ledger.selectors import askable_for, fields_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.web.documents.forms import VersionForm, posted
from motbuoc.interfaces.web.ledger.building import crumbs_of, form_or_404
from motbuoc.interfaces.web.ledger.field_forms import BoxForm, CheckForm, FieldForm, FindForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from vanban.text import fold

methods = require_http_methods(["GET", "HEAD", "POST"])
MOST = 300  # indicators offered at once


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_fields(request: ViewerRequest, pk: int) -> HttpResponse:
    """Choose among what is defined and not asked for yet; looked for by words."""
    report_form = form_or_404(request, pk, keeps=True)
    form = VersionForm(posted(request), initial={"version": report_form.version})
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    wanted = fold(words).split()
    rows = [
        row
        for row in askable_for(request.viewer, report_form)
        if all(word in fold(f"{row.code} {row.name}") for word in wanted)
    ]
    ticked = set(request.POST.getlist("indicator"))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = forming.put_fields(
                actor=request.viewer,
                form=report_form,
                version=form.cleaned_data["version"],
                indicators=[row for row in rows if str(row.pk) in ticked],
            )
            messages.success(request, _("Fields added: %(count)s.") % {"count": len(made)})
            return redirect("form_detail", pk)
    context = {
        "report_form": report_form,
        "form": form,
        "rows": [(row, str(row.pk) in ticked) for row in rows[:MOST]],
        "find": FindForm({"q": words}),
        "is_more": len(rows) > MOST,
        "crumbs": crumbs_of(report_form),
    }
    return render(request, "ledger/form_fields.html", context, status=422 if form.errors else 200)


def _page(request: ViewerRequest, report_form: ReportForm, **said: Any) -> FormPage:
    """What all these pages have in common."""
    return FormPage(
        subtitle=report_form.name,
        button=_("Save"),
        back=reverse("form_detail", args=[report_form.pk]),
        crumbs=crumbs_of(report_form),
        done=_("Saved."),
        fresh=lambda: form_or_404(request, report_form.pk).version,
        **said,
    )


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_field(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change how a form asks for an indicator."""
    field = get_object_or_404(fields_for(request.viewer), pk=pk)
    report_form = field.form
    looks_at(request, "report_form", report_form.pk, report_form.unit_id)
    policy.require(request.viewer, Action.KEEP_FORMS, report_form.unit_id)
    begun = {"version": report_form.version, "heading": field.heading}
    begun |= {"is_required": field.is_required, "is_broken_down": field.is_broken_down}
    form = FieldForm(posted(request), initial=begun, field=field)

    def do() -> object:
        asked = form.cleaned_data
        return forming.put_field(actor=request.viewer, form=report_form, indicator=field.indicator, **asked)

    return _page(request, report_form, title=field.indicator.name).answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_box(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask for words."""
    report_form = form_or_404(request, pk, keeps=True)
    form = BoxForm(posted(request), initial={"version": report_form.version})
    page = _page(request, report_form, title=_("Add a box for words"))
    return page.answer(
        request, form, lambda: forming.put_box(actor=request.viewer, form=report_form, **form.cleaned_data)
    )


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_check(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let a field be checked."""
    report_form = form_or_404(request, pk, keeps=True)
    fields = report_form.fields.select_related("indicator")
    form = CheckForm(posted(request), initial={"version": report_form.version}, fields=fields)
    page = _page(request, report_form, title=_("Add a check"))
    return page.answer(
        request, form, lambda: forming.put_check(actor=request.viewer, form=report_form, **form.check)
    )
