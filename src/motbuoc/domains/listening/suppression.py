"""Small groups are never shown, and never follow from what is shown. The rule, in three sentences:

1. A number of people from 1 to below the smallest group (a setting: 5, never below 3) is hidden, and with it so
   much else that adding and subtracting, across, down a table or up the tree, leaves at least as many values
   possible for it as one less than the smallest group.
2. What is broken down by group, unit or answer is worked out once for everybody, over the whole table or tree,
   when the survey, the meeting or the week is over, and does not change afterwards.
3. A number that goes on growing moves only when at least as many as the smallest group have come since it last
   moved; fewer wait, and are counted with those who come next.

Zero is shown: it is no group of people. So whoever looks knows that what is hidden is at least 1, and that is
reckoned with (`cover`). Only where nothing else can cover (so few people altogether) the zeros are hidden too.
What these rules do not do: where all of a shown group say the same, it is known of each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from django.conf import settings

from motbuoc.domains.listening.cover import Edge, covered

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)
Shown = int | None
"""A number as it is shown; None: hidden, fewer than the smallest group or covering others that are."""


def smallest_group() -> int:
    """How many people a group must have to be shown: `MOTBUOC_SMALLEST_GROUP`."""
    least: int = settings.SMALLEST_GROUP
    return least


def seen(count: int, of: int | None = None) -> Shown:
    """One number on its own, such as a total: shown where it is 0 or no small group.

    `of` is out of how many people it is, where that is known, as with a question of which several answers can be
    chosen: then those who are left must be none or no small group either.
    """
    rest = 0 if of is None else of - count
    if count < 0 or rest < 0:
        raise ValueError("a count of people is 0 or more, and no more than there are")
    least = smallest_group()
    return count if not 0 < count < least and not 0 < rest < least else None


def shown(counts: Mapping[K, int]) -> dict[K, Shown]:
    """One breakdown whose total may be known: show the total by `seen`, never otherwise.

    All is hidden where the total is a small group.

    Raises:
        ValueError: a count is negative.
    """
    kept = _kept([Edge("all", "each", count) for count in counts.values()], sum(counts.values()))
    return dict(zip(counts, kept, strict=True))


class Table(NamedTuple, Generic[R, C]):
    """A table as it is shown: its cells, the totals of its rows and columns, and the total of all."""

    cells: dict[R, dict[C, Shown]]
    rows: dict[R, Shown]
    columns: dict[C, Shown]
    total: Shown


def shown_table(rows: Mapping[R, Mapping[C, int]]) -> Table[R, C]:
    """A table of people, each of whom is in one cell, whose totals may be known. Missing cells are 0.

    Show no other totals than those it gives: they are hidden as `shown` would hide them, and more of them only
    where nothing in the table covers. Where more than one table of the same people is shown, take `shown_tables`.

    Raises:
        ValueError: a count is negative.
    """
    return shown_tables([rows])[0]


def shown_tables(tables: Sequence[Mapping[R, Mapping[C, int]]]) -> list[Table[R, C]]:
    """Tables of the same people by the same columns, such as answers by group and answers by unit: a column's
    total that one of them hides is hidden in all.

    Raises:
        ValueError: a count is negative, or the columns have not the same totals.
    """
    columns = list(dict.fromkeys(column for rows in tables for row in rows.values() for column in row))
    totals = [[sum(row.get(column, 0) for row in rows.values()) for column in columns] for rows in tables]
    if any(each != totals[0] for each in totals):
        raise ValueError("tables of the same people have the same totals")
    hidden = {columns[at] for at in _hidden(totals[0])} if totals else set()
    while True:
        found = [_table(rows, columns, hidden) for rows in tables]
        more = {column for table in found for column, value in table.columns.items() if value is None}
        if more <= hidden:
            return found
        hidden |= more


def _table(rows: Mapping[R, Mapping[C, int]], columns: Sequence[C], hidden: Collection[C]) -> Table[R, C]:
    of_rows = [sum(cells.values()) for cells in rows.values()]
    edges = [Edge("all", ("row", row), count) for row, count in zip(rows, of_rows, strict=True)]
    for column in columns:
        edges.append(Edge(("column", column), "end", sum(cells.get(column, 0) for cells in rows.values())))
    totals = range(len(edges))
    for row, cells in rows.items():
        edges += [Edge(("row", row), ("column", column), cells.get(column, 0)) for column in columns]
    already = [*_hidden(of_rows), *(len(rows) + at for at, column in enumerate(columns) if column in hidden)]
    kept = iter(_kept(edges, sum(of_rows), already, totals))
    return Table(
        rows={row: next(kept) for row in rows},
        columns={column: next(kept) for column in columns},
        cells={row: {column: next(kept) for column in columns} for row in rows},
        total=seen(sum(of_rows)),
    )


class Tree(NamedTuple, Generic[K]):
    """A tree as it is shown: of each unit its own people, and the whole: these and all below it."""

    own: dict[K, Shown]
    whole: dict[K, Shown]


def shown_tree(own: Mapping[K, int], parents: Mapping[K, K | None]) -> Tree[K]:
    """The people of each unit of a dated tree, and with all below it.

    `parents` has every unit with the one straight above it on the day, None for a topmost one; `own` the people of
    a unit itself, none where it is missing. Work it out over the whole tree, not over what somebody may see of it:
    two people who see different parts must find the same numbers.

    Raises:
        ValueError: a count is negative, a unit above is not in the tree, or the tree has a circle.
    """
    whole = _whole(own, parents)
    sums: dict[K, Shown] = {}
    alone: dict[K, Shown] = {}
    for units in _by_top(parents).values():
        top, below = units[0], units[1:]
        edges = [Edge(parents[unit], unit, whole[unit]) for unit in below]
        edges += [Edge(unit, "people", own.get(unit, 0)) for unit in units]
        kept = _kept(edges, whole[top])
        sums |= {top: seen(whole[top]), **dict(zip(below, kept, strict=False))}
        alone |= dict(zip(units, kept[len(below) :], strict=True))
    return Tree(alone, sums)


def released(before: int, now: int) -> int:
    """A number that goes on growing, as it is published: `before` is what was published last (0 at first).

    It moves only where at least the smallest group has come since, or gone.
    """
    return now if abs(now - before) >= smallest_group() else before


def in_steps(count: int) -> int:
    """A number that grows one by one before everybody's eyes, such as who asks the same: in whole groups."""
    return count - count % smallest_group()


def released_by_period(counts: Iterable[int]) -> list[int]:
    """The counts of periods that follow each other, as they are published: fewer wait for the next period.

    Any sum or window of them is made of these numbers alone: each is 0 or no small group, so no difference of two
    windows is one either. Never publish a window that cuts through a period.
    """
    published, waiting = [], 0
    for count in counts:
        waiting += count
        published.append(released(0, waiting))
        waiting -= published[-1]
    return published


def _kept(edges: list[Edge], total: int, hidden: Collection[int] = (), dear: Collection[int] = ()) -> list[Shown]:
    """The counts of a network, each as it is shown."""
    if any(edge.people < 0 for edge in edges):
        raise ValueError("a count of people is 0 or more")
    found = None if seen(total) is None else covered(edges, smallest_group(), hidden, dear)
    if found is None:
        return [None] * len(edges)
    return [None if at in found else edge.people for at, edge in enumerate(edges)]


def _hidden(people: Iterable[int]) -> list[int]:
    """Which counts of one breakdown are hidden, by their place."""
    return [at for at, value in enumerate(shown(dict(enumerate(people))).values()) if value is None]


def _whole(own: Mapping[K, int], parents: Mapping[K, K | None]) -> dict[K, int]:
    if set(own) - set(parents):
        raise ValueError("a unit with people is not in the tree")
    whole = dict.fromkeys(parents, 0)
    for unit, count in own.items():
        for over in _way_up(unit, parents):
            whole[over] += count
    return whole


def _way_up(unit: K, parents: Mapping[K, K | None]) -> list[K]:
    """A unit and all above it."""
    way: list[K] = []
    at: K | None = unit
    while at is not None:
        if at not in parents or len(way) > len(parents):
            raise ValueError("a unit above is not in the tree, or the tree has a circle")
        way.append(at)
        at = parents[at]
    return way


def _by_top(parents: Mapping[K, K | None]) -> dict[K, list[K]]:
    """The units under each topmost one, that one first."""
    found: dict[K, list[K]] = {unit: [unit] for unit, parent in parents.items() if parent is None}
    for unit, parent in parents.items():
        if parent is not None:
            found[_way_up(unit, parents)[-1]].append(unit)
    return found
