"""Forms of reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motbuoc.interfaces.web.forms import DayField, Form


class PeriodForm(Form):
    """The days a report covers."""

    start = DayField(label=_("From"))
    end = DayField(label=_("To"), help_text=_("Figures are those at the end of this day."))
