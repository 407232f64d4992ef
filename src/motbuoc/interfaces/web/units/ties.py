"""Identifiers of a unit, and the legal bodies where it is at home: begun and ended, each on a page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation import ties
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.unit_search import Source, UnitField
from motbuoc.interfaces.web.units.acts import managed_unit, methods
from motbuoc.interfaces.web.units.previewing import asked_form
from motbuoc.interfaces.web.viewer import ViewerRequest


class IdentifierForm(Form):
    """An identifier in some scheme."""

    scheme = forms.CharField(
        label=gettext_lazy("Scheme"), max_length=40, help_text=gettext_lazy("Whose list of codes it is.")
    )
    value = forms.CharField(label=gettext_lazy("Value"), max_length=80)
    on = DayField(label=gettext_lazy("In force from"), initial=clock.today)


class HostForm(Form):
    """A legal body where the unit is at home."""

    host = UnitField(label=gettext_lazy("Body"))
    on = DayField(label=gettext_lazy("In force from"), initial=clock.today)

    def __init__(self, *args: Any, source: Source, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["host"]
        assert isinstance(field, UnitField)
        field.search_among(source)


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_identifiers(request: ViewerRequest, pk: int) -> HttpResponse:
    """The identifiers of a unit: add one, or end one as of today."""
    unit, today = managed_unit(request, pk), clock.today()
    rows = ties.identifiers_of(pk, today)
    if "end" in request.POST:
        row = get_object_or_404(rows, pk=_number(request.POST["end"]))
        ties.end_identifier(actor=request.viewer, identifier=row, on=today)
        messages.success(request, _("Ended as of today."))
        return redirect("unit_identifiers", pk)
    form = asked_form(request, IdentifierForm)
    if form.is_bound and form.is_valid():
        with form.refusals():
            ties.add_identifier(actor=request.viewer, unit=unit, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("unit_identifiers", pk)
    values = {"unit": unit, "form": form, "rows": rows}
    return render(request, "units/unit_identifiers.html", values, status=422 if form.errors else 200)


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_hosts(request: ViewerRequest, pk: int) -> HttpResponse:
    """The bodies where a unit is at home: add one, or end one as of today."""
    unit, today = managed_unit(request, pk), clock.today()
    rows = ties.hosts_of(request.viewer, pk, today)
    if "end" in request.POST:
        row = get_object_or_404(rows, pk=_number(request.POST["end"]))
        ties.end_host(actor=request.viewer, tie=row, on=today)
        messages.success(request, _("Ended as of today."))
        return redirect("unit_hosts", pk)
    form = asked_form(request, HostForm, source=Source(request.viewer, today))
    if form.is_bound and form.is_valid():
        with form.refusals():
            ties.add_host(actor=request.viewer, unit=unit, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("unit_hosts", pk)
    values = {"unit": unit, "form": form, "rows": rows}
    return render(request, "units/unit_hosts.html", values, status=422 if form.errors else 200)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 18 else 0
