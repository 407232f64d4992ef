"""Forms of the acts on the tree: from which day, on which document, and what each act needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit, Part
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitOn
from motbuoc.interfaces.web.forms import DayField, Form, UnitPicker
from motbuoc.interfaces.web.unit_search import Source, UnitField, UnitsField
from motbuoc.interfaces.web.units.forms import kind_choices

MOST_BELOW = 300
MOST_PARTS = 6


class ActForm(Form):
    """The day and the document of an act; its unit fields look among what `viewer` may reorganise."""

    effective_on = DayField(label=_("In force from"), initial=clock.today)
    legal_basis = forms.CharField(
        label=_("Rests on the document"),
        max_length=250,
        help_text=_("Number, date and issuer, as it is cited: Quyết định số 12-QĐ/TU ngày 01/7/2026."),
    )

    def __init__(self, *args: Any, viewer: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        source = Source(viewer, clock.today(), Action.MANAGE_UNITS)
        for field in self.fields.values():
            if isinstance(field, UnitsField):
                field.search_among(source)

    @property
    def basis(self) -> Basis:
        """The day and the document."""
        return Basis(self.cleaned_data["effective_on"], self.cleaned_data["legal_basis"])


def _name(**options: Any) -> forms.CharField:
    return forms.CharField(label=_("Full name"), max_length=250, **options)


def _short_name(**options: Any) -> forms.CharField:
    return forms.CharField(label=_("Short name"), max_length=80, **options)


def _code(**options: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Its own in the whole installation."), **options
    )


def _symbol() -> forms.CharField:
    return forms.CharField(
        label=_("Symbol of its documents"),
        max_length=40,
        required=False,
        help_text=_("After the stroke of its numbers; the code, if it is left empty."),
    )


class CreateForm(ActForm):
    """A new unit."""

    parent = UnitField(
        label=_("Unit above"), required=False, help_text=_("None: it is the topmost unit of its line.")
    )
    name, short_name, code, symbol = _name(), _short_name(), _code(), _symbol()
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    valid_until = DayField(
        label=_("Ends on"), required=False, help_text=_("A temporary body ends on a day known beforehand.")
    )

    @property
    def new(self) -> NewUnit:
        """What is to be made."""
        names = ("name", "short_name", "code", "parent", "symbol", "valid_until")
        return NewUnit(
            kind=UnitKind(self.cleaned_data["kind"]), **{name: self.cleaned_data[name] for name in names}
        )


class RenameForm(ActForm):
    """Other names of a unit."""

    name, short_name, code, symbol = _name(), _short_name(), _code(), _symbol()


class MoveForm(ActForm):
    """Another place of a unit."""

    parent = UnitField(
        label=_("New unit above"), required=False, help_text=_("None: it is the topmost unit of its line.")
    )


class ConvertForm(ActForm):
    """Another kind of a unit."""

    kind = forms.ChoiceField(label=_("New kind"), choices=kind_choices)


class MergeForm(ActForm):
    """Units that end, and the one that goes on: there already, or made by the act."""

    units = UnitsField(label=_("Units that end"))
    into = UnitField(
        label=_("Goes on in this unit"), required=False, help_text=_("None: a new unit, written below.")
    )
    name, short_name = _name(required=False), _short_name(required=False)
    code, symbol = _code(required=False), _symbol()
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices, required=False)
    parent = UnitField(label=_("Unit above the new one"), required=False)

    NEW = ("name", "short_name", "code", "kind")

    def clean(self) -> dict[str, Any]:
        """Either a unit that is there, or the whole of a new one."""
        if not self.cleaned_data.get("into") and "into" not in self.errors:
            for name in self.NEW:
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("The new unit needs this. Or choose above in which unit they go on."))
        return self.cleaned_data

    @property
    def successor(self) -> Unit | NewUnit:
        """The unit that goes on."""
        found = self.cleaned_data
        if found["into"]:
            return found["into"]  # type: ignore[no-any-return]
        names = ("name", "short_name", "code", "symbol", "parent")
        return NewUnit(kind=UnitKind(found["kind"]), **{name: found[name] for name in names})


class DissolveForm(ActForm):
    """A unit that ends, and who takes over."""

    heir = UnitField(
        label=_("Taken over by"), required=False, help_text=_("None: the unit above takes over work and archive.")
    )


class SplitForm(ActForm):
    """Whether the unit itself ends; the parts have forms of their own."""

    ends = forms.ChoiceField(
        label=_("The unit that is split"),
        choices=[
            ("yes", _("ends; the parts go on in its place")),
            ("no", _("goes on; the parts are taken out of it")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_PARTS, initial=2)


class PartForm(Form):
    """One part of a split: a unit that is there, or a new one beside the one that is split."""

    unit = UnitField(
        label=_("A unit that is there"), required=False, help_text=_("None: a new unit, written below.")
    )
    name, short_name, code = _name(required=False), _short_name(required=False), _code(required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices, required=False)
    share = forms.DecimalField(
        label=_("Share of the figures, percent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    children = forms.TypedMultipleChoiceField(
        label=_("Units below that it takes"), required=False, coerce=int, widget=UnitPicker
    )

    def __init__(self, *args: Any, viewer: Person, below: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field, children = self.fields["unit"], self.fields["children"]
        assert isinstance(field, UnitsField)
        assert isinstance(children, forms.TypedMultipleChoiceField)
        field.search_among(Source(viewer, clock.today(), Action.MANAGE_UNITS))
        children.choices = below
        if not below:
            del self.fields["children"]

    def clean(self) -> dict[str, Any]:
        """Either a unit that is there, or the whole of a new one."""
        if not self.cleaned_data.get("unit") and "unit" not in self.errors:
            for name in MergeForm.NEW:
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("The new unit needs this. Or choose a unit that is there."))
        return self.cleaned_data

    def part(self, beside: UnitOn, parent: Unit | None) -> Part:
        """The part; a new unit stands under `parent`."""
        found = self.cleaned_data
        unit = found["unit"] or NewUnit(
            found["name"], found["short_name"], found["code"], UnitKind(found["kind"]), parent
        )
        return Part(unit, found.get("share") or Decimal(0), found.get("children", ()))
