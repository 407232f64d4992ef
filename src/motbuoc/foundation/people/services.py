"""Writes about how people sign in: sessions, second factors, the link to an identity service."""

from __future__ import annotations

import time

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.internal.flows.sessions import end_other_sessions as _end_others
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Account
from motbuoc.foundation.people.selectors import factors_of, identity_of, sessions_of

SEEN_EVERY = 5 * 60
"""Seconds between two notes of when a session was last seen: not every page shall write."""


def note_seen(request: HttpRequest) -> None:
    """Note that the session of the request is in use now, from where and by which browser."""
    UserSession.objects.create_from_request(request)
    request.session["seen_at"] = int(time.time())


def note_seen_again(request: HttpRequest) -> None:
    """`note_seen` if the last note of this session is old."""
    noted = request.session.get("seen_at")
    if noted is not None and time.time() - noted > SEEN_EVERY:
        note_seen(request)


def end_session(*, actor: Account, pk: int) -> bool:
    """End one session of the actor's own, not the present one; False if there is no such session."""
    for session in sessions_of(actor):
        if session.pk == pk and not session.is_current():
            session.end()
            return True
    return False


def end_other_sessions(*, actor: Account, request: HttpRequest) -> None:
    """End every session of the actor's own but the one of the request."""
    _end_others(request, actor)


@transaction.atomic
def remove_second_factors(account: Account) -> int:
    """Take all second factors and recovery codes off an account whose person has lost them, and end its sessions.

    Returns:
        how many there were.
    """
    factors = factors_of(account)
    for factor in factors:
        factor.delete()
    for session in sessions_of(account):
        session.end()
    return len(factors)


def forget_claims(identity: SocialAccount) -> None:
    """Keep of what the identity service said about a person only whom it means."""
    identity.extra_data = {}
    if identity.pk:
        identity.save(update_fields=["extra_data"])


def unlink_identity(*, actor: Account) -> None:
    """Forget whom the identity service knows the actor by.

    Raises:
        Refusal: the account has no password, so that nobody could sign in to it any more.
    """
    if not actor.has_usable_password():
        raise Refusal(_("Set a password first: without it you could not sign in any more."))
    if identity := identity_of(actor):
        identity.delete()
