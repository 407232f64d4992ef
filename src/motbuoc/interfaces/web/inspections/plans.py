"""The pages of a plan of inspections: its sample with the reasons, what a person changes of it, its visits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.inspections import services
from motbuoc.domains.inspections.models import Visit
from motbuoc.domains.inspections.selectors import (
    chosen_for,
    chosen_of,
    inspectors_of,
    may_change,
    may_schedule,
    plan_steps_for,
    plans_for,
    units_to_plan_for,
    visits_for,
)
from motbuoc.domains.inspections.states import BEEN_THERE, PLAN_TRANSITIONS, VisitState
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.inspections.forms import AddForm, PlanChangeForm, PlanForm, ReasonForm, VisitForm
from motbuoc.interfaces.web.inspections.words import reasons_in_words
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.units.previewing import asked_form
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
ACTS = {"draw", *(step.name for step in PLAN_TRANSITIONS)}


def _crumbs(plan: Any = None) -> tuple[tuple[Any, str], ...]:
    home = ((_("Inspections of work"), reverse("visit_list")),)
    return (*home, (plan.subject, reverse("check_plan", args=[plan.pk]))) if plan else home


@methods
@asks(Action.INSPECT_WORK)
def check_plan_make(request: ViewerRequest) -> HttpResponse:
    """Begin a plan."""
    today = clock.today()
    units = [(unit.pk, unit.name) for unit in units_to_plan_for(request.viewer, today)]
    begun = {"year": today.year, "seed": f"{today:%Y-%m}", "size": 10}
    form = PlanForm(posted(request), units=units, initial=begun)
    page = FormPage(
        title=_("Make a plan of inspections"),
        subtitle=_("What is inspected this year, and in how many units. The units are drawn in the next step."),
        button=_("Make the plan"),
        back=reverse("visit_list"),
        crumbs=_crumbs(),
        done=_("The plan was begun. Draw the units now."),
        onward=lambda plan: reverse("check_plan", args=[plan.pk]),
    )

    def do() -> object:
        found = dict(form.cleaned_data)
        return services.make_plan(actor=request.viewer, unit_id=found.pop("unit"), **found)

    return page.answer(request, form, do)


@methods
@asks(Action.INSPECT_WORK)
def check_plan(request: ViewerRequest, pk: int) -> HttpResponse:
    """A plan: the units of its sample with the reasons, and what became of each."""
    viewer = request.viewer
    plan = get_object_or_404(plans_for(viewer), pk=pk)
    looks_at(request, "check_plan", pk, plan.unit_id)
    if request.method == "POST":
        return _changed(request, plan)
    visits = {visit.unit_id: visit for visit in visits_for(viewer).filter(plan=plan, follows=None).reverse()}
    rows = [(row, reasons_in_words(row.reasons), _visit_of(row, visits)) for row in chosen_of(plan)]
    context = {
        "plan": plan,
        "rows": rows,
        "kept": sum(row.taken_out_by_id is None for row, _reasons, _visit in rows),
        "visited": sum(bool(visit and visit.state in BEEN_THERE) for _row, _reasons, visit in rows),
        "may_change": may_change(viewer, plan),
        "may_schedule": may_schedule(viewer, plan),
        "steps": plan_steps_for(viewer, plan),
        "history_lines": history_of(viewer, "check_plan", pk),
    }
    return render(request, "inspections/check_plan.html", context)


def _why(chosen: Any) -> list[str]:
    """Why a unit is in the sample: the reasons of the draw, or of whoever put it in."""
    return [*reasons_in_words(chosen.reasons), *filter(None, [chosen.words])]


def _visit_of(row: Any, visits: dict[int, Visit]) -> Visit | None:
    visit = visits.get(row.unit_id)
    return visit if visit and visit.state != VisitState.CALLED_OFF else None


def _changed(request: ViewerRequest, plan: Any) -> HttpResponse:
    name, version = request.POST.get("act", ""), posted_version(request.POST)
    if name == "draw":
        services.draw_sample(actor=request.viewer, plan=plan, version=version)
        messages.success(request, _("The units were drawn."))
    elif name in ACTS:
        text = request.POST.get("text", "").replace("\x00", "")
        services.take_plan_step(actor=request.viewer, plan=plan, version=version, name=name, text=text)
        messages.success(request, _("Saved."))
    else:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    return redirect("check_plan", plan.pk)


@methods
@asks(Action.INSPECT_WORK)
def check_plan_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say anew how many units are wanted, and what lots are drawn by."""
    plan = get_object_or_404(plans_for(request.viewer), pk=pk)
    looks_at(request, "check_plan", pk, plan.unit_id)
    begun = {"version": plan.version, "size": plan.size, "seed": plan.seed}
    form = PlanChangeForm(posted(request), initial=begun)
    page = FormPage(
        title=_("Change the plan"),
        subtitle=plan.subject,
        notes=[_("The units drawn so far stay until you draw again.")],
        button=_("Save"),
        back=reverse("check_plan", args=[pk]),
        crumbs=_crumbs(plan),
        done=_("Saved. Draw the units again for it to count."),
        fresh=lambda: get_object_or_404(plans_for(request.viewer), pk=pk).version,
    )
    return page.answer(
        request, form, lambda: services.change_plan(actor=request.viewer, plan=plan, **form.cleaned_data)
    )


@methods
@asks(Action.INSPECT_WORK)
def check_plan_add(request: ViewerRequest, pk: int) -> HttpResponse:
    """Put a unit into the sample."""
    plan = get_object_or_404(plans_for(request.viewer), pk=pk)
    looks_at(request, "check_plan", pk, plan.unit_id)
    form = asked_form(request, AddForm, viewer=request.viewer)
    page = FormPage(
        title=_("Add a unit to the sample"),
        subtitle=plan.subject,
        notes=[_("The reason stays beside the unit in the plan.")],
        button=_("Add"),
        back=reverse("check_plan", args=[pk]),
        crumbs=_crumbs(plan),
        done=_("The unit was added."),
    )

    def do() -> object:
        found = form.cleaned_data
        return services.add_chosen(
            actor=request.viewer, plan=plan, version=plan.version, unit=found["unit"], words=found["words"]
        )

    return page.answer(request, form, do)


@methods
@asks(Action.INSPECT_WORK)
def chosen_take_out(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take a unit out of the sample."""
    chosen = get_object_or_404(chosen_for(request.viewer), pk=pk)
    looks_at(request, "check_plan", chosen.plan_id, chosen.plan.unit_id)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("Take a unit out of the sample"),
        subtitle=chosen.unit_name,
        notes=[_("The unit stays on the page of the plan, with the reason and who took it out.")],
        button=_("Take out"),
        back=reverse("check_plan", args=[chosen.plan_id]),
        crumbs=_crumbs(chosen.plan),
        done=_("The unit was taken out."),
    )
    return page.answer(
        request, form, lambda: services.take_out(actor=request.viewer, chosen=chosen, **form.cleaned_data)
    )


@methods
@asks(Action.INSPECT_WORK)
def chosen_schedule(request: ViewerRequest, pk: int) -> HttpResponse:
    """Set the day and the team of a unit's inspection."""
    chosen = get_object_or_404(chosen_for(request.viewer).select_related("unit", "plan__unit"), pk=pk)
    looks_at(request, "check_plan", chosen.plan_id, chosen.plan.unit_id)
    form = VisitForm(
        posted(request), people=inspectors_of(chosen.plan.unit), initial={"team": [request.viewer.pk]}
    )
    page = FormPage(
        title=_("Plan the inspection"),
        subtitle=chosen.unit_name,
        notes=[_("Chosen because: %(reasons)s.") % {"reasons": "; ".join(why)}] if (why := _why(chosen)) else [],
        button=_("Plan it"),
        back=reverse("check_plan", args=[chosen.plan_id]),
        crumbs=_crumbs(chosen.plan),
        done=_("The inspection is planned."),
        onward=lambda visit: reverse("visit_detail", args=[visit.pk]),
    )
    return page.answer(
        request, form, lambda: services.schedule_visit(actor=request.viewer, chosen=chosen, **form.planned())
    )
