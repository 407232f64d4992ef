"""Pages on which an outgoing document is drafted, changed, and given its recipients."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.registers.drafting import letterhead_of
from motbuoc.domains.registers.models import Outgoing
from motbuoc.domains.registers.selectors import own_units
from motbuoc.domains.registers.services import draft_outgoing, redraft_outgoing, set_recipients
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed
from motbuoc.foundation.units.selectors import above, groups_for, units_in
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.two_versions import Difference, collided, in_place
from motbuoc.interfaces.web.registers.forms import DraftForm, RecipientsForm, RedraftForm
from motbuoc.interfaces.web.registers.outgoing import outgoing_or_404
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.unit_search import FIND, Source, typed
from motbuoc.interfaces.web.viewer import ViewerRequest


def desk_of(request: ViewerRequest, action: Action = Action.REGISTER_DOCUMENT) -> dict[int, Any]:
    """The units for which the viewer acts, by id.

    Raises:
        NotAllowed: there is none.
    """
    units = {unit.pk: unit for unit in own_units(request.viewer, action)}
    if not units:
        raise NotAllowed(_("No unit has given you its registers to keep."))
    return units


def chosen_unit(request: ViewerRequest, units: dict[int, Any]) -> int:
    """The unit named in the address, if it is one of them, else the first."""
    asked = request.GET.get("unit", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 and int(asked) in units else next(iter(units))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_draft(request: ViewerRequest) -> HttpResponse:
    """Draft a document: write it here in the unit's official layout, or bring the Word file."""
    units = desk_of(request)
    pk = chosen_unit(request, units)
    head = letterhead_of(pk, clock.today())
    proposed = {
        name: getattr(head, name) for name in ("superior", "issuer", "place", "authority", "title", "signer")
    }
    first = {"unit": pk, "type": "CV", "distribution": "Như trên\nLưu Văn phòng", **proposed}
    choices = [(unit.pk, unit.name) for unit in units.values()]
    form = DraftForm(posted(request), request.FILES or None, initial=first, units=choices)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            head = letterhead_of(said["unit"], clock.today())
            outgoing = draft_outgoing(
                actor=request.viewer,
                unit=units[said["unit"]],
                regime=head.regime,
                kind=said["type"],
                subject=said["subject"],
                text="" if said["file"] or not said["body"].strip() else form.text(head),
                upload=said["file"],
                classification=said["classification"],
            )
            return redirect("outgoing_recipients", outgoing.pk)
    values = {"form": form, "units": units.values(), "unit": pk}
    return render(request, "registers/outgoing_draft.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_redraft(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    outgoing = outgoing_or_404(request, pk)
    policy.require(request.viewer, Action.REGISTER_DOCUMENT, outgoing.unit_id)
    form = RedraftForm(posted(request), request.FILES or None, initial=_drafted(outgoing))
    if not outgoing.text:
        del form.fields["text"]
    values: dict[str, Any] = {"outgoing": outgoing, "form": form, "title": _("Change the draft")}
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            try:
                redraft_outgoing(
                    actor=request.viewer,
                    outgoing=outgoing,
                    version=said["version"],
                    subject=said["subject"],
                    text="" if said["file"] else said.get("text", ""),
                    upload=said["file"],
                )
            except Collision as collision:
                stored = _drafted(outgoing_or_404(request, pk))
                values |= collided(form, collision, stored)
            else:
                messages.success(request, _("The draft is changed. Its layout is checked when it is handed in."))
                return redirect("outgoing_detail", pk)
    return in_place(request, "registers/outgoing_form.html", values, "register-form")


def _drafted(outgoing: Outgoing) -> dict[str, Any]:
    return {"version": outgoing.version, "subject": outgoing.subject, "text": outgoing.text}


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def outgoing_recipients(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say to whom a document goes: units by group, above, or found by name; and bodies outside."""
    outgoing = outgoing_or_404(request, pk)
    policy.require(request.viewer, Action.REGISTER_DOCUMENT, outgoing.unit_id)
    today = clock.today()
    groups = {group.pk: group for group in groups_for(outgoing.unit_id, today)}
    above = _above(outgoing)
    options: dict[str, Any] = {"groups": [(pk, group.name) for pk, group in groups.items()], "above": above}
    form = RecipientsForm(posted(request), initial=_stored(outgoing, dict(above)), **options)
    form.fields["units"].search_among(Source(request.viewer, today))  # type: ignore[attr-defined]
    values: dict[str, Any] = {"outgoing": outgoing, "form": form, "title": _("To whom it goes")}
    if request.method == "POST" and FIND in request.POST:
        form = values["form"] = RecipientsForm(initial=typed(form), **options)
        form.fields["units"].search_among(Source(request.viewer, today))  # type: ignore[attr-defined]
    elif request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            units = [(unit.pk, unit.name) for unit in said["units"]]
            units += [(pk, name) for pk, name in above if pk in said["above"]]
            if said["group"]:
                members = units_in(groups[said["group"]], outgoing.unit_id, today)
                units += list(members.values_list("pk", "name"))
            try:
                set_recipients(
                    actor=request.viewer,
                    outgoing=outgoing,
                    version=said["version"],
                    units=units,
                    others=form.outside,
                )
                return redirect("outgoing_detail", outgoing.pk)
            except Collision as collision:
                form.rest_on(outgoing_or_404(request, pk).version)
                typed_names = [name for _pk, name in units] + [name for name, _channel in form.outside]
                values |= {"collision": collision, "differences": _two_lists(outgoing, typed_names)}
    return in_place(request, "registers/outgoing_form.html", values, "register-form")


def _two_lists(outgoing: Outgoing, typed_names: list[str]) -> list[Difference]:
    """The recipients stored now beside those typed, if they are others."""
    stored = sorted(outgoing.recipients.values_list("name", flat=True))
    typed_in = sorted(set(typed_names))
    if stored == typed_in:
        return []
    return [Difference(_("Recipients"), "; ".join(stored) or "—", "; ".join(typed_in) or "—")]


def _above(outgoing: Outgoing) -> list[tuple[int, str]]:
    """The units above the issuing one, the nearest first: those to which one reports."""
    return [(unit.pk, unit.name) for unit in reversed(above(outgoing.unit_id, clock.today()))]


def _stored(outgoing: Outgoing, above: dict[int, str]) -> dict[str, Any]:
    rows = list(outgoing.recipients.all())
    outside = [row for row in rows if row.unit_id is None]
    return {
        "version": outgoing.version,
        "above": [row.unit_id for row in rows if row.unit_id in above],
        "units": [row.unit_id for row in rows if row.unit_id and row.unit_id not in above],
        "others": "\n".join(row.name for row in outside),
        "channel": outside[0].channel if outside else "",
    }
