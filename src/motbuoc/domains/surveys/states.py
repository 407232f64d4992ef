"""The life of a survey, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class SurveyState(models.TextChoices):
    """Where a survey is."""

    DRAFT = "survey_draft", _("Being built")
    OPEN = "survey_open", _("Open, takes answers")
    CLOSED = "survey_closed", _("Closed and counted")
    PUBLISHED = "survey_published", _("Survey results published")


S = SurveyState
HOLD = Action.HOLD_SURVEY

SURVEY_TRANSITIONS = (
    Transition("open_survey", _("Open it for answers"), (S.DRAFT,), S.OPEN, HOLD),
    Transition("take_back_survey", _("Take it back to be changed"), (S.OPEN,), S.DRAFT, HOLD),
    Transition("close_survey", _("Close it and count"), (S.OPEN,), S.CLOSED, HOLD),
    Transition("publish_survey", _("Publish the results of the survey"), (S.CLOSED,), S.PUBLISHED, HOLD),
)

COUNTED = (S.CLOSED, S.PUBLISHED)
"""A survey that takes no more answers."""
