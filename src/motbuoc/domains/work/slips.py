"""Slips: a printed sheet for each task, filled in by hand, whose photograph comes back as news of the task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motbuoc.domains.work.inbox import Narrowing
from motbuoc.domains.work.listing import first_of
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.people.models import Person

MOST_SLIPS = 100  # printed at once


def slips_for(viewer: Person, narrowing: Narrowing) -> list[Any]:
    """The tasks still owed for which `viewer` may print slips, narrowed; the most urgent first."""
    return first_of(viewer, "owed", replace(narrowing, own=True), MOST_SLIPS, assignments_for(viewer)).rows


def assignment_on_slip(viewer: Person, pk: int) -> Any:
    """The task whose slip `viewer` may send in; None where there is no such task for them."""
    mine = policy.within_reach(viewer, Action.WORK_ON_ASSIGNMENT, "unit")
    return assignments_for(viewer).filter(mine, pk=pk).first()


@transaction.atomic
def send_slip(*, actor: Person, assignment: Assignment, text: str, files: Sequence[UploadedFile[Any]]) -> Entry:
    """Record the photographs of a task's slip as progress; a task not yet acknowledged is so by it, or neither.

    Raises:
        NotAllowed, Refusal, Collision: as `take_step`.
    """
    version = assignment.version
    if assignment.state == AssignmentState.ASSIGNED:
        take_step(actor=actor, assignment=assignment, version=version, name="acknowledge")
        version += 1
    return take_step(actor=actor, assignment=assignment, version=version, name="progress", text=text, files=files)
