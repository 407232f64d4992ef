"""What the head wrote on an incoming paper (bút phê), given to units as a task of the one tracker.

The note becomes a document of the unit's own, the slip by which incoming papers are settled ("phiếu giải quyết văn
bản đến", 30/2020/NĐ-CP annex IV), with one duty, and is issued as any directive.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.linking import state_link
from motbuoc.domains.documents.models import Document, Duty, DutyUnit, Provision, Relation, TimeKind
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.documents.terms import check_terms
from motbuoc.domains.registers.incoming import route_incoming
from motbuoc.domains.registers.models import Incoming, RoutingNote
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import discard, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

NOTHING_READ: dict[str, Any] = {"header": {}, "header_spans": {}, "notes": [], "distribution": [], "signer": {}}
WORDS_OF_A_VERB = 2  # "nghiên cứu", "tham mưu"
SLIP = "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN\nVăn bản đến số {number}, ngày {day:%d/%m/%Y}: {paper}\n\n{item}\n"


@dataclass(frozen=True)
class Given:
    """What is to be done by which units, until when, and what is to come of it."""

    text: str
    units: Collection[int]
    due_on: date | None = None
    product: str = ""


def give_incoming(*, actor: Person, incoming: Incoming, given: Given) -> Document:
    """Give what the head wrote on a paper to units as a task; words that are new are first written as a note.

    Raises:
        NotAllowed: the actor may not issue directives for the unit, or, for new words, not keep its registers.
        Refusal: no words or units; its day is past; a unit is not below the book's unit; this very note was given
            already; the line is struck out.
    """
    policy.require(actor, Action.ISSUE_DIRECTIVE, incoming.unit_id)
    given = Given(_plain(given.text), set(given.units), given.due_on, _plain(given.product)[:300])
    names = _check(incoming, given)
    text = _slip(incoming, given)
    stored = keep_file(f"But phe so den {incoming.number}.txt", text.encode(), "text/plain")
    try:
        with transaction.atomic():
            return _give(actor, incoming, given, names, stored, text)
    except BaseException:
        stored.delete()
        discard(stored)
        raise


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" ;.")


def _check(incoming: Incoming, given: Given) -> list[str]:
    """The names of the units, in their order; refuses what cannot be given."""
    today = clock.today()
    if not given.text:
        raise Refusal(_("Write what is to be done."))
    if not given.units:
        raise Refusal(_("Choose at least one unit that is to do it."))
    if given.due_on and given.due_on < today:
        raise Refusal(_("The day until which it is to be done is past. Choose a later one."))
    known = Unit.objects.on(today).under([incoming.unit_id], today).filter(pk__in=given.units)
    names = dict(known.order_by("name", "pk").values_list("pk", "name"))
    if set(names) != given.units:
        raise Refusal(
            _("One of the chosen units does not belong here any more. Reload the page and choose again.")
        )
    return list(names.values())


def _slip(incoming: Incoming, given: Given) -> str:
    paper = ", ".join(part for part in (incoming.code, incoming.sender, _plain(incoming.subject)) if part)
    return SLIP.format(number=incoming.number, day=incoming.arrived_on, paper=paper, item=f"1. {given.text}.")


def _give(
    actor: Person, incoming: Incoming, given: Given, names: list[str], stored: StoredFile, text: str
) -> Document:
    held = Incoming.objects.select_for_update().get(pk=incoming.pk)  # of two who give it at once, the second waits
    if held.is_struck:
        raise Refusal(_("This line is struck out. Register the paper anew."))
    note = held.notes.order_by("-pk").first()
    if note is None or _plain(note.text) != given.text:
        note = route_incoming(
            actor=actor, incoming=held, text=given.text, to="; ".join(names)[:250], due_on=given.due_on
        )
    elif note.document_id:
        raise Refusal(_("This note was given as a task already. Write other words to give a further one."))
    document = _document(actor, held, given, stored, text)
    RoutingNote.objects.filter(pk=note.pk).update(document=document)
    values = {"document": document.pk, "units": names[:50], "due_on": _iso(given.due_on)}
    record(actor, Act("give_incoming", "incoming", held.pk, held.unit_id, values))
    if held.document and documents_for(actor).filter(pk=held.document.pk).exists():
        state_link(actor=actor, source=document, target=held.document, relation=Relation.IMPLEMENTS)
    document = confirm_document(actor=actor, document=document, version=document.version)
    issue_directive(actor=actor, document=document, version=document.version)
    return document


def _document(actor: Person, incoming: Incoming, given: Given, stored: StoredFile, text: str) -> Document:
    today, item = clock.today(), text.rindex("\n\n") + 2
    document = Document.objects.create(
        unit=incoming.unit,
        file=stored,
        text=text,
        reading=NOTHING_READ,
        issuer=Unit.objects.on(today).get(pk=incoming.unit_id).name,
        issued_on=today,
        subject=given.text[:1000],
        classification=incoming.seen_as.value,
        brought_by=actor,
    )
    end = item + len(f"1. {given.text}")
    provision = Provision.objects.create(document=document, number="1", position=0, start=item, end=end)
    duty = Duty(
        document=document,
        provision=provision,
        position=0,
        start=end - len(given.text),
        end=end,
        text=given.text,
        verb=" ".join(given.text.split()[:WORDS_OF_A_VERB])[:80],
        what=given.text,
        product=given.product,
        time_kind=TimeKind.DATED if given.due_on else TimeKind.UNDATED,
        due_on=given.due_on,
        for_addressees=False,
    )
    check_terms(duty)
    duty.save()
    DutyUnit.objects.bulk_create(
        DutyUnit(duty=duty, unit_id=pk, part=DutyUnit.Part.LEAD) for pk in sorted(given.units)
    )
    return document


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
