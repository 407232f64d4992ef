"""What a person chooses about being told: when and how, which browsers, and the address of their calendar."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.administration.sign_in import home_of
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.models import CalendarAddress, Preference, PushSubscription
from motbuoc.foundation.people.models import Person

MOST_BROWSERS = 10


@transaction.atomic
def set_preference(
    *, actor: Person, by_mail: bool, by_push: bool, quiet_from: int, quiet_until: int, language: str
) -> None:
    """Keep how the actor wants to be told; hours of the installation's day, 0 to 23."""
    chosen = {"by_mail": by_mail, "by_push": by_push, "quiet_from": quiet_from, "quiet_until": quiet_until}
    chosen["language"] = language  # type: ignore[assignment]
    Preference.objects.update_or_create(person=actor, defaults=chosen)
    _record(actor, "set_preference")


@transaction.atomic
def subscribe_browser(*, actor: Person, endpoint: str, p256dh: str, auth: str, device: str) -> PushSubscription:
    """Send push messages to a browser of the actor from now on.

    Raises:
        Refusal: the browser's answer is not what a push service gives, or there are too many browsers.
    """
    if urlsplit(endpoint).scheme != "https" or not p256dh or not auth:
        raise Refusal(_("This browser did not say where to send the messages. Try another one."))
    others = PushSubscription.objects.filter(person=actor).exclude(endpoint=endpoint)
    if others.count() >= MOST_BROWSERS:
        raise Refusal(_("At most %(most)s browsers. Take one away first.") % {"most": MOST_BROWSERS})
    chosen = {"person": actor, "p256dh": p256dh, "auth": auth, "device": device[:120]}
    found, _made = PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=chosen)
    _record(actor, "subscribe_browser")
    return found


@transaction.atomic
def unsubscribe_browser(*, actor: Person, pk: int) -> bool:
    """Send nothing more to one of the actor's browsers; whether there was one."""
    count, _kinds = PushSubscription.objects.filter(person=actor, pk=pk).delete()
    if count:
        _record(actor, "unsubscribe_browser")
    return bool(count)


@transaction.atomic
def make_calendar_address(*, actor: Person) -> str:
    """A new secret for the actor's calendar, told this once; one made before opens nothing any more."""
    secret = token_urlsafe(32)
    values = {"secret_hash": _hash(secret), "made_at": clock.now()}
    CalendarAddress.objects.update_or_create(person=actor, defaults=values)
    _record(actor, "make_calendar_address")
    return secret


@transaction.atomic
def withdraw_calendar_address(*, actor: Person) -> None:
    """Let nobody fetch the actor's calendar any more."""
    if CalendarAddress.objects.filter(person=actor).delete()[0]:
        _record(actor, "withdraw_calendar_address")


def person_behind(secret: str) -> Person | None:
    """Whose calendar a secret opens; nobody's where the account is closed."""
    found = CalendarAddress.objects.filter(secret_hash=_hash(secret), person__account__is_active=True)
    address = found.select_related("person").first()
    return address.person if address else None


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _record(actor: Person, action: str) -> None:
    """One line, where the actor belongs anywhere; it says that, not what, for that is their own."""
    unit = home_of(actor)
    if unit is not None:
        record(actor, Act(action, "person", actor.pk, unit))
