"""The page of a unit: what it is and was, its people, its lineage, its figures."""

from __future__ import annotations

from datetime import date

import time_machine

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import figures_of
from motbuoc.foundation.people.models import Position, PositionTitle
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.selectors import summed
from motbuoc.foundation.reorganisation.services import merge_units, rename_unit
from tests.factories import LONG_AGO, Cast, make_directive, make_person, step_on

NORMAL = ["normal"]
JULY = Basis(date(2026, 7, 1), "Quyết định số 1-QĐ/ĐUK")


def test_facts_people_and_past(cast: Cast, as_person) -> None:
    basis = Basis(date(2026, 5, 1), "Quyết định số 7-QĐ/ĐUK")
    rename_unit(
        actor=cast.administrator, unit=cast.unit_a, basis=basis, name="Chi bộ Sở Rạng Đông", short_name="Rạng Đông"
    )
    client = as_person(cast.officer)
    page = client.get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
    assert "Chi bộ Sở Rạng Đông" in page
    assert "Quyết định số 7-QĐ/ĐUK" in page
    assert "Chi bộ Sở Ánh Dương renamed Chi bộ Sở Rạng Đông" in page
    assert "Phạm Thử Thư" in page
    assert "Đảng ủy Khối Mẫu" in page  # above it
    old = client.get(f"/don-vi/{cast.unit_a.pk}/?on=30/04/2026").content.decode()
    assert "<h1>Chi bộ Sở Ánh Dương</h1>" in old


def test_a_vacancy_says_who_deals_with_the_work(cast: Cast, as_person) -> None:
    page = as_person(cast.officer).get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
    assert "Phạm Thử Thư, Secretary" in page
    Position.objects.filter(unit=cast.unit_a).delete()
    deputy = make_person("Bùi Thử Phó", "pho")
    Position.objects.create(
        person=deputy, unit=cast.unit_a, title=PositionTitle.DEPUTY_SECRETARY, valid_from=LONG_AGO
    )
    cast.secretary.grants.all().delete()
    page = as_person(cast.officer).get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
    assert "Vacant: Secretary; Bùi Thử Phó (Deputy secretary) deals with its work" in page


def test_the_page_of_a_neighbour_is_not_there(cast: Cast, as_person) -> None:
    assert as_person(cast.secretary).get(f"/don-vi/{cast.unit_b.pk}/").status_code == 404
    assert as_person(cast.stranger).get(f"/don-vi/{cast.unit_b.pk}/").status_code == 404


def test_before_it_began_the_page_says_so(cast: Cast, as_person) -> None:
    page = as_person(cast.officer).get(f"/don-vi/{cast.unit_a.pk}/?on=01/01/2019").content.decode()
    assert "The unit begins on 01/01/2020" in page


def test_figures_follow_the_lineage_and_count_each_task_once(cast: Cast, as_person) -> None:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        directive = make_directive(cast)
        of_a = Assignment.objects.filter(unit=cast.unit_a)
        given = of_a.count()
        done = of_a.order_by("pk")[0]
        for name, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
            step_on(done, name, actor, "Đã xong")
    with time_machine.travel("2026-09-01T02:00:00Z", tick=False):
        merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=JULY)
        end = date(2026, 9, 1)
        total, parts = summed(
            cast.unit_b.pk, date(2026, 1, 1), end, lambda *span: figures_of(*span, NORMAL)["given"]
        )
        assert (
            total == Assignment.objects.filter(document=directive, given_to__in=[cast.unit_a, cast.unit_b]).count()
        )
        assert sorted(parts.values())[0] == given
        assert figures_of(cast.unit_a.pk, date(2026, 1, 1), end, NORMAL) == {
            "given": given,
            "done": 1,
            "on_time": 1,
            "on_time_first": 1,
        }
        page = as_person(cast.officer).get(f"/don-vi/{cast.unit_b.pk}/").content.decode()
        assert "The period holds a reorganisation" in page
        assert "Together" in page
        assert "01/01–30/06/2026" in page
        assert "Chi bộ Sở Ánh Dương" in page
        old = as_person(cast.officer).get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
        assert "ended on 01/07/2026" in old
        assert "On 01/07/2026 it went on in" in old


def test_who_runs_units_reads_none_of_the_work(cast: Cast, as_person) -> None:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        make_directive(cast)
    page = as_person(cast.administrator).get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
    assert "Its tasks" not in page
    assert "Reorganise" in page
    assert "Reorganise" not in as_person(cast.officer).get(f"/don-vi/{cast.unit_a.pk}/").content.decode()


def test_a_task_says_who_deals_with_it_and_from_whom_it_came(cast: Cast, as_person) -> None:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        make_directive(cast)
    task = Assignment.objects.filter(unit=cast.unit_a).first()
    assert task
    page = as_person(cast.officer).get(f"/viec/{task.pk}/").content.decode()
    assert "Phạm Thử Thư, Secretary" in page
    act = merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=JULY)
    page = as_person(cast.officer).get(f"/viec/{task.pk}/").content.decode()
    assert "by Chi bộ Sở Ánh Dương on 01/07/2026" in page
    assert f"/don-vi/sap-xep/{act.pk}/" in page
