"""The board: provisions across, units down; one count of each cell, from which every total is summed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from motbuoc.domains.documents.models import Provision
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from vanban.text import fold


@dataclass(slots=True)
class Cell:
    """One unit's assignments under one provision: how many there are of each kind, and the worst of them.

    `state` is the least advanced and `lateness` the latest; `assignment_id` is the first, and the only one when
    `count` is 1. What is cancelled is not counted: a cell of nothing else has a `count` of 0.
    """

    unit_id: int
    provision_id: int | None
    count: int
    done: int
    waiting: int
    overdue: int
    not_acknowledged: int
    state: AssignmentState
    lateness: Lateness
    assignment_id: int


@dataclass(slots=True)
class Row:
    """One unit of the board: its cells in the order of the columns (None where it has no assignment)."""

    unit_id: int
    name: str
    cells: list[Cell | None]
    count: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers a leader reads first; each counts assignments, `units` units."""

    units: int = 0
    count: int = 0
    done: int = 0
    waiting: int = 0
    overdue: int = 0
    not_acknowledged: int = 0

    @property
    def percent_done(self) -> int:
        """Whole percent of the assignments that are done, rounded down: 100 means all."""
        return self.done * 100 // self.count if self.count else 0


@dataclass(frozen=True, slots=True)
class Board:
    """A directive's life in one glance. A column of None holds the duties outside the numbered items."""

    columns: list[Provision | None]
    rows: list[Row]
    column_totals: list[Totals]
    totals: Totals


def board_of(provisions: Iterable[Provision], cells: Sequence[Cell], names: Iterable[tuple[int, str]]) -> Board:
    """The board of the cells, with a column for each provision that has one; `names` orders the units."""
    used = {cell.provision_id for cell in cells}
    columns = [*(p for p in provisions if p.pk in used), *([None] if None in used else [])]
    place = {column.pk if column else None: index for index, column in enumerate(columns)}
    by_unit: dict[int, list[Cell | None]] = {}
    by_column: list[list[Cell]] = [[] for _column in columns]
    for cell in cells:
        at = place[cell.provision_id]
        by_column[at].append(cell)
        by_unit.setdefault(cell.unit_id, [None] * len(columns))[at] = cell
    rows = [_row(unit_id, name, by_unit[unit_id]) for unit_id, name in names]
    return Board(columns, rows, [_sum(column) for column in by_column], _sum(cells))


def narrowed(board: Board, *, words: str = "", late_only: bool = False) -> Board:
    """The board with only the rows whose name has the words (marks aside) and, if asked, something overdue.

    The totals are those of the rows left.
    """
    wanted = fold(words).split()
    rows = [
        row
        for row in board.rows
        if (row.overdue or not late_only) and all(part in fold(row.name) for part in wanted)
    ]
    columns = [[cell for row in rows if (cell := row.cells[at])] for at in range(len(board.columns))]
    return Board(board.columns, rows, [_sum(column) for column in columns], _sum([*chain(*columns)]))


def _row(unit_id: int, name: str, cells: list[Cell | None]) -> Row:
    count = done = overdue = 0
    for cell in cells:
        if cell:
            count, done, overdue = count + cell.count, done + cell.done, overdue + cell.overdue
    return Row(unit_id, name, cells, count, done, overdue)


def _sum(cells: Sequence[Cell]) -> Totals:
    return Totals(
        units=len({cell.unit_id for cell in cells if cell.count}),
        count=sum(cell.count for cell in cells),
        done=sum(cell.done for cell in cells),
        waiting=sum(cell.waiting for cell in cells),
        overdue=sum(cell.overdue for cell in cells),
        not_acknowledged=sum(cell.not_acknowledged for cell in cells),
    )
