"""Issuing a directive: at once where it is small, in the background where it is great.

A great one is given to its units in batches, each in a transaction of its own with its lines of history: a unit
gets its copy and all its assignments together, so whoever receives it never sees half a directive. Which units get
it is settled when it begins. One that ended meanwhile is not left out: what it would have got is owed by the unit
that goes on with what it left, with a record of the hand-over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.copies import deliver
from motbuoc.domains.documents.models import Document, Duty, DutyUnit
from motbuoc.domains.documents.selectors import clarity_of, duties_of, lead_units, units_meant
from motbuoc.domains.documents.services import release_document
from motbuoc.domains.work.deadlines import terms_of
from motbuoc.domains.work.models import Assignment, HandOver, Issuing
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record, write_lines
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.foundation.units.services import hold_tree
from motbuoc.foundation.workdays.selectors import calendar

BATCH = 1_000  # assignments in one transaction, about: whole units
State = Issuing.State


@transaction.atomic
def issue_directive(*, actor: Person, document: Document, version: int) -> list[Assignment]:
    """Give every duty of a confirmed document to its units at once: one assignment for each duty and unit.

    Raises:
        NotAllowed: the actor may not issue for the document's unit.
        Refusal: the document is not confirmed, or a duty has nobody to do it.
        Collision: somebody changed it since `version`.
    """
    duties, addressed = _settled(actor, document)
    units = _all_units(duties, addressed)
    release_document(actor=actor, document=document, version=version, unit_ids=units)
    return _give(actor, document, duties, addressed, units, clock.today())


@transaction.atomic
def begin_issuing(*, actor: Person, document: Document, version: int) -> Issuing:
    """Release a confirmed document and settle which units get it; `issue_batch` gives it to them.

    Raises:
        NotAllowed: the actor may not issue for the document's unit.
        Refusal: the document is not confirmed, or a duty has nobody to do it.
        Collision: somebody changed it since `version`.
    """
    duties, addressed = _settled(actor, document)
    units = _all_units(duties, addressed)
    released = release_document(actor=actor, document=document, version=version, unit_ids=())
    return Issuing.objects.create(
        document=released,
        actor=actor,
        addressed=addressed,
        units=units,
        total=sum(len(lead_units(duty, addressed)) for duty in duties),
        begun_on=clock.today(),
    )


def is_great(count: int) -> bool:
    """Whether so many assignments are made in the background."""
    return count > settings.ISSUE_AT_ONCE


@transaction.atomic
def issue_batch(issuing_id: int) -> bool:
    """Give the next units what is theirs; whether there is more to do.

    Whoever comes second waits for the first and goes on after it, so any number of workers may be at it.
    """
    hold_tree()  # no unit ends between being found and being given work
    issuing = Issuing.objects.select_for_update().select_related("document", "actor").get(pk=issuing_id)
    if issuing.state != State.RUNNING:
        return False
    duties = list(duties_of(issuing.document))
    units = issuing.units[issuing.served : issuing.served + max(1, BATCH // max(1, len(duties)))]
    deliver(issuing.document, _living(units).values())
    made = _give(issuing.actor, issuing.document, duties, issuing.addressed, units, issuing.begun_on)
    issuing.served += len(units)
    issuing.done += len(made)
    if issuing.served >= len(issuing.units):
        issuing.state, issuing.finished_at = State.FINISHED, clock.now()
        _tell(issuing.actor, "finish_issuing", issuing)
    issuing.save(update_fields=["served", "done", "state", "finished_at"])
    return issuing.state == State.RUNNING


@transaction.atomic
def stop_issuing(*, actor: Person, issuing: Issuing) -> None:
    """Give it to no more units for now; what was given stays.

    Raises:
        NotAllowed: the actor may not issue for the document's unit.
    """
    _tell(actor, "stop_issuing", _turn(actor, issuing, (State.RUNNING,), State.STOPPED))


@transaction.atomic
def resume_issuing(*, actor: Person, issuing: Issuing) -> None:
    """Go on where it was stopped, failed or left lying.

    Raises:
        NotAllowed: the actor may not issue for the document's unit.
    """
    sources = (State.STOPPED, State.FAILED, State.RUNNING)
    _tell(actor, "resume_issuing", _turn(actor, issuing, sources, State.RUNNING))


@transaction.atomic
def fail_issuing(issuing_id: int) -> None:
    """Say that a batch could not be given; it can be resumed. What was stopped or ended meanwhile stays so."""
    running = Issuing.objects.select_for_update(of=("self",)).filter(pk=issuing_id, state=State.RUNNING)
    issuing = running.select_related("document", "actor").first()
    if issuing is None:
        return
    issuing.state = State.FAILED
    issuing.save(update_fields=["state"])
    _tell(issuing.actor, "fail_issuing", issuing)


def _turn(actor: Person, issuing: Issuing, sources: Sequence[State], target: State) -> Issuing:
    fresh = Issuing.objects.select_for_update().select_related("document").get(pk=issuing.pk)
    policy.require(actor, Action.ISSUE_DIRECTIVE, fresh.document.unit_id)
    if fresh.state not in sources:
        raise Refusal(_("This is not possible now: “%(state)s”.") % {"state": fresh.get_state_display()})
    fresh.state = target
    fresh.save(update_fields=["state"])
    return fresh


def _tell(actor: Person, action: str, issuing: Issuing) -> None:
    values = {"done": issuing.done, "total": issuing.total}
    record(actor, Act(action, "document", issuing.document_id, issuing.document.unit_id, values))


def _settled(actor: Person, document: Document) -> tuple[list[Duty], list[int]]:
    """The duties of a document that may be issued now, and the units its addressees mean today."""
    hold_tree()  # no unit ends between being found and being given work
    policy.require(actor, Action.ISSUE_DIRECTIVE, document.unit_id)
    today = clock.today()
    if any(row.blocks for row in clarity_of(document, today)):
        raise Refusal(_("Some duties do not say who does what. Settle those marked in the clarity check first."))
    return list(duties_of(document)), units_meant(document.addressees.all(), document, today)


def _all_units(duties: Iterable[Duty], addressed: list[int]) -> list[int]:
    """Whoever leads a duty or is addressed, each once, in order of name as far as they are addressed."""
    return list(dict.fromkeys([*addressed, *(pk for duty in duties for pk in lead_units(duty, addressed))]))


def _living(units: Sequence[int]) -> dict[int, int]:
    """Each unit with the one that owes its work today: itself, or who goes on with what it left."""
    today = clock.today()
    there = set(Unit.objects.on(today).filter(pk__in=units).values_list("pk", flat=True))
    return {pk: pk if pk in there else keeper_of(pk, today) for pk in units}


def _give(
    actor: Person, document: Document, duties: Sequence[Duty], addressed: list[int], units: list[int], day: date
) -> list[Assignment]:
    tracking = {pk for duty in duties if (pk := _monitor(duty))}
    owing, asked, days = _living([*units, *tracking]), set(units), calendar()
    terms = {duty.pk: terms_of(duty, document, day, days) for duty in duties}
    assignments = [
        Assignment(
            duty=duty,
            document=document,
            provision_id=duty.provision_id,
            unit_id=owing[unit_id],
            given_to_id=unit_id,
            monitor_id=_other_than(owing[unit_id], owing.get(_monitor(duty) or 0)),
            **terms[duty.pk],
            assigned_on=day,
            news_on=day,
        )
        for duty in duties
        for unit_id in lead_units(duty, addressed)
        if unit_id in asked
    ]
    Assignment.objects.bulk_create(assignments, batch_size=500)
    _add_supports(assignments)
    HandOver.objects.bulk_create(
        HandOver(assignment=row, source_id=row.given_to_id, target_id=row.unit_id, on=clock.today())
        for row in assignments
        if row.given_to_id != row.unit_id
    )
    write_lines(
        actor,
        (
            Act("assign", "assignment", a.pk, a.unit_id, {"duty": a.duty_id, "due_on": _iso(a.due_on)})
            for a in assignments
        ),
    )
    return assignments


def _monitor(duty: Duty) -> int | None:
    return next((part.unit_id for part in duty.units.all() if part.part == DutyUnit.Part.MONITOR), None)


def _other_than(owing: int, monitor: int | None) -> int | None:
    """The unit that tracks it, unless that would be its own work."""
    return monitor if monitor != owing else None


def _add_supports(assignments: list[Assignment]) -> None:
    through = Assignment.supporting_units.through
    through.objects.bulk_create(
        through(assignment_id=assignment.pk, unit_id=part.unit_id)
        for assignment in assignments
        for part in assignment.duty.units.all()
        if part.part == DutyUnit.Part.SUPPORT and part.unit_id != assignment.unit_id
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
