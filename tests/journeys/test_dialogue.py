"""Somebody nobody knows asks on an old phone without scripts; the office answers; the receipt tells them so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, Visitor
from tests.journeys.test_for_everybody import AXE, GRAVE, TOO_WIDE, opens

pytestmark = pytest.mark.journey
REST = 5_000  # milliseconds that a form without a script asks for before it is sent
QUESTION = "Bao giờ có xe đưa đón công nhân ca đêm?"


@pytest.fixture
def phones(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Two phones of people who have not signed in; the first runs no scripts."""
    contexts = [
        browser.new_context(viewport={"width": 360, "height": 640}, locale="vi-VN", java_script_enabled=scripts)
        for scripts in (False, True)
    ]
    old, new = (context.new_page() for context in contexts)
    for page in (old, new):
        page.set_default_timeout(15_000)
    yield old, new
    for context in contexts:
        context.close()


def test_asked_answered_and_followed(visit, site: Site, phones: tuple[Page, Page]) -> None:
    officer: Visitor = visit("chuyenvien")
    officer.page.add_init_script(path=AXE)
    opens(officer, "/doi-thoai/")
    officer.page.get_by_role("link", name="Sắp xếp tổ chức").first.click()
    dialogue = officer.page.url
    address = officer.page.locator("a[href^='/hoi/']").get_attribute("href")
    old, new = phones

    old.goto(f"{site.address}{address}")
    old.get_by_label("Câu hỏi").fill(f"{QUESTION} Gọi tôi số 0912345678")
    old.wait_for_timeout(REST)
    old.get_by_role("button", name="Gửi").click()
    expect(old.get_by_role("alert")).to_contain_text("0912345678")
    old.get_by_label("Câu hỏi").fill(QUESTION)
    old.wait_for_timeout(REST)
    old.get_by_role("button", name="Gửi").click()
    receipt = old.locator(".receipt").inner_text()

    officer.page.goto(dialogue)
    officer.page.get_by_role("link", name=QUESTION).click()
    officer.page.get_by_label("Trả lời", exact=True).fill("Có từ tháng sau, ba chuyến mỗi đêm.")
    officer.page.get_by_label("Trả lời bằng văn bản").check()
    officer.page.get_by_role("button", name="Trả lời", exact=True).click()
    expect(officer.page.locator(".badges")).to_contain_text("Đã trả lời")
    opens(officer, officer.page.url.removeprefix(site.address))

    new.add_init_script(path=AXE)
    new.goto(f"{site.address}/bien-nhan/#{receipt}")
    new.get_by_role("button", name="Xem kết quả").click()
    expect(new.locator("main")).to_contain_text("Có từ tháng sau, ba chuyến mỗi đêm.")
    assert receipt not in new.url
    for page in (new.url, f"{site.address}{address}"):
        new.goto(page)
        assert new.evaluate(TOO_WIDE) <= 0
        assert new.evaluate(GRAVE) == []
    new.get_by_label("Câu hỏi").fill("Viết dở")
    new.goto(f"{site.address}/bien-nhan/")
    new.goto(f"{site.address}{address}")
    expect(new.get_by_label("Câu hỏi")).to_have_value("Viết dở")
    assert old.context.cookies() == [] or {one["name"] for one in old.context.cookies()} <= {"csrftoken"}
    assert officer.complaints == []
