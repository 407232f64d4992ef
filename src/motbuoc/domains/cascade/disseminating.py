"""Writes of study and dissemination: recorded by the unit, corrected with a reason; figures, never names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.cascade.dissemination import units_to_record_for
from motbuoc.domains.cascade.models import Dissemination
from motbuoc.domains.documents.models import Document
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

FIGURES = ("held_on", "form", "sessions", "attended", "expected", "is_withdrawn")


@transaction.atomic
def disseminate(
    *,
    actor: Person,
    document: Document,
    unit: Unit,
    held_on: date,
    form: str,
    sessions: int,
    attended: int,
    expected: int,
) -> Dissemination:
    """Record the sessions in which a unit studied a document.

    `attended` are attendances, `expected` those there would have been had everybody come who should.

    Raises:
        NotAllowed: the actor does not work for the unit.
        Refusal: the document was not issued to the unit or one above it; the figures cannot be.
    """
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, unit.pk)
    if not units_to_record_for(actor, document).filter(pk=unit.pk).exists():
        raise Refusal(_("This document was not issued to this unit, nor to a unit above it."))
    row = Dissemination(
        document=document,
        unit=unit,
        held_on=held_on,
        form=form,
        sessions=sessions,
        attended=attended,
        expected=expected,
        recorded_by=actor,
    )
    _check(row, document)
    row.save()
    record(actor, _act("disseminate", row, {name: _plain(getattr(row, name)) for name in FIGURES[:-1]}))
    return row


@transaction.atomic
def correct_dissemination(
    *, actor: Person, dissemination: Dissemination, version: int, reason: str, **figures: Any
) -> Dissemination:
    """Set other figures, or withdraw the record (`is_withdrawn`); the history keeps old, new and the reason.

    Raises:
        NotAllowed: the actor does not work for the unit.
        Refusal: there is no reason, or the figures cannot be.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, dissemination.unit_id)
    fresh = claim(dissemination, version)
    if not reason.strip():
        raise Refusal(_("Write why the figures change: they have been counted already."))
    before = {name: _plain(getattr(fresh, name)) for name in figures}
    for name, value in figures.items():
        setattr(fresh, name, value)
    _check(fresh, fresh.document)
    fresh.save()
    changed = {name: [old, _plain(figures[name])] for name, old in before.items() if old != _plain(figures[name])}
    record(actor, _act("correct_dissemination", fresh, changed | {"reason": reason.strip()}))
    return fresh


def _check(row: Dissemination, document: Document) -> None:
    if row.held_on > clock.today():
        raise Refusal(_("The session is still to come. Record it once it has taken place."))
    if document.issued_on and row.held_on < document.issued_on:
        raise Refusal(_("The session was before the day of the document. Check the day."))
    if row.sessions < 1 or row.expected < 1:
        raise Refusal(_("Write how many sessions there were, and how many attendances were due."))
    if row.attended > row.expected:
        raise Refusal(_("More attendances than were due. Count those due over all sessions, and no guests."))


def _act(action: str, row: Dissemination, values: dict[str, Any]) -> Act:
    return Act(action, "dissemination", row.pk, row.unit_id, {"document": row.document_id, **values})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
