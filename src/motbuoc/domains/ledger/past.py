"""What a unit reported before: in the last period, and in the same period of the last year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.periods import LENGTHS, Span, a_year_before, before
from motbuoc.domains.ledger.submitted import Fact, ReportingPeriod, Submission
from motbuoc.foundation.core.prepared import Prepared

Totals = dict[int, Decimal]


def last_totals(submission: Submission) -> Totals:
    """The unit's accepted figures of the period before, by indicator."""
    period = submission.period
    if _has_spans(period):
        return _accepted(submission.unit_id, _opened_ids(period, _span_before(period)))
    found = period_before(period)
    return _accepted(submission.unit_id, [found.pk] if found else [])


def totals_a_year_before(submission: Submission) -> Totals:
    """The unit's accepted figures of the same period a year before, by indicator."""
    period = submission.period
    return _accepted(
        submission.unit_id, _opened_ids(period, _span_a_year_before(period)) if _has_spans(period) else []
    )


def period_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The opened period of the schedule that ended last before this one began."""
    if _has_spans(period):
        return _opened(period, _span_before(period))
    return period.schedule.periods.filter(end__lt=period.start).order_by("-end").first()


def period_a_year_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The opened period of the schedule a year before; those opened one by one have none."""
    return _opened(period, _span_a_year_before(period)) if _has_spans(period) else None


def _has_spans(period: ReportingPeriod) -> bool:
    return period.schedule.cycle in LENGTHS or period.schedule.cycle == PeriodCycle.WEEK


def _span_before(period: ReportingPeriod) -> Span:
    schedule = period.schedule
    return before(schedule.cycle, Span(period.start, period.end), schedule.closes_on_day)


def _span_a_year_before(period: ReportingPeriod) -> Span:
    schedule = period.schedule
    return a_year_before(schedule.cycle, Span(period.start, period.end), schedule.closes_on_day)


def _opened(period: ReportingPeriod, span: Span) -> ReportingPeriod | None:
    """The period of these days; where the day of closing was changed meanwhile, the one that ends among them."""
    found = _opened_ids(period, span)
    return ReportingPeriod.objects.select_related("schedule").get(pk=found[0]) if found else None


def _opened_ids(period: ReportingPeriod, span: Span) -> list[int]:
    rows = _opened_rows(schedule=period.schedule_id, but=period.pk, start=span.start, end=span.end)
    return [row[0] for row in rows]


def _ending_among(*, schedule: int, but: int, start: date, end: date) -> Any:
    rows = ReportingPeriod.objects.filter(schedule=schedule, end__gte=start, end__lte=end).exclude(pk=but)
    return rows.order_by("-end").values_list("pk")[:1]


def _facts_now(*, unit: int, period: int) -> Any:
    now = Fact.objects.filter(unit=unit, period=period, known_until=None).order_by()
    return now.values_list("indicator").annotate(total=Sum("amount"))


_opened_rows, _fact_rows = Prepared(_ending_among), Prepared(_facts_now)  # asked at each cell that is saved


def _accepted(unit_id: int, periods: list[int]) -> Totals:
    return {indicator: total for period in periods for indicator, total in _fact_rows(unit=unit_id, period=period)}
