"""Working days: Monday to Friday. Public holidays are not yet known to it."""

from __future__ import annotations

from datetime import date, timedelta


def add_workdays(day: date, count: int) -> date:
    """The day `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day
