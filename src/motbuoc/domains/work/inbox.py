"""The inbox: assignments as the rows of a list, by tab and narrowed, with how many each tab and directive holds.

Its two queries are prepared: the inbox is the page asked for most.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import Horizon, WithLateness, lateness
from motbuoc.domains.work.states import STOPPED, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import known_on

S = AssignmentState
Shape = tuple[tuple[tuple[str, ...], int, bool], ...]  # that of `policy.Sight`
INBOX = {
    "owed": Q(state__in=(S.ASSIGNED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED)),
    "waiting": Q(state=S.SUBMITTED),
    "done": Q(state=S.ACCEPTED),
    "stopped": Q(state__in=STOPPED),
    "all": Q(),
}
"""The tabs of the inbox."""

ORDER = ("-lateness", F("due_on").asc(nulls_last=True), "unit_name", "pk")
"""The latest and soonest due first."""


@dataclass(frozen=True)
class Narrowing:
    """What a list of assignments is narrowed to; what is None or empty does not narrow."""

    document_id: int | None = None
    unit_id: int | None = None
    provision_id: int | None = None
    lateness: int | None = None
    state: str | None = None
    words: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it narrows anything."""
        return self != Narrowing()

    def condition(self) -> Q:
        """The condition over assignments that are named, and have their lateness if that is asked for."""
        exact = {name: value for name, value in asdict(self).items() if name != "words" and value is not None}
        found = Q(**exact)
        for word in self.words.split():
            found &= (
                Q(duty__text__icontains=word) | Q(unit_name__icontains=word) | Q(document__code__icontains=word)
            )
        return found


class Task(NamedTuple):
    """An assignment as a row of the inbox."""

    pk: int
    words: str
    unit_name: str
    code: str
    number: str | None
    state: str
    lateness: int
    due_on: date | None
    submitted_on: date | None
    classification: str


COLUMNS = (
    "pk",
    "duty__text",
    "unit_short_name",
    "document__code",
    "provision__number",
    "state",
    "lateness",
    "due_on",
    "submitted_on",
    "document__classification",
)


class Tally(NamedTuple):
    """How many assignments of one directive each tab holds."""

    document_id: int
    code: str
    subject: str
    owed: int
    waiting: int
    done: int
    stopped: int
    all: int


def given_to(units: tuple[int, ...], wide: bool, today: date, prefix: str = "") -> Q:
    """Assignments of units below these, and those that such a unit supports; `prefix` leads to the assignment."""
    own = policy.holds(f"{prefix}unit", units, today, wide=wide)
    supports = Assignment.supporting_units.through.objects.filter(policy.holds("unit", units, today, wide=wide))
    if wide:
        return own | Q(Exists(supports.filter(assignment=OuterRef(f"{prefix}pk"))))
    return own | Q(**{f"{prefix}pk__in": supports.values("assignment_id")})


def visible(shape: Shape, granted: tuple[int, ...], today: date) -> WithLateness:
    """The assignments in a `policy.Sight`, each if the class of its document may be seen there."""
    seen = policy.Sight(shape, granted)
    return Assignment.objects.filter(
        policy.cleared(seen, lambda units, wide: given_to(units, wide, today), "document__classification")
    )


def named(assignments: WithLateness, day: date) -> WithLateness:
    """The assignments, each with the name of its unit on the day; one that had ended keeps its last name."""
    dated = FilteredRelation("unit__versions", condition=known_on(day, "unit__versions__"))
    return assignments.annotate(dated=dated, unit_name=F("dated__name"), unit_short_name=F("dated__short_name"))


def _task_rows(
    tab: str, narrowing: Narrowing, start: int, end: int, seen: Shape, *, granted: tuple[int, ...], **values: Any
) -> WithLateness:
    days = Horizon(values.pop("today"), values.pop("soon"), values.pop("silent"))
    rows = named(visible(seen, granted, days.today).annotate(lateness=lateness(days)), days.today)
    narrowed = replace(narrowing, **values).condition()
    return rows.filter(INBOX[tab], narrowed).order_by(*ORDER).values_list(*COLUMNS)[start:end]


def _tallies(
    narrowing: Narrowing, seen: Shape, *, granted: tuple[int, ...], today: date, **values: Any
) -> WithLateness:
    rows = visible(seen, granted, today)
    if narrowing.lateness is not None:
        rows = rows.annotate(lateness=lateness(Horizon(today, values.pop("soon"), values.pop("silent"))))
    if narrowing.words:
        rows = named(rows, today)
    rows = rows.filter(replace(narrowing, **values).condition()).order_by("document_id")
    counts = {tab: Count("pk", filter=kept) for tab, kept in INBOX.items()}
    return rows.values_list("document_id", "document__code", "document__subject").annotate(**counts)


_prepared_rows, _prepared_tallies = Prepared(_task_rows), Prepared(_tallies)


def tasks_for(viewer: Person, tab: str, narrowing: Narrowing, start: int, end: int) -> list[Task]:
    """The rows from `start` up to `end` of a tab of the viewer's inbox: the latest and soonest due first."""
    shape, values = _split(narrowing)
    days = Horizon.on(clock.today())
    seen = policy.sight(viewer, Action.VIEW_ASSIGNMENT)
    values |= {"granted": seen.units, "today": days.today, "soon": days.soon, "silent": days.silent}
    ask = _prepared_rows.fresh if narrowing.words else _prepared_rows
    return [Task(*row) for row in ask(tab, shape, start, end, seen.shape, **values)]


def tallies_for(viewer: Person, narrowing: Narrowing) -> list[Tally]:
    """How many of each directive each tab of the viewer's inbox holds, whichever directive is asked for."""
    shape, values = _split(replace(narrowing, document_id=None))
    days = Horizon.on(clock.today())
    seen = policy.sight(viewer, Action.VIEW_ASSIGNMENT)
    values |= {"granted": seen.units, "today": days.today}
    if narrowing.lateness is not None:
        values |= {"soon": days.soon, "silent": days.silent}
    ask = _prepared_tallies.fresh if narrowing.words else _prepared_tallies
    return [Tally(*row) for row in ask(shape, seen.shape, **values)]


def _split(narrowing: Narrowing) -> tuple[Narrowing, dict[str, Any]]:
    """The part that changes the SQL, and the ids that are only values in it."""
    names = ("document_id", "unit_id", "provision_id")
    ids = {name: value for name in names if (value := getattr(narrowing, name)) is not None}
    return replace(narrowing, document_id=None, unit_id=None, provision_id=None), ids
