"""Signing in by name and password, and out again."""

import pytest
from django.urls import reverse

from motbuoc.foundation.people.models import Account

GOOD = {"login": "bithu", "password": "mat-khau-thu"}


def test_somebody_who_has_not_signed_in_is_sent_to_the_sign_in_page(client, cast):
    answer = client.get(reverse("today"))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('sign_in')}?next={reverse('today')}"


def test_the_page_asks_for_name_and_password_in_vietnamese(client, db):
    page = client.get(reverse("sign_in")).content.decode()
    assert '<html lang="vi">' in page
    assert "Tên đăng nhập" in page
    assert "Mật khẩu" in page


def test_the_right_password_leads_to_the_day_page(client, cast):
    answer = client.post(reverse("sign_in"), GOOD)
    assert answer.status_code == 302
    assert answer.url == reverse("today")
    assert client.session["_auth_user_id"] == str(cast.secretary.account.pk)


def test_after_signing_in_one_comes_to_the_page_one_wanted(client, cast):
    answer = client.post(reverse("sign_in"), {**GOOD, "next": "/van-ban/?q=1"})
    assert answer.url == "/van-ban/?q=1"


def test_one_is_never_sent_to_another_host(client, cast):
    answer = client.post(reverse("sign_in"), {**GOOD, "next": "https://example.org/"})
    assert answer.url == reverse("today")


@pytest.mark.parametrize(("name", "password"), [("bithu", "sai-mat-khau"), ("khong-co", "mat-khau-thu")])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, cast, name, password):
    page = client.post(reverse("sign_in"), {"login": name, "password": password})
    assert page.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_sign_in(client, cast):
    Account.objects.filter(username="bithu").update(is_active=False)
    client.post(reverse("sign_in"), GOOD)
    assert "_auth_user_id" not in client.session


def test_who_has_signed_in_is_not_asked_again(client, cast):
    client.force_login(cast.secretary.account)
    assert client.get(reverse("sign_in")).url == reverse("today")


def test_signing_out_ends_the_session(client, cast):
    client.force_login(cast.secretary.account)
    answer = client.post(reverse("sign_out"))
    assert answer.url == reverse("sign_in")
    assert "_auth_user_id" not in client.session


def test_a_link_cannot_sign_anybody_out(client, cast):
    client.force_login(cast.secretary.account)
    assert client.get(reverse("sign_out")).status_code == 405
    assert "_auth_user_id" in client.session
