"""Figures together in a real browser: how far a period is, a table of one's own choice, units compared."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_for_everybody import AXE, opens

pytestmark = pytest.mark.journey
SCHEDULE = "Báo cáo tháng về công tác dân vận"  # of the demo


def test_from_how_far_a_period_is_to_the_entries_behind_a_chosen_table(visit) -> None:
    officer = visit("chuyenvien")
    page = officer.page
    page.add_init_script(path=AXE)
    officer.goes_to("/so-lieu/?tab=all")
    page.get_by_role("row").filter(has_text=SCHEDULE).nth(1).get_by_role("link").click()
    period = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("list").filter(has_text="Phải báo cáo").get_by_role("link", name="Đã nộp").click()
    steps = page.get_by_role("navigation", name="Báo cáo theo tiến độ")
    expect(steps.locator("[aria-current]")).to_contain_text("Đã nộp")
    count = steps.locator("[aria-current] .count").inner_text()
    expect(page.locator("#results tbody tr")).to_have_count(int(count))

    page.get_by_role("link", name="Tổng hợp số liệu").click()
    page.get_by_role("link", name="Bảng tự chọn").click()
    opens(officer, f"{period}bang/")
    page.get_by_label("Cột").select_option(label="Kỳ")
    expect(page).to_have_url(re.compile("cot=period"))
    page.get_by_label("Hàng").select_option(label="Chỉ tiêu")
    expect(page).to_have_url(re.compile("hang=indicator"))
    expect(page.get_by_role("columnheader", name="Cộng các kỳ")).to_be_visible()
    expect(page.locator(".figure-map .short").first).to_contain_text("thiếu")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Tải xuống dạng CSV").click()
    head = saved.value.path().read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("Chỉ tiêu,Tháng ")
    page.locator(".figure-map tbody td a").first.click()
    expect(page.get_by_role("heading", name="Căn cứ của số liệu")).to_be_visible()
    opens(officer, f"{period}so-sanh/")
    expect(page.locator(".time-picture svg")).to_be_visible()


def test_a_table_is_chosen_without_scripts_on_a_phone(visit) -> None:
    officer = visit("chuyenvien", width=390, height=844, scripts=False)
    page = officer.page
    officer.goes_to("/so-lieu/?tab=all")
    page.get_by_role("row").filter(has_text=SCHEDULE).nth(1).get_by_role("link").click()
    page.get_by_role("link", name="Tổng hợp số liệu").click()
    page.get_by_role("link", name="Bảng tự chọn").click()
    page.get_by_label("Hàng").select_option(label="Kỳ")
    page.locator(".pivot-form").get_by_role("button", name="Xem").click()
    expect(page).to_have_url(re.compile("hang=period"))
    expect(page.get_by_label("Hàng")).to_have_value("period")
