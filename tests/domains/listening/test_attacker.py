"""The attacker: has everything that was ever shown of an invented population, on every day and to every reader.

People come day by day, each of a unit, of a group, with an answer. What is shown of them is made by
`listening.suppression` alone: the breakdown of answers, answers by group, the tree of units, the running total,
the weeks. The attacker puts all of it together as one set of equations and asks of every small number what it can
be.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple

import pytest

from motbuoc.domains.listening.suppression import (
    in_steps,
    released,
    released_by_period,
    seen,
    shown_table,
    shown_tables,
    shown_tree,
)
from tests.domains.listening.attacks import Line, possible

LEAST = 5
PARENTS = {"tỉnh": None, "huyện A": "tỉnh", "huyện B": "tỉnh"} | {
    f"xã {number}": "huyện A" if number < 4 else "huyện B" for number in range(8)
}
GROUPS = ("đoàn viên", "hội viên", "người lao động")
ANSWERS = ("đồng tình", "lo lắng", "bức xúc", "không ý kiến")


class One(NamedTuple):
    """Somebody who answered."""

    unit: str
    group: str
    answer: str
    day: int


def people(seed: int) -> list[One]:
    """About a hundred, most of them alike, a few not."""
    lot = random.Random(seed)
    units = [unit for unit, parent in PARENTS.items() if parent != "tỉnh" and parent]
    return [
        One(
            lot.choices(units, [30, 1, 8, 2, 25, 1, 12, 3])[0],
            lot.choices(GROUPS, [1, 4, 20])[0],
            lot.choices(ANSWERS, [40, 6, 2, 5])[0],
            min(int(lot.expovariate(0.12)), 27),
        )
        for _ in range(lot.randint(40, 130))
    ]


def counted(everybody: Iterable[One], *names: str) -> Counter[Hashable]:
    rows = (tuple(getattr(one, name) for name in names) for one in everybody)
    return Counter(row if len(row) > 1 else row[0] for row in rows)


@pytest.mark.parametrize("seed", range(12))
def test_tables_of_one_population_put_together_tell_of_no_small_group(seed: int) -> None:
    """The breakdown of all and two tables share the numbers of answers."""
    all_of_them = people(seed)
    by_what = {"group": GROUPS, "unit": sorted({one.unit for one in all_of_them})}
    counts = counted(all_of_them, "group", "answer") + counted(all_of_them, "unit", "answer")
    tables = shown_tables(
        [
            {name: {answer: counts[name, answer] for answer in ANSWERS} for name in names}
            for names in by_what.values()
        ]
    )
    whole = tables[0].columns
    shows: dict[Hashable, int | None] = {"all": seen(len(all_of_them))}
    true: dict[Hashable, int] = {"all": len(all_of_them)}
    lines: list[Line] = []
    for (by, names), table in zip(by_what.items(), tables, strict=True):
        assert table.columns == whole, "the same numbers in every table"
        for name in names:
            shows[by, name], true[by, name] = table.rows[name], counted(all_of_them, by)[name]
            lines.append({**{(by, name, answer): 1 for answer in ANSWERS}, (by, name): -1})
            for answer in ANSWERS:
                shows[by, name, answer], true[by, name, answer] = table.cells[name][answer], counts[name, answer]
        lines.append({**{(by, name): 1 for name in names}, "all": -1})
        lines += [{**{(by, name, answer): 1 for name in names}, ("answer", answer): -1} for answer in ANSWERS]
    for answer in ANSWERS:
        shows["answer", answer], true["answer", answer] = whole[answer], counted(all_of_them, "answer")[answer]
    _finds_nothing(true, shows, lines)


def _finds_nothing(true: dict[Hashable, int], shows: dict[Hashable, int | None], lines: list[Line]) -> None:
    for name, value in shows.items():
        assert value is None or value == true[name]
        assert value is None or value == 0 or value >= LEAST
        if value is None and 0 < true[name] < LEAST:
            low, high = possible(shows, lines, name, least=1)
            assert low < high, (name, low, high)


@pytest.mark.parametrize("seed", range(12))
def test_the_tree_and_its_units_tell_of_no_small_group(seed: int) -> None:
    """Whoever sees one district and whoever sees the province put together what they have: it is the same."""
    own = {str(unit): count for unit, count in counted(people(seed), "unit").items()}
    tree = shown_tree(own, PARENTS)
    shows: dict[Hashable, int | None] = {("own", unit): value for unit, value in tree.own.items()}
    shows |= {("whole", unit): value for unit, value in tree.whole.items()}
    true: dict[Hashable, int] = {("own", unit): own.get(unit, 0) for unit in PARENTS}
    lines: list[Line] = []
    for unit in reversed([*PARENTS]):
        below = [child for child, parent in PARENTS.items() if parent == unit]
        true["whole", unit] = true["own", unit] + sum(true["whole", child] for child in below)
        lines.append({**{("whole", child): 1 for child in below}, ("own", unit): 1, ("whole", unit): -1})
    _finds_nothing(true, shows, lines)


@pytest.mark.parametrize("seed", range(12))
def test_two_days_tell_of_no_small_group(seed: int) -> None:
    """A total read every day, every window of weeks, and who asks the same: each step is a group or nothing."""
    by_day = [counted(people(seed), "day")[day] for day in range(28)]
    total, published, steps = 0, [0], [0]
    for count in by_day:
        total += count
        published.append(released(published[-1], total))
        steps.append(in_steps(total))
    for read in (published, steps):
        moves = [later - earlier for at, earlier in enumerate(read) for later in read[at + 1 :]]
        assert all(move == 0 or move >= LEAST for move in moves)
    weeks = released_by_period(sum(by_day[start : start + 7]) for start in range(0, 28, 7))
    windows = {sum(weeks[start:end]) for start in range(5) for end in range(start, 5)}
    assert all(count == 0 or count >= LEAST for count in windows)


def test_a_filter_is_a_table_too() -> None:
    """Filters that are worked out one by one give a small group away by subtraction; as one table they do not."""
    counts = {"xã 1": {"nam": 20, "nữ": 2}, "xã 2": {"nam": 18, "nữ": 15}}
    careless = (
        {unit: seen(sum(row.values())) for unit, row in counts.items()},
        {unit: seen(row["nam"]) for unit, row in counts.items()},
    )
    assert (careless[0]["xã 1"] or 0) - (careless[1]["xã 1"] or 0) == 2, "what the attacker hopes for"
    table = shown_table(counts)
    assert (table.rows["xã 1"], table.cells["xã 1"]["nam"]) == (22, None)
