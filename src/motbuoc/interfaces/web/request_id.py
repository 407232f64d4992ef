"""Every request has an id: in its answer, in its log lines and in the lines of history that it writes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motbuoc.foundation.core import request_id

HEADER = "X-Request-ID"


class RequestIdMiddleware:
    """Gives the request an id and puts it into the answer, so that a person can name what went wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with request_id.serving() as number:
            response = self.get_response(request)
            response[HEADER] = number
            return response
