"""The acts as they were recorded: the list, and each as a paper that an office files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.reorganisation.browsing import names_of, seen_among
from motbuoc.foundation.reorganisation.selectors import reorganisations_for
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.units.detail import plain
from motbuoc.interfaces.web.units.registers import registers_of
from motbuoc.interfaces.web.units.words import Told
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 30


@require_safe
@asks(Action.VIEW_UNIT)
def reorganisation_list(request: ViewerRequest) -> HttpResponse:
    """The acts that touched units in the viewer's reach, the latest first."""
    acts = reorganisations_for(request.viewer).prefetch_related("lineage")
    page = Paginator(acts, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        Told(act, {r.predecessor_id for r in act.lineage.all() if r.keeps_archive}) for act in page.object_list
    ]
    may_manage = policy.may(request.viewer, Action.MANAGE_UNITS)
    values = {"page": page, "rows": rows, "may_manage": may_manage}
    return render(request, "units/reorganisation_list.html", values)


@require_safe
@asks(Action.VIEW_UNIT)
def reorganisation_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One act with its hand-over, to be read by both sides and printed."""
    act = get_object_or_404(reorganisations_for(request.viewer), pk=pk)
    told = Told(act)
    own = seen_among(request.viewer, act.units.values_list("pk", flat=True))
    looks_at(request, "reorganisation", pk, min(own))
    units = [*told.givers, *told.takers]
    lineage = list(act.lineage.order_by("predecessor_id", "-share", "pk"))
    names = names_of(units, act.effective_on) | {each.unit_id: each.name for each in told.changes}
    values: dict[str, Any] = {
        "act": act,
        "told": told,
        "giving": told.names(told.givers, before=True),
        "taking": told.names(told.takers),
        "registers": registers_of(request.viewer, told),
        "shares": [
            (names.get(row.predecessor_id), names.get(row.successor_id), plain(row.share), row.keeps_archive)
            for row in lineage
        ],
        "seen": own,
    }
    return render(request, "units/reorganisation_detail.html", values)
