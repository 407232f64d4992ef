"""Documents: found, read, brought in, confirmed, issued."""

from datetime import date
from typing import Annotated, Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.searching import Question, documents_sought
from motbuoc.domains.documents.selectors import documents_for, duties_of, shares_of, units_to_import_for
from motbuoc.domains.documents.services import confirm_document, import_document, reopen_document
from motbuoc.domains.work.issuing import begin_issuing, is_great, issue_directive
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.asking import Caller, ClassName, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.jobs.issuing import go_on_issuing

router = Router(tags=["documents"])


class DocumentRow(Schema):
    """A document in a list."""

    id: int
    version: int
    unit_id: int
    state: str
    classification: str
    regime: str
    type: str
    code: str
    issuer: str
    issued_on: date | None
    subject: str


class Duty(Schema):
    """Something a document asks for, in its own words: the text from `start` to `end`."""

    id: int
    provision: str | None
    start: int
    end: int
    text: str
    what: str
    product: str
    time_kind: str
    due_on: date | None
    cycle: str


class DocumentWhole(DocumentRow):
    """A document with its text and what it asks for."""

    text: str
    provisions: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    duties: list[Duty]


class DocumentsAsked(Paging):
    """What the library is asked for; empty: all. Words as in the library's own search, phrases in quotes."""

    words: Words = ""
    issuer: Words = ""
    type: Words = ""
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    validity: Words = ""
    state: Words = ""
    classification: Words = ""
    order: Words = ""


class Versioned(Schema):
    """The version that what is asked rests on."""

    version: int


class Issued(Schema):
    """What issuing made."""

    document: DocumentRow
    assignments: int


@router.get(
    "/documents", response=Page[DocumentRow], summary="Documents one may read", operation_id="document_list"
)
@asks(Action.VIEW_DOCUMENT)
def document_list(request: Caller, asked: Query[DocumentsAsked]) -> Any:
    """The documents the person may read, the best found first."""
    question = Question(**asked.dict(exclude={"page", "size", "words"}), words=asked.words[:200])
    found = documents_sought(request.viewer, question)
    return page_of(found.defer("text", "reading"), asked, document_row)


@router.get("/documents/{pk}", response=DocumentWhole, summary="One document", operation_id="document_detail")
@asks(Action.VIEW_DOCUMENT)
def document_detail(request: Caller, pk: int) -> Any:
    """The text, its provisions, what it cites and what it asks for."""
    document = document_seen(request, pk)
    places = document.provisions.values("id", "number", "heading", "start", "end")
    cited = document.citations.values(
        "raw", "code", "type", "issued_on", "issuer", "title", "relation", "start", "end"
    )
    duties = [_duty(duty) for duty in duties_of(document)]
    row = document_row(document).dict()
    return {**row, "text": document.text, "provisions": list(places), "citations": list(cited), "duties": duties}


@router.get(
    "/documents/{pk}/file",
    summary="The file as it came",
    operation_id="document_file",
    openapi_extra={"responses": {200: {"content": {"application/octet-stream": {}}}}},
)
@asks(Action.VIEW_DOCUMENT)
def document_file(request: Caller, pk: int) -> FileResponse:
    """The file as it was brought, as a download."""
    stored = document_seen(request, pk).file  # an order that was spoken has none
    if stored is None:
        raise Http404
    return FileResponse(stored.content.open("rb"), as_attachment=True, filename=stored.name)


@router.post(
    "/documents",
    response={201: DocumentRow, 422: Problem},
    summary="Bring a document in",
    operation_id="document_import",
)
@asks(Action.VIEW_DOCUMENT, do=Action.IMPORT_DOCUMENT)
def document_import(
    request: Caller, file: File[UploadedFile], unit: Form[int], classification: Form[ClassName] = "normal"
) -> Any:
    """Read a file and keep it as a document of the unit, to be reviewed by a person."""
    owner = get_object_or_404(units_to_import_for(request.viewer, clock.today()), pk=row_id(unit))
    made = import_document(actor=request.viewer, unit=owner, upload=file, classification=classification)
    return Status(201, document_row(made))


@router.post(
    "/documents/{pk}/confirm",
    response={200: DocumentRow, 409: Problem, 422: Problem},
    summary="Confirm what was read",
    operation_id="document_confirm",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_confirm(request: Caller, pk: int, asked: Versioned) -> Any:
    """Say that the review is done."""
    document = document_seen(request, pk)
    return document_row(confirm_document(actor=request.viewer, document=document, version=asked.version))


@router.post(
    "/documents/{pk}/reopen",
    response={200: DocumentRow, 409: Problem, 422: Problem},
    summary="Open it to corrections again",
    operation_id="document_reopen",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_reopen(request: Caller, pk: int, asked: Versioned) -> Any:
    """Open a confirmed document to corrections again."""
    document = document_seen(request, pk)
    return document_row(reopen_document(actor=request.viewer, document=document, version=asked.version))


@router.post(
    "/documents/{pk}/issue",
    response={200: Issued, 409: Problem, 422: Problem},
    summary="Issue to units",
    operation_id="document_issue",
)
@asks(Action.VIEW_DOCUMENT, do=Action.ISSUE_DIRECTIVE)
def document_issue(request: Caller, pk: int, asked: Versioned) -> Any:
    """Give every duty to its units; a great directive in the background, `assignments` counts what is made."""
    document = document_seen(request, pk)
    if is_great(sum(len(share.unit_ids) for share in shares_of(document, clock.today()))):
        issuing = begin_issuing(actor=request.viewer, document=document, version=asked.version)
        go_on_issuing.enqueue(issuing.pk)
        document.refresh_from_db()
        return {"document": document_row(document), "assignments": 0}
    made = issue_directive(actor=request.viewer, document=document, version=asked.version)
    document.refresh_from_db()
    return {"document": document_row(document), "assignments": len(made)}


def document_seen(request: Caller, pk: int) -> Document:
    """The document, if the person may read it. Raises Http404."""
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    shows(request, "document", pk, document.unit_id)
    return document


def document_row(document: Document) -> DocumentRow:
    """A document as a row of a list."""
    names = [name for name in DocumentRow.model_fields if name != "id"]
    return DocumentRow(id=document.pk, **{name: getattr(document, name) for name in names})


def _duty(duty: Any) -> Duty:
    names = [name for name in Duty.model_fields if name not in ("id", "provision")]
    number = duty.provision.number if duty.provision else None
    return Duty(id=duty.pk, provision=number, **{name: getattr(duty, name) for name in names})
