"""The periods a report may cover: the cycles of the year, up to today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import MONTHS, Cycle, Document

LABELS: dict[str, tuple[Any, Any]] = {
    Cycle.WEEK: (_("This week"), _("Last week")),
    Cycle.MONTH: (_("This month"), _("Last month")),
    Cycle.QUARTER: (_("This quarter"), _("Last quarter")),
    Cycle.HALF_YEAR: (_("This half year"), _("Last half year")),
    Cycle.NINE_MONTHS: (_("Nine months of this year"), _("Nine months of last year")),
    Cycle.YEAR: (_("This year"), _("Last year")),
}


def period_around(day: date, cycle: str) -> tuple[date, date]:
    """The first and last day of the cycle of the calendar that `day` lies in.

    Nine months always begin on 1 January; a day after September lies in those of its own year all the same.
    """
    if cycle == Cycle.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    length = MONTHS[Cycle(cycle)]
    first = 1 if cycle == Cycle.NINE_MONTHS else (day.month - 1) // length * length + 1
    after = first + length
    end = date(day.year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)
    return date(day.year, first, 1), end


def default_period(document: Document, today: date) -> tuple[date, date]:
    """What one click reports on: the present cycle up to today; without a cycle, all since the directive came."""
    begun = _begun(document, today)
    if not document.report_cycle:
        return begun, today
    start, end = period_around(today, document.report_cycle)
    return start, min(end, today)


def presets(document: Document, today: date) -> list[tuple[Any, date, date]]:
    """Periods to choose from: the present cycle, the one before it, and everything since the directive came."""
    choices = []
    cycle = document.report_cycle or Cycle.QUARTER
    start, end = period_around(today, cycle)
    choices.append((LABELS[cycle][0], start, min(end, today)))
    day_before = date(today.year - 1, 9, 30) if cycle == Cycle.NINE_MONTHS else start - timedelta(days=1)
    choices.append((LABELS[cycle][1], *period_around(day_before, cycle)))
    choices.append((_("Since it was issued"), _begun(document, today), today))
    return choices


def _begun(document: Document, today: date) -> date:
    return min(document.issued_on or today, today)
