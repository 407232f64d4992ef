"""What is usual for a unit, and what is unlike all of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.ledger.usual import is_jump, usual_of

STEADY = [Decimal(each) for each in (12, 14, 11, 13, 12, 15, 13, 12)]
figures = st.lists(st.integers(0, 10_000).map(Decimal), min_size=6, max_size=40)


@pytest.mark.parametrize(("amount", "jumps"), [(12, False), (18, False), (60, True), (0, False), (16, False)])
def test_far_from_all_before_is_a_jump(amount: int, jumps: bool) -> None:
    usual = usual_of(STEADY)
    assert usual is not None
    assert is_jump(Decimal(amount), usual) is jumps


def test_a_large_figure_that_falls_to_nothing_is_a_jump() -> None:
    usual = usual_of([each * 10 for each in STEADY])
    assert usual is not None
    assert is_jump(Decimal(0), usual)


def test_with_too_short_a_past_nothing_is_usual() -> None:
    assert usual_of(STEADY[:5]) is None
    with override_settings(JUMP_PAST=5):
        assert usual_of(STEADY[:5]) is not None


def test_one_mistaken_figure_does_not_hide_the_next() -> None:
    usual = usual_of([*STEADY, Decimal(40)])
    assert usual is not None
    assert is_jump(Decimal(90), usual)


@given(figures, st.integers(0, 10_000).map(Decimal))
def test_what_was_there_before_and_what_changes_by_few_is_never_a_jump(
    past: list[Decimal], amount: Decimal
) -> None:
    usual = usual_of(past)
    assert usual is not None
    if min(past) <= amount <= max(past) or abs(amount - usual.middle) < 5:
        assert not is_jump(amount, usual)
