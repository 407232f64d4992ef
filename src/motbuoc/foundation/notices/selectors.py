"""Reads of a person's own notices."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet, Subquery
from django.db.models.functions import Coalesce

from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.history.models import HistoryHead
from motbuoc.foundation.notices.models import CalendarAddress, Notice, Preference, PushSubscription
from motbuoc.foundation.people.models import Person


def notices_of(viewer: Person, *, unread_only: bool = False) -> QuerySet[Notice]:
    """The viewer's notices, the newest first."""
    mine = Notice.objects.filter(person=viewer).order_by("-made_at", "-pk")
    return mine.filter(read_at__isnull=True) if unread_only else mine


def _news_rows(*, person: int) -> QuerySet[HistoryHead, tuple[int, int]]:
    unread = Notice.objects.filter(person=person, read_at__isnull=True).order_by().values("person")
    counted = Coalesce(Subquery(unread.annotate(many=Count("pk")).values("many")), 0)
    return HistoryHead.objects.filter(pk=1).values_list(F("count") - F("looks"), counted)


_news = Prepared(_news_rows)  # asked by every page


def news_for(person_id: int) -> tuple[int, int]:
    """How many lines of history tell of a write, and how many notices of a person are unread: one query.

    What a remembered page rests on: a new notice, or one read, makes the pages of that person anew.
    """
    return next(iter(_news(person=person_id)), (0, 0))


def unread_count(person_id: int) -> int:
    """How many of a person's notices are unread."""
    return Notice.objects.filter(person=person_id, read_at__isnull=True).count()


def preference_of(person: Person) -> Preference:
    """How the person wants to be told: their row, or one with the defaults, not saved."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def browsers_of(person: Person) -> QuerySet[PushSubscription]:
    """The browsers of a person that take push messages, the oldest first."""
    return PushSubscription.objects.filter(person=person).order_by("pk")


def has_calendar_address(person: Person) -> bool:
    """Whether somebody can fetch the person's calendar by a secret address."""
    return CalendarAddress.objects.filter(person=person).exists()
