"""Opening a period from a page, a program or a sweep: at once, or for very many units in the background."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction

from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import open_period
from motbuoc.domains.ledger.submitted import ReportingPeriod, Schedule
from motbuoc.domains.work.issuing import begin_issuing
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
