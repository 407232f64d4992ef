"""Every page that an inspector is shown through their window is written down before it leaves."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motbuoc.foundation.administration.inspections import LIST, Look, inspects, note_look
from motbuoc.interfaces.web.viewer import viewer_of

AT_A_LIST = Look(LIST, 0, None)
SHOWS_NOTHING = ("allauth.", "motbuoc.interfaces.web.accounts.", "motbuoc.interfaces.web.gallery.", "django.")
"""Where the pages live that show nothing of anybody's work; every other page is a look unless it fails."""


OWN = {"invitation_accept", "stand_in_own", "stand_in_add", "stand_in_end"}
"""Pages about oneself among the others."""


def looks_at(request: HttpRequest, object_type: str, object_id: int, unit_id: int) -> None:
    """Say what the page shows: an object, and the unit it belongs to. A page that says nothing is a list."""
    request._look = Look(object_type, object_id, unit_id)  # type: ignore[attr-defined]


def look_to_keep(request: HttpRequest) -> Look | None:
    """What has to be kept with a page that is remembered: what it shows, if it was made for an inspector."""
    viewer = viewer_of(request)
    return getattr(request, "_look", AT_A_LIST) if viewer and inspects(viewer) else None


def look_again(request: HttpRequest, kept: Look | None) -> None:
    """The page is served from memory, with what was kept; None: to nobody who inspects."""
    request._look = kept  # type: ignore[attr-defined]


class LookMiddleware:
    """Writes down what an inspector is about to be shown; without the line there is no page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match, look = request.resolver_match, getattr(request, "_look", AT_A_LIST)
        if look is None or match is None or request.method != "GET" or response.status_code not in (200, 206):
            return response
        viewer = viewer_of(request)
        if viewer and match.url_name not in OWN and not f"{match.func.__module__}.".startswith(SHOWS_NOTHING):
            note_look(viewer, look, match.url_name or "")
        return response
