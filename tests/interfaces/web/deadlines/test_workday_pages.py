"""The pages of the working calendar: everybody reads a year, few change it, and see first what they change."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.foundation.workdays.models import CalendarDay, CalendarYear
from motbuoc.foundation.workdays.planning import plan_confirmation
from motbuoc.foundation.workdays.selectors import calendar, is_workday
from motbuoc.foundation.workdays.services import save_year
from motbuoc.interfaces.papers.calendar_files import read_days, write_days

YEAR, CONFIRM, CHANGE = reverse("workday_year"), reverse("workday_confirm"), reverse("workday_change")
IMPORT, SAVE = reverse("workday_import"), reverse("workday_save")
BASIS = "Thông báo số 1 ngày 05/01/2026"


@pytest.fixture(autouse=True)
def _spring():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def confirmed(cast) -> CalendarYear:
    return save_year(actor=cast.administrator, plan=plan_confirmation(2026, BASIS)).year


def plan_in(answer) -> str:
    return re.search(r'name="plan" value="([^"]+)"', answer.content.decode())[1]


def test_everybody_reads_a_year(cast, as_person) -> None:
    html = as_person(cast.member).get(YEAR).content.decode()
    assert html.count('class="month year-month"') == 12
    assert "Proposed, not confirmed yet" in html
    assert "Ngày Chiến thắng" in html
    assert CONFIRM not in html
    for odd in ("1", "99999", "abcd", "²²²²"):
        assert as_person(cast.member).get(YEAR, {"year": odd}).status_code == 200


def test_a_year_costs_the_same_however_often_it_was_changed(
    cast, as_person, confirmed, django_assert_max_num_queries
) -> None:
    client = as_person(cast.administrator)
    client.get(YEAR)
    with django_assert_max_num_queries(20) as few:
        client.get(YEAR)
    for _ in range(15):
        confirmed.changes.create(made_by=cast.administrator, legal_basis="x")
    with django_assert_max_num_queries(len(few)):
        client.get(YEAR)


def test_a_year_is_confirmed_after_a_look(cast, as_person) -> None:
    client = as_person(cast.administrator)
    assert client.post(f"{CONFIRM}?year=2026", {"legal_basis": " "}).status_code == 422
    preview = client.post(f"{CONFIRM}?year=2026", {"legal_basis": BASIS})
    assert "The year is confirmed with this" in preview.content.decode()
    assert not CalendarYear.objects.exists()
    assert client.post(SAVE, {"plan": plan_in(preview)}).status_code == 302
    html = client.get(YEAR).content.decode()
    assert f"Confirmed on 10/03/2026 by: {BASIS}" in html
    again = client.post(SAVE, {"plan": plan_in(preview)})
    assert again.status_code == 409
    assert "look at it once more" in again.content.decode()


@pytest.mark.usefixtures("confirmed")
def test_a_day_is_changed_after_a_look(cast, as_person) -> None:
    client = as_person(cast.administrator)
    told = {"day": "09/05/2026", "kind": "swapped_work", "name": "Làm bù", "legal_basis": "Công văn số 7"}
    assert 'value="09/05/2026"' in client.get(f"{CHANGE}?day=2026-05-09").content.decode()
    wrong = client.post(CHANGE, {**told, "day": "12/05/2026"})
    assert wrong.status_code == 422
    assert "worked anyway" in wrong.content.decode()
    preview = client.post(CHANGE, told)
    html = preview.content.decode()
    assert "ordinary day" in html
    assert "Làm bù" in html
    client.post(SAVE, {"plan": plan_in(preview)})
    assert is_workday(date(2026, 5, 9))
    assert "ordinary day → Working day, swapped: Làm bù" in client.get(YEAR).content.decode()


def test_others_change_nothing(cast, as_person) -> None:
    for person in (cast.officer, cast.secretary, cast.member):
        for page in (CONFIRM, CHANGE, IMPORT):
            assert as_person(person).get(page).status_code == 403
        assert as_person(person).post(SAVE, {"plan": "x"}).status_code == 403
    forged = as_person(cast.administrator).post(SAVE, {"plan": "forged"})
    assert forged.status_code == 302
    assert as_person(cast.administrator).get(SAVE).status_code == 405
    assert not CalendarYear.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ics"])
def test_what_goes_out_comes_in_again(cast, as_person, kind) -> None:
    answer = as_person(cast.member).get(reverse("workday_export"), {"year": 2026, "as": kind})
    assert f"lich-lam-viec-2026.{kind}" in answer["Content-Disposition"]
    client = as_person(cast.administrator)
    upload = SimpleUploadedFile(f"lich.{kind}", answer.content)
    preview = client.post(f"{IMPORT}?year=2026", {"file": upload, "legal_basis": BASIS})
    before = dict(calendar().days_of(2026))
    client.post(SAVE, {"plan": plan_in(preview)})
    assert dict(calendar().days_of(2026)) == before
    assert CalendarDay.objects.count() == len(before)


def test_errors_of_a_file_are_told_by_row(cast, as_person) -> None:
    rows = "Ngày;Loại ngày;Tên;Căn cứ\n30/04/2026;Ngày lễ, tết;Chiến thắng;\n31/02/2026;Ngày lễ, tết;x;\n"
    upload = SimpleUploadedFile("lich.csv", rows.encode())
    answer = as_person(cast.administrator).post(f"{IMPORT}?year=2026", {"file": upload, "legal_basis": BASIS})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert '<th scope="row" class="num">3</th>' in html
    assert "“31/02/2026” is no date" in html
    assert not CalendarYear.objects.exists()


def book(*rows: tuple[str, ...]) -> bytes:
    written = BytesIO()
    made = xlsxwriter.Workbook(written)
    sheet = made.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    made.close()
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("lich.pdf", b"x", ".csv, .xlsx or .ics"),
        ("lich.csv", b"\xff\xfe\x00x", "CSV UTF-8"),
        ("lich.csv", "một;hai\n".encode(), "name the columns"),
        ("lich.csv", b"x" * 1_000_001, "at most 1 MB"),
        ("lich.xlsx", b"not a zip", "damaged"),
        ("lich.xlsx", book(("a", "b")), "name the columns"),
        ("lich.ics", b"hello", "no iCalendar"),
        (
            "lich.ics",
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            "has no day",
        ),
        (
            "lich.ics",
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260430\r\nRRULE:FREQ=DAILY\r\n"
            b"END:VEVENT\r\nEND:VCALENDAR\r\n",
            "repeats",
        ),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(cast, as_person, name, content, sentence) -> None:
    upload = SimpleUploadedFile(name, content)
    answer = as_person(cast.administrator).post(f"{IMPORT}?year=2026", {"file": upload, "legal_basis": BASIS})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_an_event_of_several_days_is_each_of_them() -> None:
    content = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260216\r\n"
        b"DTEND;VALUE=DATE:20260221\r\nSUMMARY:T\xe1\xba\xbft\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    rows = read_days("tet.ics", content)
    assert [row.day for row in rows] == [date(2026, 2, day) for day in range(16, 21)]
    assert {(row.kind, row.name) for row in rows} == {("holiday", "Tết")}


def test_what_looks_like_a_formula_stays_words() -> None:
    from motbuoc.foundation.workdays.calendar import Special

    days = {date(2026, 5, 12): Special("holiday", "=1+1", "x")}
    written = write_days(days, 2026, "csv").decode("utf-8-sig")
    assert "'=1+1" in written
    assert read_days("x.csv", written.encode())[0].name == "=1+1"
