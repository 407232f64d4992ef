"""What can be done with a unit's form now, and by whom: the buttons of pages and the API are drawn from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger import services
from motbuoc.domains.ledger.selectors import is_open, is_waiting
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.domains.work.selectors import steps_for
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person


@dataclass(frozen=True)
class FormStep:
    """A step of a form on its way; `asks`: what its reason is called, "" where it needs none."""

    name: str
    label: Any
    asks: Any = ""


STEPS = {
    step.name: step
    for step in (
        FormStep("check", _("The figures are right")),
        FormStep("hand_in", _("Hand in the report")),
        FormStep("approve", _("Approve")),
        FormStep("give_back", _("Give back to the unit"), _("What is to be mended")),
        FormStep("accept", _("Accept into the ledger")),
        FormStep("send_back", _("Give back"), _("What is to be mended")),
        FormStep("ask_correction", _("Ask for correction"), _("What is wrong")),
        FormStep("reopen", _("Give back for correction"), _("What is to be corrected")),
    )
}
OF_THE_TRACKER = {"return": "send_back", "reopen": "reopen"}
"""Steps of the assignment that are steps of the form by another name."""


def works_on(viewer: Person, submission: Submission) -> bool:
    """Whether `viewer` works for the unit whose form it is."""
    return policy.may_on(viewer, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)


def steps_open_to(viewer: Person, submission: Submission) -> list[FormStep]:
    """The steps that `viewer` may take on a submission now."""
    names: set[str] = set()
    if works_on(viewer, submission):
        if is_open(submission):
            names |= {"hand_in"} | ({"check"} if _wants_check(viewer, submission) else set())
        elif submission.assignment.state == AssignmentState.ACCEPTED:
            names.add("ask_correction")
    if is_waiting(submission):
        names |= _deciding(viewer, submission)
    taken = {OF_THE_TRACKER.get(step.name) for step in steps_for(viewer, submission.assignment)}
    return [step for step in STEPS.values() if step.name in names or step.name in taken]


def _wants_check(viewer: Person, submission: Submission) -> bool:
    if not submission.period.schedule.needs_check or submission.checked_by_id or not submission.entered_by_id:
        return False
    return submission.entered_by_id != viewer.pk


def _deciding(viewer: Person, submission: Submission) -> set[str]:
    waiting = services.units_to_approve(submission)
    if waiting:
        is_mine = policy.may_on(viewer, Action.WORK_ON_ASSIGNMENT, waiting[0])
        return {"approve", "give_back"} if is_mine else set()
    if submission.assignment.submitted_by_id == viewer.pk:
        return set()
    asker = submission.assignment.document.unit_id
    return {"accept"} if policy.may_on(viewer, Action.DECIDE_ASSIGNMENT, asker) else set()


def take_form_step(*, actor: Person, submission: Submission, version: int, name: str, reason: str = "") -> None:
    """Take a step by its name (`services`).

    Raises:
        NotAllowed, Collision: as the step.
        Refusal: as the step; there is none of this name.
    """
    asked: dict[str, Any] = {"actor": actor, "submission": submission, "version": version}
    if name == "check":
        services.check_figures(**asked)
    elif name == "hand_in":
        services.hand_in(**asked)
    elif name == "approve":
        waiting = services.units_to_approve(submission)
        services.approve(**asked, unit_id=waiting[0] if waiting else submission.unit_id)
    elif name == "give_back":
        waiting = services.units_to_approve(submission)
        services.give_back(**asked, unit_id=waiting[0] if waiting else submission.unit_id, reason=reason)
    elif name == "accept":
        services.accept(**asked)
    elif name == "send_back":
        services.send_back(**asked, reason=reason)
    elif name == "ask_correction":
        services.ask_correction(**asked, reason=reason)
    elif name == "reopen":
        services.reopen(**asked, reason=reason)
    else:
        raise Refusal(_now("This step is not possible now. Reload the page to see what has changed."))
