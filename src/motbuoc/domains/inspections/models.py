"""Tables of inspections of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.inspections.states import PlanState, VisitState
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class CheckPlan(Versioned):
    """What `unit` inspects in a year, in how many units below it.

    `seed` and `rule` (`sampling.SampleRule` as it was) are what the sample was drawn with on `drawn_on`, so that
    it can be drawn again.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="check_plans")
    year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=500)
    size = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=40)
    rule = models.JSONField(default=dict)
    drawn_on = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=PlanState.choices, default=PlanState.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    chosen: RelatedManager[Chosen]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "subject"], name="check_plan_once"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="check_plan_state_known"),
            models.CheckConstraint(condition=Q(size__gt=0), name="check_plan_of_some"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.subject}"


class Chosen(models.Model):
    """A unit of a plan's sample. `reasons` are those of the draw (`sampling.Reason`); `words` those of a person.

    `added_by` put it in by hand, `taken_out_by` took it out; both with words.
    """

    plan = models.ForeignKey(CheckPlan, models.CASCADE, related_name="chosen")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_out_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "chosen"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="chosen_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.plan_id}"


class Visit(Versioned):
    """The inspection of one unit's work. What was found there makes it of the narrowest class among its findings.

    `by_unit` inspects `unit`; `team` are its people, `others` whoever else comes along. `follows` is the visit
    whose remedies this one checks again. The unit may comment until `comment_by`. `conclusion` is the document
    whose assignments are the remedies.
    """

    plan = models.ForeignKey(CheckPlan, models.PROTECT, null=True, related_name="visits")
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits")
    subject = models.CharField(max_length=500)
    day = models.DateField()
    team = models.ManyToManyField(Person, related_name="visits")
    others = models.CharField(max_length=300, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    state = models.CharField(max_length=20, choices=VisitState.choices, default=VisitState.PLANNED)
    classification = models.CharField(max_length=10, choices=Classification.choices, default=Classification.NORMAL)
    comment_by = models.DateField(null=True)
    conclusion = models.OneToOneField(Document, models.PROTECT, null=True, related_name="concluded_visit")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_known"),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="visit_class_known"
            ),
            models.CheckConstraint(condition=~Q(unit=F("by_unit")), name="visit_to_another_unit"),
        ]
        indexes = [models.Index(fields=["unit", "-day"], name="visit_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} on {self.day}"


class VisitEntry(models.Model):
    """What was written at a step of a visit: the draft, the unit's comment, the answer, a reason."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="entries")
    step = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name_plural = "visit entries"

    def __str__(self) -> str:
        return self.text[:80]


class CheckItem(Versioned):
    """An assignment that a visit looks at, and what was seen of it."""

    class Result(models.TextChoices):
        """What was seen on the spot."""

        OPEN = "", _("Not looked at yet")
        AS_REPORTED = "as_reported", _("As reported")
        IN_PART = "in_part", _("Done in part")
        NOT_DONE = "not_done", _("Not done")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="items")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="check_items")
    result = models.CharField(max_length=12, choices=Result.choices, blank=True, default=Result.OPEN)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "assignment"], name="check_item_once")]

    def __str__(self) -> str:
        return f"{self.assignment_id} at {self.visit_id}"


class Finding(models.Model):
    """What was found, and what has to be mended by when; without a remedy it is only noted."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    item = models.ForeignKey(CheckItem, models.PROTECT, null=True, related_name="findings")
    text = models.TextField()
    remedy = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    is_dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(remedy="") | Q(due_on__isnull=False), name="remedy_has_a_day")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class FindingFile(models.Model):
    """A photograph or paper that shows what was found."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="finding_file")

    def __str__(self) -> str:
        return str(self.file_id)
