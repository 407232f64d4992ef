"""What a unit reported before: in the last period, and in the same period of the last year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, Sum

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.periods import LENGTHS, Span, a_year_before, before
from motbuoc.domains.ledger.submitted import Fact, ReportingPeriod, Submission

Totals = dict[int, Decimal]


def last_totals(submission: Submission) -> Totals:
    """The unit's accepted figures of the period before, by indicator."""
    return _accepted(submission.unit_id, [period_before(submission.period)])


def totals_a_year_before(submission: Submission) -> Totals:
    """The unit's accepted figures of the same period a year before, by indicator."""
    return _accepted(submission.unit_id, [period_a_year_before(submission.period)])


def period_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The opened period of the schedule that ended last before this one began."""
    schedule, span = period.schedule, Span(period.start, period.end)
    if schedule.cycle in LENGTHS or schedule.cycle == PeriodCycle.WEEK:
        return _opened(period, before(schedule.cycle, span, schedule.closes_on_day))
    return schedule.periods.filter(end__lt=period.start).order_by("-end").first()


def period_a_year_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The opened period of the schedule a year before; those opened one by one have none."""
    schedule, span = period.schedule, Span(period.start, period.end)
    if schedule.cycle in LENGTHS or schedule.cycle == PeriodCycle.WEEK:
        return _opened(period, a_year_before(schedule.cycle, span, schedule.closes_on_day))
    return None


def _opened(period: ReportingPeriod, span: Span) -> ReportingPeriod | None:
    """The period of these days; where the day of closing was changed meanwhile, the one that ends among them."""
    rows = period.schedule.periods.exclude(pk=period.pk)
    return rows.filter(Q(end=span.end) | Q(end__range=span)).order_by("-end").first()


def _accepted(unit_id: int, periods: Iterable[ReportingPeriod | None]) -> Totals:
    ids = [period.pk for period in periods if period]
    if not ids:
        return {}
    now = Fact.objects.filter(unit=unit_id, period__in=ids, known_until=None).order_by()
    return dict(now.values_list("indicator").annotate(total=Sum("amount")))
