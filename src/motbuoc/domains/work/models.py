"""Tables of the tracker."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Cycle, Document, Duty, Provision, Ruled, TimeKind
from motbuoc.domains.work.attention import LookOn, WatchedQuerySet
from motbuoc.domains.work.states import NOT_OWED, AssignmentState, HelpState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

QUIETABLE = (TimeKind.CONTINUOUS, TimeKind.UNDATED, TimeKind.EVENT)
"""Kinds of time without a due day of their own: late is when nothing was heard of them for long."""


STANDING = ("state", "due_on", "submitted_on", "time_kind", "news_on")
"""The columns that say how an assignment stands (`standing.py`)."""


class Assignment(Versioned, Ruled):
    """A duty given to a unit. `due_on` may move; `first_due_on` never does.

    `unit` owes it now, `monitor` only tracks it; `given_to` is whom it was issued to (see `handed_over`).
    The dates are days in the installation's time zone; the moments of each step are in `entries` and the history.
    `suspended_on` is the day it was last suspended, for as long as it is.
    `news_on` is the last day on which the unit was heard of. `look_on` is the next day on which something about it
    changes that somebody must be told of (`attention`), `looked_on` the last day on which that was seen to.
    `counted_on` is the day from which a rule counted its first due day, for what waits for an event the day of
    that event; `corrected_due_on` what that rule gives since the calendar was corrected (empty: still the first
    day); `is_default`: the rule is the one of its regime for duties without a date (`deadlines.py`).

    The indexes: a unit's own; all that a board or a directive's totals count; a directive's states; a state's; and
    for each part of the inbox (`parts.py`) one that holds it in its order, so that whoever sees a million
    assignments reads only a page of them (decision 0021).
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="assignments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="assignments")
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    given_to = models.ForeignKey(Unit, models.PROTECT, related_name="given_assignments")
    monitor = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="monitored_assignments")
    supporting_units = models.ManyToManyField(Unit, related_name="supported_assignments")
    state = models.CharField(max_length=14, choices=AssignmentState.choices, default=AssignmentState.ASSIGNED)
    time_kind = models.CharField(max_length=12, choices=TimeKind.choices)
    cycle = models.CharField(max_length=12, choices=Cycle.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    corrected_due_on = models.DateField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    assigned_on = models.DateField()
    news_on = models.DateField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    look_on = LookOn(null=True, blank=True, editable=False)
    looked_on = models.DateField(null=True, blank=True, editable=False)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "given_to"], name="assignment_given_once"),
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_known"),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.SUSPENDED) | Q(suspended_on__isnull=False),
                name="assignment_suspended_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="assignment_inbox"),
            models.Index(
                fields=["look_on", "unit"], condition=Q(look_on__isnull=False), name="assignment_to_look_at"
            ),
            models.Index(fields=["document", "unit", "provision", *STANDING], name="assignment_board"),
            models.Index(fields=["document", "state", "due_on"], name="assignment_of_document"),
            models.Index(fields=["state", "due_on", "id"], name="assignment_by_state"),
            models.Index(fields=["due_on", "id"], condition=~Q(state__in=NOT_OWED), name="assignment_due"),
            models.Index(
                fields=["news_on", "id"],
                condition=~Q(state__in=NOT_OWED) & Q(time_kind__in=QUIETABLE),
                name="assignment_quiet",
            ),
            models.Index(
                fields=["state", "submitted_on", "id"], condition=Q(state="submitted"), name="assignment_handed_in"
            ),
            models.Index(
                fields=["state", "submitted_on", "id"],
                condition=Q(state="submitted", submitted_on__gt=F("due_on")),
                name="assignment_handed_in_late",
            ),
            models.Index(
                fields=["state", "-accepted_on", "-id"], condition=Q(state="accepted"), name="assignment_done"
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"

    @property
    def judged_from(self) -> date | None:
        """The first due day by which it is judged: the one promised, or the corrected one where that is later."""
        if self.first_due_on is None or self.corrected_due_on is None:
            return self.first_due_on
        return max(self.first_due_on, self.corrected_due_on)


class Entry(models.Model):
    """What somebody wrote at a step of an assignment; `step` is the transition's name. `by_mail`: in an answer to
    a reminder.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="entries")
    step = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    why_no_product = models.TextField(blank=True)  # where a submission came without the product asked for
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    by_mail = models.BooleanField(default=False)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="entry_percent_at_most_100"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Request(Versioned):
    """What the unit asked of whoever issued its task, and the answer: a later day, or to let it rest.

    An extension moves `Assignment.due_on` from `due_on` to `granted_on`, perhaps another day than `wanted_on`.
    """

    class Kind(models.TextChoices):
        """What is asked for."""

        EXTENSION = "extension", _("Extension")
        SUSPENSION = "suspension", _("Suspension")

    class State(models.TextChoices):
        """Whether it waits, and how it ended."""

        OPEN = "open", _("Waits for a decision")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    reason = models.TextField()
    due_on = models.DateField(null=True)
    wanted_on = models.DateField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    granted_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind"], condition=Q(state="open"), name="request_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("granted", "refused")) | Q(decided_on__isnull=False),
                name="request_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.assignment_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.state == self.State.OPEN


class HelpOffer(Versioned):
    """Help that whoever decides on a task offered to the unit that owes it, and what the unit answered."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="help_offers")
    state = models.CharField(max_length=14, choices=HelpState.choices, default=HelpState.OFFERED)
    words = models.TextField()
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state=HelpState.OFFERED), name="help_offered_once"
            ),
            models.CheckConstraint(condition=Q(state__in=HelpState.values), name="help_state_known"),
        ]

    def __str__(self) -> str:
        return self.words[:80]


class Evidence(models.Model):
    """A file that shows what an entry says.

    `classification` is what the unit gave it when it sent it; where the directive's is narrower, that one counts.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="evidence")
    is_product = models.BooleanField(default=False)  # what the task was to produce
    classification = models.CharField(max_length=10, choices=Classification.choices, default=Classification.NORMAL)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="evidence_class_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.file_id)


class HandOver(models.Model):
    """That an open assignment went from a unit that ended to its successor on a day."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="handed_over")
    source = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    target = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.assignment_id} to {self.target_id}"


class Issuing(models.Model):
    """A great directive on its way to its units, in the background (`issuing.py`).

    `units` are all that it is given to, as they were on the day it began, in the order they get it; the first
    `served` of them have theirs. `total` and `done` count assignments.
    """

    class State(models.TextChoices):
        """How far it is."""

        RUNNING = "running", _("Being issued")
        STOPPED = "stopped", _("Stopped")
        FINISHED = "finished", _("Issued to all")
        FAILED = "failed", _("Interrupted by an error")

    document = models.OneToOneField(Document, models.PROTECT, related_name="issuing")
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    addressed = models.JSONField()  # ids of the units the addressees mean
    units = models.JSONField()
    served = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    begun_on = models.DateField()
    begun_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "stopped", "finished", "failed"]), name="issuing_state_known"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="issuing_never_doubled"),
        ]

    def __str__(self) -> str:
        return f"issuing {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        """Whole percent of the assignments that are made, rounded down."""
        return self.done * 100 // self.total if self.total else 100

    @property
    def is_over(self) -> bool:
        """Whether all units have it."""
        return self.state == self.State.FINISHED
