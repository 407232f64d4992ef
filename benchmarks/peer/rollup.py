"""`python -m benchmarks.peer.rollup FOLDER SIZES INDICATORS TURNS`: the roll-up and SQL by hand, as JSON."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy
import numpy.typing
import pyarrow as pa

from benchmarks.peer.cascade import WORDINGS
from motbuoc.domains.ledger.rollup.reading import Reading, reading, totals_in_sql
from motbuoc.domains.ledger.rollup.shapes import AMOUNT, FACTS, TREE
from motbuoc.domains.ledger.rollup.snapshots import WRITING, Snapshots, engine
from motbuoc.domains.ledger.rollup.totals import table_of, unit_year

Numbers = numpy.typing.NDArray[numpy.int64]
Times = tuple[float, float]
"""Seconds of processor and of the clock."""
SEED, PERIODS, JUNE = 554, 12, 6


def planted(sizes: list[int]) -> tuple[pa.Table, list[Numbers]]:
    """A tree with so many units on each level, under names in no order, and the names by level."""
    chance = numpy.random.default_rng(SEED)
    names = chance.permutation(numpy.arange(1, sum(sizes) + 1))
    levels = numpy.split(names, numpy.cumsum(sizes)[:-1])
    parents = [pa.nulls(sizes[0], pa.int64())]
    for above, below in pairwise(levels):
        parents.append(pa.array(above[numpy.arange(len(below)) * len(above) // len(below)]))
    level = numpy.repeat(numpy.arange(len(sizes)), sizes)
    columns = [pa.array(names), pa.concat_arrays(parents), pa.array(level)]
    return pa.table(dict(zip(TREE.names, columns, strict=True))).cast(TREE.to_pyarrow()), levels


def facts_of(period: int, units: int, indicators: int) -> pa.Table:
    """Every unit's figure of every indicator, to the thousandth."""
    chance = numpy.random.default_rng(SEED + period)
    count = units * indicators
    thousandths = chance.integers(0, 2_000_000, count)
    halves = numpy.stack([thousandths, thousandths >> 63], axis=1)  # as 128 bits, the sign in the upper ones
    amount = pa.Array.from_buffers(AMOUNT.to_pyarrow(), count, [None, pa.py_buffer(halves)])
    columns = {
        "period": pa.repeat(period, count),
        "month": pa.repeat(date(2026, period, 28), count),
        "unit": pa.array(numpy.repeat(numpy.arange(1, units + 1), indicators)),
        "indicator": pa.array(numpy.tile(numpy.arange(1, indicators + 1), units)),
        "category": pa.repeat(0, count),
        "amount": amount,
        "is_estimate": pa.array(chance.random(count) < 0.1),
    }
    return pa.table({name: column.cast(FACTS[name].to_pyarrow()) for name, column in columns.items()})


def timed(work: Callable[[], object]) -> Times:
    """One run of `work`."""
    processor, clock = process_time(), perf_counter()
    work()
    return process_time() - processor, perf_counter() - clock


def loaded(snapshots: Snapshots, units: int, indicators: int) -> dict[str, float]:
    """Publish twelve periods; one again beside none and beside all, and by DuckDB alone in the same order."""
    first = facts_of(1, units, indicators)
    snapshots.publish(1, first)
    beside_none = publishing(snapshots, 1, first)
    for period in range(2, PERIODS + 1):
        snapshots.publish(period, facts_of(period, units, indicators))
    beside_all = publishing(snapshots, 1, first)
    size = sum(path.stat().st_size for path in snapshots.paths(snapshots.manifest()))
    return {
        "publish": beside_all / median(timed(lambda: copied(snapshots, first))[0] for _turn in range(3)),
        "refresh": beside_all / beside_none,
        "publish_seconds": beside_all,
        "megabytes": size / 1e6,
    }


def publishing(snapshots: Snapshots, period: int, facts: pa.Table) -> float:
    """Seconds of the processor for putting a period in its own place."""
    return median(timed(lambda: snapshots.publish(period, facts))[0] for _turn in range(3))


def copied(snapshots: Snapshots, facts: pa.Table) -> None:
    """The same rows written by DuckDB, with nothing checked."""
    bare = snapshots.folder / "bare.parquet"
    with engine(snapshots.folder) as connection:
        connection.register("given", facts)
        connection.execute(WRITING, {"path": str(bare)})
    bare.unlink()


def raced(look: Reading, depth: int, turns: int) -> dict[str, object]:
    """One period to every level, ours and each wording by hand."""
    by_hand = {name: wording(depth) for name, wording in WORDINGS.items()}
    translating = timed(lambda: totals_in_sql(depth))[0]
    ours: list[Times] = []
    theirs: dict[str, list[Times]] = {name: [] for name in WORDINGS}

    def keep(table: str, sql: str) -> None:
        look.connection.execute(f"create or replace temp table {table} as {sql}").fetchall()

    def run() -> None:
        keep("ours", totals_in_sql(depth))

    for turn in range(turns + 1):
        mine = timed(run)
        others = {name: timed(lambda: keep("theirs", sql)) for name, sql in by_hand.items()}  # noqa: B023
        if turn == 0:
            for one, other in (("ours", "theirs"), ("theirs", "ours")):
                differing = f"select count(*) from (from {one} except all from {other})"
                assert look.connection.execute(differing).fetchall() == [(0,)], "the figures differ"
            continue  # the first run warms up
        ours.append(mine)
        for name, times in others.items():
            theirs[name].append(times)
    medians = {name: [median(each) for each in zip(*times, strict=True)] for name, times in theirs.items()}
    mine_median = [median(each) for each in zip(*ours, strict=True)]
    best = [min(values[which] for values in medians.values()) for which in (0, 1)]
    return {
        "rolled_up": mine_median[0] / best[0],
        "rolled_up_clock": mine_median[1] / best[1],
        "translating": translating,
        "seconds": {"ours": mine_median} | medians,
    }


def asked(look: Reading, june: Reading, levels: list[Numbers], turns: int) -> dict[str, float]:
    """What pages ask for, in seconds of the processor: the median of a few units, expression and all."""
    depth = len(levels) - 1
    days = date(2026, 1, 1), date(2026, 12, 31)

    def taken(work: Callable[[int], object]) -> float:
        return median(timed(lambda turn=turn: work(turn))[0] for turn in range(turns + 1))  # type: ignore[misc]

    def year(level: int) -> Callable[[int], object]:
        return lambda turn: look.rows(
            unit_year(look.facts, look.tree, depth, int(levels[level][turn % len(levels[level])]), *days)
        )

    return {
        "lowest_year": taken(year(depth)),
        "province_year": taken(year(1)),
        "table": taken(lambda _turn: june.rows(table_of(june.facts, june.tree, depth, int(levels[0][0])))),
    }


def main() -> None:
    """Everything, in order."""
    folder, sizes, indicators, turns = (
        sys.argv[1],
        [int(size) for size in sys.argv[2].split(",")],
        *map(int, sys.argv[3:]),
    )
    snapshots = Snapshots(Path(folder))
    tree, levels = planted(sizes)
    found: dict[str, object] = {"facts": sum(sizes) * indicators * PERIODS}
    found |= loaded(snapshots, sum(sizes), indicators)
    found["loading_peak"] = peak()
    with reading(snapshots, tree, periods=[JUNE]) as june:
        found |= raced(june, len(sizes) - 1, turns)
        with reading(snapshots, tree) as look:
            found |= asked(look, june, levels, turns)
    found["peak"] = peak()
    print(json.dumps(found))


def peak() -> int:
    """The most memory that the process had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
