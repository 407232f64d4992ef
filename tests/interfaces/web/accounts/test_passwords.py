"""Passwords: what is refused, how one is changed, and what to do when it is forgotten."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from motbuoc.foundation.people.models import Account
from tests.interfaces.web.accounts.conftest import PASSWORD, is_in, signs_in

NEW = "con-thuyen-tren-song"


def changes(client, new: str, again: str = "", old: str = PASSWORD) -> str:
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": again or new}
    )
    return answer.content.decode()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("ngan", "cần ít nhất 10 ký tự"),
        ("password123", "quá phổ biến"),
        ("8203746152", "chỉ có chữ số"),
        ("phamthuthu1", "quá giống tên"),
        ("Phạm Thử Thư 1", "quá giống tên"),
        ("dangbo.mau@mau.example", "quá giống tên"),
    ],
)
def test_a_weak_password_is_refused_in_words(client, cast, new, said):
    Account.objects.filter(username="bithu").update(email="dangbo@mau.example")
    signs_in(client)
    assert said in changes(client, new)
    assert Account.objects.get(username="bithu").check_password(PASSWORD)


def test_the_length_is_a_setting(client, cast, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [{**settings.AUTH_PASSWORD_VALIDATORS[0], "OPTIONS": {"min_length": 24}}]
    signs_in(client)
    assert "cần ít nhất 24 ký tự" in changes(client, NEW)


def test_the_present_password_is_asked_for_and_the_new_one_twice(client, cast):
    signs_in(client)
    assert "Mật khẩu hiện tại không đúng." in changes(client, NEW, old="sai")
    assert "phải giống nhau" in changes(client, NEW, again=NEW + "x")
    changes(client, NEW)
    client.post(reverse("sign_out"))
    signs_in(client, password=NEW)
    assert is_in(client)


def test_without_a_mail_server_the_page_says_whom_to_ask(client, cast):
    Account.objects.filter(username="bithu").update(email="bithu@mau.example")
    assert "người quản trị hệ thống" in client.get(reverse("account_reset_password")).content.decode()
    client.post(reverse("account_reset_password"), {"email": "bithu@mau.example"})
    assert mail.outbox == []


@pytest.fixture
def with_mail(settings):
    settings.MAIL_READY = True
    settings.DEFAULT_FROM_EMAIL = "motbuoc@mau.example"


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, cast, with_mail):
    Account.objects.filter(username="bithu").update(email="bithu@mau.example")
    client.post(reverse("account_reset_password"), {"email": "BiThu@mau.example"})
    [letter] = mail.outbox
    assert letter.subject == "Một Bước: mật khẩu mới"
    assert letter.from_email == "motbuoc@mau.example"
    assert "bithu" in letter.body
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    form = client.get(link)
    assert "Đặt mật khẩu mới" in client.get(form.url).content.decode()
    assert "quá giống tên" in client.post(form.url, {"password1": "phamthuthu", "password2": "x"}).content.decode()
    done = client.post(form.url, {"password1": NEW, "password2": NEW})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert "Mời đồng chí đăng nhập" in client.get(done.url).content.decode()
    assert not is_in(client)
    signs_in(client, password=NEW)
    assert is_in(client)
    client.post(reverse("sign_out"))
    assert "đã dùng rồi" in client.get(link).content.decode()


def test_it_does_not_tell_who_has_an_account_and_writes_to_no_stranger(client, cast, with_mail):
    Account.objects.filter(username="bithu").update(email="bithu@mau.example")
    pages = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content.decode()
        for email in ("bithu@mau.example", "ai-do@mau.example")
    ]
    assert len(mail.outbox) == 1
    assert "Nếu có tài khoản mang địa chỉ thư điện tử này" in pages[0]
    without_tokens = {re.sub(r"[A-Za-z0-9]{64}", "", page) for page in pages}
    assert len(without_tokens) == 1


def test_an_address_the_account_no_longer_has_gets_nothing(client, cast, with_mail):
    account = Account.objects.get(username="bithu")
    Account.objects.filter(pk=account.pk).update(email="cu@mau.example")
    client.post(reverse("account_reset_password"), {"email": "cu@mau.example"})
    Account.objects.filter(pk=account.pk).update(email="moi@mau.example")
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": "cu@mau.example"})
    assert mail.outbox == []


def test_a_closed_account_gets_no_link_and_its_link_no_way_in(client, cast, with_mail):
    Account.objects.filter(username="bithu").update(email="bithu@mau.example", is_active=False)
    client.post(reverse("account_reset_password"), {"email": "bithu@mau.example"})
    assert mail.outbox == []
    assert signs_in(client).url == reverse("account_inactive")
    assert "Tài khoản đã đóng" in client.get(reverse("account_inactive")).content.decode()
    assert not is_in(client)


def test_closing_an_account_ends_what_it_is_doing(client, cast):
    signs_in(client)
    Account.objects.filter(username="bithu").update(is_active=False)
    assert client.get(reverse("today")).url.startswith(reverse("sign_in"))


def test_two_accounts_cannot_share_an_email(cast):
    Account.objects.filter(username="bithu").update(email="chung@mau.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(username="dangvien").update(email="CHUNG@mau.example")
