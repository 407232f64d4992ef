"""The people of the invented province: who holds which position, who may do what, and how they sign in."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from demo.naming import People, username
from demo.province import Province
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.history.services import Act, write_lines
from motbuoc.foundation.people.models import Account, Person, Position, PositionTitle
from motbuoc.foundation.units.models import Unit

SIGNER = "Võ Thanh Khê"  # of the dispatch, deputy secretary of the bloc
OFFICES = 4  # base units with an officer of their own
COMMITTEE = 3  # members of a base unit's committee beside the secretary and the deputy


@dataclass(frozen=True)
class Seat:
    """A place to be filled: where, as what, with which rights and under which sign-in name."""

    unit: Unit | None
    title: PositionTitle | None = None
    role: Role | None = None
    role_on: Unit | None = None  # where it is not `unit`
    username: str = ""
    name: str = ""


@dataclass
class Staff:
    """Who acts in the simulated months. Secretaries, deputies by the id of their unit; `base_officers` of
    the first base units, who write the plans of these; `names` for more people."""

    central: Person
    administrator: Person
    inspector: Person
    names: People
    officers: list[Person]
    secretaries: dict[int, Person]
    deputies: dict[int, Person]
    base_officers: list[Person]


def settle_people(rng: random.Random, province: Province, since: date) -> Staff:
    """Fill every seat, all of them from the day `since`, and give the cast its accounts."""
    seats = [*_upper_seats(province), *_base_seats(province), *_cell_seats(province), *_office_seats(province)]
    names = People(rng)
    people = [Person(full_name=seat.name or names.name()) for seat in seats]
    Person.objects.bulk_create(people, batch_size=500)
    filled = list(zip(seats, people, strict=True))
    Position.objects.bulk_create(
        Position(person=person, unit=seat.unit, title=seat.title, valid_from=since)
        for seat, person in filled
        if seat.unit and seat.title
    )
    password = make_password(settings.DEMO_PASSWORD)  # once: two hundred hashings would take a minute
    Account.objects.bulk_create(
        Account(username=seat.username, person=person, password=password)
        for seat, person in filled
        if seat.username
    )
    central, administrator, inspector = (
        next(person for seat, person in filled if seat.role == role)
        for role in (Role.CENTRAL_OFFICER, Role.ADMINISTRATOR, Role.INSPECTOR)
    )
    _grant(central, filled, since)
    officers = [(seat, person) for seat, person in filled if seat.role == Role.DEPARTMENT_OFFICER]
    return Staff(
        central=central,
        administrator=administrator,
        inspector=inspector,
        names=names,
        officers=[person for seat, person in officers if seat.role_on is province.bloc],
        secretaries={s.role_on.pk: p for s, p in filled if s.role_on and s.title in LEADING},
        deputies={s.role_on.pk: p for s, p in filled if s.role_on and s.title == PositionTitle.DEPUTY_SECRETARY},
        base_officers=[person for seat, person in officers if seat.role_on is not province.bloc],
    )


LEADING = (PositionTitle.SECRETARY, PositionTitle.HEAD)


def _grant(actor: Person, filled: Iterable[tuple[Seat, Person]], since: date) -> None:
    window = date(since.year + 3, 1, 1)  # an inspection has an end
    giver = next(person for seat, person in filled if seat.role == Role.ADMINISTRATOR)
    grants = Grant.objects.bulk_create(
        Grant(
            person=person,
            role=seat.role,
            unit=seat.role_on,
            given_by=giver if person is not giver else None,
            valid_from=since,
            valid_until=window if seat.role == Role.INSPECTOR else None,
        )
        for seat, person in filled
        if seat.role and seat.role_on
    )
    write_lines(
        actor,
        (Act("grant_role", "grant", g.pk, g.unit_id, {"person": g.person_id, "role": g.role}) for g in grants),
    )


def _upper_seats(province: Province) -> Iterable[Seat]:
    """The bloc, its departments, and those of the cast who sit there."""
    title, bloc = PositionTitle, province.bloc
    propaganda, inspection = province.departments["BTG"], province.departments["UBKT"]
    yield Seat(province.root, title.OFFICER, Role.CENTRAL_OFFICER, province.root, "tw")
    yield Seat(bloc, title.SECRETARY)
    yield Seat(bloc, title.DEPUTY_SECRETARY, name=SIGNER)
    yield Seat(propaganda, title.OFFICER, Role.DEPARTMENT_OFFICER, bloc, "chuyenvien")
    yield Seat(propaganda, title.OFFICER, Role.DEPARTMENT_OFFICER, bloc, "chuyenvien2")
    yield Seat(inspection, title.OFFICER, Role.INSPECTOR, bloc, "thanhtra")
    yield Seat(province.root, title.OFFICER, Role.ADMINISTRATOR, province.root, "quantri")
    yield Seat(None, username="nguoila")
    for code, unit in province.departments.items():
        yield Seat(unit, title.HEAD, Role.UNIT_SECRETARY, unit, username("truongban", code))
        yield Seat(unit, title.MEMBER)
    yield Seat(province.youth, title.SECRETARY, Role.UNIT_SECRETARY, province.youth, username("bithu", "ĐK"))
    yield Seat(
        province.youth, title.DEPUTY_SECRETARY, Role.UNIT_SECRETARY, province.youth, username("phobithu", "ĐK")
    )


def _base_seats(province: Province) -> Iterable[Seat]:
    """Secretary, deputy, committee and a member with an account in every base unit; the first has the cast."""
    for base in province.bases:
        unit, in_cast = base.unit, base is province.bases[0]
        secretary = "bithu" if in_cast else username("bithu", base.code)
        member = "dangvien" if in_cast else username("dangvien", base.code)
        deputy = username("phobithu", base.code)
        yield Seat(unit, PositionTitle.SECRETARY, Role.UNIT_SECRETARY, unit, secretary)
        yield Seat(unit, PositionTitle.DEPUTY_SECRETARY, Role.UNIT_SECRETARY, unit, deputy)
        yield Seat(unit, PositionTitle.MEMBER, Role.MEMBER, unit, member)
        yield from (Seat(unit, PositionTitle.MEMBER) for _ in range(COMMITTEE if base.cells else 1))


def _cell_seats(province: Province) -> Iterable[Seat]:
    for base in province.bases:
        for cell in base.cells:
            yield Seat(cell, PositionTitle.SECRETARY, role_on=None)


def _office_seats(province: Province) -> Iterable[Seat]:
    """Who writes the papers of the first base units that have cells; the first of them is in the cast."""
    for base in province.bases[:OFFICES]:
        if base.cells:
            name = "canbo" if base is province.bases[0] else username("canbo", base.code)
            yield Seat(base.unit, PositionTitle.OFFICER, Role.DEPARTMENT_OFFICER, base.unit, name)
