"""An administrator merges two cells into a third: at a desk, and on a phone whose browser runs no scripts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_for_everybody import AXE, GRAVE, TOO_WIDE

pytestmark = pytest.mark.journey

BASIS = "Quyết định số 15-QĐ/ĐUK ngày 20/11/2026"
TODAY = date.today().strftime("%d/%m/%Y")  # noqa: DTZ011


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, False)])
def test_merger(visit, width: int, scripts: bool) -> None:
    administrator: Visitor = visit("quantri", width=width, scripts=scripts)
    page = administrator.page
    if scripts:
        page.add_init_script(path=AXE)
    administrator.goes_to("/don-vi/")
    page.get_by_role("link", name="Sáp nhập đơn vị").click()
    ending = [tick(page, "units", ".1"), tick(page, "units", ".2")]
    going_on = tick(page, "into", ".3")
    page.get_by_label("Căn cứ").fill(BASIS)
    looks_right(page, scripts)
    page.get_by_role("button", name="Xem trước").click()
    for name in (*ending, going_on):
        expect(page.locator(".change-table")).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("Chưa thực hiện")
    looks_right(page, scripts)
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Căn cứ")).to_have_value(BASIS)
    page.get_by_role("button", name="Xem trước").click()
    page.locator("input[name=keep_positions]").first.check()
    page.get_by_role("button", name="Thực hiện", exact=True).click()
    expect(page.locator("main")).to_contain_text("Đồng chí vừa đổi người tiếp tục")
    page.get_by_role("button", name="Thực hiện", exact=True).click()
    expect(page).to_have_url(re.compile(r"/don-vi/sap-xep/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("BIÊN BẢN BÀN GIAO")
    expect(page.locator("article")).to_contain_text(BASIS)
    looks_right(page, scripts)
    page.get_by_role("link", name=going_on, exact=True).first.click()
    expect(page.locator("#past")).to_contain_text("Sáp nhập")
    administrator.goes_to(f"/don-vi/?words={ending[0].split()[-1]}&ended=on&on={TODAY}")
    expect(page.locator("#results")).to_contain_text(f"đã kết thúc ngày {TODAY}")
    assert administrator.complaints == []


def tick(page: Page, field: str, code: str) -> str:
    """Look for a unit and tick the first that is found; its name."""
    part = page.locator(f"#{field}-search")
    part.get_by_role("searchbox").fill(code)
    part.get_by_role("button", name="Tìm").click()
    row = part.locator(".unit-found li").first
    name = row.locator("label").inner_text().rsplit(" ", 1)[0].strip()
    row.locator("input").check()
    return name


def looks_right(page: Page, scripts: bool) -> None:
    """Nothing juts out, and axe finds nothing grave."""
    assert page.evaluate(TOO_WIDE) <= 0
    if scripts:
        assert page.evaluate(GRAVE) == []
