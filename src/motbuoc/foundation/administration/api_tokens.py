"""Tokens of the programming interface: a program acts for a person, never beyond what that person may do."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import ApiToken
from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.sign_in import home_of
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.people.selectors import has_second_factor

PREFIX = "mb_"  # so that scanners of repositories and logs know it for a secret
LONGEST_DAYS = 366
MOST = 20  # of one person, in use at once


@dataclass(frozen=True)
class MadeToken:
    """A fresh token and its key, which is shown this once and kept nowhere."""

    token: ApiToken
    key: str


def digest_of(key: str) -> str:
    """What is kept of a key (256 bits): a digest made with the installation's secret."""
    return salted_hmac("motbuoc.api_token", key, algorithm="sha256").hexdigest()


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """A person's tokens that can still be used, the newest first."""
    return ApiToken.objects.filter(person=person, revoked_at=None, expires_on__gte=clock.today()).order_by("-pk")


@transaction.atomic
def make_token(*, actor: Person, name: str, scopes: Collection[str], expires_on: date) -> MadeToken:
    """A token by which a program acts for `actor`, up to and including the day `expires_on`.

    Raises:
        NotAllowed: the actor belongs to no unit.
        Refusal: no scope, an unknown one, a day that is past or more than a year away, or too many tokens.
    """
    unit = home_of(actor)
    if unit is None:
        raise NotAllowed(_("You belong to no unit yet. Ask your office to appoint you first."))
    if not scopes or set(scopes) - set(SCOPES):
        raise Refusal(_("Choose what the token is for."))
    if not clock.today() <= expires_on <= clock.today() + timedelta(days=LONGEST_DAYS):
        raise Refusal(_("Choose a last day from today on, at most a year away."))
    if tokens_of(actor).count() >= MOST:
        raise Refusal(
            _("You have %(most)s tokens already. Take one back that is no longer used.") % {"most": MOST}
        )
    key = PREFIX + secrets.token_urlsafe(32)
    kept = [scope for scope in SCOPES if scope in scopes]
    token = ApiToken.objects.create(
        person=actor,
        name=name.strip(),
        digest=digest_of(key),
        scopes=kept,
        made_at=clock.now(),
        expires_on=expires_on,
    )
    values = {"scopes": kept, "expires_on": expires_on.isoformat()}
    record(actor, Act("make_token", "api_token", token.pk, unit, values))
    return MadeToken(token, key)


@transaction.atomic
def revoke_token(*, actor: Person, pk: int) -> ApiToken | None:
    """Make one of the actor's own tokens worthless at once; None where there is none of theirs."""
    token = tokens_of(actor).filter(pk=pk).first()
    if token:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        if (unit := home_of(actor)) is not None:  # a line is always that of a unit
            record(actor, Act("revoke_token", "api_token", token.pk, unit))
    return token


def person_behind(key: str) -> Person | None:
    """The person a key stands for, limited to its scopes; None for a key that is wrong, over or taken back, or of
    somebody who still has to set up a second factor."""
    found = ApiToken.objects.select_related("person__account").filter(digest=digest_of(key), revoked_at=None)
    token = found.filter(expires_on__gte=clock.today(), person__account__is_active=True).first()
    if token is None:
        return None
    must_have = settings.SECOND_FACTOR_REQUIRED and policy.needs_second_factor(token.person)
    if must_have and not has_second_factor(token.person.account):  # as on the pages, until they have one
        return None
    if token.used_on != clock.today():
        ApiToken.objects.filter(pk=token.pk).update(used_on=clock.today())
    return policy.limit(token.person, frozenset().union(*(SCOPES[scope] for scope in token.scopes)))
