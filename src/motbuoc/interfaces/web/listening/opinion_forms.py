"""Forms of boxes, opinions and themes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.models import Opinion
from motbuoc.domains.listening.services import BoxTerms
from motbuoc.interfaces.web.forms import Form, VersionedForm
from motbuoc.interfaces.web.listening.forms import WordsForm

Choices = Iterable[tuple[Any, Any]]


def _offer(form: forms.BaseForm, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class BoxForm(Form):
    """Where a box hangs and what it says; `places` are the units that can be chosen."""

    name = forms.CharField(
        label=_("Name of the box"), max_length=200, help_text=_("As people know it: Hộp thư góp ý xã Mỹ Hưng.")
    )
    place = forms.TypedChoiceField(label=_("Where it hangs"), coerce=int)
    words = forms.CharField(
        label=_("What people read there"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What may be said here, and what becomes of it."),
    )

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "place", places)

    def terms(self) -> BoxTerms:
        """What the service wants."""
        found = self.cleaned_data
        return BoxTerms(found["place"], found["name"], found["words"])


class BoxChangeForm(BoxForm, VersionedForm):
    """A box that is there already."""

    is_open = forms.BooleanField(label=_("It takes in opinions"), required=False)


class OpinionForm(WordsForm):
    """What somebody says."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, most=settings.OPINION_MOST_CHARACTERS, **options)
        self.fields["text"].label = _("What you want to say")


class OpinionNoteForm(OpinionForm):
    """What came on paper, or is said around."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[choice for choice in Opinion.Channel.choices if choice[0] != Opinion.Channel.LINK],
        widget=forms.RadioSelect,
        initial=Opinion.Channel.PAPER,
        help_text=_("Paper gets a receipt to be handed out. A note tells what people say, never who says it."),
    )
    field_order = ("text", "channel")


class SortForm(VersionedForm):
    """The theme of an opinion, and how whoever said it stands to it."""

    theme = forms.TypedChoiceField(label=_("Theme"), required=False, coerce=int, empty_value=None)
    tendency = forms.ChoiceField(
        label=_("Whoever said it is"), required=False, choices=Opinion.Tendency.choices, widget=forms.RadioSelect
    )
    is_pressing = forms.BooleanField(label=_("It is pressing"), required=False)

    def __init__(self, *args: Any, themes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "theme", [("", _("None: it stands alone")), *themes])


class ReadByPeople(VersionedForm):
    """Words of staff that people come to read; the tick appears only where something was found in them.

    `told_at`: the field in which that is said.
    """

    told_at = ""
    keeps = forms.BooleanField(label=_("It tells of nobody who they are. Send it as I wrote it."), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_to_keep = self.is_bound and "keeps" in self.data
        self.order_fields([name for name in self.fields if name != "keeps"])  # the tick stands last


class AnswerOpinionForm(ReadByPeople):
    """The answer to an opinion."""

    told_at = "answer"
    answer = forms.CharField(
        label=_("Answer"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Whoever wrote reads it by their receipt. Name no person in it."),
    )


class HeedForm(ReadByPeople):
    """What becomes of an opinion that needs no answer of its own, or of all that waits in a theme."""

    told_at = "reason"
    reason = forms.CharField(
        label=_("What comes of it"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever wrote reads it by their receipt."),
    )


class PassOnForm(VersionedForm):
    """The unit that can act."""

    unit = forms.TypedChoiceField(label=_("To the unit that can act"), coerce=int)

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "unit", units)


class ThemeForm(ReadByPeople):
    """The name of a theme, and what the public reads of it."""

    told_at = "told"
    name = forms.CharField(label=_("Name of the theme"), max_length=120)
    told = forms.CharField(
        label=_("What is being done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands on the pages of your boxes. Empty: nothing is told there of this theme."),
    )


class MergeForm(VersionedForm):
    """The theme that takes another in."""

    into = forms.TypedChoiceField(label=_("Into the theme"), coerce=int)

    def __init__(self, *args: Any, themes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "into", themes)
