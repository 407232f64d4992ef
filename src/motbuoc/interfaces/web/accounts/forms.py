"""The sign-in form."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password. The answer to a wrong one never tells which of the two was wrong."""

    error_messages = {
        "invalid_login": _("The sign-in name or the password is wrong. Check both and try again."),
        "inactive": _("This account is closed. Ask whoever runs the system in your office."),
    }
