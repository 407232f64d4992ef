"""The life of an opinion, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class OpinionState(models.TextChoices):
    """Where an opinion is."""

    RECEIVED = "opinion_received", _("Received")
    PASSED_ON = "opinion_passed_on", _("With the unit that can act")
    ANSWERED = "opinion_answered", _("Opinion answered")
    HEEDED = "opinion_heeded", _("Heeded in the unit's work")


S = OpinionState
ANSWER = Action.ANSWER_OPINION
OPEN = (S.RECEIVED, S.PASSED_ON)
"""An opinion in one of these still waits to be dealt with."""

OPINION_TRANSITIONS = (
    Transition("pass_opinion_on", _("Pass it on"), OPEN, S.PASSED_ON, ANSWER),
    Transition("answer_opinion", _("Answer it"), (*OPEN, S.ANSWERED, S.HEEDED), S.ANSWERED, ANSWER, asks="text"),
    Transition("heed_opinion", _("Heed it without an answer"), OPEN, S.HEEDED, ANSWER, asks="reason"),
)

GONE = "…"
"""What stands in the place of words that have been deleted."""
