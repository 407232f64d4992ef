"""Pages of outgoing documents: the register, one document with its steps, its files."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.registers.models import Outgoing
from motbuoc.domains.registers.packing import package_of
from motbuoc.domains.registers.selectors import (
    found_by,
    free_numbers_for,
    outgoing_for,
    outgoing_steps_for,
    with_units,
)
from motbuoc.domains.registers.sending import attach_signed, release_outgoing, send_outgoing
from motbuoc.domains.registers.services import blocking, take_outgoing_step
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import OF_REGISTERS, Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.papers.register_sheets import outgoing_sheet, sheet_download
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.downloads import attachment
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.registers.forms import OutgoingFilter, SignedForm, StepForm
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 25
STEPS = tuple(sorted(OF_REGISTERS))
DONE: dict[str, Any] = {
    "check": gettext_lazy("Handed in. Whoever may release documents approves it."),
    "approve": gettext_lazy("Approved. It can now be numbered and released."),
    "redraft": gettext_lazy("Given back to the drafter."),
    "release": gettext_lazy("Released. Sign it, attach the signed version, and send it."),
    "dispatch": gettext_lazy("Sent."),
    "cancel": gettext_lazy("Cancelled. Its number, if it had one, stays in the register."),
}


def outgoing_or_404(request: ViewerRequest, pk: int) -> Outgoing:
    """The outgoing document, if the viewer may see it; the page shows it."""
    outgoing = get_object_or_404(outgoing_for(request.viewer), pk=pk)
    looks_at(request, "outgoing", pk, outgoing.unit_id)
    return outgoing


def _listed(request: ViewerRequest) -> tuple[OutgoingFilter, Any]:
    form = OutgoingFilter(request.GET)
    said = form.cleaned_data if form.is_valid() else {"words": "", "state": ""}
    rows = with_units(outgoing_for(request.viewer), clock.today())
    rows = rows.order_by(F("issued_on").desc(nulls_first=True), "-drafted_at", "-pk")  # what is under way first
    if said["state"]:
        rows = rows.filter(state=said["state"])
    return form, found_by(rows, said["words"])


@require_safe
@remembered
@asks(Action.VIEW_REGISTER)
def outgoing_list(request: ViewerRequest) -> HttpResponse:
    """The outgoing register: drafts under way, and what was numbered, with its day and recipients."""
    form, rows = _listed(request)
    page = Paginator(rows.prefetch_related("recipients"), PAGE_SIZE).get_page(request.GET.get("page"))
    actions = policy.actions_of(request.viewer)
    values = {"form": form, "page": page, "may_draft": Action.REGISTER_DOCUMENT in actions}
    return render(request, "registers/outgoing_list.html", values)


@require_safe
@asks(Action.VIEW_REGISTER)
def outgoing_export(request: ViewerRequest) -> FileResponse:
    """The outgoing register as listed, as an Excel file."""
    return sheet_download(*outgoing_sheet(_listed(request)[1]))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, send=STEPS)
def outgoing_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One document on its way out: its facts, what the layout check found, its recipients, and its next step."""
    outgoing = outgoing_or_404(request, pk)
    numbers = [(number.pk, number.number) for number in free_numbers_for(request.viewer, outgoing)]
    form = StepForm(posted(request), numbers=numbers)
    if request.method == "POST":
        _require_some(request, outgoing)
        if form.is_valid():
            with form.refusals():
                _take(request, outgoing, form.cleaned_data)
                messages.success(request, str(DONE[form.cleaned_data["step"]]))
                return redirect("outgoing_detail", pk)
        outgoing = outgoing_or_404(request, pk)
    values = _shown(request, outgoing) | {"refused": form if form.is_bound else None, "numbers": numbers}
    return render(request, "registers/outgoing_detail.html", values, status=422 if form.errors else 200)


def _require_some(request: ViewerRequest, outgoing: Outgoing) -> None:
    if not any(policy.may_on(request.viewer, action, outgoing.unit_id) for action in STEPS):
        raise NotAllowed(_("Only those who keep the unit's registers act here."))


def _take(request: ViewerRequest, outgoing: Outgoing, said: dict[str, Any]) -> None:
    name, common = said["step"], {"actor": request.viewer, "outgoing": outgoing, "version": said["version"]}
    if name not in DONE:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    if name == "release":
        reserved = next((n for n in free_numbers_for(request.viewer, outgoing) if n.pk == said["number"]), None)
        release_outgoing(**common, reserved=reserved)
    elif name == "dispatch":
        send_outgoing(**common, as_directive=said["as_directive"])
    else:
        take_outgoing_step(**common, name=name, reason=said["reason"])


def _shown(request: ViewerRequest, outgoing: Outgoing) -> dict[str, Any]:
    unit = with_units(outgoing_for(request.viewer), clock.today()).get(pk=outgoing.pk).unit_name
    outside = outgoing.recipients.filter(unit=None)
    return {
        "outgoing": outgoing,
        "unit_name": unit,
        "steps": outgoing_steps_for(request.viewer, outgoing),
        "may_keep": policy.may_on(request.viewer, Action.REGISTER_DOCUMENT, outgoing.unit_id),
        "broken": blocking(outgoing),
        "recipients": list(outgoing.recipients.all()),
        "has_package": outgoing.state in ("released", "dispatched")
        and outside.exists()
        and policy.may_on(request.viewer, Action.SEND_DOCUMENT, outgoing.unit_id),
        "history_lines": history_of(request.viewer, "outgoing", outgoing.pk, outgoing.seen_as),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_sign(request: ViewerRequest, pk: int) -> HttpResponse:
    """Attach the signed version of a released document."""
    outgoing = outgoing_or_404(request, pk)
    policy.require(request.viewer, Action.REGISTER_DOCUMENT, outgoing.unit_id)
    form = SignedForm(posted(request), request.FILES or None, initial={"version": outgoing.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            attach_signed(actor=request.viewer, outgoing=outgoing, version=said["version"], upload=said["file"])
            messages.success(request, _("The signed version is attached: it is what recipients get."))
            return redirect("outgoing_detail", pk)
    values = {"outgoing": outgoing, "form": form, "title": _("Attach the signed version")}
    return render(request, "registers/outgoing_form.html", values, status=422 if form.errors else 200)


@require_safe
@asks(Action.VIEW_REGISTER)
def outgoing_file(request: ViewerRequest, pk: int) -> FileResponse:
    """The signed version where there is one, otherwise the Word file; `?ban=word` always the Word file."""
    outgoing = outgoing_or_404(request, pk)
    return attachment(outgoing.file if request.GET.get("ban") == "word" else outgoing.signed or outgoing.file)


@require_safe
@asks(Action.VIEW_REGISTER, do=Action.SEND_DOCUMENT)
def outgoing_package(request: ViewerRequest, pk: int) -> FileResponse:
    """The edXML package for recipients outside the tree, as a download."""
    outgoing = outgoing_or_404(request, pk)
    policy.require(request.viewer, Action.SEND_DOCUMENT, outgoing.unit_id)
    if not outgoing.number_id or not outgoing.recipients.filter(unit=None).exists():
        raise Http404
    content = package_of(outgoing, timezone.localtime(clock.now()))
    name = f"{outgoing.code.replace('/', '-')}.edxml"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type="application/xml")
