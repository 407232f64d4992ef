"""What the rest of a year brings: no better than it is, told as it would have been, by what was known then."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motbuoc.domains.ledger.forecasting import Rule, Told, tell

RULE = Rule(level=0.8, margin=0.1)
counts = st.lists(st.integers(0, 60), min_size=8, max_size=40)


def column(values: list[int] | np.ndarray) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def told_of(values: list[int], ahead: int = 2) -> Told:
    return tell([column(values)], ahead, 12 - ahead, 12, RULE)[0]


def naive_error(values: list[int], ahead: int, told: Told) -> float:
    """The mean error of the last value, or the year before, over the periods that were held back, by hand."""
    step = 12 if told.is_seasonal else 0
    first = step or 5
    errors = []
    for at in range(first, len(values) - ahead):
        came = sum(values[at + 1 : at + 1 + ahead])
        guess = sum(values[at + 1 - 12 : at + 1 - 12 + ahead]) if step else values[at] * ahead
        errors.append(abs(came - guess))
    return sum(errors) / len(errors) if errors else 0.0


@settings(max_examples=150)
@given(counts, st.integers(1, 4))
def test_the_naive_forecast_is_judged_as_one_would_by_hand(values: list[int], ahead: int) -> None:
    told = told_of(values, ahead)
    assert told.naive_error == pytest.approx(naive_error(values, ahead, told), abs=1e-5)


@settings(max_examples=150)
@given(counts, st.integers(1, 4))
def test_what_does_not_beat_it_by_the_margin_is_never_called_better(values: list[int], ahead: int) -> None:
    told = told_of(values, ahead)
    assert RULE.is_better(told) == (told.error < told.naive_error and told.error <= 0.9 * told.naive_error)
    assert not Rule(0.8, 0.99).is_better(told) or told.error <= 0.01 * told.naive_error


@settings(max_examples=100)
@given(counts, st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_what_was_told_of_the_past_does_not_know_what_came_after(values: list[int], more: list[int]) -> None:
    """Told with fewer figures, the last one is the same that the longer series tells at that place."""
    short = told_of(values)
    errors = []
    for at in range(5, len(values) - 2):
        before = told_of(values[: at + 1]).amount
        errors.append(abs(before - sum(values[at + 1 : at + 3])))
    if errors and not short.is_seasonal:
        assert short.error == pytest.approx(sum(errors) / len(errors), rel=1e-6, abs=1e-5)
    assert told_of([*values, *more]).held_back >= short.held_back or told_of([*values, *more]).is_seasonal


@given(counts)
def test_side_by_side_is_what_it_is_alone(values: list[int]) -> None:
    other = [60 - value for value in values]
    both = tell([np.hstack([column(values), column(other)])], 2, 10, 12, RULE)
    assert both == [told_of(values), told_of(other)]


def test_a_steady_noise_is_told_better_than_by_its_last_figure() -> None:
    rng = np.random.default_rng(3)
    told = tell([rng.poisson(40, (36, 200)).astype(float)], 3, 9, 12, RULE)
    better = [row for row in told if RULE.is_judged(row) and RULE.is_better(row) and RULE.is_honest(row)]
    assert len(better) > 80
    assert all(abs(row.amount - 120) < 30 for row in better)


def test_a_walk_is_told_no_better_than_by_its_last_figure() -> None:
    rng = np.random.default_rng(3)
    walk = 200 + np.cumsum(rng.normal(0, 8, (36, 200)), axis=0)
    told = tell([walk], 3, 9, 12, RULE)
    assert sum(RULE.is_judged(row) and RULE.is_better(row) for row in told) < 20


def test_where_a_season_is_there_the_year_before_is_what_must_be_beaten() -> None:
    season = [30 + 20 * ((at % 12) in (9, 10, 11)) + at % 5 for at in range(40)]
    assert told_of(season).is_seasonal


def test_a_share_is_told_of_its_parts() -> None:
    rng = np.random.default_rng(5)
    whole = rng.poisson(60, (30, 1)).astype(float)
    share = tell([whole / 4, whole], 2, 10, 12, RULE)[0]
    assert share.amount == pytest.approx(25)
    assert share.error == pytest.approx(0, abs=1e-6)


def test_of_nothing_below_there_is_no_share() -> None:
    nothing = np.zeros((30, 1))
    assert not RULE.is_judged(tell([nothing, nothing], 2, 10, 12, RULE)[0])


def test_a_period_that_is_not_known_is_neither_learned_nor_judged() -> None:
    values = np.random.default_rng(9).poisson(40, 30).astype(float)
    gap = values.copy()
    gap[15] = np.nan
    full, less = (tell([column(row)], 1, 11, 12, RULE)[0] for row in (values, gap))
    assert less.held_back in (full.held_back - 1, full.held_back - 2)
    assert np.isfinite(less.amount)


def test_too_short_a_series_has_no_interval_and_is_not_judged() -> None:
    told = told_of([10, 12, 9, 14, 11, 10, 13, 9])
    assert told.half is None
    assert not RULE.is_judged(told)


@pytest.mark.parametrize(
    ("inside", "judged", "honest"), [(8, 10, True), (6, 10, True), (5, 10, False), (2, 4, True)]
)
def test_intervals_are_honest_unless_they_held_oddly_seldom(inside: int, judged: int, honest: bool) -> None:
    told = Told(1.0, 1.0, 1.0, 2.0, 10, False, inside, judged)
    assert RULE.is_honest(told) is honest
