"""A person's own security: password, second factor, passkeys, sessions, identity service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.adapter import get_adapter as identity_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motbuoc.foundation.access.policy import needs_second_factor
from motbuoc.foundation.people import services
from motbuoc.foundation.people.models import Account
from motbuoc.foundation.people.selectors import factors_of, has_second_factor, identity_of, sessions_of
from motbuoc.interfaces.web.accounts.devices import device_of
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.viewer import ViewerRequest

if TYPE_CHECKING:
    from typing import Any


class AccountRequest(ViewerRequest):
    """A request of somebody who has signed in, with the account they did it by."""

    user: Account


@never_cache
@own_things("one's own ways of signing in")
def security(request: AccountRequest) -> HttpResponse:
    """Everything about how one signs in, each with what can be done about it."""
    factors = factors_of(request.user)
    by_type = {factor.type: factor for factor in factors}
    recovery = by_type.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "account": request.user,
        "has_password": request.user.has_usable_password(),
        "app": by_type.get(Authenticator.Type.TOTP),
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(recovery.wrap().get_unused_codes()) if recovery else None,
        "needs_second_factor": needs_second_factor(request.viewer),
        "second_factor_required": settings.SECOND_FACTOR_REQUIRED,
        "sessions": _sessions(request),
        "identity": identity_of(request.user),
        "services": identity_adapter().list_providers(request),
    }
    return render(request, "accounts/security.html", context)


def _sessions(request: AccountRequest) -> list[dict[str, Any]]:
    return [
        {
            "pk": session.pk,
            "device": device_of(session.user_agent),
            "ip": session.ip,
            "seen_at": session.last_seen_at,
            "is_here": session.session_key == request.session.session_key,
        }
        for session in sessions_of(request.user)
    ]


@never_cache
@own_things("one's own second factor")
def second_factor(request: AccountRequest) -> HttpResponse:
    """Why a second factor is asked for, and the two ways to have one."""
    if has_second_factor(request.user):
        return redirect("security")
    return render(request, "accounts/second_factor.html")


@require_POST
@own_things("ends a session of one's own")
def session_end(request: AccountRequest, pk: int) -> HttpResponse:
    """Sign out somewhere else."""
    if not services.end_session(actor=request.user, pk=pk):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("security")


@require_POST
@own_things("ends one's own other sessions")
def session_end_others(request: AccountRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    services.end_other_sessions(actor=request.user, request=request)
    messages.success(request, _("Signed out everywhere but here."))
    return redirect("security")


@require_POST
@own_things("unlinks one's own identity")
def identity_unlink(request: AccountRequest) -> HttpResponse:
    """Let the identity service no longer sign one in."""
    services.unlink_identity(actor=request.user)
    messages.success(request, _("The identity service no longer signs you in here."))
    return redirect("security")


class PasskeyRemove(RemoveWebAuthnView):  # type: ignore[misc]
    """Takes a passkey away, unless it is the last factor of somebody who must have one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        adapter = factor_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect("security")
        response: HttpResponse = super().form_valid(form)
        return response


passkey_remove = PasskeyRemove.as_view()
