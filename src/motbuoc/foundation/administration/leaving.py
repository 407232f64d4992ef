"""What ends with an account, and what is erased with a person: the floors above add what they keep."""

from __future__ import annotations

from collections.abc import Callable

from motbuoc.foundation.access.models import ApiToken
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person

Ending = Callable[[Person], None]


def revoke_tokens(person: Person) -> None:
    """Make all tokens of a person worthless."""
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=clock.now())


def erase_tokens(person: Person) -> None:
    """The same, and what the person called them."""
    revoke_tokens(person)
    ApiToken.objects.filter(person=person).update(name="")


AT_CLOSING: list[Ending] = [revoke_tokens]
AT_ERASING: list[Ending] = [erase_tokens]
