"""Writes of notices: made in bulk by those who find what is due, read by those they are for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.people.models import Person

AT_ONCE = 1000  # rows in one statement


def notify(notices: Iterable[Notice]) -> None:
    """Keep the notices, each once: one whose key is there already changes nothing.

    Called by the practices, in the transaction in which they note that they have looked.
    """
    Notice.objects.bulk_create(notices, batch_size=AT_ONCE, ignore_conflicts=True)


def mark_read(*, actor: Person, pk: int | None = None) -> datetime:
    """Mark one of the actor's notices as read, or all of them; the moment, by which `mark_unread` undoes it."""
    now = clock.now()
    unread = Notice.objects.filter(person=actor, read_at__isnull=True)
    (unread if pk is None else unread.filter(pk=pk)).update(read_at=now)
    return now


def mark_unread(*, actor: Person, moment: datetime | None = None, pk: int | None = None) -> int:
    """Take back what was marked as read at a moment, or one notice; how many."""
    read = Notice.objects.filter(person=actor, read_at__isnull=False)
    return read.filter(pk=pk).update(read_at=None) if pk else read.filter(read_at=moment).update(read_at=None)
