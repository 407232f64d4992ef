"""Pages of the acts on the tree, one for each; all are answered in the same way (`previewing`)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation import services
from motbuoc.foundation.reorganisation.browsing import below_for, units_named
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitOn
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.units.act_forms import (
    MOST_BELOW,
    MOST_PARTS,
    ConvertForm,
    CreateForm,
    DissolveForm,
    MergeForm,
    MoveForm,
    PartForm,
    RenameForm,
    SplitForm,
)
from motbuoc.interfaces.web.units.detail import unit_or_404
from motbuoc.interfaces.web.units.previewing import Plan, answer, asked_form
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])


def managed_unit(request: ViewerRequest, pk: int) -> UnitOn:
    """The unit as it is today, if the viewer may reorganise it."""
    unit = unit_or_404(request, pk, clock.today())
    policy.require(request.viewer, Action.MANAGE_UNITS, pk)
    return unit


def _named(request: ViewerRequest, name: str) -> tuple[int, ...]:
    """The unit that the address names, to begin the form with."""
    value = request.GET.get(name, "")
    ids = [int(value)] if value.isdecimal() and len(value) < 18 else []
    return tuple(u.pk for u in units_named(request.viewer, clock.today(), ids, Action.MANAGE_UNITS))


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_create(request: ViewerRequest) -> HttpResponse:
    """Add a unit under another one, or at the top of a line."""
    form = asked_form(request, CreateForm, {"parent": _named(request, "under")}, viewer=request.viewer)

    def plan() -> Plan:
        above = [form.new.parent.pk] if form.new.parent else []
        return Plan(
            lambda _kept: services.create_unit(actor=request.viewer, new=form.new, basis=form.basis), above
        )

    return answer(request, {"heading": _("Create a unit")}, form, plan)


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_rename(request: ViewerRequest, pk: int) -> HttpResponse:
    """Give a unit other names."""
    unit = managed_unit(request, pk)
    names = ("name", "short_name", "code", "symbol")
    form = asked_form(request, RenameForm, {n: getattr(unit, n) for n in names}, viewer=request.viewer)

    def plan() -> Plan:
        changes = {name: form.cleaned_data[name] for name in names}
        return Plan(
            lambda _kept: services.rename_unit(actor=request.viewer, unit=unit, basis=form.basis, **changes), [pk]
        )

    return answer(request, {"heading": _("Rename the unit"), "unit": unit}, form, plan)


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_move(request: ViewerRequest, pk: int) -> HttpResponse:
    """Put a unit, with all below it, under another one."""
    unit = managed_unit(request, pk)
    form = asked_form(request, MoveForm, viewer=request.viewer)

    def plan() -> Plan:
        parent = form.cleaned_data["parent"]
        return Plan(
            lambda _kept: services.move_unit(actor=request.viewer, unit=unit, basis=form.basis, parent=parent),
            [pk],
        )

    return answer(request, {"heading": _("Move the unit"), "unit": unit}, form, plan)


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_convert(request: ViewerRequest, pk: int) -> HttpResponse:
    """Make a unit one of another kind."""
    unit = managed_unit(request, pk)
    form = asked_form(request, ConvertForm, {"kind": unit.kind}, viewer=request.viewer)

    def plan() -> Plan:
        kind = UnitKind(form.cleaned_data["kind"])
        return Plan(
            lambda _kept: services.convert_unit(actor=request.viewer, unit=unit, basis=form.basis, kind=kind), [pk]
        )

    return answer(request, {"heading": _("Convert the unit"), "unit": unit}, form, plan)


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_merge(request: ViewerRequest) -> HttpResponse:
    """End units and let one go on in their place."""
    form = asked_form(request, MergeForm, {"units": _named(request, "unit")}, viewer=request.viewer)

    def plan() -> Plan:
        units, into = form.cleaned_data["units"], form.successor
        ending = [unit.pk for unit in units]
        return Plan(
            lambda kept: services.merge_units(
                actor=request.viewer, units=units, into=into, basis=form.basis, kept=kept
            ),
            [*ending, *([into.pk] if isinstance(into, Unit) else [])],
            ending,
        )

    return answer(request, {"heading": _("Merge units")}, form, plan, template="units/unit_merge.html")


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_split(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let several units go on in the place of one, or take some out of it."""
    unit = managed_unit(request, pk)
    form = asked_form(request, SplitForm, viewer=request.viewer)
    below = [(u.pk, u.name) for u in below_for(request.viewer, pk, clock.today())[:MOST_BELOW]]
    count = _count(request)
    form.initial["count"] = count
    parts = [
        asked_form(
            request,
            PartForm,
            {"kind": unit.kind, "share": 100 // count},
            prefix=f"part{n}",
            viewer=request.viewer,
            below=below,
        )
        for n in range(1, count + 1)
    ]

    def plan() -> Plan:
        parent = Unit(pk=unit.parent_id) if unit.parent_id else None
        chosen = [part.part(unit, parent) for part in parts]
        ends = form.cleaned_data["ends"] == "yes"
        there = [part.unit.pk for part in chosen if isinstance(part.unit, Unit)]
        return Plan(
            lambda kept: services.split_unit(
                actor=request.viewer, unit=unit, parts=chosen, basis=form.basis, kept=kept, ends=ends
            ),
            [pk, *there],
            [pk] if ends else [],
        )

    values: dict[str, Any] = {"heading": _("Split the unit"), "unit": unit, "may_add": count < MOST_PARTS}
    return answer(request, values, form, plan, parts=parts, template="units/unit_split.html")


def _count(request: ViewerRequest) -> int:
    """How many parts the form has: one more where that was asked for."""
    value = request.POST.get("count", "2")
    count = int(value) if value.isdecimal() and len(value) < 3 else 2
    return max(1, min(MOST_PARTS, count + ("more" in request.POST)))


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_dissolve(request: ViewerRequest, pk: int) -> HttpResponse:
    """End a unit; another one takes over."""
    unit = managed_unit(request, pk)
    form = asked_form(request, DissolveForm, viewer=request.viewer)

    def plan() -> Plan:
        heir = form.cleaned_data["heir"]
        taking = heir.pk if heir else unit.parent_id
        return Plan(
            lambda kept: services.dissolve_unit(
                actor=request.viewer, unit=unit, basis=form.basis, heir=heir, kept=kept
            ),
            [pk, *([taking] if taking else [])],
            [pk],
        )

    return answer(request, {"heading": _("Dissolve the unit"), "unit": unit}, form, plan)
