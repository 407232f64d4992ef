"""Tables, appendices, and the comments that say where words come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from tests.vanban.write.conftest import Opened
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Regime
from vanban.write import write
from vanban.writing.annexes import roman
from vanban.writing.blocks import is_number, with_end_mark

Blocks = Sequence[Paragraph | Table]

BOARD = Table(
    ("TT", "Đơn vị", *(f"Khoản {item}" for item in range(1, 8))),
    tuple(
        (
            Run(str(row)),
            Run(f"Chi bộ Mẫu {row}"),
            *(Run("Hoàn thành", source=f"{row}.{item}") for item in range(7)),
        )
        for row in range(1, 101)
    ),
    widths=(1, 5, 2, 2, 2, 2, 2, 2, 2),
)
WIDE = Annex("TÌNH HÌNH THỰC HIỆN", (BOARD,), landscape=True)
SHORT = Annex("DANH MỤC MINH CHỨNG", (Paragraph((Run("Một biên bản."),)),))


def test_words_with_a_source_carry_it_as_a_comment(report: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(report, body))
    assert [(comment.text, comment.author) for comment in file.comments] == [
        ("Khoản 1, chốt ngày 30/6/2022", "Một Bước"),
        ("Bảng tổng hợp", "Một Bước"),
    ]
    marked = [run for run in file.element.body.iter(qn("w:r")) if _opens_a_comment(run)]
    assert [run.text for run in marked] == ["87/95 đơn vị", "91,6%"]
    assert all(run.getnext().tag == qn("w:commentRangeEnd") for run in marked)


def _opens_a_comment(run) -> bool:  # type: ignore[no-untyped-def]
    return run.getprevious() is not None and run.getprevious().tag == qn("w:commentRangeStart")


def test_a_source_of_several_lines_is_one_comment(report: Document, opened: Opened) -> None:
    blocks = [Paragraph((Run("Số liệu", source="Đơn vị A\nĐơn vị B"),))]
    (comment,) = opened(write(report, blocks)).comments
    assert [paragraph.text for paragraph in comment.paragraphs] == ["Đơn vị A", "Đơn vị B"]


def test_a_column_named_as_centred_is_centred_whatever_it_holds(report: Document, opened: Opened) -> None:
    rows = ((Run("12"), Run("chữ")), (Run("12"), Run("1/2")))
    table = opened(write(report, [Table(("Số", "Giữa"), rows, centred=(1,))])).tables[1]
    aligned = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows[1:]]
    assert aligned == [[WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER]] * 2


def test_table_repeats_its_head_and_sets_figures_to_the_right(
    report: Document, body: Blocks, opened: Opened
) -> None:
    table = opened(write(report, body)).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Đơn vị", "Tỷ lệ"]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")
    assert table._tbl.xpath("./w:tblPr/w:tblBorders/w:insideH/@w:val") == ["single"]
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert aligned == [WD_ALIGN_PARAGRAPH.CENTER, None, WD_ALIGN_PARAGRAPH.RIGHT]
    widths = [column.width for column in table.columns]
    assert abs(sum(widths) - Mm(165)) < Mm(0.2)
    assert abs(widths[1] - 3 * widths[0]) < Mm(0.2)


def test_a_table_whose_row_is_short_is_refused(report: Document) -> None:
    with pytest.raises(ValueError, match="shorter"):
        write(report, [Table(("A", "B"), ((Run("1"),),))])


@pytest.mark.parametrize("text", ["7", "1.234,5", "-3", "75,61%", "87/95", "12 %"])
def test_figures_are_known_as_such(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "-", "%", "07/3/2022", "3 đơn vị", "Khoản 1"])
def test_words_and_dates_are_no_figures(text: str) -> None:
    assert not is_number(text)


def test_annexes_lie_on_pages_of_their_own(report: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(report, body, (WIDE, SHORT)))
    first, second, third = file.sections
    assert [section.orientation for section in (first, second, third)] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
        WD_ORIENTATION.PORTRAIT,
    ]
    assert abs(second.page_width - Mm(297)) < Mm(0.1)
    assert second.header.is_linked_to_previous  # the same page number goes on
    assert not second.different_first_page_header_footer
    labels = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "vanban annex label"]
    assert labels == ["Phụ lục 1", "Phụ lục 2"]
    board = file.tables[-1]
    assert len(board._tbl.tr_lst) == 101
    assert abs(sum(column.width for column in board.columns) - Mm(252)) < Mm(0.5)
    assert len(list(file.comments)) == 2 + 700


def test_a_single_annex_has_no_number(report: Document, body: Blocks, opened: Opened) -> None:
    texts = [paragraph.text for paragraph in opened(write(report, body, (SHORT,))).paragraphs]
    assert texts.index("Phụ lục") + 1 == texts.index("DANH MỤC MINH CHỨNG")


def test_new_party_layout_ties_each_annex_to_the_document(report: Document, body: Blocks, opened: Opened) -> None:
    paper = replace(report, header=replace(report.header, date=date(2026, 6, 1)))
    file = opened(write(paper, body, (SHORT, SHORT)))
    references = [line.text for line in file.paragraphs if line.style.name == "vanban annex reference"]
    expected = "(Kèm theo Báo cáo số 05-BC/ĐUK, ngày 01/6/2026 của ĐẢNG ỦY KHỐI CƠ QUAN - DOANH NGHIỆP TỈNH)"
    assert references == [expected, expected]
    for section in list(file.sections)[1:]:
        assert section._sectPr.xpath("./w:pgNumType/@w:start") == ["1"]
        assert section.different_first_page_header_footer


def test_state_annexes_count_in_roman(report: Document, body: Blocks, opened: Opened) -> None:
    header = replace(report.header, date=date(2025, 6, 3), symbol=Field("BC-SNV"))
    file = opened(write(replace(report, regime=Regime.STATE, header=header), body, (SHORT, SHORT)))
    labels = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "vanban annex label"]
    assert labels == ["Phụ lục I", "Phụ lục II"]
    assert [roman(number) for number in (4, 9, 14, 40, 49)] == ["IV", "IX", "XIV", "XL", "XLIX"]


@pytest.mark.parametrize(
    ("text", "mark", "ended"),
    [
        ("trân trọng báo cáo", ".", "trân trọng báo cáo."),
        ("trân trọng báo cáo./.", ".", "trân trọng báo cáo."),
        ("trân trọng báo cáo.", "./.", "trân trọng báo cáo./."),
        ("trân trọng báo cáo./.", "./.", "trân trọng báo cáo./."),
        ("gồm các nội dung sau:", "./.", "gồm các nội dung sau:"),
    ],
)
def test_the_text_ends_with_the_mark_of_its_layout(text: str, mark: str, ended: str) -> None:
    (last,) = with_end_mark([Paragraph((Run(text), Run(" ")))], mark)
    assert isinstance(last, Paragraph)
    assert last.runs[0].text == ended
