"""The roles that people hold on a day: granted to them, as stand-ins, or as the next in line of a vacancy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import ACTING, PASSED_ON, Action, Role, roles_with
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person, Position, StandIn
from motbuoc.foundation.people.selectors import first_in_line
from motbuoc.foundation.units.models import UnitClosure


class Through(StrEnum):
    """How a person came to hold a role."""

    GRANT = "grant"
    STAND_IN = "stand_in"
    VACANCY = "vacancy"


class Held(NamedTuple):
    """A role held on a unit: through a grant of one's own (`source` its id), as the stand-in of a position's
    holder (that of the stand-in), or as the next in line of a unit for which nobody works (that of the position).
    """

    role: str
    unit_id: int
    through: str
    source: int


def held_by(person: Person, on: date) -> list[Held]:
    """The roles a person holds on the day, read once for each `Person` object, which lives for a request."""
    kept: dict[date, list[Held]] = person.__dict__.setdefault("_held", {})
    if on not in kept:
        kept[on] = [Held(*row) for row in _held_rows(person=person.pk, day=on)]
    return kept[on]


def held_on(units: Iterable[int], on: date) -> list[tuple[int, Held]]:
    """The roles that anybody holds on one of the units themselves: the person's id, and what they hold."""
    units = list(units)
    own, covered, acting = sources(on)
    covered = covered.filter(position__unit__in=units)
    held = joined(own.filter(unit__in=units), covered, acting.filter(unit__in=units), "person_id")
    return [(row[-1], Held(*row[:-1])) for row in held]


def _held_query(*, person: int, day: date) -> QuerySet[Any, Any]:
    own, covered, acting = sources(day)
    return joined(own.filter(person=person), covered.filter(person=person), acting.filter(person=person))


def sources(
    day: date, roles: Iterable[Role] = tuple(Role)
) -> tuple[QuerySet[Grant], QuerySet[StandIn], QuerySet[Position]]:
    """Where `roles` come from on the day: grants, stand-ins for whoever has one, the next in line of a vacancy."""
    given = in_force(day, "position__unit__grants__")
    covered = StandIn.objects.filter(in_force(day), in_force(day, "position__")).filter(
        given,
        position__unit__grants__person=F("position__person"),
        position__unit__grants__role__in=[role for role in roles if role in PASSED_ON],
    )
    acting = first_in_line(day).filter(~Exists(_workers(OuterRef("unit_id"), day)))
    own = Grant.objects.filter(in_force(day), role__in=list(roles))
    return own, covered, acting if ACTING in roles else acting.none()


def joined(
    own: QuerySet[Grant], covered: QuerySet[StandIn], acting: QuerySet[Position], *more: str
) -> QuerySet[Any, Any]:
    """What `sources` gives as rows of `Held`, each with the columns `more`."""
    return own.values_list("role", "unit_id", _as(Through.GRANT), "pk", *more).union(
        covered.values_list(
            "position__unit__grants__role", "position__unit_id", _as(Through.STAND_IN), "pk", *more
        ),
        acting.values_list(_as(ACTING), "unit_id", _as(Through.VACANCY), "pk", *more),
        all=True,
    )


def _as(word: str) -> Value:
    return Value(str(word), output_field=CharField())


def worked_for(day: date) -> QuerySet[UnitClosure, Any]:
    """The ids of the units for which somebody was given the work, there or above, on the day: a query that rests
    on no row around it, so that a database reads it once for a whole list."""
    working = Grant.objects.filter(in_force(day), role__in=roles_with(Action.WORK_ON_ASSIGNMENT))
    tied = UnitClosure.objects.filter(in_force(day), is_archive=False, ancestor__in=working.values("unit"))
    return tied.values("descendant")


def _workers(unit: Any, day: date) -> QuerySet[Grant]:
    """The grants on `unit` or above it whose holders work for it on the day."""
    tied = in_force(day, "unit__closure_below__")
    working = Grant.objects.filter(in_force(day), role__in=roles_with(Action.WORK_ON_ASSIGNMENT))
    return working.filter(tied, unit__closure_below__descendant=unit)


_held_rows = Prepared(_held_query)  # asked by every page
