"""Writes of notices: made in bulk by those who find what is due, read by those they are for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.people.models import Person

AT_ONCE = 500  # rows in one statement
COLUMNS = (
    "person_id",
    "occasion",
    "parameters",
    "object_type",
    "object_id",
    "unit_id",
    "reach",
    "key",
    "made_at",
)


@dataclass(frozen=True, slots=True)
class News:
    """A notice before it is kept: `since` is the day it counts from, `key` what makes it once."""

    person: int
    occasion: str
    since: date
    object_type: str
    object_id: int
    unit: int
    reach: str
    key: str


def notify(news: Iterable[News]) -> None:
    """Keep a notice of each, once: one whose key is there already changes nothing.

    Called by the practices, in the transaction in which they note that they have looked.
    """
    now = connection.ops.adapt_datetimefield_value(clock.now())
    rows = [
        (n.person, n.occasion, f'{{"on": "{n.since}"}}', n.object_type, n.object_id, n.unit, n.reach, n.key, now)
        for n in news
    ]
    for start in range(0, len(rows), AT_ONCE):
        _insert(rows[start : start + AT_ONCE])


def _insert(rows: list[tuple[Any, ...]]) -> None:
    """Straight into the table: building rows of objects and their SQL took longer than all the rest of a sweep."""
    names = ", ".join(map(connection.ops.quote_name, COLUMNS))
    marks = f"({', '.join(['%s'] * len(COLUMNS))})"
    table = Notice._meta.db_table
    sql = f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * len(rows))} ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [part for row in rows for part in row])


def forget(object_type: str, object_id: int, occasion: str) -> None:
    """Take back what nobody need be told of any more: the question behind it is settled."""
    Notice.objects.filter(object_type=object_type, object_id=object_id, occasion=occasion).delete()


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
