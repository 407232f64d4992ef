"""What the rest of a year will bring, told from the figures before it, and whether that is better than guessing.

Pure: columns of numbers in, what can be told out; nothing of Django. A column is a series, the oldest period
first, NaN where nothing is known. What is told comes from exponentially weighted means, and where the past holds
two years from the course of a year, both by pandas (why: docs/decisions/0030-projections.md). Which mean serves a
series is chosen at every period by its errors up to then, so each period is told again as it would have been.

Import it where it is needed: pandas takes a second to load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

WEIGHTS = (0.1, 0.3, 0.6)
"""How much the newest period counts in each mean; the middle one serves until errors are known."""
USUAL = 1
YEARS_WEIGHT = 0.4
"""How much the newest year counts in what a month is beside its year."""
LEARN = 6
"""Periods that come before the first one that is told and judged."""
FEWEST = 4
"""Periods judged before a mean is preferred, a season believed, an interval given, or judged itself."""
ODD = 0.1
"""An interval is not honest where so few of its kind would hold by chance in one case of ten."""


class Told(NamedTuple):
    """What was told of one series. The errors are mean absolute ones over the same `held_back` periods.

    `amount`: what the periods ahead bring together, or the share of the year. `half`: what is added and taken off
    for the interval; None where too few errors are known. `inside` of `judged` intervals held what came.
    """

    amount: float
    half: float | None
    error: float
    naive_error: float
    held_back: int
    is_seasonal: bool
    inside: int
    judged: int


@dataclass(frozen=True)
class Rule:
    """`level`: how often the interval shall hold; `margin`: by what share its error must be below the naive."""

    level: float
    margin: float

    def is_judged(self, told: Told) -> bool:
        """Whether enough periods were held back to judge what is told, and its interval."""
        return told.half is not None and told.judged >= FEWEST and bool(np.isfinite(told.amount))

    def is_better(self, told: Told) -> bool:
        """Whether it was nearer to what came than the naive forecast, by the margin."""
        return told.error < told.naive_error and told.error <= (1 - self.margin) * told.naive_error

    def is_honest(self, told: Told) -> bool:
        """Whether the intervals held about as often as they say: that few would not be odd."""
        chances = (
            comb(told.judged, held) * self.level**held * (1 - self.level) ** (told.judged - held)
            for held in range(told.inside + 1)
        )
        return sum(chances) >= ODD


def tell(parts: Sequence[Numbers], ahead: int, behind: int, a_year: int, rule: Rule) -> list[Told]:
    """What the next `ahead` periods bring, series by series; of two parts the share of the year, in percent.

    `behind`: how many periods of the year are known; `a_year`: how many the course of a year has. Every earlier
    period is told with as many behind it and for as many ahead as the last one.
    """
    courses = [_Courses.of(part, ahead, a_year) for part in parts]
    if len(courses) == 1:
        one = courses[0]
        return _judged(one.chosen, one.came, one.last, one.year_ago, ahead, rule)
    above, below = courses
    sofar = [_past_sum(part, behind) for part in parts]

    def share(first: Numbers, second: Numbers) -> Numbers:
        whole = sofar[1] + second
        return (sofar[0] + first) * 100 / np.where(whole > 0, whole, np.nan)

    return _judged(
        share(above.chosen, below.chosen),
        share(above.came, below.came),
        share(above.last, below.last),
        share(above.year_ago, below.year_ago),
        ahead,
        rule,
    )


@dataclass(frozen=True)
class _Courses:
    """At each period: the sum told of the next ones, what came, and what the two naive forecasts say."""

    chosen: Numbers
    came: Numbers
    last: Numbers
    year_ago: Numbers

    @classmethod
    def of(cls, values: Numbers, ahead: int, a_year: int) -> _Courses:
        """Of series side by side."""
        came = _sum_ahead(values, ahead)
        last = pd.DataFrame(values).ffill().to_numpy() * ahead
        year_ago = _moved(came, a_year)
        return cls(_chosen(_means(values, ahead, a_year), came, ahead), came, last, year_ago)


def _sum_ahead(values: Numbers, ahead: int) -> Numbers:
    """At each period the sum of the next ones; NaN where one of them is not known."""
    return _moved(_past_sum(values, ahead), -ahead)


def _past_sum(values: Numbers, count: int) -> Numbers:
    return np.asarray(pd.DataFrame(values).rolling(count).sum(), dtype=np.float64)


def _moved(values: Numbers, by: int) -> Numbers:
    """The rows moved down; NaN where nothing was."""
    return np.asarray(pd.DataFrame(values).shift(by), dtype=np.float64)


def _means(values: Numbers, ahead: int, a_year: int) -> Numbers:
    """What each way of telling says at each period of the sum of the next ones."""
    frame = pd.DataFrame(values)
    told = [frame.ewm(alpha=weight, ignore_na=True).mean().to_numpy() * ahead for weight in WEIGHTS]
    if len(values) >= 2 * a_year:
        told.append(_by_the_year(frame, ahead, a_year))
    return np.stack(told)


def _by_the_year(frame: Any, ahead: int, a_year: int) -> Numbers:
    """The mean of the last year, times what the same periods were beside their years."""
    yearly = frame.rolling(a_year, min_periods=a_year * 3 // 4).mean()
    beside = frame / yearly.where(yearly > 0)
    usual = [beside.iloc[place::a_year].ewm(alpha=YEARS_WEIGHT, ignore_na=True).mean() for place in range(a_year)]
    shape = _moved(_sum_ahead(pd.concat(usual).sort_index().to_numpy(), ahead), a_year)
    return np.asarray(yearly.to_numpy() * shape, dtype=np.float64)


def _chosen(told: Numbers, came: Numbers, ahead: int) -> Numbers:
    """Of the ways the one that was nearest so far, at each period by what was known then."""
    errors = np.abs(told - came)
    errors[:, : LEARN - 1] = np.nan
    counts, sums = np.cumsum(~np.isnan(errors), axis=1), np.cumsum(np.nan_to_num(errors), axis=1)
    mean = np.full(errors.shape, np.inf)
    if ahead < errors.shape[1]:  # what was told is known to be right or wrong only when the periods ahead are over
        known, total = counts[:, :-ahead], sums[:, :-ahead]
        mean[:, ahead:] = np.where(known >= FEWEST, total / np.maximum(known, 1), np.inf)
    mean[np.isnan(told)] = np.inf
    best = np.argmin(mean, axis=0)
    best[np.isinf(mean.min(axis=0))] = USUAL
    return np.asarray(np.take_along_axis(told, best[None], axis=0)[0])


def _judged(told: Numbers, came: Numbers, last: Numbers, year_ago: Numbers, ahead: int, rule: Rule) -> list[Told]:
    errors, naive = np.abs(told - came), np.abs(last - came)
    errors[: LEARN - 1] = np.nan
    seasonal = np.abs(year_ago - came)
    inside, judged = _held(errors, ahead, rule.level)
    halves = _halves(errors, rule.level)
    found = []
    for at in range(told.shape[1]):
        both = ~np.isnan(errors[:, at]) & ~np.isnan(naive[:, at])
        three = both & ~np.isnan(seasonal[:, at])
        is_seasonal = three.sum() >= FEWEST and seasonal[three, at].mean() < naive[three, at].mean()
        rows, other = (three, seasonal) if is_seasonal else (both, naive)
        held_back = int(rows.sum())
        mine, theirs = (errors[rows, at].mean(), other[rows, at].mean()) if held_back else (0.0, 0.0)
        found.append(
            Told(
                float(told[-1, at]),
                halves[at],
                round(float(mine), 6),
                round(float(theirs), 6),
                held_back,
                bool(is_seasonal),
                int(inside[at]),
                int(judged[at]),
            )
        )
    return found


def _held(errors: Numbers, ahead: int, level: float) -> tuple[Any, Any]:
    """How many of the intervals told before held what came, and how many there were, series by series.

    The interval of a period is as wide as so many of the errors known by then were small (split conformal
    prediction): it holds what came where not too many of them are smaller than its own error.
    """
    inside, judged = np.zeros(errors.shape[1], int), np.zeros(errors.shape[1], int)
    for at in range(ahead, len(errors)):
        before, own = errors[: at - ahead + 1], errors[at]
        known = (~np.isnan(before)).sum(axis=0)
        place = np.ceil((known + 1) * level - 1e-9)
        is_judged = (place <= known) & ~np.isnan(own)
        smaller = (before < own).sum(axis=0)
        judged += is_judged
        inside += is_judged & (smaller < place)
    return inside, judged


def _halves(errors: Numbers, level: float) -> list[float | None]:
    """Half the width of the interval told last, series by series."""
    found: list[float | None] = []
    for column in errors.T:
        known = np.sort(column[~np.isnan(column)])
        place = ceil((len(known) + 1) * level - 1e-9)
        found.append(float(known[place - 1]) if 0 < place <= len(known) else None)
    return found
