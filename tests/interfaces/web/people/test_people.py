"""The list of people, one person's page, and what is done there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Account, Person, Position, PositionTitle
from tests.factories import LONG_AGO, Cast, make_person

TODAY = {"valid_from": "01/01/2026", "last_day": "", "legal_basis": ""}


def seat(cast: Cast) -> Position:
    return Position.objects.get(person=cast.secretary)


def pages_of(cast: Cast) -> list[tuple[str, bool]]:
    """Every page of somebody's, and whether its form alone is asked for."""
    pk = [cast.secretary.pk]
    return [
        (reverse("person_list"), False),
        (reverse("person_add"), False),
        (reverse("person_detail", args=pk), False),
        (reverse("position_add", args=pk), False),
        (reverse("position_end", args=[seat(cast).pk]), False),
        (reverse("person_rename", args=pk), False),
        (reverse("person_erase", args=pk), False),
        (reverse("invitation_make", args=pk), False),
        (reverse("unit_invitations", args=[cast.unit_a.pk]), False),
        (reverse("account_close", args=pk), True),
        (reverse("account_reopen", args=pk), True),
        (reverse("invitation_withdraw", args=pk), True),
    ]


def test_these_pages_are_for_whoever_looks_after_people(cast: Cast, as_person) -> None:
    before = (Account.objects.filter(is_active=True).count(), Position.objects.count())
    for person in (cast.stranger, cast.member, cast.secretary, cast.officer, cast.inspector):
        client = as_person(person)
        for url, is_post in pages_of(cast):
            known = {403, 404} if "/don-vi/" in url else {404}  # units are seen by more than look after people
            assert is_post or client.get(url).status_code in known
            assert client.post(url).status_code in {*known, 405}
    admin = as_person(cast.administrator)
    for url, is_post in pages_of(cast):
        assert admin.get(url).status_code == (405 if is_post else 200)
    assert (Account.objects.filter(is_active=True).count(), Position.objects.count()) == before


def test_an_administrator_elsewhere_finds_nobody(cast: Cast, as_person) -> None:
    elsewhere = as_person(make_person("Kim Thử Bên", "ben", Role.ADMINISTRATOR, cast.unit_b))
    assert "Phạm Thử Thư" not in elsewhere.get(reverse("person_list")).content.decode()
    for url, is_post in pages_of(cast)[2:]:
        assert (elsewhere.post if is_post else elsewhere.get)(url).status_code == 404


def test_the_list_tells_positions_roles_stand_ins_and_accounts(cast: Cast, as_person) -> None:
    seat(cast).stand_ins.create(person=cast.member, valid_from=LONG_AGO, valid_until=date(2099, 1, 1))
    html = as_person(cast.administrator).get(reverse("person_list")).content.decode()
    row = html.split("Phạm Thử Thư</a>")[1].split("</tr>")[0]
    for words in ("Secretary, Chi bộ Sở Ánh Dương", "Unit secretary", "Stand-in: Ngô Thử Viên", "Can sign in"):
        assert words in row
    assert "Lý Thử Lạ" not in html


def test_the_list_is_searched_and_paged_without_counting(cast: Cast, as_person) -> None:
    for number in range(30):
        person = Person.objects.create(full_name=f"Ân Thử {number:02}")
        Position.objects.create(person=person, unit=cast.unit_b, title=PositionTitle.MEMBER, valid_from=LONG_AGO)
    client = as_person(cast.administrator)
    first = client.get(reverse("person_list"), {"words": "an thu"})
    assert first.content.decode().count("Ân Thử") == 25
    more = first.context["more"]
    second = client.get(reverse("person_list") + more).content.decode()
    assert second.count("Ân Thử") == 5
    assert "Ân Thử 29" in second
    assert "Nobody is called so" in client.get(reverse("person_list"), {"words": "xyz"}).content.decode()


def test_thirty_people_cost_no_more_queries_than_three(cast: Cast, as_person) -> None:
    def queries() -> int:
        client = as_person(Person.objects.get(pk=cast.administrator.pk))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse("person_list")).status_code == 200
        return len(caught)

    few = queries()
    for number in range(20):
        person = make_person(f"Ân Thử {number}", f"an{number}", Role.MEMBER, cast.unit_b)
        Position.objects.create(person=person, unit=cast.unit_b, title=PositionTitle.MEMBER, valid_from=LONG_AGO)
    assert queries() == few


def test_people_who_have_left_are_listed_apart(cast: Cast, as_person) -> None:
    Grant.objects.filter(person=cast.secretary).update(valid_until=clock.today())
    Position.objects.filter(person=cast.secretary).update(valid_until=clock.today())
    client = as_person(cast.administrator)
    assert "Phạm Thử Thư" not in client.get(reverse("person_list")).content.decode()
    left = client.get(reverse("person_list"), {"standing": "left"}).content.decode()
    assert "Phạm Thử Thư" in left
    assert "Lê Thử Ban" not in left


def test_somebody_is_added_by_the_name_of_the_unit(cast: Cast, as_person) -> None:
    client, url = as_person(cast.administrator), reverse("person_add")
    asked = {"full_name": "Hà Thử Mới", "title": "member", **TODAY}
    several = client.post(url, asked | {"unit": "dang"})  # marks need not be typed
    assert several.status_code == 422
    assert "Choose which one you mean" in several.content.decode()
    chosen = client.post(url, asked | {"unit": "Đảng", "unit_chosen": cast.unit_b.pk})
    held = Position.objects.get(person__full_name="Hà Thử Mới")
    assert held.unit == cast.unit_b
    assert chosen.headers["Location"] == reverse("person_detail", args=[held.person_id])  # where one invites them
    unit_page = client.get(reverse("unit_detail", args=[cast.unit_a.pk])).content.decode()
    assert reverse("person_detail", args=[cast.secretary.pk]) in unit_page
    assert client.post(url, asked | {"unit": "Không có"}).status_code == 422
    forged = client.post(url, asked | {"unit": "Đảng", "unit_chosen": "999999"})
    assert forged.status_code == 422
    assert client.post(url, asked | {"unit": "A"}).status_code == 302  # the code of unit A


def test_a_second_position_and_its_end(cast: Cast, as_person) -> None:
    client, detail = as_person(cast.administrator), reverse("person_detail", args=[cast.secretary.pk])
    url = reverse("position_add", args=[cast.secretary.pk])
    asked = {
        "unit": "B",
        "title": "committee_member",
        **TODAY,
        "last_day": "31/12/2098",
        "legal_basis": "12-QĐ/ĐUK",
    }
    assert client.post(url, asked).status_code == 302
    html = client.get(detail).content.decode()
    assert "31/12/2098" in html
    assert "12-QĐ/ĐUK" in html
    assert client.post(url, asked).status_code == 422  # the same once more
    ended = client.post(
        reverse("position_end", args=[Position.objects.latest("pk").pk]),
        {"last_day": "30/06/2098"},
    )
    assert ended.status_code == 302
    assert "30/06/2098" in client.get(detail).content.decode()


def test_an_account_is_closed_opened_and_the_name_changed(cast: Cast, as_person) -> None:
    admin, theirs, pk = as_person(cast.administrator), as_person(cast.member), [cast.member.pk]
    assert admin.post(reverse("account_close", args=pk)).status_code == 302
    assert theirs.get("/").status_code == 302
    assert "Closed" in admin.get(reverse("person_detail", args=pk)).content.decode()
    assert admin.post(reverse("account_reopen", args=pk)).status_code == 302
    assert admin.post(reverse("person_rename", args=pk), {"full_name": "Ngô Thử Khác"}).status_code == 302
    assert "Ngô Thử Khác" in admin.get(reverse("person_list")).content.decode()


def test_somebody_with_more_elsewhere_is_shown_and_not_touched(cast: Cast, as_person) -> None:
    below = as_person(make_person("Kim Thử Dưới", "duoi", Role.ADMINISTRATOR, cast.unit_a))
    Grant.objects.create(person=cast.member, role=Role.CENTRAL_OFFICER, unit=cast.province, valid_from=LONG_AGO)
    html = below.get(reverse("person_detail", args=[cast.member.pk])).content.decode()
    assert "also holds something outside" in html
    assert "Đảng bộ tỉnh Mẫu" not in html
    assert reverse("invitation_make", args=[cast.member.pk]) not in html
    assert below.post(reverse("invitation_make", args=[cast.member.pk])).status_code == 403
    assert below.post(reverse("account_close", args=[cast.member.pk])).status_code == 403


def test_erasing_says_what_stays_and_asks_twice(cast: Cast, as_person) -> None:
    client, url = as_person(cast.administrator), reverse("person_erase", args=[cast.member.pk])
    asked = {"reason": "Đã chuyển công tác", "is_sure": "on"}
    assert client.post(url, asked).status_code == 422  # still a member
    Grant.objects.filter(person=cast.member).update(valid_until=clock.today())
    assert "What stays" in client.get(url).content.decode()
    assert client.post(url, {"reason": "Đã chuyển công tác"}).status_code == 422
    assert client.post(url, asked).status_code == 302
    html = client.get(reverse("person_detail", args=[cast.member.pk])).content.decode()
    assert "Ngô" not in html
    assert "personal data were erased" in html


def test_the_holder_lets_somebody_stand_in_and_the_screen_says_so(cast: Cast, as_person) -> None:
    Position.objects.create(
        person=cast.stranger, unit=cast.unit_a, title=PositionTitle.DEPUTY_SECRETARY, valid_from=LONG_AGO
    )
    holder, url = as_person(cast.secretary), reverse("stand_in_add", args=[seat(cast).pk])
    assert "Secretary" in holder.get(reverse("stand_in_own")).content.decode()
    asked = {"person": "ly thu la", "valid_from": clock.today().strftime("%d/%m/%Y"), "legal_basis": ""}
    assert holder.post(url, asked | {"last_day": ""}).status_code == 422
    last = (clock.today() + timedelta(5)).strftime("%d/%m/%Y")
    assert holder.post(url, asked | {"last_day": last}).status_code == 302
    assert 'Stand-in: <span class="name">Lý Thử Lạ' in holder.get(reverse("stand_in_own")).content.decode()
    html = as_person(cast.stranger).get("/").content.decode()
    assert "standing in for Phạm Thử Thư" in html
    for other in (cast.member, cast.officer, cast.secretary_b):
        assert as_person(other).get(url).status_code == 404
    stand_in = seat(cast).stand_ins.get()
    end = reverse("stand_in_end", args=[stand_in.pk])
    assert as_person(cast.stranger).post(end).status_code == 404
    assert holder.get(end).status_code == 405
    assert holder.post(end).status_code == 302
    assert not seat(cast).stand_ins.exists()


@pytest.mark.parametrize("who", ["stranger", "member", "secretary", "inspector"])
def test_everybody_has_a_page_of_stand_ins(cast: Cast, as_person, who: str) -> None:
    assert as_person(getattr(cast, who)).get(reverse("stand_in_own")).status_code == 200
