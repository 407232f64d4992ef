"""Groups of addressees: who is in one on a day, who writes it, and that it is closed, not deleted."""

from __future__ import annotations

from datetime import date

from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import merge_units
from motbuoc.foundation.units.models import UnitGroup
from motbuoc.foundation.units.selectors import group_called
from tests.factories import Cast, base_units


def group_form(cast: Cast, **more) -> dict:
    return {
        "owner": [cast.bloc.pk],
        "name": "Hai chi bộ",
        "wordings": "hai chi bộ",
        "units": [cast.unit_a.pk],
    } | more


def test_a_group_is_made_found_changed_and_closed(cast: Cast, as_person) -> None:
    client = as_person(cast.administrator)
    made = client.post("/don-vi/nhom/moi/", group_form(cast))
    group = UnitGroup.objects.get(name="Hai chi bộ")
    assert made["Location"] == f"/don-vi/nhom/{group.pk}/"
    assert group_called("HAI CHI BO", cast.bloc.pk, date(2026, 7, 1)) == group
    page = client.get(f"/don-vi/nhom/{group.pk}/").content.decode()
    assert "Chi bộ Sở Ánh Dương" in page
    client.post(f"/don-vi/nhom/{group.pk}/", group_form(cast, kinds=["party_base_org"], without=[cast.unit_a.pk]))
    page = client.get(f"/don-vi/nhom/{group.pk}/").content.decode().split('id="members"')[1]
    assert "Đảng bộ Công ty Bình Minh" in page
    assert "Chi bộ Sở Ánh Dương" not in page
    assert client.get(f"/don-vi/nhom/{group.pk}/dong/").status_code == 405
    client.post(f"/don-vi/nhom/{group.pk}/dong/")
    group.refresh_from_db()
    assert group.is_closed
    told = HistoryLine.objects.filter(object_type="unit_group", object_id=group.pk).values_list(
        "action", flat=True
    )
    assert list(told) == ["create_group", "change_group", "close_group"]


def test_who_is_in_it_on_a_chosen_day(cast: Cast, as_person) -> None:
    basis = Basis(date(2026, 7, 1), "Quyết định số 1-QĐ/ĐUK")
    merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=basis)
    client, path = as_person(cast.officer), f"/don-vi/nhom/{base_units().pk}/"
    assert "Ánh Dương" in client.get(f"{path}?on=30/06/2026").content.decode()
    assert "Ánh Dương" not in client.get(f"{path}?on=01/07/2026").content.decode()


def test_what_is_refused(cast: Cast, as_person) -> None:
    client = as_person(cast.administrator)
    nobody = client.post("/don-vi/nhom/moi/", group_form(cast, units=[]))
    assert nobody.status_code == 422
    assert "Nobody is in the group" in nobody.content.decode()
    client.post("/don-vi/nhom/moi/", group_form(cast))
    twice = client.post("/don-vi/nhom/moi/", group_form(cast, name="HAI CHI BỘ"))
    assert "Another group is called so already" in twice.content.decode()


def test_readers_read_and_do_not_write(cast: Cast, as_person) -> None:
    path = f"/don-vi/nhom/{base_units().pk}/"
    assert "What the group is" in as_person(cast.officer).get(path).content.decode()
    assert as_person(cast.officer).post(path, group_form(cast)).status_code == 403
    assert as_person(cast.officer).post(f"{path}dong/").status_code == 403
    assert as_person(cast.stranger).get(path).status_code == 404
    assert "Các chi ủy, đảng ủy cơ sở" in as_person(cast.secretary).get("/don-vi/nhom/").content.decode()
