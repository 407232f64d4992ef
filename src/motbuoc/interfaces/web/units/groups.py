"""Pages of the groups used as addressees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.checks import tops_administered_by
from motbuoc.foundation.reorganisation.groups import (
    Selection,
    close_group,
    groups_seen_by,
    may_write_group,
    save_group,
)
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitGroup
from motbuoc.foundation.units.selectors import units_in
from motbuoc.interfaces.web.forms import Form, UnitPicker
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.unit_search import Source, UnitField, UnitsField
from motbuoc.interfaces.web.units.acts import methods
from motbuoc.interfaces.web.units.forms import DayForm
from motbuoc.interfaces.web.units.previewing import asked_form
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 30
MEMBERS = 50


class GroupForm(Form):
    """What a group is called, and who is in it."""

    owner = UnitField(
        label=gettext_lazy("Whose group it is"),
        required=False,
        help_text=gettext_lazy("Its documents and those of the units below may use it. None: everybody's."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    wordings = forms.CharField(
        label=gettext_lazy("Words that documents use for it"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One wording a line, as it stands after “Kính gửi”."),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("All units of these kinds"),
        required=False,
        choices=lambda: UnitKind.choices,
        widget=UnitPicker,
    )
    units = UnitsField(label=gettext_lazy("And these units"), required=False)
    without = UnitsField(label=gettext_lazy("But not these"), required=False)

    def __init__(self, *args: Any, viewer: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("units", "without"):
            self._field(name).search_among(Source(viewer, clock.today()))
        self._field("owner").search_among(Source(viewer, clock.today(), Action.MANAGE_UNITS))

    def _field(self, name: str) -> UnitsField:
        field = self.fields[name]
        assert isinstance(field, UnitsField)
        return field

    @property
    def selection(self) -> Selection:
        """What the service is to store."""
        found = self.cleaned_data
        kinds = [UnitKind(kind) for kind in found["kinds"]]
        return Selection(found["name"], found["wordings"], kinds, found["units"], found["without"])


@require_safe
@asks(Action.VIEW_UNIT)
def unit_group_list(request: ViewerRequest) -> HttpResponse:
    """The groups that documents in the viewer's reach may use."""
    page = Paginator(groups_seen_by(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    values = {"page": page, "may_manage": policy.may(request.viewer, Action.MANAGE_UNITS)}
    return render(request, "units/unit_group_list.html", values)


@methods
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_group_create(request: ViewerRequest) -> HttpResponse:
    """Make a group."""
    own = policy.granted_units(request.viewer, Action.MANAGE_UNITS)[:1]
    form = asked_form(request, GroupForm, {"owner": own}, viewer=request.viewer)
    return _saved(request, form, None) or _page(request, form, None)


@methods
@asks(Action.VIEW_UNIT, send=Action.MANAGE_UNITS)
def unit_group_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """A group: who is in it on a day; whoever may, changes it."""
    group = get_object_or_404(groups_seen_by(request.viewer), pk=pk)
    if group.owner_id:
        looks_at(request, "unit_group", pk, group.owner_id)
    may_write = may_write_group(request.viewer, group.owner_id)
    if request.method == "POST" and not may_write:
        _refuse()
    form = asked_form(request, GroupForm, _stored(group), viewer=request.viewer) if may_write else None
    return (_saved(request, form, group) if form else None) or _page(request, form, group)


def _refuse() -> None:
    wanted = {"action": Action.MANAGE_UNITS.label}
    raise NotAllowed(_("Your role does not allow this here: %(action)s.") % wanted)


def _stored(group: UnitGroup) -> dict[str, Any]:
    return {
        "owner": (group.owner_id,) if group.owner_id else (),
        "name": group.name,
        "wordings": group.wordings,
        "kinds": group.kinds,
        "units": tuple(group.units.values_list("pk", flat=True)),
        "without": tuple(group.without.values_list("pk", flat=True)),
    }


def _saved(request: ViewerRequest, form: GroupForm, group: UnitGroup | None) -> HttpResponse | None:
    if not form.is_bound or not form.is_valid():
        return None
    owner = form.cleaned_data["owner"]
    with form.refusals():
        made = save_group(actor=request.viewer, group=group, owner=owner, selection=form.selection)
        messages.success(request, _("Saved."))
        return redirect("unit_group_edit", made.pk)
    return None


def _page(request: ViewerRequest, form: GroupForm | None, group: UnitGroup | None) -> HttpResponse:
    day_form = DayForm(request.GET)
    values: dict[str, Any] = {"form": form, "group": group, "day_form": day_form, "day": day_form.day}
    if group:
        for_unit = group.owner_id or _seen_from(request.viewer)
        found = units_in(group, for_unit, day_form.day)
        values["page"] = Paginator(found, MEMBERS).get_page(request.GET.get("page"))
        values["kinds"] = [UnitKind(kind).label for kind in group.kinds]
    return render(request, "units/unit_group_edit.html", values, status=422 if form and form.errors else 200)


def _seen_from(viewer: Person) -> int:
    """The unit from which everybody's group is looked at: the topmost of the viewer's own."""
    units = tops_administered_by(viewer) or list(policy.granted_units(viewer, Action.VIEW_UNIT))
    return units[0]


@require_POST
@asks(Action.VIEW_UNIT, do=Action.MANAGE_UNITS)
def unit_group_close(request: ViewerRequest, pk: int) -> HttpResponse:
    """Offer a group no longer, or again."""
    group = get_object_or_404(groups_seen_by(request.viewer), pk=pk)
    close_group(actor=request.viewer, group=group, is_closed=not group.is_closed)
    messages.success(request, _("No longer offered.") if group.is_closed else _("Offered again."))
    return redirect("unit_group_edit", group.pk)
