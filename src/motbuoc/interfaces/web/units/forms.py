"""Forms that look at the tree: what to list, which days to compare."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.browsing import Wanted
from motbuoc.foundation.units.kinds import LINES, Line, UnitKind
from motbuoc.interfaces.web.forms import DayField, Form


def kind_choices(*, any_kind: bool = False) -> list[tuple[Any, Any]]:
    """The kinds of units, grouped by line."""
    groups = [
        (Line(line).label, [(kind.value, UnitKind(kind).label) for kind in kinds]) for line, kinds in LINES.items()
    ]
    return [("", pgettext_lazy("any kind of unit", "All")), *groups] if any_kind else [("", "—"), *groups]


class LookForm(Form):
    """A form in the address of a page; a day that is not asked for is the one it begins with."""

    def __init__(self, asked: QueryDict) -> None:
        filled = asked.copy()
        for name, field in self.base_fields.items():
            if isinstance(field, DayField) and not filled.get(name):
                filled[name] = f"{field.initial():%d/%m/%Y}"
        super().__init__(filled)
        self.is_valid()

    def day_of(self, name: str) -> date:
        """The day in a field; the one it begins with where it cannot be read."""
        found: date = self.cleaned_data.get(name) or self.fields[name].initial()
        return found


class ListFilter(LookForm):
    """Which units to list, and as of which day."""

    words = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    line = forms.ChoiceField(
        label=pgettext_lazy("of units", "Line"),
        required=False,
        choices=lambda: [("", pgettext_lazy("any line of units", "All")), *Line.choices],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=lambda: kind_choices(any_kind=True))
    on = DayField(label=_("On the day"), initial=clock.today)
    ended = forms.BooleanField(label=_("With those that have ended"), required=False)

    @property
    def asked(self) -> tuple[date, Wanted]:
        """The day, and what to look for; what cannot be read is not asked."""
        words, line, kind = (self.cleaned_data.get(name, "") for name in ("words", "line", "kind"))
        return self.day_of("on"), Wanted(words, line, kind, bool(self.cleaned_data.get("ended")))


class DayForm(LookForm):
    """The day as of which a page shows things."""

    on = DayField(label=_("On the day"), initial=clock.today)

    @property
    def day(self) -> date:
        """The day asked for, or today."""
        return self.day_of("on")


def start_of_year() -> date:
    """The first of January."""
    return clock.today().replace(month=1, day=1)


class TwoDaysForm(LookForm):
    """The two days whose trees are compared."""

    first = DayField(label=_("From the day"), initial=start_of_year)
    second = DayField(label=_("To the day"), initial=clock.today)

    @property
    def days(self) -> tuple[date, date]:
        """The earlier and the later day."""
        first, second = self.day_of("first"), self.day_of("second")
        return min(first, second), max(first, second)
