"""One step ahead: likelihoods from the past alone, judged as they would have been made."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.work.outlook import (
    MOST,
    Occasion,
    Past,
    Pasts,
    Rule,
    base_rate,
    likelihood,
    occasions_of,
    walk,
)

RULE = Rule(lead_days=14, prior=10, least=20)
FIRST = date(2025, 1, 1)
counts = st.integers(0, 10**9)
days = st.integers(0, 700).map(lambda n: FIRST + timedelta(days=n))


def past(count: int, late: int) -> Past:
    return Past(count, min(late, count))


def occasion(unit: int, due: date, handed_in: date | None, kind: str = "dated", given: int = 60) -> Occasion:
    return Occasion(unit, kind, due - timedelta(days=given), due, handed_in)


occasions = st.builds(
    lambda unit, due, late, kind: occasion(unit, due, due + timedelta(days=late) if late < 30 else None, kind),
    st.integers(1, 5),
    days,
    st.integers(-30, 30),
    st.sampled_from(["dated bao cao", "periodic to chuc", "dated xay dung"]),
)


@given(counts, counts, counts, counts, counts, counts, st.floats(0.01, 1000))
def test_a_likelihood_is_never_certain(n, k, n1, k1, n2, k2, strength):
    found = likelihood(base_rate(past(n, k)), (past(n1, k1), strength), (past(n2, k2), strength))
    assert 0 < found < 1


@given(st.integers(2, 200), st.integers(0, 100), st.floats(1, 100))
def test_more_late_is_likelier_late_and_no_past_is_the_base_rate(count, late, strength):
    base, late = 0.4, min(late, count - 1)
    fewer, more = (likelihood(base, (Past(count, k), strength)) for k in (late, late + 1))
    assert fewer <= more
    assert likelihood(base, (Past(), strength), (Past(), strength)) == pytest.approx(base)
    own = late / count
    assert min(base, own) - 1e-9 <= likelihood(base, (Past(count, late), strength)) <= max(base, own) + 0.011


@given(st.lists(occasions, max_size=60), days, st.randoms())
def test_nothing_of_the_future_is_used(rows, today, rng):
    """What becomes of anything on that day or later changes neither the pasts nor a single forecast."""
    later = [row for row in rows if row.due_on >= today]
    other = [
        Occasion(row.unit_id, row.kind, row.begun_on, row.due_on, rng.choice([None, row.due_on])) for row in later
    ]
    known = [row for row in rows if row.due_on < today]
    first, second = walk(rows, today, RULE), walk([*other, *known], today, RULE)
    third = walk(known, today + timedelta(days=400), RULE)
    for walked in (second, third):
        assert walked.whole == first.whole
        assert walked.units.of == first.units.of
        assert walked.calibration.judged == first.calibration.judged
        assert walked.calibration.squares == pytest.approx(first.calibration.squares)


@given(st.lists(occasions, max_size=60), days)
def test_a_forecast_rests_on_outcomes_known_by_then(rows, today):
    """Moving today back gives just what walking to that day gave."""
    walked = walk(rows, today, RULE)
    by_hand = [row for row in rows if row.due_on < today and row.forecast_on(RULE.lead_days)]
    assert walked.whole == Past(len(by_hand), sum(row.is_late for row in by_hand))


def test_the_strength_of_the_base_rate_follows_how_much_units_differ():
    rng = random.Random(1)
    alike, apart, alone = Pasts[int](), Pasts[int](), Pasts[int]()
    for unit in range(60):
        for _time in range(20):
            alike.add(unit, rng.random() < 0.4)
            apart.add(unit, rng.random() < (0.1 if unit % 2 else 0.7))
    alone.add(1, 1)
    assert apart.strength(0.1) < 5 < 50 < alike.strength(0.1)
    assert apart.strength(10) == 10
    assert alone.strength(10) == MOST


def test_units_that_differ_are_told_apart_better_than_by_the_base_rate():
    rng = random.Random(2)
    rows = []
    for unit in range(40):
        for month in range(12):
            due = FIRST + timedelta(days=30 * month + unit % 7)
            late = rng.random() < (0.15 if unit % 2 else 0.75)
            rows.append(occasion(unit, due, None if late else due))
    told = walk(rows, FIRST + timedelta(days=400), RULE).calibration
    assert told.judged > 300
    assert told.brier < 0.85 * told.base_brier
    assert sum(row["count"] for row in told.rows()) == told.judged


def test_noise_is_not_mistaken_for_knowledge():
    rng = random.Random(3)
    rows = [
        occasion(unit, due, None if rng.random() < 0.4 else due)
        for unit in range(40)
        for due in (FIRST + timedelta(days=30 * month) for month in range(12))
    ]
    told = walk(rows, FIRST + timedelta(days=400), RULE).calibration
    assert told.brier == pytest.approx(told.base_brier, rel=0.02)


def test_what_was_handed_in_before_the_forecast_is_not_forecast():
    due = date(2025, 6, 30)
    early, last, never = occasion(1, due, date(2025, 6, 1)), occasion(1, due, due), occasion(1, due, None)
    assert early.forecast_on(14) is None
    assert last.forecast_on(14) == date(2025, 6, 16)
    assert (last.is_late, never.is_late) == (False, True)
    assert occasion(1, due, None, given=3).forecast_on(14) == date(2025, 6, 27)


def test_each_period_is_an_occasion_and_what_was_cancelled_in_time_says_nothing():
    given_on, first = date(2025, 1, 10), date(2025, 3, 31)
    steps = [("submit", date(2025, 3, 30)), ("accept_period", date(2025, 4, 2)), ("submit", date(2025, 7, 5))]
    asked = {"unit_id": 1, "kind": "k", "given_on": given_on, "first_due_on": first}
    found = list(occasions_of(**asked, cycle="quarter", steps=steps))
    assert [(row.due_on, row.is_late) for row in found] == [(first, False), (date(2025, 6, 30), True)]
    returned = [("submit", date(2025, 3, 30)), ("return", date(2025, 4, 1)), ("submit", date(2025, 4, 9))]
    assert [row.is_late for row in occasions_of(**asked, cycle="", steps=returned)] == [False]
