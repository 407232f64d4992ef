"""What is looked at on every page of somebody who has signed in: the session, and the second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from motbuoc.foundation.access.policy import needs_second_factor
from motbuoc.foundation.people.models import Account
from motbuoc.foundation.people.selectors import has_second_factor
from motbuoc.foundation.people.services import note_seen_again

Answer = Callable[[HttpRequest], HttpResponse]

SET_UP = {
    "second_factor",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "sign_out",
    "account_logout",
    "language_switch",
}
"""The pages that stand open to somebody who must have a second factor and has none yet."""


class SessionSeenMiddleware:
    """Notes every few minutes that a session is in use, for the list of a person's sessions."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            note_seen_again(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Sends people who may issue or administer, and have no second factor, to where they set one up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """None lets the page answer."""
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(request.user, Account):
            return None
        here = request.resolver_match.url_name if request.resolver_match else None
        # The last one cannot be taken away (adapters.FactorAdapter), so the session may remember that it is there.
        if here in SET_UP or request.session.get("has_second_factor"):
            return None
        if not needs_second_factor(request.user.person):
            return None
        if has_second_factor(request.user):
            request.session["has_second_factor"] = True
            return None
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(reverse("second_factor"))
        return redirect("second_factor")
