"""Forms for words that are looked through before they are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.guard import Guard, Wait
from motbuoc.domains.listening.intake import Words
from motbuoc.interfaces.web.forms import Form


class WordsForm(Form):
    """What somebody writes. What is ticked below appears only where something was found in the words.

    `most`: characters at most; more are told, and nothing of them is cut off. `guards`: the name of the form for
    `listening.guard`, where it stands open to everybody.
    """

    text = forms.CharField(
        label=_("Your words"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Write neither your name nor anybody's, no telephone number and no address."),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    keeps = forms.BooleanField(label=_("It tells of nobody who they are. Send it as I wrote it."), required=False)
    stays = forms.BooleanField(label=_("It belongs here all the same. Send it here."), required=False)

    def __init__(self, *args: Any, most: int, guards: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["data-most"] = most
        sent = self.data if self.is_bound else {}
        key = str(sent.get("key", "") or self.get_initial_for_field(self.fields["key"], "key") or "")[:64]
        self.guard = Guard.of(guards, key, sent) if guards else None
        self.asks_to_keep, self.asks_to_stay = "keeps" in sent, "stays" in sent

    def clean(self) -> dict[str, Any]:
        """Whoever sends without end waits; whoever typed does not."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.guard and not self.errors:
            try:
                self.guard.admit()
            except Wait as wait:
                self.refuse(wait)
        return found

    def words(self) -> Words:
        """What the service wants."""
        found = self.cleaned_data
        return Words(found["text"], found["key"], keeps=found["keeps"], stays=found["stays"])
