"""Saying what is counted: an indicator is defined, defined anew, ended, mapped; breakdowns; targets."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.ledger import defining
from motbuoc.domains.ledger.selectors import breakdowns_for, indicators_for
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.ledger.definition_forms import (
    BreakdownForm,
    DefineForm,
    EndForm,
    MapForm,
    RedefineForm,
    TargetForm,
    stored,
)
from motbuoc.interfaces.web.ledger.indicators import crumbs_of, indicator_or_404, own_units
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])


def _offered(viewer: Person) -> dict[str, Any]:
    """What an indicator may be broken down by, and made a share of."""
    parts = indicators_for(viewer).filter(denominator=None, valid_until=None)
    return {"breakdowns": list(breakdowns_for(viewer)), "parts": list(parts)}


def _to(indicator: Any) -> str:
    return reverse("indicator_detail", args=[indicator.pk])


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_define(request: ViewerRequest) -> HttpResponse:
    """Define an indicator."""
    begins = clock.today().replace(month=1, day=1)
    offered = _offered(request.viewer)
    units = own_units(request.viewer)
    form = DefineForm(posted(request), initial={"valid_from": begins}, units=units, **offered)
    page = FormPage(
        title=_("Define an indicator"),
        subtitle=_("What is counted, how it is measured, and from when."),
        button=_("Define it"),
        back=reverse("indicator_list"),
        crumbs=crumbs_of(),
        done=_("The indicator is defined. It can be asked for in forms."),
        onward=_to,
    )

    def do() -> object:
        asked = form.cleaned_data
        return defining.define_indicator(
            actor=request.viewer, unit_id=asked["unit"], what=form.what, valid_from=asked["valid_from"]
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_redefine(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let another definition count from a day on."""
    indicator = indicator_or_404(request, pk, keeps=True)
    begun = {"version": indicator.version, **stored(indicator)}
    form = RedefineForm(posted(request), initial=begun, **_offered(request.viewer))
    page = FormPage(
        title=_("Define it anew"),
        subtitle=indicator.name,
        notes=[
            _(
                "Figures up to that day stay under the old definition, and the course of the figures shows the "
                "break. Forms ask for the new one from their next version on."
            )
        ],
        button=_("Define it anew"),
        back=_to(indicator),
        crumbs=crumbs_of(indicator),
        done=_("The new definition is kept."),
        onward=_to,
        fresh=lambda: indicator_or_404(request, pk).version,
    )

    def do() -> object:
        asked = form.cleaned_data
        return defining.redefine_indicator(
            actor=request.viewer,
            indicator=indicator,
            version=asked["version"],
            what=form.what,
            valid_from=asked["valid_from"],
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask for an indicator no more."""
    indicator = indicator_or_404(request, pk, keeps=True)
    form = EndForm(posted(request), initial={"version": indicator.version})
    page = FormPage(
        title=_("End the indicator"),
        subtitle=indicator.name,
        notes=[_("Its figures stay. Forms leave it out from their next version on.")],
        button=_("End it"),
        back=_to(indicator),
        crumbs=crumbs_of(indicator),
        done=_("The indicator ends on that day."),
        is_grave=True,
        fresh=lambda: indicator_or_404(request, pk).version,
    )
    return page.answer(
        request,
        form,
        lambda: defining.end_indicator(actor=request.viewer, indicator=indicator, **form.cleaned_data),
    )


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_map(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say what another requester calls it."""
    indicator = indicator_or_404(request, pk, keeps=True)
    form = MapForm(posted(request))
    page = FormPage(
        title=_("What another requester calls it"),
        subtitle=indicator.name,
        notes=[_("What is reported once can be given to whoever else asks for it. Said again, it is replaced.")],
        button=_("Save"),
        back=_to(indicator),
        crumbs=crumbs_of(indicator),
        done=_("Saved."),
    )
    return page.answer(
        request,
        form,
        lambda: defining.map_indicator(actor=request.viewer, indicator=indicator, **form.cleaned_data),
    )


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_target(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say what a unit is to reach in a year."""
    indicator = indicator_or_404(request, pk, keeps=True)
    form = TargetForm(posted(request), initial={"year": clock.today().year}, units=own_units(request.viewer))
    page = FormPage(
        title=_("Set a target"),
        subtitle=indicator.name,
        button=_("Save"),
        back=_to(indicator),
        crumbs=crumbs_of(indicator),
        done=_("The target is set."),
    )

    def do() -> object:
        asked = form.cleaned_data
        return defining.set_target(
            actor=request.viewer,
            unit_id=asked["unit"],
            indicator=indicator,
            year=asked["year"],
            amount=asked["amount"],
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def breakdown_define(request: ViewerRequest) -> HttpResponse:
    """Say by what figures may be broken down."""
    form = BreakdownForm(posted(request), units=own_units(request.viewer))
    page = FormPage(
        title=_("Define a breakdown"),
        subtitle=_("Its parts add up to the whole, and nothing is counted in two of them."),
        button=_("Define it"),
        back=reverse("breakdown_list"),
        crumbs=crumbs_of(),
        done=_("The breakdown is defined."),
    )

    def do() -> object:
        asked = form.cleaned_data
        return defining.define_breakdown(
            actor=request.viewer,
            unit_id=asked["unit"],
            code=asked["code"],
            name=asked["name"],
            categories=asked["categories"].splitlines(),
        )

    return page.answer(request, form, do)
