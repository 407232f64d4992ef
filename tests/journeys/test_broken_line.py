"""A phone on a bad line: what was typed is there again, and goes once it has arrived."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

from tests.factories import picture

pytestmark = pytest.mark.journey

WORDS = "Đã sinh hoạt chuyên đề ở 3 chi bộ, 96 lượt người dự"


def test_nothing_typed_is_lost_when_the_line_breaks(visit) -> None:
    secretary = visit("bithu", width=390, height=844)
    page = secretary.page
    secretary.goes_to("/viec/?state=in_progress")
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


def test_words_on_slips_wait_until_the_pictures_have_arrived(visit, tmp_path) -> None:
    secretary = visit("bithu")
    page = secretary.page
    secretary.goes_to("/viec/phieu/gui/")
    words, note = page.get_by_label("Việc đã làm"), page.locator("[data-draft-note]")
    words.fill(WORDS)
    photograph = tmp_path / "anh.png"
    photograph.write_bytes(picture().read())
    page.locator("input[type=file]").set_input_files(photograph)

    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    secretary.goes_to("/viec/phieu/gui/")
    expect(words).to_have_value(WORDS)
    expect(note).to_be_visible()


def test_words_of_a_form_that_is_gone_are_shown_and_put_into_no_other(visit) -> None:
    secretary = visit("bithu")
    page = secretary.page
    secretary.goes_to("/viec/?state=in_progress")
    page.locator("#inbox tbody a[href^='/viec/']").first.click()
    page.get_by_label("Việc đã làm").fill(WORDS)
    page.evaluate(
        "Object.keys(localStorage).forEach((key) => { localStorage.setItem(key.replace(/[^:]+$/, 'reopen'), "
        "localStorage.getItem(key)); localStorage.removeItem(key); })"
    )
    page.reload()
    expect(page.get_by_label("Việc đã làm")).to_have_value("")
    expect(page.locator("#draft-left")).to_have_value(WORDS)
    page.get_by_role("button", name="Bỏ nội dung này").click()
    page.reload()
    expect(page.locator("#draft-left")).to_be_hidden()


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
