"""Forms of the tracker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.counted import Counted
from motbuoc.domains.work.inbox import Narrowing
from motbuoc.domains.work.products import Product
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import TRANSITIONS, AssignmentState
from motbuoc.foundation.access.classification import Classification, narrower_than
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition
from motbuoc.foundation.files.services import SIGNATURES
from motbuoc.interfaces.web.forms import FilesField, Form, VersionedForm
from motbuoc.interfaces.web.work.figures import FiguresField

ENDINGS = ",".join(ending for _type, endings in SIGNATURES.values() for ending in endings)
STEPS = {transition.name: transition for transition in TRANSITIONS}
LABELS = {
    "text": _("What was done"),
    "reason": _("The reason"),
    "question": _("The question"),
    "answer": _("The answer"),
    "grounds": _("The reason"),
}
HELP = {
    "text": _("A few plain sentences with figures. They go into the report as they stand."),
    "reason": _("What the unit has to mend, so that it need not ask."),
    "question": _("What is not clear. The unit answers with words and files; the day it handed in stays."),
    "answer": _("The whole answer in a few plain sentences; what shows it as files."),
    "grounds": _("Why, and the document it rests on if there is one. The unit reads it."),
}
PURPOSES = {
    (Action.WORK_ON_ASSIGNMENT, ""): _("Received?"),
    (Action.WORK_ON_ASSIGNMENT, "text"): _("Report from your unit"),
    (Action.WORK_ON_ASSIGNMENT, "answer"): _("Answer the question"),
    (Action.DECIDE_ASSIGNMENT, ""): _("Decide on the result"),
    (Action.DECIDE_ASSIGNMENT, "reason"): _("Send back"),
    (Action.DECIDE_ASSIGNMENT, "question"): _("Ask before deciding"),
    (Action.DECIDE_ASSIGNMENT, "grounds"): _("Suspend, resume or cancel"),
}


LARGEST_ID = 2**63 - 1  # what a database can be asked for


class StepForm(VersionedForm):
    """One or more steps of an assignment that ask for the same thing, each with its button.

    `expected` is the product that the duty asks for, `counted` what the unit has counted so far.
    `asks` is what its steps ask for (`Transition.asks`); the button pressed gives `step`. Files may be of a class
    narrower than that of the `directive`.
    """

    step = forms.ChoiceField(choices=[(name, name) for name in STEPS])
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5}))
    percent = forms.IntegerField(
        label=_("Percent done so far"), required=False, min_value=0, max_value=100, widget=forms.NumberInput
    )
    figures = FiguresField(
        help_text=_(
            "Each as it stands now, for example: dialogues held, 2, “cuộc”. They are added up over all units."
        )
    )
    evidence = FilesField(
        label=_("Evidence"),
        required=False,
        accept=ENDINGS,
        allow_empty_file=True,  # refused by the service, in better words
        help_text=_("Pictures, PDF, Word or Excel files; several at once."),
    )

    ground = forms.CharField(
        label=_("Number and symbol of the document it rests on"),
        required=False,
        max_length=80,
        help_text=_("If it is in the library, such as 21-CTr/TU: it is linked at both ends."),
    )
    product = FilesField(
        label=_("The product"),
        required=False,
        accept=ENDINGS,
        allow_empty_file=True,
        help_text=_("The file that is what was asked for. Needed when the result is submitted."),
    )
    product_sent = forms.TypedChoiceField(
        label=_("Or it was sent before"), required=False, coerce=int, empty_value=None
    )
    why_no_product = forms.CharField(
        label=_("Or why there is none"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    classification = forms.TypedChoiceField(
        label=_("Class of the files"),
        required=False,
        empty_value=Classification.NORMAL.value,
        help_text=_("Who may see them; never more people than may see the directive."),
    )

    def __init__(
        self,
        *args: Any,
        asks: str,
        steps: Iterable[Transition] = (),
        directive: str = Classification.NORMAL,
        expected: str = "",
        sent: Iterable[tuple[int, str]] = (),
        time_kind: str = TimeKind.DATED,
        counted: Sequence[Counted] = (),
        **options: Any,
    ) -> None:
        options["auto_id"] = f"id_{asks or 'step'}_%s"
        super().__init__(*args, **options)
        self.asks, self.steps = asks, list(steps)
        if asks != "text" or time_kind == TimeKind.CONTINUOUS:  # what goes on all the time is never half done
            del self.fields["percent"]
        if asks in ("text", "answer"):
            self._offer(narrower_than(directive))
            self._count(counted)
        else:
            del self.fields["evidence"], self.fields["classification"], self.fields["figures"]
        if asks != "grounds":
            del self.fields["ground"]
        self._expect(expected if asks == "text" else "", list(sent))
        if asks:
            self.fields["text"].label, self.fields["text"].help_text = LABELS[asks], HELP[asks]
            self.fields["text"].required = True
        else:
            del self.fields["text"]

    def _expect(self, product: str, sent: list[tuple[int, str]]) -> None:
        """Ask for the product, if there is to be one; it may be among the evidence `sent` before (ids, names)."""
        if not product:
            del self.fields["product"], self.fields["why_no_product"]
        else:
            self.fields["product"].label = format_lazy(_("The product: {product}"), product=product)
            field = self.fields["product_sent"]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", "—"), *sent]
        if not product or not sent:
            del self.fields["product_sent"]

    def _count(self, counted: Sequence[Counted]) -> None:
        """Offer a row for each thing counted so far."""
        field = self.fields["figures"]
        assert isinstance(field, FiguresField)
        field.rest_on(counted)

    @property
    def said_of_product(self) -> Product:
        """What the sender says is the product."""
        said = self.cleaned_data
        return Product(said.get("product") or (), said.get("product_sent"), said.get("why_no_product") or "")

    def _offer(self, classes: list[Classification]) -> None:
        """Let the files be of one of these classes, or of the directive's own."""
        field = self.fields["classification"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("That of the directive")), *((one.value, one.label) for one in classes)]
        if not classes:
            del self.fields["classification"]

    @property
    def purpose(self) -> Any:
        """What its steps are for, as a heading."""
        return PURPOSES[Action(self.steps[0].action), self.asks]

    @property
    def draft(self) -> str:
        """What its draft is kept under: the reason of a return is none for opening again."""
        return "-".join(step.name for step in self.steps)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields a person fills in."""
        return [self[name] for name in self.fields if name not in ("version", "step")]


class InboxFilter(Form):
    """What the inbox is narrowed to; all by address."""

    directive = forms.IntegerField(
        label=_("Directive"), required=False, min_value=1, max_value=LARGEST_ID, widget=forms.Select
    )
    lateness = forms.TypedChoiceField(
        label=_("Deadline"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All")), *((choice.value, choice.label) for choice in reversed(Lateness))],
    )
    words = forms.CharField(label=_("Words of the task, unit or directive"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *AssignmentState.choices])
    unit = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    item = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    due = forms.DateField(required=False, input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)

    def narrowing(self) -> Narrowing:
        """What was asked for; what made no sense is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return Narrowing(
            document_id=asked.get("directive"),
            unit_id=asked.get("unit"),
            provision_id=asked.get("item"),
            due_on=asked.get("due"),
            lateness=asked.get("lateness"),
            state=asked.get("state") or None,
            words=asked.get("words") or "",
        )

    def offer(self, directives: Iterable[tuple[int, str]]) -> None:
        """Choose the directive among these: ids and names."""
        widget = self.fields["directive"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [("", _("All directives")), *directives]


class BoardFilter(Form):
    """What of a board to show; all by address. `offer` gives the items to choose from."""

    words = forms.CharField(label=_("Name of the unit, or of one above it"), required=False, max_length=100)
    item = forms.TypedChoiceField(label=_("Item"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("Units with a task"), required=False, choices=[("", _("In any state")), *AssignmentState.choices]
    )
    lateness = forms.TypedChoiceField(
        label=_("Deadline"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All")), *((choice.value, choice.label) for choice in reversed(Lateness))],
    )
    under = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    level = forms.IntegerField(required=False, min_value=0, max_value=30, widget=forms.HiddenInput)

    def offer(self, items: tuple[tuple[int, str], ...]) -> None:
        """Let choose among the items, each an id and its name."""
        field = self.fields["item"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("All items")), *items]
