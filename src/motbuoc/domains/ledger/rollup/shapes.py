"""The columns of what is added up, and of the sums."""

from __future__ import annotations

import ibis

AMOUNT = ibis.dtype("decimal(18, 3)")
"""A fact: exact, as the table of the ledger has it."""
SUM = ibis.dtype("decimal(38, 3)")
"""A sum of facts: as wide as the engines go. One wider still is an error in each, never a wrong figure."""

FACTS = ibis.schema(
    {
        "period": "int64",
        "month": "date",
        "unit": "int64",
        "indicator": "int32",
        "category": "int32",
        "amount": AMOUNT,
        "is_estimate": "boolean",
    }
)
"""One accepted figure: at most one for a period, unit, indicator and category.

`period` is the key of the reporting period, `month` its last day, `category` 0 where the figure is not broken
down.
"""

TREE = ibis.schema({"unit": "int64", "parent": "int64", "level": "int32"})
"""The units of a day: `parent` is null and `level` 0 at the top; below, `level` is one more than the parent's."""

CELL = ("unit", "indicator", "category")
"""What a total is of."""

TOTALS = ibis.schema(
    {
        "unit": "int64",
        "indicator": "int32",
        "category": "int32",
        "amount": SUM,
        "entries": "int64",
        "estimates": "int64",
        "smallest": AMOUNT,
        "largest": AMOUNT,
    }
)
"""`entries`: how many units' facts are in the amount; `estimates`: how many of them are estimates; then the
smallest and the largest of them, wide (`SUM`) where they were put together over time."""
