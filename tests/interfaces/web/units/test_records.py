"""The record of an act is read by both sides, with links to what each may see."""

from __future__ import annotations

from datetime import date

import time_machine
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.people.models import Position
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import merge_units, move_unit, rename_unit
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import LONG_AGO, Cast, make_directive, make_person, make_unit

JULY = Basis(date(2026, 7, 1), "Quyết định số 1-QĐ/ĐUK")


def test_both_sides_read_it_and_open_what_they_may(cast: Cast, as_person) -> None:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        make_directive(cast)
    task = Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[0]
    act = merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=JULY)
    path = f"/don-vi/sap-xep/{act.pk}/"
    taking = as_person(cast.secretary_b).get(path).content.decode()
    assert f"/viec/{task.pk}/" in taking
    assert "Quyết định số 1-QĐ/ĐUK" in taking
    giving = as_person(cast.secretary).get(path).content.decode()
    assert "RECORD OF HAND-OVER" in giving
    assert f"/viec/{task.pk}/" not in giving  # it is the other unit's now
    assert f"/viec/{task.pk}/" not in as_person(cast.administrator).get(path).content.decode()
    assert as_person(cast.department_worker).get(path).status_code == 404
    assert as_person(cast.stranger).get(path).status_code == 404
    assert as_person(cast.officer).post(path).status_code == 405


def test_it_is_read_by_the_unit_that_took_in_another_which_has_moved_on_since(cast: Cast, as_person) -> None:
    moved, path = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b, "C1"), "/don-vi/sap-xep/{}/"
    act = move_unit(actor=cast.administrator, unit=moved, parent=cast.unit_a, basis=JULY)
    away = Basis(date(2026, 8, 1), "Quyết định số 2-QĐ/ĐUK")
    move_unit(actor=cast.administrator, unit=moved, parent=cast.department, basis=away)
    page = as_person(cast.secretary).get(path.format(act.pk))
    assert page.status_code == 200
    assert "Chi bộ Một now stands under Chi bộ Sở Ánh Dương" in page.content.decode()


def test_who_had_which_role_is_for_whoever_sees_rights_there(cast: Cast, as_person) -> None:
    """Not for a plain member who sees rights in some other unit."""
    Position.objects.all().delete()  # it would name the holder too
    Grant.objects.create(person=cast.member, role=Role.UNIT_SECRETARY, unit=cast.department, valid_from=LONG_AGO)
    act = merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=JULY)
    path = f"/don-vi/sap-xep/{act.pk}/"
    assert cast.secretary.full_name not in as_person(cast.member).get(path).content.decode()
    assert cast.secretary.full_name in as_person(cast.secretary_b).get(path).content.decode()


def test_the_list_tells_each_act_in_a_sentence(cast: Cast, as_person) -> None:
    merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=JULY)
    page = as_person(cast.officer).get("/don-vi/sap-xep/").content.decode()
    assert "Chi bộ Sở Ánh Dương merged into Đảng bộ Công ty Bình Minh" in page
    assert (
        "No act touches your units yet"
        in as_person(cast.department_worker).get("/don-vi/sap-xep/").content.decode()
    )


def test_as_many_queries_for_thirty_as_for_three(cast: Cast, as_person) -> None:
    from django.db import connection  # the database of this test

    client = as_person(cast.administrator)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/don-vi/sap-xep/").status_code == 200
        return len(queries)

    def act(number: int) -> None:
        basis = Basis(date(2026, 5, 1 + number % 28), f"Quyết định số {number}")
        name = f"Đảng bộ số {number}"
        rename_unit(actor=cast.administrator, unit=cast.unit_b, basis=basis, name=name, short_name=name)

    for number in range(3):
        act(number)
    few = count()
    for number in range(3, 28):
        act(number)
    assert count() == few


def test_roles_are_named_for_who_may_see_rights(cast: Cast, as_person) -> None:
    reader = make_person("Cao Thử Đọc", "doc")
    Grant.objects.create(person=reader, role=Role.MEMBER, unit=cast.unit_b, valid_from=LONG_AGO)
    act = merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=JULY)
    path = f"/don-vi/sap-xep/{act.pk}/"
    assert "Ngô Thử Viên (Member)" in as_person(cast.administrator).get(path).content.decode()
    assert "Ngô Thử Viên (Member)" not in as_person(reader).get(path).content.decode()
