"""Tables of the cascade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Document, Duty
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Localisation(models.Model):
    """That `plan`, a unit's own document, carries out `directive`, which the unit received.

    `answers` is the assignment of which the plan is the result, where the directive asks for a plan.
    """

    plan = models.ForeignKey(Document, models.CASCADE, related_name="localises")
    directive = models.ForeignKey(Document, models.CASCADE, related_name="localisations")
    answers = models.ForeignKey(Assignment, models.SET_NULL, null=True, blank=True, related_name="answered_by")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    links: RelatedManager[ItemLink]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "directive"], name="localisation_once"),
            models.CheckConstraint(condition=~Q(plan=F("directive")), name="localisation_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} of {self.directive_id}"


class ItemLink(models.Model):
    """That an item of a plan carries out an item of the directive, as a person confirmed; with its target.

    An item is a duty: it has the words, the time and the product to be compared.
    """

    localisation = models.ForeignKey(Localisation, models.CASCADE, related_name="links")
    item = models.ForeignKey(Duty, models.CASCADE, related_name="serves")
    serves = models.ForeignKey(Duty, models.CASCADE, related_name="served_by")
    target = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["item__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "serves"], name="item_link_once")]

    def __str__(self) -> str:
        return f"{self.item_id} serves {self.serves_id}"


class Form(models.TextChoices):
    """How a directive was studied."""

    CONFERENCE = "conference", _("Conference")
    CELL_MEETING = "cell_meeting", _("Cell meeting")
    ONLINE = "online", _("Online")
    MATERIALS = "materials", _("Study of materials")


class Dissemination(Versioned):
    """Sessions in which a unit studied a directive: figures only, and no names.

    `attended` counts attendances, never people: who came to two sessions counts twice. `expected` are the
    attendances there would have been had everybody come who should, so that the share never passes the whole.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="disseminations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="disseminations")
    held_on = models.DateField()
    form = models.CharField(max_length=14, choices=Form.choices)
    sessions = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    attended = models.PositiveIntegerField()
    expected = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=Form.values), name="dissemination_form_known"),
            models.CheckConstraint(condition=Q(sessions__gte=1), name="dissemination_has_sessions"),
            models.CheckConstraint(
                condition=Q(expected__gte=1) & Q(attended__lte=F("expected")),
                name="dissemination_share_at_most_all",
            ),
        ]
        indexes = [models.Index(fields=["document", "unit"], name="dissemination_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} on {self.held_on}"
