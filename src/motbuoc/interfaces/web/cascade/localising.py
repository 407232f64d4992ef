"""Pages on which a unit turns a directive into its own plan: written here or uploaded, then tied item by item."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.cascade.drafting import first_values
from motbuoc.domains.cascade.matching import proposals
from motbuoc.domains.cascade.models import Localisation
from motbuoc.domains.cascade.selectors import (
    answerable,
    as_items,
    items_asked_of,
    items_of,
    localisations_for,
    units_to_localise_for,
)
from motbuoc.domains.cascade.services import bring_plan, link_items, write_plan
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.states import DocumentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.reorganisation.browsing import named_under
from motbuoc.foundation.units.models import UnitOn
from motbuoc.interfaces.web.cascade.forms import Choices, ItemForm, LinksForm, PlanForm, PlanUploadForm
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.documents.sheet import when_of
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

MOST_UNITS = 300  # that a form offers


def _units(request: ViewerRequest, directive: Document) -> list[UnitOn]:
    """The units for which the viewer may localise; none while the directive is not issued.

    Raises:
        NotAllowed: the viewer brings in papers for none that received it.
    """
    if directive.state != DocumentState.ISSUED:
        policy.require(request.viewer, Action.IMPORT_DOCUMENT, directive.unit_id)
        return []
    units = list(units_to_localise_for(request.viewer, directive, clock.today())[:MOST_UNITS])
    if not units:
        raise NotAllowed(_("Only who brings in papers for a unit that received this directive can make its plan."))
    return units


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.IMPORT_DOCUMENT)
def localise_write(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write a unit's plan in a form filled with the directive's items, the directive's own words beside each."""
    directive = document_or_404(request, pk)
    if not (units := _units(request, directive)):
        return redirect("document_detail", pk)
    unit, data = _chosen(request, units), posted(request)
    form, rows = _plan_forms(data, directive, unit)
    if form.is_bound and all([form.is_valid(), *(row.is_valid() for row in rows)]):
        with form.refusals():
            made = write_plan(actor=request.viewer, directive=directive, unit=unit, draft=form.draft(rows))
            messages.success(request, _("The plan is written. Look it through, then confirm and issue it."))
            return redirect("document_review", made.plan_id)
    values = {"directive": directive, "unit": unit, "units": units, "form": form}
    values["rows"] = [(row, when_of(row.duty)) for row in rows]
    return render(request, "cascade/localise_write.html", values, status=422 if form.is_bound else 200)


def _plan_forms(data: Any, directive: Document, unit: UnitOn) -> tuple[PlanForm, list[ItemForm]]:
    today = clock.today()
    below: Choices = named_under(unit.pk, today)[:MOST_UNITS]
    own = [choice for choice, _name in below if choice != unit.pk] or [unit.pk]
    initial = first_values(directive, unit, today) | {"unit": unit.pk, "units": own}
    rows = [ItemForm(data, duty=duty, units=below) for duty in items_asked_of(directive, unit.pk)]
    return PlanForm(data, initial=initial, units=below), rows


def _chosen(request: ViewerRequest, units: list[UnitOn]) -> UnitOn:
    """The unit asked for; else one on which the viewer was given the role, else the first."""
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    own = policy.granted_units(request.viewer, Action.IMPORT_DOCUMENT)
    chosen = [unit for unit in units if str(unit.pk) == asked] or [unit for unit in units if unit.pk in own]
    return (chosen or units)[0]


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.IMPORT_DOCUMENT)
def localise_upload(request: ViewerRequest, pk: int) -> HttpResponse:
    """Bring in a plan that a unit has already written."""
    directive = document_or_404(request, pk)
    if not (units := _units(request, directive)):
        return redirect("document_detail", pk)
    by_id = {unit.pk: unit for unit in units}
    form = PlanUploadForm(
        posted(request), request.FILES or None, units=[(pk, str(unit.name)) for pk, unit in by_id.items()]
    )
    if form.is_bound and form.is_valid():
        unit, upload = by_id[form.cleaned_data["unit"]], form.cleaned_data["file"]
        with form.refusals():
            made = bring_plan(actor=request.viewer, directive=directive, unit=unit, upload=upload)
            messages.success(request, _("The plan is read. Say which items of the directive its items carry out."))
            return redirect("plan_items", made.plan_id)
    values = {"directive": directive, "form": form, "is_choice": len(units) > 1}
    return render(request, "cascade/localise_upload.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def plan_items(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say which items of the directive each item of a plan carries out; what the words propose is ticked."""
    plan = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, plan.unit_id)
    localisation = localisations_for(request.viewer).filter(plan=plan).first()
    if localisation is None:
        raise Http404
    form, status = _links_form(request, localisation), 200
    if form.is_bound and form.is_valid():
        status = _save_links(request, localisation, form)
        if status == 200:
            messages.success(request, _("Saved. The directive's page now shows what this plan carries out."))
            return redirect("document_detail", plan.pk)
    values = {"plan": plan, "directive": localisation.directive, "form": form}
    return render(
        request, "cascade/plan_items.html", values, status=422 if form.errors and status == 200 else status
    )


def _links_form(request: ViewerRequest, localisation: Localisation) -> LinksForm:
    served, items = items_of(localisation.directive), items_of(localisation.plan)
    kept = list(localisation.links.all())
    proposed = (
        {item: [pk] for item, pk in proposals(as_items(items), as_items(served)).items()} if not kept else {}
    )
    for row in kept:
        proposed.setdefault(row.item_id, []).append(row.serves_id)
    tasks = answerable(request.viewer, localisation)
    return LinksForm(
        posted(request),
        initial={"version": localisation.plan.version, "answers": localisation.answers_id},
        items=items,
        served=[(duty.pk, _named(duty)) for duty in served],
        answerable=[(task.pk, task.duty.text[:120]) for task in tasks],
        proposed=proposed,
        targets={row.item_id: row.target for row in kept},
    )


def _named(duty: Any) -> str:
    words = " ".join(duty.text.split())
    short = words if len(words) <= 110 else words[:110].rsplit(" ", 1)[0] + "…"
    return f"{duty.provision.number.rstrip('.')}. {short}" if duty.provision else short


def _save_links(request: ViewerRequest, localisation: Localisation, form: LinksForm) -> int:
    """Save what was chosen: the status of the answer, 200 when it is saved."""
    chosen = form.cleaned_data["answers"]
    tasks = [task for task in answerable(request.viewer, localisation) if task.pk == chosen]
    try:
        link_items(
            actor=request.viewer,
            localisation=localisation,
            version=form.cleaned_data["version"],
            links=form.links,
            targets=form.targets,
            answers=tasks[0] if tasks else None,
        )
    except Collision as collision:
        form.refuse(collision)
        form.rest_on(get_object_or_404(localisations_for(request.viewer), pk=localisation.pk).plan.version)
        return 409
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return 422
    return 200
