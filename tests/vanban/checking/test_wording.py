"""What words and signs alone show: in a Word file, where it can be mended, and in plain text, where it is told."""

from __future__ import annotations

from datetime import date

import pytest

from tests.vanban.checking.conftest import PARTY_2018, PARTY_2026, STATE_2020, Desk, spoilt, swap, written
from vanban.checking import Severity
from vanban.formats import Layout

TWO, BEFORE = "Two spaces or more stand between words", "A space stands before a mark"
TITLE = "PHÓ BÍ THƯ ĐẢNG ỦY KHỐI"
CASES = [
    (PARTY_2018, "KH", "Số 05-KH", "Số: 05-KH", "number.colon", "Số", "Số:", True),
    (STATE_2020, "KH", "Số: 05/KH", "Số 05/KH", "number.colon", "Số:", "Số", True),
    (STATE_2020, "KH", "Số: 05/KH", "Số: 5/KH", "number.padding", "05", "5", True),
    (STATE_2020, "KH", "Số: 05/KH", "Số: 05 / KH", "number.spaces", "/KH-SNV", " / KH-SNV", True),
    (PARTY_2018, "KH", "Số 05-KH", "Số 05–KH", "number.separator", "-", "–", True),
    (STATE_2020, "KH", "Số: 05/KH-SNV", "Số:       /KH-SNV", "number.blank", None, None, False),
    (STATE_2020, "KH", "Số: 05/KH-SNV", "Số: 05/BC-SNV", "type.symbol", "KH", "BC", False),
    (STATE_2020, "CV", "05/SNV-TH", "05/CV-SNV", "dispatch.symbol", None, "CV", False),
    (STATE_2020, "CV", "V/v thực hiện", "Về việc thực hiện", "subject.lead", "V/v", "Về việc", False),
    (PARTY_2026, "CV", "về việc thực hiện", "V/v thực hiện", "subject.lead", "về việc", "V/v", False),
    (PARTY_2018, "CV", "thực hiện công", "V/v thực hiện công", "subject.no_lead", None, "V/v", False),
    (PARTY_2018, "KH", "về thực hiện", "Về thực hiện", "subject.case", None, "V", False),
    (PARTY_2018, "KH", "-----", "-------", "title.end", "-----", "-------", True),
    (PARTY_2018, "KH", "*", " ", "issuer.star", "*", None, False),
    (PARTY_2018, "CV", "Các chi bộ trực thuộc,", "Các chi bộ trực thuộc;", "addressee.mark", ",", ";", True),
    (STATE_2020, "CV", "Các ban, ngành.", "Các ban, ngành", "addressee.mark", ".", "nothing", True),
    (STATE_2020, "KH", "cuối quý./.", "cuối quý.", "body.end", "./.", ".", True),
    (PARTY_2018, "KH", "- Như trên,", "- Như trên;", "distribution.mark", ",", ";", True),
    (PARTY_2026, "KH", "- Như trên;", "- Như trên,", "distribution.mark", ";", ",", True),
    (STATE_2020, "CV", "- Như trên;", "- Văn phòng;", "distribution.as_above", "Như trên", "Văn phòng", False),
    (STATE_2020, "KH", "Lưu: VT, TH", "Lưu: TH", "distribution.archive_form", "Lưu: VT", "Lưu: TH", False),
    (STATE_2020, "KH", "Lưu: VT, TH", "Sở Tài chính", "distribution.archive", "Lưu: VT, …", "Sở Tài chính", False),
    (PARTY_2018, "KH", "T/M BAN", "TM. BAN", "authority.form", "T/M", "TM.", True),
    (STATE_2020, "KH", "KT. GIÁM", "K/T GIÁM", "authority.form", "KT.", "K/T", True),
    (PARTY_2018, "KH", "T/M BAN", "TUQ. BAN", "authority.unknown", None, "TUQ.", False),
    (PARTY_2018, "KH", "PHÓ BÍ THƯ", TITLE, "signer_title.organ", None, TITLE, False),
    (PARTY_2018, "KH", "Trần Thị Mẫu", "TS. Trần Thị Mẫu", "signer_name.rank", None, "TS.", False),
    (STATE_2020, "KH", "cơ quan, đơn", "cơ quan,  đơn", "text.spaces", "one", TWO, True),
    (STATE_2020, "KH", "cơ quan, đơn", "cơ quan , đơn", "text.spaces", "none", BEFORE, True),
    (STATE_2020, "KH", "cơ quan thường trực", "co\u031b quan thường trực", "text.composed", None, None, True),
    (STATE_2020, "KH", "đơn vị", "ðơn vị", "text.letter", "đ", "ð", True),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "kind", "old", "new", "code", "expected", "found", "can_fix"), CASES)
def test_one_slip_one_finding(
    layout: Layout,
    kind: str,
    old: str,
    new: str,
    code: str,
    expected: str | None,
    found: str | None,
    can_fix: bool,
    desk: Desk,
) -> None:
    findings = desk.findings(spoilt(written(layout, kind), swap(old, new)))
    told = [(f.code, f.expected, f.found, f.can_fix) for f in findings]
    assert told == [(code, expected, found, can_fix)]


def test_the_place_of_a_slip_leads_to_the_words(desk: Desk) -> None:
    import vanban

    data = spoilt(written(STATE_2020), swap("KT. GIÁM", "K/T GIÁM"))
    (finding,) = desk.findings(data)
    (spot,) = finding.spots
    assert spot.span is not None
    assert vanban.read(desk.lay(data)).text[spot.span.start :].startswith("K/T GIÁM ĐỐC")
    assert spot.paragraph is not None


def test_a_gap_is_shown_between_its_words(desk: Desk) -> None:
    (finding,) = desk.findings(spoilt(written(STATE_2020), swap("cơ quan, đơn", "cơ quan,  đơn")))
    assert finding.spots[0].words == "quan, đơn"


def test_the_day_and_the_month_begin_with_nought(desk: Desk) -> None:
    spoil = swap("ngày 07 tháng", "ngày 7 tháng")
    (finding,) = desk.findings(spoilt(written(STATE_2020), spoil))
    assert (finding.code, finding.expected) == ("date.padding", "ngày 07")


def test_two_ways_of_setting_tones(desk: Desk) -> None:
    (finding,) = desk.findings(spoilt(written(STATE_2020), swap("cơ quan, đơn vị", "uỷ ban, khoá học")))
    assert (finding.code, finding.severity) == ("text.tone", Severity.SHOULD)
    assert not finding.can_fix


PARTY_TEXT = """ĐẢNG BỘ TỈNH BẾN NGÀN
ĐẢNG ỦY KHỐI CƠ QUAN
*
Số 12-QĐi/ĐUK

ĐẢNG CỘNG SẢN VIỆT NAM
Bến Ngàn, ngày 08 tháng 7 năm 2026

QUY ĐỊNH
về chế độ làm việc
-----
- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;
- Căn cứ Quy định số 24-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương,
Ban Thường vụ Đảng ủy Khối quy định chế độ làm việc của các chi bộ trực thuộc như sau:
1. Các chi bộ sinh hoạt định kỳ mỗi tháng một lần theo hướng dẫn của Đảng ủy Khối.
2. Các chi bộ báo cáo kết quả về Văn phòng Đảng ủy Khối trước ngày 20 hằng tháng.

Nơi nhận:
- Các chi bộ trực thuộc;
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ


Trần Thị Mẫu
"""


def test_a_text_is_checked_as_far_as_words_go_and_says_so(desk: Desk) -> None:
    findings = desk.findings(PARTY_TEXT, "paper.txt")
    assert [(f.code, f.expected, f.found) for f in findings] == [
        ("type.symbol", "QĐ", "QĐi"),
        ("basis.mark", ".", ","),
        ("typography.unchecked", None, None),
    ]
    assert not any(finding.can_fix for finding in findings)
    assert findings[0].spots[0].line == 4


def test_the_rules_are_those_of_the_day(desk: Desk) -> None:
    before = PARTY_TEXT.replace("năm 2026", "năm 2024")
    codes = desk.codes(before, "paper.txt")
    assert "type.symbol" not in codes
    assert "distribution.mark" in codes  # a comma stood between recipients until May 2026


def test_a_blank_day_leaves_the_month_to_say_which_rules_hold(desk: Desk) -> None:
    blank = PARTY_TEXT.replace("ngày 08 tháng 7 năm 2026", "ngày      tháng 7 năm 2024")
    assert "type.symbol" not in desk.codes(blank, "paper.txt")
    undated = PARTY_TEXT.replace("Bến Ngàn, ngày 08 tháng 7 năm 2026\n", "")
    assert "type.symbol" in desk.codes(undated, "paper.txt", on=date(2026, 7, 8))
    assert "type.symbol" not in desk.codes(undated, "paper.txt", on=date(2024, 7, 8))


def test_both_names_on_one_paper(desk: Desk) -> None:
    both = PARTY_TEXT.replace(
        "ĐẢNG CỘNG SẢN VIỆT NAM\n", "ĐẢNG CỘNG SẢN VIỆT NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    )
    assert "banner.mixed" in desk.codes(both, "paper.txt")


def test_what_a_cell_of_the_party_does_not_issue(desk: Desk) -> None:
    cell = PARTY_TEXT.replace("ĐẢNG ỦY KHỐI CƠ QUAN\n", "CHI BỘ VĂN PHÒNG\n").replace("QĐi/ĐUK", "QĐ/CB")
    (finding,) = [f for f in desk.findings(cell, "paper.txt") if f.code == "issuer.type"]
    assert finding.found == "Quy định"
    assert finding.source.startswith("399-QĐ/TW")


def test_no_letterhead_no_rules(desk: Desk) -> None:
    (finding,) = desk.findings("Kính gửi các đơn vị.\nĐề nghị báo cáo trước ngày 20/7/2026.", "paper.txt")
    assert finding.code == "regime.unknown"


def test_a_day_before_every_layout(desk: Desk) -> None:
    (finding,) = desk.findings(PARTY_TEXT.replace("năm 2026", "năm 1999"), "paper.txt")
    assert (finding.code, finding.found, finding.severity) == ("regime.no_rules", "08/07/1999", Severity.SHOULD)


def test_a_citation_without_its_day(desk: Desk) -> None:
    text = PARTY_TEXT.replace(
        "theo hướng dẫn của Đảng ủy Khối", "theo Hướng dẫn số 02-HD/BTCTW của Ban Tổ chức Trung ương"
    )
    (finding,) = [f for f in desk.findings(text, "paper.txt") if f.code == "citation.incomplete"]
    assert "02-HD/BTCTW" in finding.spots[0].words


def test_appendices_carry_the_numerals_of_their_layout(desk: Desk) -> None:
    text = f"{PARTY_TEXT}\n\nPhụ lục I\nBiểu thứ nhất\n\nPhụ lục II\nBiểu thứ hai\n"
    (finding,) = [f for f in desk.findings(text, "paper.txt") if f.code == "annex.numbering"][:1]
    assert (finding.expected, finding.found) == ("Arabic", "I")
