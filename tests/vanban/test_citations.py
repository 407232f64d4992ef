"""References to other documents in running text, in the shapes that occur."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

import time
from datetime import date

import pytest

from vanban import find_citations, parse
from vanban.citations.identity import distinct


def codes(text: str) -> list[str | None]:
    return [citation.code for citation in find_citations(text)]


@pytest.mark.parametrize(
    ("text", "code", "kind", "day", "issuer"),
    [
        ("Chương trình số 9-CTr/TU, ngày 18/02/2022 của Ban Thường vụ Tỉnh ủy về a", "9-CTr/TU", "CTr", date(2022, 2, 18), "Ban Thường vụ Tỉnh ủy"),
        ("Chỉ thị 05-CT/TW ngày 15/5/2016", "05-CT/TW", "CT", date(2016, 5, 15), None),
        ("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ", "30/2020/NĐ-CP", "NĐ", date(2020, 3, 5), "Chính phủ"),
        ("Công văn số 1234/UBND-TH ngày 17.10.2020 của UBND tỉnh", "1234/UBND-TH", "CV", date(2020, 10, 17), "UBND tỉnh"),
        ("Hướng dẫn số 12- HD/BTCTW ngày 18-01-2022 của Ban Tổ chức Trung ương về", "12-HD/BTCTW", "HD", date(2022, 1, 18), "Ban Tổ chức Trung ương"),
        ("Hướng dẫn số 08 –HD/BTCTU ngày 16/8/2017", "08-HD/BTCTU", "HD", date(2017, 8, 16), None),
        ("Nghị quyết số 27/NQ- TW ngày 09/11/2022", "27/NQ-TW", "NQ", date(2022, 11, 9), None),
        ("Quyết định số 10/2007/QĐ_BKHCN", "10/2007/QĐ-BKHCN", "QĐ", None, None),
        ("Công văn số 3294-CV/VPTW/nb, ngày 11/3/2019", "3294-CV/VPTW/nb", "CV", date(2019, 3, 11), None),
        ("Luật Di sản văn hóa số 45/2024/QH15", "45/2024/QH15", "L", None, None),
        ("Thông tư liên tịch số 43/2015/TTLT-BNNPTNT-BKHĐT", "43/2015/TTLT-BNNPTNT-BKHĐT", "TTLT", None, None),
        ("Công văn số 16/CGC.BT ngày 19/8/2024", "16/CGC.BT", "CV", date(2024, 8, 19), None),
        ("NGHỊ QUYẾT SỐ 214/NQ-CP NGÀY 23/7/2025 CỦA CHÍNH PHỦ BAN HÀNH", "214/NQ-CP", "NQ", date(2025, 7, 23), "CHÍNH PHỦ"),
        ("Thông tư số 1/2024/TT-BVHTTDL của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quy định a", "1/2024/TT-BVHTTDL", "TT", None, "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"),
        ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 9/TTr-SNV ngày 25/11/2025", "9/TTr-SNV", "TTr", date(2025, 11, 25), "Giám đốc Sở Nội vụ"),
        ("Ngày 24/7/2024, Chủ tịch UBND tỉnh có Công văn số 27/UBND-NC về", "27/UBND-NC", "CV", date(2024, 7, 24), None),
    ],
)  # fmt: skip
def test_one_reference(text: str, code: str, kind: str, day: date | None, issuer: str | None) -> None:
    (citation,) = find_citations(text)
    assert (citation.code, citation.type, citation.date) == (code, kind, day)
    if issuer:
        assert citation.issuer is not None
        assert citation.issuer.endswith(issuer)


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2020 - 2025, tầm nhìn 2030",
        "ngày 27-7 và 24/7/2024",
        "theo TCVN 14423:2025 và QCVN 102:2016/BTTTT",
        "Đề án 06, bão số 12, 24/24 giờ",
        "Điện thoại: 0252.3821180 - 0252.3821181",
        "đạt 2/3 số đại biểu, 34/34 tỉnh",
        "mẫu số 09, phụ lục II",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert codes(text) == []


def test_a_chain_shares_its_issuer() -> None:
    first, second = find_citations(
        "Chỉ thị số 31-CT/TU ngày 06/6/2023, Kế hoạch số 134-KH/TU ngày 29/12/2023 của Ban Thường vụ Tỉnh ủy"
    )
    assert first.issuer == second.issuer == "Ban Thường vụ Tỉnh ủy"
    assert second.date == date(2023, 12, 29)


def test_two_of_different_bodies_do_not_share() -> None:
    first, _ = find_citations("Quyết định số 5/QĐ-BNV và Nghị quyết số 6/NQ-HĐND của Hội đồng nhân dân tỉnh")
    assert first.issuer is None


def test_a_title_inside_a_title() -> None:
    outer, inner = find_citations(
        "Thông tư số 1/2025/TT-BTC ngày 18/02/2025 của Bộ Tài chính sửa đổi Thông tư số 6/2022/TT-BTC ngày 30/6/2022;"
    )
    assert (outer.date, inner.date) == (date(2025, 2, 18), date(2022, 6, 30))
    assert outer.title == "sửa đổi Thông tư số 6/2022/TT-BTC ngày 30/6/2022"


def test_the_day_may_be_told_at_another_mention() -> None:
    (one,) = distinct(
        find_citations("Quyết định số 1/QĐ-TTg. Theo Quyết định số 1/QĐ-TTg ngày 02/02/2024 của Thủ tướng")
    )
    assert one.date == date(2024, 2, 2)
    assert one.span.start == 0


def test_no_such_day_is_no_date() -> None:
    assert find_citations("Công văn số 5/UBND-TH ngày 31/02/2024")[0].date is None


def test_the_own_number_and_examples_are_left_out() -> None:
    text = (
        "BAN TỔ CHỨC\nSố 07-HD/BTC\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Hải, ngày 01 tháng 02 năm 2024\n\nHƯỚNG DẪN\nvề ghi số\n\n"
        "1. Hướng dẫn số 07-HD/BTC thay Hướng dẫn số 03-HD/BTC.\n\nVí dụ: Số 12-CV/TU\n\nSố 15-BC/ĐU\n"
    )
    assert [citation.code for citation in parse(text).citations] == ["03-HD/BTC"]


def test_speed() -> None:
    """More than 1 MB a second even on a busy machine; it does about ten."""
    # ruff: noqa: E501 - a case stays on one line
    text = "Thực hiện Chỉ thị số 31-CT/TU ngày 06/6/2023 của Tỉnh ủy, các đơn vị tổ chức công tác dân vận. " * 3000
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        found = find_citations(text)
        best = min(best, time.perf_counter() - started)
    assert len(found) == 3000
    assert len(text.encode()) / best > 1_000_000


@pytest.mark.parametrize(
    ("words", "code", "issuer", "title"),
    [
        (
            "Quyết định số 32/2005/QĐ-BGDĐT ngày 24 tháng 10 năm 2005 của Bộ trưởng Bộ Giáo dục và Đào tạo ban hành Quy chế.",
            "32/2005/QĐ-BGDĐT",
            "Bộ trưởng Bộ Giáo dục và Đào tạo",
            "ban hành Quy chế",
        ),
        (
            "Quyết định số 5/QĐ-SKHĐT ngày 5/6/2020 của Sở Kế hoạch và Đầu tư và chịu trách nhiệm",
            "5/QĐ-SKHĐT",
            "Sở Kế hoạch và Đầu tư",
            None,
        ),
        (
            "Quyết định số 2/QĐ-UBDT ngày 8/11/2006 của Bộ trưởng, Chủ nhiệm Uỷ ban Dân tộc về việc ban hành Quy chế",
            "2/QĐ-UBDT",
            "Bộ trưởng, Chủ nhiệm Uỷ ban Dân tộc",
            "về việc ban hành Quy chế",
        ),
        (
            "Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 Chính phủ về cơ chế một cửa;",
            "61/2018/NĐ-CP",
            "Chính phủ",
            "về cơ chế một cửa",
        ),
        (
            "Kết luận số 9-KL/TW ngày 18/8/2014 của Ban Bí thư “về việc đổi mới công tác điều tra”, Kế hoạch",
            "9-KL/TW",
            "Ban Bí thư",
            "về việc đổi mới công tác điều tra",
        ),
        (
            "Chỉ thị số 19/2001/CT/UB ngày 01 tháng7 năm 2001 của Ủy ban nhân dân tỉnh về đường thôn",
            "19/2001/CT/UB",
            "Ủy ban nhân dân tỉnh",
            "về đường thôn",
        ),
        (
            'Nghị quyết số 15-NQ/TW ngày 5/6/2000 của Bộ Chính trị "Về phát triển Thủ đô" trong bối cảnh',
            "15-NQ/TW",
            "Bộ Chính trị",
            "Về phát triển Thủ đô",
        ),
        ("Tờ trình số 473/TTr - NN&PTNT ngày 21/5/2007", "473/TTr-NN&PTNT", None, None),
        (
            "Quyết định 1956/QĐ-TTg (27/11/2009) của Thủ tướng phê duyệt Đề án dạy nghề;",
            "1956/QĐ-TTg",
            "Thủ tướng",
            "phê duyệt Đề án dạy nghề",
        ),
    ],
)
def test_bodies_and_titles_as_offices_write_them(
    words: str, code: str, issuer: str | None, title: str | None
) -> None:
    found = find_citations(f"Căn cứ {words}")[0]
    assert (found.code, found.issuer, found.title) == (code, issuer, title)
    assert found.date is not None
