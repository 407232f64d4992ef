"""The ways of asking that pages know. Whatever is behind an address, ours or a library's, gets no others."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

KNOWN = ("GET", "HEAD", "POST", "OPTIONS")

Answer = Callable[[HttpRequest], HttpResponse]


def known_methods_only(get_response: Answer) -> Answer:
    """405 for every method but those of `KNOWN`. A page may take fewer, and says so itself."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in KNOWN else HttpResponseNotAllowed(KNOWN)

    return answer
