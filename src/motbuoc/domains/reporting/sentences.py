"""What many units wrote, as sentences: split, and those that say the same merged. Pure.

Two sentences are one only if nothing in them differs that would change a fact: their numbers, their negations and
their names are the same, and the rest is nearly so. When in doubt both stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from vanban.text import fold

_folded = lru_cache(maxsize=20_000)(fold)  # of single words: a year of reports has some thousands

ALIKE = 88  # percent of the letters, of two sentences without marks
SHORTEST = 20  # characters of a sentence that says something by itself

ABBREVIATIONS = frozenset({"tp", "tx", "tt", "ts", "pgs", "gs", "ths", "bs", "ks", "đ/c", "đc", "vd", "tr", "nxb"})
NEGATIONS = frozenset({"khong", "chua", "thieu", "giam", "tang", "truoc", "sau"})
"""Words that turn a sentence round, without marks."""

BULLET = re.compile(r"^\s*(?:[-–—+*•]|\(?\d{1,2}[.)]|[a-zđ]\))\s+")
STOP = re.compile(r"[.!?…]+[\"”’)]*\s+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Said:
    """One sentence of a unit's submission."""

    text: str
    submission_id: int
    unit_name: str


@dataclass(frozen=True)
class Statement:
    """What one or more units said, in the clearest of their words; `said` holds all, that one first."""

    said: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The clearest words."""
        return self.said[0].text

    @property
    def sources(self) -> list[int]:
        """The ids of the submissions it rests on."""
        return sorted({one.submission_id for one in self.said})

    @property
    def units(self) -> list[str]:
        """The units that said it, by name."""
        return sorted({one.unit_name for one in self.said})


def sentences_in(text: str) -> list[str]:
    """The sentences of what a unit wrote: each line by itself, without its bullet, split at its stops."""
    found: list[str] = []
    for line in text.splitlines():
        found += _split(" ".join(BULLET.sub("", line).split()))
    return found


def _split(line: str) -> Iterator[str]:
    start = 0
    for stop in STOP.finditer(line):
        opens = line[stop.end() : stop.end() + 1]
        before = line[start : stop.start()].split()
        last = before[-1].lower() if before else ""
        is_short = last in ABBREVIATIONS or (len(last) < 2 and last.isalnum())
        if is_short or not (opens.isupper() or opens.isdigit() or opens in '“"-–'):
            continue
        yield line[start : stop.end()].strip()
        start = stop.end()
    if line[start:].strip():
        yield line[start:].strip()


def merged(said: Iterable[Said]) -> list[Statement]:
    """The statements in what was said, in the order in which each was first said."""
    groups: list[list[Said]] = []
    alike: dict[object, tuple[list[str], list[int]]] = {}  # the folded words of a group's first, and its place
    for one in said:
        folded = fold(one.text)
        known, places = alike.setdefault(_facts_in(one), ([], []))
        nearest = process.extractOne(folded, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if nearest:
            groups[places[nearest[2]]].append(one)
        else:
            known.append(folded)
            places.append(len(groups))
            groups.append([one])
    return [Statement(_clearest_first(group)) for group in groups]


def _facts_in(said: Said) -> tuple[object, ...]:
    """What must be the same in two sentences that are one: numbers, words that turn them round, and names."""
    words = WORD.findall(said.text)
    folded = [_folded(word) for word in words]
    names = sorted(_folded(word) for word in words[1:] if word[0].isupper())
    turning = sorted(word for word in folded if word in NEGATIONS)
    return tuple(NUMBER.findall(said.text)), tuple(turning), tuple(names)


def _clearest_first(group: Sequence[Said]) -> tuple[Said, ...]:
    """The one with its marks on, a capital and a stop; of these the fullest."""

    def clearness(one: Said) -> tuple[bool, int, int]:
        whole = one.text[:1].isupper() + one.text.endswith((".", "!", "?"))
        return fold(one.text) != one.text.lower(), whole, len(one.text)

    best = max(group, key=clearness)
    return best, *(one for one in group if one is not best)
