"""Reads of the history."""

from __future__ import annotations

from django.db.models import F, QuerySet

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.history.models import HistoryHead, HistoryLine
from motbuoc.foundation.people.models import Person


def writes_so_far() -> int:
    """How many lines tell of a write: who sees the same number twice knows that nothing was written meanwhile."""
    return HistoryHead.objects.filter(pk=1).values_list(F("count") - F("looks"), flat=True).first() or 0


def history_of(viewer: Person, object_type: str, object_id: int) -> QuerySet[HistoryLine]:
    """The lines about one object that `viewer` may see, oldest first."""
    lines = HistoryLine.objects.filter(object_type=object_type, object_id=object_id)
    return lines.filter(unit__in=policy.reach(viewer, Action.VIEW_HISTORY)).select_related("actor").order_by("pk")
