"""How django-allauth behaves here: closed to strangers, our limits, our words."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from motbuoc.foundation.access.policy import needs_second_factor
from motbuoc.foundation.administration.sign_in import note_sign_in_change
from motbuoc.foundation.people.models import Account
from motbuoc.foundation.people.selectors import SECOND_FACTORS, account_of_email, factors_of
from motbuoc.foundation.people.services import forget_claims, note_seen
from motbuoc.interfaces.web.accounts.known_browsers import make_known
from motbuoc.interfaces.web.accounts.limits import count_try, counter_of, minutes_to_wait

SAID: dict[str, Any] = {
    "account/messages/password_changed.txt": _lazy(
        "The password was changed. You were signed out everywhere else."
    ),
    "account/messages/password_set.txt": _lazy("The password was set."),
    "mfa/messages/totp_activated.txt": _lazy("From now on signing in also asks for a code of the app."),
    "mfa/messages/totp_deactivated.txt": _lazy("Signing in no longer asks for a code of the app."),
    "mfa/messages/webauthn_added.txt": _lazy("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": _lazy("The passkey was removed."),
    "socialaccount/messages/account_connected.txt": _lazy("The identity service now knows you here."),
}
"""What is said of which event; of all others nothing, for the page itself shows them."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in by name and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _lazy(
            "The sign-in name or the password is wrong. Check both and try again."
        ),
        "incorrect_password": _lazy("This is not your password."),
        "enter_current_password": _lazy("This is not your present password."),
        "incorrect_code": _lazy("This code is wrong or no longer valid. Try the next one."),
        "too_many_login_attempts": _lazy("Too many wrong tries. Wait five minutes and try again."),
        "rate_limited": _lazy("Too many wrong tries. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody gets an account by themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at.

        Raises:
            ValidationError: there were too many.
        """
        counter = counter_of(request, credentials.get("username", ""))
        self._login_failed_rl_usage = count_try(
            request, counter
        )  # allauth takes it back when the password is right
        if self._login_failed_rl_usage is None:
            minutes = minutes_to_wait(request, counter)
            raise ValidationError(
                ngettext(
                    "Too many wrong tries. Wait %(minutes)s minute and try again.",
                    "Too many wrong tries. Wait %(minutes)s minutes and try again.",
                    minutes,
                )
                % {"minutes": minutes},
                code="too_many_login_attempts",
            )

    def post_login(self, request: HttpRequest, user: Account, **how: Any) -> HttpResponse:
        """Remember the browser and the session."""
        response: HttpResponse = super().post_login(request, user, **how)
        make_known(request, response, user.username)
        note_seen(request)
        return response

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not within a quarter of an hour after signing in: who has just typed a password is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0)
        return time.time() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def is_safe_url(self, url: str) -> bool:
        """Only pages of the host that was asked."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the password was."""
        return reverse("security")

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Called after every change of how somebody signs in: it leaves a line of history, and a mail if set."""
        note_sign_in_change(user, template_prefix.rpartition("/")[2])
        super().send_notification_mail(template_prefix, user, context, email)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all."""
        if words := message or SAID.get(message_template or ""):
            messages.add_message(request, level, words, extra_tags)


def _lock() -> Fernet:
    """Another signing key is another lock: whoever changes it has all second factors set up anew."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"motbuoc second factors").derive(settings.SECRET_KEY.encode())
    return Fernet(urlsafe_b64encode(derived))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _lazy(
            "Your work here asks for a second factor. Add another one before you take this one away."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of second factors lie in the database locked with a key made from the installation's own."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was."""
        return _lock().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who must have one."""
        if not settings.SECOND_FACTOR_REQUIRED or not needs_second_factor(authenticator.user.person):
            return True
        factors = [factor for factor in factors_of(authenticator.user) if factor.type in SECOND_FACTORS]
        return len(factors) > 1

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner names it."""
        number = sum(factor.type == type for factor in factors_of(user)) + 1
        return _("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The organisation's own identity service."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody gets an account by themselves."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, know people by the e-mail that the service has verified and that their account has.

        Raises:
            ImmediateHttpResponse: what the service said does not fit together, with a page that says so.
        """
        said = sociallogin.account.extra_data
        subjects = {claims["sub"] for claims in (said.get("id_token"), said.get("userinfo")) if claims}
        if "id_token" not in said or subjects != {sociallogin.account.uid}:
            raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=403))
        forget_claims(sociallogin.account)
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        for address in sociallogin.email_addresses:
            account = account_of_email(address.email) if address.verified else None
            if account:
                sociallogin.connect(request, account)
                return

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to where the link was asked for."""
        return reverse("security")
