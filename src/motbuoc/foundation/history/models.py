"""Tables of the history. Triggers (migration 0006) refuse to change or remove lines and seals."""

from __future__ import annotations

from typing import Any

from django.db import models

from motbuoc.foundation.people.models import Person, Position
from motbuoc.foundation.units.models import Unit


class HistoryLine(models.Model):
    """One act: who did what to which object of which unit, when, in what position, with what values.

    `id` is the number of the line: 1, 2, 3 … without a gap, in the order in which the writes were committed.
    `digest` covers everything of this line (`digests.leaf_of`); `personal_digest` stands in for values that may be
    erased (`HistoryPersonal`) and is empty where there never were any.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    action = models.CharField(max_length=40)
    object_type = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    request = models.CharField(max_length=12, blank=True)
    personal_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="history_of_object"),
            models.Index(fields=["at", "id"], name="history_by_time"),
            models.Index(fields=["action", "at"], name="history_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    @property
    def personal_values(self) -> dict[str, Any]:
        """The values that may be erased, as long as they are there."""
        return self.personal.values if hasattr(self, "personal") else {}

    @property
    def is_erased(self) -> bool:
        """Whether it had personal values that were erased since."""
        return bool(self.personal_digest) and not hasattr(self, "personal")


class HistoryPersonal(models.Model):
    """Personal values of one line. May be deleted, never changed: the line keeps only their salted digest."""

    line = models.OneToOneField(HistoryLine, models.PROTECT, primary_key=True, related_name="personal")
    salt = models.CharField(max_length=64)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"personal values of line {self.line_id}"


class HistorySeal(models.Model):
    """A batch of lines made fast: the Merkle root of their digests, chained to the seal before.

    `leaves` keeps the digests themselves (32 bytes each), so that the very line that was altered can be named
    even if its own digest was made anew.
    """

    number = models.BigIntegerField(primary_key=True)
    first_line = models.BigIntegerField(unique=True)
    last_line = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    leaves = models.BinaryField()
    root = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seal {self.number}"


class HistoryHead(models.Model):
    """How many lines and seals there are: one row, held by whoever writes the next ones until it has committed.

    `looks`: how many of the lines tell only that somebody looked.
    """

    count = models.BigIntegerField(default=0)
    looks = models.BigIntegerField(default=0)
    seals = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} lines"
