"""Writes to documents. Each asks the policy, runs in one transaction and leaves one line of history."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motbuoc.domains.documents.copies import deliver
from motbuoc.domains.documents.first_lines import follow_day
from motbuoc.domains.documents.importing import fill_rows, proposed_class
from motbuoc.domains.documents.linking import resolve_citations
from motbuoc.domains.documents.models import Addressee, Document, Duty, DutyUnit, TimeKind
from motbuoc.domains.documents.quoting import narrow_with
from motbuoc.domains.documents.reading import ADVICE, FileRead, read_file
from motbuoc.domains.documents.selectors import clarity_of
from motbuoc.domains.documents.states import READABLE, TRANSITIONS, DocumentState
from motbuoc.domains.documents.terms import check_terms
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification, narrowest
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import check_size, discard, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitGroup
from motbuoc.foundation.units.selectors import groups_for

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".pdf": "application/pdf",
    ".html": "text/plain",  # never a page of ours
    ".htm": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
}
"""What can be brought in, by the ending of its name; the reader looks at the bytes."""

Row = TypeVar("Row", Document, Duty)
IDENTIFYING = frozenset({"code", "issued_on", "issuer"})
"""The header fields that say which citations mean a document."""
HEADER_COLUMNS = {"superior": 250, "issuer": 250, "code": 80, "type": 20, "place": 120, "subject": 1000}


def import_document(
    *,
    actor: Person,
    unit: Unit,
    upload: UploadedFile[Any],
    classification: str = Classification.NORMAL,
    then: Callable[[Document], object] = lambda _document: None,
) -> Document:
    """Read an uploaded file and keep it as a document of `unit`, to be reviewed.

    It is of the class chosen, or of that which the paper's marks ask for where this is narrower. `then` is what is
    done with it in the same transaction: where that is refused, nothing is kept.

    Raises:
        NotAllowed: the actor may not bring documents in for this unit.
        Refusal: the file is refused (size, type, hostile content, a secrecy mark); nothing of it is kept.
    """
    policy.require(actor, Action.IMPORT_DOCUMENT, unit.pk)
    check_size(upload)
    name, content = upload.name or "", upload.read()
    read = read_file(name, content)  # outside the transaction: it may take seconds; says best what is wrong
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    if media_type is None:  # the reader takes any text; kept, a drawing or a script is one click from running
        raise Refusal(ADVICE["unsupported"])
    stored = keep_file(name, content, media_type)
    try:
        with transaction.atomic():
            document = _add_document(actor, unit, stored.pk, read, classification)
            then(document)
            return document
    except BaseException:
        stored.delete()
        discard(stored)
        raise


def _add_document(actor: Person, unit: Unit, file_id: int, read: FileRead, classification: str) -> Document:
    reading, header = read.reading, read.reading["header"]
    document = Document.objects.create(
        unit=unit,
        file_id=file_id,
        text=reading["text"],
        reading=reading,
        layout=read.layout,
        regime=reading["regime"] or "",
        issued_on=header["date"],
        classification=narrowest(classification, proposed_class(reading)),
        brought_by=actor,
        **{name: (header[name] or "")[:longest] for name, longest in HEADER_COLUMNS.items()},
    )
    document.refresh_from_db()  # dates as dates
    fill_rows(document, reading)
    resolve_citations(document)
    record(actor, Act("import_document", "document", document.pk, unit.pk, _brought(document)))
    return document


def file_released(
    *, actor: Person, unit: Unit, stored: StoredFile, read: FileRead, classification: str, facts: dict[str, Any]
) -> Document:
    """Make a document of what the unit has released itself, with `facts` known better than by reading it (number,
    day, subject); part of `registers.services`, which has asked the policy."""
    document = _add_document(actor, unit, stored.pk, read, classification)
    for name, value in facts.items():
        setattr(document, name, value)
    was = document.code_key  # as the file was read; saving finds the one of the number given
    document.save()
    resolve_citations(document, was=was)
    return document


def _brought(document: Document) -> dict[str, Any]:
    return {"code": document.code, "classification": document.classification}


def open_for_review(actor: Person, document: Document) -> None:
    """Go on only if `actor` may correct the document and it is still open to corrections.

    Raises:
        NotAllowed, Refusal: as said.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, document.unit_id)
    if not Document.objects.filter(pk=document.pk, state=DocumentState.READ).exists():
        raise Refusal(_("The document is confirmed. Choose “Correct again” before you change it."))


def _hold_open(actor: Person, document: Document) -> None:
    """The same for a write: locked until its transaction ends, so that nobody confirms the document meanwhile."""
    _lock(document)
    open_for_review(actor, document)


def _lock(document: Document) -> None:
    Document.objects.select_for_update().only("pk").get(pk=document.pk)


@transaction.atomic
def correct_document(
    *, actor: Person, document: Document, version: int, changes: dict[str, Any], reason: str = ""
) -> Document:
    """Set header fields, the report's period (`report_cycle`), the last day (`runs_until`) or the class.

    The first line of a spoken order follows the day on which it was said.

    Raises:
        Collision: somebody changed it since `version`.
        Refusal: the class changes, and no `reason` is given.
    """
    _hold_open(actor, document)
    fresh = claim(document, version)
    is_same = changes.get("classification", fresh.classification) == fresh.classification
    given = {} if is_same else _reason(reason)
    was, changes = fresh.code_key, follow_day(fresh, changes)
    corrected = _change(actor, fresh, "correct_document", "document", fresh, changes, given)
    if IDENTIFYING.intersection(changes):
        resolve_citations(corrected, was=was)
    if given:
        narrow_with(actor=actor, document=corrected, reason=given["reason"])
    return corrected


@transaction.atomic
def classify_document(
    *, actor: Person, document: Document, version: int, classification: str, reason: str
) -> Document:
    """Change the class of a document in any state; who may see what was made of it follows at once.

    Raises:
        NotAllowed: the actor may not review the document.
        Collision: somebody changed it since `version`.
        Refusal: it is of this class already, or no `reason` is given.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, document.unit_id)
    fresh = claim(document, version)
    if classification == fresh.classification:
        raise Refusal(_("The document is of this class already."))
    changes, given = {"classification": Classification(classification).value}, _reason(reason)
    classified = _change(actor, fresh, "classify_document", "document", fresh, changes, given)
    narrow_with(actor=actor, document=classified, reason=given["reason"])
    return classified


def _reason(words: str) -> dict[str, Any]:
    if not words.strip():
        raise Refusal(_("Write why the class changes: it decides who may see the document."))
    return {"reason": words.strip()}


@dataclass(frozen=True)
class DutyUnits:
    """Whom a duty is given to: the addressees' units or the `leads`, the units that support them, and the one that
    tracks it."""

    for_addressees: bool
    leads: Collection[int] = ()
    supports: Collection[int] = ()
    monitor: int | None = None


@transaction.atomic
def correct_duty(
    *, actor: Person, duty: Duty, version: int, changes: dict[str, Any], units: DutyUnits | None = None
) -> Duty:
    """Correct what a duty says (its words in the text stay) and choose its leading and supporting units.

    A person has now looked at it: the reader's own doubt whether it is a duty at all is settled (`confidence` 1).

    Raises:
        Collision: somebody changed it since `version`.
        Refusal: a unit is not below the document's unit, or both leads and supports; its time cannot be
            (`terms.check_terms`).
    """
    _hold_open(actor, duty.document)
    fresh = claim(duty, version)
    given = {} if units is None else _give(fresh, units)
    fresh = _change(actor, fresh, "correct_duty", "duty", duty.document, {**changes, "confidence": 1.0}, given)
    check_terms(fresh)
    fresh.unsure = [doubt for doubt in fresh.unsure if not _is_settled(doubt, fresh)]
    fresh.save(update_fields=["unsure"])
    return fresh


def _is_settled(doubt: str, duty: Duty) -> bool:
    if doubt == "period":
        return bool(duty.cycle) or duty.time_kind != TimeKind.PERIODIC
    return bool(getattr(duty, doubt, True))


def _give(duty: Duty, units: DutyUnits) -> dict[str, Any]:
    """Choose the units; what differs as pairs of old and new, for the history. The duty is saved by the caller."""
    leads, supports = set(units.leads), set(units.supports)
    monitors = {units.monitor} if units.monitor else set()
    check_parts(leads, supports, monitors)
    check_units(leads | supports | monitors, duty.document)
    before = _given(duty)
    duty.for_addressees = units.for_addressees
    duty.units.all().delete()
    DutyUnit.objects.bulk_create(
        [DutyUnit(duty=duty, unit_id=pk, part=DutyUnit.Part.LEAD) for pk in sorted(leads)]
        + [DutyUnit(duty=duty, unit_id=pk, part=DutyUnit.Part.SUPPORT) for pk in sorted(supports)]
        + [DutyUnit(duty=duty, unit_id=pk, part=DutyUnit.Part.MONITOR) for pk in monitors]
    )
    after = _given(duty)
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def check_parts(leads: set[int], supports: set[int], monitors: set[int]) -> None:
    """Go on only if no unit takes two parts in a duty.

    Raises:
        Refusal: one does.
    """
    if leads & supports:
        raise Refusal(_("A unit cannot both lead and support the same duty. Choose one of the two."))
    if monitors & (leads | supports):
        raise Refusal(_("The unit that tracks a duty cannot do it as well. Choose another unit to track it."))


def _given(duty: Duty) -> dict[str, Any]:
    parts = list(DutyUnit.objects.filter(duty=duty).order_by("unit_id"))
    units = {name: [p.unit_id for p in parts if p.part == name] for name in DutyUnit.Part.values}
    return {"for_addressees": duty.for_addressees, **units}


def check_units(unit_ids: set[int], document: Document) -> None:
    """Go on only if the units are below the document's unit today.

    Raises:
        Refusal: one is not.
    """
    today = clock.today()
    known = Unit.objects.on(today).under([document.unit_id], today).filter(pk__in=unit_ids)
    if set(known.values_list("pk", flat=True)) != unit_ids:
        raise Refusal(
            _("One of the chosen units does not belong here any more. Reload the page and choose again.")
        )


@transaction.atomic
def split_duty(*, actor: Person, duty: Duty, version: int, at: int) -> tuple[Duty, Duty]:
    """Make two duties of one: the words before the character `at` of the document's text, and those from it on.

    Raises:
        Refusal: one of the two would have no words.
    """
    document = duty.document
    _hold_open(actor, document)
    first = claim(duty, version)
    head, tail = document.text[first.start : at], document.text[at : first.end]
    if not (first.start < at < first.end and head.strip(" ;,.\n") and tail.strip(" ;,.\n")):
        raise Refusal(_("Choose a place inside the duty's words to split it."))
    document.duties.filter(position__gt=first.position).update(position=F("position") + 1)
    second = Duty(
        document=document,
        provision=first.provision,
        position=first.position + 1,
        start=at + len(tail) - len(tail.lstrip()),
        end=first.end,
        text=tail.strip(),
        what=tail.strip(" ;.\n"),
        actor_text=first.actor_text,
        time_kind=first.time_kind,
        for_addressees=first.for_addressees,
        confidence=first.confidence,
        unsure=["verb"],
    )
    second.save()
    first.end, first.text, first.what = first.start + len(head.rstrip()), head.rstrip(), head.strip(" ;.\n")
    first.save()
    DutyUnit.objects.bulk_create(
        [DutyUnit(duty=second, unit_id=u.unit_id, part=u.part) for u in first.units.all()]
    )
    record(actor, _act("split_duty", "duty", first.pk, document, {"at": at, "new": second.pk}))
    return first, second


@transaction.atomic
def merge_duties(*, actor: Person, duty: Duty, version: int, other: Duty) -> Duty:
    """Make one duty of two of the same provision; the other one is dropped. Splitting undoes it.

    Raises:
        Refusal: they are not of the same provision of the same document.
    """
    document = duty.document
    _hold_open(actor, document)
    if (duty.document_id, duty.provision_id) != (other.document_id, other.provision_id) or duty.pk == other.pk:
        raise Refusal(_("Only duties of the same item can be merged."))
    kept = claim(duty, version)
    gone = claim(other, None)
    kept.start, kept.end = min(kept.start, gone.start), max(kept.end, gone.end)
    kept.text = document.text[kept.start : kept.end]
    kept.what = "; ".join(part for part in (kept.what, gone.what) if part)
    kept.save()
    gone.is_dropped = True
    gone.save()
    record(actor, _act("merge_duties", "duty", kept.pk, document, {"other": gone.pk}))
    return kept


@transaction.atomic
def drop_duty(*, actor: Person, duty: Duty, version: int, dropped: bool = True) -> Duty:
    """Mark that words are no duty; `dropped` False takes that back.

    Raises:
        Refusal: what is to be taken back has been merged into a duty that is still there.
    """
    _hold_open(actor, duty.document)
    fresh = claim(duty, version)
    around = Duty.objects.filter(document=fresh.document_id, is_dropped=False).exclude(pk=fresh.pk)
    if not dropped and around.filter(start__lte=fresh.start, end__gte=fresh.end).exists():
        raise Refusal(_("These words are part of another duty now. Split that duty instead."))
    action = "drop_duty" if dropped else "restore_duty"
    return _change(actor, fresh, action, "duty", duty.document, {"is_dropped": dropped})


@transaction.atomic
def add_duty(*, actor: Person, document: Document, words: str, near: int = 0) -> Duty:
    """Add a duty that the reader missed, by the words of the text: those closest to the character `near`.

    White space may differ from the text's, as it does in words copied from a page.

    Raises:
        Refusal: the words are not in the text.
    """
    _hold_open(actor, document)
    start, end = _find_words(document.text, words, near)
    provision = document.provisions.filter(start__lte=start, end__gt=start).first()
    before = document.duties.filter(start__lte=start).order_by("-position").first()
    position = before.position + 1 if before else 0
    document.duties.filter(position__gte=position).update(position=F("position") + 1)
    duty = Duty.objects.create(
        document=document,
        provision=provision,
        position=position,
        start=start,
        end=end,
        text=document.text[start:end],
        what=document.text[start:end].strip(" ;."),
        unsure=["verb"],
    )
    record(actor, _act("add_duty", "duty", duty.pk, document, {}))
    return duty


def _find_words(text: str, words: str, near: int) -> tuple[int, int]:
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = [match.span() for match in re.finditer(pattern, text)] if pattern else []
    if not found:
        raise Refusal(_("These words are not in the text. Copy them from the text exactly as they stand."))
    return min(found, key=lambda span: abs(span[0] - near))


@transaction.atomic
def resolve_addressee(
    *,
    actor: Person,
    addressee: Addressee,
    selection: str,
    unit: Unit | None = None,
    group: UnitGroup | None = None,
) -> Addressee:
    """Say which units an addressee means; `unit` counts only where one unit is meant, `group` where a group is.

    Raises:
        Refusal: one unit is meant and none is named, or it is not below the document's unit; the group is not
            for documents of this unit.
    """
    document = addressee.document
    _hold_open(actor, document)
    if selection != Addressee.Selection.ONE_UNIT:
        unit = None
    elif unit is None:
        raise Refusal(_("Choose the unit that this addressee means."))
    else:
        check_units({unit.pk}, document)
    if selection != Addressee.Selection.GROUP:
        group = None
    elif group is None or not groups_for(document.unit_id, clock.today()).filter(pk=group.pk).exists():
        raise Refusal(_("Choose the group that this addressee means."))
    addressee.selection, addressee.unit, addressee.group = selection, unit, group
    addressee.save()
    values = {"selection": selection, "unit": addressee.unit_id, "group": addressee.group_id}
    record(actor, _act("resolve_addressee", "addressee", addressee.pk, document, values))
    return addressee


@transaction.atomic
def confirm_document(*, actor: Person, document: Document, version: int) -> Document:
    """Say that the review is done.

    Raises:
        Refusal: a duty has nobody to do it or nothing to do, or there is none at all.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, document.unit_id)
    _lock(document)  # no duty changes while they are checked
    clarity = clarity_of(document, clock.today())
    if not clarity:
        raise Refusal(_("There is no duty to issue. Add one, or keep the document for reading only."))
    if any(row.blocks for row in clarity):
        raise Refusal(_("Some duties do not say who does what. Settle those marked in the clarity check first."))
    return _move(actor, document, version, "confirm")


@transaction.atomic
def reopen_document(*, actor: Person, document: Document, version: int) -> Document:
    """Open a confirmed document to corrections again."""
    return _move(actor, document, version, "reopen")


def release_document(*, actor: Person, document: Document, version: int, unit_ids: Collection[int]) -> Document:
    """Mark a document as issued and give each unit its copy; called by `work.services.issue_directive`."""
    released = _move(actor, document, version, "issue", released_at=clock.now())
    deliver(released, unit_ids)
    return released


def send_document(*, actor: Person, document: Document, unit_ids: Collection[int]) -> Document:
    """Give each unit its copy of a released document, to be read; called by `registers.sending`.

    One that was issued as a directive stays so and reaches more units.
    """
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    if fresh.state not in READABLE:
        fresh = _move(actor, fresh, fresh.version, "send", released_at=clock.now())
    deliver(fresh, unit_ids)
    return fresh


def _move(actor: Person, document: Document, version: int, name: str, **changes: Any) -> Document:
    fresh = claim(document, version)
    transition = step(TRANSITIONS, name, fresh.state)
    policy.require(actor, Action(transition.action), fresh.unit_id)
    return _change(actor, fresh, f"{name}_document", "document", fresh, {"state": transition.target, **changes})


def _change(
    actor: Person,
    row: Row,
    action: str,
    kind: str,
    document: Document,
    changes: dict[str, Any],
    more: dict[str, Any] | None = None,
) -> Row:
    """Set the changes on a claimed row, save it, and record old and new of what differs, and `more` beside it."""
    differing = {name: [_plain(getattr(row, name)), _plain(new)] for name, new in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    values = {name: pair for name, pair in differing.items() if pair[0] != pair[1]} | (more or {})
    record(actor, _act(action, kind, row.pk, document, values))
    return row


def _act(action: str, kind: str, pk: int, document: Document, values: dict[str, Any]) -> Act:
    return Act(action, kind, pk, document.unit_id, {"document": document.pk, **values})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
