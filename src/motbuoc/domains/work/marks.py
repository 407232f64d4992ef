"""How a unit's assignments stand in a directive, a letter each: what the sums of a board are counted from.

One pass over a directive's assignments joins the letters of each unit. To count letters costs next to nothing,
while each further pass over the table costs as much as the first (decision 0027).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import ascii_letters
from typing import Any, NamedTuple

from django.db.models import Aggregate, Case, CharField, F, Q, Value, When

from motbuoc.domains.work.board import Cell, GroupCell, Totals
from motbuoc.domains.work.models import QUIETABLE
from motbuoc.domains.work.standing import STATE_ORDER, WAITS, Horizon, Lateness
from motbuoc.domains.work.states import HANDED_IN, OWED, AssignmentState

S = AssignmentState
LETTERS = dict(zip(ascii_letters, ((state, late) for state in STATE_ORDER for late in Lateness), strict=False))
"""What each letter means: a state and a lateness."""

LETTER_OF = {meant: letter for letter, meant in LETTERS.items()}
CANCELLED = LETTER_OF[S.CANCELLED, Lateness.NONE]
OFTEN_FIRST = sorted(STATE_ORDER, key=lambda state: state not in (S.ACCEPTED, S.IN_PROGRESS))


class Joined(Aggregate):
    """The texts of a group one after the other, with `between` after each but the last."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, '%(between)s')"
    output_field = CharField()

    def __init__(self, expression: Any, between: str = "") -> None:
        super().__init__(expression, between=between)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As SQLite calls it."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def letter(days: Horizon, *, waits: bool) -> Case:
    """The expression for the letter of an assignment: its state and, as `standing.lateness` has it, its lateness.

    `waits`: whether any of them may wait for another; that is asked of each.
    """
    return Case(
        *(When(state=state, then=_by_lateness(state, days, waits)) for state in OFTEN_FIRST),
        output_field=CharField(),
    )


def _by_lateness(state: AssignmentState, days: Horizon, waits: bool) -> Any:
    kinds: list[tuple[Q, Lateness]] = []
    if state in HANDED_IN:
        kinds = [(Q(submitted_on__gt=F("due_on")), Lateness.OVERDUE)]
    if state in OWED:
        kinds = [
            *([(WAITS, Lateness.WAITS)] if waits else []),
            (Q(due_on__lt=days.today), Lateness.OVERDUE),
            (Q(due_on__lte=days.soon), Lateness.SOON),
            (Q(time_kind__in=QUIETABLE, news_on__lt=days.silent), Lateness.QUIET),
        ]
    whens = [When(condition, then=Value(LETTER_OF[state, late])) for condition, late in kinds]
    none = Value(LETTER_OF[state, Lateness.NONE])
    return Case(*whens, default=none, output_field=CharField()) if whens else none


class Marks(NamedTuple):
    """One unit's assignments: the item of each (None: outside the items), and its letter at the same place."""

    items: tuple[int | None, ...]
    letters: str

    def under(self, item: int | None) -> Marks:
        """Those under one item."""
        places = [place for place, one in enumerate(self.items) if one == item]
        return Marks((item,) * len(places), "".join(self.letters[place] for place in places))

    @property
    def is_counted(self) -> bool:
        """Whether there is one that is not cancelled."""
        return bool(self.letters.strip(CANCELLED))


def letters_for(state: str, lateness: int | None) -> frozenset[str]:
    """The letters of a state and a lateness; "" and None: of any."""
    return frozenset(
        letter for letter, meant in LETTERS.items() if state in ("", meant[0]) and lateness in (None, meant[1])
    )


def marks_of(rows: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, Marks]]:
    """Each unit with its marks, from rows of a unit, ids of items between commas (0: outside), and letters."""
    known: dict[str, tuple[int | None, ...]] = {}  # most units have the same
    for unit, ids, letters in rows:
        if ids not in known:
            known[ids] = tuple(int(pk) or None for pk in ids.split(","))
        yield unit, Marks(known[ids], letters)


def counted(marks: Iterable[Marks]) -> dict[int | None, Counter[str]]:
    """How many of each letter there are under each item."""
    alike: dict[tuple[int | None, ...], list[str]] = {}
    for items, letters in marks:
        alike.setdefault(items, []).append(letters)
    found: dict[int | None, Counter[str]] = {}
    for items, parts in alike.items():
        together = "".join(parts)
        for place, item in enumerate(items):
            found.setdefault(item, Counter()).update(together[place :: len(items)])
    return found


def totals_of(letters: Counter[str]) -> Totals:
    """The sums of such assignments, without the number of units."""
    states, overdue = _by_state(letters)
    return Totals(
        count=letters.total() - states[S.CANCELLED],
        done=states[S.ACCEPTED],
        waiting=sum(states[state] for state in HANDED_IN),
        overdue=overdue,
        not_acknowledged=states[S.ASSIGNED],
    )


def group_cell_of(letters: Counter[str]) -> GroupCell:
    """How many there are in each state, and overdue."""
    states, overdue = _by_state(letters)
    return GroupCell(tuple(states[state] for state in STATE_ORDER), overdue)


def _by_state(letters: Counter[str]) -> tuple[Counter[AssignmentState], int]:
    states: Counter[AssignmentState] = Counter()
    overdue = 0
    for one, number in letters.items():
        state, late = LETTERS[one]
        states[state] += number
        overdue += number if late is Lateness.OVERDUE else 0
    return states, overdue


def cells_of(tasks: Iterable[tuple[int, int | None, int, str]]) -> Iterator[Cell]:
    """The cells of tasks, each a unit, an item, an id and a letter."""
    found: dict[tuple[int, int | None], list[tuple[int, str]]] = {}
    for unit, item, pk, one in tasks:
        found.setdefault((unit, item), []).append((pk, one))
    for (unit, item), given in found.items():
        first, _one = min(given, key=lambda task: (task[1] == CANCELLED, task[0]))
        yield Cell(unit, item, *_face("".join(one for _pk, one in given)), first)


@lru_cache(maxsize=1_000)
def _face(letters: str) -> tuple[int, int, int, int, int, AssignmentState, Lateness]:
    """What a cell with such tasks shows: its numbers, the least advanced state and the latest lateness."""
    sums = totals_of(Counter(letters))
    states, latenesses = zip(*(LETTERS[one] for one in letters), strict=True)
    state, late = min(states, key=STATE_ORDER.index), max(latenesses)
    return sums.count, sums.done, sums.waiting, sums.overdue, sums.not_acknowledged, state, late
