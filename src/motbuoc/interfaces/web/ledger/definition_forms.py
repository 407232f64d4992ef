"""Forms that say what is counted: an indicator, when it ends, what others call it, breakdowns, targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.choices import Basis, Measure
from motbuoc.domains.ledger.counters import COUNTERS
from motbuoc.domains.ledger.defining import Definition
from motbuoc.domains.ledger.models import Breakdown, Indicator
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm
from motbuoc.interfaces.web.ledger.field_forms import ITEMS
from motbuoc.interfaces.web.ledger.forms import choices_of

NONE = [("", "—")]


def _one_of(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, help_text=help_text)


class DefinitionForm(Form):
    """What an indicator is."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=300)
    definition = forms.CharField(
        label=_("What counts, and what does not"), required=False, widget=forms.Textarea({"rows": 3})
    )
    item = forms.ChoiceField(label=_("Item of the programme"), choices=ITEMS, required=False)
    measure = forms.ChoiceField(label=_("Measured in"), choices=Measure.choices)
    measure_word = forms.CharField(
        label=_("Another measure"),
        max_length=40,
        required=False,
        help_text=_("The word behind the number: hộ, km."),
    )
    decimals = forms.IntegerField(
        label=_("Digits behind the comma"), min_value=0, max_value=3, initial=0, required=False
    )
    basis = forms.ChoiceField(label=_("Which days a value counts"), choices=Basis.choices)
    may_estimate = forms.BooleanField(label=_("May be estimated"), required=False, initial=True)
    breakdown_id = _one_of(_("Broken down by"))
    numerator_id = _one_of(
        _("A share: the part"),
        _("A share is not entered: it is worked out from the two sums wherever it is shown."),
    )
    denominator_id = _one_of(_("A share: the whole"))
    counter = forms.ChoiceField(
        label=_("Counted by the system"),
        required=False,
        help_text=_("Then nobody enters it, and records show it."),
    )

    def __init__(
        self, *args: Any, breakdowns: Iterable[Breakdown], parts: Iterable[Indicator], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        among = [(row.pk, f"{row.code} {row.name}") for row in parts]
        choices_of(self, "breakdown_id", [*NONE, *((row.pk, row.name) for row in breakdowns)])
        choices_of(self, "numerator_id", [*NONE, *among])
        choices_of(self, "denominator_id", [*NONE, *among])
        choices_of(self, "counter", [*NONE, *((key, row.label) for key, row in COUNTERS.items())])

    def clean_decimals(self) -> int:
        """None where nothing is said."""
        return self.cleaned_data["decimals"] or 0

    @property
    def what(self) -> Definition:
        """What the service wants."""
        return Definition(**{row.name: self.cleaned_data[row.name] for row in fields_of(Definition)})


def stored(indicator: Indicator) -> dict[str, Any]:
    """What an indicator is, for its form."""
    return {row.name: getattr(indicator, row.name) for row in fields_of(Definition)}


def next_year() -> date:
    """The first day of the next year, when most changes begin."""
    return date(clock.today().year + 1, 1, 1)


class DefineForm(DefinitionForm):
    """A new indicator, of which unit, and from when it counts."""

    unit = forms.TypedChoiceField(label=_("Defined by"), coerce=int)
    valid_from = DayField(label=_("In force from"))
    field_order = ("unit", "code", "name", "definition", "item")

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "unit", units)


class RedefineForm(DefinitionForm, VersionedForm):
    """What an indicator is from a day on."""

    valid_from = DayField(label=_("The new definition counts from"), initial=next_year)


class EndForm(VersionedForm):
    """From which day an indicator is asked for no more."""

    valid_until = DayField(label=_("Asked for no more in periods from"), initial=next_year)


class MapForm(Form):
    """What another requester calls an indicator."""

    requester = forms.CharField(label=_("Who asks for it"), max_length=200)
    code = forms.CharField(label=_("By which code"), max_length=60)
    name = forms.CharField(label=_("What they call it"), max_length=300, required=False)


class TargetForm(Form):
    """What a unit is to reach in a year."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    amount = forms.DecimalField(label=_("To reach"), min_value=0, max_digits=18, decimal_places=3)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "unit", units)


class TakeForm(Form):
    """For which unit the standard list is taken over."""

    unit = forms.TypedChoiceField(label=_("Defined by"), coerce=int)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "unit", units)


class StandardForm(TakeForm):
    """For which unit the standard list is taken over, and whether what it took before is set right."""

    corrects = forms.BooleanField(
        label=_("Set right what was taken over as a sum of the periods and is none"),
        required=False,
        help_text=_(
            "Earlier lists did not say which figures are what is there on the day, or the year so far. Reported "
            "figures stay; each correction stands in the history of its indicator."
        ),
    )


class BreakdownForm(TakeForm):
    """By what figures may be broken down."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=200)
    categories = forms.CharField(
        label=_("Its parts"), widget=forms.Textarea({"rows": 5}), help_text=_("One a line; together they are all.")
    )
