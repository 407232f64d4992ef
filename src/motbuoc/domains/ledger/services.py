"""Writes to submissions: checked in the unit, handed in, approved on the way up, accepted, given back.

Each step of the way is one of the tracker's; accepting is what puts figures into the ledger.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.checks import findings_in, shortfalls_of
from motbuoc.domains.ledger.counters import counted
from motbuoc.domains.ledger.filling import EMPTY, CellKey, Held, Line, cells_of, lines_of, narratives_of
from motbuoc.domains.ledger.selectors import between, is_open, is_waiting
from motbuoc.domains.ledger.submitted import Approval, Fact, HandedIn, ReportingPeriod, Submission
from motbuoc.domains.work.services import step_within
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person


@transaction.atomic
def check_figures(*, actor: Person, submission: Submission, version: int) -> Submission:
    """Confirm, in the unit, that the figures are right as they stand.

    Raises:
        NotAllowed: the actor does not work for the unit.
        Refusal: it is handed in already, or the actor entered them and the schedule wants somebody else.
        Collision: somebody changed it since `version`.
    """
    fresh = _claimed(actor, submission, version)
    if fresh.period.schedule.needs_check and fresh.entered_by_id == actor.pk:
        raise Refusal(_("You entered these figures yourself. Somebody else of the unit has to check them."))
    fresh.checked_by, fresh.checked_at = actor, clock.now()
    fresh.save()
    _note(actor, "check_figures", fresh)
    return fresh


def _claimed(actor: Person, submission: Submission, version: int | None) -> Submission:
    """The submission, claimed, if the actor works for its unit and it is still open."""
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)
    fresh = claim(submission, version)
    if not is_open(fresh):
        raise Refusal(_("This report is handed in or locked already. Reload the page to see where it is."))
    return fresh


def _note(actor: Person, act: str, submission: Submission, **values: Any) -> None:
    record(actor, Act(act, "submission", submission.pk, submission.unit_id, values))


@transaction.atomic
def hand_in(*, actor: Person, submission: Submission, version: int) -> HandedIn:
    """Hand a submission in to the unit that asked; what is handed in never changes.

    How complete it is is found and kept, and does not stop it: an honest gap is better than a made-up figure.

    Raises:
        NotAllowed: the actor does not work for the unit.
        Refusal: it is handed in already, a check that blocks does not hold, nothing is entered, or it was not
            checked where the schedule wants that.
        Collision: somebody changed it since `version`.
    """
    fresh = _claimed(actor, submission, version)
    lines, cells = lines_of(fresh.period.form_id), cells_of(fresh)
    written = narratives_of(fresh)
    if not cells and not any(written.values()) and not fresh.nothing_because and _asks_people(lines):
        raise Refusal(_("Nothing is entered yet. Enter figures, or write why there is nothing to report."))
    if blocking := [row.words for row in findings_in(fresh, lines, cells) if row.blocks]:
        raise Refusal(" ".join(blocking[:3]))
    if fresh.period.schedule.needs_check and fresh.checked_by_id is None:
        raise Refusal(_("Let somebody else of the unit check the figures first."))
    handed = HandedIn.objects.create(
        submission=fresh,
        number=(fresh.handed_in.count()) + 1,
        content=content_of(fresh, lines, cells, written),
        reason=_why_again(fresh),
        handed_in_by=actor,
        handed_in_at=clock.now(),
    )
    fresh.handed_in_at = handed.handed_in_at
    fresh.first_handed_in_at = fresh.first_handed_in_at or handed.handed_in_at
    fresh.shortfalls = shortfalls_of(fresh)
    fresh.is_complete, fresh.asks_correction = not fresh.shortfalls, ""
    fresh.save()
    if fresh.assignment.state == AssignmentState.ASSIGNED:
        step_within(actor, fresh.assignment, "acknowledge")
    step_within(actor, fresh.assignment, "submit", _told(fresh, handed))
    _note(actor, "hand_in", fresh, number=handed.number, is_complete=fresh.is_complete)
    return handed


def _asks_people(lines: list[Line]) -> bool:
    return any(not line.is_counted for line in lines) or not lines


def _told(submission: Submission, handed: HandedIn) -> str:
    """What the tracker's entry says of it."""
    words = _("Report %(period)s handed in, no. %(number)s.")
    return words % {"period": submission.period.label, "number": handed.number}


def _why_again(submission: Submission) -> str:
    """The reason of the last return or opening again, where it was handed in before."""
    last = submission.assignment.entries.filter(step__in=("return", "reopen")).order_by("pk").last()
    return last.text if last and submission.handed_in_at and last.written_at > submission.handed_in_at else ""


def content_of(
    submission: Submission, lines: list[Line], cells: dict[CellKey, Held], written: dict[int, str]
) -> dict[str, Any]:
    """What is handed in, as it is kept: cells by field and category, words by box, what the counters gave."""
    period, counts = submission.period, {}
    for line in lines:
        if line.is_counted:
            key = line.field.indicator.counter
            found = counted(key, [submission.unit_id], period.start, period.cutoff_on)
            counts[str(line.field.pk)] = found[submission.unit_id]
    return {
        "cells": [
            [key.field_id, key.category_id, None if held.amount is None else str(held.amount), held.is_estimate]
            + ([held.note] if held.note else [])
            for key, held in sorted(cells.items())
        ],
        "words": {str(box): text for box, text in written.items() if text},
        "counted": counts,
        "nothing_because": submission.nothing_because,
        "cutoff_on": period.cutoff_on.isoformat(),
    }


@transaction.atomic
def approve(*, actor: Person, submission: Submission, unit_id: int, version: int) -> Approval:
    """Approve what was handed in for a unit between who reports and who asked, in their order.

    Raises:
        NotAllowed: the actor does not work for that unit.
        Refusal: it is not handed in, that unit is not on the way, or one before it has not approved yet.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, unit_id)
    fresh = claim(submission, version)
    _check_turn(fresh, unit_id)
    fresh.save()
    approval = Approval.objects.create(
        handed_in=fresh.handed_in.latest("number"), unit_id=unit_id, approved_by=actor, approved_at=clock.now()
    )
    _note(actor, "approve_submission", fresh, by_unit=unit_id)
    return approval


def units_to_approve(submission: Submission) -> list[int]:
    """The units that still have to approve what was handed in, the next first; none where it does not wait."""
    if not is_waiting(submission):
        return []
    reporting = submission.period.submissions.values_list("unit_id", flat=True)
    way = between(submission.unit_id, submission.period.schedule.unit_id, clock.today(), reporting)
    handed = submission.handed_in.latest("number")
    approved = set(handed.approvals.values_list("unit_id", flat=True))
    return [unit for unit in way if unit not in approved]


@transaction.atomic
def accept(*, actor: Person, submission: Submission, version: int) -> HandedIn:
    """Accept what was handed in: its figures become facts of the ledger, in place of those accepted before.

    Raises:
        NotAllowed: the actor does not decide for the unit that asked.
        Refusal: it is not handed in, a unit on the way has not approved, or the actor handed it in.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.DECIDE_ASSIGNMENT, submission.assignment.document.unit_id)
    fresh = claim(submission, version)
    if units_to_approve(fresh):
        raise Refusal(_("A unit between has to approve it first."))
    step_within(actor, fresh.assignment, "accept")
    handed, now = fresh.handed_in.latest("number"), clock.now()
    handed.accepted_by, handed.accepted_at = actor, now
    handed.save()
    fresh.number, fresh.accepted_at = handed.number, now
    fresh.save()
    changed = _put_facts(fresh, handed, now)
    _note(actor, "accept_submission", fresh, number=handed.number, facts=changed)
    return handed


def _put_facts(submission: Submission, handed: HandedIn, moment: datetime) -> int:
    """Close the facts that are no longer so and open those that are; how many changed. Equal ones go on."""
    period, unit_id = submission.period, submission.unit_id
    wanted = facts_in(handed.content, lines_of(period.form_id))
    current = {
        (row.indicator_id, row.category_id or 0): row
        for row in Fact.objects.filter(period=period, unit=unit_id, known_until=None)
    }
    over = [
        row.pk
        for key, row in current.items()
        if wanted.get(key) != (row.amount, row.is_estimate)  # also what is reported no more
    ]
    Fact.objects.filter(pk__in=over).update(known_until=moment)
    kept = {key for key, row in current.items() if row.pk not in set(over)}
    new = [
        Fact(
            period=period,
            unit_id=unit_id,
            indicator_id=indicator,
            category_id=category or None,
            amount=amount,
            is_estimate=is_estimate,
            source=handed,
            known_from=moment,
        )
        for (indicator, category), (amount, is_estimate) in wanted.items()
        if (indicator, category) not in kept
    ]
    Fact.objects.bulk_create(new)
    if over or new:
        ReportingPeriod.objects.filter(pk=period.pk).update(facts_version=F("facts_version") + 1)
    return len(over) + len(new)


Wanted = dict[tuple[int, int], tuple[Decimal, bool]]


def facts_in(content: dict[str, Any], lines: list[Line]) -> Wanted:
    """The figures in what was handed in, by indicator and category; what is blank is none."""
    cells = {
        CellKey(field, category): Held(Decimal(amount), is_estimate)
        for field, category, amount, is_estimate, *_note in content["cells"]
        if amount is not None
    }
    found: Wanted = {}
    for line in lines:
        indicator = line.field.indicator_id
        if line.is_counted:
            if (number := content["counted"].get(str(line.field.pk))) is not None:
                found[indicator, 0] = Decimal(number), False
            continue
        for key in line.keys:
            held = cells.get(key, EMPTY)
            if held.amount is not None:
                found[indicator, key.category_id] = held.amount, held.is_estimate
    return found


@transaction.atomic
def send_back(*, actor: Person, submission: Submission, version: int, reason: str) -> Submission:
    """Give a submission back with a reason, for the unit that asked.

    Raises:
        NotAllowed: the actor does not decide for it.
        Refusal: it is not handed in, or the reason is missing.
        Collision: somebody changed it since `version`.
    """
    fresh = claim(submission, version)
    fresh.save()
    step_within(actor, fresh.assignment, "return", reason.strip())
    _note(actor, "send_back", fresh, reason=reason.strip())
    return fresh


@transaction.atomic
def give_back(*, actor: Person, submission: Submission, unit_id: int, version: int, reason: str) -> Submission:
    """Give back what was handed in, with a reason, for the unit on the way that is to approve it next.

    Handed in anew, it goes the whole way again.

    Raises:
        NotAllowed: the actor does not work for that unit.
        Refusal: it is not that unit's turn, or the reason is missing.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, unit_id)
    fresh = claim(submission, version)
    _check_turn(fresh, unit_id)
    fresh.save()
    step_within(actor, fresh.assignment, "return", reason.strip(), may=True)
    _note(actor, "give_back_on_the_way", fresh, by_unit=unit_id, reason=reason.strip())
    return fresh


def _check_turn(submission: Submission, unit_id: int) -> None:
    """Refuse a unit on the way that is not the next."""
    waiting = units_to_approve(submission)
    if unit_id not in waiting:
        raise Refusal(_("There is nothing here for this unit to approve now. Reload the page."))
    if waiting[0] != unit_id:
        raise Refusal(_("The unit below has to approve it first."))


@transaction.atomic
def ask_correction(*, actor: Person, submission: Submission, version: int, reason: str) -> Submission:
    """Say, for the unit, that what was accepted holds a mistake, and ask for the form back.

    Raises:
        NotAllowed: the actor does not work for the unit.
        Refusal: nothing of it was accepted, or the reason is missing.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)
    fresh = claim(submission, version)
    if fresh.assignment.state != AssignmentState.ACCEPTED:
        raise Refusal(_("Only what was accepted is asked back. Before that, ask for it to be returned."))
    if not reason.strip():
        raise Refusal(_("Write what is wrong, so that it can be given back for correction."))
    fresh.asks_correction = reason.strip()
    fresh.save()
    _note(actor, "ask_correction", fresh, reason=fresh.asks_correction)
    return fresh


@transaction.atomic
def reopen(*, actor: Person, submission: Submission, version: int, reason: str) -> Submission:
    """Give an accepted submission back for correction; its figures stand until the correction is accepted.

    Raises:
        NotAllowed: the actor does not decide for the unit that asked.
        Refusal: it was not accepted, or the reason is missing.
        Collision: somebody changed it since `version`.
    """
    fresh = claim(submission, version)
    fresh.asks_correction = ""
    fresh.save()
    step_within(actor, fresh.assignment, "reopen", reason.strip())
    _note(actor, "reopen_submission", fresh, reason=reason.strip())
    return fresh


def was_on_time(submission: Submission) -> bool:
    """Whether it was first handed in by its due day."""
    first, due = submission.first_handed_in_at, submission.assignment.due_on
    return first is not None and (due is None or timezone.localdate(first) <= due)
