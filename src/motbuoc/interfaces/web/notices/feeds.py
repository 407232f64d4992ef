"""What programs fetch: the calendar of whoever made its address, the worker and the manifest of push messages."""

from __future__ import annotations

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from motbuoc.domains.work.calendar import calendar_of
from motbuoc.foundation.notices.choices import person_behind
from motbuoc.foundation.notices.selectors import preference_of
from motbuoc.interfaces.papers.links import path_of
from motbuoc.interfaces.web.rights import asks_nobody


@require_safe
@cache_control(private=True, no_cache=True)
@asks_nobody("whoever knows the secret of the address; it can be withdrawn")
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of the person who made the address; not sent again as long as it has not changed."""
    person = person_behind(secret)
    if person is None:
        raise Http404
    with translation.override(preference_of(person).language):
        content = calendar_of(person, path_of)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    answer: HttpResponse = condition(etag_func=lambda *_: etag)(_calendar)(request, content)
    return answer


def _calendar(_request: HttpRequest, content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_safe
@cache_control(max_age=0, no_cache=True)
@asks_nobody("a script without anything of anybody")
def push_worker(request: HttpRequest) -> HttpResponse:
    """What a browser runs when a push message comes; at the top, so that it may open every page."""
    return render(request, "notices/push_worker.js", content_type="text/javascript; charset=utf-8")


@require_safe
@asks_nobody("the name and the sign of the product")
def web_manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone shows of the product on its first screen: some take push messages only from there."""
    icon = {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    manifest = {
        "name": "Một Bước",
        "short_name": "Một Bước",
        "lang": "vi",
        "start_url": "/",
        "display": "standalone",
    }
    return JsonResponse(manifest | {"icons": [icon]}, content_type="application/manifest+json")
