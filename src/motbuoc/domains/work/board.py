"""The board: provisions across, units down; what its rows and sums are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from motbuoc.domains.documents.models import Provision
from motbuoc.domains.work.standing import STATE_ORDER, Lateness
from motbuoc.domains.work.states import AssignmentState

S = AssignmentState


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


@dataclass(slots=True)
class GroupCell:
    """The assignments of a unit and all below it under one provision, or of several: how many in each state of
    STATE_ORDER, and how many overdue."""

    states: tuple[int, ...]
    overdue: int

    @property
    def count(self) -> int:
        """How many there are but for what is cancelled."""
        return sum(self.states) - self.states[STATE_ORDER.index(S.CANCELLED)]

    @property
    def done(self) -> int:
        """How many are accepted."""
        return self.states[STATE_ORDER.index(S.ACCEPTED)]


@dataclass(slots=True)
class Group:
    """One row of a board at a level of the tree: `units` units with a task, and their cells together.

    `is_own`: the unit stands above the level, and only its own tasks are meant.
    """

    unit_id: int
    name: str
    is_own: bool
    units: int
    cells: list[GroupCell | None]

    @property
    def together(self) -> GroupCell:
        """All cells as one."""
        cells = [cell for cell in self.cells if cell]
        states = tuple(map(sum, zip(*(cell.states for cell in cells), strict=True)))
        return GroupCell(states or (0,) * len(STATE_ORDER), sum(cell.overdue for cell in cells))


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

    def of(self, parts: Iterable[Totals]) -> Totals:
        """These units, with the sums of the other numbers of `parts`."""
        found = list(parts)
        names = ("count", "done", "waiting", "overdue", "not_acknowledged")
        return replace(self, **{name: sum(getattr(part, name) for part in found) for name in names})


@dataclass(frozen=True, slots=True)
class Board:
    """A directive's life in one glance. A column of None holds the duties outside the numbered items."""

    columns: list[Provision | None]
    rows: list[Row]
    column_totals: list[Totals]
    totals: Totals


def rows_of(columns: Sequence[int | None], cells: Iterable[Cell], names: Iterable[tuple[int, str]]) -> list[Row]:
    """The rows of the units in `names`, in that order, with their cells under the ids of the columns.

    While a directive is being issued, one list may know of a task of which the one read before it does not yet.
    """
    place = {column: index for index, column in enumerate(columns)}
    by_unit: dict[int, list[Cell | None]] = {}
    for cell in cells:
        if cell.provision_id not in place:
            continue
        by_unit.setdefault(cell.unit_id, [None] * len(columns))[place[cell.provision_id]] = cell
    nothing: list[Cell | None] = [None] * len(columns)
    return [_row(unit_id, name, by_unit.get(unit_id, nothing)) for unit_id, name in names]


def _row(unit_id: int, name: str, cells: list[Cell | None]) -> Row:
    count = done = overdue = 0
    for cell in cells:
        if cell:
            count, done, overdue = count + cell.count, done + cell.done, overdue + cell.overdue
    return Row(unit_id, name, cells, count, done, overdue)
