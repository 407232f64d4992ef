"""Forms of schedules and their periods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import Terms
from motbuoc.domains.ledger.submitted import Schedule
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import UnitGroup
from motbuoc.interfaces.web.forms import DayField, Form, VersionedForm
from motbuoc.interfaces.web.unit_search import Source, UnitField, UnitsField


class CutoffForm(VersionedForm):
    """On which day the figures of a period are closed, and why on another."""

    cutoff_on = DayField(label=_("Figures are closed on"))
    reason = forms.CharField(label=_("The reason"), max_length=500)


def choices_of(form: Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let one of these be chosen in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def search_among(form: Form, name: str, viewer: Person) -> None:
    """Let the units be looked for that the viewer may ask for figures."""
    field = form.fields[name]
    assert isinstance(field, UnitsField)
    field.search_among(Source(viewer, clock.today(), Action.KEEP_FORMS))


class TermsForm(Form):
    """How often a schedule asks, and by when."""

    name = forms.CharField(label=_("Name of the schedule"), max_length=300)
    cycle = forms.ChoiceField(label=_("How often"), choices=PeriodCycle.choices)
    closes_on_day = forms.IntegerField(
        label=_("Figures are closed on the day of the month"),
        min_value=1,
        max_value=31,
        initial=31,
        help_text=_("31: the last day. With the 14th, November is 15 October to 14 November."),
    )
    due_days = forms.CharField(
        label=_("Days after the cut-off until a unit hands in"),
        max_length=60,
        initial="5",
        help_text=_(
            "One number for all, or one for each level below, the nearest first: with “10, 5” units directly "
            "below have ten days, and those below them five."
        ),
    )
    needs_check = forms.BooleanField(
        label=_("In the unit, somebody other than who entered the figures confirms them"), required=False
    )

    opens_before = forms.IntegerField(
        label=_("Open each period by itself, so many days before its last day"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=_("Empty: periods are opened by hand. It is done in your name and by your rights on that day."),
    )

    def clean_due_days(self) -> list[int]:
        """The numbers, the nearest level first."""
        words = self.cleaned_data["due_days"].replace(";", ",").split(",")
        if not all(word.strip().isdecimal() and len(word.strip()) < 5 for word in words):
            raise forms.ValidationError(_say("Write numbers of days with commas between them, such as “10, 5”."))
        return [int(word) for word in words]

    @property
    def terms(self) -> Terms:
        """What the service wants."""
        names = ("name", "cycle", "closes_on_day", "due_days", "needs_check", "opens_before")
        return Terms(**{name: self.cleaned_data[name] for name in names})


def stored(schedule: Schedule) -> dict[str, Any]:
    """The terms of a schedule as they stand, for its form."""
    names = ("version", "name", "cycle", "closes_on_day", "needs_check", "opens_before")
    return {name: getattr(schedule, name) for name in names} | {
        "due_days": ", ".join(str(days) for days in schedule.due_days)
    }


class TermsChangeForm(TermsForm, VersionedForm):
    """The same of a schedule that is there."""


class WhomForm(Form):
    """Who is to report: a saved group, and single units."""

    group = forms.TypedChoiceField(label=_("All units of a group"), required=False, coerce=int, empty_value=None)
    units = UnitsField(label=_("And these units"), required=False)

    def __init__(self, *args: Any, viewer: Person, groups: Iterable[UnitGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = {group.pk: group for group in groups}
        choices_of(self, "group", [("", "—"), *((pk, group.name) for pk, group in self.groups.items())])
        search_among(self, "units", viewer)

    @property
    def chosen_group(self) -> UnitGroup | None:
        """The group chosen."""
        return self.groups.get(self.cleaned_data["group"] or 0)


class WhomChangeForm(WhomForm, VersionedForm):
    """The same of a schedule that is there."""


class ScheduleForm(TermsForm, WhomForm):
    """A schedule: which form, of whom, how often, until when, and what asks for it."""

    unit = forms.TypedChoiceField(label=_("Reported to"), coerce=int)
    form = forms.TypedChoiceField(label=_("Reporting form"), coerce=int)
    basis = forms.CharField(
        label=_("The directive that asks for it"),
        max_length=120,
        required=False,
        help_text=_("Its number and symbol, as it stands in the list of documents."),
    )
    field_order = ("unit", "form", "name", "basis", "group", "units", "cycle", "closes_on_day", "due_days")

    def __init__(
        self,
        *args: Any,
        units: Iterable[tuple[int, str]],
        forms_in_use: Iterable[tuple[int, str]],
        viewer: Person,
        **options: Any,
    ) -> None:
        super().__init__(*args, viewer=viewer, **options)
        self.viewer = viewer
        choices_of(self, "unit", units)
        choices_of(self, "form", forms_in_use)

    def clean_basis(self) -> Document | None:
        """The directive of that number."""
        code = self.cleaned_data["basis"].replace("\x00", "").strip()
        if not code:
            return None
        found = list(documents_for(self.viewer).filter(code__iexact=code).order_by("-pk")[:1])
        if not found:
            raise forms.ValidationError(_say("There is no document of this number among those that you may read."))
        return found[0]


class ExemptForm(Form):
    """A unit that need not report, and why."""

    unit = UnitField(label=_("Unit"))
    reason = forms.CharField(label=_("The reason"), max_length=500)

    def __init__(self, *args: Any, viewer: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        search_among(self, "unit", viewer)


class OpenForm(Form):
    """The days of a period that is to be opened."""

    start = DayField(label=_("From"))
    end = DayField(label=_("To"))
    cutoff_on = DayField(label=_("Figures are closed on"))
    label = forms.CharField(
        label=_("What the period is called"),
        max_length=120,
        required=False,
        help_text=_("Left empty, it is named by its days: Tháng 11 năm 2026."),
    )

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        found = super().clean() or self.cleaned_data
        start, end, cutoff_on = (found.get(name) for name in ("start", "end", "cutoff_on"))
        if start and end and start > end:
            self.add_error("end", _say("The period must begin before it ends."))
        if start and cutoff_on and cutoff_on < start:
            self.add_error("cutoff_on", _say("The cut-off cannot lie before the period."))
        return found

    @property
    def span(self) -> Span:
        """The first and the last day."""
        return Span(self.cleaned_data["start"], self.cleaned_data["end"])
