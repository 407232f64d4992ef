"""Tables of what is expected and reported: schedules, periods, submissions, facts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motbuoc.domains.documents.models import Document
from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.models import Category, FormField, Indicator, NarrativeBox, ReportForm
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitGroup

DIGITS, PLACES = 18, 3  # of an amount: fifteen before the comma hold any sum of dong


class Schedule(Versioned):
    """A reporting schedule (chế độ báo cáo): who fills which form how often, for `unit`.

    `basis` is the directive that asks for it. `closes_on_day`: the day of the month on which a period's figures
    are closed, 31 for the last day (Decree 09/2019/NĐ-CP closes on the 14th). `due_days`: so many days after the
    cut-off a unit's submission is due, by how many levels it stands below `unit`; the last number serves all
    deeper ones. `needs_check`: in the unit, somebody other than who entered the figures confirms them.
    `projected_as` and `projected_at` say of what and when its projections are (`projecting`).

    `opens_before`: so many days before its last day a period opens by itself, by the order of `ordered_by`
    (`standing_orders`); None: by hand. `opening_trouble` says why it could not when it was `tried_on`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="schedules")
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="schedules")
    basis = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="schedules")
    name = models.CharField(max_length=300)
    cycle = models.CharField(max_length=11, choices=PeriodCycle.choices)
    closes_on_day = models.PositiveSmallIntegerField(default=31)
    due_days = models.JSONField(default=list)
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="+")
    units = models.ManyToManyField(Unit, blank=True, related_name="+")
    needs_check = models.BooleanField(default=False)
    opens_before = models.PositiveSmallIntegerField(null=True, blank=True)
    ordered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ordered_on = models.DateField(null=True, blank=True)
    opening_trouble = models.CharField(max_length=500, blank=True)
    tried_on = models.DateField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)
    projected_as = models.CharField(max_length=64, blank=True)
    projected_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="schedule_named_once"),
            models.CheckConstraint(condition=Q(closes_on_day__range=(1, 31)), name="schedule_closes_on_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class Exemption(models.Model):
    """That a unit need not report under a schedule, and why."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="exemptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "unit"], name="exempted_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="exempted_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.reason}"


class ReportingPeriod(Versioned):
    """One period of a schedule, opened: `form` is the version asked for, `document` what gave it to the units.

    `cutoff_on`: the last day that counts, and whose tree the figures are rolled up by. `exempted`: the units that
    were left out on the day it was opened, with the reasons, as pairs. `locked_on`: nothing is entered any more.
    `facts_version` counts what was accepted; `summed_as` says of which facts and which tree the rows of `Summed`
    are (`summing.stamp_of`), "" where they are of none.
    """

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="periods")
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="periods")
    document = models.OneToOneField(Document, models.PROTECT, related_name="reporting_period")
    label = models.CharField(max_length=120)
    start = models.DateField()
    end = models.DateField()
    cutoff_on = models.DateField()
    exempted = models.JSONField(default=list)
    locked_on = models.DateField(null=True, blank=True)
    facts_version = models.PositiveIntegerField(default=0)
    summed_as = models.CharField(max_length=120, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-end", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "start", "end"], name="period_opened_once"),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="period_is_ordered"),
        ]

    def __str__(self) -> str:
        return self.label


class Submission(Versioned):
    """One unit's filled form for one period; how it stands is how its assignment stands (`work.states`).

    `unit` is whose figures they are, also where another goes on with its work and fills the form.
    `number` is that of what was accepted last (`HandedIn`): 0 before the first time. `checked_by` confirmed the
    figures in the unit since they last changed. `asks_correction`: the unit found a mistake in what was accepted,
    in its words. `is_complete` and `shortfalls` say how complete the last handing in was (`checks.shortfalls_of`).
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="submissions")
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="submission")
    number = models.PositiveSmallIntegerField(default=0)
    nothing_because = models.TextField(blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    first_handed_in_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    is_complete = models.BooleanField(default=False)
    shortfalls = models.JSONField(default=list)
    asks_correction = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="submission_once")]

    def __str__(self) -> str:
        return f"submission {self.pk}"


class Value(models.Model):
    """What stands in one cell of a submission: a number, or nothing yet. Blank is not zero.

    `category` is None for the figure itself where it is not broken down. `note` explains it.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="values")
    field = models.ForeignKey(FormField, models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    is_estimate = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "field", "category"],
                condition=Q(category__isnull=False),
                name="value_of_a_category_once",
            ),
            models.UniqueConstraint(
                fields=["submission", "field"], condition=Q(category__isnull=True), name="value_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.amount)


class Narrative(models.Model):
    """What a unit wrote in one narrative box."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="narratives")
    box = models.ForeignKey(NarrativeBox, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "box"], name="narrative_once")]

    def __str__(self) -> str:
        return self.text[:80]


class HandedIn(models.Model):
    """A submission as it was handed in for the `number`th time: never changed after.

    `content`: cells and words by their ids, and what the counters gave; `was_accepted_at` and `is_copy` as
    `handing_in` found it. `reason`: why it differs from the one accepted before.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="handed_in")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    reason = models.TextField(blank=True)
    handed_in_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(default=clock.now)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "handed in"
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="handed_in_numbered_once")]

    def __str__(self) -> str:
        return f"{self.submission_id}, no. {self.number}"


class Approval(models.Model):
    """That a unit between who reports and who asked approved what was handed in."""

    handed_in = models.ForeignKey(HandedIn, models.PROTECT, related_name="approvals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["handed_in", "unit"], name="approved_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.handed_in_id} by {self.unit_id}"


class Fact(models.Model):
    """A figure that was accepted: true in the ledger from `known_from` until another took its place.

    So the ledger as of any moment can be read again: `known_from <= moment < known_until`.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="facts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="facts")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="facts")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    is_estimate = models.BooleanField(default=False)
    source = models.ForeignKey(HandedIn, models.PROTECT, related_name="facts")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit", "indicator", "category"],
                condition=Q(category__isnull=False, known_until__isnull=True),
                name="fact_of_a_category_once_now",
            ),
            models.UniqueConstraint(
                fields=["period", "unit", "indicator"],
                condition=Q(category__isnull=True, known_until__isnull=True),
                name="fact_once_now",
            ),
            models.CheckConstraint(
                condition=Q(known_until__isnull=True) | Q(known_until__gte=F("known_from")),
                name="fact_span_ordered",
            ),
        ]
        indexes = [models.Index(fields=["unit", "indicator", "period"], name="fact_of_unit")]

    def __str__(self) -> str:
        return f"{self.amount}"


class Summed(models.Model):
    """A total kept so that pages need not add it up: of a unit with others below it, by the tree of the cut-off.

    Never a second truth: it holds only as long as `ReportingPeriod.summed_as` is the stamp of now.
    """

    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="summed")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(max_digits=38, decimal_places=PLACES)
    entries = models.PositiveIntegerField()
    estimates = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "summed"
        indexes = [models.Index(fields=["period", "unit"], name="summed_of_unit")]

    def __str__(self) -> str:
        return str(self.amount)


class Target(Versioned):
    """What a unit is to reach of an indicator in a year (chỉ tiêu)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "year"], name="target_once")]

    def __str__(self) -> str:
        return f"{self.amount} in {self.year}"
