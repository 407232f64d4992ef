"""Months of figures, as if they had been reported one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.periods import Span, around, before
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.core import clock
from tests.factories import Cast
from tests.factories.ledger import Ledger, open_month, report


def months_until(last: date, count: int) -> list[Span]:
    """So many months up to the one a day lies in, the oldest first."""
    spans = [around(PeriodCycle.MONTH, last)]
    while len(spans) < count:
        spans.insert(0, before(PeriodCycle.MONTH, spans[0]))
    return spans


def reported(
    cast: Cast, ledger: Ledger, spans: Sequence[Span], figures: Mapping[int, Sequence[Mapping[str, int] | None]]
) -> list[ReportingPeriod]:
    """The months, reported and accepted as `figures` has it, by unit and in their order; None: not reported."""
    who = {cast.unit_a.pk: cast.secretary, cast.unit_b.pk: cast.secretary_b}
    periods = []
    for at, span in enumerate(spans):
        with clock.living_at(timezone.make_aware(datetime.combine(span.end - timedelta(days=1), time(9)))):
            period = open_month(cast, ledger, span)
            for unit, amounts in figures.items():
                row = amounts[at]
                if row is not None:
                    report(cast, period, who[unit], unit, **row)
            periods.append(period)
    return periods
