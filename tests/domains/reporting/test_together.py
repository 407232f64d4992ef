"""Outlines of one's own, remarks with suggestions, whose section it is, versions side by side, and the files."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from motbuoc.domains.registers.models import Outgoing
from motbuoc.domains.registers.reported import issue_draft, outgoing_of
from motbuoc.domains.reporting.drafted import Draft, Outline, Paragraph, Part, Remark
from motbuoc.domains.reporting.drafting import begin_draft, edit_paragraph, refresh_draft, take_draft_step
from motbuoc.domains.reporting.drafts import outline_choices
from motbuoc.domains.reporting.outlines import SHIPPED
from motbuoc.domains.reporting.outlining import change_outline, close_outline, lines_of, make_outline, sections_in
from motbuoc.domains.reporting.together import NOW, compared, give_section, remark_on, settle_remark
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.interfaces.papers.draft_paper import annex_file, draft_file, sources_file
from tests.factories import Cast
from tests.factories.ledger import submission_of
from tests.factories.reporting import Reported, make_draft

pytestmark = pytest.mark.django_db
LINES = """I. | Tình hình | | tự viết
1. | Đối thoại | i2_05 | số liệu, biểu đồ
II. | Còn lại | | số liệu, lời văn, bảng"""


@pytest.fixture
def reported(cast: Cast) -> Reported:
    return make_draft(cast)


class TestOutlines:
    """Written as lines."""

    @pytest.mark.parametrize("name", SHIPPED)
    def test_lines_and_sections_are_the_same(self, name: str) -> None:
        assert sections_in(lines_of(SHIPPED[name])) == SHIPPED[name]

    @pytest.mark.parametrize("lines", ["", "1. | Một | 2 | văn vần", "1 | 2 | 3 | số liệu | 5", "1.\n" * 101])
    def test_lines_that_are_no_outline(self, lines: str) -> None:
        with pytest.raises(Refusal):
            sections_in(lines)

    def test_a_units_own_is_offered_first_also_below_it(self, cast: Cast, reported: Reported) -> None:
        made = make_outline(actor=cast.officer, unit_id=cast.bloc.pk, name="Của Khối", cycle="", lines=LINES)
        for unit in (cast.bloc, cast.unit_a):
            assert outline_choices(unit.pk)[0] == (str(made.pk), "Của Khối")
            assert outline_choices(unit.pk, "year")[0] == (str(made.pk), "Của Khối")
        assert str(made.pk) not in {each.value for each in outline_choices(cast.province.pk)}
        draft = begin_draft(
            actor=cast.officer,
            period=reported.november,
            unit_id=cast.bloc.pk,
            outline=str(made.pk),
            subject="kết quả",
        )
        of_indicator = Paragraph.objects.filter(section__draft=draft, section__item="i2_05")
        assert {row.key for row in of_indicator.filter(kind=Part.FIGURES)} >= {"i2_05"}
        rest = Paragraph.objects.filter(section__draft=draft, section__title="Còn lại")
        assert {row.key for row in rest.filter(kind=Part.FIGURES)} >= {"i2_08"}
        assert not rest.filter(key="i2_05").exists()

    def test_changed_and_closed(self, cast: Cast) -> None:
        made = make_outline(actor=cast.officer, unit_id=cast.bloc.pk, name="Một", cycle="", lines=LINES)
        with pytest.raises(Collision):
            make_outline(actor=cast.officer, unit_id=cast.bloc.pk, name="Một", cycle="", lines=LINES)
        what = {"actor": cast.officer, "outline": made, "name": "Hai", "cycle": "year", "lines": "1. | Chỉ một"}
        change_outline(**what, version=1)
        with pytest.raises(Collision):
            change_outline(**what, version=1)
        fresh = Outline.objects.get(pk=made.pk)
        assert (fresh.name, fresh.cycle, len(fresh.sections)) == ("Hai", "year", 1)
        close_outline(actor=cast.officer, outline=fresh, version=2)
        assert outline_choices(cast.bloc.pk)[0].value == "short"
        with pytest.raises(NotAllowed):
            make_outline(actor=cast.secretary, unit_id=cast.bloc.pk, name="Ba", cycle="", lines=LINES)


class TestRemarks:
    """What others say, and how it should read."""

    def test_a_suggestion_is_taken(self, cast: Cast, reported: Reported) -> None:
        row = reported.paragraph("i2_05")
        remark = remark_on(
            actor=cast.second_officer, paragraph=row, text="Gọn hơn", suggestion="Có {{i2_05}} cuộc đối thoại."
        )
        settle_remark(actor=cast.officer, remark=remark, version=row.version, is_taken=True)
        assert reported.paragraph("i2_05").edited == "Có {{i2_05}} cuộc đối thoại."
        assert Remark.objects.get(pk=remark.pk).settled_by == cast.officer
        with pytest.raises(Refusal):
            settle_remark(actor=cast.officer, remark=remark, version=2)

    def test_one_is_settled_without(self, cast: Cast, reported: Reported) -> None:
        remark = remark_on(actor=cast.officer, paragraph=reported.paragraph("i2_05"), text="Đã rõ chưa?")
        with pytest.raises(Refusal):
            settle_remark(actor=cast.officer, remark=remark, version=1, is_taken=True)
        settle_remark(actor=cast.officer, remark=remark, version=1)
        assert reported.paragraph("i2_05").edited == ""

    def test_a_suggestion_on_older_words_collides(self, cast: Cast, reported: Reported) -> None:
        row = reported.paragraph("i2_05")
        remark = remark_on(actor=cast.officer, paragraph=row, text="", suggestion="Một.")
        edit_paragraph(actor=cast.officer, paragraph=row, version=1, text="Hai.")
        with pytest.raises(Collision):
            settle_remark(actor=cast.officer, remark=remark, version=1, is_taken=True)

    def test_a_paragraph_with_remarks_outlives_its_source(self, cast: Cast, reported: Reported) -> None:
        row = reported.saying("120 tờ rơi")
        remark_on(actor=cast.officer, paragraph=row, text="Ai phát?")
        Paragraph.objects.filter(pk=row.pk).update(key="9:không còn", made={"runs": [], "said": ""})
        draft = reported.fresh()
        refresh_draft(actor=cast.officer, draft=draft, version=draft.version)
        assert Remark.objects.filter(paragraph=row.pk).exists()

    def test_not_by_readers_and_not_empty(self, cast: Cast, reported: Reported) -> None:
        row = reported.paragraph("i2_05")
        with pytest.raises(NotAllowed):
            remark_on(actor=cast.inspector, paragraph=row, text="Không.")
        with pytest.raises(Refusal):
            remark_on(actor=cast.officer, paragraph=row, text=" ")


def test_a_section_is_somebodys(cast: Cast, reported: Reported) -> None:
    section = reported.paragraph("i2_05").section
    give_section(actor=cast.officer, section=section, owner=cast.second_officer)
    section.refresh_from_db()
    assert section.owner == cast.second_officer
    with pytest.raises(Refusal):
        give_section(actor=cast.officer, section=section, owner=cast.inspector)


def test_versions_stand_side_by_side(cast: Cast, reported: Reported) -> None:
    def step(actor: object, name: str, reason: str = "") -> None:
        draft = reported.fresh()
        take_draft_step(actor=actor, draft=draft, version=draft.version, name=name, reason=reason)  # type: ignore[arg-type]

    step(cast.officer, "hand_in")
    step(cast.second_officer, "give_back", "Viết lại")
    row = reported.paragraph("i2_05")
    edit_paragraph(actor=cast.officer, paragraph=row, version=row.version, text="Có {{i2_05}} cuộc.")
    changed = [tuple(each) for each in compared(reported.fresh(), 1, NOW) if not each.is_same]
    assert changed == [("Cuộc đối thoại: 06 cuộc; kỳ trước: 03.", "Có 06 cuộc.")]
    step(cast.officer, "hand_in")
    assert not [each for each in compared(reported.fresh(), 2, NOW) if not each.is_same]


class TestFiles:
    """Word, Excel, JSON."""

    @pytest.fixture
    def draft(self, cast: Cast, reported: Reported) -> Draft:
        made = begin_draft(
            actor=cast.officer,
            period=reported.november,
            unit_id=cast.bloc.pk,
            outline="thematic",
            subject="kết quả chuyên đề",
        )
        return Draft.objects.get(pk=made.pk)

    def test_word_in_the_official_layout(self, draft: Draft) -> None:
        file = docx.Document(BytesIO(draft_file(draft)))
        text = "\n".join(paragraph.text for paragraph in file.paragraphs)
        assert "BÁO CÁO" in text
        assert "II. Kết quả thực hiện" in text
        assert "Cuộc đối thoại: 06 cuộc; kỳ trước: 03." in text
        assert "\u2063" not in text
        assert len(file.inline_shapes) == 1
        chart = next(part for part in file.part.package.iter_parts() if "/charts/" in part.partname).blob.decode()
        assert "<c:v>Tháng 11 năm 2026</c:v>" in chart
        assert "<c:v>6</c:v>" in chart
        assert '<c:dispBlanksAs val="gap"/>' in chart
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        assert cells.count("Câu hỏi, kiến nghị") == 2  # in the section's table and in the annex
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in cells[1] or any("ĐẢNG CỘNG SẢN" in cell for cell in cells)

    def test_a_part_is_called_below_its_number(self, cast: Cast, reported: Reported) -> None:
        of_year = begin_draft(
            actor=cast.officer, period=reported.november, unit_id=cast.bloc.pk, outline="annual", subject="năm"
        )
        lines = [row.text for row in docx.Document(BytesIO(draft_file(of_year))).paragraphs]
        place = lines.index("Phần thứ nhất")
        assert lines[place + 1 : place + 3] == ["Đánh giá kết quả công tác trong năm", "I. Khái quát tình hình"]

    def test_sources_are_comments_only_when_asked_for(self, draft: Draft) -> None:
        assert "word/comments.xml" not in ZipFile(BytesIO(draft_file(draft))).namelist()
        noted = ZipFile(BytesIO(draft_file(draft, with_sources=True))).read("word/comments.xml").decode()
        assert "Nguồn: 2 báo cáo của đơn vị: Chi bộ Sở Ánh Dương (Tháng 11 năm 2026); " in noted

    def test_excel_names_the_source_of_each_run(self, cast: Cast, reported: Reported, draft: Draft) -> None:
        book = ZipFile(BytesIO(annex_file(draft)))
        written = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        assert {"Cuộc đối thoại", "cuộc", "06", "03", "Biểu số liệu tháng 11 năm 2026"} <= set(written)
        both = "Chi bộ Sở Ánh Dương (Tháng 11 năm 2026); Đảng bộ Công ty Bình Minh (Tháng 11 năm 2026)"
        assert both in written

    def test_machines_read_the_sources(self, cast: Cast, reported: Reported, draft: Draft) -> None:
        content = json.loads(sources_file(draft))
        run = next(run for row in content["paragraphs"] for run in row["runs"] if run.get("cell") == "i2_05")
        mine = submission_of(reported.november, cast.unit_a.pk)
        assert {"kind": "reports", "id": mine.pk, "unit": "Chi bộ Sở Ánh Dương (Tháng 11 năm 2026)"} in run[
            "sources"
        ]
        assert content["figures"]["i2_05"]["words"] == "06"


def test_an_approved_report_goes_out_through_the_register(cast: Cast, reported: Reported) -> None:
    word_file = draft_file(reported.fresh())
    with pytest.raises(Refusal):
        issue_draft(actor=cast.officer, draft=reported.fresh(), word_file=word_file)
    for actor, name in ((cast.officer, "hand_in"), (cast.second_officer, "approve")):
        draft = reported.fresh()
        take_draft_step(actor=actor, draft=draft, version=draft.version, name=name)
    outgoing = issue_draft(actor=cast.officer, draft=reported.fresh(), word_file=word_file)
    assert (outgoing.type, outgoing.state, outgoing.subject) == ("BC", "draft", reported.draft.subject)
    assert [row.unit_id for row in outgoing.recipients.all()] == [cast.province.pk]
    with pytest.raises(Refusal):
        issue_draft(actor=cast.officer, draft=reported.fresh(), word_file=word_file)
    Outgoing.objects.update(state="void")
    assert outgoing_of(reported.draft) is None
