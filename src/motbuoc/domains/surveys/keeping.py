"""How long surveys keep what people wrote, and sheets that nobody counts.

The counts stay: no small group follows from them.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.retention import Kept, declare
from motbuoc.domains.surveys.models import SurveySheet, SurveyText, SurveyToken


def delete_texts(day: date) -> int:
    """Delete what was written in own words to surveys closed before a day."""
    deleted, _by_table = SurveyText.objects.filter(question__survey__closed_on__lt=day).delete()
    return deleted


def delete_sheets(day: date) -> int:
    """Delete the sealed sheets, and the tokens, of surveys whose last day was before a day and which nobody
    closed."""
    over = {"survey__closes_on__lt": day}
    tokens, _by_table = SurveyToken.objects.filter(**over).delete()
    sheets, _by_table = SurveySheet.objects.filter(**over).delete()
    return tokens + sheets


CLOSED, LAST = _("the day on which the survey was closed"), _("the last day of the survey")

declare(Kept("survey_text", _("What was written in own words to surveys"), CLOSED, 1825, delete_texts))
declare(Kept("survey_sheet", _("Sealed sheets of surveys that nobody closed"), LAST, 365, delete_sheets))
