"""Two people at the same duty, and at the same result: the second is told, sees both, loses nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from tests.factories import TEXT
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

HERS = {"what": "hội nghị quán triệt cho toàn thể đảng viên", "product": "Biên bản hội nghị"}
HIS = {
    "what": "02 hội nghị quán triệt, theo cụm chi bộ",
    "product": "Báo cáo tổng hợp hai hội nghị",
    "due_on": (date.today() + timedelta(days=30)).strftime("%d/%m/%Y"),  # noqa: DTZ011
}
REASON = "Bổ sung danh sách người dự của từng chi bộ"


@pytest.fixture
def officers(visit) -> tuple[Visitor, Visitor]:
    """Two officers of the department, each at a desk of their own."""
    return visit("chuyenvien"), visit("chuyenvien2", password=settings.DEMO_PASSWORD)


def test_two_people_correct_one_duty(officers: tuple[Visitor, Visitor], tmp_path: Path) -> None:
    first, second = officers
    file = tmp_path / "van-ban.txt"
    file.write_text(TEXT.replace("Số 12-CV/ĐUK", "Số 71-CV/ĐUK"))
    review = first.brings_in(file)
    second.page.goto(review)
    for officer, typed in ((first, HERS), (second, HIS)):
        officer.page.locator("article.duty-card").first.get_by_role("link", name="Sửa").click()
        type_in(officer.page, typed)
    save(first.page)
    expect(first.page.locator("article.duty-card").first).to_contain_text(HERS["product"])

    save(second.page)
    sees_both_versions(second.page)
    first.page.reload()
    expect(first.page.locator("article.duty-card").first).to_contain_text(HERS["product"])

    save(second.page)
    for officer in officers:
        officer.page.goto(review)
        card = officer.page.locator("article.duty-card").first
        expect(card).to_contain_text(HIS["product"])
        expect(card).to_contain_text(HIS["due_on"])
        expect(card).not_to_contain_text(HERS["product"])
    assert first.complaints == []
    assert ["status of 409" in complaint for complaint in second.complaints] == [True]


def form_of(page: Page) -> Locator:
    """The open form of a duty."""
    return page.locator("form.duty-form")


def type_in(page: Page, typed: dict[str, str]) -> None:
    """Fill the open form."""
    for name, words in typed.items():
        form_of(page).locator(f"[name={name}]").fill(words)
    form_of(page).locator("[name=time_kind]").select_option("dated")


def save(page: Page) -> None:
    """Press Save and wait for the answer."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        form_of(page).get_by_role("button", name="Lưu").click()


def sees_both_versions(page: Page) -> None:
    """Told that somebody came first; both versions side by side; everything typed still in the form."""
    told = page.get_by_role("status").filter(has_text="Có người khác đã sửa nội dung này")
    expect(told).to_be_in_viewport()
    for label, name in (("Làm việc gì", "what"), ("Sản phẩm", "product")):
        row = told.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True))
        expect(row.get_by_role("cell")).to_have_text([HERS[name], HIS[name]])
    for name, words in HIS.items():
        expect(form_of(page).locator(f"[name={name}]")).to_have_value(words)


def test_two_people_decide_on_one_result(officers: tuple[Visitor, Visitor]) -> None:
    first, second = officers
    first.goes_to("/viec/?tab=waiting")
    first.page.locator("#inbox tbody a[href^='/viec/']").first.click()
    task = first.page.url
    second.page.goto(task)
    reason = second.page.locator("#id_reason_text")
    reason.fill(REASON)
    first.page.get_by_role("button", name="Duyệt hoàn thành").click()
    expect(first.page.locator(".badges")).to_contain_text("Hoàn thành")

    second.page.get_by_role("button", name="Trả lại kèm lý do").click()
    told = second.page.get_by_role("status").filter(has_text="Có người khác vừa thay đổi")
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text("Duyệt hoàn thành")
    expect(told).to_contain_text(first.page.locator(".viewer-menu .name").first.inner_text())
    expect(reason).to_have_value(REASON)
    expect(second.page.locator(".badges")).to_contain_text("Hoàn thành")

    second.page.get_by_role("button", name="Mở lại").click()
    expect(second.page.locator(".badges")).to_contain_text(re.compile("trả lại", re.IGNORECASE))
    first.page.reload()
    expect(first.page.locator("#entries")).to_contain_text(REASON)
    assert first.complaints == []
    assert ["status of 409" in complaint for complaint in second.complaints] == [True]
