"""Which item of a directive an item of a plan seems to carry out: by the likeness of words, and by number.

A proposal is never kept: a person confirms it, or says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from vanban.text import fold

LIKE_ENOUGH = 58.0  # of 100; below it nothing is proposed
SAME_NUMBER = 8.0  # what the same number of item adds to the likeness
PLAN_WORDS = re.compile(r"\b(ke hoach|chuong trinh hanh dong|chuong trinh thuc hien)\b")
PLAN_VERBS = re.compile(r"\b(ban hanh|xay dung|cu the hoa|de ra)\b")


class Item(NamedTuple):
    """An item to be compared: its id, its words, and the number of the provision it stands in."""

    pk: int
    words: str
    number: str = ""


def likeness(one: Item, other: Item) -> float:
    """How alike two items are, 0 to 100: words in any order, longer parts in common, the same number."""
    first, second = fold(one.words), fold(other.words)
    words = 0.5 * fuzz.token_set_ratio(first, second) + 0.5 * fuzz.token_sort_ratio(first, second)
    is_same = bool(one.number) and one.number.strip(".") == other.number.strip(".")
    return min(100.0, words + (SAME_NUMBER if is_same else 0.0))


def proposals(items: Iterable[Item], served: Sequence[Item]) -> dict[int, int]:
    """For the id of each item of a plan, that of the directive's item most like it, where one is like enough."""
    found = {}
    for item in items:
        best = max(served, key=lambda other: likeness(item, other), default=None)
        if best and likeness(item, best) >= LIKE_ENOUGH:
            found[item.pk] = best.pk
    return found


def asks_for_a_plan(words: str) -> bool:
    """Whether words ask for a plan: "xây dựng kế hoạch …", "ban hành chương trình hành động …"."""
    plain = fold(words)
    return bool(PLAN_WORDS.search(plain) and PLAN_VERBS.search(plain))
