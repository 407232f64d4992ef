"""The table of due days that were counted anew (`recounting.py` writes it)."""

from __future__ import annotations

from django.db import models

from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.models import CalendarChange


class Correction(models.Model):
    """That the day of an open assignment was counted anew because the working calendar gave another one.

    `counted_before` and `counted_after` are what its rule gave, `due_before` and `due_after` when it was due: the
    same day where an extension stays. No `change`: what is proposed for a year has changed with the program.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="corrections")
    change = models.ForeignKey(CalendarChange, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField()
    counted_before = models.DateField()
    counted_after = models.DateField()
    due_before = models.DateField()
    due_after = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "change"], name="correction_once_for_each_change")
        ]

    def __str__(self) -> str:
        return f"{self.counted_before} to {self.counted_after}"
