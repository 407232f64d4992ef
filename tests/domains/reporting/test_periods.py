"""The cycles of the year on both sides of their borders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.documents.models import Cycle, Document
from motbuoc.domains.reporting.periods import default_period, period_around, presets


@pytest.mark.parametrize(
    ("day", "cycle", "start", "end"),
    [
        (date(2026, 3, 31), Cycle.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), Cycle.QUARTER, date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), Cycle.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (date(2028, 2, 10), Cycle.MONTH, date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 6, 30), Cycle.HALF_YEAR, date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), Cycle.HALF_YEAR, date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 9, 30), Cycle.NINE_MONTHS, date(2026, 1, 1), date(2026, 9, 30)),
        (date(2026, 11, 1), Cycle.NINE_MONTHS, date(2026, 1, 1), date(2026, 9, 30)),
        (date(2026, 5, 1), Cycle.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 5, 10), Cycle.WEEK, date(2026, 5, 4), date(2026, 5, 10)),
        (date(2026, 5, 11), Cycle.WEEK, date(2026, 5, 11), date(2026, 5, 17)),
    ],
)
def test_the_period_around_a_day(day, cycle, start, end):
    assert period_around(day, cycle) == (start, end)


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), cycle=st.sampled_from(Cycle.values))
def test_periods_cover_the_calendar_without_gaps(day, cycle):
    start, end = period_around(day, cycle)
    if cycle != Cycle.NINE_MONTHS:
        assert start <= day <= end
        assert period_around(end + timedelta(days=1), cycle)[0] == end + timedelta(days=1)
    assert period_around(start, cycle) == (start, end)


@given(
    today=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    issued=st.none() | st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    cycle=st.sampled_from(["", *Cycle.values]),
)
def test_every_offered_period_is_one_a_report_accepts(today, issued, cycle):
    document = Document(report_cycle=cycle, issued_on=issued)
    for start, end in [default_period(document, today), *(days for _label, *days in presets(document, today))]:
        assert start <= end <= today


def test_one_click_means_this_cycle_up_to_today():
    document = Document(report_cycle=Cycle.QUARTER, issued_on=date(2026, 3, 5))
    assert default_period(document, date(2026, 8, 20)) == (date(2026, 7, 1), date(2026, 8, 20))
    document.report_cycle = ""
    assert default_period(document, date(2026, 8, 20)) == (date(2026, 3, 5), date(2026, 8, 20))


def test_the_cycle_before_is_whole():
    document = Document(report_cycle=Cycle.QUARTER, issued_on=date(2025, 3, 5))
    assert presets(document, date(2026, 2, 1))[1][1:] == (date(2025, 10, 1), date(2025, 12, 31))
    document.report_cycle = Cycle.NINE_MONTHS
    assert presets(document, date(2026, 2, 1))[1][1:] == (date(2025, 1, 1), date(2025, 9, 30))
