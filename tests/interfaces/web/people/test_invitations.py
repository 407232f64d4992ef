"""Slips and mails with codes, and the page where a code is used."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from motbuoc.foundation.administration.invitations import invite_person
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Account, Invitation, Person, Position, PositionTitle
from tests.factories import LONG_AGO, Cast

CODE = re.compile(r"\b(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}\b")
PASSWORD = "tre-xanh-ven-song"
CHOSEN = {"username": "ha.moi", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    person = Person.objects.create(full_name="Hà Thử Mới")
    Position.objects.create(person=person, unit=cast.unit_b, title=PositionTitle.MEMBER, valid_from=LONG_AGO)
    return person


def test_a_slip_shows_person_unit_address_code_and_drawing_once(cast: Cast, newcomer: Person, as_person) -> None:
    client, url = as_person(cast.administrator), reverse("invitation_make", args=[newcomer.pk])
    assert "E-mail" not in client.get(url).content.decode()  # no mail server here
    answer = client.post(url)
    html = answer.content.decode()
    [code] = set(CODE.findall(html))
    for words in ("Hà Thử Mới", "Member, Đảng bộ Công ty Bình Minh", "http://testserver/moi/", "<svg"):
        assert words in html
    assert "no-store" in answer["Cache-Control"]
    assert code not in client.get(reverse("person_detail", args=[newcomer.pk])).content.decode()
    assert code not in str(list(HistoryLine.objects.values()))
    assert code != CODE.search(client.post(url).content.decode())[0]


def test_many_slips_at_once(cast: Cast, newcomer: Person, as_person) -> None:
    second = Person.objects.create(full_name="Đinh Thử Nữa")
    Position.objects.create(person=second, unit=cast.unit_b, title=PositionTitle.MEMBER, valid_from=LONG_AGO)
    client, url = as_person(cast.administrator), reverse("unit_invitations", args=[cast.unit_b.pk])
    html = client.get(url).content.decode()
    assert "Hà Thử Mới" in html
    assert "Phạm Thử Thư" not in html
    assert client.post(url).status_code == 422
    slips = client.post(url, {"person": [newcomer.pk, second.pk, cast.secretary.pk]}).content.decode()
    assert len(set(CODE.findall(slips))) == 2
    assert set(Invitation.objects.values_list("person", flat=True)) == {newcomer.pk, second.pk}


def test_a_code_is_sent_where_there_is_a_mail_server(
    cast: Cast, newcomer: Person, as_person, visitor, settings
) -> None:
    settings.MAIL_READY = True
    client, url = as_person(cast.administrator), reverse("invitation_make", args=[newcomer.pk])
    assert client.post(url, {"email": "khong phai"}).status_code == 422
    assert client.post(url, {"email": "moi@mau.example"}).status_code == 302
    [message] = mail.outbox
    assert message.to == ["moi@mau.example"]
    assert CODE.search(message.body)
    code = CODE.search(message.body)[0]
    visitor.post(reverse("invitation_accept"), {"code": code, **CHOSEN})
    assert Account.objects.get(person=newcomer).email == "moi@mau.example"
    other = reverse("invitation_make", args=[cast.member.pk])
    assert client.post(other, {"email": "Moi@mau.example"}).status_code == 422
    page = client.get(reverse("person_detail", args=[newcomer.pk])).content.decode()
    assert not CODE.search(page)


def test_from_a_code_to_signing_in(cast: Cast, newcomer: Person, visitor) -> None:
    code, url = invite_person(actor=cast.administrator, person=newcomer).code, reverse("invitation_accept")
    assert visitor.get(url).status_code == 200
    welcome = visitor.post(url, {"code": code.lower().replace("-", " ")})
    assert "Welcome, Hà Thử Mới" in welcome.content.decode()
    assert visitor.post(url, {"code": code, **CHOSEN, "again": "khac-han-nhau"}).status_code == 422
    assert visitor.post(url, {"code": code, **CHOSEN, "username": "bithu"}).status_code == 422
    done = visitor.post(url, {"code": code, **CHOSEN})
    assert (done.status_code, done["Location"]) == (302, reverse("sign_in"))
    assert Account.objects.get(username="ha.moi").check_password(PASSWORD)
    assert visitor.post(url, {"code": code}).status_code == 422


def test_a_new_password_for_somebody_known(cast: Cast, visitor, as_person) -> None:
    theirs = as_person(cast.member)
    code, url = invite_person(actor=cast.administrator, person=cast.member).code, reverse("invitation_accept")
    assert "dangvien" in visitor.post(url, {"code": code}).content.decode()
    asked = {"code": code, "username": "admin2", "password": PASSWORD, "again": PASSWORD}
    assert visitor.post(url, asked).status_code == 302
    assert Account.objects.get(person=cast.member).username == "dangvien"
    assert theirs.get("/").status_code == 302  # whoever was signed in with the old one no longer is


def test_wrong_used_withdrawn_and_old_codes_are_answered_alike(cast: Cast, newcomer: Person, visitor) -> None:
    url, codes = reverse("invitation_accept"), ["CCCC-FFFF-GGGG"]
    codes.append(invite_person(actor=cast.administrator, person=newcomer).code)
    codes.append(invite_person(actor=cast.administrator, person=newcomer).code)
    Invitation.objects.filter(withdrawn_at=None).update(expires_at=clock.now())
    pages = {
        re.sub(r'value="[^"]*"|X-CSRFToken": "[^"]*"', "", visitor.post(url, {"code": code}).content.decode())
        for code in codes
    }
    assert len(pages) == 1
    assert "wrong or no longer valid" in pages.pop()


def test_guessing_is_stopped_for_its_own_address_alone(cast: Cast, newcomer: Person, visitor) -> None:
    url = reverse("invitation_accept")
    code = invite_person(actor=cast.administrator, person=newcomer).code
    for _time in range(20):
        assert visitor.post(url, {"code": "CCCC-FFFF-GGGG"}).status_code == 422
    assert visitor.post(url, {"code": code}).status_code == 429
    assert visitor.post(url, {"code": code}, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert visitor.post(url, {"code": code}, headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 429
