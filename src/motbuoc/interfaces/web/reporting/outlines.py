"""The pages of outlines: those of the units in reach and those that come with the system, copied and changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.reporting.drafts import outlines_for, units_of_outlines_for
from motbuoc.domains.reporting.outlines import NAMES, SHIPPED, cycles_of
from motbuoc.domains.reporting.outlining import change_outline, close_outline, lines_of, make_outline
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.two_versions import collided
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.reporting.forms import NewOutlineForm, OutlineForm
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_safe
@asks(Action.VIEW_REPORT)
def outline_list(request: ViewerRequest) -> HttpResponse:
    """The outlines of the units in reach, and those that come with the system."""
    values = {
        "outlines": outlines_for(request.viewer)[:200],
        "shipped": [(code, NAMES[code], len(sections)) for code, sections in SHIPPED.items()],
        "may_make": policy.may(request.viewer, Action.MAKE_REPORT),
    }
    return render(request, "reporting/outline_list.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def outline_add(request: ViewerRequest) -> HttpResponse:
    """Begin an outline, from one that comes with the system or from nothing."""
    units = [(unit.pk, unit.name) for unit in units_of_outlines_for(request.viewer)]
    copied = request.GET.get("from", "")
    first = {"name": NAMES.get(copied, ""), "cycle": _cycle_of(copied), "lines": lines_of(SHIPPED.get(copied, []))}
    form = NewOutlineForm(posted(request), initial=first, units=units)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.refusals():
            make_outline(
                actor=request.viewer,
                unit_id=said["unit"],
                name=said["name"],
                cycle=said["cycle"],
                lines=said["lines"],
            )
            return redirect("outline_list")
    return _page(request, {"form": form})


def _cycle_of(code: str) -> str:
    """The cycle of a shipped outline that is for one alone."""
    cycles = cycles_of(code)
    return cycles[0] if len(cycles) == 1 else ""


def _page(request: ViewerRequest, values: dict[str, Any]) -> HttpResponse:
    status = 409 if "collision" in values else 422 if values["form"].errors else 200
    return render(request, "reporting/outline_edit.html", values, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def outline_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change an outline, or offer it no more."""
    outline = get_object_or_404(outlines_for(request.viewer), pk=pk)
    looks_at(request, "outline", pk, outline.unit_id)
    policy.require(request.viewer, Action.MAKE_REPORT, outline.unit_id)
    stored = {
        "version": outline.version,
        "name": outline.name,
        "cycle": outline.cycle,
        "lines": lines_of(outline.sections),
    }
    form = OutlineForm(posted(request), initial=stored)
    values: dict[str, Any] = {"form": form, "outline": outline}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        what: dict[str, Any] = {"actor": request.viewer, "outline": outline, "version": said["version"]}
        with form.refusals():
            try:
                if "close" in request.POST:
                    close_outline(**what)
                else:
                    change_outline(**what, name=said["name"], cycle=said["cycle"], lines=said["lines"])
                messages.success(request, _("The outline is saved."))
                return redirect("outline_list")
            except Collision as collision:
                values |= collided(form, collision, stored)
    return _page(request, values)
