"""The calendar: what falls due on each day of a month, and which days are off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motbuoc.domains.work.due_days import DueDay, due_days_for, weeks_of
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.workdays.calendar import Calendar
from motbuoc.foundation.workdays.models import DayKind
from motbuoc.foundation.workdays.selectors import calendar as working_calendar
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

SHOWN = 3  # tasks named in a cell; the others are one click away
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
WEEKDAYS = (
    (_("Mon"), _("Monday")),
    (_("Tue"), _("Tuesday")),
    (_("Wed"), _("Wednesday")),
    (_("Thu"), _("Thursday")),
    (_("Fri"), _("Friday")),
    (_("Sat"), _("Saturday")),
    (_("Sun"), _("Sunday")),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar: what falls due, why it is off if it is, and whether it is of the month or today."""

    day: date
    due: DueDay | None
    off: str
    extra: str
    is_outside: bool
    is_today: bool

    @property
    def shown(self) -> list[Any]:
        """The tasks named in the cell."""
        return self.due.tasks[:SHOWN] if self.due else []

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.due.count - len(self.shown) if self.due else 0


@require_safe
@remembered
@asks(Action.VIEW_ASSIGNMENT)
def calendar(request: ViewerRequest) -> HttpResponse:
    """A month: due days as far as the viewer sees the tasks, and the days off of the working calendar."""
    today = clock.today()
    month = _month(request.GET.get("month", ""), today)
    weeks = list(weeks_of(month))
    days = due_days_for(request.viewer, weeks[0][0], weeks[-1][-1])
    worked = working_calendar()
    context = {
        "month": month,
        "before": month - timedelta(days=1),
        "after": (month + timedelta(days=31)).replace(day=1),
        "weekdays": WEEKDAYS,
        "weeks": [[_cell(day, days.get(day), month, worked) for day in week] for week in weeks],
        "count": sum(due.count for day, due in days.items() if day.month == month.month),
        "is_now": (month.year, month.month) == (today.year, today.month),
    }
    return render(request, "work/calendar.html", context)


def _month(asked: str, today: date) -> date:
    """The first day of the month asked for; of this one where nothing sensible is asked."""
    found = MONTH.fullmatch(asked)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def _cell(day: date, due: DueDay | None, month: date, worked: Calendar) -> Cell:
    special = worked.special(day)
    extra = special.name if special and special.kind == DayKind.SWAPPED_WORK else ""
    return Cell(day, due, worked.why_free(day), extra, day.month != month.month, day == clock.today())
