"""Forms of deadlines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.workdays.models import DayKind
from motbuoc.foundation.workdays.planning import LONGEST_BASIS, LONGEST_NAME
from motbuoc.foundation.workdays.rules import LONGEST, YEARS, CountUnit, Rule
from motbuoc.interfaces.web.forms import DayField, FilePicker, Form, VersionedForm


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


class BasisForm(Form):
    """The document that decided what is changed in the calendar."""

    legal_basis = forms.CharField(
        label=_("By which document"),
        max_length=LONGEST_BASIS,
        help_text=_("Number, date and organ, like: Thông báo số 6150/TB-BLĐTBXH ngày 03/12/2024."),
    )


class YearConfirmForm(BasisForm):
    """Confirms a year as it is proposed."""


class DayChangeForm(BasisForm):
    """Makes a day another one."""

    day = DayField(label=_("Day"))
    kind = forms.ChoiceField(
        label=_("From now on it is"),
        choices=[("", _("An ordinary day, as its weekday says")), *DayKind.choices],
        required=False,
        help_text=_("A Saturday that is worked in exchange is a working day, swapped."),
    )
    name = forms.CharField(
        label=_("Name of the day"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Shown wherever a due day was counted across it. Not needed for an ordinary day."),
    )
    field_order = ("day", "kind", "name", "legal_basis")


class YearImportForm(BasisForm):
    """Brings the days of a year in."""

    file = forms.FileField(
        label=_("File with the days of the year"),
        widget=FilePicker(accept=".csv,.xlsx,.ics"),
        error_messages={"required": _("Choose a file first.")},
        help_text=_("CSV, Excel (.xlsx) or iCalendar (.ics), at most 1 MB. It replaces all days of the year."),
    )
    field_order = ("file", "legal_basis")
