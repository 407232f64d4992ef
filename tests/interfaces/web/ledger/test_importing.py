"""A form brought in from an Excel table: read, every mistake by its cell, made as a whole or not at all."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.domains.ledger.choices import Basis, FormState, Measure
from motbuoc.domains.ledger.models import Indicator, ReportForm
from tests.factories.ledger import Ledger, make_ledger
from tests.interfaces.web.ledger.test_periods import get, post

pytestmark = pytest.mark.django_db
HEAD = ["TT", "Mã", "Tên chỉ tiêu", "Đơn vị tính", "Cách tính", "Phân tổ", "Bắt buộc", "Mục"]
GOOD = [
    ["BIỂU 05: KẾT QUẢ"],
    HEAD,
    ["I", None, "Phần đối thoại"],
    [None, None, "Phần đối thoại"],
    [1, "i2_05", "Số cuộc đối thoại", None, None, None, "x"],
    [2, "i2_07", None, "lượt người", None, "Nam; Nữ", "Không"],
    [None, None, "Phần khác"],
    [3, "n_01", "Đất hiến", "m²", "Lũy kế", None, "Có", 6],
    [4, 12, "Hội nghị", "Cuộc", "Trong kỳ", "", ""],
    [5, "n_02", "Hội viên", "Người", "Số hiện có", "", ""],
]


def workbook(rows: list[list[object]], name: str = "bieu.xlsx") -> SimpleUploadedFile:
    saved = BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    sheet = book.add_worksheet("Biểu")
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    book.close()
    return SimpleUploadedFile(name, saved.getvalue())


@pytest.fixture
def ledger(cast) -> Ledger:
    return make_ledger(cast)


def asked(cast, **more: object) -> dict[str, object]:
    return {"unit": cast.bloc.pk, "code": "05-DV", "name": "Kết quả", **more}


def test_a_table_is_shown_and_then_made_into_a_form(cast, as_person, ledger):
    client = as_person(cast.officer)
    assert "Đơn vị tính" in get(client, "form_import")
    rows = [row for row in GOOD if row != ["I", None, "Phần đối thoại"]]
    sent = asked(cast, file=workbook(rows))
    response = client.post(reverse("form_import"), sent)
    assert response.status_code == 200
    html = response.content.decode()
    for words in ("3 indicators would be defined", "Cuộc đối thoại", "m²", "Phần khác", "is there"):
        assert words in html
    assert not ReportForm.objects.filter(code="05-DV").exists()
    post(client, "form_import", **asked(cast, rows=response.context["rows"], make="1"))
    form = ReportForm.objects.get(code="05-DV")
    assert form.state == FormState.DRAFT
    found = [
        (row.indicator.code, row.heading, row.is_required, row.is_broken_down)
        for row in form.fields.select_related("indicator").order_by("position")
    ]
    assert found == [
        ("i2_05", "Phần đối thoại", True, False),
        ("i2_07", "", False, True),
        ("n_01", "Phần khác", True, False),
        ("12", "", False, False),
        ("n_02", "", False, False),
    ]
    assert Indicator.objects.filter(code="i2_05").get() == ledger.dialogues  # reused, under its own name
    land, held = Indicator.objects.get(code="n_01"), Indicator.objects.get(code="12")
    assert (land.measure_word, land.basis, land.item) == ("m²", Basis.CUMULATIVE, "6")
    assert held.measure == Measure.TIMES


def test_every_mistake_is_told_by_its_cell_and_nothing_is_made(cast, as_person, ledger):
    client, before = as_person(cast.officer), Indicator.objects.count()
    rows = [
        HEAD,
        [1, "n_01", "Một", "", "Cả năm"],
        [2, "", "Hai", "hộ"],
        [3, "n_01", "Ba", "hộ", "", "Dân tộc"],
        [4, "i2_05", "Đối thoại", "", "", "Giới", "có thể"],
        [5, "n_05", "", "hộ" * 30],
    ]
    html = post(client, "form_import", status=422, **asked(cast, file=workbook(rows)))
    for cell in ("E2", "B3", "B4", "F4", "F5", "G5", "C6", "D6"):
        assert f">{cell}<" in html, cell
    assert "Make the form of it" not in html
    sent = asked(cast, rows=json.dumps([[n, row] for n, row in enumerate(rows, 1)]), make="1")
    assert "has to be mended first" in post(client, "form_import", status=422, **sent)
    assert Indicator.objects.count() == before
    assert not ReportForm.objects.filter(code="05-DV").exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file first"),
        ({"rows": "[[1"}, "Choose a file first"),
        ({"rows": '[["a", 3]]'}, "Choose a file first"),
        ({"rows": '{"a": 1}'}, "Choose a file first"),
        ({"rows": "[]"}, "No row heads the columns"),
        ({"rows": '[[1, ["Mã", "Tên chỉ tiêu"]]]'}, "No row below the headings"),
    ],
)
def test_what_is_no_table_is_refused(cast, as_person, sent, words):
    assert words in post(as_person(cast.officer), "form_import", status=422, **asked(cast, **sent))


def test_a_file_that_is_no_workbook_is_refused(cast, as_person):
    client = as_person(cast.officer)
    wrong = SimpleUploadedFile("bieu.xlsx", b"khong phai Excel")
    assert "damaged" in post(client, "form_import", status=422, **asked(cast, file=wrong))
    html = post(client, "form_import", status=422, **asked(cast, file=workbook(GOOD, "bieu.csv")))
    assert "Only Excel workbooks" in html


def test_a_form_of_this_code_is_made_once_and_only_by_who_keeps_forms(cast, as_person, ledger):
    rows = json.dumps([[1, ["Mã", "Tên chỉ tiêu"]], [2, ["n_9", "Chín"]]])
    client = as_person(cast.officer)
    html = post(client, "form_import", status=422, **asked(cast, code="01-DV", rows=rows, make="1"))
    assert "There is a form of this code already" in html
    assert not Indicator.objects.filter(code="n_9").exists()
    get(as_person(cast.secretary), "form_import", status=403)
    get(as_person(cast.stranger), "form_import", status=404)
