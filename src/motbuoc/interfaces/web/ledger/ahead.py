"""Early signs: figures of a period that are unlike all that the unit reported before."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motbuoc.domains.ledger.ahead import signs_for
from motbuoc.domains.ledger.figures import standing_below
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.papers.figure_words import figure_words
from motbuoc.interfaces.papers.sign_sheet import KINDS, signs_download
from motbuoc.interfaces.web.ledger.looked import looked_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

AT_ONCE = 50


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_signs(request: ViewerRequest, pk: int) -> HttpResponse:
    """The early signs below a unit in a period, each with what was usual before."""
    looked = looked_at(request, pk)
    page = Paginator(signs_for(request.viewer, looked.period, looked.unit.pk), AT_ONCE).get_page(
        request.GET.get("page")
    )
    rows = [
        {
            "sign": sign,
            "now": figure_words(sign.jump.indicator, sign.jump.amount),
            "middle": figure_words(sign.jump.indicator, sign.jump.middle),
            "smallest": figure_words(sign.jump.indicator, sign.jump.smallest),
            "largest": figure_words(sign.jump.indicator, sign.jump.largest),
            "past": [(label, figure_words(sign.jump.indicator, amount)) for label, amount in sign.past],
        }
        for sign in page
    ]
    context = {"rows": rows, "page": page, "standing": standing_below(looked.period, looked.unit.pk)}
    return render(request, "ledger/figure_signs.html", looked.context | context)


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_signs_export(request: ViewerRequest, pk: int, kind: str) -> HttpResponseBase:
    """The same list as a file: Excel or CSV."""
    if kind not in KINDS:
        raise Http404
    looked = looked_at(request, pk)
    return signs_download(
        looked.period, looked.unit, signs_for(request.viewer, looked.period, looked.unit.pk), kind
    )
