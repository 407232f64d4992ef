"""Pages that hand out the workbook of units and people, take it back, and show what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.workbook.importing import import_workbook
from motbuoc.foundation.administration.workbook.keeping import (
    MEDIA_TYPE,
    check_workbook,
    keep_workbook,
    kept_workbook,
    require_import,
)
from motbuoc.foundation.administration.workbook.plan import Plan
from motbuoc.foundation.administration.workbook.planning import plan_import
from motbuoc.foundation.administration.workbook.rows import Tables
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.selectors import content_of
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.interfaces.papers.tables import read_tables
from motbuoc.interfaces.papers.workbook import write_workbook
from motbuoc.interfaces.web.imports.forms import ExportForm, ImportForm
from motbuoc.interfaces.web.imports.preview import figures_of, sections_of
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

WAITING = "unit_import"  # in the session: the kept file, the day and the basis of an import not yet confirmed
SHOWN_PROBLEMS = 500


class Waiting(NamedTuple):
    """An import that was sent in and is not confirmed yet."""

    file: StoredFile
    tables: Tables
    basis: Basis


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_import(request: ViewerRequest) -> HttpResponse:
    """Fetch the workbook as it stands, or send a filled one in; afterwards, look at what it would change."""
    require_import(request.viewer)
    initial = {"effective_on": clock.today()}
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            told = form.cleaned_data
            before = request.session.get(WAITING, {}).get("file")
            check_workbook(told["file"])
            read_tables(told["file"].read())
            told["file"].seek(0)
            stored = keep_workbook(actor=request.viewer, upload=told["file"], instead_of=before)
            day, basis = told["effective_on"].isoformat(), told["legal_basis"]
            request.session[WAITING] = {"file": stored.pk, "on": day, "basis": basis}
            return redirect("unit_import_preview")
    export = ExportForm(initial={"on": clock.today()})
    values = {"form": form, "export": export, "limit": settings.MAX_UPLOAD_BYTES // 1_000_000}
    return render(request, "imports/unit_import.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_import_preview(request: ViewerRequest) -> HttpResponse:
    """What the file that was sent in would change, or all that is wrong with it; confirm that it be done."""
    require_import(request.viewer)
    waiting = _waiting(request.session.get(WAITING, {}))
    if waiting is None:
        messages.warning(request, _("No file waits to be confirmed. Send one in."))
        return redirect("unit_import")
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            done = import_workbook(
                actor=request.viewer,
                tables=waiting.tables,
                basis=waiting.basis,
                previewed=request.POST.get("digest", ""),
                file=waiting.file,
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            refused = refusal
        else:
            del request.session[WAITING]
            messages.success(request, _done(done))
            return redirect("unit_import")
    values = _shown(request.viewer, waiting) | {"refused": refused}
    status = 200 if refused is None else 409 if isinstance(refused, Collision) else 422
    return render(request, "imports/unit_import_preview.html", values, status=status)


def _waiting(kept: Mapping[str, Any]) -> Waiting | None:
    stored = kept_workbook(kept["file"]) if kept else None
    if stored is None:
        return None
    basis = Basis(date.fromisoformat(kept["on"]), kept["basis"])
    return Waiting(stored, read_tables(content_of(stored)), basis)


def _shown(viewer: Person, waiting: Waiting) -> dict[str, Any]:
    plan = plan_import(viewer, waiting.tables, waiting.basis.effective_on, waiting.basis.legal_basis)
    return {
        "file": waiting.file,
        "basis": waiting.basis,
        "plan": plan,
        "problems": plan.problems[:SHOWN_PROBLEMS],
        "more_problems": max(len(plan.problems) - SHOWN_PROBLEMS, 0),
        "figures": figures_of(plan),
        "sections": [] if plan.problems else sections_of(plan),
    }


def _done(plan: Plan) -> str:
    counts = {
        "created": len(plan.created),
        "changed": sum(map(len, plan.acts)) - len(plan.created) - len(plan.appointed) - len(plan.ended),
        "appointed": len(plan.appointed),
        "ended": len(plan.ended),
    }
    return _(
        "Done. New units: %(created)s. Changes of units: %(changed)s. Positions begun: %(appointed)s, "
        "ended: %(ended)s."
    ) % {name: f"{count:,}".replace(",", ".") for name, count in counts.items()}


@require_safe
@asks(Action.VIEW_UNIT)
def unit_export(request: ViewerRequest) -> FileResponse:
    """The workbook of the units that the viewer may see, and of who holds which position there, on a day."""
    if not policy.may(request.viewer, Action.VIEW_UNIT):
        raise NotAllowed(_("Your role does not allow this here: %(action)s.") % {"action": Action.VIEW_UNIT.label})
    form = ExportForm(request.GET)
    day = form.cleaned_data["on"] if form.is_valid() else clock.today()
    return _workbook(request.viewer, day, f"don-vi-{day:%Y-%m-%d}.xlsx")


@require_safe
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_template(request: ViewerRequest) -> FileResponse:
    """The empty workbook, to be filled in."""
    require_import(request.viewer)
    return _workbook(None, clock.today(), "don-vi-mau.xlsx")


def _workbook(viewer: Person | None, day: date, name: str) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115 - closed with the response
    write_workbook(file, viewer, day)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
    response["X-Content-Type-Options"] = "nosniff"
    return response
