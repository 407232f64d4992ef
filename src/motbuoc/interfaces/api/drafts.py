"""Reports of a period: begun, read with their sources, refreshed, edited, put forward, fetched as files."""

from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.reporting.drafted import Draft
from motbuoc.domains.reporting.drafting import (
    begin_draft,
    edit_paragraph,
    leave_out,
    refresh_draft,
    take_draft_step,
)
from motbuoc.domains.reporting.drafts import (
    changed_since,
    draft_steps_for,
    drafts_for,
    paragraphs_for,
    sections_of,
)
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import A_FILE, CHANGED, StepOffered, steps_told
from motbuoc.interfaces.papers.draft_paper import annex_file, draft_file, sources_of

router = Router(tags=["reports"])


class DraftRow(Schema):
    """A report being drafted. `figures_as_of`: the moment whose figures it prints."""

    id: int
    version: int
    unit_id: int
    period_id: int
    subject: str
    state: str
    figures_as_of: datetime


class SourceRow(Schema):
    """What words rest on: a unit's report or a task, by id, with the name of the unit."""

    kind: str
    id: int
    unit: str


class RunRow(Schema):
    """A run of words: the field it shows, if it is a figure, and what it rests on."""

    text: str
    cell: str = ""
    sources: list[SourceRow]


class ParagraphRow(Schema):
    """A printed paragraph; `is_edited`: a person's words stand in it."""

    id: int
    version: int
    section: str
    kind: str
    is_edited: bool
    edited_by: str
    suggested_by: str
    runs: list[RunRow]


class ChangedRow(Schema):
    """A printed figure that the ledger says otherwise now; `now` "": there is none any more."""

    field: str
    name: str
    then: str
    now: str


class DraftDetail(DraftRow):
    """A report with its text, what changed under it, and the steps the caller may take."""

    paragraphs: list[ParagraphRow]
    changed: list[ChangedRow]
    steps: list[StepOffered]


class DraftBegun(Schema):
    """A report to begin: of which unit, by which outline (the id of one, or the name of one shipped)."""

    unit: int
    outline: Words
    subject: Words


class DraftVersionAsked(Schema):
    """The version of the report that was read."""

    version: int


class DraftStepAsked(DraftVersionAsked):
    """A step, with a reason where one is asked for."""

    step: Words
    reason: Words = ""


class ParagraphEdited(Schema):
    """A paragraph in other words, its figures as fields ({{i2_05}}); left out, or put back."""

    version: int
    text: Words | None = None
    is_left_out: bool | None = None


@router.get("/report-drafts", response=Page[DraftRow], summary="Reports being drafted", operation_id="draft_list")
@asks(Action.VIEW_REPORT)
def draft_list(request: Caller, asked: Query[Paging]) -> Any:
    """The reports of periods in reach, the newest first."""
    return page_of(drafts_for(request.viewer), asked, _row)


@router.get("/report-drafts/{pk}", response=DraftDetail, summary="One of them", operation_id="draft_detail")
@asks(Action.VIEW_REPORT)
def draft_detail(request: Caller, pk: int) -> Any:
    """Its text run by run with the sources of each, and the figures that changed since."""
    return _detail(request, _draft(request, pk))


@router.get("/report-drafts/{pk}/file", summary="One as a file", operation_id="draft_file", openapi_extra=A_FILE)
@asks(Action.VIEW_REPORT)
def draft_download(
    request: Caller, pk: int, kind: Literal["word", "word-sources", "excel"] = "word"
) -> FileResponse:
    """Word in the official layout, with sources as comments or without, or figures and sources as Excel."""
    draft = _draft(request, pk)
    made = annex_file(draft) if kind == "excel" else draft_file(draft, with_sources=kind == "word-sources")
    name = f"report-{draft.pk}{'.xlsx' if kind == 'excel' else '.docx'}"
    return FileResponse(BytesIO(made), as_attachment=True, filename=name)


@router.post(
    "/periods/{pk}/report-drafts",
    response={201: DraftDetail, **CHANGED},
    summary="Begin one",
    operation_id="draft_begin",
)
@asks(Action.VIEW_FIGURES, do=Action.MAKE_REPORT)
def draft_begin(request: Caller, pk: int, asked: DraftBegun) -> Any:
    """Begin the report of a unit over a period; it is assembled at once."""
    period = get_object_or_404(periods_for(request.viewer), pk=row_id(pk))
    made = begin_draft(
        actor=request.viewer,
        period=period,
        unit_id=row_id(asked.unit) or 0,
        outline=asked.outline,
        subject=asked.subject,
    )
    return Status(201, _detail(request, _draft(request, made.pk)))


@router.post(
    "/report-drafts/{pk}/refresh",
    response={200: DraftDetail, **CHANGED},
    summary="Refresh",
    operation_id="draft_refresh",
)
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def draft_refreshed(request: Caller, pk: int, asked: DraftVersionAsked) -> Any:
    """Assemble it from the ledger of now; what was edited stays."""
    refresh_draft(actor=request.viewer, draft=_draft(request, pk), version=asked.version)
    return _detail(request, _draft(request, pk))


@router.post(
    "/report-drafts/{pk}/steps",
    response={200: DraftDetail, **CHANGED},
    summary="Take a step",
    operation_id="draft_step",
)
@asks(Action.VIEW_REPORT)
def draft_step(request: Caller, pk: int, asked: DraftStepAsked) -> Any:
    """Hand it in, approve it, or give it back."""
    draft = _draft(request, pk)
    what = {"version": asked.version, "name": asked.step, "reason": asked.reason}
    take_draft_step(actor=request.viewer, draft=draft, **what)  # type: ignore[arg-type]
    return _detail(request, _draft(request, pk))


@router.post(
    "/paragraphs/{pk}",
    response={200: DraftDetail, **CHANGED},
    summary="Edit a paragraph",
    operation_id="paragraph_edit",
)
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def paragraph_edit(request: Caller, pk: int, asked: ParagraphEdited) -> Any:
    """Write it in other words, empty ones for those made of the records; leave it out or put it back."""
    row = get_object_or_404(paragraphs_for(request.viewer), pk=row_id(pk))
    draft = _draft(request, row.section.draft_id)
    version = asked.version
    if asked.text is not None:
        row = edit_paragraph(actor=request.viewer, paragraph=row, version=version, text=asked.text)
        version = row.version
    if asked.is_left_out is not None and row.pk:
        leave_out(actor=request.viewer, paragraph=row, version=version, is_left_out=asked.is_left_out)
    return _detail(request, _draft(request, draft.pk))


def _draft(request: Caller, pk: int) -> Draft:
    draft = get_object_or_404(drafts_for(request.viewer), pk=row_id(pk))
    shows(request, "report_draft", draft.pk, draft.unit_id)
    return draft


def _row(draft: Draft) -> DraftRow:
    return DraftRow(**_facts(draft))


def _facts(draft: Draft) -> dict[str, Any]:
    names = ("version", "unit_id", "period_id", "subject", "state")
    return {"id": draft.pk, "figures_as_of": draft.as_of} | {name: getattr(draft, name) for name in names}


def _detail(request: Caller, draft: Draft) -> DraftDetail:
    sections = sections_of(draft)
    return DraftDetail(
        **_facts(draft),
        paragraphs=[ParagraphRow(**row) for row in sources_of(draft, sections)],
        changed=[ChangedRow(**row._asdict()) for row in changed_since(draft, sections)],
        steps=[StepOffered(**step) for step in steps_told(draft_steps_for(request.viewer, draft))],
    )
