"""Numbers as people write them, and what is asked about instead of guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.ledger.amounts import read_amount
from motbuoc.domains.ledger.checks import said
from motbuoc.foundation.core.errors import Refusal


@pytest.mark.parametrize(
    ("text", "decimals", "amount"),
    [
        ("", 0, None),
        (" \u00a0", 2, None),
        ("0", 0, "0"),
        ("1234", 0, "1234"),
        ("1.234", 0, "1234"),
        ("1 234", 0, "1234"),
        ("1.234.567,5", 1, "1234567.5"),
        ("12,50", 1, "12.5"),
        ("1234.5", 1, "1234.5"),
        ("0.125", 3, "0.125"),
        ("1,234", 3, "1.234"),
        ("1.234", 3, "1234"),  # as it is shown
    ],
)
def test_what_is_read(text: str, decimals: int, amount: str | None) -> None:
    assert read_amount(text, decimals) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "decimals", "words"),
    [
        ("1,234", 0, "1.234"),
        ("1,234.5", 1, "1.234,5"),
        ("1,234,567", 0, "1.234.567"),
        ("ba", 0, "ba"),
        ("1.2.3", 0, "1.2.3"),
        ("-1", 0, "-1"),
        ("1,5", 0, "1,5"),
        ("1,25", 1, "1,25"),
        ("1e5", 0, "1e5"),
        ("٣", 0, "٣"),
        ("9" * 16, 0, "9" * 16),
        ("9" * 30, 2, "9" * 30),
        ("1" * 41, 0, "1"),
        ("=1+1", 0, "=1+1"),
    ],
)
def test_what_is_asked_about(text: str, decimals: int, words: str) -> None:
    with pytest.raises(Refusal, match="“") as refused:
        read_amount(text, decimals)
    assert words in str(refused.value.message)


@given(st.decimals(min_value=0, max_value=10**14, places=3))
def test_what_is_shown_is_read_as_the_same(amount: Decimal) -> None:
    assert read_amount(said(amount), 3) == amount


@given(st.text(max_size=60))
def test_nothing_that_is_typed_fails(text: str) -> None:
    try:
        found = read_amount(text, 2)
    except Refusal:
        return
    assert found is None or 0 <= found < 10**15
