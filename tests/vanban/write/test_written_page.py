"""What stands where on the written page, seen through python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx.document
import pytest
from docx.shared import Mm, Pt

from tests.vanban.write.conftest import Opened
from vanban.blocks import Paragraph, Run, Table
from vanban.document import Document, Field, Regime
from vanban.write import NoLayout, write

Blocks = Sequence[Paragraph | Table]


def cell_lines(file: docx.document.Document, table: int, column: int, row: int = 0) -> list[str]:
    cell = file.tables[table].rows[row].cells[column]
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


def lines(file: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs if paragraph.text]


def test_party_letterhead_stands_in_two_columns(report: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(report, body))
    assert cell_lines(file, 0, 0) == [
        "ĐẢNG BỘ TỈNH BẾN NGÀN",
        "ĐẢNG ỦY KHỐI\nCƠ QUAN - DOANH NGHIỆP TỈNH",
        "*",
        "Số 05-BC/ĐUK",
    ]
    assert cell_lines(file, 0, 1) == ["ĐẢNG CỘNG SẢN VIỆT NAM", "Bến Ngàn, ngày 07 tháng 02 năm 2022"]
    banner, _, day = file.tables[0].rows[0].cells[1].paragraphs
    assert (banner.style.font.size, banner.style.font.bold) == (Pt(15), True)
    assert (day.style.font.size, day.style.font.italic) == (Pt(14), True)


def test_banner_has_a_rule_as_long_as_its_words(report: Document, body: Blocks, opened: Opened) -> None:
    rule = opened(write(report, body)).tables[0].rows[0].cells[1].paragraphs[1]
    assert rule._p.xpath("./w:pPr/w:pBdr/w:top/@w:val") == ["single"]
    drawn = Mm(80) - rule.paragraph_format.left_indent - rule.paragraph_format.right_indent
    assert abs(drawn - Mm(73)) < Mm(0.5)


def test_number_and_day_not_yet_known_leave_gaps(report: Document, body: Blocks, opened: Opened) -> None:
    draft = replace(report, header=replace(report.header, number=None, date=None))
    file = opened(write(draft, body, on=date(2022, 11, 23)))
    assert cell_lines(file, 0, 0)[-1] == "Số      " + " -BC/ĐUK"
    assert cell_lines(file, 0, 1)[-1] == "Bến Ngàn, ngày" + " " * 8 + "tháng 11 năm 2022"


def test_code_alone_is_enough_for_the_number_line(report: Document, body: Blocks, opened: Opened) -> None:
    header = replace(report.header, number=None, symbol=None, code=Field("127-QĐ/TW"))
    file = opened(write(replace(report, header=header), body))
    assert cell_lines(file, 0, 0)[-1] == "Số 127-QĐ/TW"


def test_title_block_and_text(report: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(report, body))
    assert lines(file) == [
        "BÁO CÁO",
        "kết quả thực hiện công tác dân vận năm 2022",
        "-----",
        "Ban Thường vụ Đảng ủy Khối báo cáo như sau:",
        "1. Kết quả",
        "Có 87/95 đơn vị xong",
        "Ban Thường vụ Đảng ủy Khối trân trọng báo cáo.",
    ]
    text = next(paragraph for paragraph in file.paragraphs if paragraph.text.startswith("Ban Thường vụ"))
    form = text.style.paragraph_format
    assert text.style.font.name == "Times New Roman"
    assert (form.line_spacing, form.space_before) == (Pt(18), Pt(6))
    assert abs(form.first_line_indent - Mm(10)) < Mm(0.1)


def test_dispatch_has_its_subject_under_the_number(dispatch: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(dispatch, body))
    assert cell_lines(file, 0, 0)[-2:] == ["Số 05-CV/ĐUK", "Thực hiện công tác dân vận năm 2022"]
    assert lines(file)[:2] == [
        "Kính gửi:\t- Các đồng chí trong Đảng ủy Khối,",
        "- Các chi ủy, đảng ủy cơ sở,",
    ]
    assert "-----" not in lines(file)


def test_a_single_addressee_stands_beside_the_label(dispatch: Document, body: Blocks, opened: Opened) -> None:
    one = replace(dispatch, addressees=dispatch.addressees[:1])
    assert lines(opened(write(one, body)))[0] == "Kính gửi: Các đồng chí trong Đảng ủy Khối,"


def test_new_party_layout_submits_with_kinh_trinh(report: Document, body: Blocks, opened: Opened) -> None:
    header = replace(report.header, type=Field("TTr"), type_name=Field("TỜ TRÌNH"), date=date(2026, 6, 1))
    paper = replace(report, header=header, addressees=(Field("Tỉnh ủy"), Field("Ban Tổ chức Tỉnh ủy")))
    file = opened(write(paper, body))
    assert lines(file)[3:5] == ["Kính trình:\t- Tỉnh ủy;", "- Ban Tổ chức Tỉnh ủy;"]
    assert cell_lines(file, -1, 0)[1] == "- Thường trực Tỉnh ủy;"


def test_distribution_beside_signature(report: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(report, body))
    assert cell_lines(file, -1, 0) == [
        "Nơi nhận:",
        "- Thường trực Tỉnh ủy,",
        "- Như trên,",
        "- Lưu Văn phòng Đảng ủy Khối.",
    ]
    assert cell_lines(file, -1, 1) == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Thị Mẫu"]
    left, right = file.tables[-1].rows[0].cells
    label, item = left.paragraphs[:2]
    assert (label.style.font.underline, label.runs[-1].underline) == (True, False)  # the colon is not underlined
    assert item.style.font.size == Pt(12)
    assert [paragraph.style.font.bold for paragraph in right.paragraphs] == [True, False, True]
    assert right.paragraphs[2].paragraph_format.space_before >= Pt(48)


def test_a_second_office_keeps_its_small_letters(report: Document, body: Blocks, opened: Opened) -> None:
    signature = replace(report.signature, title=Field("Bí thư\nkiêm\nTrưởng Ban Chỉ đạo"))
    file = opened(write(replace(report, signature=signature), body))
    assert cell_lines(file, -1, 1)[1] == "BÍ THƯ\nkiêm\nTRƯỞNG BAN CHỈ ĐẠO"


@pytest.mark.parametrize("day", [date(2022, 2, 7), date(2026, 6, 1)])
def test_the_sheet_is_a4_and_nothing_reaches_over_its_margins(
    report: Document, body: Blocks, opened: Opened, day: date
) -> None:
    file = opened(write(replace(report, header=replace(report.header, date=day)), body))
    (section,) = file.sections
    found = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    found += [section.left_margin, section.right_margin]
    expected = [Mm(210), Mm(297), Mm(20), Mm(20), Mm(30), Mm(15)]
    assert all(abs(one - other) < Mm(0.1) for one, other in zip(found, expected, strict=True))
    for table in file.tables:
        assert sum(column.width for column in table.columns) <= Mm(165.1)


def test_the_file_points_to_nothing_outside_itself(report: Document, body: Blocks) -> None:
    with ZipFile(BytesIO(write(report, body))) as parts:
        relations = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
        assert b"External" not in relations
        assert "docProps/thumbnail.jpeg" not in parts.namelist()
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_font_and_language_hold_for_the_whole_file(report: Document, body: Blocks, opened: Opened) -> None:
    defaults = opened(write(report, body)).styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr")[0]
    assert defaults.xpath("./w:rFonts/@w:ascii") == ["Times New Roman"]
    assert defaults.xpath("./w:lang/@w:val") == ["vi-VN"]


def test_the_signature_never_stands_alone_on_a_page(report: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(report, body))
    last, gap = [line for line in file.paragraphs if line.style.name in ("vanban body", "vanban gap")][-2:]
    assert last.paragraph_format.keep_with_next is True
    assert gap.style.paragraph_format.keep_with_next is True
    assert file.tables[-1].rows[0]._tr.xpath("./w:trPr/w:cantSplit")


def test_page_numbers_from_the_second_page_on(report: Document, body: Blocks, opened: Opened) -> None:
    section = opened(write(report, body)).sections[0]
    assert section.different_first_page_header_footer is True
    assert section.first_page_header.is_linked_to_previous  # nothing is printed there
    assert section.header.paragraphs[0]._p.xpath(".//w:instrText/text()") == ["PAGE"]
    assert abs(section.header_distance - Mm(10)) < Mm(0.1)


def test_state_paper(report: Document, body: Blocks, opened: Opened) -> None:
    header = replace(
        report.header,
        superior=Field("UBND tỉnh Bến Ngàn"),
        issuer=Field("Sở Nội vụ"),
        symbol=Field("BC-SNV"),
        date=date(2025, 6, 3),
    )
    file = opened(write(replace(report, regime=Regime.STATE, header=header), body))
    assert cell_lines(file, 0, 0) == ["UBND TỈNH BẾN NGÀN", "SỞ NỘI VỤ"]
    assert cell_lines(file, 0, 1) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert cell_lines(file, 1, 0) == ["Số: 05/BC-SNV"]
    assert cell_lines(file, 1, 1) == ["Bến Ngàn, ngày 03 tháng 6 năm 2025"]
    assert "-----" not in lines(file)
    assert lines(file)[-1].endswith("báo cáo./.")
    assert cell_lines(file, -1, 0)[1] == "- Thường trực Tỉnh ủy;"


def test_long_issuer_is_broken_into_lines_that_fit(report: Document, body: Blocks, opened: Opened) -> None:
    header = replace(report.header, issuer=Field("Đảng ủy Khối Cơ quan - Doanh nghiệp tỉnh"))
    issuer = cell_lines(opened(write(replace(report, header=header), body)), 0, 0)[1]
    first, second = issuer.split("\n")
    assert first.endswith(" -")  # a dash never opens a line
    assert abs(len(first) - len(second)) <= 6


def test_urgent_paper_says_so_in_red_under_the_number(report: Document, body: Blocks, opened: Opened) -> None:
    urgent = replace(report, header=replace(report.header, urgency=Field("Thượng khẩn")))
    stamp = opened(write(urgent, body)).tables[0].rows[0].cells[0].paragraphs[-1]
    assert stamp.text == "THƯỢNG KHẨN"
    assert str(stamp.style.font.color.rgb) == "FF0000"


def test_a_classified_paper_is_refused(report: Document, body: Blocks) -> None:
    with pytest.raises(NoLayout, match="classified"):
        write(replace(report, header=replace(report.header, secrecy=Field("MẬT"))), body)


def test_a_paper_without_regime_or_date_is_refused(report: Document, body: Blocks) -> None:
    with pytest.raises(NoLayout):
        write(replace(report, regime=None), body)
    with pytest.raises(NoLayout):
        write(replace(report, header=replace(report.header, date=None)), body)


def test_headings_are_words_own(report: Document, opened: Opened) -> None:
    blocks = [
        Paragraph((Run("Phần I\nTÌNH HÌNH"),), 1),
        Paragraph((Run("1. Một"),), 2),
        Paragraph((Run("a) Hai"),), 7),
        Paragraph((Run("Hết."),)),
    ]
    file = opened(write(report, blocks))
    names = {paragraph.text: paragraph.style.name for paragraph in file.paragraphs}
    assert names["Phần I\nTÌNH HÌNH"] == "vanban heading centred"
    centred = file.styles["vanban heading centred"]
    assert centred.base_style.name == "Heading 1"  # so that it too is in the outline
    assert (names["1. Một"], names["a) Hai"]) == ("Heading 2", "Heading 4")


def test_file_says_what_it_is_and_nothing_of_the_machine(report: Document, body: Blocks, opened: Opened) -> None:
    properties = opened(write(report, body)).core_properties
    assert properties.title == "BÁO CÁO kết quả thực hiện công tác dân vận năm 2022"
    assert properties.author == "ĐẢNG ỦY KHỐI CƠ QUAN - DOANH NGHIỆP TỈNH"
    assert (properties.last_modified_by, properties.comments) == ("Một Bước", "")
    assert properties.language == "vi-VN"
    assert properties.created.date() == date(2022, 2, 7)


def test_same_input_same_bytes(report: Document, body: Blocks) -> None:
    assert write(report, body) == write(report, body)
