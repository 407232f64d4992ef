"""The forms of signing in that differ from django-allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.people.selectors import account_of_email


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password. The answer to a wrong one never tells which of the two was wrong."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = _("Sign-in name")
        attrs = self.fields["login"].widget.attrs
        attrs |= {"autocapitalize": "none", "autofocus": True}
        attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """The e-mail of an account. Only the one the account has today counts, whatever it had before."""

    def clean_email(self) -> str:
        """The e-mail, and in `users` the one account it belongs to, or none."""
        email: str = self.cleaned_data["email"]
        account = account_of_email(email)
        self.users = [account] if account else []
        return email


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for the key; what the browser answers comes in a hidden field."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Every key may also sign in alone if it can: static/js/passkeys.js asks it to.
        self.fields.pop("passwordless", None)
        self.fields["name"] = forms.CharField(label=_("Name of the passkey"), required=False, max_length=60)


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for the key."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = forms.CharField(label=_("Name of the passkey"), max_length=60)
