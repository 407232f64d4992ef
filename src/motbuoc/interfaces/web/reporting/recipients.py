"""The pages of where a report goes: its recipients, and what is to be put on a portal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.registers.reported import for_portal
from motbuoc.domains.registers.selectors import with_units
from motbuoc.domains.reporting.drafted import Draft
from motbuoc.domains.reporting.recipients import (
    Recipients,
    mark_for_portal,
    recipients_of,
    set_report_recipients,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, Refusal
from motbuoc.foundation.units.selectors import above, keeper_of
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.two_versions import Difference, in_place
from motbuoc.interfaces.web.reporting.drafts import draft_or_404
from motbuoc.interfaces.web.reporting.forms import PortalForm, ReportRecipientsForm
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.unit_search import FIND, Source, typed
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def draft_recipients(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say to whom a report goes: units above, units found by name, bodies outside; and where it is kept."""
    draft = draft_or_404(request, pk)
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))
    higher = [(unit.pk, unit.name) for unit in reversed(above(draft.unit_id, clock.today()))]
    form = _searching(request, ReportRecipientsForm(posted(request), initial=_stored(draft), above=higher))
    values: dict[str, Any] = {"draft": draft, "form": form}
    if request.method == "POST" and FIND in request.POST:
        values["form"] = _searching(request, ReportRecipientsForm(initial=typed(form), above=higher))
    elif request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reported = [(unit, name) for unit, name in higher if unit in said["above"]]
        units = [(unit.pk, unit.name) for unit in said["units"]]
        to = Recipients(reported, units, form.outside, said["archive"])
        with form.refusals():
            try:
                set_report_recipients(actor=request.viewer, draft=draft, version=said["version"], to=to)
                return redirect("draft_detail", pk)
            except Collision as collision:
                form.rest_on((fresh := draft_or_404(request, pk)).version)
                both = ["; ".join(each.printed()) for each in (recipients_of(fresh), to)]
                found = [] if both[0] == both[1] else [Difference(_("Recipients"), *both)]
                values |= {"collision": collision, "differences": found}
    return in_place(request, "reporting/draft_recipients.html", values, "report-recipients")


def _searching(request: ViewerRequest, form: ReportRecipientsForm) -> ReportRecipientsForm:
    form.fields["units"].search_among(Source(request.viewer, clock.today()))  # type: ignore[attr-defined]
    return form


def _stored(draft: Draft) -> dict[str, Any]:
    to = recipients_of(draft)
    return {
        "version": draft.version,
        "above": [pk for pk, _name in to.reported_to],
        "units": [pk for pk, _name in to.units],
        "others": "\n".join(name for name, _channel in to.others),
        "channel": to.others[0][1] if to.others else "",
        "archive": to.archive,
    }


@require_POST
@asks(Action.VIEW_REPORT, do=Action.RELEASE_DOCUMENT)
def draft_portal(request: ViewerRequest, pk: int) -> HttpResponse:
    """Mark a report to be put on the unit's portal once it is sent, or take the mark away."""
    draft = draft_or_404(request, pk)
    policy.require(request.viewer, Action.RELEASE_DOCUMENT, keeper_of(draft.unit_id, clock.today()))
    form = PortalForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            mark_for_portal(
                actor=request.viewer, draft=draft, version=said["version"], is_wanted=said["is_wanted"]
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
    else:
        messages.error(request, _("This step is not possible now. Reload the page to see what has changed."))
    return redirect("draft_detail", pk)


@require_safe
@asks(Action.VIEW_REGISTER)
def portal_list(request: ViewerRequest) -> HttpResponse:
    """The reports that were sent and are to be put on a portal, for whoever puts them there."""
    rows = with_units(for_portal(request.viewer), clock.today())
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "reporting/portal_list.html", {"page": page})
