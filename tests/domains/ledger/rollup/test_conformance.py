"""The same functions give the same figures to the last digit on every engine, and those of counting by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet
import pytest
from ibis import _

from motbuoc.domains.ledger.rollup.over_time import over_time
from motbuoc.domains.ledger.rollup.shapes import SUM, TOTALS
from motbuoc.domains.ledger.rollup.totals import _summed, beside_last_year, rolled_up, table_of, unit_year
from motbuoc.domains.ledger.rollup.tree import branches, misplaced, outside
from tests.domains.ledger.rollup import small_province as province
from tests.domains.ledger.rollup.engines import Engine, Spark
from tests.domains.ledger.rollup.small_province import DEPTH, JUNE, LAST_JUNE, PARENTS, REPORTED

CELL = ("unit", "indicator", "category")


def by(keys: Iterable[str], rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows), "a cell is there twice"
    return found


def inner_unit() -> int:
    """A unit with grandchildren, below the top."""
    ways = [list(province.ancestors(unit)) for unit in PARENTS]
    return next(way[2] for way in ways if len(way) == 5)


def lowest_unit() -> int:
    return next(unit for unit in PARENTS if unit not in PARENTS.values())


def test_every_unit_has_its_own_and_all_below(engine: Engine) -> None:
    facts = engine.facts.filter(_.period == JUNE)
    expression = rolled_up(facts, engine.tree, DEPTH)
    assert expression.schema() == TOTALS
    expected = by(CELL, province.rolled_up(province.of(JUNE)))
    assert len(expected) > 300
    assert by(CELL, engine.rows(expression)) == expected


@pytest.mark.parametrize("unit", [1, inner_unit(), lowest_unit()])
def test_a_unit_s_year_has_each_period(engine: Engine, unit: int) -> None:
    found = engine.rows(unit_year(engine.facts, engine.tree, DEPTH, unit, date(2026, 1, 1), date(2026, 12, 31)))
    expected = by(("period", *CELL), province.unit_year(unit, 2026))
    assert {row["month"].month for row in expected.values()} == set(range(1, 13))
    assert by(("period", *CELL), found) == expected


@pytest.mark.parametrize("unit", [1, inner_unit(), lowest_unit()])
def test_a_table_has_the_children_and_adds_up_to_the_unit(engine: Engine, unit: int) -> None:
    facts = engine.facts.filter(_.period == JUNE)
    found = engine.rows(table_of(facts, engine.tree, DEPTH, unit))
    assert by(CELL, found) == by(CELL, province.table_of(province.of(JUNE), unit))
    of_unit = [row for row in province.rolled_up(province.of(JUNE)) if row["unit"] == unit]
    assert sum(row["amount"] for row in found) == sum(row["amount"] for row in of_unit)


def test_periods_are_put_together_by_what_each_indicator_counts(engine: Engine) -> None:
    together = over_time(engine.facts.filter(_.month.year() == 2026), engine.bases)
    expected = province.rolled_up(province.over_time(fact for fact in REPORTED if fact.month.year == 2026))
    assert by(CELL, engine.rows(rolled_up(together, engine.tree, DEPTH))) == by(CELL, expected)


def test_what_counts_from_the_beginning_of_the_year_begins_again_and_a_stock_does_not(
    engine: Engine,
) -> None:
    together = over_time(engine.facts, engine.bases)
    expected = province.rolled_up(province.over_time(REPORTED))
    assert by(CELL, engine.rows(rolled_up(together, engine.tree, DEPTH))) == by(CELL, expected)


def test_the_last_year_stands_beside_with_what_only_one_of_them_has(engine: Engine) -> None:
    now, before = (
        rolled_up(engine.facts.filter(_.period == period), engine.tree, DEPTH) for period in (JUNE, LAST_JUNE)
    )
    found = by(CELL, engine.rows(beside_last_year(now, before)))
    of_now, of_before = (by(CELL, province.rolled_up(province.of(period))) for period in (JUNE, LAST_JUNE))
    assert set(found) == of_now.keys() | of_before.keys()
    assert of_now.keys() - of_before.keys()
    assert of_before.keys() - of_now.keys()
    nothing = dict.fromkeys(TOTALS.names)
    for cell, row in found.items():
        this, last = of_now.get(cell, nothing), of_before.get(cell, nothing)
        assert [row[name] for name in TOTALS.names[3:]] == [this[name] for name in TOTALS.names[3:]]
        assert row["amount_before"] == last["amount"]
        assert row["entries_before"] == last["entries"]
        assert row["estimates_before"] == last["estimates"]


def test_branches_hold_every_unit_below_once(engine: Engine) -> None:
    unit = inner_unit()
    found = engine.rows(branches(engine.tree, DEPTH, unit))
    ways = {name: list(province.ancestors(name)) for name in PARENTS}
    expected = {name: way[max(way.index(unit) - 1, 0)] for name, way in ways.items() if unit in way}
    assert len(expected) > 3
    assert {row["unit"]: row["branch"] for row in found} == expected
    assert len(found) == len(expected)


def test_facts_of_units_that_left_the_tree_are_told(engine: Engine) -> None:
    found = engine.rows(outside(engine.facts.filter(_.period == JUNE), engine.tree))
    assert {row["unit"] for row in found} == {province.LEFT_THE_TREE}
    assert len(found) == sum(fact.unit == province.LEFT_THE_TREE for fact in province.of(JUNE))


def test_a_tree_with_wrong_levels_is_told(engine: Engine) -> None:
    assert engine.rows(misplaced(engine.tree)) == []
    wrong = engine.tree.mutate(level=(_.unit == lowest_unit()).ifelse(0, _.level))
    assert [row["unit"] for row in engine.rows(misplaced(wrong))] == [lowest_unit()]
    cut = engine.tree.filter(_.unit != inner_unit())
    children = {unit for unit, parent in PARENTS.items() if parent == inner_unit()}
    assert {row["unit"] for row in engine.rows(misplaced(cut))} == children


def test_a_sum_too_wide_is_an_error_and_no_figure(engine: Engine) -> None:
    """Wider than 38 digits: told by totals that are as wide already, since no test has 10^20 facts."""
    wide = engine.facts.limit(2).mutate(
        amount=ibis.literal(Decimal("9" * 35 + ".999"), SUM),
        entries=1,
        estimates=0,
        smallest=_.amount,
        largest=_.amount,
        indicator=1,
        category=0,
    )
    with pytest.raises(Exception, match=r"(?i)overflow|out of range|does not fit"):
        engine.rows(_summed(wide, ("indicator", "category")))


def test_the_guide_s_program_for_a_cluster_gives_the_totals(engine: Engine, tmp_path: Path) -> None:
    if not isinstance(engine, Spark):
        pytest.skip("the guide's program is for Spark")
    guide = (Path(__file__).parents[4] / "docs/guides/rollup-cluster.md").read_text()
    program = guide.split("```python\n")[1].split("```")[0]
    for written, here in (
        ('Path("ledger")', repr(engine.folder / "ledger").replace("PosixPath", "Path")),
        ('"tree.parquet"', repr(str(engine.folder / "tree.parquet"))),
        ('"totals.parquet"', repr(str(tmp_path / "totals.parquet"))),
        ("42", str(JUNE)),
    ):
        assert written in program
        program = program.replace(written, here)
    exec(program, {})
    totals = pyarrow.parquet.read_table(tmp_path / "totals.parquet").to_pylist()
    assert by(CELL, totals) == by(CELL, province.rolled_up(province.of(JUNE)))
