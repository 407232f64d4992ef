"""Tables of dialogues. None of them refers to a person but the staff who handle it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.dialogue.states import DialogueState, QuestionState
from motbuoc.domains.documents.models import Document, Duty
from motbuoc.domains.listening.suppression import in_steps
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class DialogueRule(Versioned):
    """How dialogues are held by units of some `kinds` that stand below `unit` or are it: a regime and its source.

    `per_year` is how often at least; `notice_days` how many days before its day one is announced;
    `answer_workdays` in how many working days what was not answered on the spot is; `publish_days` how many days
    after it the result is published.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dialogue_rules")
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    kinds = models.JSONField(default=list)
    per_year = models.PositiveSmallIntegerField()
    notice_days = models.PositiveSmallIntegerField()
    answer_workdays = models.PositiveSmallIntegerField()
    publish_days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="dialogue_rule_once")]

    def __str__(self) -> str:
        return self.name


class Dialogue(Versioned):
    """A meeting of a unit's head with its people.

    `rule` counts it for a regime; without one it is extra. `host` is the office of whoever holds it, never a name.
    `address` is what its public page is found by. `conclusion` is the document whose assignments are what was
    promised.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dialogues")
    rule = models.ForeignKey(DialogueRule, models.PROTECT, null=True, related_name="dialogues")
    subject = models.CharField(max_length=300)
    host = models.CharField(max_length=200)
    planned_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    state = models.CharField(max_length=24, choices=DialogueState.choices, default=DialogueState.PLANNED)
    address = models.CharField(max_length=16, unique=True)
    announced_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    minutes = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    conclusion = models.OneToOneField(Document, models.PROTECT, null=True, related_name="concluded_dialogue")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    questions: RelatedManager[Question]
    attendances: RelatedManager[Attendance]
    commitments: RelatedManager[Commitment]
    confirmations: RelatedManager[Confirmation]

    class Meta:
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DialogueState.values), name="dialogue_state_known")
        ]
        indexes = [models.Index(fields=["unit", "-planned_on"], name="dialogue_of_unit")]

    def __str__(self) -> str:
        return self.subject

    @property
    def announce_by(self) -> date:
        """The last day on which it is announced in time."""
        return self.planned_on - timedelta(days=self.rule.notice_days if self.rule else 0)

    @property
    def publish_by(self) -> date | None:
        """The last day on which its results are published in time; None: not held yet, or no rule asks for it."""
        return self.held_on + timedelta(days=self.rule.publish_days) if self.held_on and self.rule else None


class Attendance(models.Model):
    """How many of a group came to a dialogue: a count, never a list."""

    class Group(models.TextChoices):
        """Who comes to a dialogue."""

        YOUTH = "youth", _("Members of the Youth Union")
        MEMBERS = "members", _("Members of associations")
        OFFICIALS = "officials", _("Officials and public employees")
        WORKERS = "workers", _("Workers")
        RESIDENTS = "residents", _("Residents")
        OTHERS = "others", _("Others")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="attendances")
    group = models.CharField(max_length=12, choices=Group.choices)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "group"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.count} {self.group}"


class Confirmation(models.Model):
    """That one side has signed the minutes (NĐ 145/2020, chapter V: both do): by which office, on which day.

    `office` is that of who signs for the side, as the chair of the union of the unit: never a name, and nothing of
    what anybody thinks. `noted_by` is the officer who saw the signature on the printed minutes.
    """

    class Side(models.TextChoices):
        """Who confirms."""

        HEAD = "head", _("The side of the head")
        PEOPLE = "people", _("The side of the people")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="confirmations")
    side = models.CharField(max_length=6, choices=Side.choices)
    office = models.CharField(max_length=200)
    signed_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "side"], name="confirmation_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=["head", "people"]), name="confirmation_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.office}"


class Question(Versioned):
    """What somebody asks, with nothing that tells who: no account, no address, and of time only the day.

    `text` has gone through `listening.screening`. `receipt` is the digest of the code by which the writer follows
    it. `alike` leads to the question it was grouped with by a person: that one is answered for all. `unit`
    answers. `is_shown`: somebody has looked at it, and it stands on the public page to be supported.
    `is_withheld`: its answer is for whoever has the receipt, not for that page.
    """

    class Origin(models.TextChoices):
        """When it was asked."""

        BEFORE = "before", _("Before the dialogue")
        AT = "at", _("At the dialogue")
        AFTER = "after", _("After the dialogue")

    class Channel(models.TextChoices):
        """How it came."""

        LINK = "link", _("By the link or the square code")
        PAPER = "paper", _("On paper")
        ROOM = "room", _("Spoken in the room")

    class Handling(models.TextChoices):
        """How it was dealt with (domain guide, section 4)."""

        NONE = "", _("Not answered yet")
        ON_THE_SPOT = "on_the_spot", _("Answered on the spot")
        IN_WRITING = "in_writing", _("Answered in writing")
        RAISED = "raised", _("Raised to the level above")

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    origin = models.CharField(max_length=6, choices=Origin.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    asked_on = models.DateField()
    receipt = models.CharField(max_length=64, unique=True)
    supports = models.PositiveIntegerField(default=0)
    alike = models.ForeignKey("self", models.PROTECT, null=True, related_name="grouped")
    state = models.CharField(max_length=20, choices=QuestionState.choices, default=QuestionState.RECEIVED)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="questions")
    due_on = models.DateField(null=True)
    handling = models.CharField(max_length=12, choices=Handling.choices, blank=True, default=Handling.NONE)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    unsolved = models.TextField(blank=True)
    unsolved_on = models.DateField(null=True)
    is_shown = models.BooleanField(default=False)
    is_withheld = models.BooleanField(default=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="question_number_once"),
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_known"),
            models.CheckConstraint(condition=~Q(alike=F("id")), name="question_not_alike_itself"),
        ]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="question_of_unit")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def supported(self) -> int:
        """How many ask the same, as it is shown: nobody can watch one person say so."""
        return in_steps(self.supports)


class Commitment(Versioned):
    """What was promised at a dialogue: by which unit, until when. `duty` is the conclusion's clause it became."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="commitments")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="commitments")
    text = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_on = models.DateField()
    duty = models.OneToOneField(Duty, models.PROTECT, null=True, related_name="commitment")
    is_dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
