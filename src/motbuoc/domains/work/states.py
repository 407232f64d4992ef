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
    QUESTIONED = "questioned", _("Question to be answered")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Done")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


class HelpState(models.TextChoices):
    """Where an offer of help is."""

    OFFERED = "help_offered", _("Waits for the unit's answer")
    WANTED = "help_wanted", _("The unit says what it needs")
    DECLINED = "help_declined", _("No help needed")
    WITHDRAWN = "help_withdrawn", _("Offer taken back")


S = AssignmentState
WORK, DECIDE = Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT
CLOSED = (S.ACCEPTED, S.CANCELLED)
"""Nothing is owed any more; whatever is in none of these is open."""

STOPPED = (S.SUSPENDED, S.CANCELLED)
"""Nobody works on it: neither late nor done."""

HANDED_IN = (S.SUBMITTED, S.QUESTIONED)
"""The result is there: in time if it came in time, however long its review and the answers take."""

NOT_OWED = (*HANDED_IN, S.ACCEPTED, S.SUSPENDED, S.CANCELLED)
OWED = tuple(state for state in S if state not in NOT_OWED)
"""The unit has something to do by its due day. Indexes of the inbox name what is not owed: a new state belongs in
one of both."""

AT_WORK = (S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED)

TRANSITIONS = (
    Transition("acknowledge", _("Acknowledge"), (S.ASSIGNED,), S.ACKNOWLEDGED, WORK),
    Transition("progress", _("Record progress"), AT_WORK, S.IN_PROGRESS, WORK, asks="text"),
    Transition("submit", _("Submit the result"), AT_WORK, S.SUBMITTED, WORK, asks="text"),
    Transition("accept_period", _("Accept this period, go on"), HANDED_IN, S.IN_PROGRESS, DECIDE),
    Transition("accept", _("Accept as done"), HANDED_IN, S.ACCEPTED, DECIDE),
    Transition("return", _("Return with a reason"), HANDED_IN, S.RETURNED, DECIDE, asks="reason"),
    Transition("ask", _("Ask the unit"), (S.SUBMITTED,), S.QUESTIONED, DECIDE, asks="question"),
    Transition("answer", _("Answer the question"), (S.QUESTIONED,), S.SUBMITTED, WORK, asks="answer"),
    Transition("reopen", _("Open again"), CLOSED, S.RETURNED, DECIDE, asks="reason"),
    Transition("suspend", _("Suspend"), (S.ASSIGNED, *AT_WORK), S.SUSPENDED, DECIDE, asks="grounds"),
    # Before anybody acknowledged it, back to ASSIGNED (`standing.state_after`).
    Transition("resume", _("Resume"), (S.SUSPENDED,), S.ACKNOWLEDGED, DECIDE, asks="grounds"),
    Transition(
        "cancel",
        _("Cancel"),
        (S.ASSIGNED, *AT_WORK, *HANDED_IN, S.SUSPENDED),
        S.CANCELLED,
        DECIDE,
        asks="grounds",
    ),
)

HELP_TRANSITIONS = (
    Transition("want_help", _("We need …"), (HelpState.OFFERED,), HelpState.WANTED, WORK, asks="text"),
    Transition("decline_help", _("No help needed"), (HelpState.OFFERED,), HelpState.DECLINED, WORK),
    Transition("withdraw_help", _("Take the offer back"), (HelpState.OFFERED,), HelpState.WITHDRAWN, DECIDE),
)
