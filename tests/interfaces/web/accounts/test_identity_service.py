"""Signing in through the organisation's own identity service, end to end against a small one on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.test import Client
from django.urls import reverse

from motbuoc.foundation.people.models import Account
from motbuoc.foundation.people.selectors import identity_of
from tests.interfaces.web.accounts.conftest import code_of, is_in, sets_up_app, signs_in
from tests.interfaces.web.accounts.identity_service import CLIENT_ID, SECRET, IdentityService, new_key, serving

DOOR = ["co-quan"]
SUBJECT = {"sub": "s-01", "email": "bithu@mau.example", "email_verified": True}


@pytest.fixture
def service(settings) -> Iterator[IdentityService]:
    """The service runs, and the installation is set to use it."""
    running = IdentityService(claims=dict(SUBJECT))
    with serving(running):
        app = {"provider_id": "co-quan", "name": "Tài khoản cơ quan Mẫu", "client_id": CLIENT_ID, "secret": SECRET}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "APPS": [app | {"settings": {"server_url": running.address}}],
                "OAUTH_PKCE_ENABLED": True,
            }
        }
        yield running


@pytest.fixture
def secretary(cast) -> Account:
    """The secretary's account, with the e-mail the service knows."""
    Account.objects.filter(username="bithu").update(email="BiThu@mau.example")
    return Account.objects.get(username="bithu")


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_redirect: object) -> None:
        """Stop here: where it leads is the answer."""


def says_yes(address: str) -> str:
    """What the service sends the browser back to."""
    try:
        build_opener(NoRedirect).open(address)
    except OSError as answer:  # a redirect that is not followed
        return str(answer.headers["Location"])  # type: ignore[attr-defined]
    raise AssertionError("the service did not send back")


def comes_through(client: Client, **form: str):
    """The whole way: out through the button, over the service, and back."""
    out = client.post(reverse("openid_connect_login", args=DOOR), form)
    assert out.status_code == 302
    back = urlsplit(says_yes(out.url))
    return client.get(f"{back.path}?{back.query}")


def test_the_button_is_there_only_when_a_service_is_set(client, cast, service, settings):
    assert "Tài khoản cơ quan Mẫu" in client.get(reverse("sign_in")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Tài khoản cơ quan Mẫu" not in client.get(reverse("sign_in")).content.decode()
    assert client.post(reverse("openid_connect_login", args=DOOR)).status_code == 404


def test_the_first_time_a_person_is_known_by_the_verified_email(client, secretary, service):
    answer = comes_through(client, next="/viec/")
    assert answer.url == "/viec/"
    assert client.session["_auth_user_id"] == str(secretary.pk)
    secretary.refresh_from_db()
    assert secretary.check_password("mat-khau-thu")  # the password stays


def test_afterwards_by_the_subject_whatever_the_email(browser, secretary, service):
    comes_through(browser())
    service.claims["email"] = "ten-moi@mau.example"
    again = browser()
    comes_through(again)
    assert again.session["_auth_user_id"] == str(secretary.pk)


def test_nothing_of_what_the_service_says_is_kept_but_the_subject(browser, secretary, service):
    service.claims["address"] = "12 phố Mẫu"
    for _time in range(2):
        comes_through(browser())
    identity = identity_of(secretary)
    assert identity.uid == "s-01"
    assert identity.extra_data == {}


def test_an_email_the_service_has_not_verified_proves_nothing(client, secretary, service):
    service.claims["email_verified"] = False
    assert "chưa có tài khoản nào của đồng chí" in comes_through(client).content.decode()
    assert not is_in(client)


def test_nobody_gets_an_account_by_it(client, secretary, service):
    service.claims |= {"sub": "s-02", "email": "la@mau.example"}
    before = Account.objects.count()
    assert "chưa có tài khoản nào của đồng chí" in comes_through(client).content.decode()
    assert not is_in(client)
    assert Account.objects.count() == before


def test_a_closed_account_stays_closed(browser, secretary, service):
    comes_through(browser())
    Account.objects.filter(pk=secretary.pk).update(is_active=False)
    client = browser()
    assert comes_through(client).url == reverse("account_inactive")
    assert not is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"signs_with": new_key()},
        {"token_changes": {"aud": "another"}},
        {"token_changes": {"iss": "http://another.example"}},
        {"token_changes": {"exp": 1_000_000}},
        {"userinfo_changes": {"sub": "somebody else"}},
    ],
    ids=["signature", "audience", "issuer", "too old", "another subject"],
)
def test_a_token_that_does_not_prove_it_lets_nobody_in(client, secretary, service, wrong):
    for name, value in wrong.items():
        setattr(service, name, value)
    page = comes_through(client).content.decode()
    assert "Dịch vụ định danh không cho vào" in page
    assert not is_in(client)


def test_an_answer_nobody_asked_for_is_refused(browser, secretary, service):
    asked, other = browser(), browser()
    out = asked.post(reverse("openid_connect_login", args=DOOR))
    back = urlsplit(says_yes(out.url))
    other.get(f"{back.path}?{back.query}")
    assert not is_in(other)


def test_only_a_form_of_this_site_starts_it(client, secretary, service):
    assert client.get(reverse("openid_connect_login", args=DOOR)).status_code == 405


def test_it_leads_nowhere_else_afterwards(client, secretary, service):
    assert comes_through(client, next="https://example.org/").url == reverse("today")


def test_the_second_step_is_still_asked_for(browser, secretary, service):
    desk, fresh = browser(), browser()
    signs_in(desk)
    secret = sets_up_app(desk)
    assert comes_through(fresh).url == reverse("mfa_authenticate")
    fresh.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)})
    assert is_in(fresh)


def test_one_may_link_it_by_hand_and_unlink_it_again(browser, cast, service):
    client, later = browser(), browser()
    signs_in(client, "dangvien")
    assert comes_through(client, process="connect").url == reverse("security")
    assert "bằng dịch vụ định danh của cơ quan từ ngày" in client.get(reverse("security")).content.decode()
    comes_through(later)
    assert later.session["_auth_user_id"] == str(cast.member.account.pk)
    client.post(reverse("identity_unlink"))
    fresh = browser()
    comes_through(fresh)
    assert not is_in(fresh)


def test_the_last_way_in_cannot_be_unlinked(client, secretary, service):
    secretary.set_unusable_password()
    secretary.save()
    comes_through(client)
    page = client.post(reverse("identity_unlink"), headers={"Referer": "http://testserver/tai-khoan/bao-mat/"})
    assert page.url == reverse("security")
    assert "hãy đặt mật khẩu trước" in client.get(reverse("security")).content.decode()


def test_a_service_that_does_not_answer_is_said_in_words(client, secretary, service, settings):
    service.address = "http://127.0.0.1:9"
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = service.address
    page = client.post(reverse("openid_connect_login", args=DOOR))
    assert "Dịch vụ định danh không cho vào" in page.content.decode()
