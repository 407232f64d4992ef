"""The attacker of the tests: knows all that is shown and the rule itself, and can add and subtract."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog

Line = dict[Hashable, int]
"""One thing that must be 0: numbers by name, each times its sign."""


def possible(
    shown: dict[Hashable, int | None], lines: Sequence[Line], name: Hashable, *, least: int
) -> tuple[int, int]:
    """Between which values a hidden number must be, when all lines hold; at least `least`."""
    hidden = [at for at, value in shown.items() if value is None]
    column = {at: place for place, at in enumerate(hidden)}
    rows, right = [], []
    for line in lines:
        row = [0] * len(hidden)
        known = 0
        for at, sign in line.items():
            value = shown[at]
            if value is None:
                row[column[at]] += sign
            else:
                known += sign * value
        if any(row):
            rows.append(row)
            right.append(-known)
    wanted = np.zeros(len(hidden))
    wanted[column[name]] = 1
    bounds = [(least, 10_000)] * len(hidden)
    ends = []
    for sign in (1, -1):
        found = linprog(sign * wanted, A_eq=rows or None, b_eq=right or None, bounds=bounds, method="highs")
        assert found.status == 0, found.message
        ends.append(sign * found.fun)
    return ceil(ends[0] - 1e-6), floor(ends[1] + 1e-6)
