"""Tables of surveys. None of them refers to a person but the staff who hold a survey.

A sheet has no time, no address, no token and no number in a row: its id comes out of the key of the form that was
shown, which is random. What is in it cannot be read while the survey is open (`sealing`), and it is gone
afterwards.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.surveys.states import SurveyState
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LANGUAGES = {
    "en": "English",
    "km": "ភាសាខ្មែរ",
    "zh": "中文",
    "ko": "한국어",
    "ja": "日本語",
    "hmn": "Hmoob",
    "rad": "Êđê",
    "jra": "Jrai",
    "bdq": "Bahnar",
    "cjm": "Chăm",
}
"""Languages that a survey can be held in beside Vietnamese, each as its speakers call it."""
TRANSLATED = ("title", "introduction", "purpose", "consent")
"""The words of a survey that can be translated; those of a question are its text, options and rows."""


class Survey(Versioned):
    """Questions that a unit asks, of whom, why, and from when to when.

    `words` holds other languages' words: `{"en": {"title": …}}`. `population` is how many are invited, where the
    link is open; with tokens it is how many of these were made. `box` is what its sheets are sealed with
    (`sealing`), `address` what its public page is found by.
    """

    class Way(models.TextChoices):
        """Who may answer."""

        OPEN = "open", _("Whoever has the link")
        TOKENS = "tokens", _("Whoever has a code, good for once")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=300)
    introduction = models.TextField(blank=True)
    purpose = models.CharField(max_length=500)
    basis = models.CharField(max_length=300, blank=True)
    consent = models.CharField(max_length=500)
    opens_on = models.DateField()
    closes_on = models.DateField()
    languages = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.OPEN)
    population = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=20, choices=SurveyState.choices, default=SurveyState.DRAFT)
    address = models.CharField(max_length=16, unique=True)
    box = models.CharField(max_length=64)
    closed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    questions: RelatedManager[SurveyQuestion]
    tokens: RelatedManager[SurveyToken]
    sheets: RelatedManager[SurveySheet]

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SurveyState.values), name="survey_state_known"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_days_in_order"),
        ]
        indexes = [models.Index(fields=["unit", "-opens_on"], name="survey_of_unit")]

    def __str__(self) -> str:
        return self.title

    def takes_on(self, day: date) -> bool:
        """Whether it takes answers on that day."""
        return self.state == SurveyState.OPEN and self.opens_on <= day <= self.closes_on

    def said(self, name: str, language: str) -> str:
        """One of its `TRANSLATED` words in a language, or in Vietnamese where that is missing."""
        told: str = self.words.get(language, {}).get(name) or getattr(self, name)
        return told


class SurveyQuestion(models.Model):
    """A question of a survey.

    `options` and `rows` are lists of `[key, words]`; those of a scale are its points in order, with words at some.
    `is_group`: it asks what group somebody is of, and `targets` says how many of each are wanted. It is asked of
    whoever chose one of `shown_for` at `shown_if`, an earlier question; of all without one. `words` as those of
    `Survey`: `{"en": {"text": …, "options": {key: …}, "rows": {key: …}}}`.
    """

    class Kind(models.TextChoices):
        """How it is answered."""

        SINGLE = "single", _("One of several")
        MULTIPLE = "multiple", _("Any of several")
        SCALE = "scale", _("A point on a scale")
        RANKING = "ranking", _("An order of preference")
        MATRIX = "matrix", _("One answer for each row")
        TEXT = "text", _("In own words")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=500)
    options = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    is_required = models.BooleanField(default=True)
    is_group = models.BooleanField(default=False)
    targets = models.JSONField(default=dict)
    shown_if = models.ForeignKey("self", models.PROTECT, null=True, related_name="leads_to")
    shown_for = models.JSONField(default=list)
    words = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def keys(self) -> list[str]:
        """The keys of its options, in order."""
        return [key for key, _words in self.options]

    def said(self, language: str) -> dict[str, Any]:
        """Its text, options and rows in a language, each in Vietnamese where that is missing."""
        told = self.words.get(language, {})
        return {
            "text": told.get("text") or self.text,
            "options": [(key, told.get("options", {}).get(key) or words) for key, words in self.options],
            "rows": [(key, told.get("rows", {}).get(key) or words) for key, words in self.rows],
        }


class SurveyToken(models.Model):
    """A code good for one sheet: its digest and whether it was used, and nothing of when or for which sheet."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    class Meta:
        ordering = ["digest"]

    def __str__(self) -> str:
        return self.digest[:8]


class SurveySheet(models.Model):
    """What one person answered, sealed until the survey is closed, and destroyed when it is counted."""

    id = models.BigIntegerField(primary_key=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.id)


class SurveyResult(models.Model):
    """What the sheets came to: only what may be shown of it, worked out once. `crossed` holds the tables of two
    questions (`counting`)."""

    survey = models.OneToOneField(Survey, models.CASCADE, related_name="result")
    answers = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    crossed = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.answers} sheets"


class SurveyText(models.Model):
    """What somebody wrote in own words, with nothing else of their sheet; its id is drawn by lot."""

    id = models.BigIntegerField(primary_key=True)
    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="texts")
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:80]
