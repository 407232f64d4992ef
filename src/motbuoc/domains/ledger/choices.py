"""What the columns of the ledger's tables can hold."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    """What one of it is; what is measured in none of these has a word of its own (`Indicator.measure_word`)."""

    TIMES = "times", _("times held")
    ATTENDANCES = "attendances", _("attendances")
    PEOPLE = "people", _("people")
    DONG = "dong", _("dong")
    DOCUMENTS = "documents", _("documents")
    UNITS = "units", _("units")
    OTHER = "other", _("another measure")


class Basis(models.TextChoices):
    """Over what days a value counts: only what counts within its period is added up over periods.

    Of the others a year has what was reported last: of a stock also several years.
    """

    IN_PERIOD = "in_period", _("In the period")
    CUMULATIVE = "cumulative", _("From the beginning of the year")
    STOCK = "stock", _("What is there on the cut-off day")


class Axis(models.TextChoices):
    """What may stand on an axis of a table of figures."""

    UNIT = "unit", _("Unit")
    INDICATOR = "indicator", _("Indicator")
    PERIOD = "period", _("Period")
    CATEGORY = "category", _("Part")


class FormState(models.TextChoices):
    """The life of one version of a form: its fields change only while it is a draft."""

    DRAFT = "draft", _("Draft")
    IN_USE = "in_use", _("In use")
    CLOSED = "closed", _("No longer used")


class Comparison(models.TextChoices):
    """What a check of a form compares a field with."""

    AT_MOST = "at_most", _("at most the sum of")
    EQUALS = "equals", _("equal to the sum of")
    NEAR_LAST = "near_last", _("near its value of the last period")


class PeriodCycle(models.TextChoices):
    """How long the periods of a schedule are; thematic and ad hoc ones are opened one by one."""

    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    HALF_YEAR = "half_year", _("Six months")
    NINE_MONTHS = "nine_months", _("Nine months")
    YEAR = "year", _("Year")
    THEMATIC = "thematic", _("By subject")
    AD_HOC = "ad_hoc", _("When asked")
