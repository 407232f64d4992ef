"""The life of a consultation, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class ConsultationState(models.TextChoices):
    """Where a consultation is."""

    DRAFT = "consultation_draft", _("Being prepared, not asked yet")
    OPEN = "consultation_open", _("Open, takes comments")
    CLOSED = "consultation_closed", _("Closed, comments being dealt with")
    ANSWERED = "consultation_answered", _("All comments dealt with")
    PUBLISHED = "consultation_published", _("What became of the comments is published")


C = ConsultationState
HOLD = Action.HOLD_CONSULTATION

CONSULTATION_TRANSITIONS = (
    Transition("open_consultation", _("Open it for comments"), (C.DRAFT,), C.OPEN, HOLD),
    Transition("close_consultation", _("Close it for comments"), (C.OPEN,), C.CLOSED, HOLD),
    Transition("answer_consultation", _("Say that all comments are dealt with"), (C.CLOSED,), C.ANSWERED, HOLD),
    Transition("resume_consultation", _("Deal with comments again"), (C.ANSWERED,), C.CLOSED, HOLD),
    Transition("publish_consultation", _("Publish what became of the comments"), (C.ANSWERED,), C.PUBLISHED, HOLD),
)

TAKES_VERSIONS = (C.DRAFT, C.CLOSED, C.ANSWERED)
"""A new version is added before anybody is asked or after they have answered: never under a reader."""
