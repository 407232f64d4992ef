"""A province of any size around the cast: units in five levels and people with positions, in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from tests.factories import LONG_AGO

from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion

LEVELS = (
    (UnitKind.PARTY_UPPER_BASE, 50, "Đảng bộ khu vực"),
    (UnitKind.PARTY_BASE_ORG, 20, "Đảng bộ cơ sở"),
    (UnitKind.PARTY_CELL, 49, "Chi bộ"),
)
"""Below the province: the kind, how many stand under each unit of the level above, and the name."""
TITLES = (
    PositionTitle.SECRETARY,
    PositionTitle.DEPUTY_SECRETARY,
    PositionTitle.COMMITTEE_MEMBER,
    PositionTitle.MEMBER,
)
BATCH = 5000


@transaction.atomic
def grow(province: Unit, units: int, positions: int) -> None:
    """Add `units` units below the province and `positions` positions in them, four to a unit and more."""
    made: list[int] = []
    level = [province.pk]
    for kind, width, name in LEVELS:
        wanted = min(units - len(made), len(level) * width)
        level = _level(level, wanted, width, kind, f"{name} {kind.value[-4:]}")
        made += level
    _close(made)
    _settle(made, positions)


def _level(parents: list[int], wanted: int, width: int, kind: UnitKind, name: str) -> list[int]:
    units = Unit.objects.bulk_create([Unit() for _ in range(wanted)], batch_size=BATCH)
    UnitVersion.objects.bulk_create(
        (
            UnitVersion(
                unit=unit,
                name=f"{name} số {place}",
                short_name=f"{name} {place}"[:80],
                code=f"{kind.value}.{place}",
                symbol="ĐU",
                kind=kind,
                parent_id=parents[place // width],
                valid_from=LONG_AGO,
            )
            for place, unit in enumerate(units)
        ),
        batch_size=BATCH,
    )
    return [unit.pk for unit in units]


def _close(made: list[int]) -> None:
    parents = dict(UnitVersion.objects.filter(in_force(LONG_AGO)).values_list("unit_id", "parent_id"))

    def rows() -> Iterator[UnitClosure]:
        for unit in made:
            at: int | None = unit
            depth = 0
            while at is not None:
                yield UnitClosure(ancestor_id=at, descendant_id=unit, depth=depth, valid_from=LONG_AGO)
                at, depth = parents[at], depth + 1

    UnitClosure.objects.bulk_create(rows(), batch_size=BATCH)


def _settle(units: list[int], positions: int) -> None:
    places = ((unit, TITLES[turn % len(TITLES)]) for turn in range(positions) for unit in units)
    seats = list(islice(places, positions))
    people = Person.objects.bulk_create(
        (Person(full_name=f"Nguyễn Thử {number}") for number in range(len(seats))), batch_size=BATCH
    )
    Position.objects.bulk_create(
        (
            Position(person=person, unit_id=unit, title=title, valid_from=LONG_AGO)
            for person, (unit, title) in zip(people, seats, strict=True)
        ),
        batch_size=BATCH,
    )
