"""Which units stand where: expressions over the tree of a day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _


def branches(tree: ir.Table, depth: int, unit: int) -> ir.Table:
    """Every unit below `unit` beside the child of it that it belongs to (`branch`); `unit` itself is its own.

    `depth` is the deepest level of the tree. Goes down level by level: no table of all ancestors is needed.
    """
    step = tree.filter(_.parent == unit).select("unit", branch="unit")
    found = [tree.filter(_.unit == unit).select("unit", branch="unit"), step]
    for _level in range(depth - 1):
        above = step.select(parent="unit", branch="branch")
        step = tree.select("unit", "parent").join(above, "parent").select("unit", "branch")
        found.append(step)
    return ibis.union(*found)


def outside(facts: ir.Table, tree: ir.Table) -> ir.Table:
    """The facts of units that the tree does not have: they are in no total, so somebody should know."""
    return facts.anti_join(tree, "unit")


def misplaced(tree: ir.Table) -> ir.Table:
    """The units whose level is not one below their parent's, or whose parent is missing: totals lose them."""
    above = tree.select(parent="unit", above="level")
    placed = tree.left_join(above, "parent").select("unit", parent=tree.parent, level=tree.level, above="above")
    is_right = ibis.ifelse(_.parent.isnull(), _.level == 0, (_.above + 1 == _.level).fill_null(False))
    return placed.filter(~is_right).select("unit", "parent", "level")
