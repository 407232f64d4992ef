"""How documents hang together, what is cited and missing, and the versions of one."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motbuoc.domains.documents.chain import citations_for, missing_of, most_missing
from motbuoc.domains.documents.linking import (
    confirm_citation,
    settle_citation,
    state_link,
    unsettle_citation,
    withdraw_link,
)
from motbuoc.domains.documents.links import Link, links_from, links_stated_for, links_to
from motbuoc.domains.documents.models import Document, DocumentVersion, Relation, VersionKind
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.versions import add_version, difference, is_compared_whole, versions_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import A_FILE, as_download, told

router = Router(tags=["library"])
HEAVY = ("document__text", "document__reading", "document__layout")


class LinkRow(Schema):
    """What a document does with another: as a person stated (`link_id`), or as a citation says (`citation_id`)."""

    document_id: int
    code: str
    subject: str
    relation: str
    is_sure: bool
    link_id: int | None
    citation_id: int | None


class MissingRow(Schema):
    """A document that is cited and not in the library for this person; cited by how many of theirs."""

    citation_id: int
    code: str
    issued_on: date | None
    issuer: str
    title: str
    cited_by: int


class LinksTold(Schema):
    """What a document rests on, what rests on it, and what it cites that is missing."""

    rests_on: list[LinkRow]
    rested_on_by: list[LinkRow]
    missing: list[MissingRow]


class LinkStated(Schema):
    """What this document does with another one: with the whole, or with an item of it (`provision`).

    `pinpoint`: the place in words; `effective_on`: from which day.
    """

    target: int
    relation: Relation
    provision: int | None = None
    pinpoint: Annotated[Words, Field(max_length=200)] = ""
    effective_on: Day | None = None


class CitationAnswer(Schema):
    """Whether the document found is meant: yes, no, or `again` to look for it anew."""

    answer: Literal["yes", "no", "again"]


class VersionRow(Schema):
    """A further file of a document, and what it is."""

    id: int
    document_id: int
    kind: str
    brought_at: datetime
    name: str
    media_type: str
    size: int
    sha256: str


class PieceTold(Schema):
    """Words, and what became of them: kept (empty), gone or new."""

    words: str
    became: str


class VersionWhole(VersionRow):
    """With what differs from the first file, word by word; `is_whole`: nothing was left out of the comparison."""

    is_whole: bool
    pieces: list[PieceTold]


@router.get(
    "/documents/{pk}/links",
    response=LinksTold,
    summary="How a document hangs together",
    operation_id="document_links",
)
@asks(Action.VIEW_DOCUMENT)
def document_links(request: Caller, pk: int) -> Any:
    """What it rests on and what rests on it, of what the person may read; what is cited and missing."""
    return _links(request, pk)


@router.post(
    "/documents/{pk}/links",
    response={200: LinksTold, 422: Problem},
    summary="State a link",
    operation_id="document_link",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_link(request: Caller, pk: int, asked: LinkStated) -> Any:
    """Say what the document does with another one that the person may read."""
    document = _document(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    target = documents_for(request.viewer).filter(pk=row_id(asked.target) or 0).first()
    if target is None:
        raise Refusal(_("There is no such document among those you may read. Choose another one."))
    provision = None
    if asked.provision is not None:
        provision = get_object_or_404(target.provisions, pk=row_id(asked.provision))
    state_link(
        actor=request.viewer,
        source=document,
        target=target,
        relation=asked.relation.value,
        provision=provision,
        pinpoint=asked.pinpoint.strip(),
        effective_on=asked.effective_on,
    )
    return _links(request, pk)


@router.post(
    "/links/{pk}/withdraw",
    response={200: LinksTold, 422: Problem},
    summary="Take a link back",
    operation_id="link_withdraw",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def link_withdraw(request: Caller, pk: int) -> Any:
    """Take back a link that a person stated."""
    link = get_object_or_404(links_stated_for(request.viewer), pk=row_id(pk))
    source = link.source_id
    withdraw_link(actor=request.viewer, link=link)
    return _links(request, source)


@router.post(
    "/citations/{pk}/settle",
    response={200: LinksTold, 422: Problem},
    summary="Say what a citation means",
    operation_id="citation_settle",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def citation_settle(request: Caller, pk: int, asked: CitationAnswer) -> Any:
    """Say that the document found is meant, that it is not, or that it is to be looked for again."""
    citation = get_object_or_404(citations_for(request.viewer), pk=row_id(pk))
    if asked.answer == "yes":
        confirm_citation(actor=request.viewer, citation=citation)
    elif asked.answer == "no":
        settle_citation(actor=request.viewer, citation=citation, cited=None)
    else:
        unsettle_citation(actor=request.viewer, citation=citation)
    return _links(request, citation.document_id)


@router.get(
    "/missing-documents",
    response=Page[MissingRow],
    summary="What is cited and missing",
    operation_id="missing_document_list",
)
@asks(Action.VIEW_DOCUMENT)
def missing_document_list(request: Caller, asked: Query[Paging]) -> Any:
    """What documents of the person cite and the library does not hold for them, that cited by most first."""
    return page_of(most_missing(request.viewer), asked, _missing_row)


@router.get(
    "/documents/{pk}/versions", response=Page[VersionRow], summary="Its versions", operation_id="document_versions"
)
@asks(Action.VIEW_DOCUMENT)
def document_versions(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """The files that came after the first, in the order they came."""
    found = versions_for(request.viewer).filter(document=_document(request, pk)).order_by("pk")
    return page_of(found.defer("text", *HEAVY), asked, _version_row)


@router.post(
    "/documents/{pk}/versions",
    response={201: VersionRow, 422: Problem},
    summary="Add a version",
    operation_id="document_version_add",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_version_add(
    request: Caller, pk: int, file: File[UploadedFile], kind: Form[VersionKind] = VersionKind.LATER
) -> Any:
    """Read a further file of the document and keep it beside the first."""
    document = _document(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    made = add_version(actor=request.viewer, document=document, upload=file, kind=kind.value)
    return Status(201, _version_row(made))


@router.get(
    "/versions/{pk}", response=VersionWhole, summary="What a version changes", operation_id="version_detail"
)
@asks(Action.VIEW_DOCUMENT)
def version_detail(request: Caller, pk: int) -> Any:
    """What differs between a version and the first file, word by word."""
    version = _version(request, pk)
    before, after = version.document.text, version.text
    pieces = [{"words": words, "became": became} for words, became in difference(before, after)]
    return {**_version_row(version), "is_whole": is_compared_whole(before, after), "pieces": pieces}


@router.get("/versions/{pk}/file", summary="Its file", operation_id="version_file", openapi_extra=A_FILE)
@asks(Action.VIEW_DOCUMENT)
def version_file(request: Caller, pk: int) -> FileResponse:
    """The file of a version, as it was brought in."""
    return as_download(_version(request, pk).file)


def _document(request: Caller, pk: int) -> Document:
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    shows(request, "document", pk, document.unit_id)
    return document


def _version(request: Caller, pk: int) -> DocumentVersion:
    version = get_object_or_404(versions_for(request.viewer), pk=row_id(pk))
    shows(request, "document", version.document_id, version.document.unit_id)
    return version


def _links(request: Caller, pk: int) -> dict[str, Any]:
    document = _document(request, pk)
    return {
        "rests_on": [_link(link, link.target) for link in links_from(request.viewer, document)],
        "rested_on_by": [_link(link, link.source) for link in links_to(request.viewer, document)],
        "missing": [
            told(MissingRow, node.missing, citation_id=node.missing.pk, cited_by=node.cited_by)
            for node in missing_of(request.viewer, document)
            if node.missing
        ],
    }


def _link(link: Link, other: Document) -> dict[str, Any]:
    ids = {
        "document_id": other.pk,
        "link_id": link.stated.pk if link.stated else None,
        "citation_id": link.citation.pk if link.citation else None,
    }
    return told(LinkRow, link, code=other.code, subject=other.subject, **ids)


def _missing_row(row: dict[str, Any]) -> dict[str, Any]:
    names = ("code", "issued_on", "issuer", "title")
    said = {name: row[name] for name in names}
    return {**said, "citation_id": row["citation"], "cited_by": row["documents"]}


def _version_row(version: Any) -> dict[str, Any]:
    stored = version.file
    return told(
        VersionRow, version, **{name: getattr(stored, name) for name in ("name", "media_type", "size", "sha256")}
    )
