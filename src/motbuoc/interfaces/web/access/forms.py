"""Forms about rights."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.people.forms import TermFields
from motbuoc.interfaces.web.people.lookup import LookUpForm


class GrantForm(LookUpForm, TermFields):
    """A role given to a person."""

    person = forms.CharField(label=_("Person"), max_length=120, help_text=_("Part of the name."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)


class GrantEndForm(Form):
    """When a role ends."""

    is_now = forms.BooleanField(
        label=_("At once: from this moment they may no longer"), required=False, initial=True
    )
    last_day = DayField(label=_("Or after this day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("is_now") and not cleaned.get("last_day") and "last_day" in cleaned:
            self.add_error("last_day", _("Choose when it ends."))
        return cleaned

    @property
    def on(self) -> date:
        """The first day on which it no longer holds."""
        last: date | None = self.cleaned_data["last_day"]
        return clock.today() if self.cleaned_data["is_now"] or last is None else last + clock.ONE_DAY


class QuestionForm(LookUpForm):
    """May this person do this on that unit?"""

    person = forms.CharField(label=_("Person"), max_length=120)
    action = forms.ChoiceField(label=_("May they"), choices=Action.choices)
    unit = forms.CharField(label=_("On which unit"), max_length=250, help_text=_("Part of its name, or its code."))
