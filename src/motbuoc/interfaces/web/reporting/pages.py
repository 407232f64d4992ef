"""The pages of reports."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.reporting.drafts import drafts_for, outline_chosen, periods_to_report_for
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.periods import default_period, presets
from motbuoc.domains.reporting.selectors import (
    directives_to_report_for,
    may_report,
    reports_for,
    run_of,
    sources_for,
)
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.work.selectors import directives_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.interfaces.jobs.reports import make_report
from motbuoc.interfaces.web.downloads import attachment
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.reporting.forms import PeriodForm
from motbuoc.interfaces.web.reporting.preview import annex_rows, dated, paper_of
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.words import days_left

PAGE_SIZE = 25
PERIODS = 8
SOURCES_SIZE = 50


@require_safe
@asks(Action.VIEW_REPORT)
def report_list(request: ViewerRequest) -> HttpResponse:
    """The reports in the viewer's reach, the newest first; and of which directives one may make others."""
    viewer = request.viewer
    page = Paginator(reports_for(viewer).defer("content"), PAGE_SIZE).get_page(request.GET.get("page"))
    periods = periods_to_report_for(viewer)
    if chosen := outline_chosen(viewer, request.GET.get("de-cuong", "")):
        periods = periods.filter(schedule__cycle__in=chosen.cycles) if chosen.cycles else periods
    context = {
        "page": page,
        "chosen": chosen,
        "directives": directives_to_report_for(viewer)[:PAGE_SIZE],
        "periods": periods[:PERIODS],
        "drafts": Paginator(drafts_for(viewer), PAGE_SIZE).get_page(request.GET.get("drafts")),
    }
    return render(request, "reporting/report_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.MAKE_REPORT)
def report_request(request: ViewerRequest, document_pk: int) -> HttpResponse:
    """Ask for the report of a directive over some days; it is made in the background."""
    document = get_object_or_404(directives_for(request.viewer), pk=document_pk)
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(document.unit_id, clock.today()))
    today = clock.today()
    start, end = default_period(document, today)
    form = PeriodForm(request.POST or None, initial={"start": start, "end": end, **request.GET.dict()})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            report = request_report(actor=request.viewer, document=document, **form.cleaned_data)
            transaction.on_commit(partial(make_report.enqueue, report.pk))
            return redirect("report_detail", pk=report.pk)
    context = {"document": document, "form": form, "presets": presets(document, today)}
    return render(request, "reporting/report_request.html", context, status=422 if form.errors else 200)


def _report(request: ViewerRequest, pk: int) -> Report:
    report = get_object_or_404(reports_for(request.viewer), pk=pk)
    looks_at(request, "report", pk, report.document.unit_id)
    return report


@require_safe
@asks(Action.VIEW_REPORT)
def report_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """A report as it will be printed, each figure and sentence a link to what it rests on."""
    report = _report(request, pk)
    context: dict[str, Any] = {
        "report": report,
        "history_lines": history_of(request.viewer, "report", pk, report.document.classification),
    }
    if report.state == Report.State.READY:
        paper = paper_of(report.content)
        context |= {
            "paper": paper,
            "annex_body": annex_rows(paper, reverse("report_sources", args=[pk, 0]).removesuffix("0/")),
            "header": report.content["header"],
            "dated": dated(report.content["header"]),
            "signature": report.content["signature"],
            "recipients": report.content["recipients"],
        }
    if report.state == Report.State.FAILED:
        context["may_report"] = may_report(request.viewer, report.document)
    return render(request, "reporting/report_detail.html", context)


@require_safe
@asks(Action.VIEW_REPORT)
def report_sources(request: ViewerRequest, pk: int, place: int) -> HttpResponse:
    """The assignments that a run of a report's words rests on."""
    report = _report(request, pk)
    try:
        run = run_of(report, place)
        found = sources_for(request.viewer, report, place)
    except IndexError as missing:
        raise Http404 from missing
    page = Paginator(found, SOURCES_SIZE).get_page(request.GET.get("page"))
    today = clock.today()
    context = {
        "report": report,
        "words": run["text"].strip(" ,"),
        "total": len(run["sources"]),
        "page": page,
        "rows": [(row, days_left(row, today)) for row in page],
        "place": place,
    }
    return render(request, "reporting/report_sources.html", context)


@require_safe
@asks(Action.VIEW_REPORT)
def report_file(request: ViewerRequest, pk: int) -> FileResponse:
    """The report as a Word file."""
    report = _report(request, pk)
    if report.file is None:
        raise Http404
    return attachment(report.file)
