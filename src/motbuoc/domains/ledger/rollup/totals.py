"""Facts added up the tree. Every function builds an Ibis expression, which any engine that Ibis speaks can run."""

from __future__ import annotations

import datetime

import ibis
import ibis.expr.types as ir
from ibis import _

from motbuoc.domains.ledger.rollup.shapes import AMOUNT, CELL, SUM, TOTALS
from motbuoc.domains.ledger.rollup.tree import branches


def rolled_up(facts: ir.Table, tree: ir.Table, depth: int) -> ir.Table:
    """The total of every unit, its own facts and those of all below it, by indicator and category (`TOTALS`).

    `facts` are of one period, or of several put together (`over_time`); `depth` is the deepest level of the tree.
    Goes up level by level, each from the totals of the level below: joining every fact with all its ancestors
    takes three times as long. The lowest level has nothing below it: its facts are its totals, and are not
    grouped.
    """
    entries = _entries(facts)
    inner = entries.join(tree.filter(_.level < depth).select("unit", "level"), "unit")
    totals = [_wide(entries.semi_join(tree.filter(_.level == depth), "unit"))]
    lower = entries
    for level in reversed(range(depth)):
        own = inner.filter(_.level == level).drop("level")
        lifted = _lifted(lower, tree.filter(_.level == level + 1))
        if level < depth - 1:  # sums are wider than facts, and adding up facts as they are is quicker
            own = _wide(own)
        lower = _summed(own.union(lifted), CELL)
        totals.append(lower)
    return ibis.union(*totals)


def unit_year(
    facts: ir.Table, tree: ir.Table, depth: int, unit: int, first: datetime.date, last: datetime.date
) -> ir.Table:
    """The totals of one unit in each period that ends from `first` to `last`, `period` and `month` in front."""
    within = facts.filter(_.month.between(first, last))
    inside = within.semi_join(branches(tree, depth, unit), "unit")
    by_period = _summed(_entries(inside, "period", "month"), ("period", "month", "indicator", "category"))
    return by_period.select("period", "month", unit=ibis.literal(unit, "int64"), **_all_but_unit(by_period))


def table_of(facts: ir.Table, tree: ir.Table, depth: int, unit: int) -> ir.Table:
    """The totals of each child of `unit`, and in the row of `unit` its own facts alone: so the column adds up."""
    placed = facts.join(branches(tree, depth, unit), "unit")
    return _summed(_entries(placed.drop("unit").rename(unit="branch")), CELL)


def beside_last_year(now: ir.Table, before: ir.Table) -> ir.Table:
    """Totals beside those of the same period of the last year, which end in `_before`.

    A cell that only one of them has is there with nulls for the other: nothing reported is not zero.
    """
    earlier = before.select(*CELL, **{f"{name}_before": name for name in ("amount", "entries", "estimates")})
    both = now.outer_join(earlier, CELL)
    keys = {name: ibis.coalesce(both[name], both[f"{name}_right"]) for name in CELL}
    rest = [name for name in both.columns if name not in CELL and not name.endswith("_right")]
    return both.select(**keys, **{name: both[name] for name in rest})


def _entries(facts: ir.Table, *also: str) -> ir.Table:
    """Each fact as the total of itself; facts put together over time are sums already, and as wide."""
    precision = facts.amount.type().precision
    amount = facts.amount.cast(AMOUNT if precision == AMOUNT.precision else SUM)
    return facts.select(
        *also,
        *CELL,
        amount=amount,
        entries=ibis.literal(1, "int64"),
        estimates=facts.is_estimate.cast("int32").cast("int64"),  # PostgreSQL makes a number of 32 bits of it
        smallest=amount,
        largest=amount,
    )


def _lifted(totals: ir.Table, units: ir.Table) -> ir.Table:
    """Totals under the names of the parents."""
    return (
        totals.join(units.select("unit", "parent"), "unit")
        .drop("unit")
        .rename(unit="parent")
        .select(*TOTALS.names)
    )


def _summed(rows: ir.Table, by: tuple[str, ...]) -> ir.Table:
    """Totals of totals."""
    return rows.group_by(*by).agg(
        amount=_.amount.sum().cast(SUM),
        entries=_whole(_.entries.sum()),
        estimates=_whole(_.estimates.sum()),
        smallest=_.smallest.min(),
        largest=_.largest.max(),
    )


def _whole(number: ir.Value) -> ir.Value:
    """A sum of counts in 64 bits. DuckDB's has 128, which Parquet would keep as a float; Ibis thinks of 64."""
    return number.cast("decimal(38, 0)").cast("int64")


def _wide(totals: ir.Table) -> ir.Table:
    return totals.mutate(amount=_.amount.cast(SUM))


def _all_but_unit(totals: ir.Table) -> dict[str, ir.Value]:
    return {name: totals[name] for name in TOTALS.names if name != "unit"}
