"""Whoever follows a directive: the board by level, taken away as a file, and the desk (guides/following.md)."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey


def test_the_board_is_narrowed_and_taken_away(visit) -> None:
    officer: Visitor = visit("chuyenvien")
    page = officer.page
    officer.goes_to("/cong-viec/")
    page.get_by_role("link", name="Nhiệm vụ dân vận trọng tâm").first.click()
    rows = page.locator(".board tbody tr")
    expect(rows.first).to_be_visible()
    page.locator("select[name=item]").select_option(index=1)
    expect(page).to_have_url(re.compile(r"item=\d+"))
    page.wait_for_load_state("networkidle")
    shown = rows.count()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải xuống dạng CSV").click()
    table = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(table) == shown + 2  # headings, and all units together
    assert table[1][0] == "Tất cả đơn vị"
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải xuống dạng Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Tiến trình").click()
    expect(page.locator(".time-picture svg")).to_be_visible()
    assert officer.complaints == []


def test_the_desk_leads_to_the_lists_and_the_wall_goes_on_by_itself(visit) -> None:
    officer: Visitor = visit("chuyenvien")
    page = officer.page
    officer.goes_to("/ban-theo-doi/")
    figure = page.locator(".figures .figure").first
    number = int(re.sub(r"\D", "", figure.locator(".figure-value").inner_text()) or 0)
    figure.get_by_role("link").click()
    expect(page).to_have_url(re.compile("lateness=3"))
    assert page.locator(".task-words").count() == min(number, 20)
    officer.goes_to("/ban-theo-doi/phong-hop/")
    expect(page.locator("h1")).to_be_visible()
    refresh = page.locator("meta[http-equiv=refresh]").get_attribute("content")
    assert refresh == "20;url=?slide=1"
    assert officer.complaints == []
