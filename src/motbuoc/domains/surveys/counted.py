"""The counters of surveys: those closed, and how many answered them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.counters import Counter, declare
from motbuoc.domains.surveys.models import Survey


def closed(units: Collection[int], start: date, end: date) -> QuerySet[Survey]:
    """Surveys closed in the days."""
    rows = Survey.objects.filter(unit__in=units, closed_on__range=(start, end))
    return rows.annotate(counted_for=F("unit_id"))


declare(Counter("survey.closed", _("Surveys closed and counted"), closed, "survey_detail", str))
