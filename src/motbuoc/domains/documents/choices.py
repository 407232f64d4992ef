"""What the columns of the tables of documents can hold."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeKind(models.TextChoices):
    """What sort of time a duty has; each has its own meaning of late."""

    DATED = "dated", _("By a date")
    PERIODIC = "periodic", _("Periodic")
    CONTINUOUS = "continuous", _("Continuous")
    EVENT = "event", _("After an event")
    UNDATED = "undated", _("No date")


class CountedFrom(models.TextChoices):
    """The day from which a rule counts."""

    SIGNED = "signed", _("the day the document was signed")
    GIVEN = "given", _("the day the unit was given it")
    EVENT = "event", _("the day of an event")


class Cycle(models.TextChoices):
    """How often something periodic falls due."""

    WEEK = "week", _("Weekly")
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    HALF_YEAR = "half_year", _("Every six months")
    NINE_MONTHS = "nine_months", _("Every nine months")
    YEAR = "year", _("Yearly")


class Relation(models.TextChoices):
    """What a document does with another, as its own words say (the reader's `vanban.Relation`) or a person does.

    The reader never says `REPORTS_ON` or `CONFIRMS` (an order that was spoken): a person does.
    """

    BASED_ON = "based_on", _("Based on it")
    IMPLEMENTS = "implements", _("Carries it out")
    AMENDS = "amends", _("Amends it")
    REPLACES = "replaces", _("Replaces it")
    REPEALS = "repeals", _("Repeals it")
    REPLIES_TO = "replies_to", _("Answers it")
    REPORTS_ON = "reports_on", _("Reports on it")
    CONFIRMS = "confirms", _("Confirms it in writing")


class Origin(models.TextChoices):
    """Where a document comes from: a paper, words that somebody noted, or what a reporting schedule asks for."""

    DOCUMENT = "document", _("A paper")
    MEETING = "meeting", _("Spoken at a meeting")
    TELEPHONE = "telephone", _("By telephone")
    SCHEDULE = "schedule", _("By a reporting schedule")


class VersionKind(models.TextChoices):
    """What a further version of a document is."""

    SIGNED = "signed", _("Signed copy")
    SCAN = "scan", _("Better scan")
    LATER = "later", _("Later copy of the same document")


class Match(models.TextChoices):
    """How surely a citation is known to mean a document of the library."""

    NONE = "none", _("Not in the library")
    LIKELY = "likely", _("Probably this one")
    SURE = "sure", _("This one")
    STATED = "stated", _("Said by a person")


MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.NINE_MONTHS: 9, Cycle.YEAR: 12}
"""How many months each cycle lasts; a week has none."""
