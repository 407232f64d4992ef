"""A sample can be drawn again by anybody, takes whose turn it is, and says why."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.inspections.sampling import Candidate, Reason, SampleRule, sample, years_since
from motbuoc.foundation.core.errors import Refusal

DAY = date(2026, 11, 28)
RULE = SampleRule(size=5, years=5, rotation_percent=40, lot_percent=20, prior=5)


def unit(
    number: int, tasks: int = 8, late: int = 0, returned: int = 0, quiet: int = 0, last: int = 1
) -> Candidate:
    seen = DAY - timedelta(days=366 * last) if last else None
    return Candidate(number, f"U{number}", tasks, late, returned, quiet, seen)


units = st.lists(
    st.builds(
        lambda number, tasks, late, last: unit(number, tasks, min(late, tasks), last=last),
        st.integers(1, 60),
        st.integers(1, 12),
        st.integers(0, 12),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda one: one.unit_id,
)
rules = st.builds(SampleRule, st.integers(1, 20), st.integers(1, 9), st.just(40), st.integers(0, 60), st.just(5.0))


@given(units, rules, st.text(max_size=8), st.randoms())
def test_the_same_seed_and_facts_give_the_same_sample_in_any_order(candidates, rule, seed, rng):
    shuffled, rule = rng.sample(candidates, len(candidates)), replace(rule, size=min(rule.size, len(candidates)))
    assert sample(candidates, rule, seed, DAY) == sample(shuffled, rule, seed, DAY)


@given(units, rules, st.text(max_size=8))
def test_it_is_as_large_as_asked_chooses_nobody_twice_and_always_says_why(candidates, rule, seed):
    rule = replace(rule, size=min(rule.size, len(candidates)))
    chosen = sample(candidates, rule, seed, DAY)
    assert len(chosen) == rule.size
    assert len({one.unit_id for one, _reasons in chosen}) == len(chosen)
    assert all(reasons for _one, reasons in chosen)


@given(units, st.text(max_size=8))
def test_whose_turn_it_is_comes_before_who_was_seen_lately(candidates, seed):
    rule = replace(RULE, size=min(RULE.size, len(candidates)))
    chosen = {one.unit_id for one, reasons in sample(candidates, rule, seed, DAY)}
    due = sorted(
        (c for c in candidates if c.last_on is None or years_since(c.last_on, DAY) >= 5),
        key=lambda c: c.last_on or date.min,
    )
    places = rule.size * rule.rotation_percent // 100
    longest = {c.last_on for c in due[:places]}
    assert len([c for c in due if c.unit_id in chosen and c.last_on in longest]) >= min(len(due), places)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "no place left"), (-3, "no place left"), (9, "9 units .* only 8")]
)
def test_a_sample_of_none_or_of_more_than_there_are_is_refused_in_words(size, words):
    with translation.override("en"), pytest.raises(Refusal, match=words):
        sample([unit(n) for n in range(8)], replace(RULE, size=size), "x", DAY)


def test_the_reasons_of_each_part():
    seen = [unit(n, last=1) for n in range(1, 20)]
    old, never, late = unit(30, last=7), unit(31, last=0), unit(32, late=3, returned=1, last=2)
    found = {one.unit_id: reasons for one, reasons in sample([*seen, old, never, late], RULE, "2026-07", DAY)}
    assert found[31] == [Reason("rotation", 0)]
    assert found[30] == [Reason("rotation", 7)]
    assert found[32] == [Reason("late", 3, 8), Reason("returned", 1, 8)]
    by_lot = [reasons for number, reasons in found.items() if number < 30]
    assert by_lot == [[Reason("lot", seed="2026-07")]] * 2


def test_another_seed_draws_others():
    seen = [unit(n) for n in range(100)]
    first, second = ({one.unit_id for one, _r in sample(seen, RULE, seed, DAY)} for seed in ("2026-07", "2026-08"))
    assert first != second


def test_one_late_task_of_one_is_no_worse_than_six_of_eight():
    many = [unit(n, tasks=10) for n in range(1, 30)]
    rule = SampleRule(1, 5, 0, 0, 5)
    [(one, _reasons)] = sample([*many, unit(40, tasks=1, late=1), unit(41, tasks=8, late=6)], rule, "x", DAY)
    assert one.unit_id == 41


def test_a_unit_that_comes_does_not_shuffle_the_lot():
    seen = [unit(n) for n in range(50)]
    rule = SampleRule(10, 5, 0, 100, 5)
    before = [one.unit_id for one, _r in sample(seen, rule, "2026", DAY)]
    after = [
        one.unit_id for one, _r in sample([*seen, unit(random.Random(1).randint(100, 999))], rule, "2026", DAY)
    ]
    assert len(set(before) - set(after)) <= 1


def test_whole_years():
    assert years_since(date(2021, 11, 28), DAY) == 5
    assert years_since(date(2021, 11, 29), DAY) == 4
