"""The lives of a plan and of a visit, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class PlanState(models.TextChoices):
    """Where a plan is: its sample may change until it is approved."""

    DRAFT = "plan_draft", _("Being drawn up")
    APPROVED = "plan_approved", _("Approved")


class VisitState(models.TextChoices):
    """Where a visit is."""

    PLANNED = "visit_planned", _("Planned")
    UNDER_WAY = "visit_under_way", _("Inspecting")
    DRAFT_SENT = "visit_draft_sent", _("Waiting for the unit's comment")
    COMMENTED = "visit_commented", _("Commented on by the unit")
    CONCLUDED = "visit_concluded", _("Concluded")
    CALLED_OFF = "visit_called_off", _("Called off")


P, V = PlanState, VisitState
INSPECT, WORK = Action.INSPECT_WORK, Action.WORK_ON_ASSIGNMENT
SENT = (V.DRAFT_SENT, V.COMMENTED)

PLAN_TRANSITIONS = (
    Transition("approve_plan", _("Approve the plan"), (P.DRAFT,), P.APPROVED, INSPECT),
    Transition("reopen_plan", _("Change the plan again"), (P.APPROVED,), P.DRAFT, INSPECT, asks="reason"),
)

VISIT_TRANSITIONS = (
    Transition("begin_visit", _("Begin the inspection"), (V.PLANNED,), V.UNDER_WAY, INSPECT),
    Transition("call_off_visit", _("Call the inspection off"), (V.PLANNED,), V.CALLED_OFF, INSPECT, asks="reason"),
    Transition("send_draft", _("Send the draft to the unit"), (V.UNDER_WAY,), V.DRAFT_SENT, INSPECT, asks="text"),
    Transition("take_back_draft", _("Take the draft back"), SENT, V.UNDER_WAY, INSPECT, asks="reason"),
    Transition("comment_draft", _("Send the comment"), (V.DRAFT_SENT,), V.COMMENTED, WORK, asks="text"),
    Transition("conclude_visit", _("Conclude"), SENT, V.CONCLUDED, INSPECT, asks="text"),
)

SEEN_BY_UNIT = (*SENT, V.CONCLUDED)
"""From the draft on, the inspected unit sees its visit."""

OVER = (V.CONCLUDED, V.CALLED_OFF)
"""Nothing more happens to the visit itself."""

BEEN_THERE = (V.UNDER_WAY, *SEEN_BY_UNIT)
"""A visit that took place counts for the rotation."""
