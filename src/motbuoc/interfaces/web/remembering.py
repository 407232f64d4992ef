"""Pages that are made anew only when something was written.

Every write leaves a line of history in its own transaction, so the number of such lines says whether anything at
all has changed since a page was made. As long as it has not, the same person asking for the same address on the
same day gets the same page (docs/decisions/0008). For lists and boards, which people leaf through and come
back to. The frame shows how many notices are unread: that number is read with the length of the history, in one
query.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.looking import look_again, look_to_keep
from motbuoc.interfaces.web.viewer import news_of

Page = Callable[..., HttpResponse]

CHANGES_SEEN = "changes_seen"
"""Where a session keeps the moment at which somebody said that they had seen what changed: no line tells of it."""


def remembered(page: Page) -> Page:
    """Keep what `page` answers to a GET, for the session that asked, until a line is added to the history.

    What a session sees once only (messages) is neither kept nor served from memory, nor is anything but a 200.
    """
    return remembered_with(lambda: None)(page)


def remembered_with(also: Callable[[], Any]) -> Callable[[Page], Page]:
    """As `remembered`, for a page that rests on something besides, of which no line tells.

    `also` gives what differs as soon as that does.
    """
    return lambda page: _kept(page, also)


def _kept(page: Page, also: Callable[[], Any]) -> Page:
    @wraps(page)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or len(get_messages(request)):
            return page(request, *args, **kwargs)
        memory, key = caches["pages"], _key(request, also())
        if (kept := memory.get(key)) is not None:
            get_token(request)  # the page's forms rest on the cookie, which has to go on living
            look_again(request, kept[1])
            return HttpResponse(kept[0])
        response = page(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming:
            memory.set(key, (response.content, look_to_keep(request)))
        return response

    return wrapper


def _key(request: HttpRequest, also: Any) -> str:
    """All that a page rests on: who asks in which session, for what, how, in which language, on which day."""
    parts = (
        request.session.session_key,
        request.get_full_path(),
        request.headers.get("HX-Request", ""),
        get_language(),
        clock.today().isoformat(),
        news_of(request),
        request.session.get(CHANGES_SEEN),
        also,
    )
    return sha256(repr(parts).encode()).hexdigest()
