"""Somebody nobody knows says something on an old phone; the office answers and sees the theme it belongs to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site, Visitor
from tests.journeys.test_for_everybody import AXE, GRAVE, TOO_WIDE, opens

pytestmark = pytest.mark.journey
SAID = "Hồ sơ một cửa trả kết quả chậm, tôi chờ quá hẹn hai tuần"


def test_said_answered_and_seen_as_a_theme(visit, site: Site, browser: Browser) -> None:
    officer: Visitor = visit("chuyenvien")
    officer.page.add_init_script(path=AXE)
    opens(officer, "/lang-nghe/")
    address = officer.page.locator("a[href^='/y-kien/']").first.get_attribute("href")

    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale="vi-VN", java_script_enabled=False
    )
    old = context.new_page()
    old.set_default_timeout(15_000)
    old.goto(f"{site.address}{address}")
    old.get_by_label("muốn nói").fill(f"{SAID}. Gọi tôi số 0912345678")
    old.wait_for_timeout(5_000)  # the rest that a form without a script asks for
    old.get_by_role("button", name="Gửi").click()
    expect(old.get_by_role("alert")).to_contain_text("0912345678")
    old.get_by_label("muốn nói").fill(SAID)
    old.wait_for_timeout(5_000)
    old.get_by_role("button", name="Gửi").click()
    receipt = old.locator(".receipt").inner_text()

    opens(officer, "/lang-nghe/y-kien/?xem=tat-ca")
    officer.page.get_by_role("link", name=SAID).first.click()
    expect(officer.page.locator("#id_sort_theme option:checked")).to_contain_text("Hồ sơ một cửa")
    opens(officer, officer.page.url.removeprefix(site.address))
    officer.page.get_by_label("Trả lời", exact=True).fill("Đã kiểm tra: hồ sơ trả trong tuần này.")
    officer.page.get_by_role("button", name="Trả lời ý kiến").click()
    expect(officer.page.locator(".badges")).to_contain_text("Đã trả lời")
    opens(officer, "/lang-nghe/van-de/")
    officer.page.get_by_role("link", name="Hồ sơ một cửa trả kết quả chậm").click()
    expect(officer.page.locator("main")).to_contain_text("Trong 4 tuần tới")
    opens(officer, officer.page.url.removeprefix(site.address))

    old.goto(f"{site.address}/bien-nhan/")
    old.get_by_label("Mã").fill(receipt)
    old.get_by_role("button", name="Xem kết quả").click()
    expect(old.locator("main")).to_contain_text("hồ sơ trả trong tuần này")
    assert receipt not in old.url
    assert {one["name"] for one in context.cookies()} <= {"csrftoken"}
    context.close()

    new = browser.new_context(viewport={"width": 360, "height": 640}, locale="vi-VN").new_page()
    new.add_init_script(path=AXE)
    new.goto(f"{site.address}{address}")
    assert new.evaluate(TOO_WIDE) <= 0
    assert new.evaluate(GRAVE) == []
    new.context.close()

    above: Visitor = visit("tw")
    above.page.add_init_script(path=AXE)
    opens(above, "/lang-nghe/van-de/")
    above.page.get_by_role("link", name="Hồ sơ một cửa trả kết quả chậm").click()
    expect(above.page.locator("main")).to_contain_text("Số liệu")
    expect(above.page.locator("main")).not_to_contain_text(SAID)
    assert officer.complaints == []
