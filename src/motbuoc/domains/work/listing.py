"""Lists of assignments, quick at any size.

Where few rows can be meant (a unit's own, one directive's, a rare word) they are gathered and sorted. Where many
are (an officer's over a province) the parts of the tab are walked, each along its index, and counted no further
than anybody would leaf. Both give the same rows in the same order (decision 0021). All queries are prepared: the
inbox is the page asked for most.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, Value

from motbuoc.domains.documents.models import Duty
from motbuoc.domains.work.inbox import (
    COLUMNS,
    INBOX,
    PLACES,
    Mark,
    Narrowing,
    Shape,
    Task,
    has,
    named,
    visible,
    with_words,
)
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.parts import ORDER, PARTS, TABS, Part, in_parts
from motbuoc.domains.work.standing import Horizon
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.prepared import Prepared, PreparedCounts
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import UnitVersion, known_on
from vanban.text import fold

MOST_COUNTED = 200  # of a part of a list that is walked; nobody leafs further, "more than" says the rest
MOST_FOUND = 60  # the same where words are looked for: each row has to be looked into
FEW = 20_000  # assignments that are gathered and sorted rather than walked
FEW_IDS = 1_000  # duties and units with a word, above which they are no longer named


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


@dataclass(frozen=True)
class Asked:
    """What a list asks for, as a prepared query takes it: what changes the SQL, and what is only a value."""

    narrowing: Narrowing  # without ids and words
    seen: Shape
    values: dict[str, Any]

    @classmethod
    def by(cls, viewer: Person, narrowing: Narrowing) -> Asked:
        """By `viewer`, today."""
        action = Action.WORK_ON_ASSIGNMENT if narrowing.own else Action.VIEW_ASSIGNMENT
        seen, days = policy.sight(viewer, action), Horizon.on(clock.today())
        values = {name: value for name in PLACES if (value := getattr(narrowing, name)) is not None}
        if words := tuple(fold(narrowing.words).split()):
            values["words"] = words
        values |= {"granted": seen.units, "today": days.today, "soon": days.soon, "silent": days.silent}
        placeless: dict[str, Any] = dict.fromkeys(PLACES)
        return cls(replace(narrowing, words="", **placeless), seen.shape, values)

    @property
    def is_wide(self) -> bool:
        """Whether somewhere many units are meant."""
        return any(wide for _classes, _count, wide in self.seen)


def _scope(narrowing: Narrowing, seen: Shape, values: dict[str, Any]) -> tuple[Horizon, Any]:
    """The days, and the assignments seen there, at the places and with the words that are asked for."""
    days = Horizon(values.pop("today"), values.pop("soon"), values.pop("silent"))
    rows = visible(seen, values.pop("granted"), days.today, own=narrowing.own)
    words, among = values.pop("words", ()), values.pop("among", None)
    rows = rows.filter(with_words(words if not among or len(words) > 1 else (), days.today))
    if among:
        rows = rows.filter(Q(duty_id__in=among[0]) | Q(unit_id__in=among[1]))
    if narrowing.state:
        rows = rows.filter(state=narrowing.state)
    return days, rows.filter(replace(narrowing, **values).places)


def _asked_parts(narrowing: Narrowing, tab: str) -> list[int]:
    """The places in PARTS of those of a tab that can hold what is asked for."""
    kept = [place for place, part in enumerate(PARTS) if part in TABS[tab]]
    if narrowing.lateness is not None:
        kept = [place for place in kept if PARTS[place].lateness == narrowing.lateness]
    return [place for place in kept if not narrowing.state or narrowing.state in PARTS[place].states]


def _part(place: int, narrowing: Narrowing, days: Horizon, rows: Any) -> Any:
    """The rows of one part. A state that is asked for has an index of its own; the part's needs all its states."""
    part = PARTS[place]
    return rows.filter(part.when(days) if narrowing.state else part.condition(days))


def _gathered(tab: str, narrowing: Narrowing, start: int, end: int, seen: Shape, **values: Any) -> Any:
    days, rows = _scope(narrowing, seen, values)
    found = in_parts(rows.filter(INBOX[tab]), days).filter(part__in=_asked_parts(narrowing, tab)).order_by(*ORDER)
    return found.values_list("part", "rising", "falling", "pk")[start:end]


def _counted(narrowing: Narrowing, seen: Shape, **values: Any) -> Any:
    days, rows = _scope(narrowing, seen, values)
    kept = _asked_parts(narrowing, "all")
    counts = {f"part_{place}": Count("pk", filter=PARTS[place].condition(days)) for place in kept}
    return rows.order_by().annotate(one=Value(1)).values_list("one").annotate(**counts)


def _walked(
    place: int, narrowing: Narrowing, is_after: bool, start: int, end: int, seen: Shape, **values: Any
) -> Any:
    after = values.pop("after_day", None), values.pop("after_pk", None)
    days, rows = _scope(narrowing, seen, values)
    part = PARTS[place]
    if is_after:
        rows = rows.filter(_beyond(part, *after))
    rows = _part(place, narrowing, days, rows).order_by(*part.order)
    return rows.values_list(*([part.key] if part.key else []), "pk")[start:end]


def _beyond(part: Part, day: date | None, pk: int | None) -> Q:
    side = "lt" if part.is_falling else "gt"
    if not part.key or day is None:
        return Q(**{f"pk__{side}": pk})
    return Q(**{f"{part.key}__{side}e": day}) & (
        Q(**{f"{part.key}__{side}": day}) | Q(**{part.key: day, f"pk__{side}": pk})
    )


def _most(values: dict[str, Any]) -> int:
    return MOST_FOUND if "words" in values else MOST_COUNTED


def _counted_parts(narrowing: Narrowing, seen: Shape, **values: Any) -> list[Any]:
    most = _most(values) + 1
    days, rows = _scope(narrowing, seen, values)
    kept = _asked_parts(narrowing, "all")
    return [
        _part(place, narrowing, days, rows).order_by().values("pk")[:most] if place in kept else rows.none()
        for place in range(len(PARTS))
    ]


def _rows(count: int, *, pks: tuple[int, ...], today: date) -> Any:
    return named(Assignment.objects.filter(pk__in=pks), today).values_list(*COLUMNS)


def _how_many(**values: Any) -> Any:
    return [Assignment.objects.filter(Narrowing(**values).places).order_by().values("pk")[: FEW + 1]]


DAYS = ("today", "soon", "silent")  # not every part asks for each of them
_prepared_ids, _prepared_counts = Prepared(_gathered, spare=DAYS), Prepared(_counted, spare=DAYS)
_prepared_walk, _prepared_caps = Prepared(_walked, spare=DAYS), PreparedCounts(_counted_parts, spare=DAYS)
_prepared_rows, _prepared_few = Prepared(_rows), PreparedCounts(_how_many)


@dataclass(frozen=True)
class Listing:
    """A list of assignments for one viewer: how many each tab holds, and its rows from one place on."""

    asked: Asked
    is_gathered: bool
    among: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    def counts(self) -> Counts:
        """How many each tab holds."""
        return Counts(tuple(self._parts()), None if self.is_gathered else _most(self.asked.values))

    def _parts(self) -> list[int]:
        kept, parts = _asked_parts(self.asked.narrowing, "all"), [0] * len(PARTS)
        if self.is_gathered:
            ask = _prepared_counts if self.among is None else _prepared_counts.fresh
            for _one, *numbers in ask(self.asked.narrowing, self.asked.seen, **self._values()):
                for place, number in zip(kept, numbers, strict=True):
                    parts[place] = number
        else:
            for place, number in _prepared_caps(self.asked.narrowing, self.asked.seen, **self._values()):
                parts[place] = number
        return parts

    def _values(self) -> dict[str, Any]:
        return self.asked.values | ({"among": self.among} if self.among else {})

    def rows(self, tab: str, start: int, end: int, counts: Counts | None = None) -> list[Task]:
        """The rows from `start` up to `end` of a tab; `counts` are asked for where they are not given."""
        narrowing, seen = self.asked.narrowing, self.asked.seen
        if self.is_gathered:
            ask = _prepared_ids if self.among is None else _prepared_ids.fresh
            found = ask(tab, narrowing, start, end, seen, **self._values())
            return self._tasks([Mark(part, rising or falling, pk) for part, rising, falling, pk in found])
        marks: list[Mark] = []
        parts = (counts or self.counts()).parts if start else ()
        wanted = max(0, end - start)
        for place in _asked_parts(narrowing, tab):
            if parts and parts[place] <= start:
                start -= parts[place]
            elif len(marks) < wanted:
                marks += self._walk(place, start, start + wanted - len(marks))
                start = 0
        return self._tasks(marks)

    def rows_after(self, tab: str, mark: Mark, count: int) -> list[Task]:
        """The next `count` rows after the one at `mark`."""
        marks: list[Mark] = []
        for place in _asked_parts(self.asked.narrowing, tab):
            if place >= mark.part and len(marks) < count:
                marks += self._walk(place, 0, count - len(marks), mark if place == mark.part else None)
        return self._tasks(marks)

    def _walk(self, place: int, start: int, end: int, after: Mark | None = None) -> list[Mark]:
        values = dict(self.asked.values)
        if after:
            values |= {"after_pk": after.pk} | ({"after_day": after.day} if PARTS[place].key and after.day else {})
        found = _prepared_walk(
            place, self.asked.narrowing, after is not None, start, end, self.asked.seen, **values
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
    if not asked.is_wide:
        return Listing(asked, True)
    placed = {name: asked.values[name] for name in PLACES if name in asked.values}
    if placed and _prepared_few(**placed)[0][1] <= FEW:
        return Listing(asked, True)
    if among := _rarest(asked.values.get("words", ()), asked.values["today"]):
        return Listing(asked, True, among)
    return Listing(asked, False)


def _rarest(words: tuple[str, ...], day: date) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The duties and units that have one of the words, if they lead to few assignments: one of these is meant."""
    for word in words:
        duties = _prepared_duties(word=word)[: FEW_IDS + 1]
        units = _prepared_units(word=word, day=day) if len(duties) <= FEW_IDS else ()
        if len(duties) + len(units) > FEW_IDS:
            continue
        among = tuple(pk for (pk,) in duties), tuple(pk for (pk,) in units)
        rows = Assignment.objects.filter(Q(duty_id__in=among[0]) | Q(unit_id__in=among[1])).order_by()
        if rows[: FEW + 1].count() <= FEW:
            return among
    return None


def _duties_with(*, word: str) -> Any:
    found = Duty.objects.filter(has("folded", word) | has("document__folded", word))
    return found.order_by().values_list("pk")[: FEW_IDS + 1]


def _units_with(*, word: str, day: date) -> Any:
    found = UnitVersion.objects.filter(known_on(day), has("folded", word))
    return found.order_by().values_list("unit_id")[: FEW_IDS + 1]


_prepared_duties, _prepared_units = Prepared(_duties_with), Prepared(_units_with)


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
