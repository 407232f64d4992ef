"""What a list of assignments asks for, and by which ids its rows are known and found.

Below `listing.py`, which makes pages of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from motbuoc.domains.work.inbox import PLACES, Narrowing, Shape, visible
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reached import reached, within
from motbuoc.domains.work.standing import Horizon
from motbuoc.domains.work.words import EACH, HAVING, having, looked_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.prepared import PreparedCounts
from motbuoc.foundation.people.models import Person
from vanban.text import fold

FEW = 20_000  # assignments that are gathered and sorted rather than walked
FEW_IDS = 1_000  # duties and units with a word, above which it is no rare one


class Ways(NamedTuple):
    """How the rows of a list are known: `reached`, whether each group of grants has `others` too (empty: they are
    asked by the grants, `inbox.visible`); of each word how it is named (`words.having`); and what finds them.
    """

    reached: tuple[bool, ...] = ()
    words: tuple[str, ...] = ()
    by: str = ""  # the "parts" are walked; "units" that are reached; the first "word"; or whatever is quickest


@dataclass(frozen=True)
class Asked:
    """What a list asks for, as a prepared query takes it: what changes the SQL, and what is only a value."""

    narrowing: Narrowing  # without ids and words
    seen: Shape
    values: dict[str, Any]
    ways: Ways

    @classmethod
    def by(cls, viewer: Person, narrowing: Narrowing) -> Asked:
        """By `viewer`, today."""
        action = Action.WORK_ON_ASSIGNMENT if narrowing.own else Action.VIEW_ASSIGNMENT
        seen, days = policy.sight(viewer, action), Horizon.on(clock.today())
        values = {name: value for name in PLACES if (value := getattr(narrowing, name)) is not None}
        words = tuple(fold(narrowing.words).split())
        if words:
            values["words"] = words
        values |= {"granted": seen.units, "today": days.today, "soon": days.soon, "silent": days.silent}
        placeless: dict[str, Any] = dict.fromkeys(PLACES)
        return cls(replace(narrowing, words="", **placeless), seen.shape, values, Ways(words=(EACH,) * len(words)))

    @property
    def is_wide(self) -> bool:
        """Whether somewhere many units are meant."""
        return any(wide for _classes, _count, wide in self.seen)

    @property
    def is_few_by_place(self) -> bool:
        """Whether few assignments are at the places that are asked for."""
        placed = {name: self.values[name] for name in PLACES if name in self.values}
        return bool(placed and _prepared_few(**placed)[0][1] <= FEW)

    @property
    def ways_by_unit(self) -> Ways:
        """The same, found by the units that are reached, where they are named."""
        return self.ways._replace(by="units") if self.ways.reached else self.ways

    def by_ids(self, viewer: Person) -> tuple[Asked, bool]:
        """The same by ids of units and duties, where they can be named; and whether a rare word makes it few."""
        values, today = dict(self.values), self.values["today"]
        groups = reached(viewer, policy.Sight(self.seen, values["granted"]), today, own=self.narrowing.own)
        units = None
        if groups:
            del values["granted"]
            values["reached"] = tuple(ids for group in groups for ids in (group.units, group.others) if ids)
            units = groups[0].all_units if len(groups) == 1 else None
        words = looked_for(values.pop("words", ()), today, units)
        if each := tuple(word.word for word in words if word.way == EACH):
            values["words"] = each
        if ids := tuple(ids for word in words if word.way != EACH for ids in (word.duties, word.units)):
            values["ids"] = ids
        ways = Ways(tuple(bool(group.others) for group in groups or ()), tuple(word.way for word in words))
        rarest = words[0] if words else None
        is_rare = bool(
            rarest
            and rarest.way == HAVING
            and rarest.number <= FEW_IDS
            and _leads_to_few((rarest.way,), ids[:2], today)
        )
        return replace(self, values=values, ways=ways._replace(by="word" if is_rare else "parts")), is_rare


def scope(narrowing: Narrowing, seen: Shape, ways: Ways, values: dict[str, Any]) -> tuple[Horizon, Any]:
    """The days, and the assignments seen there, at the places and with the words that are asked for."""
    days = Horizon(values.pop("today"), values.pop("soon"), values.pop("silent"))
    if ways.reached:
        reach = within(ways.reached, values.pop("reached"), seeks=ways.by == "units")
        rows = Assignment.objects.filter(policy.cleared(policy.Sight(seen, ()), reach, "document__classification"))
    else:
        rows = visible(seen, values.pop("granted"), days.today, own=narrowing.own, walked=ways.by == "parts")
    words, ids = values.pop("words", ()), values.pop("ids", ())
    rows = rows.filter(having(ways.words, words, ids, days.today, seeks=ways.by == "word"))
    if narrowing.state:
        rows = rows.filter(state=narrowing.state)
    return days, rows.filter(replace(narrowing, **values).places)


def _leads_to_few(way: tuple[str, ...], ids: tuple[str, ...], day: date) -> bool:
    """Whether few assignments have the word that is named by `ids`."""
    found = sum(count for _one, count in _prepared_having(way, ids=ids, day=day))
    return bool(found <= FEW)


def _having(way: tuple[str, ...], *, ids: tuple[str, ...], day: date) -> Any:
    return [Assignment.objects.filter(having(way, (), ids, day, seeks=True)).order_by().values("pk")[: FEW + 1]]


def _how_many(**values: Any) -> Any:
    return [Assignment.objects.filter(Narrowing(**values).places).order_by().values("pk")[: FEW + 1]]


_prepared_having, _prepared_few = PreparedCounts(_having, spare=("day",)), PreparedCounts(_how_many)
