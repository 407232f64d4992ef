"""The roll-up of one period in DuckDB's SQL, written by hand, in several wordings: they differ in time.

Each goes up level by level and gives every unit's row with the columns of our totals.
"""

from __future__ import annotations

from collections.abc import Callable

ENTRY = """f.unit, f.indicator, f.category, f.amount, 1::bigint as entries, f.is_estimate::bigint as estimates,
    f.amount as smallest, f.amount as largest"""
ROW = "unit, indicator, category, amount, entries, estimates, smallest, largest"
SUMS = """unit, indicator, category, sum(amount)::decimal(38, 3) as amount, sum(entries)::bigint as entries,
    sum(estimates)::bigint as estimates, min(smallest) as smallest, max(largest) as largest"""


def each_level_scans(depth: int) -> str:
    """Every level reads its own facts; the lowest is grouped like the others."""
    parts = []
    for level in range(depth, -1, -1):
        own = f"select {ENTRY} from facts f join tree t on t.unit = f.unit and t.level = {level}"
        below = f"union all {_lifted('t.parent', level + 1)}" if level < depth else ""
        parts.append(f"l{level} as (select {SUMS} from ({own} {below}) group by unit, indicator, category)")
    return _all(parts, [f"l{level}" for level in range(depth + 1)])


def lowest_apart(depth: int, parent: str = "t.parent", kept: str = "") -> str:
    """The lowest level is not grouped; the facts of all above are read once."""
    above = f"select {ENTRY}, t.level from facts f join tree t on t.unit = f.unit and t.level < {depth}"
    parts = [f"inner_facts as {kept} ({above})"]
    for level in range(depth - 1, -1, -1):
        below = _lifted(parent, level + 1) if level < depth - 1 else _lowest(parent, depth)
        own = f"select {ROW} from inner_facts where level = {level}"
        parts.append(f"l{level} as {kept} (select {SUMS} from ({own} union all {below}) group by all)")
    lowest = f"(select {ENTRY} from facts f join tree t on t.unit = f.unit and t.level = {depth})"
    return _all(parts, [lowest, *(f"l{level}" for level in range(depth))])


def _lifted(parent: str, level: int) -> str:
    return f"""select {parent} as unit, l.indicator, l.category, l.amount, l.entries, l.estimates, l.smallest,
        l.largest from l{level} l join tree t on t.unit = l.unit"""


def _lowest(parent: str, depth: int) -> str:
    return f"""select {parent} as unit, f.indicator, f.category, f.amount, 1::bigint, f.is_estimate::bigint,
        f.amount, f.amount from facts f join tree t on t.unit = f.unit and t.level = {depth}"""


def _all(parts: list[str], sources: list[str]) -> str:
    union = " union all ".join(f"select {ROW} from {source}" for source in sources)
    return f"with {', '.join(parts)} {union}"


WORDINGS: dict[str, Callable[[int], str]] = {
    "each level scans": each_level_scans,
    "lowest apart": lowest_apart,
    "lowest apart, coalesce on the key": lambda depth: lowest_apart(depth, "coalesce(t.parent, -1)"),
    "lowest apart, kept": lambda depth: lowest_apart(depth, kept="materialized"),
}
