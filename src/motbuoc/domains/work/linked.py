"""Tables beside an assignment: what it waits for, what a step counts and rests on, the parts of a split one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person, PositionTitle


class Prerequisite(models.Model):
    """That one assignment waits until another is accepted; both were issued by one unit, and never in a loop."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="prerequisites")
    needs = models.ForeignKey(Assignment, models.CASCADE, related_name="awaited_by")
    stated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "needs"], name="prerequisite_once"),
            models.CheckConstraint(condition=~Q(assignment=F("needs")), name="prerequisite_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} waits for {self.needs_id}"


class Ground(models.Model):
    """The document on which a step rests: the one that cancels a task, suspends it or lets it go on."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="ground")
    document = models.ForeignKey(Document, models.PROTECT, related_name="grounds")

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.document_id}"


class Figure(models.Model):
    """How many of what a unit counts so far, said at a step; `measure` is the unit of measure ("lượt người")."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="figures")
    name = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    measure = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "name"], name="figure_said_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="figure_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount} {self.measure}".rstrip()


class Portion(Versioned):
    """A part of an assignment, given inside its unit to whoever holds the position `title` there.

    When the holder changes it stays with the position. Above the unit it is seen only as one of a number.
    """

    class State(models.TextChoices):
        """Whether it is done."""

        OPEN = "open", _("To be done")
        DONE = "done", _("Done")
        RETURNED = "returned", _("Returned")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="portions")
    title = models.CharField(max_length=30, choices=PositionTitle.choices)
    what = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    words = models.TextField(blank=True)  # what was done, or why it came back
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_on = models.DateField()
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "returned"]), name="portion_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="portion_done_on_a_day"
            ),
        ]
        indexes = [models.Index(fields=["title", "state"], name="portion_of_position")]

    def __str__(self) -> str:
        return self.what[:60]
