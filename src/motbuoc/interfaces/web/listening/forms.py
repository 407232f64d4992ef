"""Forms for words that are looked through before they are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.intake import Words
from motbuoc.interfaces.web.forms import Form


class WordsForm(Form):
    """What somebody writes. What is ticked below appears only where something was found in the words.

    `most`: characters at most.
    """

    text = forms.CharField(
        label=_("Your words"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Write neither your name nor anybody's, no telephone number and no address."),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    keeps = forms.BooleanField(label=_("It tells of nobody who they are. Send it as I wrote it."), required=False)
    stays = forms.BooleanField(label=_("It belongs here all the same. Send it here."), required=False)

    def __init__(self, *args: Any, most: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["maxlength"] = most
        sent = self.data if self.is_bound else {}
        self.asks_to_keep, self.asks_to_stay = "keeps" in sent, "stays" in sent

    def words(self) -> Words:
        """What the service wants."""
        found = self.cleaned_data
        return Words(found["text"], found["key"], keeps=found["keeps"], stays=found["stays"])
