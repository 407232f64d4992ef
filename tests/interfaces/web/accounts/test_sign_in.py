"""Signing in by name and password, and out again."""

import pytest
from django.test import Client
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


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "http:example.org",
        "\t//x.org",
    ],
)
def test_no_address_leads_out_of_the_house_after_signing_in_or_out(client, cast, elsewhere):
    answer = client.post(reverse("sign_in"), {**GOOD, "next": elsewhere})
    assert answer.url == reverse("today")
    answer = client.post(reverse("sign_out"), {"next": elsewhere})
    assert answer.url == reverse("sign_in")


def test_another_allowed_host_is_no_way_out_either(client, cast, settings):
    settings.ALLOWED_HOSTS = ["testserver", "khac.example"]
    answer = client.post(reverse("sign_in"), {**GOOD, "next": "http://khac.example/"})
    assert answer.url == reverse("today")


@pytest.mark.parametrize("page", ["sign_in", "account_reset_password"])
def test_a_host_the_server_does_not_answer_to_is_refused(client, db, settings, page):
    settings.ALLOWED_HOSTS = ["motbuoc.example"]
    assert client.get(reverse(page), headers={"Host": "xau.example"}).status_code == 400
    assert client.get(reverse(page), headers={"Host": "motbuoc.example"}).status_code == 200


def test_nobody_opens_an_account_for_themselves(client, db):
    for path in ("/dang-ky/", "/accounts/signup/", "/tai-khoan/signup/"):
        assert client.get(path).status_code in (302, 404)
    assert not Account.objects.exists()


def test_a_form_without_its_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("sign_in"), GOOD).status_code == 403


@pytest.mark.parametrize("page", ["sign_in", "account_change_password", "mfa_activate_totp"])
def test_no_field_says_its_label_twice(client, cast, page):
    if page != "sign_in":
        client.post(reverse("sign_in"), GOOD)
    assert "placeholder" not in client.get(reverse(page)).content.decode()
