"""The same seed gives the same data; another seed does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def undone(loaded_demo: Callable[..., list[str]]) -> Callable[[int], list[str]]:
    """Load a demo, note what is in it, and take it all back."""

    def load_and_undo(seed: int) -> list[str]:
        with transaction.atomic():
            lines = loaded_demo(seed=seed)
            transaction.set_rollback(True)
        return lines

    return load_and_undo


def test_the_same_seed_gives_the_same_data_and_another_seed_other_data(undone: Callable[[int], list[str]]):
    first = undone(7)
    assert first == undone(7)
    assert first != undone(8)
    # At last: what three plans gave to cells, an inspection's remedies, an order spoken at a meeting; what five
    # units are to report for three months; and what was promised at a dialogue.
    assert len(first) == 11 * 13 + 2 + 3 + 191 + 2 + 6 + 3 * 5 + 2
