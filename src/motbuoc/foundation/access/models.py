"""The table of grants."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core.timespan import TimeSpan, ordered_span
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


class Grant(TimeSpan):
    """That a person has a role on a unit, and so on all below it, for a span of days.

    An inspector's always ends: it is the window through which they may look. `given_by` is None for what an
    installation was set up with.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    legal_basis = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            ordered_span("grant"),
            models.UniqueConstraint(fields=["person", "role", "unit", "valid_from"], name="grant_given_once"),
            models.CheckConstraint(
                condition=~Q(role=Role.INSPECTOR) | Q(valid_until__isnull=False), name="inspection_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} on {self.unit_id}"


class ApiToken(models.Model):
    """A key by which a program acts for a person, within `scopes` (keys of `roles.SCOPES`) and until it expires.

    Of the key itself only a digest is kept. `used_on` is the last day on which it was used.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
