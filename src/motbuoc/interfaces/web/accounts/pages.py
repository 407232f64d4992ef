"""The pages of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.socialaccount.adapter import get_adapter as identity_adapter
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motbuoc.foundation.people.selectors import accounts_called
from motbuoc.foundation.people.services import note_seen
from motbuoc.interfaces.web.rights import asks_nobody
from motbuoc.interfaces.web.viewer import standing_of

DEMO_CAST = ("tw", "chuyenvien", "canbo", "bithu", "dangvien", "thanhtra", "quantri", "nguoila")
"""The sign-in names of the invented people one can be in the demo, in the order they are shown."""


class SignIn(account.LoginView):  # type: ignore[misc]
    """Asks for name and password; offers passkeys, the identity service if one is set, in the demo the cast."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """The form, the identity service, and the cast of the demo."""
        context: dict[str, Any] = super().get_context_data(**values)
        services = identity_adapter().list_providers(self.request)
        return context | {"services": services, "cast": _cast() if settings.DEMO else []}


def _cast() -> list[dict[str, str]]:
    accounts = sorted(accounts_called(DEMO_CAST), key=lambda account: DEMO_CAST.index(account.username))
    return [
        {
            "username": account.username,
            "name": account.person.full_name,
            "title": standing_of(account.person).title,
        }
        for account in accounts
    ]


@require_POST
@asks_nobody("one becomes one of the invented cast, in the demo only")
def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """Become one of the cast, in the demo only."""
    account = accounts_called([username]).first() if settings.DEMO and username in DEMO_CAST else None
    if account is None:
        raise Http404
    login(request, account)
    note_seen(request)
    return redirect(settings.LOGIN_REDIRECT_URL)


@asks_nobody("for who cannot come in")
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Send a link to the account's e-mail; where no mail can be sent, say whom to ask."""
    if not settings.MAIL_READY:
        return render(request, "accounts/forgotten_password.html")
    answer: HttpResponse = account.password_reset(request)
    return answer
