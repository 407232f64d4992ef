"""Drafting together: remarks on paragraphs with changes suggested, and the versions that were handed in."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.reporting.drafted import Draft, Paragraph
from motbuoc.domains.reporting.drafts import drafts_for, paragraphs_for
from motbuoc.domains.reporting.together import (
    NOW,
    compared,
    remark_on,
    remarks_for,
    settle_remark,
)
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["reports"])


class RemarkRow(Schema):
    """What somebody said on a paragraph, and perhaps how it should read; once `settled_at`, it is done with."""

    id: int
    paragraph_id: int
    text: str
    suggestion: str
    written_by: str
    written_at: datetime
    settled_at: datetime | None


class RemarkMade(Schema):
    """What is said on a paragraph; `suggestion`: how it should read."""

    text: Annotated[Words, Field(max_length=5_000)] = ""
    suggestion: Annotated[Words, Field(max_length=5_000)] = ""


class RemarkSettled(Schema):
    """Whether the suggestion is taken; `version`: of the paragraph."""

    version: int
    is_taken: bool = False


class VersionsAsked(Schema):
    """Which two versions; 0 is the text of now."""

    number: Annotated[int, Field(ge=0, le=10_000)] | None = None
    against: Annotated[int, Field(ge=0, le=10_000)] = 0


class HandedVersion(Schema):
    """How often it was handed in, and when."""

    number: int
    handed_in_by: str
    handed_in_at: datetime


class PairRow(Schema):
    """A paragraph in two versions: "" where one has it not."""

    one: str
    other: str
    is_same: bool


class Versions(Schema):
    """The versions that were handed in, and two of them side by side; 0 is the text of now."""

    versions: list[HandedVersion]
    one: int
    other: int
    rows: list[PairRow]


@router.get(
    "/report-drafts/{pk}/versions",
    response=Versions,
    summary="Its versions, side by side",
    operation_id="draft_versions",
)
@asks(Action.VIEW_REPORT)
def draft_versions(request: Caller, pk: int, asked: Query[VersionsAsked]) -> Any:
    """The version `number`, or the last one, beside the version `against`, or the text of now."""
    draft: Draft = get_object_or_404(drafts_for(request.viewer), pk=row_id(pk))
    shows(request, "report_draft", draft.pk, draft.unit_id)
    versions = list(draft.versions.select_related("handed_in_by"))
    last = versions[-1].number if versions else NOW
    one, other = last if asked.number is None else asked.number, asked.against
    if not {one, other} <= {NOW, *(row.number for row in versions)}:
        raise Http404
    return {
        "versions": [told(HandedVersion, row, handed_in_by=row.handed_in_by.full_name) for row in versions],
        "one": one,
        "other": other,
        "rows": [{**row._asdict(), "is_same": row.is_same} for row in compared(draft, one, other)],
    }


@router.get(
    "/paragraphs/{pk}/remarks",
    response=list[RemarkRow],
    summary="What was remarked on a paragraph",
    operation_id="remark_list",
)
@asks(Action.VIEW_REPORT)
def remark_list(request: Caller, pk: int) -> Any:
    """The oldest first, settled or not."""
    return _remarks(_paragraph(request, pk))


@router.post(
    "/paragraphs/{pk}/remarks",
    response={201: list[RemarkRow], **CHANGED},
    summary="Remark on a paragraph",
    operation_id="remark_make",
)
@asks(Action.VIEW_REPORT)
def remark_make(request: Caller, pk: int, asked: RemarkMade) -> Any:
    """Say something on it, and perhaps how it should read, for who writes or approves the report."""
    paragraph = _paragraph(request, pk)
    remark_on(actor=request.viewer, paragraph=paragraph, text=asked.text, suggestion=asked.suggestion)
    return Status(201, _remarks(paragraph))


@router.post(
    "/remarks/{pk}/settle",
    response={200: list[RemarkRow], **CHANGED},
    summary="Settle a remark",
    operation_id="remark_settle",
)
@asks(Action.VIEW_REPORT)
def remark_settle(request: Caller, pk: int, asked: RemarkSettled) -> Any:
    """Be done with it; with `is_taken` the paragraph reads as was suggested."""
    remark = get_object_or_404(remarks_for(request.viewer), pk=row_id(pk))
    paragraph = _paragraph(request, remark.paragraph_id)
    settle_remark(actor=request.viewer, remark=remark, version=asked.version, is_taken=asked.is_taken)
    return _remarks(paragraph)


def _paragraph(request: Caller, pk: int) -> Paragraph:
    row = get_object_or_404(paragraphs_for(request.viewer).select_related("section__draft"), pk=row_id(pk))
    shows(request, "report_draft", row.section.draft_id, row.section.draft.unit_id)
    return row


def _remarks(paragraph: Paragraph) -> list[dict[str, Any]]:
    rows = paragraph.remarks.select_related("written_by")
    return [told(RemarkRow, row, written_by=row.written_by.full_name) for row in rows]
