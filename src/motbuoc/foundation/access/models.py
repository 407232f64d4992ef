"""The table of grants."""

from __future__ import annotations

from django.db import models

from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core.timespan import TimeSpan, ordered_span
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


class Grant(TimeSpan):
    """That a person has a role on a unit, and so on all below it, for a span of days."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")

    class Meta:
        constraints = [
            ordered_span("grant"),
            models.UniqueConstraint(fields=["person", "role", "unit", "valid_from"], name="grant_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} on {self.unit_id}"
