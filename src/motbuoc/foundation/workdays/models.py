"""Tables of the working calendar."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person


class DayKind(models.TextChoices):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday", _("Public holiday")
    SUBSTITUTE = "substitute", _("Day off in lieu")
    SWAPPED_OFF = "swapped_off", _("Day off, swapped")
    SWAPPED_WORK = "swapped_work", _("Working day, swapped")


class CalendarYear(Versioned):
    """A year whose days somebody has confirmed; `stamp` changes with every change of its days.

    `legal_basis` is the document that decided on the year's holidays and swaps.
    """

    year = models.PositiveSmallIntegerField(unique=True)
    legal_basis = models.CharField(max_length=250, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
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


class CalendarChange(models.Model):
    """That the days of a year were confirmed or changed: all its special days before and after, and why.

    A day is a list of its date (ISO), kind, name and legal basis. `recounted_at` is the moment by which every open
    due day that was counted across a changed day had been counted anew: `moved` tasks of `units` units got another
    day. Empty: that is still under way. `failed_at` is when counting last ended in an error: it is tried again.
    """

    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="changes")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    legal_basis = models.CharField(max_length=250)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    recounted_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    moved = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(recounted_at__isnull=True), name="calendar_change_to_recount")
        ]

    def __str__(self) -> str:
        return f"{self.year_id}: {self.legal_basis}"
