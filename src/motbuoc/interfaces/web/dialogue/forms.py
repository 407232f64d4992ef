"""Forms of dialogues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.dialogue.models import Attendance, Confirmation, Dialogue, Question
from motbuoc.domains.dialogue.services import Plan, Terms
from motbuoc.domains.listening.privacy import LONGEST_CONTACT, LONGEST_NAME, PURPOSES, Reply, checked
from motbuoc.domains.listening.sealed import Purpose, Sealed
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.web.documents.conclusion_form import ConclusionForm
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm
from motbuoc.interfaces.web.listening.forms import WordsForm

Choices = Iterable[tuple[Any, Any]]
COUNTS = tuple(Attendance.Group)


def _offer(form: forms.BaseForm, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class PlanForm(Form):
    """What is planned of a dialogue."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    rule = forms.TypedChoiceField(
        label=_("By the rule"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("It counts as one of those that the rule asks for. Without one it is an extra dialogue."),
    )
    subject = forms.CharField(label=_("What it is about"), max_length=300)
    host = forms.CharField(
        label=_("Who holds it"),
        max_length=200,
        help_text=_("The office, as it stands in the announcement: Bí thư Đảng ủy, Giám đốc Sở …"),
    )
    planned_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Where it is held"), max_length=200, required=False)
    agenda = forms.CharField(
        label=_("Agenda"), required=False, max_length=4000, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args: Any, units: Choices, rules: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "unit", units)
        _offer(self, "rule", [("", _("None: an extra dialogue")), *rules])

    def plan(self) -> Plan:
        """What the service wants."""
        found = self.cleaned_data
        words = {name: found[name] for name in ("subject", "host", "planned_on", "place", "agenda")}
        return Plan(rule_id=found["rule"], **words)


class PlanChangeForm(PlanForm, VersionedForm):
    """What is planned of a dialogue that is there already."""


def begun(dialogue: Dialogue) -> dict[str, Any]:
    """What a form shows of a dialogue as it is planned."""
    names = ("subject", "host", "planned_on", "place", "agenda", "version")
    return {"unit": dialogue.unit_id, "rule": dialogue.rule_id} | {name: getattr(dialogue, name) for name in names}


class HoldForm(VersionedForm):
    """That a dialogue was held: when, how many came, what was said."""

    held_on = DayField(label=_("Held on"), initial=clock.today)
    minutes = forms.CharField(
        label=_("Minutes"), required=False, max_length=60_000, widget=forms.Textarea({"rows": 10})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for group in COUNTS:
            count = forms.IntegerField(label=group.label, required=False, min_value=0, max_value=1_000_000)
            self.fields[f"count_{group.value}"] = count
        self.order_fields(["version", "held_on", *(f"count_{group.value}" for group in COUNTS), "minutes"])

    def counts(self) -> dict[str, int]:
        """How many of each group came."""
        return {group.value: self.cleaned_data[f"count_{group.value}"] or 0 for group in COUNTS}


class MinutesForm(VersionedForm):
    """The minutes, as they are written."""

    minutes = forms.CharField(
        label=_("Minutes"), required=False, max_length=60_000, widget=forms.Textarea({"rows": 18})
    )


class ConfirmForm(VersionedForm):
    """That one side has signed the minutes."""

    side = forms.ChoiceField(label=_("Which side has signed"), choices=Confirmation.Side.choices)
    office = forms.CharField(
        label=_("Office of who signed"),
        max_length=200,
        help_text=_("Not a name: Chủ tịch Công đoàn cơ sở, Bí thư Đảng ủy …"),
    )
    signed_on = DayField(label=_("Signed on"))


class PromiseForm(Form):
    """What was promised, by whom, until when."""

    text = forms.CharField(
        label=_("What was promised"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Begin with the verb: sửa chữa …, trả lời …, bố trí … It becomes a clause of the conclusion."),
    )
    unit = forms.TypedChoiceField(label=_("Done by"), coerce=int)
    due_on = DayField(label=_("Until"))
    question = forms.TypedChoiceField(label=_("In answer to"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, units: Choices, questions: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "unit", units)
        _offer(self, "question", [("", _("No question in particular")), *questions])


class ConcludeForm(ConclusionForm):
    """The notice that concludes a dialogue."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        told = _("What was promised is added to it, each with its unit and its day.")
        self.fields["text"].help_text = told


class AnswerForm(VersionedForm):
    """The answer to a question."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("Whoever asked reads it by their receipt. Name no person in it."),
    )
    keeps = forms.BooleanField(label=_("It tells of nobody who they are. Send it as I wrote it."), required=False)
    handling = forms.ChoiceField(
        label=_("How it was dealt with"),
        choices=[choice for choice in Question.Handling.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    is_withheld = forms.BooleanField(
        label=_("Do not show it on the public page"),
        required=False,
        help_text=_("Whoever asked reads the answer all the same."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_to_keep = self.is_bound and "keeps" in self.data


class ForwardForm(VersionedForm):
    """The unit that can answer."""

    unit = forms.TypedChoiceField(
        label=_("To the unit that can answer"),
        coerce=int,
        help_text=_("A unit above: the question is raised to it. A unit below: it answers in your place."),
    )

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "unit", units)


class AsideForm(VersionedForm):
    """Why a question is not dealt with here."""

    reason = forms.CharField(
        label=_("The reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever asked reads it by their receipt."),
    )


class TakeOffForm(VersionedForm):
    """Why words are taken off the pages."""

    reason = forms.CharField(
        label=_("The reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It stands in the place of the words. The original is sealed, and deleted in its time."),
    )


class AlikeForm(VersionedForm):
    """The question that asks the same."""

    other = forms.TypedChoiceField(
        label=_("Asks the same as"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("That one is answered for both, and both are told."),
    )

    def __init__(self, *args: Any, others: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "other", [("", _("No other: it stands by itself")), *others])


class AskForm(WordsForm):
    """What somebody asks, and who they are where they want a reply in writing."""

    reply_name = forms.CharField(label=_("Your name, for the reply"), required=False, max_length=LONGEST_NAME)
    reply_contact = forms.CharField(
        label=_("Where the reply reaches you"), required=False, max_length=LONGEST_CONTACT
    )
    reply: Reply | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, most=settings.QUESTION_MOST_CHARACTERS, **options)
        self.fields["text"].label = _("Your question")
        sent = self.data if self.is_bound else {}
        self.wants_reply = bool(sent.get("reply_name") or sent.get("reply_contact"))

    def clean(self) -> dict[str, Any]:
        """A name without an address is no use, nor the other way round."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            self.reply = checked(found.get("reply_name", ""), found.get("reply_contact", ""))
        except Refusal as refusal:
            self.refuse(refusal)
        return found


class NoteForm(AskForm):
    """A question that came on paper or was spoken."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[choice for choice in Question.Channel.choices if choice[0] != Question.Channel.LINK],
        widget=forms.RadioSelect,
        initial=Question.Channel.PAPER,
    )
    field_order = ("text", "channel")


class OpenForm(Form):
    """What something sealed is opened for, and why."""

    purpose = forms.ChoiceField(label=_("Opened for"), widget=forms.RadioSelect)
    need = forms.CharField(
        label=_("Why it is needed"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever wrote reads it by their receipt, and it stands in the history. Name nobody in it."),
    )

    def __init__(self, *args: Any, kinds: Iterable[Sealed.Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [purpose for kind in kinds for purpose in PURPOSES[kind]]
        _offer(self, "purpose", [(purpose.value, Purpose(purpose).label) for purpose in offered])


class RuleForm(Form):
    """What a rule asks for."""

    unit = forms.TypedChoiceField(label=_("Of the unit"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=200)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The paper and its article on which the rule rests.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("For units of these kinds"), choices=UnitKind.choices, widget=forms.CheckboxSelectMultiple
    )
    per_year = forms.IntegerField(label=_("Dialogues a year, at least"), min_value=0, max_value=52)
    notice_days = forms.IntegerField(label=_("Announced so many days before"), min_value=0, max_value=90)
    answer_workdays = forms.IntegerField(label=_("Answered in so many working days"), min_value=1, max_value=250)
    publish_days = forms.IntegerField(label=_("Results published in so many days"), min_value=0, max_value=365)

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "unit", units)

    def terms(self) -> Terms:
        """What the service wants."""
        found = {name: self.cleaned_data[name] for name in Terms.__dataclass_fields__}
        return Terms(**found | {"kinds": tuple(found["kinds"])})


class RuleChangeForm(RuleForm, VersionedForm):
    """What a rule that is there already asks for."""
