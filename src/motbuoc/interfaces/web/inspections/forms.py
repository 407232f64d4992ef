"""Forms of inspections of work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.inspections.models import CheckItem
from motbuoc.domains.inspections.services import MOST_UNITS
from motbuoc.domains.inspections.states import VISIT_TRANSITIONS
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.selectors import add_workdays
from motbuoc.interfaces.web.documents.conclusion_form import ConclusionForm
from motbuoc.interfaces.web.forms import DayField, FilesField, Form, VersionedForm
from motbuoc.interfaces.web.unit_search import Source, UnitField
from motbuoc.interfaces.web.work.forms import ENDINGS

STEPS = {transition.name: transition for transition in VISIT_TRANSITIONS}
WORDS = {
    "send_draft": _("The draft, as the unit will read it"),
    "comment_draft": _("What your unit says to the draft"),
    "call_off_visit": _("The reason"),
    "take_back_draft": _("The reason"),
}


def _size() -> forms.IntegerField:
    return forms.IntegerField(label=_("How many units"), min_value=1, max_value=MOST_UNITS)


def _seed() -> forms.CharField:
    return forms.CharField(
        label=_("What lots are drawn by"),
        max_length=40,
        help_text=_("Agree on it before: with the same words everybody draws the same lots."),
    )


class PlanForm(Form):
    """What is inspected in a year, in how many units, and what lots are drawn by."""

    unit = forms.TypedChoiceField(label=_("Inspected by"), coerce=int)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    subject = forms.CharField(
        label=_("What is inspected"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("As it stands after “kiểm tra” in a document: việc thực hiện Công văn số …"),
    )
    size = _size()
    seed = _seed()

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(units)


class PlanChangeForm(VersionedForm):
    """How many units are wanted, and what lots are drawn by."""

    size = _size()
    seed = _seed()


class AddForm(Form):
    """A unit to be put into a sample, and why."""

    unit = UnitField(label=_("Unit"))
    words = forms.CharField(label=_("The reason"), max_length=500)

    def __init__(self, *args: Any, viewer: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.search_among(Source(viewer, clock.today(), Action.INSPECT_WORK))


class ReasonForm(Form):
    """Why something is done."""

    words = forms.CharField(label=_("The reason"), max_length=500)


class VisitForm(Form):
    """When, and who goes."""

    day = DayField(label=_("Day of the inspection"), initial=clock.today)
    team = forms.TypedMultipleChoiceField(label=_("Who inspects"), coerce=int, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("Others who come along"),
        max_length=300,
        required=False,
        help_text=_("People of other bodies, by name and position."),
    )

    def __init__(self, *args: Any, people: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {person.pk: person for person in people}
        field = self.fields["team"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(pk, person.full_name) for pk, person in self.people.items()]

    def planned(self) -> dict[str, Any]:
        """What the service wants."""
        found = self.cleaned_data
        return {
            "day": found["day"],
            "team": [self.people[pk] for pk in found["team"]],
            "others": found["others"],
        }


class VisitStepForm(VersionedForm):
    """One step of a visit, with the words and the day it asks for."""

    step = forms.ChoiceField(choices=[(name, name) for name in STEPS], widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.Textarea({"rows": 4}))
    comment_by = DayField(label=_("The unit may comment until"))

    def __init__(self, *args: Any, transition: Transition, **options: Any) -> None:
        options["auto_id"] = f"id_{transition.name}_%s"
        initial = {"step": transition.name, "comment_by": _last_day_to_comment, **options.pop("initial", {})}
        options["initial"] = initial
        super().__init__(*args, **options)
        self.transition = transition
        if transition.name == "send_draft":
            self.fields["text"].widget.attrs["rows"] = 10
        else:
            del self.fields["comment_by"]
        if transition.asks:
            self.fields["text"].label = WORDS[transition.name]
        else:
            del self.fields["text"]


def _last_day_to_comment() -> Any:
    return add_workdays(clock.today(), settings.CHECK_COMMENT_DAYS)


class ItemForm(VersionedForm):
    """What was seen of an assignment; perhaps with a decision on the assignment itself."""

    result = forms.ChoiceField(
        label=_("What was seen"), required=False, choices=CheckItem.Result.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea({"rows": 4}))
    decide = forms.ChoiceField(
        label=_("Decide on the task at once"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The notes are the reason that the unit reads."),
    )

    def __init__(self, *args: Any, steps: Iterable[Transition], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(step.name, step.label) for step in steps]
        field = self.fields["decide"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Decide nothing")), *choices]
        if not choices:
            del self.fields["decide"]


class FindingForm(Form):
    """What was found, what is to be mended by when, and what shows it."""

    text = forms.CharField(label=_("What was found"), widget=forms.Textarea({"rows": 4}))
    item = forms.TypedChoiceField(label=_("About the task"), required=False, coerce=int, empty_value=None)
    remedy = forms.CharField(
        label=_("What the unit has to mend"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "Begin with the verb; it becomes a task of the unit. Leave it empty where there is nothing to mend."
        ),
    )
    due_on = DayField(label=_("Mended by"), required=False)
    evidence = FilesField(
        label=_("Photographs and papers"),
        required=False,
        accept=ENDINGS,
        allow_empty_file=True,  # refused by the service, in better words
        help_text=_("Pictures, PDF, Word or Excel files; several at once."),
    )
    classification = forms.ChoiceField(
        label=_("Class"),
        choices=Classification.choices,
        initial=Classification.NORMAL,
        help_text=_("What is narrower than normal makes the whole inspection so."),
    )

    def __init__(self, *args: Any, items: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["item"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("None in particular")), *items]


class ConcludeForm(ConclusionForm):
    """The notice that concludes an inspection, with the answer to what the unit said."""

    answer = forms.CharField(
        label=_("Answer to the unit's comment"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What was taken up, and why the rest was not."),
    )
    field_order = ("version", "answer", "text")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].help_text = _("What is to be mended is added to it, each with its day.")
