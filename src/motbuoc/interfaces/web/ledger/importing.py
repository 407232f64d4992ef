"""A form brought in from an Excel table: sent in, looked at with every mistake by its cell, then made."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.ledger.tables import Row, make_form_of_table, plan_form
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.workbook.keeping import check_workbook
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.papers.tables import read_tables
from motbuoc.interfaces.web.ledger.building import crumbs_of
from motbuoc.interfaces.web.ledger.field_forms import TableForm
from motbuoc.interfaces.web.ledger.indicators import own_units
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

MOST_ROWS, MOST_CELLS = 1_000, 30  # of a table that is to become a form
SHOWN = 200  # problems at once


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_import(request: ViewerRequest) -> HttpResponse:
    """Send a table in; look at what it would make; make it. What was read travels with the page."""
    units = own_units(request.viewer)
    is_sent = request.method == "POST"
    form = TableForm(request.POST, request.FILES, units=units) if is_sent else TableForm(units=units)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs_of()}
    if is_sent and form.is_valid():
        with form.refusals():
            asked = form.cleaned_data
            rows = _rows(asked["file"], asked["rows"])
            if "make" in request.POST:
                made = make_form_of_table(
                    actor=request.viewer, unit_id=asked["unit"], code=asked["code"], name=asked["name"], rows=rows
                )
                messages.success(request, _("The form was made of the table. Look at it, then put it to use."))
                return redirect("form_detail", made.pk)
            plan = plan_form(actor=request.viewer, unit_id=asked["unit"], rows=rows)
            context |= {
                "plan": plan,
                "problems": plan.problems[:SHOWN],
                "more": max(0, len(plan.problems) - SHOWN),
                "new": sum(row.indicator is None for row in plan.fields),
                "rows": json.dumps(rows, ensure_ascii=False),
            }
    wrong = form.errors or (context.get("plan") and context["plan"].problems)
    return render(request, "ledger/form_import.html", context, status=422 if wrong else 200)


def _rows(upload: UploadedFile[Any] | None, carried: str) -> list[Row]:
    """The rows of the first sheet that holds something, or those that the page carried.

    Raises:
        Refusal: there is neither, or the file is no workbook, or larger than any form.
    """
    if upload is not None:
        check_workbook(upload)
        sheets = read_tables(upload.read())
        rows = next((rows for rows in sheets.values() if rows), [])
        if len(rows) > MOST_ROWS:
            raise Refusal(_("The table has more than %(most)s rows: that is no form.") % {"most": MOST_ROWS})
        return [(number, list(map(_plain, cells[:MOST_CELLS]))) for number, cells in rows]
    try:
        found = list(json.loads(carried or "null"))[:MOST_ROWS]
        told: list[Row] = [(int(number), list(map(_plain, cells))[:MOST_CELLS]) for number, cells in found]
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise Refusal(_("Choose a file first.")) from None
    return told


def _plain(cell: Any) -> str | float | int | bool | None:
    return cell if isinstance(cell, str | int | float | bool) or cell is None else str(cell)
