"""Forms of the registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motbuoc.domains.registers.drafting import Draft, Letterhead, draft_text
from motbuoc.domains.registers.incoming import Paper
from motbuoc.domains.registers.models import Book, Incoming, Recipient
from motbuoc.domains.registers.states import OutgoingState
from motbuoc.domains.work.inbox import Narrowing
from motbuoc.foundation.access.classification import Classification
from motbuoc.interfaces.web.forms import DayField, FilePicker, Form, VersionedForm
from motbuoc.interfaces.web.unit_search import UnitsField
from motbuoc.interfaces.web.work.forms import LARGEST_ID, InboxFilter
from vanban.vocabulary import type_codes

Choices = Iterable[tuple[Any, Any]]
WORD = ".docx"


def kinds() -> list[tuple[str, str]]:
    """The kinds of documents, a dispatch first."""
    named = sorted(type_codes().items(), key=lambda pair: (pair[0] != "CV", pair[1]))
    return [(code, f"{name} ({code})") for code, name in named if len(code) <= 6]


def _offer(form: Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class OutgoingFilter(Form):
    """Which outgoing documents to list."""

    words = forms.CharField(label=_("Number or subject"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("any state", "All")), *OutgoingState.choices],
    )


class IncomingFilter(Form):
    """Which lines of the incoming book to list."""

    words = forms.CharField(label=_("Number, sender or subject"), required=False, max_length=100)
    since = DayField(label=_("Arrived from"), required=False)


class UnitForm(Form):
    """For which of one's units."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "unit", units)


class DraftForm(UnitForm):
    """A document to be drafted: a Word file, or the words from which one is written in the official layout."""

    type = forms.ChoiceField(label=_("Kind of document"))
    subject = forms.CharField(label=_("Subject"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    classification = forms.ChoiceField(label=_("Class"), choices=Classification.choices)
    file = forms.FileField(
        label=_("Word file, if it is drafted already"),
        required=False,
        widget=FilePicker(accept=WORD),
        allow_empty_file=True,
        help_text=_("Number and day are written into it when it is released."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea({"rows": 14}),
        help_text=_("Empty lines part paragraphs; “# ” begins a heading, “1. ” a list, | a | b | a table."),
    )
    superior = forms.CharField(label=_("Superior body"), required=False, max_length=250)
    issuer = forms.CharField(label=_("Issuing body"), required=False, max_length=250)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    addressees = forms.CharField(
        label=_("Addressees, one a line"), required=False, widget=forms.Textarea({"rows": 3})
    )
    distribution = forms.CharField(
        label=_("Distribution list, one a line"), required=False, widget=forms.Textarea({"rows": 3})
    )
    authority = forms.CharField(label=_("Signed on behalf of"), required=False, max_length=120)
    title = forms.CharField(label=_("Title of the signer"), required=False, max_length=120)
    signer = forms.CharField(label=_("Name of the signer"), required=False, max_length=120)

    FACTS = ("unit", "type", "subject", "classification", "file")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "type", kinds())

    def text(self, letterhead: Letterhead) -> str:
        """The draft in Markdown, with what was typed over what `letterhead` proposes."""
        said = self.cleaned_data
        head = Letterhead(
            letterhead.regime,
            said["superior"],
            said["issuer"],
            letterhead.symbol,
            said["authority"],
            said["title"],
            said["signer"],
            said["place"],
        )
        lines = {name: _lines(said[name]) for name in ("addressees", "distribution")}
        return draft_text(Draft(head, said["type"], said["subject"], said["body"], **lines))


def _lines(words: str) -> list[str]:
    return [line.strip(" -;") for line in words.splitlines() if line.strip(" -;")]


class RedraftForm(VersionedForm):
    """A draft changed: its subject, and its text or another file."""

    subject = forms.CharField(label=_("Subject"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    text = forms.CharField(
        label=_("The draft with its header"), required=False, strip=False, widget=forms.Textarea({"rows": 24})
    )
    file = forms.FileField(
        label=_("Another Word file"), required=False, widget=FilePicker(accept=WORD), allow_empty_file=True
    )


class RecipientsForm(VersionedForm):
    """To whom a document goes."""

    group = forms.TypedChoiceField(label=_("All units of a group"), required=False, coerce=int, empty_value=None)
    above = forms.TypedMultipleChoiceField(
        label=_("Units above"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    units = UnitsField(label=_("Units that receive it"), required=False)
    others = forms.CharField(
        label=_("Other bodies, one a line"), required=False, widget=forms.Textarea({"rows": 3})
    )
    channel = forms.ChoiceField(label=_("They get it"), required=False, choices=Recipient.Channel.choices)

    def __init__(self, *args: Any, groups: Choices, above: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if "group" in self.fields:
            _offer(self, "group", [("", "—"), *groups])
        _offer(self, "above", above)

    @property
    def outside(self) -> list[tuple[str, str]]:
        """The bodies outside the tree, each with its channel."""
        channel = self.cleaned_data["channel"] or Recipient.Channel.POST
        return [(name, str(channel)) for name in _lines(self.cleaned_data["others"])]


class StepForm(VersionedForm):
    """One step of an outgoing document."""

    step = forms.CharField(max_length=20, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    number = forms.TypedChoiceField(
        label=pgettext_lazy("of a document", "Number"), required=False, coerce=int, empty_value=None
    )
    as_directive = forms.BooleanField(
        label=_("It gives duties: review them first, and issue it to the units as a directive"), required=False
    )

    def __init__(self, *args: Any, numbers: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "number", [("", _("The next one")), *numbers])


class SignedForm(VersionedForm):
    """The signed version of a released document."""

    file = forms.FileField(
        label=_("Signed version (PDF, scan or Word file)"), widget=FilePicker(), allow_empty_file=True
    )


class PaperForm(UnitForm):
    """A line of the incoming book."""

    sender = forms.CharField(label=_("From whom"), max_length=250)
    code = forms.CharField(label=_("Number and symbol"), required=False, max_length=80)
    issued_on = DayField(label=_("Date of issue"), required=False)
    arrived_on = DayField(label=_("Day of arrival"))
    subject = forms.CharField(label=_("Subject"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=Incoming.Urgency.choices)
    classification = forms.ChoiceField(label=_("Class"), choices=Classification.choices)
    file = forms.FileField(label=_("Scan or file"), required=False, widget=FilePicker(), allow_empty_file=True)
    document = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    @property
    def paper(self) -> Paper:
        """What the service is to write."""
        names = ("sender", "subject", "arrived_on", "code", "issued_on", "urgency", "classification")
        return Paper(**{name: self.cleaned_data[name] for name in names})


class CorrectionForm(VersionedForm, PaperForm):
    """A line of the incoming book corrected, and why."""

    reason = forms.CharField(label=_("Why it is corrected"), max_length=500, widget=forms.Textarea({"rows": 2}))


class NoteForm(Form):
    """A routing note (bút phê)."""

    text = forms.CharField(label=_("Routing note"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    to = forms.CharField(label=_("Who does it"), max_length=250)
    due_on = DayField(label=_("Until when"), required=False)


class StrikeForm(VersionedForm):
    """Striking a line out."""

    reason = forms.CharField(label=_("Why it is struck out"), max_length=500, widget=forms.Textarea({"rows": 2}))


class TermForm(UnitForm):
    """A term to be opened."""

    name = forms.CharField(label=_("Term"), max_length=80)
    begins_on = DayField(label=_("First day"))
    basis = forms.CharField(label=_("Legal basis"), max_length=300)


class ReserveForm(UnitForm):
    """A number to be kept free."""

    type = forms.ChoiceField(label=_("Kind of document"))
    reason = forms.CharField(label=_("What for"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "type", kinds())


class ContinueForm(ReserveForm):
    """A series that goes on from a paper book."""

    book = forms.ChoiceField(label=_("Register"), choices=Book.choices)
    start = forms.IntegerField(label=_("Next number"), min_value=1, max_value=999_999)
    field_order = ("unit", "book", "type", "start", "reason")


class ReasonForm(Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class LateFilter(InboxFilter):
    """Which late duties a letter is about: as the list of tasks is narrowed, and as a board is."""

    document = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    under = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    called = forms.CharField(required=False, max_length=100)

    def narrowing(self) -> Narrowing:
        """As of the list of tasks; late they all are."""
        asked = super().narrowing()
        return replace(asked, document_id=asked.document_id or self.cleaned_data.get("document"), lateness=None)


class UrgingForm(Form):
    """Until when urged units answer."""

    answer_by = DayField(label=_("The units answer before"), required=False)
