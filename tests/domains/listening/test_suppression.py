"""A small group is never shown, and nobody who can count works one out: not by lines, tables, trees or days."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pydantic import ValidationError

from config.env import Environment
from motbuoc.domains.listening.suppression import (
    Table,
    released,
    released_by_period,
    seen,
    shown,
    shown_table,
    shown_tree,
    smallest_group,
)
from tests.domains.listening.attacks import Line, possible

LEAST = 5
few = st.one_of(st.just(0), st.integers(1, 7), st.integers(0, 60))


def test_the_smallest_group_is_a_setting_and_never_below_three(monkeypatch: pytest.MonkeyPatch) -> None:
    assert smallest_group() == LEAST
    monkeypatch.setenv("MOTBUOC_SMALLEST_GROUP", "2")
    with pytest.raises(ValidationError):
        Environment()
    monkeypatch.setenv("MOTBUOC_SMALLEST_GROUP", "3")
    assert Environment().smallest_group == 3


def test_as_a_person_would_see_it() -> None:
    assert shown({"a": 40, "b": 30, "c": 0}) == {"a": 40, "b": 30, "c": 0}
    assert shown({"a": 40, "b": 30, "c": 2}) == {"a": 40, "b": None, "c": None}
    assert shown({"a": 40, "b": 3, "c": 4}) == {"a": 40, "b": None, "c": None}
    assert shown({"a": 1, "b": 1, "c": 40}) == {"a": None, "b": None, "c": None}
    assert shown({"a": 3, "b": 0}) == {"a": None, "b": None}, "three people altogether: nothing is told of them"
    assert shown({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 0}) == dict.fromkeys("abcdef")
    assert shown({}) == {}


def test_a_number_alone() -> None:
    assert [seen(count) for count in (0, 1, 4, 5, 6)] == [0, None, None, 5, 6]
    assert [seen(count, of=20) for count in (0, 4, 5, 15, 16, 20)] == [0, None, 5, 15, None, 20]
    for wrong in (lambda: seen(-1), lambda: seen(3, of=2), lambda: shown({"a": -1, "b": 9})):
        with pytest.raises(ValueError, match="0 or more"):
            wrong()


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_who_knows_the_rule_itself_cannot_undo_it(parts: int) -> None:
    """All breakdowns of a total there can be, by what is shown of them: no small count is ever the only one."""
    for total in range(LEAST, 25 if parts < 4 else 19):
        could_be: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
        for counts in compositions(total, parts):
            public = tuple(shown(dict(enumerate(counts))).values())
            could_be.setdefault(public, []).append(counts)
        for public, all_of_them in could_be.items():
            for at, value in enumerate(public):
                assert value is None or value == 0 or value >= LEAST
                if value is None:
                    assert len({counts[at] for counts in all_of_them}) > 1, (public, all_of_them)


@given(st.dictionaries(st.integers(0, 20), few, max_size=9))
def test_one_breakdown_holds(counts: dict[int, int]) -> None:
    public = shown(counts)
    total = sum(counts.values())
    _says_no_falsehood(counts, public)
    if seen(total) is None:
        assert set(public.values()) == {None}
        return
    line: Line = {**dict.fromkeys(counts, 1), "total": -1}
    _holds(counts, {**public, "total": total}, [line], together=list(counts))


def _says_no_falsehood(true: Mapping[Hashable, int], public: Mapping[Hashable, int | None]) -> None:
    for name, value in public.items():
        assert value is None or (value == true[name] and (value == 0 or value >= LEAST))


def _holds(
    true: Mapping[Hashable, int],
    public: dict[Hashable, int | None],
    lines: list[Line],
    together: list[Hashable],
) -> None:
    """Every small count may have so many values; what is hidden together is no small group."""
    hidden = [name for name, value in public.items() if value is None]
    is_whole = any(true[name] == 0 for name in hidden) or len(hidden) == len(public) - 1
    least = 0 if is_whole else 1
    for name in hidden:
        if 0 < true[name] < LEAST:
            low, high = possible(public, lines, name, least=least)
            assert low <= true[name] <= high
            assert high - low >= LEAST - 2, (name, low, high, public)
    in_line = [name for name in together if public[name] is None]
    assert not in_line or (sum(true[name] for name in in_line) >= LEAST and len(in_line) > 1)


tables = st.tuples(st.integers(1, 4), st.integers(1, 5)).flatmap(
    lambda size: st.lists(st.lists(few, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def _flat(cells: Mapping[Hashable, Mapping[Hashable, int | None]], found: Table | None = None) -> dict:
    flat: dict = {("cell", row, column): value for row, line in cells.items() for column, value in line.items()}
    if found:
        flat |= {("row", row): value for row, value in found.rows.items()}
        flat |= {("column", column): value for column, value in found.columns.items()}
        flat["total"] = found.total
    return flat


@trying(max_examples=60, deadline=None)
@given(tables)
def test_a_table_with_its_totals_holds(numbers: list[list[int]]) -> None:
    cells = {row: dict(enumerate(line)) for row, line in enumerate(numbers)}
    found = shown_table(cells)
    public = _flat(found.cells, found)
    true = _flat(cells)
    true |= {("row", row): sum(line.values()) for row, line in cells.items()}
    true |= {("column", at): sum(line[at] for line in cells.values()) for at in found.columns}
    true["total"] = sum(map(sum, numbers))
    _says_no_falsehood(true, public)
    if found.total is None:
        assert set(public.values()) == {None}
        return
    lines: list[Line] = [{**{("cell", row, at): 1 for at in found.columns}, ("row", row): -1} for row in cells]
    lines += [{**{("cell", row, at): 1 for row in cells}, ("column", at): -1} for at in found.columns]
    lines += [{**{("row", row): 1 for row in cells}, "total": -1}]
    lines += [{**{("column", at): 1 for at in found.columns}, "total": -1}]
    _holds(true, public, lines, together=[])


def test_a_table_as_a_person_would_see_it() -> None:
    found = shown_table({"xã A": {"yes": 30, "no": 2}, "xã B": {"yes": 20, "no": 10}})
    assert found.cells == {"xã A": {"yes": None, "no": None}, "xã B": {"yes": None, "no": None}}
    assert (found.rows, found.columns, found.total) == ({"xã A": 32, "xã B": 30}, {"yes": 50, "no": 12}, 62)
    found = shown_table({"A": {"yes": 30, "no": 12}, "B": {"yes": 1}, "C": {"yes": 50, "no": 40}})
    assert found.rows["B"] is None, "a row of one person has no total either"
    assert list(found.rows.values()).count(None) >= 2


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[int, int], dict[int, int | None]]:
    parents: dict[int, int | None] = {0: None}
    for unit in range(1, draw(st.integers(1, 12))):
        parents[unit] = draw(st.integers(0, unit - 1))
    return {unit: draw(few) for unit in parents}, parents


@trying(max_examples=80, deadline=None)
@given(trees())
def test_up_and_across_the_tree_holds(tree: tuple[dict[int, int], dict[int, int | None]]) -> None:
    own, parents = tree
    found = shown_tree(own, parents)
    true: dict[Hashable, int] = {("own", unit): count for unit, count in own.items()}
    for unit in sorted(parents, reverse=True):
        below = [("whole", child) for child, over in parents.items() if over == unit]
        true["whole", unit] = own[unit] + sum(true[child] for child in below)
    public: dict[Hashable, int | None] = {("own", unit): value for unit, value in found.own.items()}
    public |= {("whole", unit): value for unit, value in found.whole.items()}
    _says_no_falsehood(true, public)
    if found.whole[0] is None:
        assert set(public.values()) == {None}
        return
    lines: list[Line] = []
    for unit in parents:
        below = {("whole", child): 1 for child, over in parents.items() if over == unit}
        lines.append({**below, ("own", unit): 1, ("whole", unit): -1})
    _holds(true, public, lines, together=[])


def test_a_small_unit_does_not_follow_from_its_parent_and_siblings() -> None:
    parents = {"tỉnh": None, "huyện": "tỉnh", "xã 1": "huyện", "xã 2": "huyện", "sở": "tỉnh"}
    found = shown_tree({"xã 1": 2, "xã 2": 40, "sở": 30}, parents)
    assert found.whole == {"tỉnh": 72, "huyện": 42, "xã 1": None, "xã 2": None, "sở": 30}
    found = shown_tree({"xã 1": 2, "sở": 30, "tỉnh": 9}, parents)
    assert found.whole["huyện"] is None, "the only one below it has two people, so it has two itself"
    assert found.own["tỉnh"] is None, "the two would follow from the whole and the rest"
    with pytest.raises(ValueError, match="circle"):
        shown_tree({"a": 1}, {"a": "b", "b": "a"})
    with pytest.raises(ValueError, match="not in the tree"):
        shown_tree({"x": 1}, {"a": None})


def test_a_thousand_units_are_hidden_in_a_moment_and_every_small_one_is() -> None:
    parents: dict[int, int | None] = {0: None} | {unit: (unit - 1) // 8 for unit in range(1, 1200)}
    own = {unit: unit * 7919 % 13 for unit in parents}
    found = shown_tree(own, parents)
    assert all(
        value is None or value == 0 or value >= LEAST for value in [*found.own.values(), *found.whole.values()]
    )
    assert sum(value is not None for value in found.whole.values()) > 100


def test_a_growing_number_moves_by_no_fewer_than_the_smallest_group() -> None:
    day_by_day, published = [3, 4, 7, 9, 11, 11, 12, 16], [0]
    for now in day_by_day:
        published.append(released(published[-1], now))
    assert published[1:] == [0, 0, 7, 7, 7, 7, 12, 12]
    assert released(12, 8) == 12
    assert released(12, 3) == 3


@given(st.lists(st.integers(0, 9), max_size=40), st.integers(1, 7))
def test_no_window_that_rolls_tells_of_a_small_group(counts: list[int], width: int) -> None:
    published = released_by_period(counts)
    assert sum(counts) - sum(published) < LEAST, (
        "whoever waits is fewer than a group, and nobody is lost or doubled"
    )
    assert all(value == 0 or value >= LEAST for value in published)
    windows = [sum(published[at : at + width]) for at in range(max(len(published) - width + 1, 0))]
    for at, (one, other) in enumerate(pairwise(windows)):
        assert other - one == published[at + width] - published[at], "nothing but published numbers comes to light"
