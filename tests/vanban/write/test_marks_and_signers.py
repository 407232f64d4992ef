"""What some papers have and others have not: marks, a contact line, a drafter's sign, bases, several signers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from tests.vanban.write.conftest import Opened
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Regime, Signature
from vanban.write import write

Blocks = Sequence[Paragraph | Table]
CONTACT = "Số 9, đường Mẫu, phường Mẫu; điện thoại: 0200.000.000"
NEW = date(2026, 8, 9)


def on(document: Document, regime: Regime, day: date, **header: Field) -> Document:
    return replace(document, regime=regime, header=replace(document.header, date=day, **header))


def lines(file: WordFile) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs]


def cell(file: WordFile, table: int, column: int) -> list[str]:
    return [paragraph.text for paragraph in file.tables[table].rows[0].cells[column].paragraphs]


def at_edge(file: WordFile) -> list[str]:
    header = file.sections[0].first_page_header
    return [] if header.is_linked_to_previous else [paragraph.text for paragraph in header.paragraphs]


def test_a_limit_of_circulation_of_the_party_stands_at_the_top_edge_of_page_one(
    report: Document, body: Blocks, opened: Opened
) -> None:
    limited = replace(report, header=replace(report.header, circulation=Field("Xem xong trả lại")))
    file = opened(write(limited, body))
    assert at_edge(file) == ["XEM XONG TRẢ LẠI"]
    assert file.sections[0].first_page_header.paragraphs[0].style.paragraph_format.alignment == (
        WD_ALIGN_PARAGRAPH.RIGHT
    )
    assert abs(file.sections[0].header_distance - Mm(10)) < Mm(0.1)


@pytest.mark.parametrize(
    ("day", "words", "taken_out"),
    [
        (date(2022, 2, 7), "Không phổ biến trên các phương tiện thông tin đại chúng", False),
        (NEW, "Không phổ biến trên phương tiện thông tin đại chúng", True),
    ],
)
def test_not_for_the_press_stands_on_the_last_page(
    report: Document, body: Blocks, opened: Opened, day: date, words: str, taken_out: bool
) -> None:
    file = opened(write(on(report, Regime.PARTY, day, circulation=Field(words)), body))
    mark = next(paragraph for paragraph in file.paragraphs if paragraph.text == words.upper())
    assert at_edge(file) == []
    assert lines(file).index(words.upper()) > lines(file).index("Ban Thường vụ Đảng ủy Khối trân trọng báo cáo.")
    assert bool(mark._p.xpath("./w:pPr/w:framePr")) is taken_out  # 05-HD/VPTW: at the foot of the page


def test_marks_of_the_state_stand_boxed_under_the_number(report: Document, body: Blocks, opened: Opened) -> None:
    paper = on(report, Regime.STATE, NEW, urgency=Field("Hỏa tốc"), circulation=Field("Lưu hành nội bộ"))
    file = opened(write(paper, body))
    assert cell(file, 1, 0)[1:] == ["HỎA TỐC", "LƯU HÀNH NỘI BỘ"]
    for paragraph in file.tables[1].rows[0].cells[0].paragraphs[1:]:
        assert len(paragraph._p.xpath("./w:pPr/w:pBdr/*")) == 4
    assert at_edge(file) == []


def test_a_draft_says_which_under_the_number(report: Document, body: Blocks, opened: Opened) -> None:
    paper = replace(report, header=replace(report.header, draft=Field("Dự thảo lần 2")))
    file = opened(write(paper, body))
    assert cell(file, 0, 0)[-2:] == ["Số 05-BC/ĐUK", "Dự thảo lần 2"]
    assert file.tables[0].rows[0].cells[0].paragraphs[-1].style.font.italic is True


def test_the_contact_line_stands_on_page_one_of_the_state_and_the_last_of_the_party(
    report: Document, body: Blocks, opened: Opened
) -> None:
    state = opened(write(on(report, Regime.STATE, NEW), body, contact=CONTACT))
    assert [each.text for each in state.sections[0].first_page_footer.paragraphs] == [CONTACT]
    assert CONTACT not in lines(state)
    party = opened(write(report, body, contact=CONTACT))
    assert party.sections[0].first_page_footer.is_linked_to_previous
    line = next(each for each in party.paragraphs if each.text == CONTACT)
    assert line._p.xpath("./w:pPr/w:framePr")
    assert line._p.xpath("./w:pPr/w:pBdr/w:top")


def test_the_drafters_sign_closes_the_recipients(report: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(report, body, drafter="ABC-268"))
    left = file.tables[-1].rows[0].cells[0].paragraphs
    assert [each.text for each in left[-2:]] == ["- Lưu Văn phòng Đảng ủy Khối.", "ABC-268"]
    assert left[-1].style.font.size.pt == 8


def test_margins_are_mirrored_on_the_back_of_party_papers_only(
    report: Document, body: Blocks, opened: Opened
) -> None:
    assert opened(write(report, body, two_sided=True)).settings.element.xpath("./w:mirrorMargins")
    assert not opened(write(report, body)).settings.element.xpath("./w:mirrorMargins")
    state = write(on(report, Regime.STATE, NEW), body, two_sided=True)
    assert not opened(state).settings.element.xpath("./w:mirrorMargins")


def test_the_state_of_2011_numbers_its_pages_at_the_bottom_right(
    report: Document, body: Blocks, opened: Opened
) -> None:
    section = opened(write(on(report, Regime.STATE, date(2015, 3, 7)), body)).sections[0]
    assert section.footer.paragraphs[0]._p.xpath(".//w:instrText/text()") == ["PAGE"]
    assert section.footer.paragraphs[0].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert not section.header.paragraphs[0]._p.xpath(".//w:instrText")


@pytest.mark.parametrize(
    ("regime", "day", "printed", "italic"),
    [
        (Regime.PARTY, date(2022, 2, 7), ["Căn cứ Luật Mẫu;", "Theo đề nghị của Văn phòng,"], False),
        (Regime.PARTY, NEW, ["- Căn cứ Luật Mẫu;", "- Theo đề nghị của Văn phòng."], False),
        (Regime.STATE, date(2015, 3, 7), ["Căn cứ Luật Mẫu;", "Theo đề nghị của Văn phòng,"], False),
        (Regime.STATE, NEW, ["Căn cứ Luật Mẫu;", "Theo đề nghị của Văn phòng."], True),
    ],
)
def test_bases_stand_under_who_decides_in_the_form_of_the_layout(
    report: Document, opened: Opened, regime: Regime, day: date, printed: list[str], italic: bool
) -> None:
    bases = (Field("Luật Mẫu"), Field("Theo đề nghị của Văn phòng"))
    blocks = [Paragraph((Run(words),)) for words in ("GIÁM ĐỐC SỞ MẪU", "QUYẾT ĐỊNH:", "Điều 1. Một.")]
    file = opened(write(replace(on(report, regime, day), bases=bases), blocks))
    first = lines(file).index("GIÁM ĐỐC SỞ MẪU")
    assert lines(file)[first + 1 : first + 4] == [*printed, "QUYẾT ĐỊNH:"]
    assert bool(file.paragraphs[first + 1].style.font.italic) is italic
    assert file.paragraphs[first].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_a_sentence_that_opens_with_a_basis_is_text(report: Document, opened: Opened) -> None:
    blocks = [Paragraph((Run("Căn cứ Luật Mẫu, Sở ban hành kế hoạch như sau:"),))]
    file = opened(write(on(report, Regime.STATE, NEW), blocks))
    (line,) = (each for each in file.paragraphs if each.text.startswith("Căn cứ"))
    assert line.style.name == "vanban body"


def test_who_leads_signs_right_and_the_others_left_and_below(
    report: Document, body: Blocks, opened: Opened
) -> None:
    others = tuple(Signature(title=Field(f"BAN {name}"), name=Field(name)) for name in ("Hai", "Ba", "Bốn"))
    file = opened(write(replace(report, cosigners=others), body))
    first, second, recipients = file.tables[-3:]
    assert [each.rows[0].cells[0].paragraphs[-1].text for each in (first, second)] == ["Hai", "Ba"]
    assert [each.rows[0].cells[1].paragraphs[-1].text for each in (first, second)] == ["Trần Thị Mẫu", "Bốn"]
    assert recipients.rows[0].cells[0].paragraphs[0].text == "Nơi nhận:"


def test_a_dispatch_of_the_state_leads_its_subject_in(dispatch: Document, body: Blocks, opened: Opened) -> None:
    file = opened(write(on(dispatch, Regime.STATE, NEW), body))
    assert cell(file, 1, 0)[1] == "V/v Thực hiện công tác dân vận năm 2022"
    led = on(dispatch, Regime.STATE, NEW, subject=Field("V/v trồng cây"))
    assert cell(opened(write(led, body)), 1, 0)[1] == "V/v trồng cây"


def test_nothing_of_page_one_is_repeated_on_an_appendix(report: Document, body: Blocks, opened: Opened) -> None:
    paper = on(report, Regime.STATE, NEW)
    file = opened(write(paper, body, (Annex("Danh sách", tuple(body)),), contact=CONTACT))
    assert [each.text for each in file.sections[1].first_page_footer.paragraphs] == [""]
