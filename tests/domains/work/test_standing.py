"""Lateness on both sides of every border, in the database and for a past day; the days of a series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.documents.models import Cycle, TimeKind
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import Lateness, Standing, next_due, overdue, with_lateness
from motbuoc.domains.work.states import HANDED_IN, AssignmentState
from tests.factories import make_directive

S = AssignmentState
FRIDAY = date(2026, 5, 15)  # DUE_SOON_DAYS working days later lie across a weekend


@pytest.fixture
def assignment(cast):
    make_directive(cast)
    return Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)


def late_on(assignment, day, **columns):
    """Its lateness on a day, with some columns set."""
    Assignment.objects.filter(pk=assignment.pk).update(**columns)
    return Lateness(with_lateness(Assignment.objects.filter(pk=assignment.pk), day).get().lateness)


@pytest.mark.parametrize("state", [S.ASSIGNED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED])
def test_overdue_begins_the_day_after(assignment, state):
    assert late_on(assignment, FRIDAY, state=state, due_on=FRIDAY) is Lateness.SOON
    assert late_on(assignment, FRIDAY + timedelta(days=1)) is Lateness.OVERDUE


def test_what_waits_was_late_only_if_handed_in_late(assignment):
    long_after = FRIDAY + timedelta(days=60)
    waiting = {"state": S.SUBMITTED, "due_on": FRIDAY}
    assert late_on(assignment, long_after, **waiting, submitted_on=FRIDAY) is Lateness.NONE
    assert late_on(assignment, long_after, submitted_on=FRIDAY + timedelta(days=1)) is Lateness.OVERDUE


def test_what_is_done_is_never_late(assignment):
    done = {"state": S.ACCEPTED, "due_on": FRIDAY, "submitted_on": FRIDAY + timedelta(days=9)}
    assert late_on(assignment, FRIDAY + timedelta(days=60), **done) is Lateness.NONE


def test_soon_counts_working_days(assignment, settings):
    settings.DUE_SOON_DAYS = 3  # Monday, Tuesday, Wednesday
    wednesday = FRIDAY + timedelta(days=5)
    assert late_on(assignment, FRIDAY, state=S.IN_PROGRESS, due_on=wednesday) is Lateness.SOON
    assert late_on(assignment, FRIDAY, due_on=wednesday + timedelta(days=1)) is Lateness.NONE


def test_without_a_due_day_nothing_is_overdue(assignment):
    assert late_on(assignment, date(2030, 1, 1), due_on=None) is Lateness.NONE


@pytest.mark.parametrize("kind", [TimeKind.CONTINUOUS, TimeKind.UNDATED, TimeKind.EVENT])
def test_quiet_begins_after_the_days_of_silence(assignment, settings, kind):
    settings.QUIET_DAYS = 30
    heard = FRIDAY - timedelta(days=30)
    columns = {"state": S.IN_PROGRESS, "time_kind": kind, "due_on": None}
    assert late_on(assignment, FRIDAY, **columns, news_on=heard) is Lateness.NONE
    assert late_on(assignment, FRIDAY, news_on=heard - timedelta(days=1)) is Lateness.QUIET
    assert late_on(assignment, FRIDAY, state=S.SUBMITTED) is Lateness.NONE


@pytest.mark.parametrize("kind", [TimeKind.DATED, TimeKind.PERIODIC])
def test_what_has_a_date_of_its_own_is_not_quiet(assignment, kind):
    columns = {"state": S.IN_PROGRESS, "time_kind": kind, "due_on": FRIDAY + timedelta(days=90)}
    assert late_on(assignment, FRIDAY, **columns, news_on=date(2020, 1, 1)) is Lateness.NONE


def test_a_past_day_is_judged_by_the_same_rule(assignment):
    """`Standing.is_overdue` and the expression `overdue` agree on every small case."""
    days = [None, *(FRIDAY + timedelta(days=n) for n in (-1, 0, 1))]
    row = Assignment.objects.filter(pk=assignment.pk)
    for state in S:
        for due_on in days:
            for submitted_on in days if state not in HANDED_IN else days[1:]:
                row.update(state=state, due_on=due_on, submitted_on=submitted_on, suspended_on=FRIDAY)
                standing = Standing(state, TimeKind.DATED, due_on, due_on, submitted_on)
                case = (state, due_on, submitted_on)
                assert standing.is_overdue(FRIDAY) == row.filter(overdue(FRIDAY)).exists(), case


@pytest.mark.parametrize(
    ("kind", "days", "late"),
    [
        (TimeKind.DATED, (1, 0, 1), True),  # due day moved once: late against the first
        (TimeKind.DATED, (1, 0, 0), False),
        (TimeKind.PERIODIC, (30, 0, 30), False),  # a later period, in time
        (TimeKind.PERIODIC, (30, 0, 31), True),
        (TimeKind.UNDATED, (None, None, 5), False),
    ],
)
def test_done_late(kind, days, late):
    due_on, first, handed_in = (None if n is None else FRIDAY + timedelta(days=n) for n in days)
    assert Standing(S.ACCEPTED, kind, due_on, first, handed_in).is_done_late() is late
    assert Standing(S.SUBMITTED, kind, due_on, first, handed_in).is_done_late() is False


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (Cycle.WEEK, date(2026, 2, 7)),
        (Cycle.MONTH, date(2026, 2, 28)),
        (Cycle.QUARTER, date(2026, 4, 30)),
        (Cycle.HALF_YEAR, date(2026, 7, 31)),
        (Cycle.NINE_MONTHS, date(2026, 10, 31)),
        (Cycle.YEAR, date(2027, 1, 31)),
    ],
)
def test_the_next_day_of_each_cycle(cycle, expected):
    assert next_due(date(2026, 1, 31), cycle) == expected


def test_a_series_does_not_drift_to_shorter_days():
    day, days = date(2025, 12, 31), []
    for _turn in range(4):
        day = next_due(day, Cycle.QUARTER, date(2025, 12, 31))
        days.append(day)
    assert days == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]


def test_a_moved_due_day_comes_back_to_the_series():
    assert next_due(date(2026, 4, 10), Cycle.QUARTER, date(2025, 12, 31)) == date(2026, 6, 30)


@given(first=st.dates(date(2000, 1, 1), date(2090, 1, 1)), cycle=st.sampled_from(Cycle.values))
def test_the_next_day_is_later_and_within_one_cycle(first, cycle):
    following = next_due(first, cycle)
    assert first < following <= first + timedelta(days=366)
    assert next_due(following, cycle, first) > following
