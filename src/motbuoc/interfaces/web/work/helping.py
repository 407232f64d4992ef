"""One step ahead: which tasks may need help, in words, and how far these words can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.work.helping import in_ten, may_need_help, newest_offers, newest_run, offered_by_unit_of
from motbuoc.domains.work.outlook import BINS
from motbuoc.domains.work.outlook_tables import Outlook, OutlookRun
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.words import days_left

PAGE_SIZE = 20
MOST_OFFERS = 20  # shown below the list
CLEARLY = 0.1  # how far a kind of work's share must be from the base rate to be worth a word


@require_safe
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def help_list(request: ViewerRequest) -> HttpResponse:
    """The tasks that may need help, the likeliest late first, each with its reasons."""
    run, today = newest_run(), clock.today()
    page = Paginator(may_need_help(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    offers = newest_offers(request.viewer, page)
    rows = [
        (row, days_left(row, today), in_ten(row.outlook), list(reasons(row.outlook, run)), offers.get(row.pk))
        for row in page
        if run
    ]
    offered = list(offered_by_unit_of(request.viewer)[:MOST_OFFERS])
    context = {"run": run, "page": page, "rows": rows, "offered": offered}
    return render(request, "work/help_list.html", context)


def reasons(outlook: Outlook, run: OutlookRun) -> Iterator[str]:
    """What the likelihood rests on, in words."""
    if outlook.unit_count:
        yield _("%(late)s of the unit's %(count)s earlier tasks missed their day.") % {
            "late": outlook.unit_late,
            "count": outlook.unit_count,
        }
    else:
        yield _("None of the unit's earlier tasks has come to its day yet; the base rate stands for it.")
    if not outlook.kind_count:
        return
    apart = outlook.kind_late / outlook.kind_count - run.late / run.count
    counts = {"late": outlook.kind_late, "count": outlook.kind_count}
    if apart >= CLEARLY:
        yield _("Work of this kind is often late: %(late)s of %(count)s times.") % counts
    elif apart <= -CLEARLY:
        yield _("Work of this kind is mostly on time: late %(late)s of %(count)s times.") % counts


@require_safe
@asks(Action.VIEW_ASSIGNMENT)
def outlook_figures(request: ViewerRequest) -> HttpResponse:
    """How the likelihoods are worked out, and how good they have been so far."""
    run = newest_run()
    context: dict[str, Any] = {"run": run, "rows": list(_reliability(run)) if run else []}
    if run and run.brier is not None and run.base_brier:
        context |= {"ratio": run.brier / run.base_brier, "base": round(100 * run.late / run.count)}
    return render(request, "work/outlook_figures.html", context)


def _reliability(run: OutlookRun) -> Iterator[dict[str, Any]]:
    """The rows of the table in whole percents: forecasts from, to, how many, their mean, and what came."""
    for row in run.bins:
        low = round(row["low"] * 100)
        forecast, came = (round(100 * row[name] / row["count"]) for name in ("forecast", "late"))
        yield {"low": low, "high": low + 100 // BINS, "count": row["count"], "forecast": forecast, "late": came}
