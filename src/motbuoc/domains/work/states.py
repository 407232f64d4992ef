"""The life of an assignment, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class AssignmentState(models.TextChoices):
    """Where an assignment is. Overdue is never a state: it is computed from the dates (`standing.py`)."""

    ASSIGNED = "assigned", _("Not acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Waiting for acceptance")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Done")


S = AssignmentState
OPEN = (S.ASSIGNED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.SUBMITTED, S.RETURNED)

TRANSITIONS = (
    Transition("acknowledge", _("Acknowledge"), (S.ASSIGNED,), S.ACKNOWLEDGED, Action.WORK_ON_ASSIGNMENT),
    Transition(
        "progress",
        _("Record progress"),
        (S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED),
        S.IN_PROGRESS,
        Action.WORK_ON_ASSIGNMENT,
        asks="text",
    ),
    Transition(
        "submit", _("Submit the result"), (S.IN_PROGRESS,), S.SUBMITTED, Action.WORK_ON_ASSIGNMENT, asks="text"
    ),
    Transition("accept", _("Accept"), (S.SUBMITTED,), S.ACCEPTED, Action.DECIDE_ASSIGNMENT, asks=""),
    Transition(
        "return", _("Return with a reason"), (S.SUBMITTED,), S.RETURNED, Action.DECIDE_ASSIGNMENT, asks="reason"
    ),
    Transition(
        "reopen", _("Open again"), (S.ACCEPTED,), S.RETURNED, Action.DECIDE_ASSIGNMENT, asks="reason"
    ),
)
