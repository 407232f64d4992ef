"""Pages of the working calendar: a year, to be read by everybody and kept by few; out and in as a file.

Whatever would change the calendar is shown first. The page that shows it carries the plan, signed, so that what is
confirmed is what was seen; the service refuses it if the year has changed since.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.work.recounting import effect_for
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.workdays.importing import check_rows
from motbuoc.foundation.workdays.planning import (
    FIRST_YEAR,
    LAST_YEAR,
    YearPlan,
    plan_confirmation,
    plan_day,
    plan_year,
)
from motbuoc.foundation.workdays.selectors import calendar, changes_of, year_kept
from motbuoc.foundation.workdays.services import kept_on, require_keeper, save_year
from motbuoc.interfaces.jobs.recounting import follow_calendar
from motbuoc.interfaces.papers.calendar_files import MEDIA_TYPES, read_days, write_days
from motbuoc.interfaces.web.deadlines.forms import DayChangeForm, YearConfirmForm, YearImportForm
from motbuoc.interfaces.web.deadlines.words import WEEKDAYS
from motbuoc.interfaces.web.deadlines.year import months_of_year, named_days, said, said_of
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

SALT = "working calendar"
SIGNED_FOR = 24 * 60 * 60  # seconds for which a preview may be confirmed
SHOWN_PROBLEMS = 100
SHOWN_CHANGES = 20


@require_safe
@asks(Action.VIEW_UNIT)
def workday_year(request: ViewerRequest) -> HttpResponse:
    """A year in twelve months: holidays, swaps, what they rest on, and what was changed."""
    year, days = _year(request), calendar()
    context = {
        "year": year,
        "kept": year_kept(year),
        "months": months_of_year(days, year, clock.today()),
        "named": named_days(days, year),
        "weekdays": WEEKDAYS,
        "changes": [(change, said_of(change)) for change in changes_of(year)[:SHOWN_CHANGES]],
        "keeps": kept_on(request.viewer) is not None,
        "kinds": list(MEDIA_TYPES),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
    }
    return render(request, "deadlines/workday_year.html", context)


@require_safe
@asks(Action.VIEW_UNIT)
def workday_export(request: ViewerRequest) -> HttpResponse:
    """The special days of a year as a file."""
    year = _year(request)
    kind = request.GET.get("as", "")
    kind = kind if kind in MEDIA_TYPES else "csv"
    response = HttpResponse(write_days(dict(calendar().days_of(year)), year, kind), content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="lich-lam-viec-{year}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.KEEP_CALENDAR)
def workday_confirm(request: ViewerRequest) -> HttpResponse:
    """Confirm a year as it is proposed, by the document that decided on it."""
    year = _year(request)
    form = YearConfirmForm(request.POST or None)
    if form.is_bound and form.is_valid():
        require_keeper(request.viewer)
        with form.refusals():
            return _preview(request, plan_confirmation(year, form.cleaned_data["legal_basis"]))
    context = {"form": form, "year": year, "named": named_days(calendar(), year)}
    return render(request, "deadlines/workday_confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.KEEP_CALENDAR)
def workday_change(request: ViewerRequest) -> HttpResponse:
    """Make one day a holiday, a day off, a working day by a swap, or an ordinary day."""
    day = _day(request.GET.get("day", ""))
    special = calendar().special(day) if day else None
    initial = {"day": day, "kind": special.kind, "name": special.name} if special else {"day": day}
    form = DayChangeForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        require_keeper(request.viewer)
        with form.refusals():
            told = form.cleaned_data
            return _preview(request, plan_day(told["day"], told["kind"], told["name"], told["legal_basis"]))
    year = day.year if day else clock.today().year
    context = {"form": form, "year": year}
    return render(request, "deadlines/workday_change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.KEEP_CALENDAR)
def workday_import(request: ViewerRequest) -> HttpResponse:
    """Bring the days of a year in as a file; every error is shown before anything is written."""
    year, brought = _year(request), None
    form = YearImportForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        require_keeper(request.viewer)
        with form.refusals():
            upload, basis = form.cleaned_data["file"], form.cleaned_data["legal_basis"]
            brought = check_rows(read_days(upload.name, upload.read()), year, basis)
            if not brought.problems:
                return _preview(request, plan_year(year, brought.days, basis), elsewhere=brought.elsewhere)
    context = {
        "form": form,
        "year": year,
        "problems": brought.problems[:SHOWN_PROBLEMS] if brought else [],
        "total": len(brought.problems) if brought else 0,
    }
    status = 422 if form.errors or context["problems"] else 200
    return render(request, "deadlines/workday_import.html", context, status=status)


def _preview(
    request: ViewerRequest, plan: YearPlan, *, refused: Refusal | None = None, elsewhere: int = 0
) -> HttpResponse:
    """What the plan would change, with the plan itself in the form that confirms it."""
    context: dict[str, Any] = {
        "plan": plan,
        "signed": signing.dumps(plan.as_rows(), salt=SALT, compress=True),
        "changes": said(plan.changes),
        "elsewhere": elsewhere,
        "effect": effect_for(request.viewer, plan.calendar()),
        "refused": refused,
    }
    status = 200 if refused is None else 409 if isinstance(refused, Collision) else 422
    return render(request, "deadlines/workday_preview.html", context, status=status)


@require_POST
@asks(Action.VIEW_UNIT, do=Action.KEEP_CALENDAR)
def workday_save(request: ViewerRequest) -> HttpResponse:
    """Carry out what a preview showed."""
    try:
        rows = signing.loads(request.POST.get("plan", ""), salt=SALT, max_age=SIGNED_FOR)
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Look at the change once more and confirm it then."))
        return redirect("workday_year")
    plan = YearPlan.from_rows(rows)
    try:
        change = save_year(actor=request.viewer, plan=plan)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _preview(request, plan, refused=refusal)
    follow_calendar.enqueue(change.pk)
    messages.success(request, _("The calendar of %(year)s is saved.") % {"year": plan.year})
    return redirect(f"{reverse('workday_year')}?year={plan.year}")


def _year(request: ViewerRequest) -> int:
    """The year asked for; this one where nothing sensible is asked."""
    asked = request.GET.get("year", "")
    year = int(asked) if len(asked) == 4 and asked.isascii() and asked.isdigit() else clock.today().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None
