"""Days as they are written, and the last days of months, quarters and years."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date


def day_of(day: str | None, month: str | None, year: str | None) -> date | None:
    """Return the date of three printed numbers, None if one is blank or there is no such day."""
    try:
        return date(int(year or ""), int(month or ""), int(day or ""))
    except ValueError:
        return None


def day_in(match: re.Match[str]) -> date | None:
    """Return the date that a match of a pattern with `patterns.DATE_WORDS` read."""
    return day_of(match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"])


def month_end(year: int, month: int) -> date | None:
    """Return the last day of the month, None if there is no such month."""
    try:
        return date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None
