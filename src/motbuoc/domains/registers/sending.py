"""Releasing an outgoing document (number, day, signature) and, as an act of its own, sending it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.reading import number_file, read_file
from motbuoc.domains.documents.services import MEDIA_TYPES, file_released, send_document
from motbuoc.domains.registers.drafting import code_of, named_on, written
from motbuoc.domains.registers.models import Book, Number, Outgoing, Series
from motbuoc.domains.registers.numbering import series_of, take_number
from motbuoc.domains.registers.states import TRANSITIONS, OutgoingState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import check_size, discard, evidence_type, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.services import hold_tree

NAMED = 5  # ended units that a refusal names
TRIES = 5  # times that another may take the number first


class _NumberTaken(Exception):
    """Somebody else took the number between its being written into the file and being taken."""


def release_outgoing(
    *, actor: Person, outgoing: Outgoing, version: int, reserved: Number | None = None
) -> Outgoing:
    """Number an approved document, or use a number kept free, and write number and day into its file.

    The file is written before the number is taken, so that no other writer waits for it; if another document took
    the number meanwhile, it is written again with the next one.

    Raises:
        NotAllowed: the actor may not release for the unit.
        Refusal: it is not approved; no term is open; the reserved number is of another series or not free.
        Collision: somebody changed it since `version`.
    """
    transition = step(TRANSITIONS, "release", outgoing.state)
    policy.require(actor, Action(transition.action), outgoing.unit_id)
    with transaction.atomic():
        series = series_of(outgoing.unit_id, Book.OUTGOING, outgoing.regime, outgoing.type, clock.today())
    for _try in range(TRIES):
        number = reserved.number if reserved else Series.objects.get(pk=series.pk).next
        paper = _numbered(outgoing, number)
        try:
            with transaction.atomic():
                return _release(actor, outgoing, version, series, reserved, paper)
        except _NumberTaken:
            _forget(paper.file)
        except BaseException:
            _forget(paper.file)
            raise
    raise Collision(_("Many documents are being numbered at this moment. Try again."))


@dataclass(frozen=True)
class _Paper:
    """The file with a number and the day in it; `is_complete`: there was a place for both."""

    number: int
    code: str
    file: StoredFile
    is_complete: bool


def _numbered(outgoing: Outgoing, number: int) -> _Paper:
    today = clock.today()
    unit = named_on(outgoing.unit_id, today)
    code = code_of(outgoing.regime, outgoing.type, unit.symbol or unit.code, number)
    if outgoing.text:
        content, is_numbered = written(outgoing.text, today, number), True
    else:
        with outgoing.file.content.open("rb") as file:
            content, is_numbered = number_file(outgoing.file.name, file.read(), code, today)
    name = f"{code.replace('/', '-')} {outgoing.file.name}"
    return _Paper(number, code, keep_file(name, content, MEDIA_TYPES[".docx"]), is_numbered)


def _release(
    actor: Person,
    outgoing: Outgoing,
    version: int,
    series: Series,
    reserved: Number | None,
    paper: _Paper,
) -> Outgoing:
    fresh = claim(outgoing, version)
    transition = step(TRANSITIONS, "release", fresh.state)
    number = _use(reserved, series) if reserved else take_number(actor, series, Number.State.USED)
    if number.number != paper.number:
        raise _NumberTaken
    before, fresh.state, fresh.number, fresh.code = fresh.state, transition.target, number, paper.code
    fresh.file, fresh.is_numbered, fresh.issued_on = paper.file, paper.is_complete, clock.today()
    fresh.released_by, fresh.released_at = actor, clock.now()
    fresh.save()
    values = {"state": [before, fresh.state], "code": paper.code, "files": [paper.file.sha256]}
    record(actor, Act("release_outgoing", "outgoing", fresh.pk, fresh.unit_id, values))
    return fresh


def _use(reserved: Number, series: Series) -> Number:
    held = Number.objects.select_for_update().get(pk=reserved.pk)
    if held.series_id != series.pk or held.state != Number.State.RESERVED:
        raise Refusal(_("This number is not kept free for such a document. Choose another, or take the next one."))
    held.state = Number.State.USED
    held.save()
    return held


def _forget(stored: StoredFile) -> None:
    stored.delete()
    discard(stored)


def attach_signed(*, actor: Person, outgoing: Outgoing, version: int, upload: UploadedFile[Any]) -> Outgoing:
    """Keep the signed version of a released document: a PDF or a scan, or the signed Word file.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: the file is not accepted; it is not released yet, or sent already.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, outgoing.unit_id)
    check_size(upload)
    name, content = upload.name or "", upload.read()
    stored = keep_file(name, content, evidence_type(name, content))
    try:
        with transaction.atomic():
            fresh = claim(outgoing, version)
            if fresh.state != OutgoingState.RELEASED:
                raise Refusal(_("The signed version belongs to a document that is numbered and not yet sent."))
            fresh.signed = stored
            fresh.save()
            record(
                actor,
                Act("attach_signed", "outgoing", fresh.pk, fresh.unit_id, {"files": [stored.sha256]}),
            )
            return fresh
    except BaseException:
        _forget(stored)
        raise


def _units_of(outgoing: Outgoing) -> list[int]:
    """The units that receive it; the tree is held."""
    rows = {row.unit_id: row.name for row in outgoing.recipients.all() if row.unit_id}
    there = set(Unit.objects.on(clock.today()).filter(pk__in=rows).values_list("pk", flat=True))
    if ended := [name for pk, name in rows.items() if pk not in there]:
        named = "; ".join(ended[:NAMED]) + (" …" if len(ended) > NAMED else "")
        raise Refusal(
            _("These units have ended: %(units)s. Choose under “To whom it goes” who receives it in their place.")
            % {"units": named}
        )
    return list(rows)


def send_outgoing(*, actor: Person, outgoing: Outgoing, version: int, as_directive: bool = False) -> Outgoing:
    """Send a released document: units of the tree get their copies, for other bodies channel and day are kept.

    `as_directive`: it waits in the documents to be reviewed, and its units get it when it is issued with its
    duties.

    Raises:
        NotAllowed: the actor may not send for the unit.
        Refusal: it is not released, nobody receives it, or a unit that was to receive it has ended since.
        Collision: somebody changed it since `version`.
    """
    transition = step(TRANSITIONS, "dispatch", outgoing.state)
    policy.require(actor, Action(transition.action), outgoing.unit_id)
    with outgoing.file.content.open("rb") as file:
        read = read_file(outgoing.file.name, file.read(), checks=False)  # takes seconds: before anything is held
    with transaction.atomic():
        hold_tree()  # no unit ends between being found and being sent to
        fresh = claim(outgoing, version)
        transition = step(TRANSITIONS, "dispatch", fresh.state)
        units = [] if as_directive else _units_of(fresh)
        if not as_directive and not fresh.recipients.exists():
            raise Refusal(_("Nobody receives it yet. Say to whom it goes, then send it."))
        facts = {"code": fresh.code, "issued_on": fresh.issued_on, "subject": fresh.subject, "type": fresh.type}
        fresh.document = file_released(
            actor=actor,
            unit=fresh.unit,
            stored=fresh.signed or fresh.file,
            read=replace(read, layout=outgoing.layout),
            classification=fresh.classification,
            facts=facts,
        )
        if not as_directive:
            fresh.document = send_document(actor=actor, document=fresh.document, unit_ids=units)
        before, fresh.state = fresh.state, transition.target
        fresh.sent_by, fresh.sent_at = actor, clock.now()
        fresh.save()
        fresh.recipients.filter(unit=None).update(sent_on=clock.today())
        values = {"state": [before, fresh.state], "document": fresh.document.pk, "units": len(units)}
        record(actor, Act("dispatch_outgoing", "outgoing", fresh.pk, fresh.unit_id, values))
        return fresh
