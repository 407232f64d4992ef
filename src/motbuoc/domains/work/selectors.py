"""Reads of the tracker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, FilteredRelation, Max, Min, Q, QuerySet
from django.utils import timezone

from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.board import Board, Cell, Totals, board_of
from motbuoc.domains.work.models import Assignment, Entry, Evidence
from motbuoc.domains.work.standing import (
    STATE_ORDER,
    Lateness,
    Standing,
    WithLateness,
    lateness,
    overdue,
    state_rank,
    stood,
    with_lateness,
)
from motbuoc.domains.work.states import TRANSITIONS, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

S = AssignmentState
LATENESS = tuple(Lateness)
HEAVY = ("document__text", "document__reading")  # read when asked for, never for a list


def assignments_for(viewer: Person) -> WithLateness:
    """The assignments of units in reach of `viewer`, or supported by one; each with `unit_name` and `lateness`."""
    today = clock.today()
    units = policy.reach(viewer, Action.VIEW_ASSIGNMENT)
    supported = Assignment.supporting_units.through.objects.filter(unit__in=units).values("assignment_id")
    rows = Assignment.objects.filter(Q(unit__in=units) | Q(pk__in=supported))
    return _named(with_lateness(rows, today), today).select_related("duty", "document", "provision").defer(*HEAVY)


def _named(assignments: WithLateness, day: date) -> WithLateness:
    dated = FilteredRelation("unit__versions", condition=in_force(day, "unit__versions__"))
    return assignments.annotate(dated=dated, unit_name=F("dated__name"), unit_short_name=F("dated__short_name"))


INBOX = {
    "owed": Q(state__in=(S.ASSIGNED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED)),
    "waiting": Q(state=S.SUBMITTED),
    "done": Q(state=S.ACCEPTED),
    "all": Q(),
}
"""The tabs of the inbox."""


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
        """The condition over `assignments_for`."""
        exact = {
            "document_id": self.document_id,
            "unit_id": self.unit_id,
            "provision_id": self.provision_id,
            "lateness": self.lateness,
            "state": self.state,
        }
        found = Q(**{name: value for name, value in exact.items() if value is not None})
        for word in self.words.split():
            found &= (
                Q(duty__text__icontains=word) | Q(unit_name__icontains=word) | Q(document__code__icontains=word)
            )
        return found


def inbox_for(viewer: Person, tab: str = "owed", narrowing: Narrowing | None = None) -> WithLateness:
    """What the viewer's units owe (or wait for, or have done): the latest and soonest due first."""
    rows = assignments_for(viewer).filter(INBOX[tab], (narrowing or Narrowing()).condition())
    return rows.order_by("-lateness", F("due_on").asc(nulls_last=True), "unit_name", "pk")


def tab_counts_for(viewer: Person, narrowing: Narrowing | None = None) -> dict[str, int]:
    """How many assignments each tab of the inbox holds; in one query."""
    rows = assignments_for(viewer).filter((narrowing or Narrowing()).condition()).order_by()
    counts: dict[str, int] = rows.aggregate(**{tab: Count("pk", filter=kept) for tab, kept in INBOX.items()})
    return counts


def owed_by(viewer: Person) -> WithLateness:
    """What is still owed by the units for which `viewer` works, the most urgent first."""
    return inbox_for(viewer).filter(unit__in=policy.reach(viewer, Action.WORK_ON_ASSIGNMENT))


def waiting_for(viewer: Person) -> WithLateness:
    """The results on which `viewer` may decide and which they did not submit themselves, the oldest first."""
    mine = Q(submitted_by=viewer)
    rows = assignments_for(viewer).filter(
        INBOX["waiting"], unit__in=policy.reach(viewer, Action.DECIDE_ASSIGNMENT)
    )
    return rows.exclude(mine).order_by("submitted_on", "pk")


def steps_for(viewer: Person, assignment: Assignment) -> list[Transition]:
    """The steps `viewer` may take on the assignment now; the guard and the buttons are drawn from here."""
    allowed = {
        action
        for action in (Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT)
        if policy.may_on(viewer, action, assignment.unit_id)
    }
    return [
        step
        for step in steps_from(TRANSITIONS, assignment.state)
        if step.action in allowed
        and (step.name != "accept_period" or goes_on(assignment))
        and not (step.action == Action.DECIDE_ASSIGNMENT and assignment.submitted_by_id == viewer.pk)
    ]


def goes_on(assignment: Assignment) -> bool:
    """Whether accepting leads to a next period: periodic, with a cycle and a due day to count from."""
    return assignment.time_kind == TimeKind.PERIODIC and bool(assignment.cycle and assignment.due_on)


def evidence_for(viewer: Person) -> QuerySet[Evidence]:
    """The evidence of assignments that `viewer` may see."""
    return Evidence.objects.filter(entry__assignment__in=assignments_for(viewer).values("pk")).select_related(
        "file"
    )


def entries_of(assignment: Assignment) -> QuerySet[Entry]:
    """What was written at each step of an assignment, oldest first, with the evidence."""
    return assignment.entries.select_related("written_by").prefetch_related("evidence__file")


def supporters_of(assignment: Assignment) -> list[str]:
    """The names of the units that support an assignment, as of today."""
    units = Unit.objects.on(clock.today()).filter(supported_assignments=assignment)
    return list(units.order_by("name").values_list("name", flat=True))


def _counts(today: date) -> dict[str, Count]:
    """The numbers of `Totals` as expressions over a query of assignments."""
    return {
        "count": Count("pk"),
        "done": Count("pk", filter=Q(state=S.ACCEPTED)),
        "waiting": Count("pk", filter=Q(state=S.SUBMITTED)),
        "overdue": Count("pk", filter=overdue(today)),
        "not_acknowledged": Count("pk", filter=Q(state=S.ASSIGNED)),
    }


def directives_for(viewer: Person) -> QuerySet[Document]:
    """The issued documents that `viewer` may read, the latest issued first, without their texts."""
    issued = documents_for(viewer).filter(state=DocumentState.ISSUED)
    return issued.defer("text", "reading").order_by("-released_at", "-pk")


def totals_for(viewer: Person, documents: Iterable[Document]) -> dict[int, Totals]:
    """The totals of each of the directives by its id, over the units in reach of `viewer`; in one query."""
    reach = policy.reach(viewer, Action.VIEW_ASSIGNMENT)
    assignments = Assignment.objects.filter(document__in=[document.pk for document in documents], unit__in=reach)
    numbers = {"units": Count("unit", distinct=True), **_counts(clock.today())}
    found: Any = assignments.values_list("document_id").annotate(**numbers).order_by()
    return {document_id: Totals(*counts) for document_id, *counts in found}


def board_for(viewer: Person, document: Document) -> Board:
    """The board of a directive, with the units in reach of `viewer`; as many queries for one unit as for all."""
    today = clock.today()
    found: Any = (
        Assignment.objects.filter(document=document, unit__in=policy.reach(viewer, Action.VIEW_BOARD))
        .values_list("unit_id", "provision_id")
        .annotate(**_counts(today), rank=Min(state_rank()), late=Max(lateness(today)), first=Min("pk"))
        .order_by()
    )
    cells = [_cell(*row) for row in found]
    units = Unit.objects.on(today).filter(pk__in={cell.unit_id for cell in cells}).order_by("name", "pk")
    return board_of(document.provisions.all(), cells, units.values_list("pk", "name"))


def _cell(unit_id: int, provision_id: int | None, *numbers: int) -> Cell:
    count, done, waiting, late_ones, new, rank, late, first = numbers
    state = STATE_ORDER[rank]
    return Cell(unit_id, provision_id, count, done, waiting, late_ones, new, state, LATENESS[late], first)


def stood_on(document: Document, day: date) -> list[tuple[Any, Standing]]:
    """Every assignment of a directive given by `day`, with how it stood at the end of that day, by unit name.

    Names are those of the units on that day.
    """
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    entries = Entry.objects.filter(assignment__document=document, written_at__lt=until)
    steps: dict[int, list[tuple[str, date]]] = {}
    for pk, name, at in entries.order_by("written_at", "pk").values_list("assignment_id", "step", "written_at"):
        steps.setdefault(pk, []).append((name, timezone.localdate(at)))
    given = _named(Assignment.objects.filter(document=document, assigned_on__lte=day), day)
    return [(row, stood(row, steps.get(row.pk, ()))) for row in given.order_by("unit_name", "pk")]
