"""Forms of reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.reporting.drafting import LONGEST
from motbuoc.domains.reporting.outlining import WORDS
from motbuoc.domains.reporting.states import TRANSITIONS
from motbuoc.domains.reporting.together import MOST
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm
from motbuoc.interfaces.web.registers.forms import RecipientsForm
from motbuoc.interfaces.web.unit_search import UnitsField

Choices = Iterable[tuple[Any, Any]]


CHOICES = ("leave_out", "put_back", "keep_own", "take_made", "up", "down")


class PeriodForm(Form):
    """The days a report covers."""

    start = DayField(label=_("From"))
    end = DayField(label=_("To"), help_text=_("Figures are those at the end of this day."))


class DraftForm(Form):
    """What a report that is begun is about: for which unit, by which outline."""

    unit = forms.TypedChoiceField(label=_("Report of"), coerce=int)
    outline = forms.ChoiceField(label=_("Outline"))
    subject = forms.CharField(label=_("What it is about"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, units: Choices, outlines: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("unit", units), ("outline", outlines)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class ParagraphForm(VersionedForm):
    """A paragraph in a person's own words."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8, "lang": "vi"}),
        help_text=_("Leave it empty to have again what is made of the records."),
    )


class NewParagraphForm(Form):
    """A paragraph added to a section."""

    text = forms.CharField(label=_("Text"), max_length=LONGEST, widget=forms.Textarea({"rows": 8, "lang": "vi"}))


class ChoiceForm(VersionedForm):
    """What becomes of a paragraph as it stands."""

    does = forms.ChoiceField(choices=[(name, name) for name in CHOICES])


class DraftStepForm(VersionedForm):
    """A step of a draft's life, with the reason where one is needed."""

    step = forms.ChoiceField(choices=[(each.name, each.name) for each in TRANSITIONS])
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))


class OutlineForm(VersionedForm):
    """An outline as lines."""

    name = forms.CharField(label=_("Name"), max_length=200)
    cycle = forms.ChoiceField(label=_("For reports of"), required=False, choices=[("", "—"), *PeriodCycle.choices])
    lines = forms.CharField(
        label=_("Sections, one a line"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 20, "lang": "vi", "class": "outline-lines"}),
        help_text=format_lazy(
            _("Number | title | item or code of an indicator | what it is assembled of: {parts}."),
            parts=", ".join(WORDS.values()),
        ),
    )


class NewOutlineForm(OutlineForm):
    """An outline that is begun for a unit."""

    version = None  # type: ignore[assignment]
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(units)


class RemarkForm(Form):
    """A remark on a paragraph."""

    text = forms.CharField(label=_("Remark"), required=False, max_length=MOST, widget=forms.Textarea({"rows": 3}))
    suggestion = forms.CharField(
        label=_("How it should read"), required=False, max_length=MOST, widget=forms.Textarea({"rows": 4})
    )


class WordingForm(VersionedForm):
    """What becomes of a suggested wording: accepted as it was mended, or dropped."""

    does = forms.ChoiceField(choices=[(name, name) for name in ("accept", "drop")], widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8, "lang": "vi"}),
        help_text=_("Correct it as you like. A figure that can only be that of one field follows the ledger."),
    )
    is_instead = forms.BooleanField(label=_("Leave out the sentences it was made of"), required=False)


class SettleForm(VersionedForm):
    """A remark settled; with its suggestion taken or without."""

    take = forms.BooleanField(required=False)


class ReportRecipientsForm(RecipientsForm):
    """To whom a report goes, and where it is kept."""

    group = None  # type: ignore[assignment]
    above = forms.TypedMultipleChoiceField(
        label=_("Reported to"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    units = UnitsField(label=_("Other units that get a copy"), required=False)
    archive = forms.CharField(label=_("Where it is kept (last line)"), max_length=100)

    def __init__(self, *args: Any, above: Choices, **options: Any) -> None:
        super().__init__(*args, groups=(), above=above, **options)


class PortalForm(VersionedForm):
    """Whether a report is to be put on the portal."""

    is_wanted = forms.BooleanField(required=False)


class MoveForm(Form):
    """Where a section goes."""

    does = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


class LeadForm(VersionedForm):
    """Who is responsible for a report."""

    lead = forms.TypedChoiceField(label=_("Who is responsible for it"), coerce=int)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["lead"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people)


class OwnerForm(Form):
    """Who writes a section."""

    owner = forms.TypedChoiceField(label=_("Who writes it"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *people]
