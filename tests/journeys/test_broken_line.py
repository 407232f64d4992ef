"""A phone on a bad line: what was typed is there again, and goes once it has arrived."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

pytestmark = pytest.mark.journey

WORDS = "Đã sinh hoạt chuyên đề ở 3 chi bộ, 96 lượt người dự"


def test_nothing_typed_is_lost_when_the_line_breaks(visit) -> None:
    secretary = visit("bithu", width=390, height=844)
    page = secretary.page
    secretary.goes_to("/viec/")
    page.get_by_label("Trạng thái").select_option(label="Đang thực hiện")
    page.locator("#inbox tbody a[href^='/viec/']").first.click()
    words, note = page.get_by_label("Việc đã làm"), page.locator("[data-draft-note]").first
    expect(note).to_be_hidden()
    task = page.url
    words.fill(WORDS)

    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(task)
    page.context.set_offline(False)
    page.goto(task)
    expect(words).to_have_value(WORDS)
    expect(note).to_be_visible()

    page.get_by_role("button", name="Cập nhật tiến độ").click()
    expect(page.locator("#entries")).to_contain_text(WORDS)
    page.goto(task)
    expect(words).to_have_value("")
    expect(note).to_be_hidden()


def test_whoever_comes_next_to_the_same_device_finds_nothing(visit) -> None:
    secretary = visit("bithu")
    page = secretary.page
    secretary.goes_to("/viec/phieu/gui/")
    page.get_by_label("Việc đã làm").fill(WORDS)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length") == 1
    page.locator(".viewer-menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("body")).to_contain_text("Đăng nhập")
    assert WORDS not in page.evaluate("JSON.stringify(localStorage)")
