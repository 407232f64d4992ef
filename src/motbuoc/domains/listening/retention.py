"""How long what people wrote is kept, by kind, and its deletion when that is over.

A practice declares what it keeps (`declare`, as `dialogue.keeping` does) with a time that an installation can
change (`MOTBUOC_KEPT_DAYS`); the privacy page and the record of processing are drawn from the same list. What is
deleted is overwritten in SQLite's file; PostgreSQL frees it with its next vacuum. A backup holds what it held: it
has an end of its own (docs/guides/privacy.md).

Law 91/2025/QH15, Article 14: personal data are deleted when their purpose is reached or their time is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening import privacy
from motbuoc.foundation.core import clock


@dataclass(frozen=True)
class Kept:
    """Something that is kept for a time: `label` and `since` say what and from when on its days count, in plain
    words. `delete` deletes what is older than a day, and tells how many."""

    key: str
    label: Any
    since: Any
    usual: int
    delete: Callable[[date], int]

    @property
    def days(self) -> int:
        """For how many days it is kept in this installation."""
        days: int = settings.KEPT_DAYS.get(self.key, self.usual)
        return days


_KEPT: dict[str, Kept] = {}


def declare(kept: Kept) -> None:
    """Have something deleted in its time."""
    _KEPT[kept.key] = kept


def kept() -> list[Kept]:
    """All that is kept for a time, in the order in which it was declared."""
    return list(_KEPT.values())


def check() -> None:
    """See that every time that is set is that of something there is; asked when the program starts.

    Raises:
        ImproperlyConfigured: one is not, and would silently keep or delete nothing.
    """
    if unknown := set(settings.KEPT_DAYS) - set(_KEPT):
        raise ImproperlyConfigured(f"MOTBUOC_KEPT_DAYS: {sorted(unknown)}; there is {sorted(_KEPT)}")


def delete_what_is_over() -> dict[str, int]:
    """Delete all that has had its time; how many of each kind. Doing it twice does no harm."""
    is_alone = connection.vendor == "sqlite" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete=ON")
    found = {}
    for each in kept():
        with transaction.atomic():
            if count := each.delete(clock.today() - timedelta(days=each.days)):
                found[each.key] = count
    if is_alone and found:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what was written ahead holds it as well
    return found


def _identities(_day: date) -> int:
    """They carry their last day."""
    return privacy.delete_overdue()


declare(
    Kept("sealed", _("Names left for a reply; words taken off a page"), _("their own last day"), 0, _identities)
)
