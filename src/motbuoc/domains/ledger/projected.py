"""Tables of what is worked out of the ledger ahead: the whole year of a figure, and figures unlike their past.

Both are made by `projecting.py` of accepted figures alone and can be made again at any time; nobody writes them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.submitted import DIGITS, PLACES, ReportingPeriod, Schedule, Submission
from motbuoc.foundation.units.models import Unit


class Showing(models.TextChoices):
    """Whether a projection is shown, or why there is none."""

    SHOWN = "shown", _("Shown")
    FEW = "few", _("Not enough periods yet.")
    GAPS = "gaps", _("Too many periods lack units.")
    YEAR_GAP = "year_gap", _("A period of this year lacks units or the figure: its sum is not the whole.")
    SMALL = "small", _("The figure is too small to be projected.")
    NOT_BETTER = "not_better", _("No better than guessing by the period before.")
    NOT_HONEST = "not_honest", _("Its intervals held too seldom on earlier periods.")
    OVER = "over", _("The year is whole.")


class Projection(models.Model):
    """What a year brings by its end: one indicator of a unit with all below it, under one schedule.

    Made of the periods up to `period`, the last one whose units are all in; `periods` had a figure, `gaps` of
    those between lacked units or had others, in `blanks` some unit left the figure blank. `so_far` is what the
    year has brought; `lower` and `upper` hold the year's figure in `level` percent of cases. `error` and
    `naive_error` are the mean absolute errors of it and of the naive forecast over the same `held_back` periods;
    `is_seasonal`: the naive one was the same periods of the year before. `inside` of `judged` intervals held what
    came. `inputs` is the digest of all it was made of.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="projections")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+")
    showing = models.CharField(max_length=10, choices=Showing.choices)
    amount = models.DecimalField(max_digits=38, decimal_places=PLACES, null=True)
    lower = models.DecimalField(max_digits=38, decimal_places=PLACES, null=True)
    upper = models.DecimalField(max_digits=38, decimal_places=PLACES, null=True)
    so_far = models.DecimalField(max_digits=38, decimal_places=PLACES, null=True)
    level = models.PositiveSmallIntegerField()
    error = models.FloatField(null=True)
    naive_error = models.FloatField(null=True)
    is_seasonal = models.BooleanField(default=False)
    held_back = models.PositiveSmallIntegerField(default=0)
    inside = models.PositiveSmallIntegerField(default=0)
    judged = models.PositiveSmallIntegerField(default=0)
    periods = models.PositiveSmallIntegerField(default=0)
    gaps = models.PositiveSmallIntegerField(default=0)
    blanks = models.PositiveSmallIntegerField(default=0)
    inputs = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "unit", "indicator"], name="projection_once"),
            models.CheckConstraint(
                condition=~Q(showing=Showing.SHOWN)
                | Q(amount__isnull=False, lower__isnull=False, upper__isnull=False, error__isnull=False),
                name="projection_shown_has_interval",
            ),
            models.CheckConstraint(condition=Q(showing__in=Showing.values), name="projection_showing_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.indicator_id}: {self.amount}"


class Jump(models.Model):
    """A unit's accepted figure that is unlike all its earlier ones: an early sign, by `usual.is_jump`.

    `middle`, `smallest` and `largest` are those of its `count` figures of the periods before.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="jumps")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    middle = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    smallest = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    largest = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "indicator"], name="jump_once")]

    def __str__(self) -> str:
        return f"{self.submission_id}, {self.indicator_id}: {self.amount}"
