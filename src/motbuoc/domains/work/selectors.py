"""Reads of the tracker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Max, Min, Q, QuerySet

from motbuoc.domains.documents.models import Document, Provision, TimeKind
from motbuoc.domains.work.models import Assignment, Evidence
from motbuoc.domains.work.standing import (
    STATE_ORDER,
    Lateness,
    WithLateness,
    done_late,
    lateness,
    overdue,
    state_rank,
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


def assignments_for(viewer: Person) -> WithLateness:
    """The assignments of units in reach of `viewer`, or supported by one; each with `unit_name` and `lateness`."""
    today = clock.today()
    units = policy.reach(viewer, Action.VIEW_ASSIGNMENT)
    supported = Assignment.supporting_units.through.objects.filter(unit__in=units).values("assignment_id")
    rows = Assignment.objects.filter(Q(unit__in=units) | Q(pk__in=supported))
    return _named(with_lateness(rows, today), today).select_related("duty", "document", "provision")


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


def inbox_for(viewer: Person, tab: str = "owed") -> WithLateness:
    """What the viewer's units owe (or wait for, or have done): the latest and soonest due first."""
    return assignments_for(viewer).filter(INBOX[tab]).order_by("-lateness", F("due_on").asc(nulls_last=True), "pk")


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


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's assignments under one provision: how many, how many done, and the worst of state and lateness.

    `assignment_id` is the first of them; when `count` is 1 it is the one.
    """

    unit_id: int
    provision_id: int | None
    count: int
    done: int
    state: AssignmentState
    lateness: Lateness
    assignment_id: int


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the board: its cells in the order of the columns (None where it has no assignment)."""

    unit_id: int
    name: str
    cells: list[Cell | None]
    count: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers a leader reads first; each counts assignments, `units` units."""

    units: int = 0
    count: int = 0
    done: int = 0
    waiting: int = 0
    overdue: int = 0
    not_acknowledged: int = 0

    @property
    def percent_done(self) -> int:
        """Whole percent of the assignments that are done, rounded down: 100 means all."""
        return self.done * 100 // self.count if self.count else 0


@dataclass(frozen=True, slots=True)
class Board:
    """A directive's life in one glance: provisions across, units down."""

    columns: list[Provision]
    rows: list[Row]
    column_totals: list[Totals]
    totals: Totals


def totals_of(assignments: QuerySet[Assignment], today: date) -> Totals:
    """The totals over some assignments on a day."""
    return Totals(
        **assignments.aggregate(
            units=Count("unit", distinct=True),
            count=Count("pk", distinct=True),
            done=Count("pk", filter=Q(state=S.ACCEPTED), distinct=True),
            waiting=Count("pk", filter=Q(state=S.SUBMITTED), distinct=True),
            overdue=Count("pk", filter=overdue(today), distinct=True),
            not_acknowledged=Count("pk", filter=Q(state=S.ASSIGNED), distinct=True),
        )
    )


def board_for(viewer: Person, document: Document) -> Board:
    """The board of a directive, with the units in reach of `viewer`; as many queries for one unit as for all."""
    today = clock.today()
    reach = policy.reach(viewer, Action.VIEW_BOARD)
    assignments = Assignment.objects.filter(document=document, unit__in=reach)
    columns = list(document.provisions.filter(assignments__isnull=False).distinct())
    place = {provision.pk: index for index, provision in enumerate(columns)}
    by_unit: dict[int, list[Cell | None]] = {}
    found = assignments.values_list("unit_id", "provision_id").annotate(
        count=Count("pk"),
        done=Count("pk", filter=Q(state=S.ACCEPTED)),
        rank=Min(state_rank()),
        late=Max(lateness(today)),
        first=Min("pk"),
    )
    for unit_id, provision_id, count, done, rank, late, first in found:
        cells = by_unit.setdefault(unit_id, [None] * len(columns))
        if provision_id in place:
            cells[place[provision_id]] = Cell(
                unit_id, provision_id, count, done, STATE_ORDER[rank], Lateness(late), first
            )
    names = Unit.objects.on(today).filter(pk__in=by_unit).order_by("name").values_list("pk", "name")
    rows = [_row(pk, name, by_unit[pk]) for pk, name in names]
    return Board(columns, rows, _column_totals(assignments, columns, today), totals_of(assignments, today))


def _row(unit_id: int, name: str, cells: list[Cell | None]) -> Row:
    there = [cell for cell in cells if cell]
    return Row(
        unit_id,
        name,
        cells,
        sum(cell.count for cell in there),
        sum(cell.done for cell in there),
        sum(1 for cell in there if cell.lateness is Lateness.OVERDUE),
    )


def _column_totals(assignments: QuerySet[Assignment], columns: list[Provision], today: date) -> list[Totals]:
    found: Any = assignments.values("provision_id").annotate(
        units=Count("unit", distinct=True),
        count=Count("pk"),
        done=Count("pk", filter=Q(state=S.ACCEPTED)),
        waiting=Count("pk", filter=Q(state=S.SUBMITTED)),
        overdue=Count("pk", filter=overdue(today)),
        not_acknowledged=Count("pk", filter=Q(state=S.ASSIGNED)),
    )
    numbers = ("units", "count", "done", "waiting", "overdue", "not_acknowledged")
    by_provision = {row["provision_id"]: Totals(*(row[name] for name in numbers)) for row in found}
    return [by_provision.get(column.pk, Totals()) for column in columns]


def done_late_count(assignments: QuerySet[Assignment]) -> int:
    """How many were done, but after the first due day."""
    return assignments.filter(done_late()).count()
