"""The counters of opinions: those that came, and those dealt with, in time or not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.counters import Counter, declare
from motbuoc.domains.listening.models import Opinion
from motbuoc.domains.listening.states import OpinionState


def said(units: Collection[int], start: date, end: date) -> QuerySet[Opinion]:
    """Opinions said to the units in the days."""
    rows = Opinion.objects.filter(box__unit__in=units, said_on__range=(start, end))
    return rows.annotate(counted_for=F("box__unit_id"))


def settled(units: Collection[int], start: date, end: date) -> QuerySet[Opinion]:
    """Opinions that the units answered or heeded in the days."""
    done = (OpinionState.ANSWERED, OpinionState.HEEDED)
    rows = Opinion.objects.filter(unit__in=units, state__in=done, settled_on__range=(start, end))
    return rows.annotate(counted_for=F("unit_id"))


def settled_in_time(units: Collection[int], start: date, end: date) -> QuerySet[Opinion]:
    """Of these, the ones answered or heeded by their day."""
    return settled(units, start, end).filter(settled_on__lte=F("due_on"))


declare(Counter("opinion.said", _("Opinions that came"), said, "opinion_detail", str))
declare(Counter("opinion.settled", _("Opinions answered or heeded"), settled, "opinion_detail", str))
declare(
    Counter("opinion.in_time", _("Opinions answered or heeded in time"), settled_in_time, "opinion_detail", str)
)
