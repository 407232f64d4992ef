"""Tables of the working calendar."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core.version import Versioned


class DayKind(models.TextChoices):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday", _("Public holiday")
    SUBSTITUTE = "substitute", _("Day off in lieu")
    SWAPPED_OFF = "swapped_off", _("Day off, swapped")
    SWAPPED_WORK = "swapped_work", _("Working day, swapped")


class CalendarYear(Versioned):
    """A year whose days somebody has confirmed; `stamp` changes with every change of its days."""

    year = models.PositiveSmallIntegerField(unique=True)
    stamp = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """One day of a confirmed year that is free though a weekday, or worked though a weekend, and by what right."""

    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")
    day = models.DateField(unique=True)
    kind = models.CharField(max_length=12, choices=DayKind.choices)
    name = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=250)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="calendar_day_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
