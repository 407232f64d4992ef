"""Forms of deadlines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.workdays.rules import LONGEST, CountUnit, Rule
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm

YEARS = (1990, 2100)  # of which public holidays are proposed


class TrialForm(Form):
    """A start and a rule, to see where they lead."""

    start = DayField(label=_("Start"), help_text=_("The day itself does not count."))
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=CountUnit.choices)
    is_before = forms.BooleanField(label=_("Counted back from the start"), required=False)
    no_roll = forms.BooleanField(label=_("Stays on its day even if that is a day off"), required=False)

    def clean_start(self) -> Any:
        """Days far from now have no holidays to count over."""
        start = self.cleaned_data["start"]
        if not YEARS[0] <= start.year <= YEARS[1]:
            words = _("Give a day of the years %(first)s to %(last)s.")
            raise forms.ValidationError(words % {"first": YEARS[0], "last": YEARS[1]})
        return start

    @property
    def rule(self) -> Rule:
        """The rule that was asked for."""
        asked = self.cleaned_data
        return Rule(asked["count"], asked["unit"], rolls=not asked["no_roll"], is_before=asked["is_before"])


class EventForm(VersionedForm):
    """On which day an event happened; the due day where no rule counts it."""

    on = DayField(label=_("The event happened on"))
    due_on = DayField(
        label=_("Due on"), help_text=_("The directive gives no number of days, so the day is set here.")
    )

    def __init__(self, *args: Any, is_counted: bool, is_before: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_counted:
            del self.fields["due_on"]
        if is_before:
            self.fields["on"].label = _("The event takes place on")
