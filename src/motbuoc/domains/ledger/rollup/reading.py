"""Reading what was published: one look at the ledger as it was when the look began."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from functools import cache

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from motbuoc.domains.ledger.rollup.over_time import BASES
from motbuoc.domains.ledger.rollup.shapes import FACTS, TREE
from motbuoc.domains.ledger.rollup.snapshots import Snapshots, engine
from motbuoc.domains.ledger.rollup.totals import rolled_up


class Reading:
    """The published facts of some periods, with a tree and the bases of indicators beside them.

    `facts`, `tree` and `bases` are tables to build expressions of (`totals`, `over_time`), which `rows` runs.
    """

    facts: ir.Table = ibis.table(FACTS, name="facts")
    tree: ir.Table = ibis.table(TREE, name="tree")
    bases: ir.Table = ibis.table(BASES, name="bases")

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, expression: ir.Table) -> pa.Table:
        """What an expression gives."""
        return self.connection.sql(in_sql(expression)).to_arrow_table()

    def totals(self) -> pa.Table:
        """Every unit's totals of the facts (`totals.rolled_up`), which are of one period."""
        return self.connection.sql(totals_in_sql(self.depth())).to_arrow_table()

    def depth(self) -> int:
        """The deepest level of the tree."""
        return int(self.connection.execute("select coalesce(max(level), 0) from tree").fetchall()[0][0])


def in_sql(expression: ir.Table) -> str:
    """An expression as DuckDB reads it."""
    return str(ibis.to_sql(expression, dialect="duckdb"))


@cache
def totals_in_sql(depth: int) -> str:
    """The great expression, translated once: that takes a tenth of a second, much beside a small ledger."""
    return in_sql(rolled_up(Reading.facts, Reading.tree, depth))


@contextmanager
def reading(
    snapshots: Snapshots,
    tree: pa.Table,
    bases: pa.Table | None = None,
    periods: Collection[int] | None = None,
) -> Iterator[Reading]:
    """A look at the named periods, or all. What is published meanwhile is for the next look.

    Files stay for an hour after they were replaced (`snapshots.GRACE`): a look should not take longer.
    """
    named = snapshots.manifest().files
    chosen = [name for period, name in sorted(named.items()) if periods is None or period in periods]
    with closing(engine(snapshots.folder)) as connection:
        connection.register("given_tree", tree.cast(TREE.to_pyarrow()))
        connection.execute("create table tree as from given_tree")
        connection.register("bases", (bases or BASES.to_pyarrow().empty_table()).cast(BASES.to_pyarrow()))
        if chosen:
            paths = [str(snapshots.folder / name) for name in chosen]
            connection.read_parquet(paths).create_view("facts")
        else:
            connection.register("facts", FACTS.to_pyarrow().empty_table())
        yield Reading(connection)
