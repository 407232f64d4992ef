"""The incoming register: lines, routing notes, corrections, striking out."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.registers.giving import Given, give_incoming
from motbuoc.domains.registers.incoming import (
    Paper,
    correct_incoming,
    register_incoming,
    route_incoming,
    strike_incoming,
)
from motbuoc.domains.registers.models import Incoming
from motbuoc.domains.registers.selectors import found_by, incoming_for, tasks_of_notes, with_units
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.asking import Caller, ClassName, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.documents import DocumentRow, document_row
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.registers import desk
from motbuoc.interfaces.api.rows import A_FILE, CHANGED, as_download, told
from motbuoc.interfaces.papers import register_sheets
from motbuoc.interfaces.papers.register_sheets import sheet_download

router = Router(tags=["incoming register"])


class IncomingRow(Schema):
    """A line of the incoming book; a struck one stays to be read and counts no more."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    number: int
    arrived_on: date
    sender: str
    code: str
    issued_on: date | None
    subject: str
    urgency: str
    classification: str
    is_struck: bool
    document_id: int | None
    has_file: bool


class Note(Schema):
    """A routing note (bút phê): who is to do what until when. The last one has the paper.

    `assignments`: the tasks in sight that were made of it.
    """

    text: str
    to: str
    due_on: date | None
    written_at: datetime
    assignments: list[int]


class IncomingWhole(IncomingRow):
    """A line with its routing notes, the first first."""

    notes: list[Note]


class IncomingNarrowed(Schema):
    """Which lines: words of number, sender or subject (marks and capitals do not count), arrived since a day."""

    words: Words = ""
    since: date | None = None


class IncomingAsked(IncomingNarrowed, Paging):
    """The same, page by page."""


class GivenAsked(Schema):
    """What is to be done by which units, until when, and what is handed in; words that are new become a note."""

    text: Annotated[Words, Field(max_length=1_000)]
    units: Annotated[list[int], Field(max_length=2_000)]
    due_on: Day | None = None
    product: Annotated[Words, Field(max_length=300)] = ""


class PaperAsked(Schema):
    """What a line says of a paper."""

    sender: Annotated[Words, Field(max_length=250)]
    subject: Annotated[Words, Field(max_length=1000)]
    arrived_on: Day
    code: Annotated[Words, Field(max_length=80)] = ""
    issued_on: Day | None = None
    urgency: Incoming.Urgency = Incoming.Urgency.NONE
    classification: ClassName = "normal"

    @property
    def paper(self) -> Paper:
        """As the service takes it."""
        return Paper(**{name: getattr(self, name) for name in PaperAsked.model_fields})


class RegisterAsked(PaperAsked):
    """A paper for the book of a unit; `document`: one that was brought in or received."""

    unit: int
    document: int | None = None


class CorrectionAsked(PaperAsked):
    """The line as it is to stand, and why."""

    version: int
    reason: Annotated[Words, Field(max_length=500)]


class NoteAsked(Schema):
    """What is to be done with the paper."""

    text: Annotated[Words, Field(max_length=1000)]
    to: Annotated[Words, Field(max_length=250)]
    due_on: Day | None = None


class Reasoned(Schema):
    """The version that what is asked rests on, and why it is done."""

    version: int
    reason: Annotated[Words, Field(max_length=500)]


@router.get("/incoming", response=Page[IncomingRow], summary="The incoming register", operation_id="incoming_list")
@asks(Action.VIEW_REGISTER)
def incoming_list(request: Caller, asked: Query[IncomingAsked]) -> Any:
    """The lines in sight, the latest first."""
    return page_of(_listed(request, asked), asked, _row)


@router.get(
    "/incoming/sheet",
    summary="The incoming register as Excel",
    operation_id="incoming_sheet",
    openapi_extra=A_FILE,
)
@asks(Action.VIEW_REGISTER)
def incoming_sheet(request: Caller, asked: Query[IncomingNarrowed]) -> FileResponse:
    """All lines in sight, narrowed alike, as a file."""
    return sheet_download(*register_sheets.incoming_sheet(_listed(request, asked)))


@router.get("/incoming/{pk}", response=IncomingWhole, summary="One incoming paper", operation_id="incoming_detail")
@asks(Action.VIEW_REGISTER)
def incoming_detail(request: Caller, pk: int) -> Any:
    """One line of the book with its routing notes."""
    return _whole(request, pk)


@router.post(
    "/incoming",
    response={201: IncomingWhole, 422: Problem},
    summary="Register an incoming paper",
    operation_id="incoming_register",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def incoming_register(
    request: Caller,
    asked: Form[RegisterAsked],
    file: File[UploadedFile | None] = None,
) -> Any:
    """Enter a paper under the next number of the year in which it arrived."""
    document = None
    if asked.document is not None:
        document = get_object_or_404(documents_for(request.viewer), pk=row_id(asked.document))
    made = register_incoming(
        actor=request.viewer,
        unit=desk(request.viewer, asked.unit, Action.REGISTER_DOCUMENT),
        paper=asked.paper,
        document=document,
        upload=file,
    )
    return Status(201, _whole(request, made.pk))


@router.post(
    "/incoming/{pk}/correct",
    response={200: IncomingWhole, **CHANGED},
    summary="Correct a line",
    operation_id="incoming_correct",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def incoming_correct(request: Caller, pk: int, asked: CorrectionAsked) -> Any:
    """Correct a line with a reason; its number stays, and the history keeps what stood there."""
    correct_incoming(
        actor=request.viewer,
        incoming=_incoming(request, pk),
        version=asked.version,
        paper=asked.paper,
        reason=asked.reason,
    )
    return _whole(request, pk)


@router.post(
    "/incoming/{pk}/strike",
    response={200: IncomingWhole, **CHANGED},
    summary="Strike a line out",
    operation_id="incoming_strike",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def incoming_strike(request: Caller, pk: int, asked: Reasoned) -> Any:
    """Strike a line out with a reason: it stays to be read, with its number, and counts no more."""
    incoming = _incoming(request, pk)
    strike_incoming(actor=request.viewer, incoming=incoming, version=asked.version, reason=asked.reason)
    return _whole(request, pk)


@router.post(
    "/incoming/{pk}/notes",
    response={200: IncomingWhole, 422: Problem},
    summary="Write a routing note",
    operation_id="incoming_route",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def incoming_route(request: Caller, pk: int, asked: NoteAsked) -> Any:
    """Write who is to do what with the paper, until when."""
    route_incoming(actor=request.viewer, incoming=_incoming(request, pk), **asked.dict())
    return _whole(request, pk)


@router.post(
    "/incoming/{pk}/give",
    response={201: DocumentRow, 422: Problem},
    summary="Give it to units as a task",
    operation_id="incoming_give",
)
@asks(Action.VIEW_REGISTER, do=Action.ISSUE_DIRECTIVE)
def incoming_give(request: Caller, pk: int, asked: GivenAsked) -> Any:
    """Give what the head wrote on it (bút phê) to units of one's own as a task; the document that carries it."""
    incoming = _incoming(request, pk)
    policy.require(request.viewer, Action.ISSUE_DIRECTIVE, incoming.unit_id)
    units = [row_id(each) or 0 for each in asked.units]
    given = Given(asked.text, units, asked.due_on, asked.product)
    return Status(201, document_row(give_incoming(actor=request.viewer, incoming=incoming, given=given)))


@router.get("/incoming/{pk}/file", summary="Its scan or file", operation_id="incoming_file", openapi_extra=A_FILE)
@asks(Action.VIEW_REGISTER)
def incoming_file(request: Caller, pk: int) -> FileResponse:
    """The scan or file that was registered with the paper."""
    stored = _incoming(request, pk).file
    if stored is None:
        raise Http404
    return as_download(stored)


def _listed(request: Caller, asked: IncomingNarrowed) -> Any:
    rows = with_units(incoming_for(request.viewer), clock.today())
    if asked.since:
        rows = rows.filter(arrived_on__gte=asked.since)
    return found_by(rows, asked.words[:100])


def _incoming(request: Caller, pk: int) -> Any:
    found: Any = get_object_or_404(with_units(incoming_for(request.viewer), clock.today()), pk=row_id(pk))
    shows(request, "incoming", pk, found.unit_id)
    return found


def _row(incoming: Any) -> dict[str, Any]:
    more = {"unit": incoming.unit_name, "classification": incoming.seen_as}
    return told(IncomingRow, incoming, **more, has_file=incoming.file_id is not None)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    incoming = _incoming(request, pk)
    notes = list(incoming.notes.all())
    tasks = tasks_of_notes(request.viewer, notes)
    rows = [told(Note, note, assignments=[task.pk for task in tasks.get(note.pk, ())]) for note in notes]
    return {**_row(incoming), "notes": rows}
