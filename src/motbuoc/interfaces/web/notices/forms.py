"""Forms of notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.notices.ladders import MOST_DAYS, Step
from motbuoc.foundation.notices.occasions import OF_LADDERS, Reach, Recipient
from motbuoc.interfaces.web.forms import Form

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class PreferenceForm(Form):
    """How one wants to be told outside the app."""

    by_mail = forms.BooleanField(label=_("By e-mail"), required=False)
    by_push = forms.BooleanField(label=_("By push message on the browsers below"), required=False)
    quiet_from = forms.TypedChoiceField(label=_("Nothing is sent from"), choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(label=_("Until"), choices=HOURS, coerce=int)
    language = forms.ChoiceField(label=_("Language of the messages"), choices=settings.LANGUAGES)


class BrowserForm(Form):
    """What a browser answers when it is asked for push messages; filled in by `push.js`."""

    endpoint = forms.URLField(max_length=1000, assume_scheme="https")
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)


class GatewayForm(Form):
    """The address of a unit's gateway."""

    url = forms.URLField(
        label=_("Address of the gateway"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https://. Once a day it is sent what concerns this unit, signed with a secret."),
    )


class RungForm(Form):
    """One rung of a ladder; one without days is no rung."""

    occasion = forms.ChoiceField(label=_("Occasion"), choices=OF_LADDERS)
    days = forms.IntegerField(label=_("Working days"), min_value=0, max_value=MOST_DAYS, required=False)
    recipient = forms.ChoiceField(label=_("Who is told"), choices=Recipient.choices)
    reach = forms.ChoiceField(label=_("How"), choices=Reach.choices)

    def step(self) -> Step | None:
        """The rung typed, if it is one."""
        typed = self.cleaned_data
        if typed.get("days") is None:
            return None
        return Step(typed["occasion"], typed["days"], typed["recipient"], typed["reach"])


RungForms: Any = forms.formset_factory(RungForm, extra=3, max_num=80)


class PatienceForm(Form):
    """Working days more for each kind of unit; made for the kinds that there are."""

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, label in kinds:
            self.fields[kind] = forms.IntegerField(label=label, min_value=0, max_value=MOST_DAYS, required=False)

    def patience(self) -> dict[str, int]:
        """By kind, where there is any."""
        return {kind: days for kind, days in self.cleaned_data.items() if days}
