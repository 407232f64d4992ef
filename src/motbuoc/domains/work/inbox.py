"""The inbox: assignments as the rows of a list, what it is narrowed to, and who sees which (`listing.py` asks)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from motbuoc.domains.documents.models import Copy, Document, Duty
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.parts import PARTS
from motbuoc.domains.work.standing import Lateness, WithLateness
from motbuoc.domains.work.states import HANDED_IN, OWED, STOPPED, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import UnitVersion, known_on
from vanban.text import fold

S = AssignmentState
Shape = tuple[tuple[tuple[str, ...], int, bool], ...]  # that of `policy.Sight`
INBOX = {
    "owed": Q(state__in=(*OWED, S.QUESTIONED)),
    "waiting": Q(state__in=HANDED_IN),
    "done": Q(state=S.ACCEPTED),
    "stopped": Q(state__in=STOPPED),
    "all": Q(),
}
"""The tabs of the inbox."""

PLACES = ("document_id", "unit_id", "provision_id", "due_on")
"""What a list can be narrowed to that is only a value of its query: ids, and the day that something is due."""

WRITTEN = re.compile(r"(\d{1,2})\.(\d{4}-\d\d-\d\d)?\.(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Narrowing:
    """What a list of assignments is narrowed to; what is None or empty does not narrow.

    `own`: only what is owed by units for which the viewer works, without what these only support.
    """

    document_id: int | None = None
    unit_id: int | None = None
    provision_id: int | None = None
    due_on: date | None = None
    lateness: int | None = None
    state: str | None = None
    words: str = ""
    own: bool = False

    @property
    def is_on(self) -> bool:
        """Whether it narrows anything."""
        return self != Narrowing(own=self.own)

    @property
    def places(self) -> Q:
        """The condition over assignments of the ids and the day it names."""
        return Q(**{name: value for name in PLACES if (value := getattr(self, name)) is not None})

    def condition(self, day: date) -> Q:
        """The condition over assignments, which have their lateness if that is asked for."""
        exact = {name: value for name in ("lateness", "state") if (value := getattr(self, name)) is not None}
        return self.places & Q(**exact) & with_words(tuple(fold(self.words).split()), day)


def with_words(words: tuple[str, ...], day: date) -> Q:
    """Assignments with each word in the task, the number or subject of the directive, or a name of the unit; marks
    and capitals aside.
    """
    if not words:
        return Q()
    called = UnitVersion.objects.filter(known_on(day), unit=OuterRef("unit"))
    for word in words:
        asked = Duty.objects.filter(
            has("folded", word) | has("document__folded", word), pk=OuterRef(OuterRef("duty"))
        )
        called = called.filter(has("folded", word) | Q(Exists(asked)))
    return Q(Exists(called))


def has(column: str, word: str) -> Q:
    """The condition that a folded column has a folded word in it, the word being only a value of the query."""
    return Q(GreaterThan(StrIndex(F(column), Value(word, output_field=TextField())), 0))


class Mark(NamedTuple):
    """Where a row stands in the list: its part, the day it is ordered by there, and its id."""

    part: int
    day: date | None
    pk: int

    @property
    def written(self) -> str:
        """It as a word of an address."""
        return f"{self.part}.{self.day or ''}.{self.pk}"

    @classmethod
    def read(cls, word: str) -> Mark | None:
        """The mark that such a word means, or None."""
        found = WRITTEN.fullmatch(word)
        if not found or int(found[1]) >= len(PARTS):
            return None
        try:
            day = date.fromisoformat(found[2]) if found[2] else None
        except ValueError:
            return None
        return cls(int(found[1]), day, int(found[3]))


class Task(NamedTuple):
    """An assignment as a row of the inbox."""

    pk: int
    words: str
    unit_name: str
    code: str
    number: str | None
    state: str
    due_on: date | None
    submitted_on: date | None
    classification: str
    mark: Mark

    @property
    def lateness(self) -> Lateness:
        """How late it is: that of its part."""
        return PARTS[self.mark.part].lateness


COLUMNS = (
    "pk",
    "duty__text",
    "unit_short_name",
    "document__code",
    "provision__number",
    "state",
    "due_on",
    "submitted_on",
    "document__classification",
)


def given_to(units: tuple[int, ...], wide: bool, today: date, prefix: str = "", *, walked: bool = False) -> Q:
    """Assignments of units below these, those that such a unit supports, and those that it tracks; `prefix` leads
    to the assignment. `walked`: as `policy.holds` has it.
    """
    supports = Assignment.supporting_units.through.objects.filter(policy.holds("unit", units, today, wide=wide))
    if wide:
        own = policy.holds(f"{prefix}unit", units, today, wide=wide, walked=walked)
        has_monitor = Q(**{f"{prefix}monitor__isnull": False})
        tracks = has_monitor & policy.holds(f"{prefix}monitor", units, today, wide=wide, walked=walked)
        return own | Q(Exists(supports.filter(assignment=OuterRef(f"{prefix}pk")))) | tracks
    # One list of ids: a database that is asked "of these units, or supported by them" reads the whole table.
    rows = Assignment.objects.filter(policy.holds("unit", units, today, wide=wide)).order_by().values("pk")
    tracked = Assignment.objects.filter(policy.holds("monitor", units, today, wide=wide)).order_by().values("pk")
    return Q(**{f"{prefix}pk__in": rows.union(supports.values("assignment_id"), tracked, all=True)})


def visible(
    shape: Shape, granted: tuple[int, ...], today: date, *, own: bool = False, walked: bool = False
) -> WithLateness:
    """The assignments in a `policy.Sight`, each if the class of its document may be seen there.

    `own`: only those owed by living units there. `walked`: as `policy.holds` has it.
    """

    def within(units: tuple[int, ...], wide: bool) -> Q:
        if own:
            return policy.holds("unit", units, today, wide=wide, archives=False, walked=walked)
        return given_to(units, wide, today, walked=walked)

    seen = policy.Sight(shape, granted)
    return Assignment.objects.filter(policy.cleared(seen, within, "document__classification"))


def task_seen_by(viewer: Person, column: str = "assignment") -> Q:
    """The condition that `viewer` sees the assignment in `column`; asked of each row, which are few beside all
    assignments.
    """
    seen = visible(*policy.sight(viewer, Action.VIEW_ASSIGNMENT), clock.today()).order_by()
    return Q(Exists(seen.filter(pk=OuterRef(column))))


def named(assignments: WithLateness, day: date) -> WithLateness:
    """The assignments, each with the name of its unit on the day; one that had ended keeps its last name."""
    dated = FilteredRelation("unit__versions", condition=known_on(day, "unit__versions__"))
    return assignments.annotate(dated=dated, unit_name=F("dated__name"), unit_short_name=F("dated__short_name"))


def _directives(seen: Shape, *, granted: tuple[int, ...], today: date) -> Any:
    def of(units: tuple[int, ...], wide: bool) -> Q:
        if not wide:
            return Q(
                pk__in=Assignment.objects.filter(given_to(units, wide, today)).order_by().values("document_id")
            )
        copies = Copy.objects.filter(policy.holds("unit", units, today, wide=True))
        return policy.holds("unit", units, today, wide=True) | Q(Exists(copies.filter(document=OuterRef("pk"))))

    issued = Document.objects.filter(policy.cleared(policy.Sight(seen, granted), of, "classification"))
    return (
        issued.filter(state=DocumentState.ISSUED)
        .order_by("-released_at", "-pk")
        .values_list("pk", "code", "subject")
    )


_prepared_directives = Prepared(_directives)


def directives_in(viewer: Person) -> list[tuple[int, str, str]]:
    """The directives whose assignments `viewer` sees, the latest first: id, number and subject."""
    seen = policy.sight(viewer, Action.VIEW_ASSIGNMENT)
    found = _prepared_directives(seen.shape, granted=seen.units, today=clock.today())
    return [(pk, code, subject) for pk, code, subject in found]
