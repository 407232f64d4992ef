"""The table of reports."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Document
from motbuoc.foundation.core import clock
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


class Report(models.Model):
    """A periodic report on a directive: its content as of a day, and the Word file made from it."""

    class State(models.TextChoices):
        """How far the making has come."""

        QUEUED = "queued", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    document = models.ForeignKey(Document, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    period_start = models.DateField()
    period_end = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    content = models.JSONField(default=dict)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="report")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_start__lte=models.F("period_end")), name="report_period_is_ordered"
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
