"""The pages of schedules: who fills in which form how often, who is exempted, and their periods."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.ledger import scheduling
from motbuoc.domains.ledger.choices import FormState
from motbuoc.domains.ledger.periods import Span, label_of, next_to_open
from motbuoc.domains.ledger.selectors import (
    due_days_of,
    exemptions_for,
    expected_units,
    forms_for,
    periods_for,
    schedules_for,
    units_keeping_for,
)
from motbuoc.domains.ledger.standing_orders import next_opening
from motbuoc.domains.ledger.submitted import Schedule
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.foundation.units.models import UnitGroup
from motbuoc.foundation.units.selectors import groups_for
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.ledger.forms import (
    ExemptForm,
    ScheduleForm,
    TermsChangeForm,
    WhomChangeForm,
    stored,
)
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.units.previewing import asked_form
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 20
UNITS = 60  # that report under a schedule, named on its page


def proposed_span(schedule: Any) -> Span | None:
    """The period that is asked for next; of a schedule read with its `last_end`."""
    return next_to_open(schedule.cycle, schedule.last_end, clock.today(), schedule.closes_on_day)


def to_open_for(viewer: Person) -> list[tuple[Schedule, str]]:
    """The schedules that the viewer keeps whose next period ends about now, with what it is called."""
    kept = schedules_for(viewer).filter(policy.within_reach(viewer, Action.KEEP_FORMS, "unit"), is_closed=False)
    rows = kept.annotate(last_end=Max("periods__end")).order_by("name", "pk")[:PAGE_SIZE]
    spans = [(schedule, proposed_span(schedule)) for schedule in rows]
    last = clock.today() + clock.ONE_DAY
    return [(schedule, label_of(schedule.cycle, span)) for schedule, span in spans if span and span.end <= last]


@require_safe
@asks(Action.VIEW_FIGURES)
def schedule_list(request: ViewerRequest) -> HttpResponse:
    """Who reports by which form how often; for whoever keeps them also what is to be opened now."""
    viewer = request.viewer
    rows = schedules_for(viewer).annotate(last_end=Max("periods__end")).order_by("is_closed", "name", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = list(page)
    names = names_of([row.unit_id for row in found], clock.today())
    keeps = policy.may(viewer, Action.KEEP_FORMS)
    context = {
        "page": page,
        "rows": [(row, names.get(row.unit_id, "")) for row in found],
        "keeps": keeps,
        "to_open": to_open_for(viewer) if keeps else [],
    }
    return render(request, "ledger/schedule_list.html", context)


def schedule_or_404(request: ViewerRequest, pk: int, *, keeps: bool = False) -> Schedule:
    """The schedule, if the viewer sees it; to go on, perhaps, only if they keep the forms of its unit."""
    schedule = get_object_or_404(schedules_for(request.viewer), pk=pk)
    looks_at(request, "schedule", pk, schedule.unit_id)
    if keeps:
        policy.require(request.viewer, Action.KEEP_FORMS, schedule.unit_id)
    return schedule


def crumbs_of(schedule: Schedule | None = None) -> tuple[tuple[Any, str], ...]:
    """The way to a page about schedules, or about one of them."""
    home = ((_("Figures"), reverse("period_list")), (_("Schedules"), reverse("schedule_list")))
    return (*home, (schedule.name, reverse("schedule_detail", args=[schedule.pk]))) if schedule else home


@require_safe
@asks(Action.VIEW_FIGURES)
def schedule_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One schedule: its terms, who reports, who is exempted and why, its periods."""
    viewer, schedule = request.viewer, schedule_or_404(request, pk)
    sees_all = policy.may_on(viewer, Action.VIEW_FIGURES, schedule.unit_id)
    expected = expected_units(schedule, clock.today()) if sees_all else []
    exemptions = list(exemptions_for(viewer).filter(schedule=schedule))
    named = [row.unit_id for row in expected[:UNITS]]
    names = names_of([*named, schedule.unit_id, *(row.unit_id for row in exemptions)], clock.today())
    levels = sorted({row.depth for row in expected})
    context = {
        "schedule": schedule,
        "asked_by": names.get(schedule.unit_id, ""),
        "basis": documents_for(viewer).filter(pk=schedule.basis_id).first() if schedule.basis_id else None,
        "sees_all": sees_all,
        "expected": len(expected),
        "units": sorted(names[pk] for pk in named if pk in names),
        "more": max(0, len(expected) - UNITS),
        "levels": [(depth, due_days_of(schedule, depth)) for depth in levels],
        "exemptions": [(row, names.get(row.unit_id, "")) for row in exemptions],
        "periods": list(periods_for(viewer).filter(schedule=schedule)[:PAGE_SIZE]),
        "keeps": policy.may_on(viewer, Action.KEEP_FORMS, schedule.unit_id),
        "opening": next_opening(schedule) if sees_all else None,
        "history_lines": history_of(viewer, "schedule", pk),
    }
    return render(request, "ledger/schedule_detail.html", context)


def _groups(viewer: Person) -> list[UnitGroup]:
    """The groups that the units whose forms the viewer keeps may use, each once."""
    today = clock.today()
    rows = {g.pk: g for unit in units_keeping_for(viewer, today)[:5] for g in groups_for(unit.pk, today)}
    return list(rows.values())


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_make(request: ViewerRequest) -> HttpResponse:
    """Begin a schedule."""
    viewer, today = request.viewer, clock.today()
    in_use = list(forms_for(viewer).filter(state=FormState.IN_USE))
    form = asked_form(
        request,
        ScheduleForm,
        {"form": request.GET.get("form"), "closes_on_day": 31, "due_days": "5", "cycle": "month"},
        viewer=viewer,
        units=[(unit.pk, unit.name) for unit in units_keeping_for(viewer, today)],
        forms_in_use=[(row.pk, f"{row.code}: {row.name}") for row in in_use],
        groups=_groups(viewer),
    )
    page = FormPage(
        title=_("Make a schedule"),
        subtitle=_("Which units fill in which form, how often, and until when. Nothing is sent yet."),
        notes=[] if in_use else [_("No form is in use yet: make one first, and put it to use.")],
        button=_("Make the schedule"),
        back=reverse("schedule_list"),
        crumbs=crumbs_of(),
        done=_("The schedule was made. Open its first period when it is time."),
        onward=lambda schedule: reverse("schedule_detail", args=[schedule.pk]),
    )

    def do() -> object:
        asked = form.cleaned_data
        return scheduling.make_schedule(
            actor=viewer,
            unit_id=asked["unit"],
            form=next(row for row in in_use if row.pk == asked["form"]),
            terms=form.terms,
            group=form.chosen_group,
            units=asked["units"],
            basis=asked["basis"],
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change how often a schedule asks, and by when, from the next period on."""
    schedule = schedule_or_404(request, pk, keeps=True)
    form = TermsChangeForm(posted(request), initial=stored(schedule))
    page = FormPage(
        title=_("Change the schedule"),
        subtitle=schedule.name,
        notes=[_("It counts from the next period on. What is opened stays as units have it.")],
        button=_("Save"),
        back=reverse("schedule_detail", args=[pk]),
        crumbs=crumbs_of(schedule),
        done=_("Saved."),
        fresh=lambda: schedule_or_404(request, pk).version,
    )

    def do() -> object:
        version = form.cleaned_data["version"]
        return scheduling.change_schedule(
            actor=request.viewer, schedule=schedule, version=version, terms=form.terms
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_units(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask other units from the next period on."""
    schedule = schedule_or_404(request, pk, keeps=True)
    begun = {
        "version": schedule.version,
        "group": schedule.group_id,
        "units": tuple(schedule.units.values_list("pk", flat=True)),
    }
    form = asked_form(request, WhomChangeForm, begun, viewer=request.viewer, groups=_groups(request.viewer))
    page = FormPage(
        title=_("Choose who reports"),
        subtitle=schedule.name,
        notes=[_("It counts from the next period on. What is opened stays as units have it.")],
        button=_("Save"),
        back=reverse("schedule_detail", args=[pk]),
        crumbs=crumbs_of(schedule),
        done=_("Saved."),
        fresh=lambda: schedule_or_404(request, pk).version,
    )

    def do() -> object:
        asked = form.cleaned_data
        return scheduling.choose_units(
            actor=request.viewer,
            schedule=schedule,
            version=asked["version"],
            group=form.chosen_group,
            units=asked["units"],
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_exempt(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let a unit not report, from the next period on."""
    schedule = schedule_or_404(request, pk, keeps=True)
    form = asked_form(request, ExemptForm, viewer=request.viewer)
    page = FormPage(
        title=_("Exempt a unit"),
        subtitle=schedule.name,
        notes=[_("From the next period on. The reason stays with each period that is opened without the unit.")],
        button=_("Exempt it"),
        back=reverse("schedule_detail", args=[pk]),
        crumbs=crumbs_of(schedule),
        done=_("The unit is exempted."),
    )
    return page.answer(
        request,
        form,
        lambda: scheduling.exempt_unit(actor=request.viewer, schedule=schedule, **form.cleaned_data),
    )


@require_POST
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def exemption_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let a unit report again."""
    exemption = get_object_or_404(exemptions_for(request.viewer), pk=pk)
    scheduling.end_exemption(actor=request.viewer, exemption=exemption)
    messages.success(request, _("The unit reports again, from the next period on."))
    return redirect("schedule_detail", exemption.schedule_id)


@require_POST
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def schedule_close(request: ViewerRequest, pk: int) -> HttpResponse:
    """Open no more periods."""
    schedule = schedule_or_404(request, pk, keeps=True)
    scheduling.close_schedule(actor=request.viewer, schedule=schedule, version=posted_version(request.POST))
    messages.success(request, _("The schedule asks for no more periods."))
    return redirect("schedule_detail", pk)
