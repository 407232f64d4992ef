"""The board as it is asked for: narrowed, at a level of the tree, and no more rows read than are shown.

However many units a directive went to, a page costs one pass over its assignments (`marks.py`), from which all its
sums are counted, and the cells of its own rows.
"""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.work import board_queries as ask
from motbuoc.domains.work.board import Board, Cell, Group, GroupCell, Row, Totals, rows_of
from motbuoc.domains.work.marks import Marks, cells_of, counted, group_cell_of, letters_for, marks_of, totals_of
from motbuoc.domains.work.standing import Horizon
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.listed import as_list
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitOn
from vanban.text import fold

OUTSIDE = ask.OUTSIDE
AT_ONCE = 500  # units whose cells are asked for in one query


@dataclass(frozen=True)
class View:
    """What of a board is looked at; what is None, empty or 0 does not narrow.

    The tasks of item `item_id`; of units that have one of them in `state` or of a `lateness` (a value of
    `Lateness`), and whose name, or that of a unit above them, has the `words`; and that stand below the unit
    `under_id`. `level`: one row for each unit so many steps down, with all below it; 0: each unit by itself.
    """

    words: str = ""
    item_id: int | None = None
    state: str = ""
    lateness: int | None = None
    under_id: int | None = None
    level: int = 0

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves units or items out."""
        return self != View(level=self.level)


class Level(NamedTuple):
    """A level of the tree: how many steps below where one looks, and how many units there have a task."""

    steps: int
    units: int


class Reading:
    """One board for one viewer, read piece by piece."""

    def __init__(self, document: Document, view: View, granted: tuple[int, ...], wide: bool) -> None:
        days = Horizon.on(clock.today())
        self.document, self.view, self.granted, self.wide = document, view, granted, wide
        self.today = days.today
        self.days = days.asked

    def at_level(self, level: int) -> Reading:
        """The same board with its rows at another level; what was read so far stays read."""
        _read = self._kept  # once for both
        other = copy(self)
        other.view = replace(self.view, level=level)
        other.__dict__.pop("_tops", None)
        return other

    def narrowed(self, view: View) -> Reading:
        """The same board looked at otherwise, without reading its assignments again."""
        other = Reading(self.document, view, self.granted, self.wide)
        other._waits, other._marks = self._waits, self._marks
        if other.starts == self.starts:
            other._depths = self._depths
        return other

    @cached_property
    def _waits(self) -> bool:
        """Whether a task of the directive waits for another: few do."""
        return bool(ask.waiting(documents=(self.document.pk,)))

    @cached_property
    def _marks(self) -> dict[int, Marks]:
        """How the tasks of each unit stand; of a viewer who sees many, also of units out of reach."""
        asked = {} if self.wide else {"granted": self.granted}
        return dict(marks_of(ask.marks(self._waits, document=self.document.pk, **self.days, **asked)))

    @cached_property
    def _depths(self) -> dict[int, int]:
        """How many steps below where one looks each unit in reach with a task stands."""
        reach = {"granted": self.granted} if self.view.under_id is not None else {}
        return dict(ask.depths(**reach, starts=self.starts, today=self.today, among=as_list(self._marks)))

    @cached_property
    def _kept(self) -> dict[int, Marks]:
        """What is shown of each unit."""
        view = self.view
        found = {unit: self._marks[unit] for unit in self._depths}
        if words := tuple(fold(view.words).split()):
            called = ask.called(words=words, today=self.today, among=as_list(found))
            found = {unit: found[unit] for (unit,) in called}
        if view.item_id is not None:
            item = view.item_id if view.item_id != OUTSIDE else None
            found = {unit: part for unit, marks in found.items() if (part := marks.under(item)).letters}
        if view.state or view.lateness is not None:
            meant = letters_for(view.state, view.lateness)
            found = {unit: marks for unit, marks in found.items() if not meant.isdisjoint(marks.letters)}
        return found

    @cached_property
    def by_item(self) -> dict[int | None, Totals]:
        """The sums of each item that is shown, by its id (None: outside the items)."""
        return {item: totals_of(letters) for item, letters in counted(self._kept.values()).items()}

    @cached_property
    def columns(self) -> list[Provision | None]:
        """The items shown, in the order of the text."""
        used = self.by_item
        return [*(p for p in self.document.provisions.all() if p.pk in used), *([None] if None in used else [])]

    @property
    def column_totals(self) -> list[Totals]:
        """The sums of the columns."""
        return [self.by_item[column.pk if column else None] for column in self.columns]

    @cached_property
    def totals(self) -> Totals:
        """The sum of all that is shown."""
        return Totals(sum(marks.is_counted for marks in self._kept.values())).of(self.by_item.values())

    @property
    def unit_count(self) -> int:
        """How many units are shown, or counted in what is shown."""
        return len(self._kept)

    @property
    def row_count(self) -> int:
        """How many rows there are in all."""
        return len(self._tops) if self.view.level else self.unit_count

    @cached_property
    def _tops(self) -> list[tuple[int, str, list[int]]]:
        """The rows of the level by name: the unit, its name, and the units whose tasks it counts."""
        level, among = self.view.level, as_list(self._kept)
        found: dict[int, list[int]] = {}
        for top, unit in ask.tops(level, starts=self.starts, today=self.today, among=among):
            found.setdefault(top, []).append(unit)
        return [(top, name, found[top]) for top, name in ask.names(today=self.today, among=as_list(found))]

    @cached_property
    def _names(self) -> list[tuple[int, str]]:
        """The units shown, by name."""
        return list(ask.names(today=self.today, among=as_list(self._kept)))

    def rows(self, start: int = 0, end: int | None = None) -> list[Row]:
        """The rows from `start` up to `end`, each a unit by itself, by name."""
        names = self._names[start:end]
        cells: list[Cell] = []
        for at in range(0, len(names), AT_ONCE):
            among = ask.in_rounds([unit for unit, _name in names[at : at + AT_ONCE]])
            cells += cells_of(ask.tasks(self._waits, document=self.document.pk, among=among, **self.days))
        return rows_of(self._ids, cells, names)

    def groups(self, start: int = 0, end: int | None = None) -> list[Group]:
        """The rows from `start` up to `end`, each a unit at the level with all below it, by name."""
        return [
            Group(top, name, self._is_above(top), len(units), self._group_cells(units))
            for top, name, units in self._tops[start:end]
        ]

    def _is_above(self, unit: int) -> bool:
        """Whether a unit with a task stands above the level."""
        return self._depths.get(unit, self.view.level) < self.view.level

    def _group_cells(self, units: list[int]) -> list[GroupCell | None]:
        letters = counted(self._kept[unit] for unit in units)
        return [group_cell_of(letters[item]) if item in letters else None for item in self._ids]

    @property
    def _ids(self) -> list[int | None]:
        return [column.pk if column else None for column in self.columns]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The units from which levels are counted: the one that was opened, or the topmost in reach."""
        if self.view.under_id is not None:
            return (self.view.under_id,)
        if len(self.granted) < 2:
            return self.granted
        lower = UnitClosure.objects.filter(
            in_force(self.today), ancestor__in=self.granted, descendant__in=self.granted, depth__gt=0
        )
        below = set(lower.values_list("descendant_id", flat=True))
        return tuple(unit for unit in self.granted if unit not in below)

    @cached_property
    def levels(self) -> list[Level]:
        """The levels below where one looks, down to the lowest with a task; none where all are in one place."""
        found = Counter(self._depths.values())
        return [Level(steps, found[steps]) for steps in range(1, max(found, default=0) + 1)]


def board_reading(viewer: Person, document: Document, view: View | None = None) -> Reading:
    """The board of a directive with the units in reach of `viewer`, to be read as far as it is shown."""
    granted = policy.granted_for(viewer, Action.VIEW_BOARD, document.classification)
    return Reading(document, view or View(), granted, policy.is_wide(viewer, granted, clock.today()))


def board_for(viewer: Person, document: Document) -> Board:
    """The whole board of a directive at once, with the units in reach of `viewer`."""
    reading = board_reading(viewer, document)
    return Board(reading.columns, reading.rows(), reading.column_totals, reading.totals)


def way_to(viewer: Person, document: Document, unit_id: int) -> list[UnitOn]:
    """The units from the topmost in reach of `viewer` down to the unit; empty where it is not in reach."""
    today = clock.today()
    granted = policy.granted_for(viewer, Action.VIEW_BOARD, document.classification)
    tops = UnitClosure.objects.filter(in_force(today), ancestor__in=granted)
    above = UnitClosure.objects.filter(in_force(today), descendant=unit_id)
    seen = above.filter(ancestor__in=tops.values("descendant_id"))
    depth = dict(seen.values_list("ancestor_id", "depth"))
    if unit_id not in depth:
        return []
    return sorted(Unit.objects.known_by(today).filter(pk__in=depth), key=lambda unit: -depth[unit.pk])
