"""What is usual for a unit by its own past, and whether a figure is far from all of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import sqrt
from statistics import median
from typing import NamedTuple

from django.conf import settings

NORMAL = Decimal("1.4826")
"""Times the median absolute deviation, that is the standard deviation where figures are spread normally."""


class Usual(NamedTuple):
    """The middle of earlier figures, their usual spread, the smallest, the largest, and of how many periods."""

    middle: Decimal
    spread: Decimal
    smallest: Decimal
    largest: Decimal
    periods: int


def usual_of(past: Sequence[Decimal]) -> Usual | None:
    """What is usual by earlier figures; None while they are too few (`MOTBUOC_JUMP_PAST`).

    The spread is the median absolute deviation, which one mistaken figure does not move; never less than that of
    counts of this size (the square root of the middle) and a tenth of the middle, so that a steady past does not
    make every figure odd.
    """
    if len(past) < settings.JUMP_PAST:
        return None
    middle = median(past)
    deviation = median([abs(each - middle) for each in past])
    spread = max(deviation * NORMAL, Decimal(sqrt(abs(middle))), abs(middle) / 10)
    return Usual(middle, round(spread, 3), min(past), max(past), len(past))


def is_jump(amount: Decimal, usual: Usual) -> bool:
    """Whether a figure is unlike all earlier ones: beyond each of them, far from the usual, and by no few."""
    away = abs(amount - usual.middle)
    outside = amount < usual.smallest or amount > usual.largest
    return outside and away >= settings.SMALL_FIGURE and away > usual.spread * Decimal(str(settings.JUMP_TIMES))
