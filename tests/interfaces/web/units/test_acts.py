"""The acts on the tree: a form, a preview that is the act taken back, the act, its record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Position
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitVersion
from tests.factories import Cast, make_directive, make_unit

BASIS = {"effective_on": "01/07/2026", "legal_basis": "Quyết định số 1-QĐ/ĐUK"}
DAY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-15T02:00:00Z", tick=False):
        yield


def merging(cast: Cast, **more: Any) -> dict[str, Any]:
    """What the form of a merger of A into B sends."""
    return BASIS | {"units": [cast.unit_a.pk], "into": [cast.unit_b.pk]} | more


def sent_by(page: str) -> dict[str, list[str]]:
    """What the form of a preview sends when nobody touches it."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page.split('class="stack act-preview"')[1]):
        kind, name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("type", "name", "value"))
        if kind and name and value and (kind[1] == "hidden" or " checked" in tag):
            found.setdefault(name[1], []).append(value[1].replace("&quot;", '"').replace("&#x27;", "'"))
    return found


def previewed(client: Client, path: str, data: dict[str, Any]) -> str:
    answer = client.post(path, data)
    assert answer.status_code == 200
    return answer.content.decode()


def done(client: Client, path: str, data: dict[str, Any]) -> Reorganisation:
    """The act after form, preview and “Do it”."""
    before = Reorganisation.objects.count()
    page = previewed(client, path, data)
    assert Reorganisation.objects.count() == before
    answer = client.post(path, sent_by(page) | {"go": "yes"})
    assert answer.status_code == 302
    act = Reorganisation.objects.latest("pk")
    assert answer["Location"] == f"/don-vi/sap-xep/{act.pk}/"
    assert client.get(answer["Location"]).status_code == 200
    return act


def test_a_merger_is_previewed_and_the_preview_is_what_is_done(cast: Cast, as_person) -> None:
    make_directive(cast)
    tasks = Assignment.objects.filter(unit=cast.unit_a).count()
    lines, grants = HistoryLine.objects.count(), list(Grant.objects.values_list())
    client = as_person(cast.administrator)
    page = previewed(client, "/don-vi/sap-nhap/", merging(cast))
    assert "Open assignments" in page
    assert "Phạm Thử Thư (Secretary)" in page  # whose position would end
    assert "Will no longer see" in page
    assert HistoryLine.objects.count() == lines
    assert list(Grant.objects.values_list()) == grants
    assert Unit.objects.on(DAY).filter(pk=cast.unit_a.pk).exists()
    act = done(client, "/don-vi/sap-nhap/", merging(cast))
    rows = {row["what"]: row["count"] for row in act.handed_over}
    assert rows["assignments"] == tasks == Assignment.objects.filter(handed_over__target=cast.unit_b).count()
    assert rows["ended_positions"] == 1
    for what, count in rows.items():
        assert re.search(rf'class="num">{count}</td>', page), what
    assert not Unit.objects.on(DAY).filter(pk=cast.unit_a.pk).exists()


def test_who_goes_on_is_chosen_and_shown_before_it_is_done(cast: Cast, as_person) -> None:
    client, path = as_person(cast.administrator), "/don-vi/sap-nhap/"
    position, grant = Position.objects.get(unit=cast.unit_a), cast.secretary.grants.get()
    sent = sent_by(previewed(client, path, merging(cast)))
    chosen = sent | {"keep_positions": [position.pk], "keep_grants": [grant.pk], "go": "yes"}
    again = client.post(path, chosen)  # not what was previewed
    assert again.status_code == 200
    assert not Reorganisation.objects.exists()
    page = again.content.decode()
    assert "Look once more" in page
    assert "Positions that go on in the successor" in page
    client.post(path, sent_by(page) | {"go": "yes"})
    assert Reorganisation.objects.count() == 1
    assert Position.objects.filter(unit=cast.unit_b, person=cast.secretary, valid_until=None).exists()
    assert Grant.objects.filter(unit=cast.unit_b, person=cast.secretary, valid_until=None).exists()


def test_nothing_typed_is_lost_on_the_way_back(cast: Cast, as_person) -> None:
    client, path = as_person(cast.administrator), "/don-vi/sap-nhap/"
    page = previewed(client, path, merging(cast))
    back = client.post(path, sent_by(page) | {"edit": "yes"}).content.decode()
    assert "Quyết định số 1-QĐ/ĐUK" in back
    assert f'value="{cast.unit_a.pk}" id="units-{cast.unit_a.pk}" checked' in back
    assert f'value="{cast.unit_b.pk}" id="into-{cast.unit_b.pk}" checked' in back


def test_units_are_looked_for_without_javascript(cast: Cast, as_person) -> None:
    client = as_person(cast.administrator)
    page = client.post("/don-vi/sap-nhap/", BASIS | {"find": "units", "units-words": "anh duong"}).content.decode()
    assert f'id="units-{cast.unit_a.pk}"' in page
    assert "Quyết định số 1-QĐ/ĐUK" in page
    assert "is-invalid" not in page


def test_a_merger_into_a_new_unit(cast: Cast, as_person) -> None:
    new = {"name": "Đảng bộ Mới", "short_name": "Mới", "code": "M", "kind": "party_base_org"}
    data = merging(cast, units=[cast.unit_a.pk, cast.unit_b.pk], into=[""], parent=[cast.bloc.pk], **new)
    act = done(as_person(cast.administrator), "/don-vi/sap-nhap/", data)
    assert Unit.objects.on(DAY).get(code="M").name == "Đảng bộ Mới"
    assert act.lineage.count() == 2
    page = as_person(cast.administrator).post("/don-vi/sap-nhap/", merging(cast, into=[""]))
    assert page.status_code == 422


def test_a_refusal_stands_in_the_form(cast: Cast, as_person) -> None:
    answer = as_person(cast.administrator).post("/don-vi/sap-nhap/", merging(cast, into=[cast.unit_a.pk]))
    assert answer.status_code == 422
    assert "A unit cannot be merged into itself" in answer.content.decode()
    ahead = merging(cast, effective_on="01/08/2026")
    answer = as_person(cast.administrator).post("/don-vi/sap-nhap/", ahead)
    assert "not before" in answer.content.decode()


def test_create_rename_move_convert(cast: Cast, as_person) -> None:
    client = as_person(cast.administrator)
    new = {"name": "Chi bộ Ba", "short_name": "Ba", "code": "C3", "kind": "party_cell", "parent": [cast.unit_b.pk]}
    done(client, "/don-vi/thanh-lap/", BASIS | new)
    unit = Unit.objects.on(DAY).get(code="C3")
    names = {"name": "Chi bộ Bốn", "short_name": "Bốn", "code": "C4", "symbol": "C4"}
    later = BASIS | {"effective_on": "02/07/2026"}
    done(client, f"/don-vi/{unit.pk}/doi-ten/", later | names)
    moved = make_unit("Đảng bộ Hai", UnitKind.PARTY_BASE_ORG, cast.bloc)
    done(client, f"/don-vi/{unit.pk}/chuyen/", BASIS | {"effective_on": "03/07/2026", "parent": [moved.pk]})
    path = f"/don-vi/{cast.unit_a.pk}/chuyen-loai/"
    done(client, path, BASIS | {"kind": "party_base_org"})
    today = Unit.objects.on(date(2026, 7, 15))
    assert today.get(pk=unit.pk).name == "Chi bộ Bốn"
    assert today.get(pk=unit.pk).parent_id == moved.pk
    assert today.get(pk=cast.unit_a.pk).kind == "party_base_org"


def test_split(cast: Cast, as_person) -> None:
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b)
    part = {"name": "Đảng bộ Đông", "short_name": "Đông", "code": "D", "kind": "party_base_org", "share": "60"}
    other = {"name": "Đảng bộ Tây", "short_name": "Tây", "code": "T", "kind": "party_base_org", "share": "40"}
    parts = {f"part1-{k}": v for k, v in part.items()} | {f"part2-{k}": v for k, v in other.items()}
    path, client = f"/don-vi/{cast.unit_b.pk}/tach/", as_person(cast.administrator)
    wrong = client.post(path, BASIS | parts | {"ends": "yes", "count": "2", "part2-share": "30"})
    assert wrong.status_code == 422
    assert "must come to 100" in wrong.content.decode()
    three = client.post(path, BASIS | parts | {"ends": "yes", "count": "2", "more": "yes"}).content.decode()
    assert "Part 3" in three
    assert "Đảng bộ Tây" in three
    act = done(client, path, BASIS | parts | {"ends": "yes", "count": "2", "part2-children": [cell.pk]})
    assert sorted(act.lineage.values_list("share", flat=True)) == [40, 60]
    assert UnitVersion.objects.get(unit=cell, valid_until=None).parent == act.lineage.get(share=40).successor


def test_dissolve(cast: Cast, as_person) -> None:
    act = done(as_person(cast.administrator), f"/don-vi/{cast.unit_a.pk}/giai-the/", BASIS)
    assert act.lineage.get().successor == cast.bloc
    both = as_person(cast.officer).get(f"/don-vi/sap-xep/{act.pk}/").content.decode()
    assert "RECORD OF HAND-OVER" in both
    assert "FOR THE SIDE THAT TAKES OVER" in both


ACTS = ("doi-ten", "chuyen", "chuyen-loai", "tach", "giai-the", "dinh-danh", "co-quan")


@pytest.mark.parametrize("name", ACTS)
def test_only_administrators_reorganise(cast: Cast, as_person, name: str) -> None:
    path = f"/don-vi/{cast.unit_a.pk}/{name}/"
    assert as_person(cast.administrator).get(path).status_code == 200
    assert as_person(cast.officer).get(path).status_code == 403
    assert as_person(cast.officer).post(path, BASIS).status_code == 403
    assert as_person(cast.stranger).get(path).status_code == 404
    assert as_person(cast.secretary_b).get(path).status_code == 403
    assert as_person(cast.administrator).put(path).status_code == 405


@pytest.mark.parametrize("name", ["thanh-lap", "sap-nhap", "nhom/moi"])
def test_only_administrators_begin_an_act(cast: Cast, as_person, name: str) -> None:
    assert as_person(cast.administrator).get(f"/don-vi/{name}/").status_code == 200
    assert as_person(cast.officer).get(f"/don-vi/{name}/").status_code == 403
    assert as_person(cast.stranger).get(f"/don-vi/{name}/").status_code == 404
    assert as_person(cast.administrator).put(f"/don-vi/{name}/").status_code == 405
