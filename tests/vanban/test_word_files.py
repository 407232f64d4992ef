"""What Word files hold beside plain paragraphs: drawn numbers, tracked changes, text boxes, page headers."""
# ruff: noqa: E501 - an element stays on one line

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.vanban.papers import saved
from vanban import read
from vanban.refusal import LIMITS
from vanban.sources.docx import content_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def body(xml: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>')
    return file.getvalue()


def text(xml: str) -> str:
    return content_of(body(xml), LIMITS).text


def test_tracked_changes() -> None:
    xml = (
        "<w:p><w:r><w:t>Giao </w:t></w:r><w:del><w:r><w:delText>Sở A</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Sở B</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> cũ</w:t></w:r></w:moveFrom></w:p>"
    )
    assert text(xml) == "Giao Sở B"


def test_breaks_tabs_hyphens_and_fields() -> None:
    xml = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/>"
        "<w:instrText>PAGE</w:instrText><w:t>d</w:t></w:r></w:p>"
    )
    assert text(xml) == "a    b\nc-d"


def test_a_table_is_read_cell_by_cell() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    xml = (
        "<w:tbl>" + "".join(f"<w:tr>{cell.format(a)}{cell.format(b)}</w:tr>" for a, b in ("12", "34")) + "</w:tbl>"
    )
    assert text(xml).split() == ["1", "2", "3", "4"]


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    xml = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(xml).split() == ["MẬT"]


def test_numbers_drawn_by_word(tmp_path: Path) -> None:
    file = WordFile()
    for line, style in (("Mục đích", "List Number"), ("chủ động", "List Bullet"), ("Yêu cầu", "List Number")):
        file.add_paragraph(line, style=style)
    path = tmp_path / "a.docx"
    path.write_bytes(saved(file))
    assert read(path).text.split("\n") == ["1. Mục đích", "- chủ động", "2. Yêu cầu"]


def test_levels_letters_romans_and_restarts(tmp_path: Path) -> None:
    file = WordFile()
    numbering = file.part.numbering_part.element
    levels = (("upperRoman", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)"))
    xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{drawn}"/></w:lvl>'
        for depth, (form, drawn) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{xml}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/>{override}</w:num>')
    )
    for depth, key in ((0, 90), (1, 90), (2, 90), (2, 90), (1, 90), (0, 90), (1, 90), (0, 91)):
        properties = file.add_paragraph("x")._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>')
        )
    path = tmp_path / "a.docx"
    path.write_bytes(saved(file))
    drawn = [line.removesuffix(" x") for line in read(path).text.split("\n")]
    assert drawn == ["I.", "I.1.", "a)", "b)", "I.2.", "II.", "II.1.", "V."]


@pytest.mark.parametrize("mark", ["MẬT", "Tối mật", "HỎA TỐC"])
def test_a_mark_in_the_page_header(mark: str, tmp_path: Path) -> None:
    file = WordFile()
    file.sections[0].header.paragraphs[0].text = mark
    file.add_paragraph("Số: 12/KH-UBND")
    path = tmp_path / "a.docx"
    path.write_bytes(saved(file))
    header = read(path).header
    found = header.urgency if "TỐC" in mark else header.secrecy
    assert found is not None
    assert found.value == mark


RUN = "<w:r><w:t>{}</w:t></w:r>"
PARAGRAPH = "<w:p>{}</w:p>"


def packed(main: str, **parts: str) -> bytes:
    """A .docx of this body and these further parts, by name ("footnotes")."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{main}</w:body></w:document>')
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{xml}</w:{name}>')
    return file.getvalue()


def test_footnotes_stand_after_their_paragraph() -> None:
    notes = "".join(
        f'<w:footnote w:id="{key}"{kind}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
        for key, kind, words in (
            ("0", ' w:type="separator"', "gạch"),
            ("2", "", "Nghị quyết số 05-NQ/TU"),
            ("3", "", "Theo Kế hoạch số 9/KH-UBND"),
        )
    )
    called = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    own_mark = '<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    xml = (
        f"<w:p>{RUN.format('Thực hiện chủ trương')}{called}{RUN.format(' của tỉnh')}{own_mark}"
        f"{RUN.format(', các sở rà soát.')}</w:p>{PARAGRAPH.format(RUN.format('Đoạn sau'))}"
    )
    assert content_of(packed(xml, footnotes=notes), LIMITS).text.split("\n") == [
        "Thực hiện chủ trương của tỉnh, các sở rà soát.",
        "[1] Nghị quyết số 05-NQ/TU",
        "[2] Theo Kế hoạch số 9/KH-UBND",
        "Đoạn sau",
    ]


def test_a_footnote_in_a_table_stands_after_it() -> None:
    notes = '<w:endnote w:id="2"><w:p><w:r><w:t>Ghi chú</w:t></w:r></w:p></w:endnote>'
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    called = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    rows = f"<w:tr>{cell.format(RUN.format('a') + called)}"
    xml = f"<w:tbl>{rows}{cell.format(RUN.format('b'))}</w:tr></w:tbl>{PARAGRAPH.format(RUN.format('c'))}"
    assert content_of(packed(xml, endnotes=notes), LIMITS).text.split() == ["a", "b", "[1]", "Ghi", "chú", "c"]


def test_a_table_is_told_as_a_grid() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wide = '<w:gridSpan w:val="2"/>'
    rows = (
        f"<w:tr>{cell.format('', 'TT')}{cell.format(wide, ' Nhiệm vụ ')}</w:tr>"
        f"<w:tr>{cell.format('', '1')}{cell.format('', 'Rà soát')}{cell.format('', '')}</w:tr>"
    )
    content = content_of(body(f"{PARAGRAPH.format(RUN.format('Trước'))}<w:tbl>{rows}</w:tbl>"), LIMITS)
    (grid,) = content.tables
    assert [[content.text[cell.start : cell.end] for cell in row] for row in grid.rows] == [
        ["TT", "Nhiệm vụ", ""],
        ["1", "Rà soát", ""],
    ]
    assert content.text[grid.span.start : grid.span.end].split() == ["TT", "Nhiệm", "vụ", "1", "Rà", "soát"]


def test_a_letterhead_in_columns_is_no_table() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    words = ("SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/KH-SNV", "Hà Nội, ngày 1 tháng 2 năm 2025")
    rows = "".join(f"<w:tr>{cell.format(a)}{cell.format(b)}</w:tr>" for a, b in (words[:2], words[2:]))
    content = content_of(body(f"<w:tbl>{rows}</w:tbl>"), LIMITS)
    assert content.tables == ()
    assert content.text.split("\n\n")[:2] == ["SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_hidden_text_symbols_and_content_controls() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>mật khẩu</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>rõ</w:t></w:r>'
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> 5</w:t></w:r>'
    field = '<w:fldSimple w:instr="DATE"><w:r><w:t xml:space="preserve"> ngày 5</w:t></w:r></w:fldSimple>'
    soft = "<w:r><w:softHyphen/><w:t>.</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r>"
    xml = f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{shown}{hidden}{sign}{field}{soft}</w:p></w:sdtContent></w:sdt>"
    assert text(xml) == "rõ≥ 5 ngày 5."


def test_text_hidden_by_its_style() -> None:
    styles = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = '<w:r><w:rPr><w:rStyle w:val="An"/></w:rPr><w:t>ẩn</w:t></w:r>'
    assert content_of(packed(PARAGRAPH.format(RUN.format("hiện") + hidden), styles=styles), LIMITS).text == "hiện"


def test_deleted_paragraph_ends_and_rows() -> None:
    ended = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = row.format('<w:trPr><w:del w:id="2"/></w:trPr>', "cũ") + row.format("", "mới")
    xml = (
        f"<w:p>{ended}{RUN.format('Giao Sở ')}</w:p>{PARAGRAPH.format(RUN.format('Nội vụ'))}<w:tbl>{rows}</w:tbl>"
    )
    assert text(xml).split("\n")[:2] == ["Giao Sở Nội vụ", "mới"]


def test_old_fonts_by_run_and_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="N"/>'
        '<w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr></w:style>'
    )
    heading = f'<w:pPr><w:pStyle w:val="H"/></w:pPr>{RUN.format("kÕ ho¹ch")}'
    other = (
        '<w:r><w:rPr><w:rFonts w:ascii="Times New Roman"/></w:rPr><w:t xml:space="preserve"> 5 m² ở xã</w:t></w:r>'
    )
    southern = (
        '<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t xml:space="preserve"> Ñoäc laäp</w:t></w:r>'
    )
    xml = PARAGRAPH.format(heading) + PARAGRAPH.format(RUN.format("Thùc hiÖn") + other + southern)
    assert content_of(packed(xml, styles=styles), LIMITS).text == "KẾ HOẠCH\nThực hiện 5 m² ở xã Độc lập"


def test_an_old_font_over_unicode_changes_nothing() -> None:
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
    xml = PARAGRAPH.format(RUN.format("Hà ") + RUN.format("Nội và Thông tư"))
    assert content_of(packed(xml, styles=styles), LIMITS).text == "Hà Nội và Thông tư"


def test_boxes_stand_after_their_paragraph_and_tables_within_tables_are_read() -> None:
    box = f"<w:pict><w:txbxContent>{PARAGRAPH.format(RUN.format('trong khung'))}</w:txbxContent></w:pict>"
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>trong</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    xml = f"<w:p>{RUN.format('a')}<w:r>{box}</w:r>{RUN.format('b')}</w:p><w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert text(xml).split() == ["ab", "trong", "khung", "trong"]


def test_the_strict_form_and_numbered_parts() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    words = PARAGRAPH.format(RUN.format("Số: 5/KH"))
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "word/document2.xml", f'<w:document xmlns:w="{strict}"><w:body>{words}</w:body></w:document>'
        )
    assert content_of(file.getvalue(), LIMITS).text == "Số: 5/KH"
