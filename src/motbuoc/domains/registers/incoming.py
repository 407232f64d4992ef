"""Writes to the incoming book: registering, routing notes (bút phê), corrections, striking out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.quoting import declare, narrow
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.registers.models import Book, Incoming, RoutingNote
from motbuoc.domains.registers.numbering import next_in, series_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification, narrowest
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim, once
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import check_size, discard, evidence_type, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from vanban.text import fold


@dataclass(frozen=True)
class Paper:
    """What a line of the incoming book says of a paper."""

    sender: str
    subject: str
    arrived_on: date
    code: str = ""
    issued_on: date | None = None
    urgency: str = Incoming.Urgency.NONE
    classification: str = Classification.NORMAL


def register_incoming(
    *,
    actor: Person,
    unit: Unit,
    paper: Paper,
    document: Document | None = None,
    upload: UploadedFile[Any] | None = None,
) -> Incoming:
    """Enter a paper into the unit's incoming book under the next number of the year in which it arrived.

    With the `document` that was brought in or received, with a file of its own, or with neither.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: sender or subject is missing, it arrived after today or before it was issued, the file is not
            accepted, or the document is not for the actor to read or is in the book already.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, unit.pk)
    _check(paper)
    if document and not documents_for(actor).filter(pk=document.pk).exists():
        raise Refusal(_("There is no such document among those you may read. Choose another one."))
    stored = _kept(upload) if upload else None
    try:
        with transaction.atomic():
            return _register(actor, unit, paper, document, stored)
    except BaseException:
        if stored:
            stored.delete()
            discard(stored)
        raise


def _kept(upload: UploadedFile[Any]) -> StoredFile:
    check_size(upload)
    name, content = upload.name or "", upload.read()
    return keep_file(name, content, evidence_type(name, content))


def _register(
    actor: Person, unit: Unit, paper: Paper, document: Document | None, stored: StoredFile | None
) -> Incoming:
    series = series_of(unit.pk, Book.INCOMING, "", "", paper.arrived_on)
    number = next_in(series)  # from here on nobody else registers in this book until this is done
    there = _("This document is in the incoming register already.")
    if document and Incoming.objects.filter(unit=unit, document=document, is_struck=False).exists():
        raise Refusal(there)
    row = Incoming(
        series=series,
        number=number,
        unit=unit,
        document=document,
        file=stored,
        registered_by=actor,
        registered_at=clock.now(),
    )
    _set(row, {**_columns(paper), "classification": _class_of(paper, document).value})
    with once(there):  # a paper of another year is numbered in another series, and does not wait
        row.save()
    values = {"code": row.code, "number": number, "subject": row.subject}
    record(actor, _act("register_incoming", row, values))
    return row


def _class_of(paper: Paper, document: Document | None) -> Classification:
    """Never wider than the document that the line is about."""
    return narrowest(paper.classification, *([document.classification] if document else []))


def _columns(paper: Paper) -> dict[str, Any]:
    return {
        "arrived_on": paper.arrived_on,
        "sender": paper.sender.strip()[:250],
        "code": paper.code.strip()[:80],
        "issued_on": paper.issued_on,
        "subject": paper.subject.strip()[:1000],
        "urgency": str(paper.urgency),
        "classification": str(paper.classification),
    }


def _set(row: Incoming, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.folded = fold(f"{row.code} {row.sender} {row.subject}")


def _check(paper: Paper) -> None:
    if not paper.sender.strip() or not paper.subject.strip():
        raise Refusal(_("Write whom the paper is from and what it is about."))
    if paper.arrived_on > clock.today():
        raise Refusal(_("The day of arrival is not here yet."))
    if paper.issued_on and paper.issued_on > paper.arrived_on:
        raise Refusal(_("The paper cannot arrive before the day on which it was issued."))


@transaction.atomic
def correct_incoming(*, actor: Person, incoming: Incoming, version: int, paper: Paper, reason: str) -> Incoming:
    """Correct a line of the book; its number stays, and the history keeps what stood there and why it changed.

    A narrower class holds for the slips by which its notes were given to units as well.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: no reason; the line is struck out; it would fall into another year's numbers; as
            `register_incoming`.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, incoming.unit_id)
    _check(paper)
    if not reason.strip():
        raise Refusal(_("Write why the line is corrected: it stays in the history."))
    fresh = claim(incoming, version)
    if fresh.is_struck:
        raise Refusal(_("This line is struck out. Register the paper anew."))
    if paper.arrived_on.year != fresh.arrived_on.year:
        raise Refusal(_("The number belongs to the year of arrival. Strike the line out and register it anew."))
    columns = _columns(paper) | {"classification": _class_of(paper, fresh.document).value}
    changes = {
        name: [_plain(getattr(fresh, name)), _plain(value)]
        for name, value in columns.items()
        if getattr(fresh, name) != value
    }
    _set(fresh, columns)
    fresh.save()
    record(actor, _act("correct_incoming", fresh, {**changes, "reason": reason.strip()}))
    narrow(
        actor=actor,
        documents=Document.objects.filter(routing_note__incoming=fresh),
        to=fresh.seen_as,
        reason=reason.strip(),
    )
    return fresh


@transaction.atomic
def strike_incoming(*, actor: Person, incoming: Incoming, version: int, reason: str) -> Incoming:
    """Strike a line out, as one does on paper: it stays to be read, with its number, and counts no more.

    Raises:
        NotAllowed, Refusal, Collision: as `correct_incoming`.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, incoming.unit_id)
    if not reason.strip():
        raise Refusal(_("Write why the line is struck out: it stays in the history."))
    fresh = claim(incoming, version)
    if fresh.is_struck:
        raise Refusal(_("This line is struck out already."))
    fresh.is_struck = True
    fresh.save()
    record(actor, _act("strike_incoming", fresh, {"reason": reason.strip()}))
    return fresh


@transaction.atomic
def route_incoming(
    *, actor: Person, incoming: Incoming, text: str, to: str, due_on: date | None = None
) -> RoutingNote:
    """Write a routing note (bút phê) on a paper: what is to be done, by whom, until when. The last one has it.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: nobody is named, it says nothing, or its day lies before the paper came.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, incoming.unit_id)
    if not text.strip() or not to.strip():
        raise Refusal(_("Write what is to be done and who does it."))
    if due_on and due_on < incoming.arrived_on:
        raise Refusal(_("The day lies before the paper came. Choose a later one."))
    held = Incoming.objects.select_for_update().get(pk=incoming.pk)
    if held.is_struck:
        raise Refusal(_("This line is struck out. Register the paper anew."))
    note = RoutingNote.objects.create(
        incoming=held,
        text=text.strip()[:1000],
        to=to.strip()[:250],
        due_on=due_on,
        written_by=actor,
        written_at=clock.now(),
    )
    values = {"what": note.text, "to": note.to, "due_on": _plain(due_on)}
    record(actor, _act("route_incoming", held, values))
    return note


# The slip by which a note was given to units names the paper: sender, number and subject.
declare(lambda paper: Document.objects.filter(routing_note__incoming__document=paper))


def _act(action: str, incoming: Incoming, values: dict[str, Any]) -> Act:
    return Act(action, "incoming", incoming.pk, incoming.unit_id, values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
