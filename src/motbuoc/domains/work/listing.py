"""Lists of assignments, quick at any size.

Where few rows can be meant (a unit's own, one directive's, a rare word) they are gathered and sorted. Where many
are (an officer's over a province) the parts of the tab are walked, each along its index, and counted no further
than anybody would leaf. Both give the same rows in the same order (decision 0021). All queries are prepared: the
inbox is the page asked for most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, Value

from motbuoc.domains.work.inbox import (
    COLUMNS,
    INBOX,
    Mark,
    Narrowing,
    Shape,
    Task,
    named,
)
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.parts import ORDER, PARTS, TABS, Part, in_parts
from motbuoc.domains.work.standing import Horizon
from motbuoc.domains.work.wanted import Asked, Ways, scope
from motbuoc.foundation.core.prepared import Prepared, PreparedCounts
from motbuoc.foundation.people.models import Person

MOST_COUNTED = 200  # of a part of a list that is walked; nobody leafs further, "more than" says the rest
MOST_FOUND = 60  # the same where words are looked for: rows with them lie further apart


class Held(NamedTuple):
    """How many a tab holds; `is_more`: they were counted no further."""

    number: int
    is_more: bool


class Counts(NamedTuple):
    """How many assignments each of PARTS holds, counted up to `most` + 1 (None: to the end)."""

    parts: tuple[int, ...]
    most: int | None

    def held(self, tab: str) -> Held:
        """How many a tab holds, up to the first of its parts that was not counted to the end."""
        total = 0
        for place, part in enumerate(PARTS):
            if part in TABS[tab]:
                if self.most is not None and self.parts[place] > self.most:
                    return Held(total + self.most, True)
                total += self.parts[place]
        return Held(total, False)


def _asked_parts(narrowing: Narrowing, tab: str) -> list[int]:
    """The places in PARTS of those of a tab that can hold what is asked for."""
    kept = [place for place, part in enumerate(PARTS) if part in TABS[tab]]
    if narrowing.lateness is not None:
        kept = [place for place in kept if PARTS[place].lateness == narrowing.lateness]
    return [place for place in kept if not narrowing.state or narrowing.state in PARTS[place].states]


def _part(place: int, narrowing: Narrowing, ways: Ways, days: Horizon, rows: Any) -> Any:
    """The rows of one part. A state that is asked for has an index of its own; the part's needs all its states; a
    unit's has each state by itself.
    """
    part = PARTS[place]
    if ways.by == "units" and not narrowing.state:
        rows = rows.filter(state__in=part.states)
    return rows.filter(part.when(days) if narrowing.state or ways.by == "units" else part.condition(days))


def _gathered(tab: str, narrowing: Narrowing, start: int, end: int, seen: Shape, ways: Ways, **values: Any) -> Any:
    days, rows = scope(narrowing, seen, ways, values)
    found = in_parts(rows.filter(INBOX[tab]), days).filter(part__in=_asked_parts(narrowing, tab)).order_by(*ORDER)
    return found.values_list("part", "rising", "falling", "pk")[start:end]


def _counted(narrowing: Narrowing, seen: Shape, ways: Ways, **values: Any) -> Any:
    days, rows = scope(narrowing, seen, ways, values)
    kept = _asked_parts(narrowing, "all")
    counts = {f"part_{place}": Count("pk", filter=PARTS[place].condition(days)) for place in kept}
    return rows.order_by().annotate(one=Value(1)).values_list("one").annotate(**counts)


def _walked(
    place: int,
    narrowing: Narrowing,
    is_after: bool,
    start: int,
    end: int,
    seen: Shape,
    ways: Ways,
    **values: Any,
) -> Any:
    after = values.pop("after_day", None), values.pop("after_pk", None)
    days, rows = scope(narrowing, seen, ways, values)
    part = PARTS[place]
    if is_after:
        rows = rows.filter(_beyond(part, *after))
    rows = _part(place, narrowing, ways, days, rows).order_by(*part.order)
    return rows.values_list(*([part.key] if part.key else []), "pk")[start:end]


def _beyond(part: Part, day: date | None, pk: int | None) -> Q:
    side = "lt" if part.is_falling else "gt"
    if not part.key or day is None:
        return Q(**{f"pk__{side}": pk})
    return Q(**{f"{part.key}__{side}e": day}) & (
        Q(**{f"{part.key}__{side}": day}) | Q(**{part.key: day, f"pk__{side}": pk})
    )


def _most(ways: Ways) -> int:
    return MOST_FOUND if ways.words else MOST_COUNTED


def _counted_parts(narrowing: Narrowing, seen: Shape, ways: Ways, **values: Any) -> list[Any]:
    most = _most(ways) + 1
    days, rows = scope(narrowing, seen, ways, values)
    kept = _asked_parts(narrowing, "all")
    return [
        _found(place, narrowing, ways, days, rows)[:most] if place in kept else rows.none()
        for place in range(len(PARTS))
    ]


def _found(place: int, narrowing: Narrowing, ways: Ways, days: Horizon, rows: Any) -> Any:
    """The ids of one part in whatever order finds them soonest."""
    part = PARTS[place]
    if part.pieces and (ways.by == "units" or narrowing.state):
        rows = rows if narrowing.state else rows.filter(state__in=part.states)
        first, second = (rows.filter(piece(days)).order_by().values("pk") for piece in part.pieces)
        return first.union(second, all=True)
    # An order of no use but that PostgreSQL, too, goes by the units.
    order = ["unit_id"] if ways.by == "units" else []
    return _part(place, narrowing, ways, days, rows).order_by(*order).values("pk")


def _rows(count: int, *, pks: tuple[int, ...], today: date) -> Any:
    return named(Assignment.objects.filter(pk__in=pks), today).values_list(*COLUMNS)


DAYS = ("today", "soon", "silent")  # not every part asks for each of them
_prepared_ids, _prepared_counts = Prepared(_gathered, spare=DAYS), Prepared(_counted, spare=DAYS)
_prepared_walk, _prepared_caps = Prepared(_walked, spare=DAYS), PreparedCounts(_counted_parts, spare=DAYS)
_prepared_rows = Prepared(_rows)


@dataclass(frozen=True)
class Listing:
    """A list of assignments for one viewer: how many each tab holds, and its rows from one place on."""

    asked: Asked
    is_gathered: bool

    def counts(self) -> Counts:
        """How many each tab holds."""
        return Counts(tuple(self._parts()), None if self.is_gathered else _most(self.asked.ways))

    def _parts(self) -> list[int]:
        asked, parts = self.asked, [0] * len(PARTS)
        if self.is_gathered:
            kept = _asked_parts(asked.narrowing, "all")
            for _one, *numbers in _prepared_counts(asked.narrowing, asked.seen, asked.ways, **asked.values):
                for place, number in zip(kept, numbers, strict=True):
                    parts[place] = number
        else:
            for place, number in _prepared_caps(asked.narrowing, asked.seen, asked.ways_by_unit, **asked.values):
                parts[place] = number
        return parts

    def rows(self, tab: str, start: int, end: int, counts: Counts | None = None) -> list[Task]:
        """The rows from `start` up to `end` of a tab; `counts` are asked for where they are not given."""
        asked = self.asked
        if self.is_gathered:
            found = _prepared_ids(tab, asked.narrowing, start, end, asked.seen, asked.ways, **asked.values)
            return self._tasks([Mark(part, rising or falling, pk) for part, rising, falling, pk in found])
        marks: list[Mark] = []
        counts = counts or (self.counts() if start else None)
        wanted = max(0, end - start)
        for place in _asked_parts(asked.narrowing, tab):
            if counts and counts.parts[place] <= start:
                start -= counts.parts[place]
            elif len(marks) < wanted:
                is_small = bool(counts and counts.most and counts.parts[place] <= counts.most)
                marks += self._walk(place, start, start + wanted - len(marks), is_small=is_small)
                start = 0
        return self._tasks(marks)

    def rows_after(self, tab: str, mark: Mark, count: int) -> list[Task]:
        """The next `count` rows after the one at `mark`."""
        marks: list[Mark] = []
        for place in _asked_parts(self.asked.narrowing, tab):
            if place >= mark.part and len(marks) < count:
                marks += self._walk(place, 0, count - len(marks), mark if place == mark.part else None)
        return self._tasks(marks)

    def _walk(
        self, place: int, start: int, end: int, after: Mark | None = None, *, is_small: bool = False
    ) -> list[Mark]:
        """Rows of one part. A small one is read from its units and sorted, where they are named."""
        values = dict(self.asked.values)
        if after:
            values |= {"after_pk": after.pk} | ({"after_day": after.day} if PARTS[place].key and after.day else {})
        ways = self.asked.ways_by_unit if is_small else self.asked.ways
        found = _prepared_walk(
            place, self.asked.narrowing, after is not None, start, end, self.asked.seen, ways, **values
        )
        return [Mark(place, row[0] if PARTS[place].key else None, row[-1]) for row in found]

    def _tasks(self, marks: list[Mark]) -> list[Task]:
        """The rows at the marks, in their order; asked for by a round number of ids: one query serves all."""
        if not marks:
            return []
        pks = [mark.pk for mark in marks]
        pks += pks[-1:] * (-len(pks) % 20)
        found = {row[0]: row for row in _prepared_rows(len(pks), pks=tuple(pks), today=self.asked.values["today"])}
        return [Task._make((*found[mark.pk], mark)) for mark in marks]


def listing_for(viewer: Person, narrowing: Narrowing) -> Listing:
    """The assignments that `viewer` may see, narrowed; gathered where they are few."""
    asked = Asked.by(viewer, narrowing)
    if not asked.is_wide or asked.is_few_by_place:
        return Listing(asked, True)
    asked, is_rare = asked.by_ids(viewer)
    return Listing(asked, is_rare)


def tasks_for(viewer: Person, tab: str, narrowing: Narrowing, start: int, end: int) -> list[Task]:
    """The rows from `start` up to `end` of a tab of the viewer's inbox: the latest and soonest due first."""
    return listing_for(viewer, narrowing).rows(tab, start, end)


class First(NamedTuple):
    """The first assignments of a list as they are in the tables, and how many it holds."""

    rows: list[Any]
    held: Held


def first_of(viewer: Person, tab: str, narrowing: Narrowing, most: int, assignments: Any) -> First:
    """The first `most` rows of a tab, read from `assignments`."""
    listing = listing_for(viewer, narrowing)
    counts = listing.counts()
    tasks = listing.rows(tab, 0, most, counts)
    found = {row.pk: row for row in assignments.filter(pk__in=[task.pk for task in tasks])}
    return First([found[task.pk] for task in tasks if task.pk in found], counts.held(tab))


def first_among(rows: Any, most: int) -> First:
    """The first `most` of rows in order, which are counted no further than MOST_COUNTED."""
    found = list(rows[:most])
    count = rows.order_by()[: MOST_COUNTED + 1].count() if len(found) == most else len(found)
    return First(found, Held(min(count, MOST_COUNTED), count > MOST_COUNTED))


def counts_for(viewer: Person, narrowing: Narrowing) -> Counts:
    """How many each tab of the viewer's inbox holds."""
    return listing_for(viewer, narrowing).counts()
