"""The pages of a year's dialogues by unit: what the rules ask for against what was planned, held and answered."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motbuoc.domains.dialogue.tallies import standing_for, tallies_for
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.dialogue_sheet import tallies_workbook
from motbuoc.interfaces.web.downloads import made_download
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 50


def asked_year(request: ViewerRequest) -> int:
    """The year in the address; this one, where there is none or one that cannot be."""
    asked = request.GET.get("nam", "")
    this = clock.today().year
    return int(asked) if asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= this + 1 else this


@require_safe
@asks(Action.VIEW_DIALOGUE)
def dialogue_gaps(request: ViewerRequest) -> HttpResponse:
    """All units that owe or planned a dialogue in the year, the greatest gap first; or those alone with a gap."""
    viewer, year = request.viewer, asked_year(request)
    only_gaps = request.GET.get("thieu") == "1"
    page = Paginator(tallies_for(viewer, year, only_gaps=only_gaps), PAGE_SIZE).get_page(request.GET.get("page"))
    kept = "&thieu=1" if only_gaps else ""
    this = clock.today().year
    context = {
        "year": year,
        "years": [(each, f"?nam={each}{kept}", each == year) for each in range(this - 2, this + 2)],
        "page": page,
        "tallies": list(page),
        "only_gaps": only_gaps,
        "standing": standing_for(viewer, year),
    }
    return render(request, "dialogue/dialogue_gaps.html", context)


@require_safe
@asks(Action.VIEW_DIALOGUE)
def dialogue_gaps_export(request: ViewerRequest) -> HttpResponseBase:
    """The same as a file for Excel, all of it."""
    year = asked_year(request)
    rows = tallies_for(request.viewer, year, only_gaps=request.GET.get("thieu") == "1")
    return made_download(tallies_workbook(year, rows), f"doi-thoai-{year}.xlsx")
