"""The pages of forms: the list, one form as it is built, and as units will see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.ledger import forming
from motbuoc.domains.ledger.burden import cells_in
from motbuoc.domains.ledger.choices import Comparison, FormState
from motbuoc.domains.ledger.filling import lines_of
from motbuoc.domains.ledger.models import Check, ReportForm
from motbuoc.domains.ledger.selectors import forms_for, schedules_for, units_keeping_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.ledger.field_forms import NewForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 30


@require_safe
@asks(Action.VIEW_FIGURES)
def form_list(request: ViewerRequest) -> HttpResponse:
    """The forms, those in use first to be found."""
    viewer, asked = request.viewer, request.GET.get("tab", "")
    state = asked if asked in FormState.values else FormState.IN_USE.value
    rows = forms_for(viewer).filter(state=state).annotate(asked=Count("fields")).order_by("code", "-number", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = names_of([row.unit_id for row in page], clock.today())
    labels = {FormState.IN_USE: _("In use"), FormState.DRAFT: _("Drafts"), FormState.CLOSED: _("No longer used")}
    context = {
        "tabs": [(label, f"?tab={name.value}", name == state) for name, label in labels.items()],
        "page": page,
        "rows": [(row, names.get(row.unit_id, "")) for row in page],
        "keeps": policy.may(viewer, Action.KEEP_FORMS),
    }
    return render(request, "ledger/form_list.html", context)


def form_or_404(request: ViewerRequest, pk: int, *, keeps: bool = False) -> ReportForm:
    """The form, if the viewer sees it; to go on, perhaps, only if they keep the forms of its unit."""
    form = get_object_or_404(forms_for(request.viewer), pk=pk)
    looks_at(request, "report_form", pk, form.unit_id)
    if keeps:
        policy.require(request.viewer, Action.KEEP_FORMS, form.unit_id)
    return form


def crumbs_of(form: ReportForm | None = None) -> tuple[tuple[Any, str], ...]:
    """The way to a page about forms, or about one of them."""
    home = ((_("Figures"), reverse("period_list")), (_("Reporting forms"), reverse("form_list")))
    return (*home, (form.code, reverse("form_detail", args=[form.pk]))) if form else home


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_make(request: ViewerRequest) -> HttpResponse:
    """Begin a form."""
    units = [(unit.pk, unit.name) for unit in units_keeping_for(request.viewer, clock.today())]
    form = NewForm(posted(request), units=units)
    page = FormPage(
        title=_("Make a form"),
        subtitle=_("It stays a draft until you put it to use."),
        button=_("Make the form"),
        back=reverse("form_list"),
        crumbs=crumbs_of(),
        done=_("The form was begun. Add what it asks for."),
        onward=lambda made: reverse("form_detail", args=[made.pk]),
    )

    def do() -> object:
        asked = form.cleaned_data
        return forming.make_form(
            actor=request.viewer, unit_id=asked["unit"], code=asked["code"], name=asked["name"]
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, send=Action.KEEP_FORMS)
def form_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One version of a form: its fields, boxes and checks, which change while it is a draft."""
    viewer, form = request.viewer, form_or_404(request, pk, keeps=request.method == "POST")
    if request.method == "POST":
        return _changed(request, form)
    keeps = policy.may_on(viewer, Action.KEEP_FORMS, form.unit_id)
    lines = lines_of(pk)
    context = {
        "report_form": form,
        "unit_name": names_of([form.unit_id], clock.today()).get(form.unit_id, ""),
        "lines": lines,
        "cells": cells_in(lines),
        "counted": sum(line.is_counted for line in lines),
        "boxes": list(form.boxes.all()),
        "checks": checks_of(form),
        "builds": keeps and form.state == FormState.DRAFT,
        "keeps": keeps,
        "versions": list(forms_for(viewer).filter(unit=form.unit_id, code=form.code).exclude(pk=pk)),
        "schedules": list(schedules_for(viewer).filter(form=form)[:PAGE_SIZE]),
        "history_lines": history_of(viewer, "report_form", pk),
    }
    return render(request, "ledger/form_detail.html", context)


def checks_of(form: ReportForm) -> list[tuple[Check, str]]:
    """The checks of a form, each in words."""
    rows = form.checks.select_related("field__indicator").prefetch_related("others__indicator")
    return [(row, said(row)) for row in rows]


def said(check: Check) -> str:
    """What has to hold, as a sentence."""
    values: dict[str, Any] = {"name": check.field.indicator.name, "percent": check.percent}
    values["others"] = " + ".join(row.indicator.name for row in check.others.all())
    if check.comparison == Comparison.NEAR_LAST:
        return (
            _("“%(name)s” differs by at most %(percent)s percent from the last period, or is explained") % values
        )
    if check.comparison == Comparison.EQUALS:
        return _("“%(name)s” = %(others)s") % values
    return _("“%(name)s” ≤ %(others)s") % values


def _changed(request: ViewerRequest, form: ReportForm) -> HttpResponse:
    """Do what a button of the page asks for."""
    act, version = request.POST.get("act", ""), posted_version(request.POST)
    own: dict[str, Any] = {"actor": request.viewer, "form": form, "version": version}
    if act == "use":
        forming.use_form(**own)
        messages.success(request, _("The form is in use. Schedules of the version before ask for this one now."))
    elif act == "renew":
        new = forming.renew_form(actor=request.viewer, form=form)
        messages.success(request, _("A new version is begun. Units have the old one until it is put to use."))
        return redirect("form_detail", new.pk)
    elif act == "close":
        forming.close_form(**own)
        messages.success(request, _("The form is no longer used."))
    else:
        _rearranged(request, form, act, own)
    return redirect("form_detail", form.pk)


def _rearranged(request: ViewerRequest, form: ReportForm, act: str, own: dict[str, Any]) -> None:
    """Move or drop a part of a draft."""
    acts: dict[str, tuple[Any, Callable[[Any], object]]] = {
        "up": (form.fields, lambda row: forming.move_field(field=row, by=-1, **own)),
        "down": (form.fields, lambda row: forming.move_field(field=row, by=1, **own)),
        "drop_field": (form.fields, lambda row: forming.drop_field(field=row, **own)),
        "drop_box": (form.boxes, lambda row: forming.drop_box(box=row, **own)),
        "drop_check": (form.checks, lambda row: forming.drop_check(check=row, **own)),
    }
    number = request.POST.get("row", "")
    if act not in acts or not number.isdecimal() or len(number) > 18:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    rows, do = acts[act]
    do(get_object_or_404(rows, pk=int(number)))


@require_safe
@asks(Action.VIEW_FIGURES)
def form_preview(request: ViewerRequest, pk: int) -> HttpResponse:
    """A form as units will see it, empty."""
    form = form_or_404(request, pk)
    context = {
        "report_form": form,
        "lines": lines_of(pk),
        "boxes": list(form.boxes.all()),
        "checks": checks_of(form),
        "crumbs": crumbs_of(form),
    }
    return render(request, "ledger/form_preview.html", context)
