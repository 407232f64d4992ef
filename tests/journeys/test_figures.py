"""A unit's report in a real browser: typed by keyboard, pasted, disputed, off the line, handed in and accepted."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.journeys.test_for_everybody import AXE, opens

pytestmark = pytest.mark.journey
PASTE = """text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def report(site) -> str:
    """The address of a report that the secretary's unit owes."""
    env = os.environ | {"MOTBUOC_DATA_DIR": str(site.folder), "MOTBUOC_DEMO": "true", "MOTBUOC_DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.journeys.figures_asked", "6", "3"]
    made = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return f"/so-lieu/bao-cao/{made.stdout.strip().splitlines()[-1]}/"


def cells(page: Page) -> Locator:
    return page.locator(".grid-input")


def status(page: Page) -> Locator:
    return page.locator("[data-grid-status]")


def test_a_report_from_the_first_key_to_the_ledger(visit, report: str) -> None:
    secretary, colleague, officer = visit("bithu"), visit("bithu"), visit("chuyenvien")
    page = secretary.page
    secretary.page.add_init_script(path=AXE)
    opens(secretary, report)
    page.set_viewport_size({"width": 1440, "height": 900})
    colleague.goes_to(report)

    cells(page).nth(0).click()
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    page.keyboard.type("100")
    expect(page.locator("[data-share]")).to_have_text("8,1 %")
    expect(status(page)).to_contain_text("Đã lưu lúc")
    cells(page).nth(3).focus()
    page.evaluate(PASTE, "1\t2\t3\r\n4\tx\t1.000\r\n")
    expect(page.locator("[data-total]")).to_have_text(["6", "–"])
    expect(page.locator(".field-error")).to_contain_text("“x” không phải là số")
    cells(page).nth(7).fill("5")
    expect(page.locator(".field-error")).to_have_count(0)
    expect(page.locator("[data-total]").nth(1)).to_have_text("1.009")
    secretary.complaints.clear()  # the answer of 422 was told
    opens(secretary, report)  # with figures in it, in every look
    page.set_viewport_size({"width": 1440, "height": 900})

    other = colleague.page
    cells(other).nth(2).fill("7")  # where nobody else was
    cells(other).nth(0).fill("600")
    expect(other.locator(".grid-dispute")).to_contain_text("vừa ghi 1.234. Đồng chí ghi 600")
    other.get_by_label("Thay bằng số của tôi").check()
    expect(other.locator(".grid-dispute")).to_have_count(0)

    other.reload()
    other.context.set_offline(True)
    cells(other).nth(1).fill("90")
    other.locator(".grid-form textarea").first.fill("Viết khi mất mạng")
    expect(status(other)).to_contain_text("Mất kết nối")
    other.context.set_offline(False)
    expect(status(other)).to_contain_text("Đã lưu lúc")
    # Nothing leaves the browser any more, not even as the page goes away: what was typed is on the device alone.
    other.context.route("**/*", lambda route: route.abort())
    cells(other).nth(1).fill("91")
    expect(status(other)).to_contain_text("Mất kết nối")
    here = other.url
    with pytest.raises(Error):
        other.goto(here)
    other.context.unroute_all()
    other.goto(here)
    expect(cells(other).nth(1)).to_have_value("91")

    for _look in range(10):  # it is sent as the page opens, or was as the one before it closed
        page.reload()
        if cells(page).nth(1).input_value() == "91":
            break
        page.wait_for_timeout(500)
    assert [cell.input_value() for cell in cells(page).all()][:4] == ["600", "91", "7", "1"]
    expect(page.locator(".grid-form textarea").first).to_have_value("Viết khi mất mạng")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator(".badges")).to_contain_text("Chờ duyệt")
    officer.goes_to(report)
    officer.page.get_by_role("button", name="Chấp nhận vào sổ").click()
    expect(officer.page.locator(".timeline").first).to_contain_text("chấp nhận vào sổ")
    assert officer.complaints == []
