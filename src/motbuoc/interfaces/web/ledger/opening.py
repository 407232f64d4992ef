"""Opening a period: its days, who is asked until when, what it costs them, and then the order to all of them."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.ledger.burden import burden_on
from motbuoc.domains.ledger.lightening import leave_out, put_back
from motbuoc.domains.ledger.periods import label_of
from motbuoc.domains.ledger.selectors import Expected, due_days_of, expected_units, forms_for, schedules_for
from motbuoc.domains.ledger.submitted import Schedule
from motbuoc.domains.work.selectors import issuing_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.jobs.opening import open_and_send
from motbuoc.interfaces.web.ledger.forms import OpenForm
from motbuoc.interfaces.web.ledger.schedules import crumbs_of, proposed_span, schedule_or_404
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

NAMED = 20  # units of a level that are named


class Level(NamedTuple):
    """The units so many levels below: how many days they have, until when, how many, and the first by name."""

    depth: int
    days: int
    due_on: date
    number: int
    names: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_open(request: ViewerRequest, pk: int) -> HttpResponse:
    """Look at what would be asked of whom, for the days of the address or those proposed; then ask it."""
    schedule = schedule_or_404(request, pk, keeps=True)
    if request.method == "POST" and "act" in request.POST:
        return _lighten(request, schedule)
    if request.method == "POST":
        form = OpenForm(request.POST)
        if form.is_valid():
            with form.refusals():
                return _open(request, schedule, form)
    else:
        form = OpenForm(request.GET if "start" in request.GET else _proposal(request.viewer, schedule))
        form.is_valid()
    context = {"schedule": schedule, "form": form, "crumbs": crumbs_of(schedule), **_preview(schedule, form)}
    context |= {
        "lightens": policy.may_on(request.viewer, Action.KEEP_FORMS, schedule.form.unit_id),
        "before": forms_for(request.viewer).filter(pk=_id(request.GET.get("before"))).first(),
    }
    return render(request, "ledger/schedule_open.html", context, status=422 if request.method == "POST" else 200)


def _lighten(request: ViewerRequest, schedule: Schedule) -> HttpResponse:
    """Leave a field out of the form, or put it back: both at once, as nothing was sent yet."""
    days = request.GET.copy()  # as they were chosen
    days.pop("before", None)
    try:
        if request.POST["act"] == "leave_out":
            leave_out(actor=request.viewer, form=schedule.form, indicator_id=_id(request.POST.get("indicator")))
            days["before"] = str(schedule.form_id)
            return redirect(f"{request.path}?{days.urlencode()}#burden")
        before = get_object_or_404(forms_for(request.viewer), pk=_id(request.POST.get("form")))
        put_back(actor=request.viewer, form=before)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The form asks for it again."))
    return redirect(f"{request.path}?{days.urlencode()}#burden")


def _id(text: str | None) -> int:
    """An id as it was sent; 0 for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


def _proposal(viewer: Person, schedule: Schedule) -> dict[str, Any]:
    """The days of the next period, as they are typed."""
    span = proposed_span(schedules_for(viewer).annotate(last_end=Max("periods__end")).get(pk=schedule.pk))
    days = span or (clock.today(), clock.today())
    start, end = (f"{day:%d/%m/%Y}" for day in days)
    return {"start": start, "end": end, "cutoff_on": end, "label": ""}


def _preview(schedule: Schedule, form: OpenForm) -> dict[str, Any]:
    """Who is asked by when, and what that comes to."""
    days = form.cleaned_data
    if form.has_error("start") or form.has_error("end") or not days.get("cutoff_on"):
        return {"levels": [], "count": 0, "label": ""}
    expected = expected_units(schedule, days["cutoff_on"])
    return {
        "levels": _levels(schedule, expected),
        "count": len(expected),
        "label": days.get("label") or label_of(schedule.cycle, form.span),
        "burden": burden_on(schedule, [row.unit_id for row in expected]),
    }


def _levels(schedule: Schedule, expected: list[Expected]) -> list[Level]:
    rows = {depth: list(each) for depth, each in groupby(expected, key=lambda row: row.depth)}
    names = names_of([row.unit_id for each in rows.values() for row in each[:NAMED]], clock.today())
    return [
        Level(
            depth,
            due_days_of(schedule, depth),
            each[0].due_on,
            len(each),
            sorted(names[row.unit_id] for row in each[:NAMED]),
        )
        for depth, each in rows.items()
    ]


def _open(request: ViewerRequest, schedule: Schedule, form: OpenForm) -> HttpResponse:
    """At once, or for very many units in the background."""
    asked = form.cleaned_data
    period = open_and_send(
        actor=request.viewer,
        schedule=schedule,
        span=form.span,
        cutoff_on=asked["cutoff_on"],
        label=asked["label"],
    )
    if issuing_of(period.document):
        messages.info(request, _("The units are very many: they get their forms one after another."))
        return redirect("document_issue", period.document_id)
    messages.success(request, _("The period is open, and the units have their forms."))
    return redirect("period_detail", period.pk)
