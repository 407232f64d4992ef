"""The tables of how likely open work is to miss its day (`estimating.py` writes them)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motbuoc.domains.work.models import Assignment


class OutlookRun(models.Model):
    """The likelihoods worked out for the morning of `day`, with the rule and how good they would have been so far.

    `brier` and `base_brier` are the Brier scores of the forecasts and of the plain base rate on the same `judged`
    occasions; `bins` is the reliability table (`outlook.Bin`). `count` occasions were known, `late` of them late.
    """

    day = models.DateField(unique=True, null=True)
    made_at = models.DateTimeField()
    lead_days = models.PositiveSmallIntegerField()
    prior = models.FloatField()
    least = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    judged = models.PositiveIntegerField()
    brier = models.FloatField(null=True)
    base_brier = models.FloatField(null=True)
    bins = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.made_at}: {self.brier} / {self.base_brier}"

    @property
    def is_better(self) -> bool:
        """Whether enough was judged, and the forecasts were nearer to what came than the base rate."""
        known = self.brier is not None and self.base_brier is not None
        return known and self.judged >= self.least and bool(self.brier < self.base_brier)  # type: ignore[operator]


class Outlook(models.Model):
    """How likely an open assignment is to miss its day, with the counts this rests on; made anew by each run.

    Only of what is likelier to be late than most, for whoever may offer help. `unit_…` count the unit's earlier
    occasions, `kind_…` those of this kind of work.
    """

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="outlook")
    likelihood = models.FloatField()
    unit_count = models.PositiveIntegerField()
    unit_late = models.PositiveIntegerField()
    kind_count = models.PositiveIntegerField()
    kind_late = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gt=0) & Q(likelihood__lt=1), name="outlook_is_never_certain"
            )
        ]
        indexes = [models.Index(fields=["-likelihood"], name="outlook_likeliest")]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.likelihood:.2f}"
