"""Forms of what is asked for periods."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.interfaces.web.forms import DayField, VersionedForm


class CutoffForm(VersionedForm):
    """On which day the figures of a period are closed, and why on another."""

    cutoff_on = DayField(label=_("Figures are closed on"))
    reason = forms.CharField(label=_("The reason"), max_length=500)
