"""The reader alone: how fast a text becomes a Document, whether the time grows in line, what it needs.

Speeds are of one core, megabytes of UTF-8. The reference of the speed is finding the words of the same text with
one regular expression, so that the figure means something on another machine.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tracemalloc
from statistics import median
from time import perf_counter

import vanban
from benchmarks import main as main_job
from benchmarks.line import SMALL, at_least, at_most, seconds
from benchmarks.papers import long_directive, long_law

ROUNDS = 3 if SMALL else 7
_WORD = re.compile(r"\w+")
LAW = 200 if SMALL else 2_000  # pages


def main() -> None:
    """Every figure of the reader."""
    speed()
    growth()
    memory()
    importing()
    main_job.citations()
    main_job.reading()


def speed() -> None:
    """Text to Document: of real documents together, of a law, and of a directive full of duties and citations."""
    texts = {
        "a law": long_law(60 if SMALL else 300),
        "a dense directive": long_directive(items=10 if SMALL else 60),
    }
    real = sorted(main_job.SHARED.glob("corpus/*/*.md"))
    if real:
        texts = {"real documents": "\n".join(path.read_text() for path in real)} | texts
    for name, text in texts.items():
        parts = [path.read_text() for path in real] if name == "real documents" else [text]
        _speed(name, parts)


def _speed(name: str, parts: list[str]) -> None:
    took = seconds(lambda: [vanban.parse(part) for part in parts], ROUNDS)
    words = seconds(lambda: [_WORD.findall(part) for part in parts], ROUNDS)
    size = sum(len(part.encode()) for part in parts) / 1e6
    at_least(f"reading: {name}, text to Document, MB/s", size / took, 2)
    at_most(f"reading: {name}, text to Document / finding its words", took / words, 25)


def growth() -> None:
    """Ten times the text: at most twelve times the time, up to a law of 2,000 pages."""
    pages = LAW // 10
    short, long = long_law(pages), long_law(LAW)
    at_most(f"reading: {LAW} pages / {pages} pages, time", _ratio(short, long), 12)
    items = LAW // 10
    at_most(
        f"reading: {items * 10} dense items / {items}, time",
        _ratio(long_directive(items), long_directive(items * 10)),
        12,
    )


def _ratio(short: str, long: str) -> float:
    """Time of `long` ÷ time of `short`, per tenfold text; the pair timed back to back."""
    scale = len(long) / len(short) / 10
    ratios = []
    vanban.parse(short)
    for _ in range(3):
        start = perf_counter()
        vanban.parse(short)
        middle = perf_counter()
        vanban.parse(long)
        ratios.append((perf_counter() - middle) / (middle - start))
    return median(ratios) / scale


def memory() -> None:
    """The most memory held while a text is read ÷ the text's size in UTF-8."""
    for name, text in (("a law", long_law(LAW // 4)), ("a dense directive", long_directive(60))):
        vanban.parse(text)
        tracemalloc.start()
        document = vanban.parse(text)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert document.text
        at_most(f"reading: {name}, memory / size of the text", peak / len(text.encode()), 60)


def importing() -> None:
    """Seconds to import vanban in a fresh interpreter, beyond starting it; the best of several."""
    code = "import time; t = time.perf_counter(); import vanban; print(time.perf_counter() - t)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    at_most("reading: import vanban, seconds", min(runs), 0.15)
