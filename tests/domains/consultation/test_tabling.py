"""The papers of a consultation, as a reader of Word would see them; and what is deleted in its time."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT

from motbuoc.domains.consultation import tabling
from motbuoc.domains.consultation.keeping import GONE, delete_words
from motbuoc.domains.consultation.models import Comment, CommentGroup, Consultation
from motbuoc.domains.consultation.selectors import found_by_receipt
from motbuoc.domains.consultation.tabling import counts_of, criticism_of, table_of
from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.consultation import consultation_file
from tests.domains.consultation.test_commenting import CLAUSE, prepare, say, send
from tests.domains.consultation.test_consultations import opened_by, provision, step
from tests.domains.consultation.test_disposing import LATE, ROOM, dispose, grouped
from tests.factories import Cast

pytestmark = pytest.mark.django_db


def answered(cast: Cast, **more: str) -> Consultation:
    made = opened_by(cast, cast.unit_a, cast.unit_b, **more)
    for text in LATE:
        say(made, text)
    say(made, ROOM[0], anchor="dieu-2", quoted="cán bộ")
    prepare(cast, made, ROOM[1], anchor="dieu-2")
    send(cast, made)
    step(cast, made, "close_consultation")
    (late,) = grouped(cast, made)
    (room,) = grouped(cast, made, "dieu-2")
    dispose(cast, late, "declined", reason="Luật đã quy định thời hạn", title="Rút ngắn thời hạn")
    dispose(cast, room, title="Chỗ ngồi chờ")
    step(cast, made, "answer_consultation")
    return step(cast, made, "publish_consultation")


def test_the_table_has_its_columns_and_counts(cast: Cast) -> None:
    made = answered(cast)
    told = counts_of(made)
    assert (told["asked"], told["replied"], told["none"]) == (2, 1, 0)
    assert (told["total"], told["units"], told["people"]) == (4, 1, 3)
    assert (told["accepted"], told["partly"], told["declined"], told["open"]) == (2, 0, 2, 0)
    file = docx.Document(BytesIO(consultation_file(table_of(made))))
    table = next(t for t in file.tables if t.rows[0].cells[0].text == "STT")
    heads, first, second = ([cell.text for cell in row.cells] for row in table.rows)
    assert heads == list(tabling.COLUMNS)
    assert first[1] == "Khoản 1 Điều 1"
    assert first[2] == "2 ý kiến qua trang lấy ý kiến"
    assert all(text in first[3] for text in LATE)
    assert first[4:6] == ["Không", "Luật đã quy định thời hạn"]
    assert f"Chi bộ Sở Ánh Dương (45-CV/CB, {clock.today():%d/%m/%Y})" in second[2]
    assert "“cán bộ”: Phòng tiếp công dân" in second[3]
    assert second[4] == "Toàn phần"
    assert file.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    words = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "Số đơn vị được lấy ý kiến: 2; đã trả lời: 1" in words


def test_a_table_that_is_cut_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = answered(cast)
    monkeypatch.setattr(tabling, "MOST_GROUPS", 1)
    monkeypatch.setattr(tabling, "MOST_CITED", 1)
    content = table_of(made)
    assert len(content["rows"]) == 1
    assert "(và 1 ý kiến khác cùng nội dung)" in content["rows"][0][3]
    assert any("Bảng ghi 1 trong 2 nhóm" in line for line, _level in content["paragraphs"])


def test_the_criticism_says_what_is_held_together_and_what_stays_apart(cast: Cast) -> None:
    made = answered(cast, kind="criticism", basis="217-QĐ/TW")
    file = docx.Document(BytesIO(consultation_file(criticism_of(made))))
    words = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "Căn cứ 217-QĐ/TW" in words
    together, apart = words.split("Ý kiến còn khác nhau")
    assert "Về Điều 2: Chỗ ngồi chờ" in together
    assert "Về Khoản 1 Điều 1: Rút ngắn thời hạn. Luật đã quy định thời hạn" in apart


def test_words_of_people_are_deleted_in_their_time_and_replies_stay(cast: Cast) -> None:
    made = opened_by(cast)
    code = say(made, LATE[0]).code
    delete_words(clock.today() + timedelta(days=1))
    assert found_by_receipt(code)  # it was not published yet
    made = answered(cast)
    assert provision(made, CLAUSE).comments.count() == 2
    assert delete_words(clock.today()) == 0
    assert delete_words(clock.today() + timedelta(days=1)) == 3
    kept = list(Comment.objects.filter(consultation=made).order_by("pk"))
    assert [row.text for row in kept] == [GONE, GONE, GONE, ROOM[1]]
    assert {one.title for one in CommentGroup.objects.filter(consultation=made)} == {GONE}
    assert delete_words(clock.today() + timedelta(days=1)) == 0
