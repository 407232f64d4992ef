"""A mended copy: what could be mended is gone, the paper reads the same, and the file itself is as it was."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vanban
from tests.vanban.checking.conftest import (
    KINDS,
    PARTY_2018,
    PARTY_2026,
    STATE_2011,
    STATE_2020,
    Desk,
    Spoil,
    paragraphs,
    spoilt,
    swap,
    written,
)
from tests.vanban.write.test_round_trip import values
from vanban.formats import Layout


def _everything(word: WordFile) -> None:
    for paragraph in paragraphs(word):
        for run in paragraph.runs:
            run.font.name, run.font.size, run.bold, run.italic = "Arial", Pt(17), True, True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_before = Pt(0)
        paragraph.paragraph_format.line_spacing = 3.0


def _sheet(word: WordFile) -> None:
    section = word.sections[0]
    section.page_width, section.left_margin, section.top_margin = Mm(216), Mm(10), Mm(40)
    section.different_first_page_header_footer = False


SLIPS: dict[str, Spoil] = {
    "looks": _everything,
    "sheet": _sheet,
    "spaces": swap("cơ quan, đơn vị", "cơ quan  , đơn  vị"),
    "last mark": swap("cuối quý", "cuối quý ;"),
    "recipients": swap("- Như trên", "- Như trên ."),
    "letters": swap("đơn vị", "ðơn vi\u0323"),
}


@pytest.mark.parametrize(
    "layout", [PARTY_2018, PARTY_2026, STATE_2011, STATE_2020], ids=lambda layout: layout.name
)
def test_a_spoilt_paper_is_whole_again(layout: Layout, desk: Desk) -> None:
    data = spoilt(written(layout), _everything, _sheet, swap("cơ quan, đơn vị", "cơ quan  , đơn  vị"))
    path = desk.lay(data)
    assert len(vanban.check(path)) > 20
    mended = vanban.fix(path)
    assert path.read_bytes() == data
    assert desk.findings(mended, "mended.docx") == ()
    assert values(vanban.read(desk.folder / "mended.docx")) == values(vanban.read(path))
    docx.Document(BytesIO(mended))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    layout=st.sampled_from([PARTY_2018, PARTY_2026, STATE_2020]),
    kind=st.sampled_from(list(KINDS)),
    slips=st.lists(st.sampled_from(sorted(SLIPS)), unique=True, min_size=1),
)
def test_any_slips_together(layout: Layout, kind: str, slips: list[str], desk: Desk) -> None:
    path = desk.lay(spoilt(written(layout, kind), *(SLIPS[slip] for slip in slips)))
    left = desk.findings(vanban.fix(path), "mended.docx")
    assert [finding for finding in left if finding.can_fix] == []
    assert values(vanban.read(desk.folder / "mended.docx")) == values(vanban.read(path))


def test_signs_are_mended_and_words_are_not(desk: Desk) -> None:
    slips = [
        ("Số: 05/", "Số 5 / "),
        ("KT. GIÁM", "K/T GIÁM"),
        ("Lưu: VT, TH.", "Lưu: VT, TH"),
        ("V/v ", "Về việc "),
    ]
    path = desk.lay(spoilt(written(STATE_2020, "CV"), *(swap(old, new) for old, new in slips)))
    text = vanban.read(desk.lay(vanban.fix(path), "mended.docx")).text
    for words in ("Số: 05/SNV-TH", "KT. GIÁM ĐỐC", "- Lưu: VT, TH.", "Về việc thực hiện"):
        assert words in text


def test_a_paper_without_a_fault_is_given_back_byte_for_byte(desk: Desk) -> None:
    data = written(STATE_2020)
    assert vanban.fix(desk.lay(data)) == data


def test_pages_without_numbers_are_numbered(desk: Desk) -> None:
    from vanban.blocks import Paragraph, Run

    def nowhere(word: WordFile) -> None:
        for paragraph in word.sections[0].header.paragraphs:
            paragraph._p.getparent().remove(paragraph._p)

    words = "Các cơ quan, đơn vị trực thuộc tổ chức quán triệt và báo cáo kết quả về cơ quan thường trực."
    many = [Paragraph((Run(words),)) for _ in range(90)]
    for layout, where in ((STATE_2020, "header"), (STATE_2011, "footer")):
        path = desk.lay(spoilt(written(layout, body=many), nowhere if where == "header" else _no_footer))
        assert desk.codes(path.read_bytes()) == ["page_number.missing"]
        mended = vanban.fix(path)
        assert desk.codes(mended, "mended.docx") == []
        section = docx.Document(BytesIO(mended)).sections[0]
        assert "PAGE" in getattr(section, where)._element.xml
        assert section.different_first_page_header_footer


def _no_footer(word: WordFile) -> None:
    for paragraph in word.sections[0].footer.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)


def test_a_mark_across_runs_is_mended(desk: Desk) -> None:
    def spoil(word: WordFile) -> None:
        paragraph = next(p for p in paragraphs(word) if "Số: 05" in p.text)
        paragraph.runs[0].text = "Số"
        for part in (" ", "5", " ", "/KH-", "SNV"):
            paragraph.add_run(part)

    path = desk.lay(spoilt(written(STATE_2020), spoil))
    assert "Số: 05/KH-SNV" in vanban.read(desk.lay(vanban.fix(path), "mended.docx")).text


def test_only_a_word_file_is_mended(desk: Desk) -> None:
    with pytest.raises(vanban.Refused) as refused:
        vanban.fix(desk.lay("Số: 5/KH-SNV", "paper.txt"))
    assert refused.value.code == "unsupported"


TABBED = (
    "UBND TỈNH BẾN NGÀN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc",
    "Số: 7/SNV-TH\tBến Ngàn, ngày 5 tháng 3 năm 2024",
    "V/v báo cáo kết quả",
    "Kính gửi: Ủy ban nhân dân tỉnh Bến Ngàn",
    "Sở Nội vụ báo cáo kết quả thực hiện công tác dân vận trong quý như sau:",
    "1. Các đơn vị đã thực hiện nghiêm túc.",
    "2. Đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định./.",
    "Nơi nhận:\tGIÁM ĐỐC",
    "- Như trên;",
    "- Lưu: VT, TH.",
    "\tTrần Thị Mẫu",
)


def test_two_columns_parted_by_tabs_in_one_run(desk: Desk) -> None:
    word = docx.Document()
    for line in TABBED:
        word.add_paragraph(line)
    word.save(str(desk.folder / "tabs.docx"))
    path = desk.folder / "tabs.docx"
    left = desk.findings(vanban.fix(path), "mended.docx")
    assert [finding.code for finding in left] == ["banner.rule", "issuer.rule"]
    text = vanban.read(desk.folder / "mended.docx").text
    assert "Số: 07/SNV-TH    Bến Ngàn, ngày 05 tháng 3 năm 2024" in text
    assert text.replace("07/", "7/").replace("ngày 05", "ngày 5") == vanban.read(path).text
