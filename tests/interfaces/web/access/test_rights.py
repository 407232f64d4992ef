"""The page of a unit's rights, giving and ending roles, and the question."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from tests.factories import LONG_AGO, Cast, make_directive, make_person


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("unit_rights", args=[cast.unit_a.pk])


def test_who_may_see_whose_rights(cast: Cast, as_person, page: str) -> None:
    seen = {
        who: as_person(getattr(cast, who)).get(page).status_code
        for who in ("administrator", "officer", "central_officer", "inspector", "secretary", "member")
    }
    assert seen.pop("member") == 403
    assert set(seen.values()) == {200}
    for who in ("secretary_b", "stranger"):
        assert as_person(getattr(cast, who)).get(page).status_code == 404
    assert as_person(cast.administrator).post(page).status_code == 405


def test_it_says_in_plain_words_through_what(cast: Cast, as_person, page: str) -> None:
    seat = Position.objects.get(person=cast.secretary)
    seat.stand_ins.create(person=cast.stranger, valid_from=LONG_AGO, valid_until=clock.today() + 9 * clock.ONE_DAY)
    Grant.objects.filter(person=cast.member).update(given_by=cast.administrator)
    html = as_person(cast.secretary).get(page).content.decode()
    assert "through the role “Unit secretary” at Chi bộ Sở Ánh Dương, since 01/01/2020" in html
    assert "standing in for Phạm Thử Thư at Chi bộ Sở Ánh Dương until" in html
    assert "through the role “Member” at Chi bộ Sở Ánh Dương, given by Tạ Thử Trị, since 01/01/2020" in html
    assert "through the role “Officer of the level above” at Đảng bộ tỉnh Mẫu" in html
    assert "Give a role" not in html
    assert "Đỗ Thử Bình" not in html


def test_it_says_who_is_next_in_line(cast: Cast, as_person) -> None:
    make_directive(cast)  # the first page asks of units that owe something
    Grant.objects.filter(person=cast.secretary_b).update(valid_until=clock.today())
    deputy = make_person("Tô Thử Phó", "pho")
    Position.objects.create(
        person=deputy, unit=cast.unit_b, title=PositionTitle.DEPUTY_SECRETARY, valid_from=LONG_AGO
    )
    html = as_person(deputy).get(reverse("unit_rights", args=[cast.unit_b.pk])).content.decode()
    assert "next in line at Đảng bộ Công ty Bình Minh, where nobody was given the work" in html
    today = as_person(cast.officer).get("/").content.decode()
    assert "Next in line: Deputy secretary Tô Thử Phó." in today


def test_thirty_grants_cost_no_more_queries_than_three(cast: Cast, as_person, page: str) -> None:
    def queries() -> int:
        client = as_person(Person.objects.get(pk=cast.administrator.pk))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    make_person("Ân Thử", "an", Role.MEMBER, cast.unit_a)
    few = queries()
    for number in range(30):
        make_person(f"Ân Thử {number}", f"an{number}", Role.MEMBER, cast.unit_a)
    assert queries() == few


def test_a_role_is_given_and_ended(cast: Cast, as_person, page: str) -> None:
    Position.objects.create(
        person=cast.stranger, unit=cast.unit_b, title=PositionTitle.OFFICER, valid_from=LONG_AGO
    )
    admin, give = as_person(cast.administrator), reverse("grant_give", args=[cast.unit_a.pk])
    asked = {
        "person": "lý thử lạ",
        "role": "inspector",
        "valid_from": "01/01/2026",
        "last_day": "",
        "legal_basis": "",
    }
    assert admin.post(give, asked).status_code == 422
    assert admin.post(give, asked | {"last_day": "31/12/2098"}).status_code == 302
    assert "01/01/2026 to 31/12/2098" in admin.get(page).content.decode()
    grant = Grant.objects.get(person=cast.stranger)
    assert grant.given_by == cast.administrator
    end = reverse("grant_end", args=[grant.pk])
    for who, status in (("secretary", 403), ("officer", 403), ("member", 404), ("stranger", 403)):
        assert as_person(getattr(cast, who)).post(end, {"is_now": "on"}).status_code == status
        assert as_person(getattr(cast, who)).post(give, asked).status_code in (403, 404)
    assert admin.post(end, {"last_day": ""}).status_code == 422
    assert admin.post(end, {"is_now": "on"}).status_code == 302
    assert as_person(cast.stranger).get(page).status_code == 404


def test_a_question_is_answered_with_reasons_or_with_what_is_missing(cast: Cast, as_person) -> None:
    Position.objects.create(person=cast.officer, unit=cast.bloc, title=PositionTitle.OFFICER, valid_from=LONG_AGO)
    client, url = as_person(cast.officer), reverse("rights_question")
    assert client.get(url).status_code == 200
    assert 'value="A"' in client.get(url, {"unit": "A"}).content.decode()  # as a unit's page asks
    asked = {"person": "Phạm Thử Thư", "action": "work_on_assignment", "unit": "A"}
    yes = client.get(url, asked).content.decode()
    assert "through the role “Unit secretary”" in yes
    no = client.get(url, asked | {"action": "issue_directive"}).content.decode()
    assert "What is missing" in no
    assert "Department officer" in no
    assert "Vũ Thử Hai" in no.split("Who may today")[1]
    assert client.get(url, asked | {"unit": "Đảng bộ tỉnh Mẫu"}).status_code == 422  # not within sight
    assert client.get(url, asked | {"person": "Ai Đó"}).status_code == 422
    assert client.post(url, asked).status_code == 405
    assert as_person(cast.stranger).get(url, asked).status_code == 404
    assert as_person(cast.member).get(url, asked).status_code == 403
