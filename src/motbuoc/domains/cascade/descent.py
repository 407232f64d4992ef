"""How far a directive has come down: received, read, taken on, localised, issued below, done; unit by unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from motbuoc.domains.cascade.dissemination import Studied, studied_by, together
from motbuoc.domains.cascade.models import Localisation
from motbuoc.domains.cascade.selectors import localisations_for, plan_of_each
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.board import Totals
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import AssignmentState
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit

S = AssignmentState
NOTHING = Totals()


@dataclass(frozen=True)
class Station:
    """How far a directive has come in one unit that received it.

    `below` are the totals of what its plan gave to others, `plans_below` how many of them have plans of their own.
    """

    unit_id: int
    name: str
    kind: str
    received_on: date
    read_on: date | None
    count: int
    acknowledged: int
    done: int
    plan: Localisation | None
    below: Totals
    plans_below: int
    studied: Studied | None

    @property
    def is_taken_on(self) -> bool:
        """Whether every task of the directive was acknowledged."""
        return self.acknowledged == self.count

    @property
    def is_localised(self) -> bool:
        """Whether the unit has issued a plan of its own."""
        return bool(self.plan and self.plan.plan.state == DocumentState.ISSUED)

    @property
    def days_to_plan(self) -> int | None:
        """Days from receipt to the day on which the plan was issued."""
        at = self.plan.plan.released_at if self.plan and self.is_localised else None
        return (timezone.localdate(at) - self.received_on).days if at else None


@dataclass(frozen=True)
class Level:
    """The stations of one kind of unit, added up, and the names of those where something is missing."""

    kind: str
    stations: tuple[Station, ...]

    @property
    def label(self) -> str:
        """What the kind is called."""
        return str(UnitKind(self.kind).label) if self.kind else ""

    @property
    def count(self) -> int:
        """Tasks given."""
        return sum(station.count for station in self.stations)

    @property
    def done(self) -> int:
        """Tasks done."""
        return sum(station.done for station in self.stations)

    @property
    def read(self) -> int:
        """Units that have opened the directive."""
        return sum(bool(station.read_on) for station in self.stations)

    @property
    def taken_on(self) -> int:
        """Units that have acknowledged every task."""
        return sum(station.is_taken_on for station in self.stations)

    @property
    def localised(self) -> int:
        """Units with a plan of their own."""
        return sum(station.is_localised for station in self.stations)

    @property
    def issued_below(self) -> int:
        """Units whose plan gave work to others."""
        return sum(bool(station.below.count) for station in self.stations)

    @property
    def studied(self) -> Studied:
        """Study sessions of all of them."""
        return together([station.studied for station in self.stations if station.studied])

    @property
    def without_plan(self) -> list[Station]:
        """Those that have not issued a plan."""
        return [station for station in self.stations if not station.is_localised]

    @property
    def without_study(self) -> list[Station]:
        """Those that recorded no session; they are in no sum."""
        return [station for station in self.stations if not station.studied]


def descent_of(viewer: Person, directive: Document) -> list[Station]:
    """The units that received a directive and are in reach of `viewer`, by name, each with how far it has come."""
    today = clock.today()
    granted = policy.granted_for(viewer, Action.VIEW_BOARD, directive.classification)
    wide = policy.is_wide(viewer, granted, today)
    tasks = Assignment.objects.filter(policy.holds("unit", granted, today, wide=wide), document=directive)
    counts = {row["unit_id"]: row for row in _counted(tasks)}
    units = Unit.objects.known_by(today).filter(pk__in=counts).order_by("name", "pk")
    read = dict(directive.copies.filter(unit__in=counts).values_list("unit_id", "read_at"))
    plans = plan_of_each(viewer, directive)
    below = totals_for(viewer, [row.plan for row in plans.values()])
    further = _plans_below(viewer, [row.plan_id for row in plans.values()])
    studied = studied_by(viewer, directive, list(counts))
    return [
        Station(
            unit_id=unit.pk,
            name=unit.name,
            kind=unit.kind,
            received_on=counts[unit.pk]["since"],
            read_on=timezone.localdate(at) if (at := read.get(unit.pk)) else None,
            count=counts[unit.pk]["count"],
            acknowledged=counts[unit.pk]["acknowledged"],
            done=counts[unit.pk]["done"],
            plan=(plan := plans.get(unit.pk)),
            below=below.get(plan.plan_id, NOTHING) if plan else NOTHING,
            plans_below=further.get(plan.plan_id, 0) if plan else 0,
            studied=studied.get(unit.pk),
        )
        for unit in units
    ]


def _counted(tasks: QuerySet[Assignment]) -> Any:
    numbers = {
        "count": Count("pk"),
        "acknowledged": Count("pk", filter=~Q(state=S.ASSIGNED)),
        "done": Count("pk", filter=Q(state=S.ACCEPTED)),
        "since": Min("assigned_on"),
    }
    owed = tasks.exclude(state=S.CANCELLED)
    return owed.values("unit_id").annotate(**numbers).order_by()


def _plans_below(viewer: Person, plans: list[int]) -> dict[int, int]:
    """How many plans of their own the units below issued that carry each of these plans out."""
    found = localisations_for(viewer).filter(directive__in=plans, plan__state=DocumentState.ISSUED).order_by()
    return dict(found.values_list("directive_id").annotate(number=Count("plan__unit", distinct=True)))


def levels_of(stations: Iterable[Station]) -> list[Level]:
    """The stations by kind of unit, in the order of the table of kinds."""
    stations = list(stations)
    by_kind = {kind: tuple(s for s in stations if s.kind == kind) for kind in UnitKind.values}
    return [Level(kind, found) for kind, found in by_kind.items() if found]
