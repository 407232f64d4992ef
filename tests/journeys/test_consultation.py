"""A draft from Word is laid before people and a unit, commented on from an old phone, and dealt with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.domains.consultation.test_consultations import DRAFT, word_file
from tests.journeys.conftest import Site, Visitor
from tests.journeys.test_for_everybody import AXE, GRAVE, TOO_WIDE, opens

pytestmark = pytest.mark.journey
SUBJECT = "dự thảo Quy chế tiếp công dân (thử)"
SHORTER = "Đề nghị rút ngắn thời hạn tiếp công dân"


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


def test_opened_commented_dealt_with_and_taken_along(
    visit, site: Site, phones: tuple[Page, Page], tmp_path: Path
) -> None:
    officer: Visitor = visit("chuyenvien")
    officer.page.add_init_script(path=AXE)
    made = opened(officer, tmp_path)
    address = officer.page.locator("a[href^='/y-kien-du-thao/']").first.get_attribute("href")
    old, new = phones
    code = comment(old, f"{site.address}{address}")
    assert {one["name"] for one in old.context.cookies()} <= {"csrftoken"}
    select(new, f"{site.address}{address}")
    reply(visit("bithu"))

    page = officer.page
    page.goto(made)
    page.get_by_role("button", name="Kết thúc nhận góp ý").click()
    add_file(officer, tmp_path, DRAFT.replace("việc tiếp công dân.", "việc tiếp công dân trong ba ngày."))
    page.goto(made)
    page.get_by_role("button", name="Xác nhận đã tiếp thu").click()
    expect(page.locator("main")).to_contain_text("Không được để sót ý kiến nào")
    for label in ("Khoản 1 Điều 1", "Điều 2"):
        deal_with(officer, made, label)
    page.goto(made)
    opens(officer, f"{made.removeprefix(site.address)}so-sanh/2/")
    expect(page.locator("ins").last).to_contain_text("trong ba ngày")
    page.goto(made)
    page.get_by_role("button", name="Xác nhận đã tiếp thu").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Bảng tổng hợp (Word)").click()
    taken.value.save_as(tmp_path / "bang.docx")
    tables = docx.Document(str(tmp_path / "bang.docx")).tables
    assert any(SHORTER in cell.text for table in tables for row in table.rows for cell in row.cells)
    page.get_by_role("button", name="Công khai kết quả").click()
    old.goto(f"{site.address}/bien-nhan/")
    old.get_by_label("Mã").fill(code)
    old.locator("main form button").click()
    expect(old.locator("main")).to_contain_text("Tiếp thu toàn phần")


def opened(officer: Visitor, folder: Path) -> str:
    """Begun, its draft read from Word, a unit asked, open. The address of the consultation."""
    page, today = officer.page, f"{date.today():%d/%m/%Y}"  # noqa: DTZ011 - as whoever types it
    opens(officer, "/gop-y/moi/")
    page.get_by_label("Tên dự thảo").fill(SUBJECT)
    page.get_by_label("Nhận góp ý từ ngày").fill(today)
    page.get_by_label("Nhận góp ý đến ngày").fill(today)
    page.get_by_label("Mọi người được góp ý").check()
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page).to_have_url(re.compile(r"/gop-y/\d+/$"))
    made = page.url
    add_file(officer, folder, DRAFT)
    expect(page.locator("main")).to_contain_text("Điểm a khoản 2 Điều 1")
    page.goto(f"{made}don-vi/")
    page.locator("summary.form-select").click()
    for box in page.locator("input[name=units]").all():
        box.check()
    page.get_by_role("button", name="Gửi lấy ý kiến").click()
    opens(officer, made.removeprefix(officer.site.address))
    page.get_by_role("button", name="Mở lấy ý kiến").click()
    expect(page.locator(".badges")).to_contain_text("Đang nhận góp ý")
    return made


def add_file(officer: Visitor, folder: Path, text: str) -> None:
    path = folder / "du-thao.docx"
    path.write_bytes(word_file(text).read())
    made = re.match(r".*/gop-y/\d+/", officer.page.url)
    assert made
    officer.page.goto(f"{made[0]}du-thao/")
    officer.page.set_input_files("input[type=file]", str(path))
    officer.page.get_by_role("button", name="Đọc dự thảo").click()
    expect(officer.page).to_have_url(re.compile(r"/ban/\d+/$"))


def comment(page: Page, address: str) -> str:
    """On a phone without scripts; the code of the receipt."""
    page.goto(address)
    page.get_by_role("link", name="Góp ý Khoản 1 Điều 1").click()
    page.get_by_label("Ý kiến, và nên viết lại thế nào").fill(SHORTER)
    page.wait_for_timeout(6_000)  # the rest that keeps out programs; whoever types has it
    page.get_by_role("button").last.click()
    return page.locator(".receipt").inner_text()


def select(page: Page, address: str) -> None:
    """Where scripts run, words are selected in the provision."""
    page.add_init_script(path=AXE)
    page.goto(address)
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(GRAVE) == []
    page.get_by_role("link", name="Góp ý Khoản 1 Điều 1").click()
    page.locator("[data-provision]").select_text()
    expect(page.locator("[name=quoted]")).to_have_value(re.compile("tiếp công dân"))
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(GRAVE) == []


def reply(secretary: Visitor) -> None:
    """The unit's official reply."""
    page = secretary.page
    page.add_init_script(path=AXE)
    page.goto(f"{secretary.site.address}/gop-y/")
    page.get_by_role("link", name=SUBJECT).first.click()
    page.get_by_role("link", name=re.compile("Góp ý Điều 2")).click()
    page.get_by_label("Ý kiến của đơn vị").fill("Bổ sung viên chức")
    page.get_by_role("button", name="Lưu vào văn bản trả lời").click()
    page.get_by_label("Số, ký hiệu văn bản trả lời").fill("9-CV/CB")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator("#reply")).to_contain_text("9-CV/CB")
    assert page.evaluate(GRAVE) == []


def deal_with(officer: Visitor, made: str, label: str) -> None:
    """The comments of a provision grouped, confirmed and accepted."""
    page = officer.page
    page.goto(made)
    page.locator(".provision-list li", has_text=re.compile(rf"^\s*{label}\s")).get_by_role("link").click()
    page.get_by_role("button", name="Gộp ý kiến giống nhau lại").click()
    page.get_by_role("button", name="Đã xem, các nhóm đúng").click()
    page.locator("#results a").first.click()
    page.get_by_label("Tiếp thu toàn phần").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#results")).to_contain_text("Tiếp thu toàn phần")
