"""The whole year ahead: how often it is shown, how near it then comes, and what it costs.

A thousand series of 36 months of each kind, told for the next three months with the rule of the settings, then
held against the months that came: how many were shown, the error of these ÷ that of the naive forecast (the last
month, or the same months a year before), and how many intervals held. Kinds: the demo's own chances of a unit's
month (`demo.counting`), and simulated ones: steady counts, levels that drift, growth, seasons, and a walk, of
which nothing better can be said than its last figure. And the time of telling a hundredth of 340,000 series (3,400
communes by 100 indicators) ÷ that of the two naive forecasts judged the same way.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.line import SMALL, at_least, at_most, paired
from benchmarks.peer.server import ROOT
from motbuoc.domains.ledger.forecasting import LEARN, Rule, tell

MONTHS, AHEAD, YEAR = 36, 3, 12
SERIES, MANY = (100, 1_000) if SMALL else (1_000, 3_400)
RULE = Rule(level=0.8, margin=0.1)
Numbers = Any
Chances = np.random.Generator


def main() -> None:
    """Every figure."""
    for name, drawn in KINDS.items():
        shown, nearer, held, wrongly = _of(drawn)
        is_told = name != "a walk"
        if is_told and shown:
            at_most(f"projections: {name}, error of the shown / naive", nearer, 0.9)
            at_least(f"projections: {name}, intervals that held", held, 0.75)
        (at_most if name in HOPELESS else at_least)(
            f"projections: {name}, share that is shown", shown, 0.05 if name in HOPELESS else 0.3
        )
        sys.stderr.write(f"{name}: shown {shown:.3f}, of these worse than naive {wrongly:.3f}\n")
    drawn = _steady(np.random.default_rng(1), MANY)
    ratio = paired(lambda: tell([drawn], AHEAD, YEAR - AHEAD, YEAR, RULE), lambda: _naive(drawn), 3)
    at_most(f"projections: {MANY} series / the naive forecasts", ratio, 30)
    start = perf_counter()
    tell([drawn], AHEAD, YEAR - AHEAD, YEAR, RULE)
    sys.stderr.write(f"{MANY} series in {perf_counter() - start:.1f} s\n")


def _of(draw: Callable[[Chances, int], Numbers]) -> tuple[float, float, float, float]:
    """The share shown; of these the error ÷ naive, the intervals that held, and how many were worse than naive."""
    whole = draw(np.random.default_rng(7), SERIES)
    past, came = whole[:MONTHS], whole[MONTHS:].sum(axis=0)
    told = tell([past], AHEAD, YEAR - AHEAD, YEAR, RULE)
    shown = np.array([RULE.is_judged(one) and RULE.is_better(one) and RULE.is_honest(one) for one in told])
    if not shown.any():
        return 0.0, 0.0, 0.0, 0.0
    error = np.abs(np.array([one.amount for one in told]) - came)[shown]
    half = np.array([one.half or 0.0 for one in told])[shown]
    last, ago = past[-1] * AHEAD, past[-YEAR : AHEAD - YEAR].sum(axis=0)
    naive = np.abs(np.where([one.is_seasonal for one in told], ago, last) - came)[shown]
    return (
        float(shown.mean()),
        float(error.mean() / naive.mean()),
        float((error <= half).mean()),
        float((error > naive).mean()),
    )


def _naive(values: Numbers) -> Numbers:
    """The last month and the months a year before, with the errors each would have had."""
    frame = pd.DataFrame(values)
    came = frame.rolling(AHEAD).sum().shift(-AHEAD)
    errors = [(frame.ffill() * AHEAD - came).abs()[LEARN:], (came.shift(YEAR) - came).abs()[LEARN:]]
    return [each.mean() for each in errors]


def _levels(chances: Chances, count: int) -> Numbers:
    return chances.lognormal(3, 1, (1, count)) + 8


def _steady(chances: Chances, count: int) -> Numbers:
    return chances.poisson(_levels(chances, count), (MONTHS + AHEAD, count)).astype(float)


def _drifting(chances: Chances, count: int) -> Numbers:
    steps = np.exp(np.cumsum(chances.normal(0, 0.06, (MONTHS + AHEAD, count)), axis=0))
    return chances.poisson(_levels(chances, count) * steps).astype(float)


def _growing(chances: Chances, count: int) -> Numbers:
    months = np.arange(MONTHS + AHEAD)[:, None]
    return chances.poisson(_levels(chances, count) * (1 + months * 0.03)).astype(float)


def _seasonal(chances: Chances, count: int) -> Numbers:
    months = np.arange(MONTHS + AHEAD)[:, None]
    swing = 1 + 0.5 * np.sin(2 * np.pi * (months / YEAR + chances.random((1, count))))
    return chances.poisson(_levels(chances, count) * swing).astype(float)


def _walking(chances: Chances, count: int) -> Numbers:
    steps = np.exp(np.cumsum(chances.normal(0, 0.15, (MONTHS + AHEAD, count)), axis=0))
    return np.maximum(0, _levels(chances, count) * steps).round()


def _of_the_demo(chances: Chances, count: int) -> Numbers:
    """Months of units as the demo's units live them, its small figures left out as the product does."""
    from demo.counting import ASKED

    usual = [one.usual for one in ASKED if one.usual * 3 >= 5]
    sizes = chances.integers(150, 600, count) / 100  # base units of 150 to 600 people
    level = np.array([usual[at % len(usual)] for at in range(count)]) * sizes
    return np.maximum(0, chances.normal(level, level / 3, (MONTHS + AHEAD, count))).round()


KINDS: dict[str, Callable[[Chances, int], Numbers]] = {
    "the demo's": _of_the_demo,
    "steady": _steady,
    "drifting": _drifting,
    "growing": _growing,
    "seasonal": _seasonal,
    "a walk": _walking,
}
HOPELESS = {"a walk", "seasonal"}
"""Kinds that are hardly ever shown: a walk cannot be told, and three years are too few to learn a season of."""


if not os.environ.get("DJANGO_SETTINGS_MODULE"):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path.insert(0, str(Path(ROOT, "src")))
    import django

    django.setup()
