"""What is published is read whole: the old or the new, whoever is killed, and to the last digit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb as engine
import pyarrow as pa
import pytest

from motbuoc.domains.ledger.rollup.over_time import over_time
from motbuoc.domains.ledger.rollup.reading import in_sql, reading
from motbuoc.domains.ledger.rollup.shapes import FACTS
from motbuoc.domains.ledger.rollup.snapshots import GRACE, Snapshots, WrongFacts
from motbuoc.domains.ledger.rollup.totals import rolled_up
from tests.domains.ledger.rollup import small_province as province
from tests.domains.ledger.rollup.small_province import DEPTH, JUNE, LAST_JUNE, Fact, as_bases, as_facts, as_tree

MAY = JUNE - 1
TREE = as_tree()


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """A folder with three periods."""
    published = Snapshots(tmp_path / "ledger")
    for period in (LAST_JUNE, MAY, JUNE):
        published.publish(period, as_facts(province.of(period)))
    return published


def amounts(snapshots: Snapshots, *periods: int) -> list[Decimal]:
    with reading(snapshots, TREE, periods=periods or None) as look:
        return look.rows(look.facts.select("amount")).column(0).to_pylist()


def test_what_was_published_is_read_to_the_last_digit(snapshots: Snapshots) -> None:
    for period in (LAST_JUNE, MAY, JUNE):
        assert sorted(amounts(snapshots, period)) == sorted(fact.amount for fact in province.of(period))
    assert len(amounts(snapshots)) == sum(len(province.of(period)) for period in (LAST_JUNE, MAY, JUNE))


def test_the_ledger_can_be_read_before_anything_is_published(tmp_path: Path) -> None:
    assert amounts(Snapshots(tmp_path)) == []


def test_totals_are_read_of_it(snapshots: Snapshots) -> None:
    with reading(snapshots, TREE, as_bases(), [JUNE]) as look:
        assert look.depth() == DEPTH
        found = look.totals().to_pylist()
    key = ("unit", "indicator", "category")
    expected = province.rolled_up(province.of(JUNE))
    assert sorted(found, key=lambda row: [row[name] for name in key]) == sorted(
        expected, key=lambda row: [row[name] for name in key]
    )
    with reading(snapshots, TREE, as_bases(), [MAY, JUNE]) as look:
        together = look.rows(over_time(look.facts, look.bases)).to_pylist()
    expected_together = province.over_time(province.of(MAY) + province.of(JUNE))
    assert {tuple(row[name] for name in (*key, "amount")) for row in together} == {
        (fact.unit, fact.indicator, fact.category, fact.amount) for fact in expected_together
    }


def test_what_counts_is_no_float_in_a_file(snapshots: Snapshots, tmp_path: Path) -> None:
    """DuckDB's sums of whole numbers have 128 bits, and Parquet would keep them as floats."""
    with reading(snapshots, TREE) as look:
        look.connection.sql(in_sql(rolled_up(look.facts, look.tree, DEPTH))).write_parquet(
            str(tmp_path / "totals")
        )
    types = engine.read_parquet(str(tmp_path / "totals")).types
    assert [str(kind) for kind in types] == [
        *("BIGINT", "INTEGER", "INTEGER", "DECIMAL(38,3)", "BIGINT", "BIGINT", "DECIMAL(18,3)", "DECIMAL(18,3)")
    ]


def test_a_period_is_replaced_and_the_others_stay(snapshots: Snapshots) -> None:
    before = snapshots.manifest().files
    changed = [fact._replace(amount=Decimal("1.001")) for fact in province.of(JUNE)][:7]
    snapshots.publish(JUNE, as_facts(changed).to_reader(max_chunksize=2))
    after = snapshots.manifest().files
    assert [period for period in after if after[period] != before[period]] == [JUNE]
    assert amounts(snapshots, JUNE) == [Decimal("1.001")] * 7
    assert len(amounts(snapshots, MAY)) == len(province.of(MAY))


def test_a_period_without_facts_is_none(snapshots: Snapshots) -> None:
    snapshots.publish(JUNE, as_facts([]))
    assert amounts(snapshots, JUNE) == []
    snapshots.withdraw(JUNE)
    assert JUNE not in snapshots.manifest().files


def test_who_began_to_read_goes_on_with_what_was(snapshots: Snapshots) -> None:
    with reading(snapshots, TREE, periods=[JUNE]) as look:
        snapshots.publish(JUNE, as_facts([]))
        snapshots.sweep()
        assert look.rows(look.facts).num_rows == len(province.of(JUNE))
    assert amounts(snapshots, JUNE) == []


def test_what_was_replaced_is_removed_when_nobody_can_be_reading_it(snapshots: Snapshots) -> None:
    old = snapshots.folder / snapshots.manifest().files[JUNE]
    long_ago = time.time() - 10 * GRACE
    for path in snapshots.folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    left = snapshots.folder / "2606-left-by-a-killed-process.part"
    left.write_text("half")
    os.utime(left, (long_ago, long_ago))
    snapshots.publish(JUNE, as_facts(province.of(JUNE)))
    assert snapshots.sweep() == [left]
    assert old.exists()
    assert snapshots.sweep(time.time() + GRACE + 1) == [old]
    assert len(amounts(snapshots)) == sum(len(province.of(period)) for period in (LAST_JUNE, MAY, JUNE))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda facts: [*facts, facts[0]], "two facts"),
        (lambda facts: [facts[0]._replace(period=MAY), *facts[1:]], "another period"),
        (lambda facts: [facts[0]._replace(month=province.month_end(2026, 5)), *facts[1:]], "different days"),
        (lambda facts: [facts[0]._replace(amount=None), *facts[1:]], "lacks"),
        (lambda facts: [facts[0]._replace(category=None), *facts[1:]], "lacks"),
    ],
)
def test_what_is_wrong_is_not_published(snapshots: Snapshots, wrong, words: str) -> None:
    before = snapshots.manifest()
    facts: list[Fact] = province.of(JUNE)
    with pytest.raises(WrongFacts, match=words):
        snapshots.publish(JUNE, as_facts(wrong(facts)))
    assert list(snapshots.folder.glob("*.part")) == []
    assert snapshots.manifest() == before
    assert len(amounts(snapshots, JUNE)) == len(facts)


@pytest.mark.parametrize("row", [1, 122_879, 122_880, 122_881, 299_999])
def test_a_cell_that_is_there_twice_is_found_anywhere_in_a_great_file(tmp_path: Path, row: int) -> None:
    """The file is written in groups of 122,880 rows."""
    facts = generation(0, 300_000)
    twice = pa.concat_tables([facts, facts.slice(row, 1)])
    with pytest.raises(WrongFacts, match="two facts"):
        Snapshots(tmp_path).publish(JUNE, twice)


def test_a_digit_too_many_is_not_rounded_away(snapshots: Snapshots) -> None:
    facts = as_facts(province.of(JUNE))
    finer = pa.array([Decimal("0.0001")] * facts.num_rows, pa.decimal128(19, 4))
    with pytest.raises(WrongFacts):
        snapshots.publish(JUNE, facts.set_column(facts.schema.get_field_index("amount"), "amount", finer))


REFRESHER = """
import os
import sys
from itertools import count
from pathlib import Path
from motbuoc.domains.ledger.rollup.snapshots import Snapshots
from tests.domains.ledger.rollup.test_snapshots import generation

snapshots = Snapshots(Path(sys.argv[1]))
for line in sys.stdin:  # each has a process of its own, which need not load everything anew
    child = os.fork()
    if not child:
        for number in count(int(line)):
            snapshots.publish(2606, generation(number))
    print(child, flush=True)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""
ROWS = 20_000
TURNS = 20


def generation(number: int, rows: int = ROWS) -> pa.Table:
    """Facts of one period that all say which refresh they are of."""
    columns = {
        "period": pa.repeat(JUNE, rows),
        "month": pa.repeat(province.month_end(2026, 6), rows),
        "unit": pa.array(range(rows)),
        "indicator": pa.repeat(1, rows),
        "category": pa.repeat(0, rows),
        "amount": pa.repeat(Decimal(number), rows),
        "is_estimate": pa.repeat(False, rows),
    }
    return pa.table({name: values.cast(FACTS[name].to_pyarrow()) for name, values in columns.items()})


def seen(snapshots: Snapshots) -> Decimal:
    """The refresh that a reader finds, having checked that it is one and whole."""
    with reading(snapshots, TREE, periods=[JUNE]) as look:
        rows = look.rows(look.facts).column("amount")
    assert len(rows) == ROWS
    assert len(rows.unique()) == 1
    return rows[0].as_py()


def test_killed_at_any_moment_readers_see_the_old_or_the_new(tmp_path: Path) -> None:
    """A process is killed while it refreshes, at twenty moments; meanwhile and after, the ledger is whole."""
    snapshots = Snapshots(tmp_path)
    snapshots.publish(JUNE, generation(0))
    last, looks = Decimal(0), 0
    command = [sys.executable, "-c", REFRESHER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        for turn in range(1, TURNS + 1):
            parent.stdin.write(f"{turn * 1000}\n")
            parent.stdin.flush()
            child = int(parent.stdout.readline())
            start = time.monotonic()
            goes_on = 0.009 * turn
            while time.monotonic() < start + goes_on:
                found = seen(snapshots)
                assert found >= last  # never back
                last, looks = found, looks + 1
                if turn % 2 and last < turn * 1000:  # every other one comes to an end before it is killed
                    goes_on = min(time.monotonic() - start + 0.009 * turn, 30)
            os.kill(child, signal.SIGKILL)
            assert parent.stdout.readline() == "killed\n"
            found = seen(snapshots)
            assert found >= last
            last = found
        parent.stdin.close()
    assert looks > TURNS
    assert last >= (TURNS - 1) * 1000, "no refresh came to its end"
    named = {"manifest.json", "lock", *snapshots.manifest().files.values()}
    assert {path.suffix for path in tmp_path.iterdir() if path.name not in named} >= {".part"}, "killed too late"
    snapshots.sweep(time.time() + GRACE + 1)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == named
    assert seen(snapshots) == last


def test_two_who_refresh_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each of two processes publishes periods of its own; the manifest names all of them."""
    program = """
import sys
from pathlib import Path
from motbuoc.domains.ledger.rollup.shapes import FACTS
from motbuoc.domains.ledger.rollup.snapshots import Snapshots
for period in range(int(sys.argv[2]), int(sys.argv[2]) + 15):
    Snapshots(Path(sys.argv[1])).publish(period, FACTS.to_pyarrow().empty_table())
"""
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(first)]) for first in (100, 200)
    ]
    assert [child.wait(timeout=60) for child in children] == [0, 0]
    expected = {*range(100, 115), *range(200, 215)}
    assert set(Snapshots(tmp_path).manifest().files) == expected


def test_a_period_s_file_is_all_that_a_refresh_writes(snapshots: Snapshots) -> None:
    """Refreshing costs in proportion to the period: the files of the others are neither read nor written."""
    others = [snapshots.folder / name for period, name in snapshots.manifest().files.items() if period != JUNE]
    for path in others:
        path.chmod(0o000)
    before = {path: path.stat().st_mtime_ns for path in others}
    snapshots.publish(JUNE, as_facts(province.of(JUNE)))
    assert {path: path.stat().st_mtime_ns for path in others} == before


def test_a_file_is_sorted_by_unit(snapshots: Snapshots) -> None:
    path = snapshots.folder / snapshots.manifest().files[JUNE]
    with closing(engine.connect()) as connection:
        units = connection.execute("select unit from read_parquet($1)", [str(path)]).fetchall()
    assert units == sorted(units)
    assert len(units) == len(province.of(JUNE))
