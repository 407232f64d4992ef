"""A survey is built in the office, answered on old phones without scripts, counted, and taken along as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, Visitor
from tests.journeys.test_for_everybody import AXE, GRAVE, TOO_WIDE, opens

pytestmark = pytest.mark.journey
TITLE = "Bữa ăn ca của công nhân"
PEOPLE = 5


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


def test_built_answered_counted_and_taken_along(
    visit, site: Site, phones: tuple[Page, Page], tmp_path: Path
) -> None:
    officer: Visitor = visit("chuyenvien")
    officer.page.add_init_script(path=AXE)
    survey = build(officer)
    address = officer.page.locator("a[href^='/ks/']").first.get_attribute("href")
    old, new = phones
    for _each in range(PEOPLE):
        answer(old, f"{site.address}{address}")
    assert {one["name"] for one in old.context.cookies()} <= {"csrftoken"}
    new.add_init_script(path=AXE)
    new.goto(f"{site.address}{address}")
    new.get_by_label("2", exact=True).check()
    new.goto(f"{site.address}{address}")  # the line broke: what was chosen is still there
    expect(new.get_by_label("2", exact=True)).to_be_checked()
    assert new.evaluate(TOO_WIDE) <= 0
    assert new.evaluate(GRAVE) == []

    opens(officer, survey.removeprefix(site.address))
    opens(officer, f"{survey.removeprefix(site.address)}ket-qua/")
    expect(officer.page.locator("main")).to_contain_text("Kết quả được giấu kín")
    officer.page.goto(survey)
    officer.page.get_by_role("button", name="Kết thúc và tổng hợp").click()
    expect(officer.page.locator(".badges")).to_contain_text("Đã kết thúc")
    results = officer.page.get_by_role("link", name="Kết quả khảo sát")
    for _each in range(20):
        if results.count():
            break
        officer.page.wait_for_timeout(1_000)  # the worker adds up
        officer.page.goto(survey)
    results.click()
    expect(officer.page.locator("main")).to_contain_text(f"Số người trả lời: {PEOPLE}")
    with officer.page.expect_download() as taken:
        officer.page.get_by_role("link", name="Kết quả, CSV").click()
    taken.value.save_as(tmp_path / "ket-qua.csv")
    assert f"Chấm điểm bữa ăn,,1,Rất dở,{PEOPLE}" in (tmp_path / "ket-qua.csv").read_text()
    officer.page.goto(survey)
    officer.page.get_by_role("button", name="Công bố kết quả khảo sát").click()
    new.goto(f"{site.address}{address}")
    expect(new.locator("main")).to_contain_text("Kết quả, công bố ngày")
    assert new.evaluate(TOO_WIDE) <= 0
    assert new.evaluate(GRAVE) == []
    assert officer.complaints == []


def build(officer: Visitor) -> str:
    """Two questions, the second for whoever is not pleased; opened. The address of the survey."""
    page, today = officer.page, f"{date.today():%d/%m/%Y}"  # noqa: DTZ011 - as whoever types it
    opens(officer, "/khao-sat/moi/")
    page.get_by_label("Tên khảo sát").fill(TITLE)
    page.get_by_label("Mục đích khảo sát").fill("Chọn lại đơn vị nấu ăn")
    page.get_by_label("Ngày bắt đầu").fill(today)
    page.get_by_label("Ngày cuối").fill(today)
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page).to_have_url(re.compile(r"/khao-sat/\d+/$"))
    survey = page.url
    page.get_by_role("link", name="Cho điểm theo thang").click()
    page.get_by_label("Câu hỏi", exact=True).fill("Chấm điểm bữa ăn")
    page.get_by_label("Lời chú của mức").fill("Rất dở\nRất ngon")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Chọn một phương án").click()
    page.get_by_label("Câu hỏi", exact=True).fill("Dở ở chỗ nào?")
    page.get_by_label("Các phương án").fill("Món ăn\nGiờ ăn")
    page.get_by_label("Rất dở").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#questions")).to_contain_text("Chỉ hỏi nếu câu 1 trả lời: Rất dở")
    page.get_by_role("button", name="Mở để trả lời").click()
    expect(page.locator(".badges")).to_contain_text("Đang mở")
    return survey


def answer(page: Page, address: str) -> None:
    """Step by step; what was forgotten is asked for."""
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text("Dở ở chỗ nào?")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("main")).to_contain_text("Xin trả lời câu này.")
    page.get_by_label("1", exact=True).check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Giờ ăn").check()
    send = page.get_by_role("button", name="Gửi câu trả lời")
    send.click()
    for _each in range(5):  # without a script the form rests, and keeps what was chosen
        if not send.count():
            break
        expect(page.get_by_label("Giờ ăn")).to_be_checked()
        page.wait_for_timeout(1_500)
        send.click()
    expect(page.get_by_role("heading")).to_contain_text("Cảm ơn")
