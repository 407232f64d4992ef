"""Tables of the dated tree."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, FilteredRelation, Q, QuerySet

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import TimeSpan, in_force, ordered_span
from motbuoc.foundation.units.kinds import UnitKind

UnitsOn = Any
"""A `UnitQuerySet` with the annotations of `UnitQuerySet.on`, which the type checker cannot follow."""
UnitOn = Any
"""One unit of it: a `Unit` with its name, short_name, code, kind and parent_id on a day."""


class UnitQuerySet(QuerySet["Unit"]):
    """Units, read as they were on a day."""

    def on(self, day: date) -> UnitsOn:
        """Those that exist on `day`, with the `name`, `short_name`, `code`, `kind` and `parent_id` of then."""
        known: UnitsOn = self.annotate(dated=FilteredRelation("versions", condition=in_force(day, "versions__")))
        return known.filter(dated__isnull=False).annotate(
            name=F("dated__name"),
            short_name=F("dated__short_name"),
            code=F("dated__code"),
            kind=F("dated__kind"),
            parent_id=F("dated__parent_id"),
        )

    def under(self, units: QuerySet[Unit] | list[int], day: date) -> UnitQuerySet:
        """Those that are one of `units` or stand below one of them on `day`."""
        below = UnitClosure.objects.filter(in_force(day), ancestor__in=units).values("descendant_id")
        return self.filter(pk__in=below)


class Unit(models.Model):
    """A unit's permanent identity; everything that can change about it is in its versions."""

    created_at = models.DateTimeField(default=clock.now)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return getattr(self, "name", f"unit {self.pk}")


class UnitVersion(TimeSpan):
    """What a unit was for a span of days: name, code, kind and place in the tree, with the act behind it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_versions")
    legal_basis = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            ordered_span("unit_version"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_starts_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_until__isnull=True), name="unit_version_open_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="unit_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitClosure(TimeSpan):
    """That `ancestor` stands `depth` steps above `descendant` (0: the unit itself) for a span of days."""

    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="closure_below")
    descendant = models.ForeignKey(Unit, models.PROTECT, related_name="closure_above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            ordered_span("unit_closure"),
            models.UniqueConstraint(
                fields=["ancestor", "descendant", "valid_from"], name="unit_closure_pair_starts_once"
            ),
        ]
        indexes = [models.Index(fields=["descendant", "depth"], name="unit_closure_upwards")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} over {self.descendant_id}"
