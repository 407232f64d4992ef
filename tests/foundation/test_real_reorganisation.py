"""What happened from 2024 to 2026, on invented names (domain guide 3.4): a bloc committee closed, its units spread
over two new committees, a province merged into another, a commune made from three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.reporting.selectors import may_report
from motbuoc.domains.reporting.services import compose_report, request_report
from motbuoc.domains.work.boards import board_for
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation import services
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit, Part
from motbuoc.foundation.reorganisation.selectors import summed
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.selectors import differences, faults
from tests.factories import Cast, make_cast, make_directive, make_person, make_unit, step_on

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ISSUED, DONE, CLOSED, MERGED, LATER = (
    date(2025, 1, 6),
    date(2025, 1, 20),
    date(2025, 2, 3),
    date(2025, 7, 1),
    date(2025, 7, 15),
)
UPPER = UnitKind.PARTY_UPPER_BASE


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=HANOI)


@dataclass
class World:
    """The cast in the province that is merged away, the province it goes into, and its three communes."""

    cast: Cast
    administrator: Person
    other: Unit
    communes: list[Unit]
    directive: Document
    party_bodies: Unit
    state_bodies: Unit

    def basis(self, day: date, text: str) -> Basis:
        return Basis(day, text)


@pytest.fixture
def world(db) -> World:
    """What stood before, with a directive of the bloc of which one unit has done a task; then the bloc closes."""
    top = make_unit("Đảng bộ toàn vùng Mẫu", UnitKind.PARTY_ORG_CENTRAL, None, "TW")
    cast = make_cast(top)
    other = make_unit("Đảng bộ tỉnh Cồn Sậy", UnitKind.PARTY_ORG_PROVINCE, top, "TU.CS")
    communes = [make_unit(f"Đảng bộ xã Bến {n}", UnitKind.PARTY_BASE_ORG, other, f"XA{n}") for n in (1, 2, 3)]
    administrator = make_person("Đinh Thử Vùng", "vung", Role.ADMINISTRATOR, top)
    with clock.living_at(at(ISSUED)):
        directive = make_directive(cast)
    _do_one(directive, cast, DONE)
    with clock.living_at(at(CLOSED)):
        made = services.split_unit(
            actor=administrator,
            unit=cast.bloc,
            parts=[
                Part(
                    _committee(cast, "Đảng ủy các cơ quan Đảng tỉnh Mẫu", "ĐUCQĐ"), Decimal(40), [cast.unit_a.pk]
                ),
                Part(_committee(cast, "Đảng ủy UBND tỉnh Mẫu", "ĐUUB"), Decimal(60), [cast.unit_b.pk]),
            ],
            basis=Basis(CLOSED, "Quyết định số 10-QĐ/TU ngày 24/01/2025"),
        )
    party, state = (made.units.get(versions__code=code) for code in ("ĐUCQĐ", "ĐUUB"))
    return World(cast, administrator, other, communes, directive, party, state)


def _committee(cast: Cast, name: str, code: str) -> NewUnit:
    return NewUnit(name, name[:80], code, UnitKind.PARTY_UPPER_BASE, cast.province)


def _do_one(directive: Document, cast: Cast, day: date) -> None:
    assignment = directive.assignments.filter(unit=cast.unit_a).order_by("pk").first()
    with clock.living_at(at(day)):
        for step, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
            assignment = step_on(assignment, step, actor, "Đã làm xong")


def again(person: Person) -> Person:
    """The same person on their next visit: what they may do is read anew."""
    return Person.objects.get(pk=person.pk)


def done_in(unit_id: int, start: date, end: date) -> int:
    return Assignment.objects.filter(unit=unit_id, accepted_on__range=(start, end)).count()


def merge_provinces(world: World) -> None:
    with clock.living_at(at(MERGED)):
        services.merge_units(
            actor=again(world.administrator),
            units=[world.cast.province],
            into=world.other,
            basis=Basis(MERGED, "Quyết định số 321-QĐ/TW"),
        )


def test_the_bloc_is_closed_and_its_units_stand_under_the_two_new_committees(world):
    parents = dict(Unit.objects.on(CLOSED).values_list("pk", "parent_id"))
    assert world.cast.bloc.pk not in parents
    assert parents[world.cast.unit_a.pk] == world.party_bodies.pk
    assert parents[world.cast.unit_b.pk] == world.state_bodies.pk
    assert parents[world.cast.department.pk] == world.party_bodies.pk  # named by no part: to the first
    changes = {d.unit_id: d.changes for d in differences(DONE, CLOSED, Unit.objects.values("pk"))}
    assert changes[world.cast.bloc.pk] == ("ended",)
    assert changes[world.state_bodies.pk] == ("began",)
    assert changes[world.cast.unit_b.pk] == ("moved",)
    assert [*faults(DONE), *faults(CLOSED)] == []


def test_nobody_gains_or_loses_sight_of_an_archive_by_accident(world):
    cast = world.cast
    party = make_person("Bùi Thử Đảng", "coquandang", Role.DEPARTMENT_OFFICER, world.party_bodies)
    state = make_person("Bùi Thử Ủy", "uyban", Role.DEPARTMENT_OFFICER, world.state_bodies)
    with clock.living_at(at(LATER)):
        # The keeper of the archive reads all of the closed bloc's directive; the other what its units received.
        assert world.directive in documents_for(party)
        assert world.directive in documents_for(state)
        assert {a.unit_id for a in assignments_for(party)} >= {cast.unit_a.pk, cast.department.pk}
        assert {a.unit_id for a in assignments_for(state)} == {cast.unit_b.pk}
        assert may_report(party, world.directive)
        assert not may_report(state, world.directive)
        # Those of the old bloc still read its own papers, and none of the units that went elsewhere.
        officer = again(cast.officer)
        assert world.directive in documents_for(officer)
        assert not assignments_for(officer).filter(unit__in=[cast.unit_a.pk, cast.unit_b.pk]).exists()
        assert not may_report(officer, world.directive)
        # A unit that only moved sees what it saw.
        assert assignments_for(again(cast.secretary)).count() == 3
        assert again(cast.stranger).pk not in {p.pk for p in (party, state)}
        assert not documents_for(again(cast.stranger)).exists()


def test_the_province_is_merged_and_all_of_it_stands_under_the_other(world):
    merge_provinces(world)
    units = {u.pk: u for u in Unit.objects.on(MERGED)}
    assert world.cast.province.pk not in units
    assert units[world.party_bodies.pk].parent_id == world.other.pk
    leader = make_person("Bùi Thử Tỉnh", "tinhmoi", Role.CENTRAL_OFFICER, world.other)
    with clock.living_at(at(LATER)):
        assert world.directive in documents_for(leader)
        assert board_for(leader, world.directive).totals.done == 1
        assert world.directive in documents_for(again(world.cast.inspector))
        assert not assignments_for(again(world.cast.central_officer)).exists()
    assert [*faults(MERGED), *faults(LATER)] == []


def test_a_commune_is_made_from_three_and_may_bear_the_code_of_one(world):
    with clock.living_at(at(MERGED)):
        new = NewUnit("Đảng bộ xã Bến Mới", "Xã Bến Mới", "XA1", UnitKind.PARTY_BASE_ORG, world.other, symbol="ĐU")
        made = services.merge_units(
            actor=again(world.administrator),
            units=world.communes,
            into=new,
            basis=Basis(MERGED, "Nghị quyết số 1-NQ/UBTVQH"),
        )
    commune = made.units.get(versions__name="Đảng bộ xã Bến Mới")
    assert Unit.objects.on(MERGED).get(pk=commune.pk).code == "XA1"
    assert {row.predecessor_id for row in commune.origins.all()} == {unit.pk for unit in world.communes}
    assert list(faults(MERGED)) == []


def test_figures_of_the_year_are_summed_by_lineage_and_show_the_break(world):
    merge_provinces(world)
    start, end = date(2025, 1, 1), date(2025, 12, 31)
    done_before = lambda unit, s, e: done_in(world.cast.unit_a.pk, s, e) if unit == world.cast.bloc.pk else 0  # noqa: E731
    total, parts = summed(world.state_bodies.pk, start, end, done_before)
    assert total == Decimal("0.6")  # of the one task done under the bloc
    broken = [(s.unit_id, s.start, s.end, s.through and s.through.effective_on) for s in parts]
    assert broken == [
        (world.state_bodies.pk, start, end, None),
        (world.cast.bloc.pk, start, date(2025, 2, 2), CLOSED),
    ]
    whole, _parts = summed(
        world.other.pk, start, end, lambda unit, _s, _e: 5 if unit == world.cast.province.pk else 2
    )
    assert whole == 7
    later, parts = summed(world.state_bodies.pk, CLOSED, end, done_before)
    assert (later, len(parts)) == (0, 1)  # nothing of it came before the break


def test_documents_keep_the_symbols_of_their_date_and_later_ones_bear_the_new(world):
    party = make_person("Bùi Thử Đảng", "coquandang", Role.DEPARTMENT_OFFICER, world.party_bodies)
    with clock.living_at(at(LATER)):
        assert Document.objects.get(pk=world.directive.pk).code == "12-CV/ĐUK"
        assert Unit.objects.known_by(ISSUED).get(pk=world.cast.bloc.pk).symbol == "ĐUK"
        report = request_report(actor=party, document=world.directive, start=ISSUED, end=LATER)
        content = compose_report(report)
    words = str(content)
    assert "của Đảng ủy Khối Mẫu" in words  # the directive is still that of the bloc
    assert content["header"]["symbol"] == "BC/BTG"
    with clock.living_at(at(LATER)):
        world.cast.department.assignments.update(time_kind="continuous")
        content = compose_report(report)
    assert content["header"]["symbol"] == "BC/ĐUCQĐ"
