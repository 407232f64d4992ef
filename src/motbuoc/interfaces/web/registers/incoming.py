"""Pages of the incoming book: the list, registering, one line with its routing notes, correcting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.registers.incoming import (
    correct_incoming,
    register_incoming,
    route_incoming,
    strike_incoming,
)
from motbuoc.domains.registers.models import Incoming
from motbuoc.domains.registers.selectors import found_by, incoming_for, tasks_of_notes, with_units
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.papers.register_sheets import incoming_sheet, sheet_download
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.two_versions import collided, in_place
from motbuoc.interfaces.web.downloads import attachment
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.registers.drafts import chosen_unit, desk_of
from motbuoc.interfaces.web.registers.forms import (
    CorrectionForm,
    IncomingFilter,
    NoteForm,
    PaperForm,
    StrikeForm,
)
from motbuoc.interfaces.web.registers.outgoing import PAGE_SIZE
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


def _incoming(request: ViewerRequest, pk: int) -> Any:
    incoming = get_object_or_404(with_units(incoming_for(request.viewer), clock.today()), pk=pk)
    looks_at(request, "incoming", pk, incoming.unit_id)
    return incoming


def _listed(request: ViewerRequest) -> tuple[IncomingFilter, Any]:
    form = IncomingFilter(request.GET)
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {"words": "", "since": None}
    rows = with_units(incoming_for(request.viewer), clock.today()).prefetch_related("notes")
    if said["since"]:
        rows = rows.filter(arrived_on__gte=said["since"])
    return form, found_by(rows, said["words"])


@require_safe
@remembered
@asks(Action.VIEW_REGISTER)
def incoming_list(request: ViewerRequest) -> HttpResponse:
    """The incoming register, the latest first; struck lines stay to be read."""
    form, rows = _listed(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    may_register = policy.may(request.viewer, Action.REGISTER_DOCUMENT)
    return render(
        request, "registers/incoming_list.html", {"form": form, "page": page, "may_register": may_register}
    )


@require_safe
@asks(Action.VIEW_REGISTER)
def incoming_export(request: ViewerRequest) -> FileResponse:
    """The incoming register as listed, as an Excel file."""
    return sheet_download(*incoming_sheet(_listed(request)[1]))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def incoming_register(request: ViewerRequest) -> HttpResponse:
    """Enter a paper into the book; from a document (`?document=`) with what is known of it."""
    units = desk_of(request)
    document = _document(request, request.POST.get("document") or request.GET.get("document") or "")
    first = {"unit": chosen_unit(request, units), "arrived_on": clock.today(), **_known(document)}
    choices = [(unit.pk, unit.name) for unit in units.values()]
    form = PaperForm(posted(request), request.FILES or None, initial=first, units=choices)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            incoming = register_incoming(
                actor=request.viewer,
                unit=units[form.cleaned_data["unit"]],
                paper=form.paper,
                document=document,
                upload=form.cleaned_data["file"],
            )
            number = {"number": incoming.number}
            messages.success(request, _("Registered under number %(number)s.") % number)
            return redirect("incoming_detail", incoming.pk)
    values = {"form": form, "document": document, "title": _("Register an incoming paper")}
    return render(request, "registers/incoming_form.html", values, status=422 if form.errors else 200)


def _document(request: ViewerRequest, pk: str) -> Document | None:
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return documents_for(request.viewer).filter(pk=int(pk)).first()


def _known(document: Document | None) -> dict[str, Any]:
    if document is None:
        return {}
    return {
        "document": document.pk,
        "sender": document.issuer,
        "code": document.code,
        "issued_on": document.issued_on,
        "subject": document.subject,
        "classification": document.classification,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, send=Action.REGISTER_DOCUMENT)
def incoming_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One line of the book and its routing notes; a note is written, or the line struck out, here."""
    incoming = _incoming(request, pk)
    is_striking = "strike" in request.POST
    note = NoteForm(request.POST if request.method == "POST" and not is_striking else None)
    strike = StrikeForm(request.POST if is_striking else None, initial={"version": incoming.version})
    if request.method == "POST":
        policy.require(request.viewer, Action.REGISTER_DOCUMENT, incoming.unit_id)
        form: NoteForm | StrikeForm = strike if is_striking else note
        if form.is_valid():
            with form.refusals():
                write = strike_incoming if is_striking else route_incoming
                write(actor=request.viewer, incoming=incoming, **form.cleaned_data)
                return redirect("incoming_detail", pk)
    notes = list(incoming.notes.select_related("written_by"))
    tasks = tasks_of_notes(request.viewer, notes)
    values = {
        "incoming": incoming,
        "notes": [(row, tasks.get(row.pk, ())) for row in notes],
        "may_give": not incoming.is_struck
        and policy.may_on(request.viewer, Action.ISSUE_DIRECTIVE, incoming.unit_id),
        "note_form": note,
        "strike_form": strike,
        "may_keep": policy.may_on(request.viewer, Action.REGISTER_DOCUMENT, incoming.unit_id),
        "history_lines": history_of(request.viewer, "incoming", pk, incoming.seen_as),
    }
    wrong = note.errors or strike.errors
    return render(request, "registers/incoming_detail.html", values, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def incoming_correct(request: ViewerRequest, pk: int) -> HttpResponse:
    """Correct a line of the book, with a reason."""
    incoming: Incoming = _incoming(request, pk)
    policy.require(request.viewer, Action.REGISTER_DOCUMENT, incoming.unit_id)
    units = [(incoming.unit_id, incoming.unit_name)]  # type: ignore[attr-defined]
    form = CorrectionForm(posted(request), initial=_stored(incoming), units=units)
    del form.fields["file"]
    values: dict[str, Any] = {"form": form, "incoming": incoming, "title": _("Correct the line")}
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            try:
                correct_incoming(
                    actor=request.viewer,
                    incoming=incoming,
                    version=said["version"],
                    paper=form.paper,
                    reason=said["reason"],
                )
                return redirect("incoming_detail", pk)
            except Collision as collision:
                values |= collided(form, collision, _stored(_incoming(request, pk)), apart=("reason",))
    return in_place(request, "registers/incoming_form.html", values, "register-form")


def _stored(incoming: Incoming) -> dict[str, Any]:
    names = ("sender", "code", "issued_on", "arrived_on", "subject", "urgency", "classification", "version")
    return {name: getattr(incoming, name) for name in names} | {"unit": incoming.unit_id}


@require_safe
@asks(Action.VIEW_REGISTER)
def incoming_file(request: ViewerRequest, pk: int) -> FileResponse:
    """The scan or file that was registered with a paper."""
    incoming = _incoming(request, pk)
    if incoming.file is None:
        raise Http404
    return attachment(incoming.file)
