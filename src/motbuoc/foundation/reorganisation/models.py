"""Tables of what was done to the tree."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


class ReorganisationKind(models.TextChoices):
    """What can be done to units (domain guide section 3.4)."""

    CREATE = "create", _("Create")
    RENAME = "rename", _("Rename")
    MOVE = "move", _("Move")
    CONVERT = "convert", _("Convert")
    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split")
    DISSOLVE = "dissolve", _("Dissolve")


class Reorganisation(models.Model):
    """One act on the tree and its hand-over, to be read by the units on both sides.

    `units` are those it touched. `handed_over` lists what went where: `{"what", "from", "to", "count", "ids"}`
    with the key of a holding, ids of units and of the rows; `before` and `after` hold the names by unit id.
    """

    kind = models.CharField(max_length=10, choices=ReorganisationKind.choices)
    effective_on = models.DateField()
    legal_basis = models.CharField(max_length=250)
    units = models.ManyToManyField(Unit, related_name="reorganisations")
    handed_over = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReorganisationKind.values), name="reorganisation_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class Lineage(models.Model):
    """That a unit goes on in another from the day of an act, with `share` percent of its figures.

    `keeps_archive`: whoever reads the successor reads what the predecessor left.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="lineage")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    share = models.DecimalField(max_digits=5, decimal_places=2, default=100)
    keeps_archive = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "predecessor", "successor"], name="lineage_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="lineage_not_to_itself"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100), name="lineage_share_is_percent"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(keeps_archive=True), name="lineage_archive_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} in {self.successor_id}"
