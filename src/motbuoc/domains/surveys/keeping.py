"""What surveys keep of whoever answered in own words, and for how long; the counts that may be shown stay."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.retention import Kept, declare
from motbuoc.domains.surveys.models import SurveyText


def delete_texts(day: date) -> int:
    """Delete what was written in own words in surveys closed before a day."""
    return SurveyText.objects.filter(question__survey__closed_on__lt=day).delete()[0]


declare(
    Kept(
        "survey_text", _("Answers to surveys in own words"), _("the day the survey was closed"), 1825, delete_texts
    )
)
