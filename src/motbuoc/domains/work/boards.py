"""The board as it is asked for: narrowed, at a level of the tree, and no more rows read than are shown.

However many units a directive went to, a page costs the sums of its items and the cells of its own rows.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.work import board_queries as ask
from motbuoc.domains.work.board import Board, Cell, Group, GroupCell, Row, Totals, rows_of
from motbuoc.domains.work.standing import LATENESS, STATE_ORDER, Horizon
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitOn
from vanban.text import fold

OUTSIDE = 0
"""Stands for the duties outside the numbered items where an item is asked for."""


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
        self.document, self.view, self.granted = document, view, granted
        self.scope: dict[str, Any] = {"document": document.pk, "granted": granted}
        self.scope |= {"today": days.today, "soon": days.soon, "silent": days.silent}
        item = "" if view.item_id is None else "outside" if view.item_id == OUTSIDE else "one"
        self.shape = ask.Shape(wide, item, view.state, view.lateness)
        asked: dict[str, Any] = {"item": view.item_id if item == "one" else None, "under": view.under_id}
        asked["words"] = tuple(fold(view.words).split()) or None
        self.values = self.scope | {name: value for name, value in asked.items() if value is not None}

    def at_level(self, level: int) -> Reading:
        """The same board with its rows at another level; what was read so far stays read."""
        _read = self.by_item, self._units  # once for both
        other = copy(self)
        other.view = replace(self.view, level=level)
        for name in ("row_count", "_group_names"):
            other.__dict__.pop(name, None)
        return other

    @cached_property
    def by_item(self) -> dict[int | None, Totals]:
        """The sums of each item that is shown, by its id (None: outside the items)."""
        return {item: Totals(0, *numbers) for item, *numbers in ask.columns(self.shape, **self.values)}

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
    def _units(self) -> tuple[int, int]:
        """How many units have a task that counts, and how many have one at all."""
        found = ask.sums(self.shape, **self.values)
        return (found[0][1], found[0][2]) if found else (0, 0)

    @cached_property
    def totals(self) -> Totals:
        """The sum of all that is shown."""
        return Totals(self._units[0]).of(self.by_item.values())

    @property
    def unit_count(self) -> int:
        """How many units are shown, or counted in what is shown."""
        return self._units[1]

    @cached_property
    def row_count(self) -> int:
        """How many rows there are in all."""
        if not self.view.level:
            return self.unit_count
        return len(self._group_names)

    @cached_property
    def _group_names(self) -> list[tuple[int, str, int]]:
        """All rows of the level: such units are few, and finding them all costs no more than finding a page."""
        found = ask.groups(self.shape, self.view.level, starts=self.starts, **self.values)
        return [(pk, name, is_own) for pk, name, is_own in found]

    def rows(self, start: int = 0, end: int | None = None) -> list[Row]:
        """The rows from `start` up to `end`, each a unit by itself, by name."""
        names = ask.units(self.shape, start, end, **self.values)
        asked = self.values
        if start or end is not None:  # of what was asked, finding the units has seen to the rest
            kept = (*self.scope, "item")
            asked = {name: value for name, value in self.values.items() if name in kept}
            asked["among"] = _round(pk for pk, _name in names)
        cells = [_cell(*row) for row in ask.cells(self.shape, **asked)] if names else []
        return rows_of(self._ids, cells, [(pk, name) for pk, name in names])

    def groups(self, start: int = 0, end: int | None = None) -> list[Group]:
        """The rows from `start` up to `end`, each a unit at the level with all below it, by name."""
        names = self._group_names[start:end]
        place = {item: index for index, item in enumerate(self._ids)}
        found = {pk: Group(pk, name, bool(own), int(own), [None] * len(place)) for pk, name, own in names}
        for is_own in (False, True):
            among = _round(pk for pk, _name, own in names if bool(own) == is_own)
            if not among:
                continue
            for pk, units in [] if is_own else ask.group_units(self.shape, among=among, **self.values):
                found[pk].units = units
            for pk, item, *states, late in ask.group_cells(self.shape, is_own, among=among, **self.values):
                if item in place:  # what was given meanwhile has no column yet
                    found[pk].cells[place[item]] = GroupCell(tuple(states), late)
        return list(found.values())

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
            in_force(self.scope["today"]), ancestor__in=self.granted, descendant__in=self.granted, depth__gt=0
        )
        below = set(lower.values_list("descendant_id", flat=True))
        return tuple(unit for unit in self.granted if unit not in below)

    @cached_property
    def levels(self) -> list[Level]:
        """The levels below where one looks, down to the lowest with a task; none where all are in one place."""
        values = self.scope | ({"under": self.view.under_id} if self.view.under_id is not None else {})
        found = dict(ask.levels(self.shape.wide, starts=self.starts, **values))
        return [Level(steps, found.get(steps, 0)) for steps in range(1, max(found, default=0) + 1)]


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


def _round(ids: Any) -> tuple[int, ...]:
    """Ids as a value of a prepared query: so many that one query serves all pages."""
    found = tuple(ids)
    return found + found[-1:] * (-len(found) % 20)


def _cell(unit_id: int, provision_id: int | None, *numbers: int) -> Cell:
    count, done, waiting, late_ones, new, rank, late, first = numbers
    state = STATE_ORDER[rank]
    return Cell(unit_id, provision_id, count, done, waiting, late_ones, new, state, LATENESS[late], first)
