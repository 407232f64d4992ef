"""Forms of the document pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motbuoc.domains.documents.doubts import HEADER_LABELS
from motbuoc.domains.documents.models import (
    RULE_FIELDS,
    Addressee,
    CountedFrom,
    Cycle,
    Document,
    Duty,
    DutyUnit,
    TimeKind,
)
from motbuoc.domains.documents.searching import Order, Question, Validity
from motbuoc.domains.documents.selectors import Cut
from motbuoc.domains.documents.services import MEDIA_TYPES, DutyUnits
from motbuoc.domains.documents.states import DocumentState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.workdays.rules import LONGEST, CountUnit
from motbuoc.interfaces.web.forms import DayField, FilePicker, Form, OneUnitPicker, UnitPicker, VersionedForm

NO_CHOICE = [("", "—")]


class FilterForm(Form):
    """Which documents to list, and in what order."""

    words = forms.CharField(
        label=_("Number, subject or words of the text"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "class": "wide-search"}),
    )
    issuer = forms.CharField(label=_("Issuing body"), required=False, max_length=250, widget=forms.Select)
    type = forms.CharField(label=_("Type"), required=False, max_length=20, widget=forms.Select)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2200, widget=forms.Select)
    validity = forms.ChoiceField(label=_("Validity"), required=False, choices=[("", _("All")), *Validity.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("any state", "All")), *DocumentState.choices],
    )
    classification = forms.ChoiceField(
        label=_("Class"), required=False, choices=[("", _("All")), *Classification.choices]
    )
    order = forms.ChoiceField(label=_("Order"), required=False, choices=Order.choices)

    def offer(self, offered: Iterable[tuple[str, str, str]]) -> None:
        """Let issuer, type and year be chosen among these: name of the field, value and label."""
        choices: dict[str, list[tuple[str, Any]]] = {}
        for name, value, label in offered:
            choices.setdefault(name, [("", _("All"))]).append((value, label))
        for name, of_field in choices.items():
            widget = self.fields[name].widget
            assert isinstance(widget, forms.Select)
            asked = self.data.get(name)
            known = {value for value, _label in of_field}
            widget.choices = of_field if not asked or asked in known else [*of_field, (asked, asked)]

    @property
    def question(self) -> Question:
        """What is looked for; what cannot be meant counts as nothing."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Question(**given)


class UploadForm(Form):
    """A file, and the unit whose document it is (`units`: ids and names)."""

    file = forms.FileField(
        label=_("The document's file"),
        widget=FilePicker(accept=",".join(MEDIA_TYPES)),
        allow_empty_file=True,  # refused by the service, in better words
        error_messages={"required": _("Choose a file first.")},
    )
    unit = forms.TypedChoiceField(label=_("Whose document it is"), coerce=int)
    classification = forms.TypedChoiceField(
        label=_("Class"),
        required=False,
        empty_value=Classification.NORMAL.value,
        choices=[("", _("As the marks on the paper ask")), *Classification.choices[1:]],
        help_text=_("Who may see the document and all that is made of it. It can be changed later."),
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = units
        if len(units) == 1:
            field.initial, field.widget = units[0][0], forms.HiddenInput()


class HeaderForm(VersionedForm):
    """The header fields, the period of the reports and the last day of a document."""

    superior = forms.CharField(label=HEADER_LABELS["superior"], required=False, max_length=250)
    issuer = forms.CharField(label=HEADER_LABELS["issuer"], required=False, max_length=250)
    code = forms.CharField(label=HEADER_LABELS["code"], required=False, max_length=80)
    type = forms.CharField(label=HEADER_LABELS["type"], required=False, max_length=20)
    place = forms.CharField(label=HEADER_LABELS["place"], required=False, max_length=120)
    issued_on = DayField(label=HEADER_LABELS["issued_on"], required=False)
    subject = forms.CharField(
        label=HEADER_LABELS["subject"], required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    report_cycle = forms.ChoiceField(
        label=_("Units report"),
        required=False,
        choices=[*NO_CHOICE, *Cycle.choices],
        help_text=_("How often the units report on this document."),
    )
    runs_until = DayField(
        label=_("In force until"),
        required=False,
        help_text=_("The last day for what has no date of its own, such as continuous duties."),
    )
    classification = forms.ChoiceField(label=_("Class"), required=False, choices=Classification.choices)
    reason = forms.CharField(
        label=_("Why the class changes"),
        required=False,
        max_length=500,
        help_text=_("Only where you change the class; it is kept in the history."),
    )

    @classmethod
    def of(cls, document: Document) -> HeaderForm:
        """The form as the document stands."""
        names = (*HEADER_LABELS, "report_cycle", "runs_until", "classification", "version")
        return cls(initial={name: getattr(document, name) for name in names})

    @property
    def changes(self) -> dict[str, Any]:
        """What the service is to set."""
        changes = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "reason")}
        if not changes["classification"]:  # a form sent without the field asks for no change
            del changes["classification"]
        return changes


class ClassForm(VersionedForm):
    """The class of a document, and why it changes."""

    classification = forms.ChoiceField(label=_("Class"), choices=Classification.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why the class changes"), max_length=500, widget=forms.Textarea({"rows": 2}))


class DutyForm(VersionedForm):
    """What a duty asks for, when, and of which units (`units`: ids and names)."""

    verb = forms.CharField(label=_("Verb"), required=False, max_length=80)
    product = forms.CharField(
        label=_("Product"),
        required=False,
        max_length=300,
        help_text=_("What is handed in: a plan, a report, minutes of a meeting."),
    )
    what = forms.CharField(label=_("What is to be done"), required=False, widget=forms.Textarea({"rows": 4}))
    time_kind = forms.ChoiceField(label=_("Kind of time"), choices=TimeKind.choices)
    cycle = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[*NO_CHOICE, *Cycle.choices],
        help_text=_("For periodic duties only."),
    )
    due_on = DayField(
        label=_("Due on"), required=False, help_text=_("For periodic duties the end of the first period.")
    )
    cycle_day = forms.IntegerField(
        label=_("Day of the period"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=_("For periodic duties without a first date: day of the month or week (1 is Monday)."),
    )
    due_count = forms.IntegerField(
        label=_("Within"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("Only where the text gives no date but a number of days or months."),
    )
    due_unit = forms.ChoiceField(label=_("Counted in"), required=False, choices=[*NO_CHOICE, *CountUnit.choices])
    counted_from = forms.ChoiceField(
        label=_("Counted from"), required=False, choices=[*NO_CHOICE, *CountedFrom.choices]
    )
    event = forms.CharField(label=_("The event"), required=False, max_length=300)
    is_before = forms.BooleanField(label=_("Due before the event, counted back"), required=False)
    no_roll = forms.BooleanField(label=_("Stays on its day even if that is a day off"), required=False)
    for_addressees = forms.BooleanField(label=_("All units that receive the document lead it"), required=False)
    leads = forms.TypedMultipleChoiceField(label=_("Leading units"), required=False, coerce=int, widget=UnitPicker)
    supports = forms.TypedMultipleChoiceField(
        label=_("Supporting units"), required=False, coerce=int, widget=UnitPicker
    )
    monitor = forms.TypedChoiceField(
        label=_("The unit that tracks it"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=OneUnitPicker,
        help_text=_("It sees the work, is told when it is late and may urge. It hands nothing in."),
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("leads", "supports"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = units
        monitor = self.fields["monitor"]
        assert isinstance(monitor, forms.TypedChoiceField)
        monitor.choices = [("", _("None")), *units]

    def clean(self) -> dict[str, Any]:
        """A period belongs to periodic duties only."""
        if self.cleaned_data.get("time_kind") != TimeKind.PERIODIC:
            self.cleaned_data |= {"cycle": "", "cycle_day": None}
        self.cleaned_data["rolls"] = not self.cleaned_data.get("no_roll")
        return self.cleaned_data

    @property
    def changes(self) -> dict[str, Any]:
        """What the service is to set."""
        names = ("verb", "what", "product", "time_kind", "cycle", "due_on", *RULE_FIELDS)
        return {name: self.cleaned_data[name] for name in names}

    @property
    def chosen_units(self) -> DutyUnits:
        """Whom the duty is given to."""
        picked = self.cleaned_data
        return DutyUnits(picked["for_addressees"], picked["leads"], picked["supports"], picked["monitor"])


def stored_duty(duty: Duty) -> dict[str, Any]:
    """The values of `DutyForm` as the duty stands."""
    names = ("verb", "what", "product", "time_kind", "cycle", "due_on", "for_addressees", "version", *RULE_FIELDS)
    parts = list(duty.units.all())
    return {
        **{name: getattr(duty, name) for name in names},
        "no_roll": not duty.rolls,
        "leads": [part.unit_id for part in parts if part.part == DutyUnit.Part.LEAD],
        "supports": [part.unit_id for part in parts if part.part == DutyUnit.Part.SUPPORT],
        "monitor": next((part.unit_id for part in parts if part.part == DutyUnit.Part.MONITOR), ""),
    }


class SplitForm(VersionedForm):
    """Where to split a duty: one of its `cuts`."""

    at = forms.TypedChoiceField(label=_("Split here"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, cuts: Iterable[Cut], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["at"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(cut.at, f"…{cut.before[-60:]} ✂ {cut.after[:60]}…") for cut in cuts]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


class VersionForm(VersionedForm):
    """The version alone, for what takes one press of a button."""


def posted_version(data: QueryDict) -> int:
    """The version that a pressed button names.

    Raises:
        Refusal: it names none.
    """
    form = VersionForm(data)
    if not form.is_valid():
        raise Refusal(_("This page is out of date. Reload it and try again."))
    version: int = form.cleaned_data["version"]
    return version


class WordsForm(Form):
    """The words of a duty that was missed; `near` is where in the text they were selected."""

    words = forms.CharField(
        label=_("The words in the text"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Copy them from the text on this page, or select them there."),
    )
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class AddresseeForm(Form):
    """Which units an addressee means (`units` and `groups`: ids and names). A group is chosen as `group-ID`."""

    selection = forms.ChoiceField(label=_("Means"))
    unit = forms.TypedChoiceField(
        label=_("The unit"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=OneUnitPicker,
        help_text=_("Only where one unit is meant."),
    )

    def __init__(
        self, *args: Any, units: list[tuple[int, str]], groups: list[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field, selection = self.fields["unit"], self.fields["selection"]
        assert isinstance(field, forms.TypedChoiceField)
        assert isinstance(selection, forms.ChoiceField)
        field.choices = units
        kinds = Addressee.Selection
        selection.choices = [
            (kinds.UNRESOLVED.value, kinds.UNRESOLVED.label),
            *((f"group-{pk}", name) for pk, name in groups),
            (kinds.ONE_UNIT.value, kinds.ONE_UNIT.label),
            (kinds.INFORMED.value, kinds.INFORMED.label),
        ]

    @property
    def group_id(self) -> int:
        """The group chosen; 0 when none is."""
        start, _dash, pk = self.cleaned_data["selection"].partition("-")
        return int(pk) if start == "group" else 0
