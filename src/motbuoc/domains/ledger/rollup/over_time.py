"""Facts of several periods put together, each indicator by its basis."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from motbuoc.domains.ledger.rollup.shapes import CELL, SUM

BASES = ibis.schema({"indicator": "int32", "basis": "string"})
"""What an indicator counts (`choices.Basis`); one that is not named counts within its period."""
IN_PERIOD, STOCK = "in_period", "stock"


def over_time(facts: ir.Table, bases: ir.Table) -> ir.Table:
    """One row a unit, indicator and category for all the periods of `facts`, which are those of one schedule.

    What counts within its period is added up. What counts from the beginning of the year is, in each year, what
    the unit gave last; years are added up. A stock is what the unit gave last in all. `is_estimate` says whether
    an estimate is in it. Roll it up like the facts of one period: a unit that reported five months of six is
    still in.
    """
    known = facts.left_join(bases, "indicator").drop("indicator_right")
    known = known.mutate(
        is_added=_.basis.fill_null(IN_PERIOD) == IN_PERIOD,
        year=ibis.ifelse(_.basis.fill_null(IN_PERIOD) == STOCK, 0, _.month.year()),
        estimated=_.is_estimate.cast("int32"),
    )
    yearly = known.group_by(*CELL, "year", "is_added").agg(
        added=_.amount.sum().cast(SUM),
        last=_.amount.argmax(_.month).cast(SUM),
        any_estimate=_.estimated.max(),
        last_estimate=_.estimated.argmax(_.month),
    )
    chosen = yearly.mutate(
        amount=ibis.ifelse(_.is_added, _.added, _.last),
        estimated=ibis.ifelse(_.is_added, _.any_estimate, _.last_estimate),
    )
    return chosen.group_by(*CELL).agg(amount=_.amount.sum().cast(SUM), is_estimate=_.estimated.max() > 0)
