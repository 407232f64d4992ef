"""An old machine that runs no scripts: all the main job with links and forms alone."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.factories import TEXT
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

PRODUCT = "Biên bản hội nghị, danh sách người dự"


def test_without_javascript(visit, tmp_path: Path) -> None:
    officer: Visitor = visit("chuyenvien", scripts=False)
    file = tmp_path / "van-ban.txt"
    file.write_text(TEXT.replace("Số 12-CV/ĐUK", "Số 72-CV/ĐUK"))
    review = officer.brings_in(file)
    correct_a_duty(officer.page)
    confirm(officer.page, review)
    acknowledge_a_task(visit("bithu", width=390, height=844, scripts=False))
    officer.goes_to("/cong-viec/")
    ask_for_a_report(officer.page)
    download_it(officer.page, tmp_path / "bao-cao.docx")


def correct_a_duty(page: Page) -> None:
    """The form is a page of its own; saving leads back to the duty."""
    page.locator("article.duty-card").first.get_by_role("link", name="Sửa").click()
    expect(page).to_have_url(re.compile(r"/van-ban/nhiem-vu/\d+/$"))
    page.get_by_label("Sản phẩm").fill(PRODUCT)
    page.get_by_role("button", name="Lưu").click()
    expect(page).to_have_url(re.compile(r"/ra-soat/#duty-\d+$"))
    card = page.locator("article.duty-card").first
    expect(card).to_contain_text(PRODUCT)
    expect(card).to_be_in_viewport()


def confirm(page: Page, review: str) -> None:
    """Confirming closes the review."""
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.locator("main")).to_contain_text("Đã xác nhận")
    page.goto(review)
    expect(page).not_to_have_url(review)
    expect(page.get_by_role("link", name="Sửa")).to_have_count(0)


def acknowledge_a_task(secretary: Visitor) -> None:
    """On a phone: narrow the list to what nobody has acknowledged yet, and acknowledge the first."""
    page = secretary.page
    secretary.goes_to("/viec/")
    page.get_by_label("Trạng thái").select_option(label="Chưa tiếp nhận")
    page.get_by_role("button", name="Lọc").click()
    page.locator("#inbox tbody a[href^='/viec/']").first.click()
    expect(page.locator(".badges")).to_contain_text("Chưa tiếp nhận")
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_role("status").filter(has_text="Đã lưu: Tiếp nhận.")).to_be_visible()
    expect(page.locator(".badges")).to_contain_text("Đã tiếp nhận")


def ask_for_a_report(page: Page) -> None:
    """One press on the board; the report is made in the background."""
    page.locator(".directive-line", has_text="38-CV/ĐUK").get_by_role("link").first.click()
    page.get_by_role("button", name="Lập báo cáo đến hôm nay").click()
    expect(page).to_have_url(re.compile(r"/bao-cao/\d+/$"))


def download_it(page: Page, target: Path) -> None:
    """The waiting page reloads itself; then the Word file is there."""
    link = page.get_by_role("link", name="Tải tệp Word")
    expect(link).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        link.click()
    download.value.save_as(target)
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(target)).paragraphs)
    assert "Công văn số 38-CV/ĐUK" in words
