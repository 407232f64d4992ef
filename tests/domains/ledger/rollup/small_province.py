"""A small tree with its facts, and what each unit should have of them: counted in plain Python, cell by cell.

The tree is uneven (some lowest units stand high), inner units have facts of their own, some units have none,
amounts are negative, zero, tiny and as large as a fact may be, and some facts are of units that left the tree.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pyarrow as pa

from motbuoc.domains.ledger.rollup.over_time import BASES
from motbuoc.domains.ledger.rollup.shapes import FACTS, TREE

DEPTH = 4
YEARS = (2025, 2026)
BASIS = {2: "cumulative", 3: "in_period", 4: "cumulative", 5: "stock"}
LARGEST = Decimal("999999999999999.999")
LEFT_THE_TREE = 900


class Fact(NamedTuple):
    period: int
    month: date
    unit: int
    indicator: int
    category: int
    amount: Decimal
    is_estimate: bool


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def grown() -> dict[int, int | None]:
    """Unit → parent: 1 is the top, names are in no order of levels."""
    chance = random.Random(554)
    parents: dict[int, int | None] = {1: None}
    levels = {1: 0}
    names = list(range(2, 90))
    chance.shuffle(names)
    for name in names:
        above = chance.choice([unit for unit, level in levels.items() if level < DEPTH])
        parents[name], levels[name] = above, levels[above] + 1
    assert max(levels.values()) == DEPTH
    assert any(levels[unit] < DEPTH and unit not in parents.values() for unit in parents)
    return parents


PARENTS = grown()


def ancestors(unit: int | None) -> Iterator[int]:
    """A unit, its parent, and so on to the top."""
    while unit is not None:
        yield unit
        unit = PARENTS[unit]


def reported() -> list[Fact]:
    chance = random.Random(2022)
    facts = []
    for year in YEARS:
        for month in range(1, 13):
            for unit in [*PARENTS, LEFT_THE_TREE]:
                for indicator in range(1, 6):
                    for category in (1, 2) if indicator == 5 else (0,):
                        if chance.random() < 0.4:
                            continue
                        amount = chance.choice(
                            [
                                Decimal(0),
                                Decimal(chance.randrange(-(10**6), 10**6)) / 1000,
                                Decimal(chance.randrange(1, 10**18)) / 1000,
                                LARGEST if indicator == 3 else Decimal("0.001"),
                            ]
                        )
                        facts.append(
                            Fact(
                                (year - 2000) * 100 + month,
                                month_end(year, month),
                                unit,
                                indicator,
                                category,
                                amount,
                                chance.random() < 0.2,
                            )
                        )
    return facts


REPORTED = reported()
JUNE, LAST_JUNE = 2606, 2506


def of(period: int) -> list[Fact]:
    return [fact for fact in REPORTED if fact.period == period]


def as_facts(facts: Iterable[Fact]) -> pa.Table:
    return pa.Table.from_pylist([fact._asdict() for fact in facts], schema=FACTS.to_pyarrow())


def as_tree(parents: dict[int, int | None] = PARENTS) -> pa.Table:
    def level(unit: int) -> int:
        above = parents[unit]
        return 0 if above is None else level(above) + 1

    rows = [{"unit": unit, "parent": parent, "level": level(unit)} for unit, parent in parents.items()]
    return pa.Table.from_pylist(rows, schema=TREE.to_pyarrow())


def as_bases() -> pa.Table:
    """Every indicator but the first, which counts in its period because nothing is said of it."""
    rows = [{"indicator": number, "basis": basis} for number, basis in BASIS.items()]
    return pa.Table.from_pylist(rows, schema=BASES.to_pyarrow())


def total(facts: list[Fact]) -> dict[str, Any]:
    amounts = [fact.amount for fact in facts]
    return {
        "amount": sum(amounts),
        "entries": len(facts),
        "estimates": sum(fact.is_estimate for fact in facts),
        "smallest": min(amounts),
        "largest": max(amounts),
    }


def grouped(pairs: Iterable[tuple[tuple[Any, ...], Fact]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    groups: defaultdict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for key, fact in pairs:
        groups[key].append(fact)
    return [dict(zip(names, key, strict=True)) | total(facts) for key, facts in groups.items()]


CELL = ("unit", "indicator", "category")


def rolled_up(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """The totals of every unit."""
    return grouped(
        (
            ((unit, fact.indicator, fact.category), fact)
            for fact in facts
            if fact.unit in PARENTS
            for unit in ancestors(fact.unit)
        ),
        CELL,
    )


def table_of(facts: Iterable[Fact], unit: int) -> list[dict[str, Any]]:
    """The totals of its children, and its own facts."""
    pairs = []
    for fact in facts:
        way = list(ancestors(fact.unit)) if fact.unit in PARENTS else []
        if unit in way:
            branch = way[max(way.index(unit) - 1, 0)]
            pairs.append(((branch, fact.indicator, fact.category), fact))
    return grouped(pairs, CELL)


def unit_year(unit: int, year: int) -> list[dict[str, Any]]:
    """Its totals in each month of a year."""
    return grouped(
        (
            ((fact.period, fact.month, unit, fact.indicator, fact.category), fact)
            for fact in REPORTED
            if fact.unit in PARENTS and unit in ancestors(fact.unit) and fact.month.year == year
        ),
        ("period", "month", *CELL),
    )


def over_time(facts: Iterable[Fact]) -> list[Fact]:
    """One fact a unit and cell."""
    yearly: defaultdict[tuple[int, ...], defaultdict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        year = 0 if BASIS.get(fact.indicator) == "stock" else fact.month.year
        yearly[fact.unit, fact.indicator, fact.category][year].append(fact)
    result = []
    for (unit, indicator, category), years in yearly.items():
        kept = []
        for of_year in years.values():
            of_year.sort(key=lambda fact: fact.month)
            kept += of_year if BASIS.get(indicator, "in_period") == "in_period" else of_year[-1:]
        amount, estimated = sum(fact.amount for fact in kept), any(fact.is_estimate for fact in kept)
        result.append(Fact(0, date.min, unit, indicator, category, Decimal(amount), estimated))
    return result
