"""Reads about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import LINE_OF_SUCCESSION, Account, Person, Position, PositionTitle
from vanban.text import fold

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""


def accounts_called(usernames: Iterable[str]) -> QuerySet[Account]:
    """The usable accounts with these sign-in names, each with its person."""
    return Account.objects.filter(username__in=list(usernames), is_active=True).select_related("person")


def named(words: str, prefix: str = "") -> Q:
    """The condition that each of `words` begins a word of a person's name, with or without marks; `prefix` is the
    lookup path to the person, ending in `__`."""
    found = Q()
    for word in fold(words).split():
        begins = Q(**{f"{prefix}folded_name__startswith": word})
        found &= begins | Q(**{f"{prefix}folded_name__contains": f" {word}"})
    return found


def username_of(person: Person) -> str:
    """The name by which a person signs in; empty without an account."""
    return Account.objects.filter(person=person).values_list("username", flat=True).first() or ""


def _title_rows(*, person: int, day: date) -> QuerySet[Position, tuple[str, str]]:
    held = Position.objects.filter(in_force(day), in_force(day, "unit__versions__"), person=person)
    return held.order_by("pk").values_list("title", "unit__versions__short_name")


_titles = Prepared(_title_rows)  # asked by the frame of every page


def titles_of(person_id: int, on: date) -> list[tuple[PositionTitle, str]]:
    """The positions a person holds on the day `on`: the title, and the short name of the unit on that day."""
    return [(PositionTitle(title), unit) for title, unit in _titles(person=person_id, day=on)]


def in_line(unit_id: int, on: date) -> list[Position]:
    """The positions whose holders can answer for a unit on the day, who answers first first; with persons."""
    held = Position.objects.filter(in_force(on), unit=unit_id, title__in=LINE_OF_SUCCESSION)
    rank = [title.value for title in LINE_OF_SUCCESSION]
    return sorted(held.select_related("person"), key=lambda p: (rank.index(p.title), p.valid_from, p.pk))


def first_in_line(on: date) -> QuerySet[Position]:
    """Of each unit the position whose holder answers for it first on the day."""
    rank = Case(*(When(title=title, then=Value(place)) for place, title in enumerate(LINE_OF_SUCCESSION)))
    same = Position.objects.filter(in_force(on), unit=OuterRef("unit"), title__in=LINE_OF_SUCCESSION)
    first = same.annotate(rank=rank).order_by("rank", "valid_from", "pk").values("pk")[:1]
    return Position.objects.filter(in_force(on), title__in=LINE_OF_SUCCESSION, pk=Subquery(first))


def account_of_email(email: str) -> Account | None:
    """The usable account with this e-mail, whatever its capitals."""
    return Account.objects.filter(email__iexact=email, is_active=True).first() if email else None


def has_second_factor(account: Account) -> bool:
    """Whether signing in to the account takes more than the password."""
    return bool(Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS).exists())


def factors_of(account: Account) -> list[Authenticator]:
    """Second factors and recovery codes of the account, the oldest first."""
    return list(Authenticator.objects.filter(user=account).order_by("created_at", "pk"))


def identity_of(account: Account) -> SocialAccount | None:
    """Whom the organisation's identity service knows the account by, if it has been linked."""
    return SocialAccount.objects.filter(user=account).first()


def sessions_of(account: Account) -> list[UserSession]:
    """Where the account is signed in, the latest seen first."""
    living = UserSession.objects.purge_and_list(account)
    return sorted(living, key=lambda session: session.last_seen_at, reverse=True)


def person_of(pk: int) -> Person:
    """The person with this id, in whose name something goes on in the background.

    Raises:
        Person.DoesNotExist: there is nobody.
    """
    return Person.objects.get(pk=pk)
