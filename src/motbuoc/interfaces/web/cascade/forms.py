"""Forms of the cascade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.cascade.drafting import Draft, PlanItem, said
from motbuoc.domains.cascade.models import Form as StudyForm
from motbuoc.domains.documents.models import Duty
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.interfaces.web.forms import DayField, FilePicker, Form, UnitPicker, VersionedForm

Choices = list[tuple[int, str]]


class PlanForm(Form):
    """The letterhead and the ending of a unit's plan, and the units that carry it out (ids and names)."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    superior = forms.CharField(label=_("The organ above"), required=False, max_length=250)
    issuer = forms.CharField(label=_("The organ that issues"), max_length=250)
    code = forms.CharField(
        label=_("Number and symbol"),
        max_length=80,
        help_text=_("The number may be left open until the plan is signed."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    issued_on = DayField(label=_("Day of the plan"))
    subject = forms.CharField(label=_("Subject"), max_length=500, widget=forms.Textarea({"rows": 2}))
    signer = forms.CharField(label=_("Signed by"), required=False, max_length=120)
    purpose = forms.CharField(
        label=_("Purpose, if it is to be said"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    units = forms.TypedMultipleChoiceField(
        label=_("Carried out by"),
        coerce=int,
        widget=UnitPicker,
        help_text=_("They get the tasks when the plan is issued. An item below may name fewer."),
        error_messages={"required": _("Choose at least one unit: your own, or units below it.")},
    )

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = units

    def draft(self, rows: Iterable[ItemForm]) -> Draft:
        """What was written, with the items that are carried out."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "units")}
        items = tuple(row.item for row in rows if row.cleaned_data["is_carried"])
        return Draft(**said, units=tuple(self.cleaned_data["units"]), items=items)


class ItemForm(Form):
    """What the plan does for one item (`duty`) of the directive."""

    is_carried = forms.BooleanField(label=_("In our plan"), required=False)
    what = forms.CharField(
        label=_("What we do"), required=False, max_length=3000, widget=forms.Textarea({"rows": 4})
    )
    units = forms.TypedMultipleChoiceField(
        label=_("Only these units"), required=False, coerce=int, widget=UnitPicker
    )
    due_on = DayField(label=_("By when"), required=False)
    product = forms.CharField(label=_("Product"), required=False, max_length=300)
    target = forms.CharField(
        label=_("Target"),
        required=False,
        max_length=300,
        help_text=_("In figures: “95 percent of members”, “2 sessions”."),
    )

    def __init__(self, data: Any = None, *, duty: Duty, units: Choices) -> None:
        initial = {
            "is_carried": True,
            "what": " ".join(duty.text.split()).rstrip(" .;"),
            "due_on": duty.due_on,
            "product": duty.product,
        }
        super().__init__(data, prefix=f"item{duty.pk}", initial=initial)
        self.duty = duty
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = units
        if len(units) < 2:
            del self.fields["units"]

    def clean(self) -> dict[str, Any]:
        """What is in the plan says what is done."""
        if self.cleaned_data.get("is_carried") and not said(self.cleaned_data.get("what", "")):
            self.add_error("what", _("Write what your unit does, or leave the item out of the plan."))
        return self.cleaned_data

    @property
    def item(self) -> PlanItem:
        """The item as written."""
        found = self.cleaned_data
        return PlanItem(
            serves=self.duty,
            what=found["what"],
            units=tuple(found.get("units") or ()),
            due_on=found["due_on"],
            product=found["product"],
            target=found["target"],
        )


class PlanUploadForm(Form):
    """The file of a unit's plan; `unit` where there are several (ids and names)."""

    file = forms.FileField(
        label=_("The plan's file"),
        widget=FilePicker(accept=",".join(MEDIA_TYPES)),
        allow_empty_file=True,  # refused by the service, in better words
        error_messages={"required": _("Choose a file first.")},
    )
    unit = forms.TypedChoiceField(label=_("Whose plan it is"), coerce=int)

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = units
        if len(units) == 1:
            field.initial, field.widget = units[0][0], forms.HiddenInput()


class LinksForm(VersionedForm):
    """The directive's items that each item of a plan carries out, and the task of which the plan is the result."""

    answers = forms.TypedChoiceField(
        label=_("The plan is the result of this task"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        items: Iterable[Duty],
        served: Choices,
        answerable: Choices,
        proposed: Mapping[int, list[int]],
        targets: Mapping[int, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.items = list(items)
        for item in self.items:
            self.fields[f"serves{item.pk}"] = forms.TypedMultipleChoiceField(
                label=_("Carries out"),
                required=False,
                coerce=int,
                choices=served,
                widget=forms.CheckboxSelectMultiple,
                initial=proposed.get(item.pk, []),
            )
            self.fields[f"target{item.pk}"] = forms.CharField(
                label=_("Target"), required=False, max_length=300, initial=targets.get(item.pk, "")
            )
        field = self.fields["answers"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("None")), *answerable]

    @property
    def rows(self) -> list[tuple[Duty, forms.BoundField, forms.BoundField]]:
        """Each item with its two fields."""
        return [(item, self[f"serves{item.pk}"], self[f"target{item.pk}"]) for item in self.items]

    @property
    def links(self) -> dict[int, list[int]]:
        """What was chosen, by the id of the plan's item."""
        return {item.pk: self.cleaned_data[f"serves{item.pk}"] for item in self.items}

    @property
    def targets(self) -> dict[int, str]:
        """The targets, by the id of the plan's item."""
        return {item.pk: self.cleaned_data[f"target{item.pk}"].strip() for item in self.items}


class DisseminationForm(Form):
    """Sessions in which a unit (`units`: ids and names) studied a document: figures, and no names."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    held_on = DayField(label=_("Day"))
    form = forms.ChoiceField(label=_("Form"), choices=StudyForm.choices)
    sessions = forms.IntegerField(label=_("Sessions"), min_value=1, max_value=9999, initial=1)
    attended = forms.IntegerField(
        label=_("Attendances"),
        min_value=0,
        max_value=9_999_999,
        help_text=_("Attendances, not people: who came to two sessions counts twice."),
    )
    expected = forms.IntegerField(
        label=_("Attendances due"),
        min_value=1,
        max_value=9_999_999,
        help_text=_("Had every member come who should have, over all these sessions."),
    )

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = units
        if len(units) == 1:
            field.initial, field.widget = units[0][0], forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A share is a part of the whole."""
        attended, expected = self.cleaned_data.get("attended"), self.cleaned_data.get("expected")
        if attended is not None and expected is not None and attended > expected:
            self.add_error("attended", _("More than were due: count those due over all sessions, and no guests."))
        return self.cleaned_data


class CorrectionForm(VersionedForm):
    """Other figures for sessions already recorded, or their withdrawal; with the reason."""

    held_on = DayField(label=_("Day"))
    form = forms.ChoiceField(label=_("Form"), choices=StudyForm.choices)
    sessions = forms.IntegerField(label=_("Sessions"), min_value=1, max_value=9999)
    attended = forms.IntegerField(label=_("Attendances"), min_value=0, max_value=9_999_999)
    expected = forms.IntegerField(label=_("Attendances due"), min_value=1, max_value=9_999_999)
    is_withdrawn = forms.BooleanField(label=_("Withdraw: these sessions did not take place"), required=False)
    reason = forms.CharField(label=_("Why the figures change"), max_length=500, widget=forms.Textarea({"rows": 2}))
