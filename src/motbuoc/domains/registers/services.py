"""Writes to outgoing documents before they leave: drafting, recipients, and the steps up to approval."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from motbuoc.domains.documents.layout import Departure, departures_of
from motbuoc.domains.documents.reading import read_file
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.domains.registers.drafting import written
from motbuoc.domains.registers.models import Number, Outgoing, Recipient
from motbuoc.domains.registers.selectors import may_approve
from motbuoc.domains.registers.states import TRANSITIONS, OutgoingState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import Transition, step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import check_size, discard, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

WORD = ".docx"
UNNUMBERED = ("number.", "date.", "place_date.", "header.number", "header.date")
"""What the layout check cannot ask of a draft: number and day come with the release."""


def draft_outgoing(
    *,
    actor: Person,
    unit: Unit,
    regime: str,
    kind: str,
    subject: str,
    text: str = "",
    upload: UploadedFile[Any] | None = None,
    classification: str = Classification.NORMAL,
) -> Outgoing:
    """Begin a document that is to go out: from a draft in Markdown, or from a Word file.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: the draft is not understood, or the file is refused; nothing is kept.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, unit.pk)
    if not subject.strip():
        raise Refusal(_("Write what the document is about."))
    stored = _keep(text, upload, subject)
    values = {"regime": regime, "type": kind, "subject": subject.strip(), "classification": classification}
    with _undone(stored), transaction.atomic():
        outgoing = Outgoing.objects.create(
            unit=unit, text=text, file=stored, drafted_by=actor, drafted_at=clock.now(), **values
        )
        record(actor, _act("draft_outgoing", outgoing, {"subject": outgoing.subject}))
        return outgoing


def redraft_outgoing(
    *,
    actor: Person,
    outgoing: Outgoing,
    version: int,
    subject: str,
    text: str = "",
    upload: UploadedFile[Any] | None = None,
) -> Outgoing:
    """Change a draft: its subject, and its text or its file where one is given.

    Raises:
        NotAllowed, Refusal: as `draft_outgoing`; it is no draft any more.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, outgoing.unit_id)
    stored = _keep(text, upload, subject) if text or upload else None
    with _undone(stored), transaction.atomic():
        fresh = claim(outgoing, version)
        if fresh.state != OutgoingState.DRAFT:
            raise Refusal(_("Only a draft can be changed. Ask for it to be given back first."))
        before, fresh.subject = fresh.subject, subject.strip() or fresh.subject
        if stored:
            fresh.file, fresh.text, fresh.layout = stored, text, None
        fresh.drafted_by = actor
        fresh.save()
        values: dict[str, Any] = {"subject": [before, fresh.subject]}
        record(actor, _act("redraft_outgoing", fresh, values | ({"files": [stored.sha256]} if stored else {})))
        return fresh


def _keep(text: str, upload: UploadedFile[Any] | None, subject: str) -> StoredFile:
    if upload is None:
        if not text.strip():
            raise Refusal(_("Write the text, or choose a Word file."))
        name = Truncator(subject.strip().replace("/", "-")).chars(100)
        return keep_file(f"{name}{WORD}", written(text, clock.today()), MEDIA_TYPES[WORD])
    check_size(upload)
    name, content = upload.name or "", upload.read()
    if PurePath(name).suffix.lower() != WORD:
        raise Refusal(_("A draft is a Word file (.docx): number and day have to be written into it."))
    read_file(name, content, checks=False)  # refuses what is hostile, damaged or secret
    return keep_file(name, content, MEDIA_TYPES[WORD])


class _undone:  # noqa: N801 - reads as what it does
    """Takes a kept file away again if the write around it fails."""

    def __init__(self, stored: StoredFile | None) -> None:
        self.stored = stored

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: Any, *_rest: object) -> None:
        if kind and self.stored:
            self.stored.delete()
            discard(self.stored)


@transaction.atomic
def set_recipients(
    *,
    actor: Person,
    outgoing: Outgoing,
    version: int,
    units: Collection[tuple[int, str]],
    others: Iterable[tuple[str, str]],
) -> Outgoing:
    """Say to whom the document goes: `units` by id and name, and `others` by name and channel.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: it has been sent or cancelled, or the unit that sends it is among the units.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, outgoing.unit_id)
    if outgoing.unit_id in dict(units):
        raise Refusal(_("The unit that sends it cannot receive it as well. Take it out of the recipients."))
    fresh = claim(outgoing, version)
    if fresh.state in (OutgoingState.DISPATCHED, OutgoingState.VOID):
        raise Refusal(_("It has left already. Its recipients stay as they were."))
    fresh.recipients.all().delete()
    Recipient.objects.bulk_create(
        [Recipient(outgoing=fresh, unit_id=pk, name=name[:250]) for pk, name in dict(units).items()]
        + [Recipient(outgoing=fresh, name=name[:250], channel=channel) for name, channel in others]
    )
    fresh.save()
    names = list(fresh.recipients.values_list("name", flat=True)[:50])
    record(actor, _act("set_recipients", fresh, {"units": names}))
    return fresh


def take_outgoing_step(
    *, actor: Person, outgoing: Outgoing, version: int, name: str, reason: str = ""
) -> Outgoing:
    """Take one of the steps before release: `check`, `approve`, `redraft` or `cancel`.

    Raises:
        NotAllowed: the actor may not take this step for the unit.
        Refusal: it is not possible now; binding rules of layout are broken and no reason is given to go on; a
            reason is missing; or the drafter would approve their own draft.
        Collision: somebody changed it since `version`.
    """
    transition = step(TRANSITIONS, name, outgoing.state)
    policy.require(actor, Action(transition.action), outgoing.unit_id)
    layout = _layout(outgoing) if name == "check" else outgoing.layout
    with transaction.atomic():
        fresh = claim(outgoing, version)
        transition = step(TRANSITIONS, name, fresh.state)
        fresh.layout = layout
        _check_step(actor, fresh, transition, reason.strip())
        before, fresh.state = fresh.state, transition.target
        if name == "check":
            fresh.excuse = reason.strip()
        if name == "approve":
            fresh.approved_by = actor
        if name == "cancel" and fresh.number_id:
            Number.objects.filter(pk=fresh.number_id).update(
                state=Number.State.CANCELLED, reason=reason.strip()[:300]
            )
        fresh.save()
        values: dict[str, Any] = {"state": [before, fresh.state]}
        record(
            actor, _act(f"{name}_outgoing", fresh, values | ({"reason": reason.strip()} if reason.strip() else {}))
        )
        return fresh


def _layout(outgoing: Outgoing) -> list[dict[str, Any]] | None:
    with outgoing.file.content.open("rb") as file:
        return read_file(outgoing.file.name, file.read()).layout


def _check_step(actor: Person, outgoing: Outgoing, transition: Transition, reason: str) -> None:
    if transition.name in ("release", "dispatch"):
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    if transition.asks == "reason" and not reason:
        raise Refusal(_("Write the reason: it stays in the history."))
    if transition.name == "approve" and not may_approve(actor, outgoing):
        raise Refusal(
            _("You drafted this yourself. Somebody else approves it, so that two people have looked at it.")
        )
    if transition.name == "check" and (broken := blocking(outgoing)) and not reason:
        named = "; ".join(each.words for each in broken[:5])
        raise Refusal(
            _("Binding rules of layout are broken: %(rules)s. Mend them, or write why it goes on as it is.")
            % {"rules": named}
        )


def blocking(outgoing: Outgoing) -> list[Departure]:
    """The departures from binding rules of layout, but for what number and day will settle."""
    found = [row for row in outgoing.layout or [] if not row["code"].startswith(UNNUMBERED)]
    return [each for each in departures_of(found) if each.must]


def _act(action: str, outgoing: Outgoing, values: dict[str, Any]) -> Act:
    return Act(action, "outgoing", outgoing.pk, outgoing.unit_id, values)
