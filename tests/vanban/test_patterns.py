"""Every pattern finds its examples, misses its counter-examples, and takes linear time on a hostile text."""

from __future__ import annotations

import time

import pytest

from vanban.patterns import REGISTRY

ENTRIES = sorted(REGISTRY)


def test_there_are_patterns() -> None:
    assert len(ENTRIES) > 40


@pytest.mark.parametrize("name", ENTRIES)
def test_examples(name: str) -> None:
    entry = REGISTRY[name]
    look = getattr(entry.regex, entry.how)
    assert entry.finds, "a pattern without an example explains nothing"
    assert [text for text in entry.finds if not look(text)] == []
    assert [text for text in entry.misses if look(text)] == []


def _seconds(name: str, text: str) -> float:
    entry = REGISTRY[name]
    started = time.perf_counter()
    if entry.how == "search":
        sum(1 for _ in entry.regex.finditer(text))
    else:
        getattr(entry.regex, entry.how)(text)
    return time.perf_counter() - started


@pytest.mark.parametrize("name", ENTRIES)
def test_linear_time(name: str) -> None:
    """Four times the text may take about four times as long, not sixteen."""
    entry = REGISTRY[name]
    openings = {example[: len(example) * 2 // 3] or " " for example in entry.finds}
    seeds = openings | set(" \n*|_-“,") | {"A ", "a.", "1/", "ngày "}
    for seed in seeds:
        short, long = (seed * (size // len(seed)) for size in (25_000, 100_000))
        for _ in range(3):  # the machine may have been busy with something else
            quick, slow = _seconds(name, short), _seconds(name, long)
            if slow < max(quick, 0.002) * 10 + 0.05:
                break
        assert slow < max(quick, 0.002) * 10 + 0.05, f"{name} on {seed!r}: {quick:.4f}s then {slow:.4f}s"
