"""Tables of the history."""

from __future__ import annotations

from django.db import models

from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


class HistoryLine(models.Model):
    """One act: who did what to which object of which unit, when, with what values.

    `digest` covers the act and the digest of the line before it, so that a line altered, removed or slipped in
    later is found. Triggers refuse any update or delete (migration 0002).
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    action = models.CharField(max_length=40)
    object_type = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="history_of_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


class HistoryHead(models.Model):
    """The end of the chain: one row, locked by whoever writes the next line.

    `looks`: how many of the lines tell only that somebody looked.
    """

    digest = models.CharField(max_length=64, default="")
    count = models.BigIntegerField(default=0)
    looks = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} lines"
