"""The list of units: a level at a time, what a search finds, and nothing beyond what one may see."""

from __future__ import annotations

from datetime import date

from django.core.cache import caches
from django.test.utils import CaptureQueriesContext

from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import merge_units, move_unit
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import Cast, make_unit

BASIS = Basis(date(2026, 7, 1), "Quyết định số 1-QĐ/ĐUK")


def test_one_level_at_a_time(cast: Cast, as_person) -> None:
    client = as_person(cast.administrator)
    top = client.get("/don-vi/").content.decode()
    assert "Đảng bộ tỉnh Mẫu" in top
    assert "1 unit below" in top
    assert "Chi bộ Sở Ánh Dương" not in top
    below = client.get(f"/don-vi/?under={cast.bloc.pk}").content.decode()
    assert "Chi bộ Sở Ánh Dương" in below
    assert "Phạm Thử Thư" in below  # who heads it
    assert "nobody heads it" in below


def test_one_begins_where_ones_roles_are(cast: Cast, as_person) -> None:
    page = as_person(cast.secretary).get("/don-vi/").content.decode()
    assert "Chi bộ Sở Ánh Dương" in page
    assert "Đảng bộ tỉnh Mẫu" not in page
    assert as_person(cast.secretary).get(f"/don-vi/?under={cast.bloc.pk}").status_code == 404
    assert as_person(cast.secretary).get("/don-vi/?under=khong-so").status_code == 404


def test_a_search_knows_no_marks_and_stays_in_reach(cast: Cast, as_person) -> None:
    found = as_person(cast.officer).get("/don-vi/?words=anh+duong").content.decode()
    assert "Chi bộ Sở Ánh Dương" in found
    assert "1 unit found" in found
    nothing = as_person(cast.secretary).get("/don-vi/?words=binh+minh").content.decode()
    assert "No unit matches" in nothing


def test_a_search_finds_by_what_the_unit_was_called_on_that_day(cast: Cast, as_person) -> None:
    merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=BASIS)
    client = as_person(cast.administrator)
    assert "No unit matches" in client.get("/don-vi/?words=anh+duong&on=01/07/2026").content.decode()
    assert "Chi bộ Sở Ánh Dương" in client.get("/don-vi/?words=anh+duong&on=30/06/2026").content.decode()
    with_ended = client.get("/don-vi/?words=anh+duong&on=01/07/2026&ended=on").content.decode()
    assert "ended on 01/07/2026" in with_ended


def test_line_and_kind_narrow(cast: Cast, as_person) -> None:
    make_unit("Đoàn Khối Mẫu", UnitKind.BLOC_YOUTH, cast.bloc)
    client = as_person(cast.officer)
    youth = client.get("/don-vi/?line=youth").content.decode()
    assert "Đoàn Khối Mẫu" in youth
    assert "Ánh Dương" not in youth
    cells = client.get("/don-vi/?kind=party_base_cell").content.decode()
    assert "Ánh Dương" in cells
    assert "Đoàn Khối Mẫu" not in cells


def test_what_stood_elsewhere_on_a_past_day_is_seen_there(cast: Cast, as_person) -> None:
    other = make_unit("Đảng ủy Xã Mẫu", UnitKind.PARTY_UPPER_BASE, cast.province)
    move_unit(actor=cast.administrator, unit=cast.unit_b, basis=BASIS, parent=other)
    page = as_person(cast.officer).get("/don-vi/?on=30/06/2026").content.decode()
    assert "Đảng bộ Công ty Bình Minh" not in page  # it is no longer in the officer's reach


def test_as_many_queries_for_thirty_as_for_three(cast: Cast, as_person) -> None:
    from django.db import connection  # the database of this test

    client = as_person(cast.administrator)

    def count(path: str) -> int:
        caches["pages"].clear()
        client.get(path)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    paths = (f"/don-vi/?under={cast.bloc.pk}", "/don-vi/?words=chi", f"/don-vi/{cast.bloc.pk}/")
    few = [count(path) for path in paths]
    for number in range(30):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    assert [count(path) for path in paths] == few


def test_a_long_level_has_pages(cast: Cast, as_person) -> None:
    for number in range(60):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    page = as_person(cast.officer).get(f"/don-vi/?under={cast.bloc.pk}&page=2").content.decode()
    assert "51–63" in page


def test_only_looking(cast: Cast, as_person) -> None:
    for path in ("/don-vi/", "/don-vi/so-sanh/", "/don-vi/sap-xep/", "/don-vi/nhom/", f"/don-vi/{cast.bloc.pk}/"):
        assert as_person(cast.administrator).post(path).status_code == 405
        assert as_person(cast.stranger).get(path).status_code == 404


def test_two_days_are_compared(cast: Cast, as_person) -> None:
    merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=BASIS)
    client = as_person(cast.officer)
    page = client.get("/don-vi/so-sanh/?first=01/01/2026&second=01/07/2026").content.decode()
    assert "Ended" in page
    assert "Chi bộ Sở Ánh Dương (A)" in page
    same = client.get("/don-vi/so-sanh/?first=01/01/2026&second=30/06/2026").content.decode()
    assert "Nothing differs between these days" in same
    assert clock.today().strftime("%d/%m/%Y") in client.get("/don-vi/so-sanh/").content.decode()
