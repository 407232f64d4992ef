"""Opening a period from a page, a program or by a standing order: at once, or in the background for many units."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction

from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import open_period
from motbuoc.domains.ledger.standing_orders import held_to_open, note_opened, note_trouble, ordered_schedules
from motbuoc.domains.ledger.submitted import ReportingPeriod, Schedule
from motbuoc.domains.work.issuing import begin_issuing
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.jobs.issuing import go_on_issuing


@transaction.atomic
def open_and_send(
    *, actor: Person, schedule: Schedule, span: Span, cutoff_on: date | None = None, label: str = ""
) -> ReportingPeriod:
    """Open a period, and begin to give it to its units where these are too many to be served at once.

    Raises:
        NotAllowed, Refusal, Collision: as `open_period`.
    """
    period = open_period(actor=actor, schedule=schedule, span=span, cutoff_on=cutoff_on, label=label)
    document = period.document
    if document.state == DocumentState.CONFIRMED:
        issuing = begin_issuing(actor=actor, document=document, version=document.version)
        transaction.on_commit(partial(go_on_issuing.enqueue, issuing.pk))
    return period


MOST_MISSED = 24  # periods of one schedule that one round opens


def open_what_is_due() -> int:
    """Open the periods whose day has come by standing orders, those missed meanwhile too; how many."""
    return sum(_open_due(pk) for pk in ordered_schedules())


def _open_due(schedule_id: int) -> int:
    for opened in range(MOST_MISSED):
        try:
            with transaction.atomic():
                held = held_to_open(schedule_id)  # locked: two workers open it once
                if held is None:
                    return opened
                schedule, opening = held
                assert schedule.ordered_by
                period = open_and_send(actor=schedule.ordered_by, schedule=schedule, span=opening.span)
                note_opened(schedule.ordered_by, schedule, period)
        except Refusal as refusal:
            note_trouble(schedule_id, str(refusal.message))
            return opened
    return MOST_MISSED
