"""Tables of opinions. None of them refers to a person but the staff who handle it; of time they hold only days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.states import OpinionState
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class OpinionBox(Versioned):
    """Where a unit takes in opinions: a page behind a square code, paper, collaborators' notes.

    `unit` listens: it sorts what comes into its themes and answers. `place` is where the box hangs: the unit or
    one below it. `address` is what the public page is found by.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="opinion_boxes")
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    address = models.CharField(max_length=16, unique=True)
    is_open = models.BooleanField(default=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    opinions: RelatedManager[Opinion]

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Theme(Versioned):
    """What many opinions of a unit's boxes are about, grown from their words and named by a person.

    `words` are those that stand for it, as people typed them. `is_named`: a person gave or confirmed its name.
    `told` is what the unit says on its public pages about what is being done. `merged_into`: the theme that took
    it in.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="themes")
    name = models.CharField(max_length=120)
    words = models.JSONField(default=list)
    is_named = models.BooleanField(default=False)
    told = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    made_on = models.DateField()

    opinions: RelatedManager[Opinion]

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="theme_not_in_itself")]
        indexes = [models.Index(fields=["unit", "merged_into"], name="theme_of_unit")]

    def __str__(self) -> str:
        return self.name


class ThemeMap(models.Model):
    """The middles of a unit's themes (`placing.Themes.as_data`), by which a new opinion is placed at once.

    `published`: the Monday of the last week whose numbers are published.
    """

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="theme_map")
    middles = models.JSONField(default=dict)
    grouped_on = models.DateField()
    grouped = models.PositiveIntegerField(default=0)
    published = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.grouped} {self.grouped_on}"


class ThemeWeek(models.Model):
    """How many opinions of a theme and tendency are published at the end of a week (its Monday), in all.

    Written once, when the week is over, and never changed (docs/decisions/0034-small-groups.md).
    """

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="weeks")
    week = models.DateField()
    tendency = models.CharField(max_length=8, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["week", "tendency"]
        constraints = [models.UniqueConstraint(fields=["theme", "week", "tendency"], name="theme_week_once")]

    def __str__(self) -> str:
        return f"{self.week} {self.count}"


class Rise(models.Model):
    """A week in which much more was said on a theme than in the weeks before it, by what is published.

    `count` was said in the week; `middle` and `largest` are of the `weeks` before it.
    """

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="rises")
    week = models.DateField()
    count = models.PositiveIntegerField()
    middle = models.DecimalField(max_digits=9, decimal_places=1)
    largest = models.PositiveIntegerField()
    weeks = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-week"]
        constraints = [models.UniqueConstraint(fields=["theme", "week"], name="rise_once")]

    def __str__(self) -> str:
        return f"{self.week} {self.count}"


class ThemeOutlook(models.Model):
    """What the next weeks (`ahead` of them) will probably bring on a theme, published after `week`.

    Kept only where it was nearer to what came than the naive forecast on `held_back` weeks
    (`ledger.forecasting`): `error` and `naive_error` are mean absolute ones over these.
    """

    theme = models.OneToOneField(Theme, models.CASCADE, related_name="outlook")
    week = models.DateField()
    ahead = models.PositiveSmallIntegerField()
    amount = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    error = models.FloatField()
    naive_error = models.FloatField()
    held_back = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.week} {self.amount}"


class Opinion(Versioned):
    """What somebody said, with nothing that tells who: no account, no address, and of time only the day.

    `text` has gone through `listening.screening`. `receipt` is the digest of the code by which the writer follows
    it; what a collaborator notes of what is said around has none. `unit` deals with it. `is_placed`: a person put
    it into its theme or out of all, and it moves no more by itself.
    """

    class Channel(models.TextChoices):
        """How it came."""

        LINK = "link", _("By the link or the square code")
        PAPER = "paper", _("On paper")
        NOTE = "note", _("Noted by a collaborator")

    class Tendency(models.TextChoices):
        """How whoever says it stands to what it is about (domain guide, section 9)."""

        NONE = "", _("Not sorted yet")
        AGREE = "agree", _("Agree")
        NEUTRAL = "neutral", _("Neither")
        WORRIED = "worried", _("Worried")
        UPSET = "upset", _("Upset")

    box = models.ForeignKey(OpinionBox, models.PROTECT, related_name="opinions")
    text = models.TextField()
    channel = models.CharField(max_length=5, choices=Channel.choices)
    said_on = models.DateField()
    receipt = models.CharField(max_length=64, unique=True, null=True)
    state = models.CharField(max_length=20, choices=OpinionState.choices, default=OpinionState.RECEIVED)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="opinions")
    due_on = models.DateField()
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="opinions")
    is_placed = models.BooleanField(default=False)
    tendency = models.CharField(max_length=8, choices=Tendency.choices, blank=True, default=Tendency.NONE)
    is_pressing = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    settled_on = models.DateField(null=True)
    passed_on_on = models.DateField(null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OpinionState.values), name="opinion_state_known"),
        ]
        indexes = [
            models.Index(fields=["box", "-said_on"], name="opinion_of_box"),
            models.Index(fields=["theme", "said_on"], name="opinion_of_theme"),
            models.Index(fields=["unit", "state", "due_on"], name="opinion_with_unit"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
