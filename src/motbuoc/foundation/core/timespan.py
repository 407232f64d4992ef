"""Rows that hold for a span of time: half-open, from `valid_from` up to but not including `valid_until`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q


def in_force(on: date | F, prefix: str = "") -> Q:
    """The condition that a dated row holds on a day or that of a column; `prefix`: the path to it, with `__`."""
    until = f"{prefix}valid_until"
    return Q(**{f"{prefix}valid_from__lte": on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def not_over(on: date) -> Q:
    """The condition that a dated row holds on the day `on` or will."""
    return Q(valid_until__isnull=True) | Q(valid_until__gt=on)


class TimeSpan(models.Model):
    """A row that holds from `valid_from` until the day before `valid_until`; no end means until further notice."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def ordered_span(name: str) -> Any:
    """The table constraint that a span ends after it begins."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name=f"{name}_span_is_ordered"
    )
