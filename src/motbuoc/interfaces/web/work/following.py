"""Pages of what a unit tracks: the list, and the button that urges."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from motbuoc.domains.work.following import followed_by, urge
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.words import days_left

PAGE_SIZE = 20


@require_safe
@remembered
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def followed_list(request: ViewerRequest) -> HttpResponse:
    """What the viewer's units track and others owe, the latest first."""
    page = Paginator(followed_by(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(row, days_left(row, clock.today())) for row in page.object_list]
    return render(request, "work/followed_list.html", {"page": page, "rows": rows})


@require_POST
@asks(Action.VIEW_ASSIGNMENT, send=(Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT))
def assignment_urge(request: ViewerRequest, pk: int) -> HttpResponse:
    """Urge the unit that owes an assignment."""
    assignment = get_object_or_404(assignments_for(request.viewer), pk=pk)
    looks_at(request, "assignment", pk, assignment.unit_id)
    count = urge(actor=request.viewer, assignment=assignment)
    words = ngettext("Urged: %(count)s person is told.", "Urged: %(count)s people are told.", count)
    messages.success(request, words % {"count": count})
    return redirect("assignment_detail", pk)
