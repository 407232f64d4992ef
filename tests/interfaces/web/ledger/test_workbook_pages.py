"""The form by Excel: fetched, filled in, brought back; mistakes by cell, clashes shown, nothing half-kept."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.domains.ledger.filling import cells_of
from motbuoc.interfaces.papers.tables import read_tables
from tests.factories.ledger import NOVEMBER, OCTOBER, enter, key_of, make_ledger, open_month, submission_of

pytestmark = pytest.mark.django_db
FIRST = 6  # the row of the first cell


@pytest.fixture
def ledger(cast):
    return make_ledger(cast)


@pytest.fixture
def mine(cast, ledger):
    return submission_of(open_month(cast, ledger), cast.unit_a.pk)


def fetched(client, mine) -> bytes:
    response = client.get(reverse("submission_workbook", args=[mine.pk]))
    assert response.status_code == 200
    return response.content


def changed(content: bytes, **edits: object) -> bytes:
    """The workbook with other values in cells of the first sheet, by their names: D6=3."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    for title, rows in read_tables(content).items():
        page = book.add_worksheet(title)
        for number, cells in rows:
            page.write_row(number - 1, 0, cells)
        if title == "Số liệu":
            for cell, value in edits.items():
                page.write(cell, value)
    book.close()
    return out.getvalue()


def bring(client, mine, content: bytes, status=200, name="bieu.xlsx") -> str:
    response = client.post(
        reverse("submission_upload", args=[mine.pk]), {"file": SimpleUploadedFile(name, content)}
    )
    html = response.content.decode()
    assert response.status_code == status, html[:3000]
    return html


def take_over(client, mine, html, status=302):
    tags = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    sent = {name: unescape(value) for name, value in tags if name != "csrfmiddlewaretoken"}
    response = client.post(reverse("submission_detail", args=[mine.pk]), sent)
    assert response.status_code == status
    return response.content.decode()


def test_there_and_back_changes_nothing_and_filled_in_it_is_looked_at_first(cast, as_person, mine):
    enter(cast.secretary, mine, i2_08=12)
    client = as_person(cast.secretary)
    book = fetched(client, mine)
    assert "The workbook changes nothing" in bring(client, mine, book)
    html = bring(client, mine, changed(book, D6=3, E6="x", F6="ước", D7="1.000"))
    assert "3 est. (ước)" in html
    assert set(cells_of(mine)) == {key_of(mine, "i2_08")}
    take_over(client, mine, html)
    held = cells_of(mine)
    assert held[key_of(mine, "i2_05")] == (3, True, "ước")
    assert held[key_of(mine, "i2_07")].amount == 1000
    assert held[key_of(mine, "i2_08")].amount == 12


def test_every_mistake_is_told_by_its_cell_and_nothing_is_kept(cast, as_person, mine):
    client = as_person(cast.secretary)
    edits = {"D6": "ba", "D7": "1,234.5", "D8": 2.5, "D9": -1, "A10": "Gộp", "E6": "?", "I12": "9-9"}
    html = bring(client, mine, changed(fetched(client, mine), **edits), status=422)
    for words in ("D6", "“ba”", "D7", "1.234,5", "D8", "“2,5”", "D9", "“-1”", "A10", "E6", "A12"):
        assert words in html
    assert cells_of(mine) == {}
    assert "Take it over" not in html


def test_rows_that_were_sorted_find_their_cells(cast, as_person, mine):
    client = as_person(cast.secretary)
    book = fetched(client, mine)
    rows = dict(read_tables(book)["Số liệu"])
    swapped = {f"{'ABCDEFGHI'[column]}{6}": value or "" for column, value in enumerate(rows[9])}
    swapped |= {f"{'ABCDEFGHI'[column]}{9}": value or "" for column, value in enumerate(rows[6])}
    take_over(client, mine, bring(client, mine, changed(book, **{**swapped, "D6": 8, "D9": 5})))
    held = {key: one.amount for key, one in cells_of(mine).items()}
    assert held == {key_of(mine, "i2_05"): 5, key_of(mine, "i2_08"): 8}


def test_what_another_entered_meanwhile_is_shown_and_not_overwritten(cast, as_person, mine):
    client = as_person(cast.secretary)
    book = fetched(client, mine)
    enter(cast.secretary, mine, i2_05=7)
    html = bring(client, mine, changed(book, D6=3, D9=4))
    assert re.search(r"Entered by others meanwhile\">.*7", html)
    html = take_over(client, mine, html, status=409)
    assert "entered 7 meanwhile. You entered 3" in html
    assert {key: one.amount for key, one in cells_of(mine).items()} == {
        key_of(mine, "i2_05"): 7,
        key_of(mine, "i2_08"): 4,
    }


def test_another_form_is_refused_with_a_sentence(cast, as_person, ledger):
    october = submission_of(open_month(cast, ledger, OCTOBER), cast.unit_a.pk)
    period = open_month(cast, ledger, NOVEMBER)
    mine, theirs = submission_of(period, cast.unit_a.pk), submission_of(period, cast.unit_b.pk)
    client = as_person(cast.secretary)
    assert "another period" in bring(client, mine, fetched(client, october), status=422)
    foreign = fetched(as_person(cast.secretary_b), theirs)
    assert "another unit" in bring(client, mine, foreign, status=422)
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Bảng của tôi").write_row(0, 0, ["Đối thoại", 3])
    book.close()
    assert "no form that was fetched here" in bring(client, mine, out.getvalue(), status=422)
    assert "Only Excel workbooks" in bring(client, mine, b"a,b", status=422, name="bieu.csv")
    bring(client, mine, b"PK\x03\x04 broken", status=422)


def test_only_who_fills_it_in_fetches_and_brings(cast, as_person, mine):
    for page in ("submission_workbook", "submission_upload"):
        url = reverse(page, args=[mine.pk])
        assert as_person(cast.secretary_b).get(url).status_code == 404
        assert as_person(cast.officer).get(url).status_code == 403
        assert as_person(cast.secretary).delete(url).status_code == 405
    assert (
        "By Excel" in as_person(cast.secretary).get(reverse("submission_detail", args=[mine.pk])).content.decode()
    )


def merged(content: bytes, ranges: dict[str, object]) -> bytes:
    """The workbook with cells of the first sheet merged, as people do in Excel: D6:D8 and what stands in it."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    for title, rows in read_tables(content).items():
        page = book.add_worksheet(title)
        for number, cells in rows:
            page.write_row(number - 1, 0, cells)
        if title == "Số liệu":
            for cells, value in ranges.items():
                page.merge_range(cells, value, book.add_format({"align": "center"}))
    book.close()
    return out.getvalue()


def test_merged_cells_fill_one_cell_as_is_shown_and_rows_that_lost_their_key_are_told(cast, as_person, mine):
    enter(cast.secretary, mine, i2_08=12)
    client = as_person(cast.secretary)
    book = fetched(client, mine)
    html = bring(client, mine, merged(book, {"A6:A7": "Gộp"}), status=422)
    for cell in ("A6", "A7"):
        assert cell in html
    assert {held.amount for held in cells_of(mine).values()} == {12}  # nothing half-kept
    html = bring(client, mine, merged(book, {"D6:D7": 9}))
    take_over(client, mine, html)
    held = {key: one.amount for key, one in cells_of(mine).items()}
    assert held == {key_of(mine, "i2_05"): 9, key_of(mine, "i2_08"): 12}
