"""Reports of a directive: asked for, waited for, fetched as Word files."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.selectors import reports_for
from motbuoc.domains.reporting.services import request_report
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Problem, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.jobs.reports import make_report

router = Router(tags=["reports"])


class ReportRow(Schema):
    """A report; its file can be fetched once its state is ready."""

    id: int
    document_id: int
    unit_id: int
    period_start: date
    period_end: date
    state: str


class ReportAsked(Schema):
    """The days the report is over."""

    start: date
    end: date


@router.get("/reports", response=Page[ReportRow], summary="Reports in reach", operation_id="report_list")
@asks(Action.VIEW_REPORT)
def report_list(request: Caller, asked: Query[Paging]) -> Any:
    """The reports in reach, the newest first."""
    return page_of(reports_for(request.viewer).defer("content"), asked, _row)


@router.get("/reports/{pk}", response=ReportRow, summary="One report", operation_id="report_detail")
@asks(Action.VIEW_REPORT)
def report_detail(request: Caller, pk: int) -> Any:
    """How far its making has come."""
    return _row(_report(request, pk))


@router.get("/reports/{pk}/file", summary="The Word file", operation_id="report_file")
@asks(Action.VIEW_REPORT)
def report_file(request: Caller, pk: int) -> FileResponse:
    """The Word file, once it is ready."""
    stored = _report(request, pk).file
    if stored is None:
        raise Http404
    return FileResponse(stored.content.open("rb"), as_attachment=True, filename=stored.name)


@router.post(
    "/directives/{pk}/reports",
    response={202: ReportRow, 422: Problem},
    summary="Ask for a report",
    operation_id="report_request",
)
@asks(Action.VIEW_DOCUMENT, do=Action.MAKE_REPORT)
def report_request(request: Caller, pk: int, asked: ReportAsked) -> Any:
    """Ask for the report of a directive over some days; it is made in the background."""
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    report = request_report(actor=request.viewer, document=document, start=asked.start, end=asked.end)
    transaction.on_commit(partial(make_report.enqueue, report.pk))
    return Status(202, _row(report))


def _report(request: Caller, pk: int) -> Report:
    report = get_object_or_404(reports_for(request.viewer), pk=row_id(pk))
    shows(request, "report", pk, report.document.unit_id)
    return report


def _row(report: Report) -> ReportRow:
    names = [name for name in ReportRow.model_fields if name != "id"]
    return ReportRow(id=report.pk, **{name: getattr(report, name) for name in names})
