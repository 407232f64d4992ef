"""From the real dispatch as a file to the official report, opened again: docs/guides/main-job.md as a test."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.factories import picture
from tests.journeys.conftest import Visitor
from tests.journeys.papers import as_word_file

pytestmark = pytest.mark.journey

WORDS = "Đã tổ chức 02 hội nghị quán triệt, có 187 lượt người dự"
FINISHED = "Hoàn thành kế hoạch quán triệt, 187/187 đảng viên tham gia"
REASON = "Bổ sung danh sách tổng hợp theo chi bộ"


def day(in_days: int) -> str:
    """A day from today on, as it is typed."""
    return (date.today() + timedelta(days=in_days)).strftime("%d/%m/%Y")  # noqa: DTZ011


def test_the_main_job(visit, shared: Path, tmp_path: Path) -> None:
    officer: Visitor = visit("chuyenvien")
    review = bring_in(officer, as_word_file((shared / "seed/554-CV-DUK.txt").read_text(), tmp_path / "554.docx"))
    check_layout(officer.page, tmp_path / "chinh.docx")
    settle_what_is_missing(officer.page)
    board = confirm_and_issue(officer.page)
    task = a_secretary_does_the_first_item(visit("bithu"), tmp_path)
    return_once(officer, task)
    hand_in_again(visit("bithu", width=390, height=844), task)
    accept(officer, task)
    officer.page.goto(board)
    expect(officer.page.locator("main")).to_contain_text("554-CV/ĐUK")
    check_report(officer, board, tmp_path)
    nobody_else_sees_it(visit("nguoila"), board, task, review)
    assert officer.complaints == []


def bring_in(officer: Visitor, file: Path) -> str:
    """Drop the file; the review shows seven items, seven citations and what is unsure."""
    page = officer.page
    officer.goes_to("/van-ban/")
    page.get_by_role("link", name="Nhập văn bản").first.click()
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Đọc văn bản").click()
    page.wait_for_url(re.compile(r"/ra-soat/"))
    main = page.locator("main")
    expect(main).to_contain_text("554-CV/ĐUK")
    expect(main).to_contain_text("07/03/2022")
    for code in ("21-CTr/TU", "01-CT/TU", "75-KH/ĐUK", "08-CT/TU", "06-CT/TU", "217-QĐ/TW", "218-QĐ/TW"):
        expect(main.get_by_role("link", name=code)).to_have_count(1)
    expect(main.get_by_text(re.compile(r"^Mục [1-7]$"))).to_have_count(7)
    expect(main).to_contain_text("2 chỗ cần xem lại")
    return page.url


def check_layout(page: Page, target: Path) -> None:
    """Unfold how the file departs from the rules of layout, go to a place, take the mended copy."""
    panel = page.locator("#layout")
    expect(panel).to_contain_text("bắt buộc")
    expect(panel.locator(".departures").first).to_be_hidden()
    panel.locator("summary").click()
    expect(panel.locator(".departures").first).to_be_visible()
    panel.locator("a[data-key]").first.click()
    expect(page.locator("#text span:target + mark")).to_be_in_viewport()
    with page.expect_download() as download:
        panel.get_by_role("link", name="Tải bản đã chỉnh thể thức").click()
    download.value.save_as(target)
    assert round(docx.Document(str(target)).sections[0].page_width.mm) == 210


def settle_what_is_missing(page: Page) -> None:
    """Set the period of the reports and the last day; give the two periodic duties their periods."""
    page.get_by_role("link", name="Sửa").first.click()
    page.get_by_label("Các đơn vị báo cáo").select_option("quarter")
    page.get_by_label("Thực hiện đến ngày").fill(day(60))
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.locator("main")).to_contain_text("Hằng quý")
    for _ in range(2):
        page.locator("a[href*='#duty-']", has_text="Nhiệm vụ").first.click()
        card = page.locator(".duty-unsure, article:has-text('không nói kỳ nào')").first
        card.get_by_role("link", name="Sửa").click()
        page.locator("select[name=cycle]").select_option("half_year")
        page.locator("input[name=due_on]").fill(day(45))
        page.locator("form:has(select[name=cycle])").get_by_role("button", name="Lưu").click()
        expect(page.locator("select[name=cycle]")).to_have_count(0)
    page.reload()
    expect(page.locator("main")).not_to_contain_text("chỗ cần xem lại")


def confirm_and_issue(page: Page) -> str:
    """Confirm, see what would be created, issue; the board stands there."""
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("link", name=re.compile("Giao việc|Giao cho")).first.click()
    page.get_by_role("button", name=re.compile("Giao")).first.click()
    page.wait_for_url(re.compile(r"/bang/\d+/"))
    return page.url


def a_secretary_does_the_first_item(secretary: Visitor, tmp_path: Path) -> str:
    """Find the new task in the inbox, acknowledge it, record progress with a picture, hand it in."""
    page = secretary.page
    secretary.goes_to("/viec/?words=554-CV")
    page.locator("main a[href^='/viec/']", has_text="Lãnh đạo thực hiện các nghị quyết").first.click()
    expect(page.locator("main")).to_contain_text("Lãnh đạo thực hiện các nghị quyết, chỉ thị, kết luận của Đảng")
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.locator("main")).to_contain_text("Đã tiếp nhận")
    evidence = tmp_path / "hoi-nghi.png"
    evidence.write_bytes(picture().read())
    page.locator("textarea[name=text]").fill(WORDS)
    page.set_input_files("input[type=file]", str(evidence))
    page.get_by_role("button", name="Cập nhật tiến độ").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("hoi-nghi.png"))).to_be_visible()
    hand_in(page, WORDS + ", đã xong")
    return page.url


def hand_in(page: Page, words: str) -> None:
    """Submit the result."""
    page.locator("textarea[name=text]").fill(words)
    page.get_by_role("button", name="Nộp kết quả").click()
    expect(page.locator("main")).to_contain_text("Chờ duyệt")


def return_once(officer: Visitor, task: str) -> None:
    """Return the result with a reason."""
    page = officer.page
    page.goto(task)
    page.get_by_role("button", name=re.compile("Trả lại")).first.wait_for()
    page.locator("form:has(button[value=return]) textarea[name=text]").fill(REASON)
    page.locator("button[name=step][value=return]").click()
    expect(page.locator("main")).to_contain_text("Trả lại")


def hand_in_again(secretary: Visitor, task: str) -> None:
    """On a phone: see the reason, hand in again."""
    page = secretary.page
    page.goto(task)
    expect(page.get_by_text(REASON).first).to_be_visible()
    hand_in(page, FINISHED)


def accept(officer: Visitor, task: str) -> None:
    """Accept the result."""
    page = officer.page
    page.goto(task)
    page.locator("button[name=step][value=accept]").click()
    expect(page.locator("main")).to_contain_text("Hoàn thành")


def check_report(officer: Visitor, board: str, tmp_path: Path) -> None:
    """One click makes the report; the Word file says what was entered, with comments on where it comes from."""
    page = officer.page
    page.get_by_role("button", name=re.compile("báo cáo", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/"))
    link = page.get_by_role("link", name=re.compile("Tải"))
    link.wait_for(timeout=30_000)
    expect(page.locator("main")).to_contain_text(FINISHED)
    with page.expect_download() as download:
        link.click()
    target = tmp_path / "bao-cao.docx"
    download.value.save_as(target)
    document = docx.Document(str(target))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in "\n".join(cells)
    assert "BÁO CÁO" in text
    assert FINISHED in text
    assert "Công văn số 554-CV/ĐUK, ngày 07/3/2022" in text
    assert re.search(r"Hoàn thành 01 nhiệm vụ", text)
    comments = [comment.text for comment in document.comments]
    assert any("01 nhiệm vụ" in comment or "1 nhiệm vụ" in comment for comment in comments)
    page.get_by_role("link", name=FINISHED).first.click()
    expect(page.locator("main")).to_contain_text("Lãnh đạo thực hiện các nghị quyết")


def nobody_else_sees_it(stranger: Visitor, *addresses: str) -> None:
    """A stranger gets 404 for the board, the task and the review."""
    for address in addresses:
        response = stranger.page.goto(address)
        assert response
        assert response.status == 404
