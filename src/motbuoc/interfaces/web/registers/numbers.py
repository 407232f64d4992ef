"""Pages of numbers: series and terms, numbers kept free and cancelled."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.registers.drafting import letterhead_of
from motbuoc.domains.registers.models import Number
from motbuoc.domains.registers.numbering import cancel_number, continue_series, open_term, reserve_number
from motbuoc.domains.registers.selectors import numbers_for, own_units, series_for, terms_for, with_units
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.registers.drafts import chosen_unit, desk_of
from motbuoc.interfaces.web.registers.forms import ContinueForm, ReasonForm, ReserveForm, TermForm
from motbuoc.interfaces.web.registers.outgoing import PAGE_SIZE
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

MOST_SERIES = 100


@require_safe
@asks(Action.VIEW_REGISTER)
def number_list(request: ViewerRequest) -> HttpResponse:
    """The series of one's units with their next numbers, the terms, and the numbers kept free or cancelled."""
    today, viewer = clock.today(), request.viewer
    own = [unit.pk for unit in own_units(viewer, Action.VIEW_REGISTER)]
    rows = numbers_for(viewer).filter(series__unit__in=own)
    values = {
        "series": with_units(series_for(viewer).filter(unit__in=own), today)[:MOST_SERIES],
        "terms": with_units(terms_for(viewer).filter(unit__in=own), today)[:MOST_SERIES],
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_keep": policy.may(viewer, Action.REGISTER_DOCUMENT),
        "may_release": policy.may(viewer, Action.RELEASE_DOCUMENT),
    }
    return render(request, "registers/number_list.html", values)


def _form_page(request: ViewerRequest, form: Any, title: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "registers/number_form.html", {"form": form, "title": title}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.RELEASE_DOCUMENT)
def term_open(request: ViewerRequest) -> HttpResponse:
    """Open a term, with its legal basis."""
    units = desk_of(request, Action.RELEASE_DOCUMENT)
    choices = [(unit.pk, unit.name) for unit in units.values()]
    form = TermForm(posted(request), initial={"unit": chosen_unit(request, units)}, units=choices)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            open_term(actor=request.viewer, **(said | {"unit": units[said["unit"]]}))
            return redirect("number_list")
    return _form_page(request, form, _("Open a term"))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def number_reserve(request: ViewerRequest) -> HttpResponse:
    """Keep the next number free."""
    units = desk_of(request)
    choices = [(unit.pk, unit.name) for unit in units.values()]
    form = ReserveForm(posted(request), initial={"unit": chosen_unit(request, units)}, units=choices)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            reserve_number(
                actor=request.viewer,
                unit=units[said["unit"]],
                regime=letterhead_of(said["unit"], clock.today()).regime,
                kind=said["type"],
                reason=said["reason"],
            )
            return redirect("number_list")
    return _form_page(request, form, _("Keep a number free"))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.RELEASE_DOCUMENT)
def series_continue(request: ViewerRequest) -> HttpResponse:
    """Let a series go on where a paper book ended."""
    units = desk_of(request, Action.RELEASE_DOCUMENT)
    choices = [(unit.pk, unit.name) for unit in units.values()]
    form = ContinueForm(posted(request), initial={"unit": chosen_unit(request, units)}, units=choices)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            continue_series(
                actor=request.viewer,
                unit=units[said["unit"]],
                regime=letterhead_of(said["unit"], clock.today()).regime,
                kind=said["type"],
                book=said["book"],
                start=said["start"],
                reason=said["reason"],
            )
            return redirect("number_list")
    return _form_page(request, form, _("Continue a paper book"))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def number_cancel(request: ViewerRequest, pk: int) -> HttpResponse:
    """Cancel a number that was kept free; it stays visible."""
    number = get_object_or_404(numbers_for(request.viewer), pk=pk, state=Number.State.RESERVED)
    looks_at(request, "unit", number.series.unit_id, number.series.unit_id)
    policy.require(request.viewer, Action.REGISTER_DOCUMENT, number.series.unit_id)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            cancel_number(actor=request.viewer, number=number, reason=form.cleaned_data["reason"])
            return redirect("number_list")
    title = _("Cancel number %(number)s, kept free for: %(reason)s")
    return _form_page(request, form, title % {"number": number.number, "reason": number.reason})
