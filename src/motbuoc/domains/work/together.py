"""One step or request on several assignments, or one answer to several requests, at once: each by itself, as if it
were given on its own page.

Each is asked of the policy and done in a transaction of its own: what cannot be done is told with its reason and
keeps nothing else from being done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.requesting import ask, decide
from motbuoc.domains.work.selectors import assignments_for, goes_on
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.states import AT_WORK, TRANSITIONS, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person

R = TypeVar("R", Assignment, Request)
MOST = 100  # at once
EXTENSION = "extension"
STEPS = {
    step.name: step for step in TRANSITIONS if step.name in ("acknowledge", "accept_period", "accept", "return")
}
"""The steps that somebody would take on several at once; the others ask for words about each."""


@dataclass(frozen=True)
class Outcome:
    """What became of one of them, an assignment or a request: `refusal` is empty where it was done."""

    row: Any
    refusal: Any = ""


def take_together(
    *, actor: Person, chosen: Sequence[tuple[Assignment, int]], name: str, text: str = ""
) -> list[Outcome]:
    """Take the step `name` of STEPS on each of `chosen`, pairs of an assignment and the version that was seen.

    `text` is the reason of all, where the step asks for one. What goes on by periods is not ended here.

    Raises:
        Refusal: it is no such step, or they are too many.
    """
    if name not in STEPS:
        raise Refusal(_("This step is taken on the page of each task."))

    def take(assignment: Assignment, version: int) -> None:
        if name == "accept" and goes_on(assignment):
            raise Refusal(_("It has a next period. Accept this period, or end it on its own page."))
        take_step(actor=actor, assignment=assignment, version=version, name=name, text=text)

    return _each(chosen, take)


def ask_together(
    *, actor: Person, chosen: Sequence[tuple[Assignment, int]], reason: str, wanted_on: date | None
) -> list[Outcome]:
    """Ask for a later due day of each of `chosen`, for one reason.

    Raises:
        Refusal: they are too many.
    """

    def ask_for(assignment: Assignment, version: int) -> None:
        ask(
            actor=actor,
            assignment=assignment,
            version=version,
            kind=Request.Kind.EXTENSION,
            reason=reason,
            wanted_on=wanted_on,
        )

    return _each(chosen, ask_for)


def decide_together(
    *, actor: Person, chosen: Sequence[tuple[Request, int]], grant: bool, answer: str = ""
) -> list[Outcome]:
    """Grant each of `chosen`, pairs of a request and the version that was seen, as it was asked, or refuse each.

    `answer` is the answer to all; a refusal needs it.

    Raises:
        Refusal: they are too many.
    """

    def answer_it(request: Request, version: int) -> None:
        decide(actor=actor, request=request, version=version, grant=grant, answer=answer)

    return _each(chosen, answer_it)


def _each(chosen: Sequence[tuple[R, int]], do: Callable[[R, int], object]) -> list[Outcome]:
    if len(chosen) > MOST:
        raise Refusal(_("At most %(most)s tasks at once. Choose fewer.") % {"most": MOST})
    outcomes = []
    for row, version in chosen:
        try:
            do(row, version)
            outcomes.append(Outcome(row))
        except Refusal as refusal:
            outcomes.append(Outcome(row, refusal.message))
    return outcomes


def chosen_for(viewer: Person, ids: Collection[int]) -> list[Any]:
    """Those of the assignments that `viewer` may see, the first given first."""
    return list(assignments_for(viewer).filter(pk__in=ids).order_by("pk"))


def offered_for(viewer: Person, rows: Sequence[Assignment]) -> list[str]:
    """What `viewer` may do to some of the rows: names of STEPS, and EXTENSION; in two queries."""
    found = Assignment.objects.filter(pk__in=[row.pk for row in rows])
    reach = {
        action: set(found.filter(policy.within_reach(viewer, action, column)).values_list("pk", flat=True))
        for action, column in ((Action.WORK_ON_ASSIGNMENT, "unit"), (Action.DECIDE_ASSIGNMENT, "document__unit"))
    }
    steps = [
        name
        for name, step in STEPS.items()
        if any(row.state in step.sources and row.pk in reach[Action(step.action)] for row in rows)
    ]
    at_work = (AssignmentState.ASSIGNED, *AT_WORK)
    mine = reach[Action.WORK_ON_ASSIGNMENT]
    if any(row.state in at_work and row.due_on and row.pk in mine for row in rows):
        steps.append(EXTENSION)
    return steps
