"""The page that says in plain words what is kept of whoever writes, for how long, and who sees it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motbuoc.domains.listening.processing import set_up
from motbuoc.interfaces.web.rights import asks_nobody


@require_safe
@asks_nobody("whoever is listened to may read what is kept of them")
def privacy(request: HttpRequest) -> HttpResponse:
    """What holds in this installation, drawn from how it is set up."""
    return render(request, "listening/privacy.html", set_up())
