"""Units beside each other for one indicator: a picture, and the same as a table."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from motbuoc.domains.ledger.abreast import Abreast, abreast_of, is_of_the_year
from motbuoc.domains.ledger.below import OWN
from motbuoc.domains.ledger.figures import indicators_of, standing_below
from motbuoc.domains.ledger.models import Indicator
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.papers.abreast_picture import MOST, abreast_picture
from motbuoc.interfaces.papers.figure_words import figure_words, member_words
from motbuoc.interfaces.web.ledger.looked import looked_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_safe
@asks(Action.VIEW_FIGURES)
def figure_comparison(request: ViewerRequest, pk: int) -> HttpResponse:
    """The units directly below one in the order of their figures, beside the last period and a year before."""
    looked = looked_at(request, pk)
    indicators, asked = indicators_of(looked.period), request.GET.get("chi-tieu", "")
    known = {str(row.pk): row for row in indicators}
    if not indicators or (asked and asked not in known):
        raise Http404
    indicator = known.get(asked, indicators[0])
    looked.keep({"chi-tieu": str(indicator.pk)})
    beside = abreast_of(looked.period, looked.unit, indicator, looked.as_of)
    drawn = sum(row.now is not None for row in beside.units)
    context = {
        "indicators": indicators,
        "indicator": indicator,
        "beside": beside,
        "rows": [_row(indicator, row, looked.unit.pk) for row in beside.units],
        "picture": SafeString(abreast_picture(indicator, looked.period, beside)) if drawn else "",
        "left_out": max(0, drawn - MOST),
        "aims": any(row.target is not None for row in beside.units),
        "aims_drawn": is_of_the_year(indicator, looked.period),
        "standing": standing_below(looked.period, looked.unit.pk),
    }
    return render(request, "ledger/figure_comparison.html", looked.context | context)


def _row(indicator: Indicator, row: Abreast, unit_id: int) -> dict[str, Any]:
    return {
        "name": member_words(row.member),
        "unit": unit_id if row.member.key == OWN else row.member.key,
        "is_own": row.member.key == OWN,
        "leads_on": row.member.leads_on,
        "missing": row.missing,
        "reached": None if row.reached is None else int(row.reached),
        **{
            name: figure_words(indicator, getattr(row, name))
            for name in ("now", "last", "year_ago", "since_new_year", "target")
        },
    }
