"""What a unit asks of whoever issued its task, a later day or to let it rest: asked and decided with reasons."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.selectors import asked_on
from motbuoc.domains.work.services import step_within
from motbuoc.domains.work.states import AT_WORK, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.occasions import Occasion
from motbuoc.foundation.notices.services import forget
from motbuoc.foundation.people.models import Person

S = Request.State


@transaction.atomic
def ask(
    *, actor: Person, assignment: Assignment, version: int, kind: str, reason: str, wanted_on: date | None = None
) -> Request:
    """Ask for a later due day (`wanted_on`), or that the task be suspended.

    Raises:
        NotAllowed: the actor does not work for the unit that owes it.
        Refusal: no reason, no later day, nothing that could be moved, or one of this kind is still open.
        Collision: somebody changed the assignment since `version`.
    """
    fresh = claim(assignment, version)
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, fresh.unit_id)
    if fresh.state not in (AssignmentState.ASSIGNED, *AT_WORK):
        raise Refusal(_("This can be asked only while your unit is at work on the task."))
    if not reason.strip():
        raise Refusal(_("Write the reason: whoever decides needs it."))
    if kind == Request.Kind.EXTENSION:
        _later(fresh, wanted_on)
    if fresh.requests.filter(kind=kind, state=S.OPEN).exists():
        raise Refusal(_("This has been asked already and waits for a decision. Withdraw it first to ask again."))
    fresh.save()
    asked = Request.objects.create(
        assignment=fresh,
        kind=kind,
        reason=reason.strip(),
        due_on=fresh.due_on,
        wanted_on=wanted_on if kind == Request.Kind.EXTENSION else None,
        asked_by=actor,
        asked_on=clock.today(),
    )
    _record(
        actor, "ask_request", asked, {"kind": kind, "reason": asked.reason, "wanted_on": _iso(asked.wanted_on)}
    )
    return asked


@transaction.atomic
def decide(
    *, actor: Person, request: Request, version: int, grant: bool, answer: str = "", granted_on: date | None = None
) -> Request:
    """Grant what was asked, an extension up to `granted_on` (default: the day wanted), or refuse it with a reason.

    Raises:
        NotAllowed: the actor does not decide for the unit that issued the document, or not any more.
        Refusal: a refusal without a reason, a day that is not later, one's own request, or the unit is not at
            work on the task any more.
        Collision: somebody decided since `version`.
    """
    fresh = claim(request, version)
    assignment = claim(fresh.assignment, None)
    _require(actor, assignment)
    if fresh.state != S.OPEN:
        raise Refusal(_("This has been decided or withdrawn already. Reload the page to see how."))
    if fresh.asked_by_id == actor.pk:
        raise Refusal(_("You asked for this yourself. Somebody else has to decide on it."))
    if not grant and not answer.strip():
        raise Refusal(_("Write the reason, so that the unit knows why not."))
    fresh.state, fresh.answer = (S.GRANTED if grant else S.REFUSED), answer.strip()
    fresh.decided_by, fresh.decided_on = actor, clock.today()
    if grant and assignment.state not in (AssignmentState.ASSIGNED, *AT_WORK):
        raise Refusal(_("The unit is not at work on the task any more. Refuse the request, or return the result."))
    if grant and fresh.kind == Request.Kind.EXTENSION:
        fresh.granted_on = granted_on or fresh.wanted_on
        _later(assignment, fresh.granted_on)
        assignment.due_on = fresh.granted_on
        assignment.save()
    if grant and fresh.kind == Request.Kind.SUSPENSION:
        step_within(actor, assignment, "suspend", fresh.answer or fresh.reason)
    fresh.save()
    _settle(fresh)
    values = {"kind": fresh.kind, "reason": fresh.answer, "granted_on": _iso(fresh.granted_on)}
    _record(actor, "grant_request" if grant else "refuse_request", fresh, values)
    return fresh


@transaction.atomic
def withdraw(*, actor: Person, request: Request, version: int) -> Request:
    """Take one's own open request back.

    Raises:
        NotAllowed: the actor does not work for the unit any more.
        Refusal: it is somebody else's, or has been decided.
        Collision: somebody decided since `version`.
    """
    fresh = claim(request, version)
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, fresh.assignment.unit_id)
    if fresh.asked_by_id != actor.pk or fresh.state != S.OPEN:
        raise Refusal(_("Only whoever asked takes a request back, and only while it is open."))
    fresh.state = S.WITHDRAWN
    fresh.save()
    _settle(fresh)
    _record(actor, "withdraw_request", fresh, {"kind": fresh.kind})
    return fresh


def _settle(request: Request) -> None:
    """Nobody need be told any more that it waits; the sweep looks today at what is to be told of it instead."""
    forget("request", request.pk, Occasion.REQUESTED)
    Assignment.objects.filter(pk=request.assignment_id).update(look_on=clock.today())


def _require(actor: Person, assignment: Assignment) -> None:
    """As `policy.require`; who could decide until lately is told that their term is over, and what to do."""
    unit_id = asked_on(Action.DECIDE_ASSIGNMENT, assignment)
    if policy.may_on(actor, Action.DECIDE_ASSIGNMENT, unit_id):
        return
    if policy.may_on(actor, Action.DECIDE_ASSIGNMENT, unit_id, on=clock.today() - clock.ONE_DAY):
        raise NotAllowed(
            _("Your term here ended yesterday. Hand the decision to your successor, or ask for the right anew.")
        )
    policy.require(actor, Action.DECIDE_ASSIGNMENT, unit_id)


def _later(assignment: Assignment, day: date | None) -> None:
    if assignment.due_on is None:
        raise Refusal(_("This task has no due day, so there is nothing to extend."))
    if day is None or day <= assignment.due_on or day < clock.today():
        raise Refusal(_("Give a day after the present due day, and not before today."))
    if day > clock.LAST_DAY:
        raise Refusal(_("Give a day between the years 1900 and 2200."))


def _record(actor: Person, act: str, request: Request, values: dict[str, str | None]) -> None:
    assignment = request.assignment
    record(
        actor, Act(act, "assignment", assignment.pk, assignment.unit_id, {k: v for k, v in values.items() if v})
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
