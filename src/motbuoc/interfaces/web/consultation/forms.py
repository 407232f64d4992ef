"""Forms of consultations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.consultation.commenting import LONGEST_QUOTE, Phrase
from motbuoc.domains.consultation.disposing import LONGEST_REASON, Answer
from motbuoc.domains.consultation.models import CommentGroup, Consultation
from motbuoc.domains.consultation.replying import LONGEST
from motbuoc.domains.consultation.services import Plan
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.forms import DayField, FilePicker, Form, UnitPicker, VersionedForm
from motbuoc.interfaces.web.listening.forms import WordsForm

Choices = Iterable[tuple[Any, Any]]
PLANNED = ("kind", "subject", "question", "basis", "opens_on", "closes_on", "is_public")


def offer(form: forms.BaseForm, name: str, choices: Choices) -> None:
    """Let a field be chosen among these."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class PlanForm(Form):
    """What a consultation is about."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    kind = forms.ChoiceField(
        label=_("What is asked for"),
        choices=Consultation.Kind.choices,
        widget=forms.RadioSelect,
        initial="comments",
    )
    subject = forms.CharField(
        label=_("Draft of what"), max_length=300, help_text=_("As it is called: dự thảo Quy chế tiếp công dân.")
    )
    question = forms.CharField(
        label=_("What the comments should look at"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )
    basis = forms.CharField(
        label=_("Basis of the consultation"),
        max_length=300,
        required=False,
        help_text=_("The paper and its article by which the draft is laid before others."),
    )
    opens_on = DayField(label=_("Comments from"), initial=clock.today)
    closes_on = DayField(label=_("Comments until"))
    is_public = forms.BooleanField(
        label=_("Everybody may comment"),
        required=False,
        help_text=_("On a public page, unnamed. Units are chosen afterwards."),
    )

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)

    def plan(self) -> Plan:
        """What the service wants."""
        return Plan(**{name: self.cleaned_data[name] for name in PLANNED})


class PlanChangeForm(PlanForm, VersionedForm):
    """What a consultation is about that is there already."""


def begun(consultation: Consultation) -> dict[str, Any]:
    """What a form shows of a consultation as it stands."""
    shown = {name: getattr(consultation, name) for name in (*PLANNED, "version")}
    return shown | {"unit": consultation.unit_id}


class DraftForm(VersionedForm):
    """The file of a version."""

    file = forms.FileField(
        label=_("The draft's file"),
        widget=FilePicker(accept=",".join(MEDIA_TYPES)),
        allow_empty_file=True,  # refused by the service, in better words
        error_messages={"required": _("Choose a file first.")},
    )


class UnitsForm(VersionedForm):
    """Which units are asked, and until when they reply."""

    units = forms.TypedMultipleChoiceField(label=_("Units that are asked"), coerce=int, widget=UnitPicker)
    due_on = DayField(label=_("They reply by"))

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "units", units)


class CommentForm(WordsForm):
    """What somebody says of a provision, or of words of it."""

    quoted = forms.CharField(
        label=_("Words of the draft that you mean, if only some"),
        required=False,
        max_length=LONGEST_QUOTE,
        help_text=_("Copied from the provision above. Where scripts run, select them there."),
    )
    start = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, most=settings.QUESTION_MOST_CHARACTERS, **options)

    def phrase(self) -> Phrase:
        """The words of the draft that are meant."""
        return Phrase(self.cleaned_data["quoted"], self.cleaned_data["start"])


class PreparedForm(VersionedForm):
    """A comment of a unit's reply."""

    quoted = forms.CharField(
        label=_("Words of the draft that the comment is about, if only some"),
        required=False,
        max_length=LONGEST_QUOTE,
        help_text=_("Copied from the provision above. Where scripts run, select them there."),
    )
    start = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    text = forms.CharField(label=_("The unit's comment"), max_length=LONGEST, widget=forms.Textarea({"rows": 6}))

    def phrase(self) -> Phrase:
        """The words of the draft that are meant."""
        return Phrase(self.cleaned_data["quoted"], self.cleaned_data["start"])


class ReplyForm(VersionedForm):
    """The paper by which a unit replies."""

    number = forms.CharField(
        label=_("Number and symbol of the reply"), max_length=80, help_text=_("As on the paper: 45-CV/ĐUK.")
    )
    dated = DayField(label=_("Day of the reply"), initial=clock.today)
    has_no_comment = forms.BooleanField(
        label=_("The unit agrees with the draft and has no comment"), required=False
    )


class AnswerForm(VersionedForm):
    """What becomes of a group of comments, and why."""

    title = forms.CharField(label=_("What they say, in short"), max_length=120)
    disposition = forms.ChoiceField(
        label=_("What becomes of them"),
        choices=[choice for choice in CommentGroup.Disposition.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason, as those who commented read it"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed unless all is accepted."),
    )
    changed_in = forms.TypedChoiceField(
        label=_("Where the later version reads otherwise for it"), required=False, coerce=int, empty_value=None
    )

    keeps = forms.BooleanField(label=_("It tells of nobody who they are. Send it as I wrote it."), required=False)

    def __init__(self, *args: Any, provisions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_to_keep = self.is_bound and "keeps" in self.data
        if provisions is None:
            del self.fields["changed_in"]
        else:
            rows = [(row.number, row.label) for row in provisions]
            offer(self, "changed_in", [("", _("Nowhere, or there is no later version yet")), *rows])

    def answer(self) -> Answer:
        """What the service wants."""
        found = self.cleaned_data
        return Answer(
            found["disposition"], found["reason"], found["title"], found.get("changed_in"), found["keeps"]
        )
