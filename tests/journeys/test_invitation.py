"""From a printed code to one's own unit, on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site, sign_in
from tests.journeys.test_for_everybody import TOO_WIDE

pytestmark = pytest.mark.journey

PASSWORD = "tre-xanh-ven-song"


def test_a_printed_code_leads_to_ones_own_unit(visit, browser: Browser, site: Site) -> None:
    office = visit("quantri")
    office.goes_to("/nguoi/?words=&standing=")
    rows = office.page.locator("tbody tr").filter(has_text="Chưa có tài khoản").filter(has_text="Bí thư, Chi bộ")
    name = rows.first.locator("th").inner_text()
    place = re.sub(r"^Bí thư, ", "", rows.first.locator("td").first.inner_text())
    rows.first.locator("th a").click()
    office.page.get_by_role("link", name="Mời đăng nhập").click()
    office.page.get_by_role("button", name="Hiện phiếu để in").click()
    code = office.page.locator(".slip-code strong").inner_text()
    expect(office.page.locator(".slip svg")).to_be_visible()
    assert office.complaints == []

    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    phone = context.new_page()
    complaints: list[str] = []
    phone.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    phone.goto(f"{site.address}/moi/#{code}")  # as the square on the slip says
    expect(phone.locator("[name=code]")).to_have_value(code)
    assert "#" not in phone.url
    phone.get_by_role("button", name="Tiếp tục").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"Chào đồng chí {name}")
    assert phone.evaluate(TOO_WIDE) <= 0
    phone.locator("[name=username]").fill("bithu.moi")
    for field in ("password", "again"):
        phone.locator(f"[name={field}]").fill(PASSWORD)
    phone.get_by_role("button", name="Lưu và đăng nhập").click()
    phone.wait_for_url("**/dang-nhap/")
    sign_in(phone, "bithu.moi", PASSWORD)
    phone.wait_for_url(site.address + "/")
    phone.goto(f"{site.address}/uy-quyen/")
    expect(phone.get_by_text(place, exact=True)).to_be_visible()
    assert phone.evaluate(TOO_WIDE) <= 0
    assert complaints == []
    context.close()
