"""Forms of the builder: a new form, how a field is asked for, a box for words, a check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.choices import Comparison
from motbuoc.domains.ledger.models import FormField
from motbuoc.interfaces.web.forms import FilePicker, Form, VersionedForm
from motbuoc.interfaces.web.ledger.forms import choices_of

ITEMS = [("", "—"), *((str(number), str(number)) for number in range(1, 8))]


class NewForm(Form):
    """Whose form it is, and what it is called."""

    unit = forms.TypedChoiceField(label=_("Reported to"), coerce=int)
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("As it is printed on the form: 01-DV."))
    name = forms.CharField(label=_("Name of the form"), max_length=300)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "unit", units)


class TableForm(NewForm):
    """The same, with the table that it is made of: a file, or the rows that were read from it."""

    file = forms.FileField(
        label=_("The table"),
        required=False,
        widget=FilePicker(accept=".xlsx"),
        allow_empty_file=True,  # refused in better words
        help_text=_(
            "An Excel file (.xlsx). A row heads the columns: Mã, Tên chỉ tiêu, and perhaps Đơn vị tính, Cách "
            "tính, Phân tổ, Bắt buộc, Ước tính, Mục, Giải thích. A row with nothing but a name is a heading."
        ),
    )
    rows = forms.CharField(required=False, widget=forms.HiddenInput)


class FindForm(Form):
    """Words that are looked for."""

    q = forms.CharField(
        label=_("Part of a name or a code"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "class": "wide-search"}),
    )


class FieldForm(VersionedForm):
    """How a form asks for an indicator."""

    heading = forms.CharField(
        label=_("Heading above this line"),
        max_length=200,
        required=False,
        help_text=_("Begins a part of the form."),
    )
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False)
    is_broken_down = forms.BooleanField(label=_("By its parts"), required=False)

    def __init__(self, *args: Any, field: FormField, **options: Any) -> None:
        super().__init__(*args, **options)
        if field.indicator.breakdown is None:
            del self.fields["is_broken_down"]


class BoxForm(VersionedForm):
    """What words a form asks for."""

    title = forms.CharField(label=_("What the words are about"), max_length=300)
    item = forms.ChoiceField(label=_("Item of the programme"), choices=ITEMS, required=False)
    hint = forms.CharField(
        label=_("Hint"), max_length=500, required=False, help_text=_("Stands beside the box while one writes.")
    )
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False)


class CheckForm(VersionedForm):
    """What a field is compared with."""

    field = forms.TypedChoiceField(label=_("Field"), coerce=int)
    comparison = forms.ChoiceField(
        label=_("Has to be"), choices=Comparison.choices, widget=forms.RadioSelect, initial=Comparison.AT_MOST
    )
    others = forms.TypedMultipleChoiceField(
        label=_("Of these fields"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their sum is compared. None for its value of the last period."),
    )
    percent = forms.IntegerField(
        label=_("May differ by so many percent"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("From its value of the last period; beyond it the unit explains the difference."),
    )
    blocks = forms.BooleanField(
        label=_("A form in which it does not hold is not handed in"), required=False, initial=True
    )
    words = forms.CharField(
        label=_("What the unit is told"),
        max_length=300,
        required=False,
        help_text=_("Left empty, the rule is said in our words with both numbers."),
    )

    def __init__(self, *args: Any, fields: Iterable[FormField], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {row.pk: row for row in fields}
        for name in ("field", "others"):
            choices_of(self, name, [(pk, row.indicator.name) for pk, row in self.rows.items()])

    @property
    def check(self) -> dict[str, Any]:
        """What the service wants."""
        found = dict(self.cleaned_data)
        found["field"] = self.rows[found["field"]]
        found["others"] = [self.rows[pk] for pk in found["others"]]
        return found
