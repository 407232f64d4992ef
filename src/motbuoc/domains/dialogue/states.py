"""The lives of a dialogue and of a question, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class DialogueState(models.TextChoices):
    """Where a dialogue is."""

    PLANNED = "dialogue_planned", _("Planned")
    ANNOUNCED = "dialogue_announced", _("Announced, takes questions")
    HELD = "dialogue_held", _("Held")
    CONCLUDED = "dialogue_concluded", _("Concluded")
    PUBLISHED = "dialogue_published", _("Results published")
    CALLED_OFF = "dialogue_called_off", _("Called off")


class QuestionState(models.TextChoices):
    """Where a question is."""

    RECEIVED = "question_received", _("Received")
    FORWARDED = "question_forwarded", _("With the unit that answers")
    ANSWERED = "question_answered", _("Question answered")
    AGAIN = "question_again", _("Said to be not solved")
    ASIDE = "question_aside", _("Not dealt with here")


D, Q = DialogueState, QuestionState
HOLD = Action.HOLD_DIALOGUE
AWAITS = (Q.RECEIVED, Q.FORWARDED, Q.AGAIN)
"""A question in one of these is owed an answer."""

DIALOGUE_TRANSITIONS = (
    Transition("announce_dialogue", _("Announce it and take questions"), (D.PLANNED,), D.ANNOUNCED, HOLD),
    Transition("hold_dialogue", _("Note that it was held"), (D.PLANNED, D.ANNOUNCED), D.HELD, HOLD),
    Transition("conclude_dialogue", _("Conclude"), (D.HELD,), D.CONCLUDED, HOLD),
    Transition("publish_dialogue", _("Publish the results"), (D.HELD, D.CONCLUDED), D.PUBLISHED, HOLD),
    Transition("call_off_dialogue", _("Call it off"), (D.PLANNED, D.ANNOUNCED), D.CALLED_OFF, HOLD, asks="reason"),
)

QUESTION_TRANSITIONS = (
    Transition("forward_question", _("Forward"), AWAITS, Q.FORWARDED, HOLD),
    Transition("answer_question", _("Answer"), (*AWAITS, Q.ANSWERED), Q.ANSWERED, HOLD, asks="text"),
    Transition("set_question_aside", _("Not to be dealt with here"), AWAITS, Q.ASIDE, HOLD, asks="reason"),
    Transition("take_question_up", _("Take it up again"), (Q.ASIDE,), Q.RECEIVED, HOLD),
)

GONE = "(Đã xóa khi hết thời hạn lưu)"
"""What stands in the place of words whose time is over; Vietnamese, because it is kept."""

TAKEN_OFF = "(Lời đã gỡ khỏi trang: {reason})"
"""What stands in the place of words that were taken off."""

TAKES_QUESTIONS = (D.ANNOUNCED, D.HELD, D.CONCLUDED)
"""Questions come before, at and after a dialogue, until its results are published."""

BEEN_HELD = (D.HELD, D.CONCLUDED, D.PUBLISHED)
"""A dialogue that took place."""
