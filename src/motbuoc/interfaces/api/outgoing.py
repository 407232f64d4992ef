"""The outgoing register: drafts, their steps up to release and sending, their recipients and files."""

from datetime import date
from io import BytesIO
from typing import Annotated, Any

from django.db.models import F
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motbuoc.domains.registers.drafting import letterhead_of
from motbuoc.domains.registers.models import Outgoing, Recipient
from motbuoc.domains.registers.packing import package_of
from motbuoc.domains.registers.selectors import (
    found_by,
    free_numbers_for,
    outgoing_for,
    outgoing_steps_for,
    with_units,
)
from motbuoc.domains.registers.sending import attach_signed, release_outgoing, send_outgoing
from motbuoc.domains.registers.services import (
    blocking,
    draft_outgoing,
    redraft_outgoing,
    set_recipients,
    take_outgoing_step,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.reorganisation.browsing import units_named
from motbuoc.foundation.units.selectors import above
from motbuoc.interfaces.api.asking import Caller, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.registers import DraftAsked, desk, kind_known
from motbuoc.interfaces.api.rows import A_FILE, CHANGED, StepOffered, as_download, steps_told, told
from motbuoc.interfaces.papers import register_sheets
from motbuoc.interfaces.papers.register_sheets import sheet_download

router = Router(tags=["outgoing register"])
MOST_RECIPIENTS = 5_000


class OutgoingRow(Schema):
    """A document on its way out, in the register. `code` and `issued_on` come with the release."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    type: str
    code: str
    issued_on: date | None
    subject: str
    classification: str
    state: str


class RecipientTold(Schema):
    """To whom it goes: a unit of the tree, or (`unit_id` empty) a body outside with its channel."""

    unit_id: int | None
    name: str
    channel: str
    sent_on: date | None


class OutgoingWhole(OutgoingRow):
    """With its draft, what the layout check holds against it, its recipients, and the steps that can be taken.

    `free_numbers`: numbers kept free that its release could use. `document_id`: what recipients read, once sent.
    """

    regime: str
    text: str
    broken: list[str]
    excuse: str
    has_signed: bool
    document_id: int | None
    recipients: list[RecipientTold]
    steps: list[StepOffered]
    free_numbers: list[dict[str, int]]


class OutgoingNarrowed(Schema):
    """Which outgoing documents: words of number or subject, a state."""

    words: Words = ""
    state: Words = ""


class OutgoingAsked(OutgoingNarrowed, Paging):
    """The same, page by page."""


class RedraftAsked(Schema):
    """A draft changed: its subject, and its text (with its header, as `text` of the answer) or another file."""

    version: int
    subject: Annotated[Words, Field(max_length=1000)] = ""
    text: Words = ""


class Outside(Schema):
    """A body outside the tree and how it gets the document."""

    name: Annotated[Words, Field(min_length=1, max_length=250)]
    channel: Recipient.Channel = Recipient.Channel.POST


class RecipientsAsked(Schema):
    """Everybody to whom it goes; who is not named is taken off."""

    version: int
    units: Annotated[list[int], Field(max_length=MOST_RECIPIENTS)] = []
    others: Annotated[list[Outside], Field(max_length=MOST_RECIPIENTS)] = []


class OutgoingStep(Schema):
    """A step. `number`: for `release`, one of `free_numbers`; `as_directive`: for `dispatch`, its duties are
    reviewed first and its units get it when it is issued.
    """

    version: int
    step: Words
    reason: Annotated[Words, Field(max_length=500)] = ""
    number: int | None = None
    as_directive: bool = False


@router.get("/outgoing", response=Page[OutgoingRow], summary="The outgoing register", operation_id="outgoing_list")
@asks(Action.VIEW_REGISTER)
def outgoing_list(request: Caller, asked: Query[OutgoingAsked]) -> Any:
    """Drafts under way where the person keeps the register, and what was released, the latest first."""
    return page_of(_listed(request, asked), asked, _row)


@router.get(
    "/outgoing/sheet",
    summary="The outgoing register as Excel",
    operation_id="outgoing_sheet",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_REGISTER)
def outgoing_sheet(request: Caller, asked: Query[OutgoingNarrowed]) -> FileResponse:
    """All that is in sight, narrowed alike, as a file."""
    return sheet_download(*register_sheets.outgoing_sheet(_listed(request, asked)))


@router.get(
    "/outgoing/{pk}", response=OutgoingWhole, summary="One outgoing document", operation_id="outgoing_detail"
)
@asks(Action.VIEW_REGISTER)
def outgoing_detail(request: Caller, pk: int) -> Any:
    """The draft, what the layout check found, its recipients, and the steps the person may take."""
    return _whole(request, _outgoing(request, pk))


@router.post(
    "/outgoing",
    response={201: OutgoingWhole, 422: Problem},
    summary="Draft a document",
    operation_id="outgoing_draft",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_draft(
    request: Caller,
    asked: Form[DraftAsked],
    file: File[UploadedFile | None] = None,
) -> Any:
    """Begin a document that is to go out, in the official layout of the unit, or bring its Word file."""
    unit = desk(request.viewer, asked.unit, Action.REGISTER_DOCUMENT)
    regime = letterhead_of(unit.pk, clock.today()).regime
    made = draft_outgoing(
        actor=request.viewer,
        unit=unit,
        regime=regime,
        kind=kind_known(asked.type),
        subject=asked.subject,
        text="" if file or not asked.body.strip() else asked.text,
        upload=file,
        classification=asked.classification,
    )
    return Status(201, _whole(request, _outgoing(request, made.pk)))


@router.post(
    "/outgoing/{pk}/draft",
    response={200: OutgoingWhole, **CHANGED},
    summary="Change a draft",
    operation_id="outgoing_redraft",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_redraft(
    request: Caller,
    pk: int,
    asked: Form[RedraftAsked],
    file: File[UploadedFile | None] = None,
) -> Any:
    """Change the subject, and the text or the Word file; its layout is checked when it is handed in."""
    redraft_outgoing(
        actor=request.viewer,
        outgoing=_outgoing(request, pk),
        version=asked.version,
        subject=asked.subject,
        text="" if file else asked.text,
        upload=file,
    )
    return _whole(request, _outgoing(request, pk))


@router.post(
    "/outgoing/{pk}/recipients",
    response={200: OutgoingWhole, **CHANGED},
    summary="Say to whom it goes",
    operation_id="outgoing_recipients",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_recipients(request: Caller, pk: int, asked: RecipientsAsked) -> Any:
    """Set everybody to whom it goes: units in sight, the units above, and bodies outside."""
    outgoing = _outgoing(request, pk)
    wanted, today = {row_id(each) or 0 for each in asked.units}, clock.today()
    found = {unit.pk: unit.name for unit in units_named(request.viewer, today, wanted)}
    found |= {unit.pk: unit.name for unit in above(outgoing.unit_id, today) if unit.pk in wanted}
    if len(found) < len(wanted):
        raise Refusal(_("One of these units is not there, or you may not choose it."))
    set_recipients(
        actor=request.viewer,
        outgoing=outgoing,
        version=asked.version,
        units=list(found.items()),
        others=[(each.name, each.channel.value) for each in asked.others],
    )
    return _whole(request, _outgoing(request, pk))


@router.post(
    "/outgoing/{pk}/steps",
    response={200: OutgoingWhole, **CHANGED},
    summary="Check, approve, release, send, cancel",
    operation_id="outgoing_step",
)
@asks(Action.VIEW_REGISTER)
def outgoing_step(request: Caller, pk: int, asked: OutgoingStep) -> Any:
    """Take one of the offered steps. Releasing (number, day) and sending are two of them, of two rights."""
    outgoing = _outgoing(request, pk)
    common: dict[str, Any] = {"actor": request.viewer, "outgoing": outgoing, "version": asked.version}
    if asked.step == "release":
        release_outgoing(**common, reserved=_reserved(request, outgoing, asked.number))
    elif asked.step == "dispatch":
        send_outgoing(**common, as_directive=asked.as_directive)
    else:
        take_outgoing_step(**common, name=asked.step, reason=asked.reason)
    return _whole(request, _outgoing(request, pk))


@router.post(
    "/outgoing/{pk}/signed",
    response={200: OutgoingWhole, **CHANGED},
    summary="Attach the signed version",
    operation_id="outgoing_sign",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_sign(request: Caller, pk: int, version: Form[int], file: File[UploadedFile]) -> Any:
    """Keep the signed version of a released document: it is what recipients get."""
    attach_signed(actor=request.viewer, outgoing=_outgoing(request, pk), version=version, upload=file)
    return _whole(request, _outgoing(request, pk))


@router.get(
    "/outgoing/{pk}/file",
    summary="Its file",
    operation_id="outgoing_file",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_REGISTER)
def outgoing_file(request: Caller, pk: int, word: bool = False) -> FileResponse:
    """The signed version where there is one, otherwise the Word file; `word`: always the Word file."""
    outgoing = _outgoing(request, pk)
    return as_download(outgoing.file if word else outgoing.signed or outgoing.file)


@router.get(
    "/outgoing/{pk}/package",
    summary="The edXML package",
    operation_id="outgoing_package",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_REGISTER, do=Action.SEND_DOCUMENT)
def outgoing_package(request: Caller, pk: int) -> FileResponse:
    """The package for recipients outside the tree, of a numbered document that has some."""
    outgoing = _outgoing(request, pk)
    policy.require(request.viewer, Action.SEND_DOCUMENT, outgoing.unit_id)
    if not outgoing.number_id or not outgoing.recipients.filter(unit=None).exists():
        raise Http404
    content = package_of(outgoing, timezone.localtime(clock.now()))
    return FileResponse(BytesIO(content), as_attachment=True, filename=f"{outgoing.code.replace('/', '-')}.edxml")


def _reserved(request: Caller, outgoing: Outgoing, number: int | None) -> Any:
    if number is None:
        return None
    free = free_numbers_for(request.viewer, outgoing)
    found = next((each for each in free if each.pk == number), None)
    if found is None:
        raise Refusal(_("This number is not kept free for such a document. Choose another, or take the next one."))
    return found


def _listed(request: Caller, asked: OutgoingNarrowed) -> Any:
    rows = with_units(outgoing_for(request.viewer), clock.today())
    rows = rows.order_by(F("issued_on").desc(nulls_first=True), "-drafted_at", "-pk")  # what is under way first
    if asked.state:
        rows = rows.filter(state=asked.state)
    return found_by(rows, asked.words[:100]).defer("text", "layout")


def _outgoing(request: Caller, pk: int) -> Any:
    found: Any = get_object_or_404(with_units(outgoing_for(request.viewer), clock.today()), pk=row_id(pk))
    shows(request, "outgoing", pk, found.unit_id)
    return found


def _row(outgoing: Any) -> dict[str, Any]:
    return told(OutgoingRow, outgoing, unit=outgoing.unit_name, classification=outgoing.seen_as)


def _whole(request: Caller, outgoing: Any) -> dict[str, Any]:
    return told(
        OutgoingWhole,
        outgoing,
        unit=outgoing.unit_name,
        classification=outgoing.seen_as,
        broken=[str(each.words) for each in blocking(outgoing)],
        has_signed=outgoing.signed_id is not None,
        recipients=[told(RecipientTold, each) for each in outgoing.recipients.all()],
        steps=steps_told(outgoing_steps_for(request.viewer, outgoing)),
        free_numbers=[
            {"id": each.pk, "number": each.number} for each in free_numbers_for(request.viewer, outgoing)
        ],
    )
