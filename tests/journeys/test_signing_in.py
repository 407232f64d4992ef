"""A second step by app, and a passkey, in a real browser: set up, used, under the strict policy of contents."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal import auth
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, Visitor, sign_in

pytestmark = pytest.mark.journey


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """A browser on a machine with a fingerprint reader. Passkeys want a name of a host, not its number."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    machine = context.new_cdp_session(page)
    machine.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    machine.send("WebAuthn.addVirtualAuthenticator", {"options": reader})
    yield Visitor(page, Site(site.address.replace("127.0.0.1", "localhost"), site.folder), complaints)
    assert complaints == []
    context.close()


def gets_in(visitor: Visitor, username: str) -> None:
    """By name and password, as far as that leads."""
    visitor.goes_to("/dang-nhap/")
    sign_in(visitor.page, username, settings.DEMO_PASSWORD)


def leaves(page: Page) -> None:
    page.locator(".viewer-menu summary").click()
    page.locator(".viewer-menu").get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap/")


def code_of(secret: str, steps: int = 0) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def test_a_passkey_is_added_and_signs_in_alone_and_as_second_step(visitor: Visitor) -> None:
    page, home = visitor.page, visitor.site.address + "/"
    gets_in(visitor, "bithu")
    page.wait_for_url(home)
    visitor.goes_to("/tai-khoan/bao-mat/")
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.get_by_label("Tên khóa truy cập").fill("Điện thoại cơ quan")
    page.get_by_role("button", name="Thêm khóa").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.get_by_role("link", name="Tôi đã cất mã").click()
    expect(page.locator("main")).to_contain_text("Điện thoại cơ quan")
    leaves(page)
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url(home)
    expect(page.locator(".viewer-menu")).to_contain_text("Bí thư")
    leaves(page)
    gets_in(visitor, "bithu")
    page.wait_for_url("**/dang-nhap/buoc-hai/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(home)
    visitor.goes_to("/tai-khoan/bao-mat/")
    page.get_by_role("link", name="Bỏ", exact=True).click()
    page.get_by_role("button", name="Bỏ").click()
    expect(page.locator("main")).not_to_contain_text("Điện thoại cơ quan")


def test_an_app_is_set_up_by_its_key_and_asked_for_from_then_on(visitor: Visitor) -> None:
    page, home = visitor.page, visitor.site.address + "/"
    gets_in(visitor, "dangvien")
    page.wait_for_url(home)
    visitor.goes_to("/tai-khoan/bao-mat/")
    page.get_by_role("link", name="Cài đặt ứng dụng").click()
    expect(page.get_by_role("img", name="Hình để ứng dụng quét")).to_be_visible()
    page.get_by_text("Ứng dụng không quét được?").click()
    secret = page.locator(".secret-key").inner_text()
    page.get_by_label("Mã của ứng dụng").fill(code_of(secret))
    page.get_by_role("button", name="Cài đặt").click()
    recovery = page.locator(".recovery-codes li").first.inner_text()
    page.get_by_role("link", name="Tôi đã cất mã").click()
    leaves(page)
    gets_in(visitor, "dangvien")
    page.get_by_label("Mã").fill(code_of(secret, 1))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(home)
    leaves(page)
    gets_in(visitor, "dangvien")
    page.get_by_label("Mã").fill(recovery)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(home)
    visitor.goes_to("/tai-khoan/ung-dung/bo/")
    page.get_by_role("button", name="Bỏ").click()
    page.wait_for_url("**/tai-khoan/bao-mat/")
    expect(page.get_by_role("link", name="Cài đặt ứng dụng")).to_be_visible()
