"""Tables of what is sealed: who wanted to be known, and words that were taken off a page.

Nothing refers to a row and a row refers to nothing: its handle is a keyed digest of what it belongs to, so who
reads the tables without the installation's key can join nothing. Only `listening.privacy` reads and writes them.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.units.models import Unit


class Purpose(models.TextChoices):
    """What something sealed may be opened for; the law behind each is in `privacy.BASES`."""

    REPLY = "reply", _("To send the written reply that was asked for")
    PETITION = "petition", _("To deal with what the law wants signed")
    MODERATION = "moderation", _("To look again at words that were taken off a page")


class Sealed(models.Model):
    """Something that only an opening shows, encrypted, until its last day."""

    class Kind(models.TextChoices):
        """What is sealed."""

        IDENTITY = "identity", _("A name and how to reach it")
        WORDS = "words", _("Words taken off a page")

    handle = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    content = models.TextField()
    kept_until = models.DateField()

    class Meta:
        ordering = ["handle"]
        indexes = [models.Index(fields=["kept_until"], name="sealed_until")]

    def __str__(self) -> str:
        return self.handle[:8]


class Opening(models.Model):
    """That something sealed was opened: by which unit, what for, why, and until when it may be used.

    Told to whoever holds the receipt. Who opened it stands in the history. It outlives what was opened, until the
    receipt's own time is over.
    """

    handle = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=8, choices=Sealed.Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    need = models.CharField(max_length=500)
    opened_on = models.DateField()
    use_until = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.opened_on} {self.purpose}"
