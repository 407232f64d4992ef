"""The pages of signing in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from motbuoc.foundation.people.selectors import accounts_called
from motbuoc.interfaces.web.accounts.forms import SignInForm
from motbuoc.interfaces.web.rights import asks_nobody
from motbuoc.interfaces.web.viewer import standing_of

DEMO_CAST = ("tw", "chuyenvien", "bithu", "dangvien", "nguoila", "thanhtra")
"""The sign-in names of the invented people one can be in the demo, in the order they are shown."""


class SignIn(LoginView):
    """Asks for name and password; in the demo, offers the cast as well."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """The form, and the cast of the demo."""
        return super().get_context_data(**values, cast=_cast() if settings.DEMO else [])


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
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)
