"""The line every benchmark prints: NAME  FIGURE  GOAL  ok|short, the figure a ratio to its reference."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

SMALL = os.environ.get("SCALE") == "small"


def seconds(work: Callable[[], object], repeats: int) -> float:
    """The median time of one run of `work`, in seconds, after one run to warm up."""
    work()
    times = []
    for _ in range(repeats):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def paired(first: Callable[[], object], second: Callable[[], object], rounds: int, repeats: int = 1) -> float:
    """The median of first ÷ second over `rounds`, each pair timed back to back so that noise hits both."""
    first(), second()
    ratios = []
    for _ in range(rounds):
        a = seconds(first, repeats)
        b = seconds(second, repeats)
        ratios.append(a / b)
    return median(ratios)


def at_most(name: str, figure: float, goal: float) -> None:
    """Print a figure that should be small."""
    _say(name, figure, f"<= {goal:g}", figure <= goal)


def at_least(name: str, figure: float, goal: float) -> None:
    """Print a figure that should be large."""
    _say(name, figure, f">= {goal:g}", figure >= goal)


def _say(name: str, figure: float, goal: str, reached: bool) -> None:
    sys.stdout.write(f"{name:<60} {figure:>10.2f}  {goal:<8} {'ok' if reached else 'short'}\n")
    sys.stdout.flush()
