"""The pages of whoever lays a draft before others: what it is about, its versions, whom it asks, its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.consultation import services
from motbuoc.domains.consultation.selectors import (
    asked_for,
    asked_in,
    consultations_for,
    may_hold,
    progress_of,
    provisions_in,
    steps_for,
    units_to_ask,
    units_to_consult_for,
    version_of,
    versions_of,
)
from motbuoc.domains.consultation.states import TAKES_VERSIONS, ConsultationState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.web.consultation.forms import DraftForm, PlanChangeForm, PlanForm, UnitsForm, begun
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.downloads import attachment
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE, PROVISIONS = 20, 50
S = ConsultationState


@require_safe
@asks(Action.VIEW_CONSULTATION)
def consultation_list(request: ViewerRequest) -> HttpResponse:
    """The consultations of units in reach, the latest first, and before them what units in reach are asked."""
    page = Paginator(consultations_for(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "consultations": list(page),
        "asked": list(asked_for(request.viewer)[:PAGE_SIZE]),
        "holds": policy.may(request.viewer, Action.HOLD_CONSULTATION),
    }
    return render(request, "consultation/consultation_list.html", context)


def crumbs_of(consultation: Any = None) -> tuple[tuple[Any, str], ...]:
    """The way back to the list, and to a consultation."""
    home = ((_("Comments on drafts"), reverse("consultation_list")),)
    if consultation is None:
        return home
    return (*home, (consultation.subject, reverse("consultation_detail", args=[consultation.pk])))


def seen_consultation(request: ViewerRequest, pk: int, *, holds: bool = False) -> Any:
    """The consultation, if the viewer sees it; to go on, perhaps, only if they hold it."""
    consultation = get_object_or_404(consultations_for(request.viewer), pk=pk)
    looks_at(request, "consultation", pk, consultation.unit_id)
    if holds and not may_hold(request.viewer, consultation):
        raise policy.refusal(request.viewer, (Action.HOLD_CONSULTATION,))
    return consultation


@methods
@asks(Action.VIEW_CONSULTATION, do=Action.HOLD_CONSULTATION)
def consultation_make(request: ViewerRequest) -> HttpResponse:
    """Begin a consultation."""
    units = [(unit.pk, unit.name) for unit in units_to_consult_for(request.viewer)]
    form = PlanForm(posted(request), units=units)
    page = FormPage(
        title=_("Begin a consultation"),
        subtitle=_("The draft is added next. Nobody is asked before it is opened."),
        button=_("Begin"),
        back=reverse("consultation_list"),
        crumbs=crumbs_of(),
        done=_("Begun. Add the draft."),
        onward=lambda made: reverse("consultation_detail", args=[made.pk]),
    )

    def do() -> object:
        unit_id = form.cleaned_data["unit"]
        return services.make_consultation(actor=request.viewer, unit_id=unit_id, plan=form.plan())

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_CONSULTATION, do=Action.HOLD_CONSULTATION)
def consultation_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change what it is about; once it is open, only its last day."""
    consultation = seen_consultation(request, pk, holds=True)
    units = [(consultation.unit_id, consultation.unit_name)]
    form = PlanChangeForm(posted(request), initial=begun(consultation), units=units)
    is_open = consultation.state != S.DRAFT
    page = FormPage(
        title=_("Change the consultation"),
        subtitle=consultation.unit_name,
        notes=[_("It is open: only its last day can be moved.")] if is_open else [],
        button=_("Save"),
        back=reverse("consultation_detail", args=[pk]),
        crumbs=crumbs_of(consultation),
        done=_("Saved."),
        fresh=lambda: seen_consultation(request, pk).version,
    )

    def do() -> object:
        asked: dict[str, Any] = {"consultation": consultation, "version": form.cleaned_data["version"]}
        return services.change_consultation(actor=request.viewer, plan=form.plan(), **asked)

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_CONSULTATION, send=Action.HOLD_CONSULTATION)
def consultation_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One consultation: its draft provision by provision, whom it asks, and the steps one may take."""
    consultation = seen_consultation(request, pk, holds=request.method == "POST")
    if request.method == "POST":
        return _take(request, consultation)
    holds = may_hold(request.viewer, consultation)
    versions = versions_of(consultation)
    rows = provisions_in(version_of(consultation)).defer("text")
    page = Paginator(rows, PROVISIONS).get_page(request.GET.get("page"))
    progress = progress_of(consultation)
    context = {
        "consultation": consultation,
        "versions": versions,
        "page": page,
        "provisions": [(row, *progress.of_each.get(row.pk, (0, 0))) for row in page],
        "progress": progress,
        "asked": list(asked_in(consultation)),
        "steps": steps_for(request.viewer, consultation),
        "holds": holds,
        "prepares": holds and consultation.state == S.DRAFT,
        "asks": holds and consultation.state in (S.DRAFT, S.OPEN),
        "has_papers": consultation.state != S.DRAFT,
        "is_compared": len(versions) > 1,
        "adds": holds and consultation.state in TAKES_VERSIONS,
        "history_lines": history_of(request.viewer, "consultation", pk),
    }
    return render(request, "consultation/consultation_detail.html", context)


def _take(request: ViewerRequest, consultation: Any) -> HttpResponse:
    """A step of the consultation, or a unit asked no more."""
    name = request.POST.get("step", "")
    asked: dict[str, Any] = {"consultation": consultation, "version": posted_version(request.POST)}
    if name == "spare_unit":
        wanted = request.POST.get("unit", "")
        unit_id = int(wanted) if wanted.isdecimal() and len(wanted) < 18 else 0
        services.spare_unit(actor=request.viewer, unit_id=unit_id, **asked)
    else:
        services.take_consultation_step(actor=request.viewer, name=name, **asked)
    messages.success(request, _("Saved."))
    return redirect("consultation_detail", consultation.pk)


@methods
@asks(Action.VIEW_CONSULTATION, do=Action.HOLD_CONSULTATION)
def consultation_draft(request: ViewerRequest, pk: int) -> HttpResponse:
    """Add a version of the draft from its file."""
    consultation = seen_consultation(request, pk, holds=True)
    files = request.FILES if request.method == "POST" else None
    form = DraftForm(posted(request), files, initial={"version": consultation.version})
    page = FormPage(
        title=_("Add the draft"),
        subtitle=consultation.subject,
        notes=[_("A Word file is best. It is read article by article, clause by clause; look at it afterwards.")],
        button=_("Read it"),
        back=reverse("consultation_detail", args=[pk]),
        crumbs=crumbs_of(consultation),
        done=_("Read. Look whether every provision was found."),
        onward=lambda made: reverse("consultation_text", args=[pk, made.number]),
        fresh=lambda: seen_consultation(request, pk).version,
    )

    def do() -> object:
        found = form.cleaned_data
        asked: dict[str, Any] = {"consultation": consultation, "version": found["version"]}
        return services.add_draft(actor=request.viewer, upload=found["file"], **asked)

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_CONSULTATION, do=Action.HOLD_CONSULTATION)
def consultation_units(request: ViewerRequest, pk: int) -> HttpResponse:
    """Choose the units that are asked, and until when."""
    consultation = seen_consultation(request, pk, holds=True)
    units = [(unit.pk, unit.name) for unit in units_to_ask(consultation)]
    initial = {"version": consultation.version, "due_on": consultation.closes_on}
    form = UnitsForm(posted(request), initial=initial, units=units)
    page = FormPage(
        title=_("Ask units"),
        subtitle=consultation.subject,
        notes=[_("“No comment” is a reply too. A unit that is asked already gets the new day.")],
        button=_("Ask them"),
        back=reverse("consultation_detail", args=[pk]),
        crumbs=crumbs_of(consultation),
        done=_("Saved."),
        fresh=lambda: seen_consultation(request, pk).version,
    )
    return page.answer(
        request,
        form,
        lambda: services.ask_units(actor=request.viewer, consultation=consultation, **form.cleaned_data),
    )


def _version(consultation: Any, number: int) -> Any:
    version = version_of(consultation, number) if 0 < number < 30_000 else None
    if version is None:
        raise Http404
    return version


@require_safe
@asks(Action.VIEW_CONSULTATION)
def consultation_text(request: ViewerRequest, pk: int, number: int) -> HttpResponse:
    """The words of a version, provision by provision."""
    consultation = seen_consultation(request, pk)
    version = _version(consultation, number)
    page = Paginator(provisions_in(version), PROVISIONS).get_page(request.GET.get("page"))
    context = {"consultation": consultation, "draft": version, "page": page, "crumbs": crumbs_of(consultation)}
    return render(request, "consultation/consultation_text.html", context)


@require_safe
@asks(Action.VIEW_CONSULTATION)
def consultation_file(request: ViewerRequest, pk: int, number: int) -> FileResponse:
    """The file of a version as it was brought, as a download."""
    return attachment(_version(seen_consultation(request, pk), number).file)
