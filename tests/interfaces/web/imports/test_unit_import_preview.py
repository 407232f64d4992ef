"""The preview: every change or every error, and exactly what was seen is what is written."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from django.urls import reverse

from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Position
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit
from motbuoc.foundation.reorganisation.services import create_unit
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitVersion
from tests.interfaces.web.imports.conftest import send, workbook

URL = reverse("unit_import_preview")
UNITS = [
    {"code": "A1", "name": "Chi bộ <b>Một</b>", "kind": "Chi bộ", "parent": "A"},
    {"code": "B", "name": "Đảng bộ Công ty Bình Minh Mới"},
]
PEOPLE = [{"full_name": "Bùi Thử Một", "unit": "A1", "title": "Bí thư", "valid_from": date(2026, 4, 1)}]


def confirm(client, answer):
    digest = answer.context["plan"].digest
    return client.post(URL, {"digest": digest}, follow=True)


def test_the_preview_shows_what_would_change_and_writes_nothing(administrator, cast) -> None:
    answer = send(administrator, workbook(UNITS, PEOPLE))
    text = answer.content.decode()
    assert "Chi bộ &lt;b&gt;Một&lt;/b&gt;" in text
    assert "Đảng bộ Công ty Bình Minh Mới" in text
    assert "Bùi Thử Một (mới)" in text
    assert "01/04/2026" in text
    assert "Chi bộ Sở Ánh Dương" in text.split("Đơn vị không có trong tệp")[-1]
    assert not UnitVersion.objects.filter(code="A1").exists()
    answer = confirm(administrator, answer)
    assert "Đơn vị mới: 1." in answer.content.decode()
    assert Unit.objects.on(date(2026, 3, 2)).get(code="A1").name == "Chi bộ <b>Một</b>"
    assert Position.objects.get(unit__versions__code="A1").valid_from == date(2026, 4, 1)
    assert HistoryLine.objects.filter(action="import_units", object_type="unit").count() == 1
    assert administrator.get(URL).status_code == 302


def test_errors_are_shown_by_sheet_row_and_column(administrator, cast) -> None:
    answer = send(administrator, workbook([*UNITS, {"code": "A1", "name": "x"}], [{"unit": "khong-co"}]))
    text = answer.content.decode()
    assert "Mã này đã có ở dòng 2" in text
    assert "Thiếu “Họ tên”" in text
    assert "Ghi tất cả" not in text
    refused = administrator.post(URL, {"digest": answer.context["plan"].digest})
    assert refused.status_code == 422
    assert not UnitVersion.objects.filter(code="A1").exists()


def test_when_the_tree_has_changed_the_new_preview_is_shown(administrator, cast) -> None:
    answer = send(administrator, workbook(UNITS))
    new = NewUnit("Chi bộ khác", "Khác", "A1", UnitKind.PARTY_CELL, cast.unit_a)
    create_unit(actor=cast.administrator, new=new, basis=Basis(date(2026, 3, 2), "QĐ"))
    again = confirm(administrator, answer)
    assert again.status_code == 409
    text = again.content.decode()
    assert "đã thay đổi sau khi đồng chí xem trước" in text
    assert "Chi bộ khác" in text
    assert UnitVersion.objects.filter(name__contains="Bình Minh Mới").count() == 0
    assert confirm(administrator, again).status_code == 200
    assert UnitVersion.objects.filter(name__contains="Bình Minh Mới").count() == 1


def test_a_file_that_says_what_is_there_offers_nothing_to_write(administrator, cast) -> None:
    exported = administrator.get(reverse("unit_export"), {"on": "02/03/2026"})
    answer = send(administrator, b"".join(exported.streaming_content))
    text = answer.content.decode()
    assert "Không có gì thay đổi" in text
    assert "Ghi tất cả" not in text


def test_without_a_file_one_is_sent_back(administrator) -> None:
    answer = administrator.get(URL, follow=True)
    assert answer.redirect_chain[0][0] == reverse("unit_import")
    assert "Không có tệp nào chờ xác nhận" in answer.content.decode()


def test_as_many_queries_for_thirty_units_as_for_three(administrator, cast, django_assert_max_num_queries) -> None:
    counts = []
    for many in (3, 30):
        rows = [{"code": f"K{n}", "name": f"Chi bộ {n}", "kind": "Chi bộ", "parent": "A"} for n in range(many)]
        send(administrator, workbook(rows))
        with django_assert_max_num_queries(100) as asked:
            administrator.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_exported_file_edited_by_hand_renames_and_ends(administrator, cast) -> None:
    exported = b"".join(administrator.get(reverse("unit_export"), {"on": "02/03/2026"}).streaming_content)
    edited = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(exported)) as old, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace("<t>Đảng bộ Công ty Bình Minh</t>", "<t>Đảng bộ Bình Minh</t>", 1)
            if name == "xl/worksheets/sheet2.xml":
                last_day = '<c r="F2" t="inlineStr"><is><t>30/6/2026</t></is></c></row><row r="3"/>'
                start, row, rest = content.partition('<row r="2"')
                content = start + row + rest.replace("</row>", last_day, 1)
            new.writestr(name, content)
    answer = send(administrator, edited.getvalue())
    plan = answer.context["plan"]
    assert plan.problems == []
    assert [(change.before, change.after) for change in plan.renamed] == [
        ("Đảng bộ Công ty Bình Minh", "Đảng bộ Bình Minh")
    ]
    assert [(ending.full_name, ending.valid_until) for ending in plan.ended] == [
        ("Phạm Thử Thư", date(2026, 7, 1))
    ]
    assert confirm(administrator, answer).status_code == 200
    assert Position.objects.get(person=cast.secretary).valid_until == date(2026, 7, 1)
