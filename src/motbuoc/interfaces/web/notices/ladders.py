"""The ladder of a unit: who is told when, changed as a table, tried on a task before it is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.domains.work.foreseeing import example_for, foreseen
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision
from motbuoc.foundation.notices.ladders import (
    Steps,
    change_ladder,
    drop_ladder,
    kinds_below,
    ladder_of,
    steps_of,
)
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.foundation.units.models import Unit
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.notices.forms import PatienceForm, RungForms
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.units.words import kind_label
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.VIEW_BOARD, send=Action.ISSUE_DIRECTIVE)
def unit_ladder(request: ViewerRequest, pk: int) -> HttpResponse:
    """The ladder that holds for the documents of a unit; who issues for it may change it."""
    unit = get_object_or_404(units_for(request.viewer, clock.today()), pk=pk)
    looks_at(request, "unit", pk, pk)
    policy.require(request.viewer, Action.VIEW_BOARD, pk)
    if request.method == "POST":
        policy.require(request.viewer, Action.ISSUE_DIRECTIVE, pk)
    ladder, steps, owner = ladder_of(unit)
    kinds = [(kind, kind_label(kind)) for kind in kinds_below(unit, clock.today())]
    posted = request.POST if request.method == "POST" else None
    rungs = RungForms(posted, initial=[_initial(step) for step in steps.all()], prefix="rung")
    patience = PatienceForm(posted, kinds=kinds, initial=steps.patience, prefix="patience")
    status = 200
    if posted is not None:
        if rungs.is_valid() and patience.is_valid():
            typed = steps_of([s for f in rungs if (s := f.step())], patience.patience())
            if "preview" in posted:
                steps = typed
            elif (answer := _keep(request, unit, typed, patience)) is not None:
                return answer
            else:
                status = 422
        else:
            status = 422
    context = {
        "unit": unit,
        "rungs": rungs,
        "patience": patience,
        "version": ladder.version if ladder else "",
        "is_own": ladder is not None,
        "owner": names_of([owner], clock.today()).get(owner) if owner and not ladder else None,
        "may_change": policy.may_on(request.viewer, Action.ISSUE_DIRECTIVE, pk),
        "is_preview": bool(posted) and "preview" in (posted or {}),
        **_example(request, unit, steps),
    }
    return render(request, "notices/unit_ladder.html", context, status=status)


def _initial(step: Any) -> dict[str, Any]:
    return {name: getattr(step, name) for name in ("occasion", "days", "recipient", "reach")}


def _keep(request: ViewerRequest, unit: Unit, typed: Steps, patience: PatienceForm) -> HttpResponse | None:
    """Where one goes after keeping it; None: it was refused, and the form says why."""
    version = request.POST.get("version", "")
    with patience.refusals():
        try:
            change_ladder(
                actor=request.viewer,
                unit=unit,
                version=int(version) if version.isdigit() and len(version) < 9 else None,
                rungs=typed.all(),
                patience=typed.patience,
            )
        except Collision as collision:
            patience.refuse(collision)
            return None
        messages.success(request, _("The ladder holds from today on."))
        return redirect("unit_ladder", unit.pk)
    return None


def _example(request: ViewerRequest, unit: Unit, steps: Steps) -> dict[str, Any]:
    example = example_for(request.viewer, unit)
    return {"example": example, "foreseen": foreseen(example, steps) if example else []}


@require_POST
@asks(Action.VIEW_UNIT, do=Action.ISSUE_DIRECTIVE)
def unit_ladder_drop(request: ViewerRequest, pk: int) -> HttpResponse:
    """Go back to the ladder of the unit above, or the common one."""
    unit = get_object_or_404(units_for(request.viewer, clock.today()), pk=pk)
    drop_ladder(actor=request.viewer, unit=unit)
    messages.success(request, _("The unit has no ladder of its own any more."))
    return redirect("unit_ladder", pk)
