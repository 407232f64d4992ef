"""One step ahead: how likely an open assignment is to miss its day, from what became of earlier ones.

Pure: counts in, likelihoods out. An occasion is one due day of one assignment. It is forecast a stated number of
days before that day, if nothing was handed in by then, and its outcome is known the day after. A forecast rests on
what was known that morning and on nothing later, so that it can be judged: `walk` forecasts every occasion as it
would have been and holds it against what came (Brier 1950), and against the plain base rate of the same morning.

The likelihood is the base rate, moved by how the unit and this kind of work fared, each drawn towards the base
rate as far as units, or kinds of work, have differed at all so far (empirical Bayes): with few occasions little is
said, with many their share is. Of units and kinds of work, never of persons (decision 0018).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from motbuoc.domains.work.standing import TARGETS, next_due
from motbuoc.domains.work.states import STOPPED

MOST = 1000.0  # occasions the base rate counts for where nothing tells units, or kinds of work, apart
CERTAIN = 0.99  # nothing that has not happened yet is more certain, either way
BINS = 10  # rows of the reliability table
KINDS = 1 << 20  # most kinds of work told apart
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Rule:
    """The numbers of the forecast, all of them settings of the installation.

    `lead_days`: how many days before the due day. `prior`: how many occasions the base rate counts for at least.
    `least`: outcomes known before a forecast is judged, and forecasts judged before any is shown.
    """

    lead_days: int
    prior: float
    least: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """One due day of one assignment, from the day it was given or the period began; `handed_in_on` at first."""

    unit_id: int
    kind: str
    begun_on: date
    due_on: date
    handed_in_on: date | None

    def forecast_on(self, lead_days: int) -> date | None:
        """The day it is forecast on; None where it had been handed in by then, or its day was past already."""
        day = max(self.begun_on, self.due_on - timedelta(days=lead_days))
        is_open = self.handed_in_on is None or self.handed_in_on >= day
        return day if is_open and day <= self.due_on else None

    @property
    def is_late(self) -> bool:
        """Whether it missed its day, once that is past."""
        return self.handed_in_on is None or self.handed_in_on > self.due_on


def occasions_of(
    *,
    unit_id: int,
    kind: str,
    given_on: date,
    first_due_on: date,
    cycle: str,
    steps: Iterable[tuple[str, date]],
) -> Iterator[Occasion]:
    """The occasions of one assignment, from its `steps` (name and day, the oldest first).

    Each period of something periodic is one. What was suspended or cancelled before its day says nothing.
    """
    due, begun, handed_in = first_due_on, given_on, None
    for name, day in steps:
        if name == "submit":
            handed_in = handed_in or day
        elif name == "accept_period" and cycle:
            yield Occasion(unit_id, kind, begun, due, handed_in)
            due, begun, handed_in = next_due(due, cycle, first_due_on), day, None
        elif TARGETS.get(name) in STOPPED and handed_in is None and day <= due:
            return
    yield Occasion(unit_id, kind, begun, due, handed_in)


@dataclass(slots=True)
class Past:
    """How many occasions there were, and how many of them missed their day."""

    count: int = 0
    late: int = 0

    def add(self, late: int) -> None:
        """Count one more."""
        self.count += 1
        self.late += late


NOTHING = Past()


class Pasts(Generic[Key]):
    """The pasts of units, or of kinds of work, and how much they differ."""

    def __init__(self) -> None:
        self.of: dict[Key, Past] = {}
        self.whole = Past()
        self._shares = self._sizes = 0.0  # the sums of late²/count and of count²

    def add(self, key: Key, late: int) -> None:
        """Count one more of `key`."""
        past = self.of.setdefault(key, Past())
        if past.count:
            self._shares -= past.late**2 / past.count
        self._sizes += 2 * past.count + 1
        past.add(late)
        self.whole.add(late)
        self._shares += past.late**2 / past.count

    def strength(self, least: float) -> float:
        """For how many occasions the base rate counts beside a past of one's own: `least`, or more.

        More where they differ little beyond chance: by the method of moments, from the variance between them.
        """
        count, base = self.whole.count, base_rate(self.whole)
        spread = count - self._sizes / count if count else 0.0
        if spread <= 0:
            return MOST
        chance = (len(self.of) - 1) * base * (1 - base)
        between = (self._shares - self.whole.late**2 / count - chance) / spread
        return min(max(base * (1 - base) / between - 1, least), MOST) if between > 0 else MOST


def base_rate(whole: Past) -> float:
    """The share of all occasions that missed their day; one half while nothing is known (Laplace)."""
    return (whole.late + 1) / (whole.count + 2)


def likelihood(base: float, *pasts: tuple[Past, float]) -> float:
    """How likely an occasion is to miss its day: between 0 and 1, never quite either.

    The odds of the base rate, times what each past (with the strength of the base rate beside it) moves them by.
    """
    odds = ordinary = base / (1 - base)
    for past, strength in pasts:
        late, on_time = past.late + strength * base, past.count - past.late + strength * (1 - base)
        odds *= late / on_time / ordinary
    return min(max(odds / (1 + odds), 1 - CERTAIN), CERTAIN)


@dataclass(slots=True)
class Bin:
    """One row of the reliability table: forecasts from `low` to `low` + 1/BINS, and what came of them."""

    low: float
    count: int = 0
    forecast: float = 0.0  # their sum
    late: int = 0


@dataclass(slots=True)
class Calibration:
    """How good the forecasts were: the mean squares of what they were off by, and the base rate's."""

    judged: int = 0
    squares: float = 0.0
    base_squares: float = 0.0
    bins: list[Bin] = field(default_factory=lambda: [Bin(n / BINS) for n in range(BINS)])

    def judge(self, forecast: float, base: float, late: int) -> None:
        """Hold a forecast, and the base rate of the same morning, against what came."""
        self.judged += 1
        self.squares += (forecast - late) ** 2
        self.base_squares += (base - late) ** 2
        row = self.bins[min(int(forecast * BINS), BINS - 1)]
        row.count, row.forecast, row.late = row.count + 1, row.forecast + forecast, row.late + late

    @property
    def brier(self) -> float | None:
        """The Brier score; None while nothing was judged."""
        return self.squares / self.judged if self.judged else None

    @property
    def base_brier(self) -> float | None:
        """The Brier score of the plain base rate on the same occasions."""
        return self.base_squares / self.judged if self.judged else None

    def rows(self) -> list[dict[str, Any]]:
        """The reliability table, to be kept."""
        return [asdict(row) for row in self.bins if row.count]


class Walk:
    """All pasts, gathered day by day up to but not including `until`, each forecast judged on the way.

    Occasions are put into boxes by day, eight bytes each, so that a million of them take no more than 16 MB.
    """

    def __init__(self, until: date, rule: Rule) -> None:
        self.until, self.rule = until, rule
        self.units, self.kinds = Pasts[int](), Pasts[str]()
        self.calibration = Calibration()
        self._numbers: dict[str, int] = {}
        self._forecasts: dict[date, array[int]] = defaultdict(_box)
        self._outcomes: dict[date, array[int]] = defaultdict(_box)
        self._weigh()

    def put(self, occasion: Occasion) -> None:
        """Take in an occasion whose outcome is known by the morning of `until`; others say nothing yet."""
        day = occasion.forecast_on(self.rule.lead_days)
        if day is None or occasion.due_on >= self.until:
            return
        number = self._numbers.setdefault(occasion.kind, len(self._numbers)) % KINDS
        box = (occasion.unit_id * KINDS + number) * 2 + occasion.is_late
        self._forecasts[day].append(box)
        self._outcomes[occasion.due_on + timedelta(days=1)].append(box)

    def go(self) -> None:
        """Live through the days in order: each morning what became known is added, then that day is forecast."""
        names = list(self._numbers)
        for day in sorted(self._forecasts.keys() | self._outcomes.keys()):
            for unit, kind, late in _opened(self._outcomes.get(day, ()), names):
                self.units.add(unit, late)
                self.kinds.add(kind, late)
            self._weigh()
            if self.whole.count >= self.rule.least:
                for unit, kind, late in _opened(self._forecasts.get(day, ()), names):
                    self.calibration.judge(self.likelihood(unit, kind), self.base, late)

    def _weigh(self) -> None:
        """What a morning's forecasts share: the base rate, and how strongly it counts."""
        self.base = base_rate(self.whole)
        self.strengths = self.units.strength(self.rule.prior), self.kinds.strength(self.rule.prior)

    @property
    def whole(self) -> Past:
        """All occasions."""
        return self.units.whole

    def likelihood(self, unit_id: int, kind: str) -> float:
        """How likely an occasion of a unit and a kind of work is to miss its day, from what is known now."""
        unit, work = self.units.of.get(unit_id, NOTHING), self.kinds.of.get(kind, NOTHING)
        return likelihood(self.base, (unit, self.strengths[0]), (work, self.strengths[1]))


def _box() -> array[int]:
    return array("q")


def _opened(boxes: Sequence[int], names: list[str]) -> Iterator[tuple[int, str, int]]:
    for box in boxes:
        unit, number = divmod(box >> 1, KINDS)
        yield unit, names[number], box & 1


def walk(occasions: Iterable[Occasion], until: date, rule: Rule) -> Walk:
    """What is known on the morning of `until` from these occasions, and how good it would have been so far."""
    walked = Walk(until, rule)
    for occasion in occasions:
        walked.put(occasion)
    walked.go()
    return walked
