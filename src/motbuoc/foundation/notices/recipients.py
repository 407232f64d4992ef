"""Who is meant by each kind of recipient, for many units at once; asked of the one policy."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from motbuoc.foundation.access.holders import who_may_each
from motbuoc.foundation.access.policy import CLEARANCES
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.notices.occasions import Recipient
from motbuoc.foundation.people.selectors import first_in_line
from motbuoc.foundation.units.models import UnitClosure

Distances = dict[int, int]
OF_OWING = (Action.WORK_ON_ASSIGNMENT, Action.VIEW_ASSIGNMENT, *CLEARANCES.values())
"""What is asked of the units that owe."""


class Recipients:
    """The people behind each recipient on one day. `load` reads for many units; what was read is kept."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._may: dict[tuple[Action, int], Distances] = {}
        self._first: dict[int, int | None] = {}
        self._parent: dict[int, int | None] = {}

    def load(self, owing: Iterable[int], issuing: Iterable[int]) -> None:
        """Read what is needed to answer for units that owe and units that issued."""
        owing = [unit for unit in set(owing) if unit not in self._parent]
        issuing = [unit for unit in set(issuing) if (Action.DECIDE_ASSIGNMENT, unit) not in self._may]
        self._load_tree(owing)
        self._may |= who_may_each(OF_OWING, owing, on=self.day)
        self._may |= who_may_each((Action.DECIDE_ASSIGNMENT,), issuing, on=self.day)

    def _load_tree(self, units: Collection[int]) -> None:
        ties = UnitClosure.objects.filter(in_force(self.day), descendant__in=units, depth=1)
        parents = dict(ties.values_list("descendant_id", "ancestor_id"))
        self._parent |= {unit: parents.get(unit) for unit in units}
        asked = {*units, *parents.values()} - self._first.keys()
        first = first_in_line(self.day).filter(unit__in=asked)
        self._first |= dict.fromkeys(asked) | dict(first.values_list("unit_id", "person_id"))

    def of(
        self, recipient: str, owing: int, issuing: int, classification: str, monitor: int | None = None
    ) -> list[int]:
        """The ids of those who are told of work that `owing` owes `issuing` and `monitor` tracks, if they may see
        it.
        """
        if recipient == Recipient.MONITOR:
            if monitor is None:
                return []
            recipient, owing = Recipient.OWNER, monitor  # those who work for the unit that tracks it
        found = self._meant(recipient, owing, issuing)
        seeing = self._may[Action.VIEW_ASSIGNMENT, owing]
        if recipient != Recipient.ISSUER:
            found = [person for person in found if person in seeing]
        clearance = CLEARANCES.get(classification)  # type: ignore[call-overload]
        if clearance and recipient != Recipient.ISSUER:
            found = [person for person in found if person in self._may[clearance, owing]]
        return found

    def _meant(self, recipient: str, owing: int, issuing: int) -> list[int]:
        if recipient == Recipient.OWNER:
            return _nearest(self._may[Action.WORK_ON_ASSIGNMENT, owing])
        if recipient == Recipient.ISSUER:
            return _nearest(self._may[Action.DECIDE_ASSIGNMENT, issuing])
        unit = owing if recipient == Recipient.HEAD else self._parent[owing]
        first = self._first.get(unit) if unit else None
        return [first] if first else []


def _nearest(people: Distances) -> list[int]:
    """Those who hold their role nearest to the unit: who answers for it, not everybody who could."""
    least = min(people.values(), default=0)
    return sorted(person for person, distance in people.items() if distance == least)
