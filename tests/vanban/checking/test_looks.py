"""What is printed otherwise than the layout lays down is found: what, where, and by which rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.vanban.checking.conftest import (
    BODY,
    LONG,
    PARTY_2018,
    PARTY_2026,
    STATE_2011,
    STATE_2020,
    Desk,
    Spoil,
    paper,
    paragraphs,
    spoilt,
    the,
    written,
)
from vanban.blocks import Paragraph, Run, Table
from vanban.checking import Severity
from vanban.document import Field, Signature
from vanban.formats import Layout
from vanban.write import write


def type_all(words: str, attribute: str, value: object) -> Spoil:
    """Set one attribute of the type of every run in the first paragraph with those words."""

    def change(word: WordFile) -> None:
        for run in the(word, words).runs:
            setattr(run.font, attribute, value)

    return change


def size(words: str, points: float) -> Spoil:
    return type_all(words, "size", Pt(points))


def bold(words: str, value: bool) -> Spoil:
    return type_all(words, "bold", value)


def italic(words: str, value: bool) -> Spoil:
    return type_all(words, "italic", value)


def font(words: str, name: str) -> Spoil:
    return type_all(words, "name", name)


def left(words: str) -> Spoil:
    return lambda word: setattr(the(word, words), "alignment", WD_ALIGN_PARAGRAPH.LEFT)


CASES = [
    (PARTY_2018, size("ĐẢNG CỘNG SẢN", 13), "banner.size", "15", "13", "36-HD/VPTW, Phụ lục 3, no. 1"),
    (PARTY_2018, bold("ĐẢNG BỘ TỈNH", True), "superior.bold", "not bold", "bold", "36-HD/VPTW, Phụ lục 3, no. 2"),
    (PARTY_2018, bold("ĐẢNG ỦY KHỐI", False), "issuer.bold", "bold", "not bold", "36-HD/VPTW, Phụ lục 3, no. 2"),
    (
        PARTY_2018,
        bold("PHÓ BÍ THƯ", True),
        "signer_title.bold",
        "not bold",
        "bold",
        "36-HD/VPTW, Phụ lục 3, no. 7",
    ),
    (STATE_2020, bold("PHÓ GIÁM ĐỐC", False), "signer_title.bold", "bold", "not bold", "cell 7a"),
    (STATE_2020, size("Số: 05", 14), "number.size", "13", "14", "30/2020/NĐ-CP, Phụ lục I, II.3, cell 3"),
    (STATE_2020, italic("Bến Ngàn, ngày", False), "place_and_date.italic", "italic", "not italic", "II.4, cell 4"),
    (STATE_2020, left("Bến Ngàn, ngày"), "place_and_date.align", "in the middle", "left", "II.4, cell 4"),
    (STATE_2020, font("SỞ NỘI VỤ", "Arial"), "issuer.font", "Times New Roman", "Arial", "Phụ lục I, I.4"),
    (STATE_2020, size("KẾ HOẠCH", 16), "type.size", "13–14", "16", "II.5, cell 5a"),
    (STATE_2011, size("KẾ HOẠCH", 13), "type.size", "14", "13", "01/2011/TT-BNV, Điều 10"),
    (STATE_2020, size("Lưu: VT", 12), "distribution.size", "11", "12", "II.9, cell 9b"),
    (STATE_2020, italic("Nơi nhận", False), "distribution_label.italic", "italic", "not italic", "cell 9b"),
    (STATE_2020, bold("Chương I", False), "heading_centred.bold", "bold", "not bold", "II.6"),
    (STATE_2020, bold("Điều 1", False), "article.bold", "bold", "not bold", "II.6"),
    (STATE_2020, size(LONG, 12), "body.size", "13–14", "12", "II.6, cell 6"),
    (PARTY_2018, size(LONG, 16), "body.size", "14–15", "16", "II.1.6.2"),
    (PARTY_2018, bold("Như trên", True), "distribution.bold", "not bold", "bold", "36-HD/VPTW, Phụ lục 3, no. 9"),
    (PARTY_2018, size("*", 10), "star.size", "14", "10", "36-HD/VPTW, Phụ lục 1"),
    (PARTY_2018, left("-----"), "title_end.align", "in the middle", "left", "36-HD/VPTW, II.1.5"),
    (STATE_2020, font("Chi bộ Mẫu", "Arial"), "elsewhere.font", "Times New Roman", "Arial", "Phụ lục I, I.4"),
    (STATE_2020, left(LONG), "body.align", "justified", "left", "II.6, cell 6"),
]


@pytest.mark.parametrize(("layout", "spoil", "code", "expected", "found", "source"), CASES)
def test_one_fault_one_finding(
    layout: Layout, spoil: Spoil, code: str, expected: str, found: str, source: str, desk: Desk
) -> None:
    (finding,) = desk.findings(spoilt(written(layout), spoil))
    assert (finding.code, finding.expected, finding.found) == (code, expected, found)
    assert finding.severity is Severity.MUST
    assert source in finding.source
    assert finding.can_fix
    assert finding.spots[0].words
    assert found in finding.message


def test_the_label_of_the_addressees_has_a_look_of_its_own(desk: Desk) -> None:
    def upright(word: WordFile) -> None:
        the(word, "Kính gửi").runs[0].italic = False

    (finding,) = desk.findings(spoilt(written(PARTY_2018, "CV"), upright))
    assert (finding.code, finding.spots[0].words) == ("addressee_label.italic", "Kính gửi:")
    assert desk.codes(spoilt(written(STATE_2020, "CV"), upright)) == []


def test_marks_of_urgency_and_draft(desk: Desk) -> None:
    header = replace(paper(STATE_2020).header, urgency=Field("HỎA TỐC"))
    data = write(replace(paper(STATE_2020), header=header), BODY)
    assert desk.codes(data) == []
    (finding,) = desk.findings(spoilt(data, size("HỎA TỐC", 11)))
    assert (finding.code, finding.expected, finding.found) == ("urgency.size", "13–14", "11")


def test_a_text_all_in_italics_and_words_set_off_in_it(desk: Desk) -> None:
    def all_of_it(word: WordFile) -> None:
        for paragraph in paragraphs(word):
            for run in paragraph.runs if LONG in paragraph.text else ():
                run.italic = True

    (finding,) = desk.findings(spoilt(written(STATE_2020), all_of_it))
    assert (finding.code, len(finding.spots)) == ("body.italic", 3)
    assert desk.codes(spoilt(written(STATE_2020), italic(LONG, True))) == []


def test_sizes_that_the_source_allows_are_no_fault(desk: Desk) -> None:
    assert desk.codes(spoilt(written(STATE_2020), size("KẾ HOẠCH", 13), size(LONG, 13))) == []


def test_what_is_known_from_another_paper_only_should_be_mended(desk: Desk) -> None:
    (finding,) = desk.findings(spoilt(written(PARTY_2026), size("ĐẢNG BỘ TỈNH", 12)))
    assert (finding.code, finding.severity) == ("superior.size", Severity.SHOULD)
    assert "36-HD/VPTW, Phụ lục 3, no. 2" in finding.source


def test_faults_of_a_kind_are_told_once_with_every_place(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        for paragraph in paragraphs(word):
            for run in paragraph.runs:
                if LONG in paragraph.text:
                    run.font.name = "Calibri"

    (finding,) = desk.findings(spoilt(written(STATE_2020), spoil))
    assert finding.code == "body.font"
    assert len(finding.spots) == 3
    assert all(spot.paragraph and spot.words.startswith("Các cơ quan") for spot in finding.spots)


def test_indent_gap_and_height_of_lines(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        for paragraph in [found for found in paragraphs(word) if LONG in found.text]:
            form = paragraph.paragraph_format
            form.first_line_indent, form.space_before = Mm(3), Pt(0)
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 2.0

    found = {finding.code: finding for finding in desk.findings(spoilt(written(STATE_2020), spoil))}
    assert set(found) == {"body.first_line", "body.gap", "body.line"}
    assert (found["body.first_line"].expected, found["body.first_line"].found) == ("10–12.7", "3")
    assert (found["body.gap"].expected, found["body.gap"].found) == ("6 or more", "0")
    assert "of 2 times a single line" in found["body.line"].message


def test_party_lines_are_of_an_exact_height(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        the(word, LONG).paragraph_format.line_spacing = 1.5

    (finding,) = desk.findings(spoilt(written(PARTY_2018), spoil))
    assert (finding.code, finding.expected) == ("body.line", "exactly 18 or more pt")


def test_looks_from_a_style_count_as_much_as_direct_ones(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        word.styles["vanban body"].font.size = Pt(11)

    assert desk.codes(spoilt(written(STATE_2020), spoil)) == ["body.size"]


def test_words_pushed_to_the_middle_by_spaces_are_left_alone(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        paragraph = the(word, "Bến Ngàn, ngày")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.runs[0].text = " " * 9 + paragraph.runs[0].text

    assert desk.codes(spoilt(written(STATE_2020), spoil)) == []


def test_a_dispatch_with_both_lines_of_the_signature_bold(desk: Desk) -> None:
    document = paper(PARTY_2018, "CV")
    signature = Signature(Field("T/M BAN THƯỜNG VỤ"), Field("PHÓ BÍ THƯ"), Field("Trần Thị Mẫu"))
    assert document.signature == signature
    (finding,) = desk.findings(spoilt(written(PARTY_2018, "CV"), bold("PHÓ BÍ THƯ", True)))
    assert finding.code == "signer_title.bold"
    assert finding.spots[0].words == "PHÓ BÍ THƯ"


def test_an_old_font_is_told_and_not_mended(desk: Desk) -> None:
    (finding,) = [
        f
        for f in desk.findings(spoilt(written(STATE_2020), font("SỞ NỘI VỤ", "VNI-Times")))
        if "font" in f.message
    ]
    assert (finding.code, finding.found, finding.can_fix) == ("text.encoding", "VNI-Times", False)


def test_lines_that_are_not_drawn(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        for borders in list(word.element.body.iter(qn("w:pBdr"))):
            borders.getparent().remove(borders)

    assert desk.codes(spoilt(written(STATE_2020), spoil)) == ["banner.rule", "issuer.rule", "title.rule"]
    assert desk.codes(spoilt(written(PARTY_2018), spoil)) == ["banner.rule"]


def test_margins_and_sheet(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        word.sections[0].left_margin, word.sections[0].bottom_margin = Mm(20), Mm(12)
        word.sections[0].page_width, word.sections[0].page_height = Mm(216), Mm(279)

    found = {finding.code: finding for finding in desk.findings(spoilt(written(STATE_2020), spoil))}
    assert set(found) == {"page.size", "page.margin_left", "page.margin_bottom"}
    assert (found["page.margin_left"].expected, found["page.margin_left"].found) == ("30–35", "20")
    assert found["page.margin_bottom"].source == "30/2020/NĐ-CP, Phụ lục I, I.3"


def test_party_margins_are_fixed(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        word.sections[0].right_margin = Mm(20)

    (finding,) = desk.findings(spoilt(written(PARTY_2018), spoil))
    assert (finding.code, finding.expected, finding.found) == ("page.margin_right", "15", "20")


def test_the_number_of_the_page(desk: Desk) -> None:
    def everywhere(word: WordFile) -> None:
        word.sections[0].different_first_page_header_footer = False

    def nowhere(word: WordFile) -> None:
        for paragraph in word.sections[0].header.paragraphs:
            paragraph._p.getparent().remove(paragraph._p)

    def below(word: WordFile) -> None:
        paragraph = word.sections[0].header.paragraphs[0]
        word.sections[0].footer.paragraphs[0]._p.addnext(paragraph._p)

    def small(word: WordFile) -> None:
        for run in word.sections[0].header.paragraphs[0].runs:
            run.font.size = Pt(10)

    long = written(STATE_2020, body=paper_of_many_pages())
    assert desk.codes(spoilt(long, everywhere)) == ["page_number.first_page"]
    assert desk.codes(spoilt(long, nowhere)) == ["page_number.missing"]
    assert desk.codes(spoilt(long, below)) == ["page_number.place"]
    assert desk.codes(spoilt(long, small)) == ["page_number.size"]
    assert desk.codes(spoilt(written(STATE_2020), nowhere)) == []  # one page needs none


def paper_of_many_pages() -> list[Paragraph | Table]:
    return [Paragraph((Run(f"{LONG}."),)) for _ in range(60)]


def test_a_paper_of_several_signers_is_measured_at_each(desk: Desk) -> None:
    second = Signature(Field("TM. BAN CHẤP HÀNH"), Field("CHỦ TỊCH"), Field("Lê Văn Thử"), Field("CÔNG ĐOÀN TỈNH"))
    document = replace(paper(STATE_2020), cosigners=(second,))
    assert desk.codes(write(document, BODY)) == []
