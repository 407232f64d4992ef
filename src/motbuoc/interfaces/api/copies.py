"""Recipients' copies: what a unit received and answers, what a sender calls back, hand-offs that nobody owns."""

from datetime import date, datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from motbuoc.domains.documents.copies import answer_copy, keep_copy
from motbuoc.domains.documents.recipients import (
    AGREEMENTS,
    copies_for,
    copy_counts,
    copy_steps_for,
    named,
    replacement_for,
    unowned_copies_for,
)
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.work.calling_back import ask_copies_back
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, steps_told, told

router = Router(tags=["copies"])
KEEP = "keep_copy"
MOST = 5_000


class CopyRow(Schema):
    """A unit's copy of a document. `asked`: what the sender asks for ("recall", "replace"), if anything."""

    id: int
    version: int
    document_id: int
    code: str
    subject: str
    issued_on: date | None
    unit_id: int
    unit: str | None
    state: str
    delivered_at: datetime
    read_at: datetime | None
    answered_at: datetime | None
    reason: str
    asked: str


class CopyWhole(CopyRow):
    """With what the sender asks and why, and the steps that can be taken.

    `replacement`: the number and symbol of what takes its place, which the unit receives by agreeing;
    `replacement_id` where it may be read already.
    """

    asked_reason: str
    replacement: str
    replacement_id: int | None
    steps: list[StepOffered]


class AlarmRow(CopyRow):
    """A hand-off without an owner. `alarm`: nobody there to receive it, refused, or silent for too long."""

    alarm: str


class DocumentCopiesAsked(Paging):
    """Which copies of a document: in which state."""

    state: Words = ""


class CopiesAsked(DocumentCopiesAsked):
    """Which copies: in which state, of which unit; `own`: only those that the person can answer for."""

    unit: int | None = None
    own: bool = False


class CopyStep(Schema):
    """A step of a copy; a refusal, and keeping what the sender asks back, take a reason."""

    version: int
    step: Words
    reason: Annotated[Words, Field(max_length=500)] = ""


class RecallAsked(Schema):
    """Which copies the sender asks back, why, and the document that takes the place of this one, if one does."""

    copies: Annotated[list[int], Field(max_length=MOST)]
    reason: Annotated[Words, Field(max_length=500)]
    replacement: int | None = None


class Asked(Schema):
    """How many receivers were asked; each decides."""

    asked: int


class DocumentCopies(Page[CopyRow]):
    """The copies of a document, and how many are in each state."""

    counts: dict[str, int]


@router.get("/copies", response=Page[CopyRow], summary="Copies of documents in reach", operation_id="copy_list")
@asks(Action.VIEW_DOCUMENT)
def copy_list(request: Caller, asked: Query[CopiesAsked]) -> Any:
    """What units received, the latest first; `own=true`: what the person can answer for."""
    found = copies_for(request.viewer)
    if asked.own:
        found = found.filter(policy.within_reach(request.viewer, Action.REGISTER_DOCUMENT, "unit"))
        found = found.exclude(policy.within_reach(request.viewer, Action.SEND_DOCUMENT, "document__unit"))
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.unit is not None:
        found = found.filter(unit=row_id(asked.unit))
    return page_of(named(found, clock.today()).order_by("-delivered_at", "-pk"), asked, _row)


@router.get("/copies/{pk}", response=CopyWhole, summary="One copy", operation_id="copy_detail")
@asks(Action.VIEW_DOCUMENT)
def copy_detail(request: Caller, pk: int) -> Any:
    """How far a unit's copy has come, and what the person may answer. Asking does not mark it as read."""
    return _whole(request, pk)


@router.post(
    "/copies/{pk}/steps",
    response={200: CopyWhole, **CHANGED},
    summary="Accept, refuse, agree to a recall, keep, deliver again",
    operation_id="copy_step",
)
@asks(Action.VIEW_DOCUMENT)
def copy_step(request: Caller, pk: int, asked: CopyStep) -> Any:
    """Take one of the offered steps for the receiving unit, or deliver a refused copy again for the sender."""
    copy = _copy(request, pk)
    common: dict[str, Any] = {
        "actor": request.viewer,
        "copy": copy,
        "version": asked.version,
        "reason": asked.reason,
    }
    if asked.step == KEEP:
        keep_copy(**common)
    else:
        answer_copy(**common, name=asked.step)
    return _whole(request, pk)


@router.get(
    "/documents/{pk}/copies",
    response=DocumentCopies,
    summary="Who received a document",
    operation_id="document_copies",
)
@asks(Action.VIEW_DOCUMENT)
def document_copies(request: Caller, pk: int, asked: Query[DocumentCopiesAsked]) -> Any:
    """The copies in reach, by unit, and how many are in each state."""
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    shows(request, "document", pk, document.unit_id)
    copies = copies_for(request.viewer).filter(document=document)
    rows = copies.filter(state=asked.state) if asked.state else copies
    page = page_of(named(rows, clock.today()).order_by("unit_name", "pk"), asked, _row)
    return {**page, "counts": copy_counts(copies)}


@router.post(
    "/documents/{pk}/recall",
    response={200: Asked, **CHANGED},
    summary="Call copies back or replace them",
    operation_id="document_recall",
)
@asks(Action.VIEW_DOCUMENT, do=Action.SEND_DOCUMENT)
def document_recall(request: Caller, pk: int, asked: RecallAsked) -> Any:
    """Ask each of the chosen receivers to give its copy back, or to take another document in its stead."""
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    policy.require(request.viewer, Action.SEND_DOCUMENT, document.unit_id)
    replacement = None
    if asked.replacement is not None:
        replacement = get_object_or_404(documents_for(request.viewer), pk=row_id(asked.replacement))
    chosen = [row_id(each) or 0 for each in asked.copies]
    copies = copies_for(request.viewer).filter(document=document, pk__in=chosen)
    count = ask_copies_back(actor=request.viewer, copies=copies, reason=asked.reason, replacement=replacement)
    return {"asked": count}


@router.get(
    "/unowned-copies",
    response=Page[AlarmRow],
    summary="Hand-offs that nobody owns",
    operation_id="unowned_copy_list",
)
@asks(Action.VIEW_DOCUMENT)
def unowned_copy_list(request: Caller, asked: Query[Paging]) -> Any:
    """Of documents the person may send and of units they stand above, the longest waiting first."""

    def made(copy: Any) -> dict[str, Any]:
        return {**_row(copy), "alarm": copy.alarm}

    return page_of(unowned_copies_for(request.viewer), asked, made)


def _copy(request: Caller, pk: int) -> Any:
    copy: Any = get_object_or_404(named(copies_for(request.viewer), clock.today()), pk=row_id(pk))
    shows(request, "document", copy.document_id, copy.document.unit_id)
    return copy


def _row(copy: Any) -> dict[str, Any]:
    said = {name: getattr(copy.document, name) for name in ("code", "subject", "issued_on")}
    return told(CopyRow, copy, **said, unit=copy.unit_name)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    copy = _copy(request, pk)
    steps = steps_told(copy_steps_for(request.viewer, copy))
    if any(step["name"] in AGREEMENTS for step in steps):
        steps.append({"name": KEEP, "asks": "reason"})
    seen = replacement_for(request.viewer, copy)
    return {
        **_row(copy),
        "asked_reason": copy.asked_reason,
        "replacement": copy.replacement.code if copy.replacement else "",
        "replacement_id": seen.pk if seen else None,
        "steps": steps,
    }
