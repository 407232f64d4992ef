"""What Word files hold beside plain paragraphs: drawn numbers, tracked changes, text boxes, page headers."""

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
