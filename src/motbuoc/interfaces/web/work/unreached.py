"""Who could not be told of the work of one's department."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motbuoc.domains.work.unreached import unreached_for
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_safe
@asks(Action.VIEW_ASSIGNMENT, do=Action.DECIDE_ASSIGNMENT)
def unreached_list(request: ViewerRequest) -> HttpResponse:
    """People to whom the last message about the department's tasks did not arrive, and what to do."""
    return render(request, "work/unreached_list.html", {"rows": unreached_for(request.viewer)})
