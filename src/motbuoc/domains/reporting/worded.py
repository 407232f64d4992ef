"""The table of wordings: what a language model was asked to word, and what it said, until a person decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.reporting.drafted import DraftSection, Paragraph
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person


class Trouble(models.TextChoices):
    """Why there is no suggestion."""

    SILENT = "silent", _("The language model did not answer in time.")
    REFUSED = "refused", _("The language model refused to answer. Tell whoever runs this installation.")
    UNREADABLE = "unreadable", _("What the language model answered cannot be read.")
    TOO_LONG = "too_long", _("What the language model answered is too long to be a paragraph.")
    CLOSED = "closed", _("Nothing was sent: the report may not be shown to a language model any more.")


class Wording(Versioned):
    """How a language model would word some sentences of a section; no word of it is in the report until accepted.

    `sentences`, as they were sent: each with its `text`, the `paragraph` it stands in, and its `runs`. `asked_of`:
    which model, and where it is. `text`: what it said, as plain words. `paragraph`: what was made of it.
    """

    class State(models.TextChoices):
        """From asked to decided."""

        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("To be read")
        FAILED = "failed", _("No suggestion")
        ACCEPTED = "accepted", _("Accepted")
        DROPPED = "dropped", _("Dropped")

    section = models.ForeignKey(DraftSection, models.CASCADE, related_name="wordings")
    sentences = models.JSONField(default=list)
    asked_of = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    paragraph = models.ForeignKey(Paragraph, models.SET_NULL, null=True, related_name="wordings")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section"], condition=Q(state="asked"), name="wording_asked_once_a_section"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] or self.asked_of
