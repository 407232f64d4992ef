"""The columns of a rule of time, which a duty and what is made of it share."""

from __future__ import annotations

from django.db import models

from motbuoc.domains.documents.choices import CountedFrom
from motbuoc.foundation.workdays.rules import CountUnit, Rule


class Ruled(models.Model):
    """How a due day is counted where a rule gives it: so many days, working days or months from a day.

    No `due_count`: there is no rule. `event` is what it waits for, in words; `is_before`: counted back from it.
    `rolls`: an end on a day off moves to a working day (`foundation.workdays.rules`). `cycle_day`: on which day of
    the month (1-31) or week (1 = Monday) something periodic falls due.
    """

    due_count = models.PositiveSmallIntegerField(null=True, blank=True)
    due_unit = models.CharField(max_length=12, choices=CountUnit.choices, blank=True)
    counted_from = models.CharField(max_length=8, choices=CountedFrom.choices, blank=True)
    event = models.CharField(max_length=300, blank=True)
    is_before = models.BooleanField(default=False)
    rolls = models.BooleanField(default=True)
    cycle_day = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def rule(self) -> Rule | None:
        """The rule, if there is one."""
        if not self.due_count:
            return None
        return Rule(self.due_count, self.due_unit or CountUnit.DAY, rolls=self.rolls, is_before=self.is_before)


RULE_FIELDS = ("due_count", "due_unit", "counted_from", "event", "is_before", "rolls", "cycle_day")
