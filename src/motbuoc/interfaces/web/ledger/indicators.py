"""The pages of what is counted: the indicators by item, one of them, the breakdowns, the standard list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.ledger.counters import COUNTERS
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.selectors import (
    breakdowns_for,
    forms_for,
    indicators_for,
    targets_for,
    units_keeping_for,
)
from motbuoc.domains.ledger.standard import (
    correct_standard_basis,
    missing_of,
    outdated_of,
    take_standard_indicators,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.ledger.definition_forms import StandardForm
from motbuoc.interfaces.web.ledger.field_forms import FindForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from vanban.text import fold

PAGE_SIZE = 60


@require_safe
@asks(Action.VIEW_FIGURES)
def indicator_list(request: ViewerRequest) -> HttpResponse:
    """The indicators by item; looked for by words of the name or the code, marks aside."""
    viewer, words = request.viewer, request.GET.get("q", "").replace("\x00", "")[:100]
    shows_ended = request.GET.get("tab") == "ended"
    wanted = fold(words).split()
    rows = [
        row
        for row in indicators_for(viewer).filter(valid_until__isnull=not shows_ended)
        if all(word in fold(f"{row.code} {row.name}") for word in wanted)
    ]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    keeps = policy.may(viewer, Action.KEEP_FORMS)
    context = {
        "page": page,
        "rows": list(page),
        "words": words,
        "find": FindForm({"q": words}),
        "tabs": [(_("In force"), "?", not shows_ended), (_("Ended"), "?tab=ended", shows_ended)],
        "shows_ended": shows_ended,
        "keeps": keeps,
        "missing": _missing(viewer) if keeps else 0,
    }
    return render(request, "ledger/indicator_list.html", context)


def own_units(viewer: Person) -> list[tuple[int, str]]:
    """The units for which the viewer may define what is counted, the highest only."""
    return [(unit.pk, unit.name) for unit in units_keeping_for(viewer, clock.today())]


def _missing(viewer: Person) -> int:
    """How much of the standard list the viewer's first unit has not, or has as it was before."""
    units = own_units(viewer)
    return len(missing_of(units[0][0])) + len(outdated_of(units[0][0])) if units else 0


def crumbs_of(indicator: Indicator | None = None) -> tuple[tuple[Any, str], ...]:
    """The way to a page about indicators, or about one of them."""
    home = ((_("Figures"), reverse("period_list")), (_("Indicators"), reverse("indicator_list")))
    return (*home, (indicator.name, reverse("indicator_detail", args=[indicator.pk]))) if indicator else home


def indicator_or_404(request: ViewerRequest, pk: int, *, keeps: bool = False) -> Indicator:
    """The indicator; to go on, perhaps, only if the viewer keeps the forms of its unit."""
    indicator = get_object_or_404(indicators_for(request.viewer), pk=pk)
    looks_at(request, "indicator", pk, indicator.unit_id)
    if keeps:
        policy.require(request.viewer, Action.KEEP_FORMS, indicator.unit_id)
    return indicator


@require_safe
@asks(Action.VIEW_FIGURES)
def indicator_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One indicator: what counts, how it is measured, since when, what others call it, where it is asked for."""
    viewer, indicator = request.viewer, indicator_or_404(request, pk)
    targets = list(targets_for(viewer).filter(indicator=indicator)[:PAGE_SIZE])
    names = names_of([indicator.unit_id, *(row.unit_id for row in targets)], clock.today())
    context = {
        "indicator": indicator,
        "unit_name": names.get(indicator.unit_id, ""),
        "parts": list(indicator.breakdown.categories.all()) if indicator.breakdown else [],
        "counter": COUNTERS.get(indicator.counter),
        "successor": indicator.successors.order_by("-valid_from").first(),
        "shares": list(indicators_for(viewer).filter(numerator=indicator))
        + list(indicators_for(viewer).filter(denominator=indicator)),
        "mappings": list(indicator.mappings.all()),
        "targets": [(row, names.get(row.unit_id, "")) for row in targets],
        "forms": list(
            forms_for(viewer).filter(fields__indicator=indicator).order_by("code", "-number")[:PAGE_SIZE]
        ),
        "keeps": policy.may_on(viewer, Action.KEEP_FORMS, indicator.unit_id),
        "history_lines": history_of(viewer, "indicator", pk),
    }
    return render(request, "ledger/indicator_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_take(request: ViewerRequest) -> HttpResponse:
    """Take over what is missing of the standard list."""
    form = StandardForm(posted(request), units=own_units(request.viewer))
    page = FormPage(
        title=_("Take over the standard list"),
        subtitle=_("The indicators of the seven items of the yearly dispatch on mass mobilisation."),
        notes=[
            _(
                "What your unit has defined under the same code stays as it is, also what it has ended. You can "
                "change and end what you take over."
            )
        ],
        button=_("Take over what is missing"),
        back=reverse("indicator_list"),
        crumbs=crumbs_of(),
        done=_("The list was taken over."),
    )

    def take() -> None:
        unit_id = form.cleaned_data["unit"]
        take_standard_indicators(actor=request.viewer, unit_id=unit_id)
        if form.cleaned_data["corrects"]:
            correct_standard_basis(actor=request.viewer, unit_id=unit_id)

    return page.answer(request, form, take)


@require_safe
@asks(Action.VIEW_FIGURES)
def breakdown_list(request: ViewerRequest) -> HttpResponse:
    """What figures may be broken down by."""
    rows = breakdowns_for(request.viewer).prefetch_related("categories")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": list(page),
        "keeps": policy.may(request.viewer, Action.KEEP_FORMS),
        "crumbs": crumbs_of(),
    }
    return render(request, "ledger/breakdown_list.html", context)
