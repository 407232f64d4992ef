"""Which days are worked: real years as they were announced, and what must hold in any calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.foundation.workdays.calendar import Calendar, Special, days_after
from motbuoc.foundation.workdays.models import CalendarDay, CalendarYear, DayKind
from motbuoc.foundation.workdays.proposed import proposed_days
from motbuoc.foundation.workdays.rules import CountUnit, Rule, explain, months_after
from motbuoc.foundation.workdays.selectors import add_workdays, calendar

BUILT_IN = Calendar()
ONE = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
KINDS = st.sampled_from(DayKind.values)
SPECIALS = st.builds(Special, KINDS, st.just("Ngày thử"), st.just("Văn bản thử"))
TABLES = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), SPECIALS, max_size=40)
CALENDARS = st.one_of(st.just(BUILT_IN), TABLES.map(lambda days: Calendar({2026: days})))
RULES = st.builds(
    Rule, st.integers(0, 80), st.sampled_from(CountUnit.values), rolls=st.booleans(), is_before=st.booleans()
)


def free_weekdays(year: int, month: int) -> list[int]:
    """The days of a month that are free though they lie between Monday and Friday."""
    return [d.day for d in BUILT_IN.days_of(year) if d.month == month and d.weekday() < 5]


@pytest.mark.parametrize(
    ("year", "month", "free"),
    [
        (2025, 1, [1, 27, 28, 29, 30, 31]),  # Tết Ất Tỵ
        (2026, 2, [16, 17, 18, 19, 20]),  # Tết Bính Ngọ
        (2027, 2, [4, 5, 8, 9, 10]),  # Tết Đinh Mùi: a proposal, with a day in lieu on either side
        (2026, 4, [27, 30]),  # Giỗ Tổ on a Sunday, a day in lieu; 30 April
        (2026, 5, [1]),
        (2027, 5, [3]),  # 1 May on a Saturday
        (2026, 8, [31]),  # swapped with Saturday 22 August
        (2026, 9, [1, 2]),
        (2027, 9, [2, 3]),
        (2026, 11, [24]),  # Ngày Văn hóa Việt Nam
    ],
)
def test_real_years(year: int, month: int, free: list[int]) -> None:
    assert free_weekdays(year, month) == free


def test_a_swapped_saturday_is_worked_and_each_day_names_its_basis() -> None:
    assert BUILT_IN.is_workday(date(2026, 8, 22))
    assert BUILT_IN.why_free(date(2026, 8, 31)) == "Ngày nghỉ (thay cho ngày 22/08/2026)"
    assert BUILT_IN.why_free(date(2026, 8, 22)) == ""
    assert BUILT_IN.special(date(2026, 4, 30)) == (
        "holiday",
        "Ngày Chiến thắng",
        "Bộ luật Lao động 2019, Điều 112",
    )
    assert all(basis for _kind, _name, basis in proposed_days(2026).values())


def test_ten_working_days_over_tet() -> None:
    """Ten working days from Friday 13 February 2026: the week of Tết does not count."""
    told = explain(Rule(10, CountUnit.WORKDAY), date(2026, 2, 13), BUILT_IN)
    assert told.due_on == date(2026, 3, 6)
    assert [(day.day, why) for day, why in told.skipped][2:7] == [
        (16, "Giao thừa Tết Nguyên Đán"),
        (17, "Tết Nguyên Đán"),
        (18, "Mùng hai Tết Nguyên Đán"),
        (19, "Mùng ba Tết Nguyên Đán"),
        (20, "Mùng bốn Tết Nguyên Đán"),
    ]


def test_an_end_on_a_day_off_moves_to_the_next_working_day() -> None:
    """Ten days from 20 April 2026 end on 30 April; that and 1 May are holidays, then comes a weekend."""
    told = explain(Rule(10, CountUnit.DAY), date(2026, 4, 20), BUILT_IN)
    assert (told.reached, told.due_on) == (date(2026, 4, 30), date(2026, 5, 4))
    assert [day.day for day, _why in told.rolled] == [30, 1, 2, 3]
    assert explain(Rule(10, CountUnit.DAY, rolls=False), date(2026, 4, 20), BUILT_IN).due_on == date(2026, 4, 30)


def test_what_comes_before_an_event_is_counted_back_and_rolls_back() -> None:
    told = explain(Rule(5, CountUnit.DAY, is_before=True), date(2026, 9, 7), BUILT_IN)
    assert (told.reached, told.due_on) == (date(2026, 9, 2), date(2026, 8, 28))  # over 2, 1 September, 31 August


def test_a_month_ends_on_its_last_day() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)


@given(CALENDARS, DAYS, st.integers(-60, 60))
def test_adding_working_days_never_lands_on_a_day_off(days: Calendar, start: date, count: int) -> None:
    assert count == 0 or days.is_workday(days.add_workdays(start, count))


@given(CALENDARS, DAYS, st.integers(0, 20), st.integers(0, 60), st.integers(0, 60))
def test_adding_working_days_is_monotone(days: Calendar, start: date, later: int, few: int, more: int) -> None:
    few, more = sorted((few, more))
    assert days.add_workdays(start, few) <= days.add_workdays(start, more)
    assert days.add_workdays(start, few) <= days.add_workdays(start + timedelta(days=later), few) or few == 0


@given(CALENDARS, DAYS, st.integers(0, 60))
def test_counting_gives_back_what_was_added(days: Calendar, start: date, count: int) -> None:
    assert days.workdays_between(start, days.add_workdays(start, count)) == count


@given(CALENDARS, DAYS, RULES)
def test_an_explanation_agrees_with_its_day(days: Calendar, start: date, rule: Rule) -> None:
    told = explain(rule, start, days)
    if rule.unit == CountUnit.MONTH:
        assert not told.counted
    else:
        assert len(told.counted) == rule.count
        walked = sorted([*told.counted, *(day for day, _why in told.skipped)])
        ends = (told.reached - ONE, start - ONE) if rule.is_before else (start, told.reached)
        assert walked == list(days_after(*ends))
    if rule.unit == CountUnit.WORKDAY:
        sign = -1 if rule.is_before else 1
        assert told.reached == days.add_workdays(start, sign * rule.count)
    if rule.rolls:
        assert days.is_workday(told.due_on)
        assert told.due_on == (days.roll_back if rule.is_before else days.roll_forward)(told.reached)
    else:
        assert (told.due_on, told.rolled) == (told.reached, ())
    assert all(why for _day, why in (*told.skipped, *told.rolled))


@given(st.integers(1950, 2100))
def test_any_year_has_a_proposal(year: int) -> None:
    assert date(year, 9, 2) in proposed_days(year)


@pytest.mark.django_db
def test_a_confirmed_year_replaces_the_proposal_and_the_calendar_notices() -> None:
    assert add_workdays(date(2026, 4, 29), 1) == date(2026, 5, 4)
    year = CalendarYear.objects.create(year=2026)
    CalendarDay.objects.create(
        year=year, day=date(2026, 5, 2), kind=DayKind.SWAPPED_WORK, name="Làm bù", legal_basis="Thông báo 1"
    )
    assert add_workdays(date(2026, 4, 29), 1) == date(2026, 4, 30)  # the confirmed year names no holiday
    assert add_workdays(date(2026, 5, 1), 1) == date(2026, 5, 2)
    assert not calendar().is_workday(date(2027, 2, 8))  # other years stand as proposed


@pytest.mark.django_db
def test_a_calendar_once_read_costs_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    calendar()
    with django_assert_num_queries(1):
        days = calendar()
        assert sum(days.is_workday(day) for day in days_after(date(2026, 1, 1), date(2036, 1, 1))) > 2000
