"""The pages of visits: the list for the desk, one visit with all that can be done on it, findings, the
conclusion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.inspections import visiting
from motbuoc.domains.inspections.drafting import conclusion_of, draft_of
from motbuoc.domains.inspections.models import CheckItem, Finding
from motbuoc.domains.inspections.selectors import (
    asked_on,
    conclusion_for,
    earlier_seen,
    finding_files_for,
    findings_for,
    findings_of,
    inspectors_of,
    items_for,
    items_seen_by,
    may_inspect,
    plans_for,
    remedies_for,
    remedies_of,
    visit_steps_for,
    visits_for,
)
from motbuoc.domains.inspections.states import VisitState
from motbuoc.domains.work.selectors import steps_for
from motbuoc.domains.work.standing import Lateness
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.papers.conclusion import WORD, conclusion_file
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.downloads import attachment
from motbuoc.interfaces.web.inspections.forms import (
    STEPS,
    ConcludeForm,
    FindingForm,
    ItemForm,
    VisitForm,
    VisitStepForm,
)
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 20
TABS = {
    "open": [VisitState.PLANNED, VisitState.UNDER_WAY, VisitState.DRAFT_SENT, VisitState.COMMENTED],
    "done": [VisitState.CONCLUDED],
    "all": list(VisitState),
}


@require_safe
@asks(Action.VIEW_VISIT)
def visit_list(request: ViewerRequest) -> HttpResponse:
    """What was checked and what of it is open; for whoever inspects also the plans."""
    viewer, asked = request.viewer, request.GET.get("tab", "all")
    tab = asked if asked in TABS else "all"
    labels = {"open": pgettext("inspections", "Under way"), "done": _("Concluded"), "all": _("All")}
    page = Paginator(visits_for(viewer).filter(state__in=TABS[tab]), PAGE_SIZE).get_page(request.GET.get("page"))
    visits = list(page)
    remedies = remedies_of(viewer, visits)
    inspects = policy.may(viewer, Action.INSPECT_WORK)
    context = {
        "tabs": [(label, f"?tab={name}", name == tab) for name, label in labels.items()],
        "page": page,
        "rows": [(visit, remedies.get(visit.pk)) for visit in visits],
        "plans": list(plans_for(viewer)[:PAGE_SIZE]) if inspects else [],
        "inspects": inspects,
    }
    return render(request, "inspections/visit_list.html", context)


def _visit(request: ViewerRequest, pk: int, *, inspects: bool = False) -> Any:
    """The visit, if the viewer sees it; to go on, perhaps, only if they inspect there."""
    visit = get_object_or_404(visits_for(request.viewer), pk=pk)
    looks_at(request, "visit", pk, visit.unit_id)
    if inspects:
        policy.require(request.viewer, Action.INSPECT_WORK, asked_on(visit, Action.INSPECT_WORK))
    return visit


def _crumbs(visit: Any) -> tuple[tuple[Any, str], ...]:
    return (
        (_("Inspections of work"), reverse("visit_list")),
        (visit.unit_name, reverse("visit_detail", args=[visit.pk])),
    )


@methods
@asks(Action.VIEW_VISIT, send=(Action.INSPECT_WORK, Action.WORK_ON_ASSIGNMENT))
def visit_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One inspection: checklist, findings, draft and comment, remedies, and the steps one may take."""
    visit = _visit(request, pk)
    if request.method == "POST":
        return _take(request, visit)
    return _detail(request, visit)


def _take(request: ViewerRequest, visit: Any) -> HttpResponse:
    transition = STEPS.get(request.POST.get("step", ""))
    if transition is None:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    policy.require(request.viewer, Action(transition.action), asked_on(visit, Action(transition.action)))
    form = VisitStepForm(request.POST, transition=transition)
    if not form.is_valid():
        return _detail(request, visit, form, status=422)
    asked = form.cleaned_data
    try:
        visiting.take_visit_step(
            actor=request.viewer,
            visit=visit,
            version=asked["version"],
            name=transition.name,
            text=asked.get("text", ""),
            comment_by=asked.get("comment_by"),
        )
    except NotAllowed:
        raise
    except Collision as collision:
        visit = _visit(request, visit.pk)
        form.refuse(collision)
        form.rest_on(visit.version)
        return _detail(request, visit, form, status=409)
    except Refusal as refusal:
        form.refuse(refusal)
        return _detail(request, visit, form, status=422)
    messages.success(request, _("Saved: %(step)s.") % {"step": transition.label})
    return redirect("visit_detail", visit.pk)


def _detail(
    request: ViewerRequest, visit: Any, bound: VisitStepForm | None = None, *, status: int = 200
) -> HttpResponse:
    viewer = request.viewer
    steps = visit_steps_for(viewer, visit)
    inspects = may_inspect(viewer, visit)
    items = list(items_for(viewer, visit))
    forms = [_form(visit, step, bound) for step in steps if step.name != "conclude_visit"]
    if bound and bound not in forms:
        forms.insert(0, bound)
    context = {
        "visit": visit,
        "team": [person.full_name for person in visit.team.all()],
        "items": items,
        "looked_at": f"{sum(bool(item.result) for item in items)}/{len(items)}" if items else "",
        "findings": list(findings_of(visit)),
        "seen_items": {item.pk for item in items},
        "conclusion": conclusion_for(viewer, visit),
        "entries": [(entry, STEPS[entry.step].label) for entry in visit.entries.select_related("written_by")],
        "remedies": list(remedies_for(viewer, visit)),
        "earlier_seen": earlier_seen(viewer, [visit]),
        "again": list(visits_for(viewer).filter(follows=visit)),
        "forms": forms,
        "inspects": inspects,
        "may_note": inspects and visit.state == VisitState.UNDER_WAY,
        "may_conclude": any(step.name == "conclude_visit" for step in steps),
        "may_follow_up": inspects and visit.state == VisitState.CONCLUDED,
        "overdue": Lateness.OVERDUE.value,
        "history_lines": history_of(viewer, "visit", visit.pk, visit.classification),
    }
    return render(request, "inspections/visit_detail.html", context, status=status)


def _form(visit: Any, step: Any, bound: VisitStepForm | None) -> VisitStepForm:
    if bound and bound.transition.name == step.name:
        return bound
    begun: dict[str, Any] = {"version": visit.version}
    if step.name == "send_draft":
        begun["text"] = draft_of(visit)
    return VisitStepForm(transition=step, initial=begun)


@methods
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def check_item(request: ViewerRequest, pk: int) -> HttpResponse:
    """What was seen of one assignment."""
    item: CheckItem = get_object_or_404(items_seen_by(request.viewer), pk=pk)
    visit = _visit(request, item.visit_id, inspects=True)
    steps = [
        step for step in steps_for(request.viewer, item.assignment) if step.action == Action.DECIDE_ASSIGNMENT
    ]
    begun = {"version": item.version, "result": item.result, "note": item.note}
    form = ItemForm(posted(request), steps=steps, initial=begun)
    page = FormPage(
        title=item.assignment.duty.text[:160],
        subtitle=visit.unit_name,
        button=_("Save"),
        back=reverse("visit_detail", args=[visit.pk]) + "#checklist",
        crumbs=_crumbs(visit),
        done=_("Noted."),
        fresh=lambda: get_object_or_404(items_seen_by(request.viewer), pk=pk).version,
    )
    return page.answer(
        request, form, lambda: visiting.note_item(actor=request.viewer, item=item, **form.cleaned_data)
    )


@methods
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def visit_finding(request: ViewerRequest, pk: int) -> HttpResponse:
    """Note what was found."""
    visit = _visit(request, pk, inspects=True)
    items = {item.pk: item for item in items_for(request.viewer, visit)}
    names = [(item.pk, item.assignment.duty.text[:100]) for item in items.values()]
    form = FindingForm(posted(request), request.FILES or None, items=names)
    values = {"form": form, "visit": visit, "crumbs": _crumbs(visit)}
    if request.method == "POST" and form.is_valid():
        found = dict(form.cleaned_data)
        item, files = items.get(found.pop("item") or 0), found.pop("evidence")
        with form.refusals():
            visiting.add_finding(actor=request.viewer, visit=visit, item=item, files=files, **found)
            messages.success(request, _("Noted."))
            return redirect(reverse("visit_detail", args=[pk]) + "#findings")
    return render(request, "inspections/visit_finding.html", values, status=422 if form.errors else 200)


@require_POST
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def finding_drop(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take a finding back."""
    finding: Finding = get_object_or_404(findings_for(request.viewer), pk=pk)
    visit = _visit(request, finding.visit_id, inspects=True)
    visiting.drop_finding(actor=request.viewer, finding=finding)
    messages.success(request, _("Taken back."))
    return redirect("visit_detail", visit.pk)


@require_safe
@asks(Action.VIEW_VISIT)
def finding_file(request: ViewerRequest, pk: int) -> FileResponse:
    """A file that shows what was found, to be kept."""
    found = get_object_or_404(finding_files_for(request.viewer), pk=pk)
    looks_at(request, "visit", found.finding.visit_id, found.finding.visit.unit_id)
    return attachment(found.file)


@methods
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def visit_conclude(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write the conclusion, or bring it in; then it is looked through and issued like any document."""
    visit = _visit(request, pk, inspects=True)
    draft = visit.entries.filter(step="send_draft").last()
    begun = {"version": visit.version, "text": draft.text if draft else draft_of(visit)}
    form = ConcludeForm(posted(request), request.FILES or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        with form.refusals():
            done = visiting.conclude_visit(
                actor=request.viewer,
                visit=visit,
                version=found["version"],
                answer=found["answer"],
                upload=found["file"] or _written(visit, found),
                is_written=not found["file"],
            )
            messages.success(request, _("The conclusion is there. Look through it and issue it to the unit."))
            return redirect("document_review", done.conclusion_id)
        visit = _visit(request, pk, inspects=True)  # as it is now, for whoever was slower
        form.rest_on(visit.version)
    comment = visit.entries.filter(step="comment_draft").last()
    values = {"form": form, "visit": visit, "comment": comment, "crumbs": _crumbs(visit)}
    return render(request, "inspections/visit_conclude.html", values, status=422 if form.errors else 200)


def _written(visit: Any, found: dict[str, Any]) -> SimpleUploadedFile:
    content = conclusion_of(visit, found["text"], found["number"].strip(), (found["title"], found["name"]))
    return SimpleUploadedFile(
        f"Thông báo kết quả kiểm tra {visit.day:%d-%m-%Y}.docx", conclusion_file(content), WORD
    )


@methods
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def visit_follow_up(request: ViewerRequest, pk: int) -> HttpResponse:
    """Plan to check the remedies again."""
    visit = _visit(request, pk, inspects=True)
    begun = {"team": [person.pk for person in visit.team.all()], "day": clock.today()}
    form = VisitForm(posted(request), people=inspectors_of(visit.by_unit), initial=begun)
    page = FormPage(
        title=_("Check the remedies again"),
        subtitle=visit.unit_name,
        notes=[_("The checklist of this inspection is what the unit had to mend.")],
        button=_("Plan it"),
        back=reverse("visit_detail", args=[pk]),
        crumbs=_crumbs(visit),
        done=_("The inspection is planned."),
        onward=lambda again: reverse("visit_detail", args=[again.pk]),
    )
    return page.answer(
        request, form, lambda: visiting.plan_follow_up(actor=request.viewer, visit=visit, **form.planned())
    )
