"""What the history is narrowed to, all by address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.history.selectors import Narrowing
from motbuoc.interfaces.papers.acts import ACTS, OBJECTS
from motbuoc.interfaces.web.forms import DayField, Form

LARGEST_ID = 2**63 - 1  # what a database can be asked for


def _choices(words: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("All")), *words]


class HistoryFilter(Form):
    """Which lines to show."""

    action = forms.ChoiceField(
        label=_("Act"), required=False, choices=_choices((name, words.label) for name, words in ACTS.items())
    )
    person = forms.CharField(label=_("Name of the person"), required=False, max_length=100)
    unit = forms.CharField(label=_("Name of the unit"), required=False, max_length=100)
    object_type = forms.ChoiceField(label=_("Object"), required=False, choices=_choices(OBJECTS.items()))
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("Until day"), required=False)
    object_id = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)

    def narrowing(self) -> Narrowing | None:
        """What was asked for; None if that makes no sense."""
        return Narrowing(**self.cleaned_data) if self.is_valid() else None
