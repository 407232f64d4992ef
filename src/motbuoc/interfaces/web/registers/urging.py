"""Pages of urging: whom to urge, and who was urged with what outcome."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.registers.selectors import late_for, outcomes_of, own_units, urgings_for
from motbuoc.domains.registers.urging import draft_urging
from motbuoc.domains.work.board_queries import below_names
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.registers.forms import LateFilter, UrgingForm
from motbuoc.interfaces.web.registers.outgoing import PAGE_SIZE
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from vanban.text import fold

MOST = 300  # late duties shown at once
OUTCOMES: dict[str, tuple[Any, str, str]] = {
    "done": (gettext_lazy("Handed in after the letter"), "done", "is-done"),
    "heard": (gettext_lazy("Reported after the letter"), "half", "is-moving"),
    "waiting": (gettext_lazy("Still time to answer"), "hourglass", "is-waiting"),
    "nothing": (gettext_lazy("Nothing followed"), "warning", "is-overdue"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_BOARD, do=Action.DECIDE_ASSIGNMENT)
def urging_draft(request: ViewerRequest) -> HttpResponse:
    """Choose late duties, of all or of what the address narrows to, and have the letter written in one click."""
    rows = list(_asked_for(request)[:MOST])
    form = UrgingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            chosen = {int(pk) for pk in request.POST.getlist("late") if pk.isdecimal() and len(pk) < 19}
            return redirect("outgoing_detail", _letter(request, rows, chosen, form.cleaned_data["answer_by"]))
    values = {
        "rows": [(row, (clock.today() - (row.judged_from or row.due_on)).days) for row in rows],
        "form": form,
        "is_narrow": bool(request.GET),
    }
    return render(request, "registers/urging_draft.html", values, status=422 if form.errors else 200)


def _asked_for(request: ViewerRequest) -> Any:
    """The late duties of the address: narrowed as the list of tasks is, or (`under`, `called`) as a board is."""
    today = clock.today()
    asked = LateFilter(request.GET)
    found = late_for(request.viewer).filter(asked.narrowing().condition(today))
    if under := asked.cleaned_data.get("under"):
        found = found.filter(unit__in=policy.below([under], today))
    if words := tuple(fold(asked.cleaned_data.get("called") or "").split()):
        found = found.filter(unit__in=below_names(words, today))
    return found


def _letter(request: ViewerRequest, rows: list[Any], chosen: set[int], answer_by: Any) -> int:
    picked = [row for row in rows if row.pk in chosen]
    if not picked:
        raise Refusal(_("Choose the late duties first."))
    issuers = {row.document.unit_id for row in picked}
    if len(issuers) > 1:
        raise Refusal(_("One letter is from one unit. Choose duties of directives of the same unit."))
    unit = picked[0].document.unit
    if unit.pk not in {own.pk for own in own_units(request.viewer)}:
        raise NotAllowed(_("No unit has given you its registers to keep."))
    return draft_urging(
        actor=request.viewer, unit=unit, assignment_ids=[row.pk for row in picked], answer_by=answer_by
    ).pk


@require_safe
@remembered
@asks(Action.VIEW_BOARD)
def urging_list(request: ViewerRequest) -> HttpResponse:
    """Who was urged, for what, by which letter, and what followed."""
    page = Paginator(urgings_for(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(row, OUTCOMES[row.outcome]) for row in outcomes_of(page, clock.today())]
    urges = policy.may(request.viewer, Action.DECIDE_ASSIGNMENT)
    return render(request, "registers/urging_list.html", {"page": page, "rows": rows, "urges": urges})
