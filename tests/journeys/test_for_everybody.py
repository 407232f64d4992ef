"""Every page for everybody: a silent console, nothing that juts out, accessible; and closed to all the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT, Site, Visitor, sign_in

pytestmark = pytest.mark.journey

AXE = ROOT / "node_modules/axe-core/axe.min.js"
LOOKS: dict[int, Literal["light", "dark"]] = {390: "dark", 1440: "light"}
"""Widths in px with their colours: a telephone in the evening, a desk by day."""

DISPATCH = "38-CV/ĐUK"  # of the demo
OWN = {
    "today": "/",
    "security": "/tai-khoan/bao-mat/",
    "app": "/tai-khoan/ung-dung/",
    "password": "/tai-khoan/mat-khau/",
    "stand-ins": "/uy-quyen/",
}
LISTS = {
    "inbox": "/viec/",
    "directives": "/cong-viec/",
    "documents": "/van-ban/",
    "reports": "/bao-cao/",
}
REPORTS = {"outlines": "/bao-cao/de-cuong/", "for the portal": "/bao-cao/dang-cong/"}
FIGURES = {
    "periods": "/so-lieu/",
    "schedules": "/so-lieu/che-do/",
    "forms": "/so-lieu/bieu-mau/",
    "indicators": "/so-lieu/chi-tieu/",
    "breakdowns": "/so-lieu/phan-to/",
}
WRITES = {"new outline": "/bao-cao/de-cuong/them/"}
ASKS = {
    "new schedule": "/so-lieu/che-do/moi/",
    "new form": "/so-lieu/bieu-mau/moi/",
    "form of a table": "/so-lieu/bieu-mau/tu-bang/",
    "new indicator": "/so-lieu/chi-tieu/moi/",
}
UNITS = {
    "units": "/don-vi/",
    "two days": "/don-vi/so-sanh/",
    "acts": "/don-vi/sap-xep/",
    "groups": "/don-vi/nhom/",
}
ACTS = {"merger": "/don-vi/sap-nhap/", "creation": "/don-vi/thanh-lap/", "new group": "/don-vi/nhom/moi/"}
WATCH = {
    "history": "/lich-su/",
    "root": "/lich-su/goc/",
    "inspections": "/kiem-tra/",
    "question": "/quyen/hoi/",
}
PEOPLE = {"people": "/nguoi/", "new person": "/nguoi/them/", "workbook": "/don-vi/nhap/"}
DRAFTED = ("draft", "versions of it", "file of it", "remarks in it", "sources in it")
"""What anybody sees of a report being drafted who reads reports of its unit."""
DRAFTS = (*DRAFTED, "begun", "recipients of it", "lead of it", "paragraph of it", "writer of it")
ISSUED = ("board", "document", "task", "another unit's task", "report", "sources")
UNIT_LISTS = ("inbox", "directives", "documents")
SEES: dict[str, tuple[str, ...]] = {
    "tw": (*OWN, *LISTS, *REPORTS, *DRAFTED, *FIGURES, *ISSUED, *UNITS, *WATCH, "unit", "rights"),
    "chuyenvien": (
        *(*OWN, *LISTS, *REPORTS, *WRITES, *DRAFTS, *FIGURES, *ASKS, *ISSUED, *UNITS, *WATCH),
        *("unit", "rights", "upload"),
    ),
    "thanhtra": (*OWN, *LISTS, *REPORTS, *DRAFTED, *FIGURES, *ISSUED, *UNITS, *WATCH, "unit", "rights"),
    "bithu": (
        *(*OWN, *LISTS, *REPORTS, *WRITES, "begun", *FIGURES, *UNITS, *WATCH),
        *("unit", "rights", "board", "document", "task"),
    ),
    "dangvien": (*OWN, *UNIT_LISTS, *UNITS, "unit", "document", "task"),
    "quantri": (*OWN, *UNITS, *WATCH, *PEOPLE, "unit", "rights", "new role", "slips", *ACTS),
    "nguoila": tuple(OWN),
}
KNOWN = {
    *(("dangvien", name) for name in ("board", "question", "rights")),
    *((username, name) for username in ("tw", "thanhtra", "bithu") for name in ASKS),
    *((username, name) for username in ("tw", "thanhtra") for name in (*WRITES, *DRAFTS)),
    *((username, "upload") for username in SEES if username not in ("nguoila", "quantri")),
    *(
        (username, name)
        for username in SEES
        if username != "nguoila"
        for name in (*ACTS, "workbook", "new role", "slips")
    ),
}
"""What one may know of but not open is answered 403, everything else that one may not see 404."""

GRAVE = """async () => {
  const asked = {
    runOnly: ["wcag2a", "wcag2aa"], resultTypes: ["violations"], elementRef: false, preload: false, iframes: false,
  };
  const {violations} = await axe.run(asked);
  const grave = violations.filter(({impact}) => ["serious", "critical"].includes(impact));
  return grave.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html).join(" ")}`);
}"""
TOO_WIDE = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth"


@pytest.fixture(scope="module")
def addresses(browser: Browser, site: Site) -> Iterator[dict[str, str]]:
    """Where the pages of the demo's dispatch are, found as people find them."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()

    def path_of(where: str, link: str) -> str:
        page.goto(site.address + where)
        return urlsplit(page.locator(link).first.get_attribute("href") or "").path

    page.goto(site.address)
    sign_in(page, "bithu")
    found = {"upload": "/van-ban/moi/"}
    found["board"] = path_of("/cong-viec/", f".directive-line:has-text('{DISPATCH}') a[href^='/bang/']")
    found["document"] = path_of(found["board"], "main a[href^='/van-ban/']:not([href='/van-ban/'])")
    found["task"] = path_of("/viec/?tab=all", f"tr:has-text('{DISPATCH}') a[href^='/viec/']")
    found["unit"] = path_of("/don-vi/", ".unit-name a")
    found |= {"rights": f"{found['unit']}quyen/", "new role": f"{found['unit']}quyen/giao/"}
    found["slips"] = f"{found['unit']}phieu-moi/"
    page.goto(f"{site.address}/viec/?tab=all")
    own = page.locator(".viewer-menu small").first.inner_text().split(", ")[-1]
    context.clear_cookies()
    page.goto(site.address)
    sign_in(page, "tw")
    elsewhere = f"tr:has-text('{DISPATCH}'):not(:has-text('{own}')) a[href^='/viec/']"
    found["another unit's task"] = path_of("/viec/?tab=all", elsewhere)
    found["report"] = path_of("/bao-cao/", f"tr:has-text('{DISPATCH}') th a")
    found["sources"] = path_of(found["report"], "a.thread")
    context.clear_cookies()
    page.goto(site.address)
    sign_in(page, "chuyenvien")
    found |= _drafted(page, site, path_of)
    yield OWN | LISTS | REPORTS | WRITES | FIGURES | ASKS | UNITS | WATCH | PEOPLE | ACTS | found
    context.close()


def _drafted(page: Page, site: Site, path_of: Callable[[str, str], str]) -> dict[str, str]:
    """A report that the officer begins, and the pages around it."""
    begin = path_of("/bao-cao/", "li:has-text('Tháng 10 năm 2026') a[href^='/bao-cao/du-thao/lap/']")
    page.goto(site.address + begin)
    page.get_by_role("button", name="Dựng báo cáo").click()
    page.wait_for_url(re.compile(r"/bao-cao/du-thao/\d+/$"))
    draft = urlsplit(page.url).path
    return {
        "begun": begin,
        "draft": draft,
        "versions of it": f"{draft}cac-ban/",
        "file of it": f"{draft}tai/word/",
        "recipients of it": f"{draft}noi-nhan/",
        "lead of it": f"{draft}chu-tri/",
        "sources in it": path_of(draft, "a.thread"),
        "remarks in it": path_of(draft, "a[href^='/bao-cao/'][href$='/gop-y/']"),
        "paragraph of it": path_of(draft, "a[href^='/bao-cao/doan/']:not([href*='/gop-y/']):not(.thread)"),
        "writer of it": path_of(draft, "a[href$='/giao/']"),
    }


@pytest.mark.parametrize("username", SEES)
def test_for_everybody(username: str, visit, addresses: dict[str, str]) -> None:
    visitor: Visitor = visit(username)
    visitor.page.add_init_script(path=AXE)
    for name in SEES[username]:
        opens(visitor, addresses[name])
    if username == "nguoila":
        expect(visitor.page.locator("main")).not_to_contain_text(DISPATCH)
    for name in addresses.keys() - SEES[username]:
        is_closed(visitor, addresses[name], 403 if (username, name) in KNOWN else 404)


def opens(visitor: Visitor, path: str) -> None:
    """The page is there, and in every look its console is silent, nothing juts out, axe finds nothing grave."""
    page = visitor.page
    response = page.goto(visitor.site.address + path)
    assert response
    assert response.status == 200, path
    expect(page.locator("h1")).to_have_count(1)
    for width, colours in LOOKS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")  # no colour is caught half-way
        expect(page.locator("html")).to_have_attribute("data-bs-theme", colours)
        assert page.evaluate(TOO_WIDE) <= 0, f"{path} at {width} px"
        assert page.evaluate(GRAVE) == [], f"{path} at {width} px"
    assert visitor.complaints == [], path


def is_closed(visitor: Visitor, path: str, status: int) -> None:
    """The answer is the status, and tells nothing."""
    response = visitor.page.request.get(visitor.site.address + path, max_redirects=0)
    assert response.status == status, path
    assert DISPATCH not in response.text()
