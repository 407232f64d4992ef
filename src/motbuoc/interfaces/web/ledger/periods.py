"""The pages of periods: what is asked for now and how far it has come; one period, its units, cut-off and lock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.ledger import scheduling
from motbuoc.domains.ledger.funnel import Funnel, funnel_of, parts_of_period
from motbuoc.domains.ledger.selectors import Standing, periods_for, standings_of, submissions_for, with_units
from motbuoc.domains.ledger.services import was_on_time
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.work.states import OWED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.ledger.forms import CutoffForm
from motbuoc.interfaces.web.ledger.schedules import to_open_for
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 20
UNITS = 50  # of a period on one page
NAMED = 12  # units without a report that are named at once
NOTHING = Standing(0, 0, 0, 0, 0)


@require_safe
@asks(Action.VIEW_FIGURES)
def period_list(request: ViewerRequest) -> HttpResponse:
    """What is asked for now, and how much of it came, in time, complete, accepted: four separate facts."""
    viewer, asked = request.viewer, request.GET.get("tab", "")
    periods = periods_for(viewer)
    if asked == "locked":
        periods = periods.filter(locked_on__isnull=False)
    elif asked != "all":
        periods, asked = periods.filter(locked_on__isnull=True), "open"
    keeps = policy.may(viewer, Action.KEEP_FORMS)
    page = Paginator(periods, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    standings = standings_of(submissions_for(viewer).filter(period__in=rows))
    labels = {"open": _("Open"), "locked": _("Locked"), "all": _("All")}
    context = {
        "tabs": [(label, f"?tab={name}", name == asked) for name, label in labels.items()],
        "page": page,
        "rows": [(period, standings.get(period.pk, NOTHING)) for period in rows],
        "keeps": keeps,
        "to_open": to_open_for(viewer) if keeps else [],
    }
    return render(request, "ledger/period_list.html", context)


@require_safe
@asks(Action.VIEW_FIGURES)
def period_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One period: how far it is, and each unit's report with its state, its day and how complete it is."""
    viewer, period = request.viewer, _period(request, pk)
    reports = submissions_for(viewer).filter(period=period)
    funnel, part, parts = funnel_of(reports), request.GET.get("tab", ""), parts_of_period()
    chosen = with_units(reports.filter(parts[part]) if part in parts else reports, clock.today())
    page = Paginator(chosen, UNITS).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "funnel": funnel,
        "steps": _steps(funnel),
        "missing": _missing(reports, funnel),
        "tabs": _tabs(part, funnel),
        "page": page,
        "rows": [(row, was_on_time(row), _is_late(row)) for row in page],
        "facts": _facts(request, period),
        "keeps": policy.may_on(viewer, Action.KEEP_FORMS, period.schedule.unit_id),
        "urges": policy.may_on(viewer, Action.DECIDE_ASSIGNMENT, period.document.unit_id),
        "history_lines": history_of(viewer, "reporting_period", pk),
    }
    return render(request, "ledger/period_detail.html", context)


def _period(request: ViewerRequest, pk: int, *, keeps: bool = False) -> ReportingPeriod:
    """The period, if the viewer sees it; to go on, perhaps, only if they keep the forms of the unit that asks."""
    period = get_object_or_404(periods_for(request.viewer), pk=pk)
    looks_at(request, "reporting_period", pk, period.schedule.unit_id)
    if keeps:
        policy.require(request.viewer, Action.KEEP_FORMS, period.schedule.unit_id)
    return period


def _is_late(row: Any) -> bool:
    """Whether it is owed and its day is over."""
    due = row.assignment.due_on
    return row.assignment.state in OWED and due is not None and due < clock.today()


Step = tuple[Any, str, int, list[tuple[Any, str, int]]]


def _steps(funnel: Funnel) -> list[Step]:
    """The steps of the funnel: label, the part of the reports it leads to, how many, and what is told of them."""
    in_time, whole = _("in time"), _("complete")
    steps: list[Step] = [
        (_("Expected"), "", funnel.expected, []),
        (_("Begun"), "begun", funnel.begun, []),
        (
            pgettext("reports", "Handed in"),
            "received",
            funnel.received,
            [(in_time, "on_time", funnel.on_time), (whole, "complete", funnel.complete)],
        ),
    ]
    if funnel.approved is not None:
        steps.append((_("Approved on the way"), "approved", funnel.approved, []))
    told = [
        (in_time, "accepted_on_time", funnel.accepted_on_time),
        (whole, "accepted_complete", funnel.accepted_complete),
        (pgettext("reports", "corrected"), "corrected", funnel.corrected),
    ]
    return [*steps, (pgettext("reports", "Accepted"), "accepted", funnel.accepted, told)]


def _missing(reports: Any, funnel: Funnel) -> str:
    """Who has not handed in, by name as far as they are few."""
    count = funnel.expected - funnel.received
    if not count:
        return ""
    rows = with_units(reports.filter(parts_of_period()["missing"]), clock.today())
    names = list(rows.values_list("unit_name", flat=True)[:NAMED])
    if count > len(names):
        more = count - len(names)
        words = ngettext("%(names)s; and %(count)s more", "%(names)s; and %(count)s more", more)
        return words % {"names": "; ".join(names), "count": more}
    return "; ".join(names)


def _tabs(part: str, funnel: Funnel) -> list[tuple[Any, str, bool, int | None]]:
    """What one may look at, with how many there are where that is known; a step while one looks at it."""
    labels: dict[str, tuple[Any, int | None]] = {
        "": (_("All"), funnel.expected),
        "missing": (_("Not handed in"), funnel.expected - funnel.received),
        "waiting": (_("To be decided on"), None),
        "incomplete": (_("With gaps"), funnel.received - funnel.complete),
        "accepted": (pgettext("reports", "Accepted"), funnel.accepted),
    }
    for step, name, count, told in _steps(funnel):
        further = [(f"{step}, {words}", each, number) for words, each, number in told]
        labels |= {
            each: (words, number)
            for words, each, number in [(step, name, count), *further]
            if part and each == part
        }
    here = part if part in labels else ""
    return [
        (label, f"?tab={name}" if name else "?", name == here, count) for name, (label, count) in labels.items()
    ]


def _facts(request: ViewerRequest, period: ReportingPeriod) -> dict[str, Any]:
    """Who asks, by what, and who was left out for which reason."""
    seen = documents_for(request.viewer)
    exempted = [(int(unit), str(reason)) for unit, reason in period.exempted]
    if not policy.may_on(request.viewer, Action.VIEW_FIGURES, period.schedule.unit_id):
        exempted = []  # why another unit does not report is between it and whoever asks
    names = names_of([period.schedule.unit_id, *(unit for unit, _reason in exempted)], clock.today())
    return {
        "asked_by": names.get(period.schedule.unit_id, ""),
        "basis": seen.filter(pk=period.schedule.basis_id).first() if period.schedule.basis_id else None,
        "document": seen.filter(pk=period.document_id).first(),
        "exempted": [(names.get(unit, ""), reason) for unit, reason in exempted],
    }


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def period_cutoff(request: ViewerRequest, pk: int) -> HttpResponse:
    """Close the figures of a period on another day."""
    period = _period(request, pk, keeps=True)
    form = CutoffForm(posted(request), initial={"version": period.version, "cutoff_on": period.cutoff_on})
    page = FormPage(
        title=_("Move the cut-off"),
        subtitle=f"{period.schedule.name}, {period.label}",
        notes=[
            _(
                "What was handed in stays. Totals follow the units as they are on the new day. Due days are not "
                "moved with it: extend the tasks where units need longer."
            )
        ],
        button=_("Move the cut-off"),
        back=reverse("period_detail", args=[pk]),
        crumbs=((_("Figures"), reverse("period_list")), (period.label, reverse("period_detail", args=[pk]))),
        done=_("The cut-off was moved."),
        fresh=lambda: _period(request, pk).version,
    )
    return page.answer(
        request, form, lambda: scheduling.move_cutoff(actor=request.viewer, period=period, **form.cleaned_data)
    )


@require_POST
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def period_lock(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let nothing be entered any more, or let it be entered again."""
    period = _period(request, pk, keeps=True)
    locks = request.POST.get("act") != "unlock"
    version = posted_version(request.POST)
    scheduling.lock_period(actor=request.viewer, period=period, version=version, is_locked=locks)
    messages.success(request, _("The period is locked.") if locks else _("The period is open again."))
    return redirect("period_detail", pk)
