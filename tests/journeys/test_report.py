"""The report of a month in a browser: assembled, edited, refreshed, remarked on, approved, numbered, taken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, Visitor

pytestmark = pytest.mark.journey
MONTH = "Tháng 10 năm 2026"
FIGURE = "Cuộc đối thoại của người đứng đầu"


def corrects(site: Site, code: str, amount: int) -> None:
    """Meanwhile the unit and the office correct a figure of that month."""
    env = os.environ | {"MOTBUOC_DATA_DIR": str(site.folder), "MOTBUOC_DEMO": "true", "MOTBUOC_DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.journeys.figures_corrected", code, str(amount)]
    subprocess.run(command, env=env, check=True, capture_output=True)


def assembles(officer: Visitor) -> str:
    """Begin the report of the month by the outline proposed for it; its address."""
    officer.goes_to("/bao-cao/")
    line = officer.page.locator(".report-makers li", has_text=MONTH).filter(has_text="Báo cáo tháng")
    line.get_by_role("link", name="Soạn báo cáo").click()
    expect(officer.page.get_by_label("Đề cương", exact=True)).to_have_value("short")
    officer.page.get_by_role("button", name="Dựng báo cáo").click()
    officer.page.wait_for_url(re.compile(r"/bao-cao/du-thao/\d+/$"))
    return officer.page.url


def paragraph(page: Page, words: str) -> Locator:
    return page.locator(".draft-paragraph", has_text=words).first


def test_the_report_of_a_month(visit, site: Site) -> None:
    officer, second = visit("chuyenvien"), visit("chuyenvien2", password=settings.DEMO_PASSWORD)
    page, other = officer.page, second.page
    report = assembles(officer)

    paragraph(page, FIGURE).locator("a.thread").first.click()  # what a figure rests on
    expect(page.locator("tbody tr").first).to_contain_text(FIGURE)
    page.get_by_role("link", name="Báo cáo của đơn vị").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(report)

    paragraph(page, FIGURE).get_by_role("link", name="Sửa").click()
    page.get_by_label("Lời văn").fill("Người đứng đầu đã đối thoại {{i2_05}} lần.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(paragraph(page, "Người đứng đầu đã đối thoại 02 lần.")).to_be_visible()

    corrects(site, "i2_05", 9)
    page.reload()
    expect(page.locator("main")).to_contain_text(f"{FIGURE}: 02 → 09")
    page.get_by_role("button", name="Cập nhật số liệu").click()
    edited = paragraph(page, "Người đứng đầu đã đối thoại 09 lần.")
    expect(edited.locator(".draft-news")).to_contain_text(f"Dữ liệu nay là: {FIGURE}: 09")
    edited.get_by_role("button", name="Giữ nội dung của tôi").click()
    expect(page.locator(".draft-news")).to_have_count(0)
    edited.get_by_role("button", name="Xuống").focus()
    page.keyboard.press("Enter")  # by keyboard, and the button keeps the focus
    expect(page).to_have_url(re.compile("moved=down"))
    expect(page.locator(":focus")).to_have_text("Xuống")

    other.goto(report)
    paragraph(other, "đã đối thoại 09 lần").get_by_role("link", name="Góp ý").click()
    other.get_by_label("Đề nghị viết lại là").fill("Người đứng đầu các cấp đã đối thoại {{i2_05}} lần.")
    other.get_by_role("button", name="Gửi", exact=True).click()
    expect(other.locator(".draft-remark")).to_have_count(1)
    page.reload()
    paragraph(page, "đã đối thoại 09 lần").get_by_role("link", name="Góp ý (1)").click()
    page.get_by_role("button", name="Lấy theo đề nghị").click()
    page.goto(report)
    expect(paragraph(page, "Người đứng đầu các cấp đã đối thoại 09 lần.")).to_be_visible()

    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_role("button", name="Trình duyệt")).to_have_count(0)
    other.goto(report)
    other.get_by_role("button", name="Duyệt", exact=True).click()
    is_numbered(officer, second, report)
    text = takes_word(officer, report)
    assert "Người đứng đầu các cấp đã đối thoại 09 lần." in text
    assert "BÁO CÁO" in text
    assert officer.complaints == second.complaints == []


def is_numbered(officer: Visitor, second: Visitor, report: str) -> None:
    """Put into the register by the one, approved and numbered by the other."""
    page, other = officer.page, second.page
    page.goto(report)
    page.get_by_role("button", name="Đưa vào sổ văn bản đi").click()
    page.wait_for_url(re.compile(r"/tai/\w+/$"))  # its Word file is made first
    page.get_by_role("button", name="Đưa vào sổ văn bản đi").click()
    page.wait_for_url(re.compile(r"/so-van-ban/di/\d+/$"))
    page.get_by_role("button", name="Kiểm tra thể thức và trình").click()
    other.goto(page.url)
    other.get_by_role("button", name="Duyệt", exact=True).click()
    other.get_by_text("Cấp số, phát hành", exact=True).first.click()
    other.get_by_role("dialog").get_by_role("button", name="Cấp số, phát hành").click()
    expect(other.locator("main")).to_contain_text(re.compile(r"\d+-BC/ĐUK"))


def takes_word(officer: Visitor, report: str) -> str:
    """Ask for the Word file, which was made on the way into the register; its words."""
    page = officer.page
    page.goto(report)
    page.get_by_role("button", name="Lấy tệp").click()
    with page.expect_download() as told:
        page.get_by_role("button", name="Word", exact=True).click()
    content = Path(told.value.path()).read_bytes()
    return "\n".join(each.text for each in docx.Document(BytesIO(content)).paragraphs)
