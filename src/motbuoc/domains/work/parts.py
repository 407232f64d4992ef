"""The parts of the inbox, one after the other: what is late, what is due soon, what nothing is heard of, the rest.

A tab is a few parts. Inside a part the order is that of one column, and an index of the table holds just that part
in that order: so a page is read from where it begins and no further, however many assignments there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, F, IntegerField, Q, Value, When

from motbuoc.domains.work.models import QUIETABLE
from motbuoc.domains.work.standing import THOSE_WAITING, WAITS, Horizon, Lateness
from motbuoc.domains.work.states import NOT_OWED, OWED, STOPPED, AssignmentState

S = AssignmentState


@dataclass(frozen=True)
class Part:
    """Assignments in one of `states` of one lateness, in the order of the day in `key`; the last day first if
    `is_falling`. No `key`: in the order in which they were given. `pieces`: the same in two halves, the fuller one
    first, each of which is quickly counted where the part's index is of no use.
    """

    states: tuple[AssignmentState, ...]
    lateness: Lateness
    when: Callable[[Horizon], Q]
    key: str | None
    is_falling: bool = False
    pieces: tuple[Callable[[Horizon], Q], ...] = ()

    def condition(self, days: Horizon) -> Q:
        """The condition over assignments, in the words of the part's index."""
        held = ~Q(state__in=NOT_OWED) if self.states == OWED else Q(state=self.states[0])
        return held & self.when(days)

    @property
    def order(self) -> tuple[str, ...]:
        """The order inside it."""
        columns = [self.key, "pk"] if self.key else ["pk"]
        return tuple(f"-{column}" if self.is_falling else column for column in columns)


def _later(days: Horizon) -> Q:
    return Q(due_on__gt=days.soon)


def _undated(_days: Horizon) -> Q:
    return Q(due_on__isnull=True)


def _free(when: Callable[[Horizon], Q]) -> Callable[[Horizon], Q]:
    """The same of what waits for no other."""
    return lambda days: when(days) & ~WAITS


def _unheard_of(days: Horizon) -> Q:
    return Q(time_kind__in=QUIETABLE, news_on__lt=days.silent)


def _quiet(days: Horizon) -> Q:
    """Nothing heard for long of what has no due day of its own, and none near: as `standing.lateness` has it."""
    return _unheard_of(days) & (_later(days) | _undated(days))


def _heard_of(days: Horizon) -> Q:
    return ~Q(time_kind__in=QUIETABLE) | Q(news_on__gte=days.silent)


HANDED_IN_LATE = Q(submitted_on__gt=F("due_on"))
IN_TIME = Q(due_on__isnull=True) | Q(submitted_on__isnull=True) | Q(submitted_on__lte=F("due_on"))
WAITING, ASKED = (S.SUBMITTED,), (S.QUESTIONED,)
PARTS = (
    Part(ASKED, Lateness.OVERDUE, lambda _days: HANDED_IN_LATE, "submitted_on"),
    Part(ASKED, Lateness.NONE, lambda _days: IN_TIME, "submitted_on"),
    Part(OWED, Lateness.OVERDUE, _free(lambda days: Q(due_on__lt=days.today)), "due_on"),
    Part(OWED, Lateness.SOON, _free(lambda days: Q(due_on__gte=days.today, due_on__lte=days.soon)), "due_on"),
    Part(
        OWED,
        Lateness.QUIET,
        _free(_quiet),
        "news_on",
        pieces=(
            _free(lambda days: _unheard_of(days) & _undated(days)),
            _free(lambda days: _unheard_of(days) & _later(days)),
        ),
    ),
    Part(OWED, Lateness.NONE, _free(lambda days: _later(days) & _heard_of(days)), "due_on"),
    Part(OWED, Lateness.NONE, _free(lambda days: _undated(days) & _heard_of(days)), None),
    Part(OWED, Lateness.WAITS, lambda _days: THOSE_WAITING, None),
    Part(WAITING, Lateness.OVERDUE, lambda _days: HANDED_IN_LATE, "submitted_on"),
    Part(WAITING, Lateness.NONE, lambda _days: IN_TIME, "submitted_on"),
    Part((S.SUSPENDED,), Lateness.NONE, lambda _days: Q(), "assigned_on"),
    Part((S.ACCEPTED,), Lateness.NONE, lambda _days: Q(), "accepted_on", is_falling=True),
    Part((S.CANCELLED,), Lateness.NONE, lambda _days: Q(), "assigned_on"),
)
"""Every assignment is in one of them; what somebody wants answered comes first. What is asked about, waits
for another or is stopped is rare, and sorted instead of having an index."""

TABS = {
    "owed": tuple(part for part in PARTS if part.states in (OWED, ASKED)),
    "waiting": tuple(part for part in PARTS if part.states in (WAITING, ASKED)),
    "done": tuple(part for part in PARTS if part.states == (S.ACCEPTED,)),
    "stopped": tuple(part for part in PARTS if part.states[0] in STOPPED),
    "all": PARTS,
}
"""The tabs of the inbox. What is asked about is in two: the unit owes an answer, and the result waits."""

ORDER = ("part", F("rising").asc(nulls_last=True), F("falling").desc(nulls_last=True), "turn")
"""The order of `in_parts`."""


def in_parts(assignments: Any, days: Horizon) -> Any:
    """The assignments with what `ORDER` sorts them by: their part, the day in its column, when they were given."""
    whens = [(part.condition(days), part, place) for place, part in enumerate(PARTS)]
    return assignments.annotate(
        part=Case(*(When(cond, then=Value(place)) for cond, _part, place in whens), output_field=IntegerField()),
        rising=_day([(c, part) for c, part, _place in whens if part.key and not part.is_falling]),
        falling=_day([(c, part) for c, part, _place in whens if part.is_falling]),
        turn=Case(
            *(When(cond, then=-F("pk")) for cond, part, _place in whens if part.is_falling),
            default=F("pk"),
            output_field=BigIntegerField(),
        ),
    )


def _day(parts: list[tuple[Q, Part]]) -> Case:
    return Case(*(When(cond, then=F(part.key or "")) for cond, part in parts), output_field=DateField())
