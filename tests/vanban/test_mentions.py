"""Mentions without number and symbol, tied to the full ones; and what the words say is done with each."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import Citation, find_citations, parse
from vanban.document import MentionKind, Relation

FULL, SHORT, LISTED, NAME, SELF = MentionKind


def shown(text: str) -> list[tuple[MentionKind, str, str | None]]:
    return [(each.kind, each.raw, each.code or each.number) for each in find_citations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("các Chỉ thị 05, 06;", [(LISTED, "Chỉ thị 05", "05"), (LISTED, "06", "06")]),
        ("Quyết định 217, 218 của Bộ Chính trị", [(LISTED, "Quyết định 217", "217"), (LISTED, "218 của Bộ Chính trị", "218")]),
        ("Quyết định số 217, 218-QĐ/TW.", [(LISTED, "Quyết định số 217", "217"), (FULL, "218-QĐ/TW", "218-QĐ/TW")]),
        ("theo Nghị quyết 18 và 19 về", [(LISTED, "Nghị quyết 18", "18"), (LISTED, "19", "19")]),
        ("Nghị quyết Trung ương 4 khóa XII.", [(NAME, "Nghị quyết Trung ương 4 khóa XII", None)]),
        ("Nghị quyết Đại hội XIII của Đảng", [(NAME, "Nghị quyết Đại hội XIII của Đảng", None)]),
        ("Luật Thực hiện dân chủ ở cơ sở năm 2022;", [(NAME, "Luật Thực hiện dân chủ ở cơ sở năm 2022", None)]),
        ("Luật Thi đua, khen thưởng để", [(NAME, "Luật Thi đua, khen thưởng", None)]),
        ("Luật Luật sư và Bộ luật Lao động", [(NAME, "Luật Luật sư", None), (NAME, "Bộ luật Lao động", None)]),
        ("Luật Trồng tre ven sông có hiệu lực", [(NAME, "Luật Trồng tre ven sông", None)]),
        ("Hiến pháp năm 2013", [(NAME, "Hiến pháp năm 2013", None)]),
        ("tại Công văn này.", [(SELF, "Công văn này", None)]),
        ("khoản 1, 2 Điều 5 của Quy chế này", [(SELF, "khoản 1, 2 Điều 5 của Quy chế này", None)]),
        ("217 QĐ/TW", []),
        ("Quyết định số 217 QĐ/TW", [(FULL, "Quyết định số 217 QĐ/TW", "217-QĐ/TW")]),
        ("Quyết định số 15/QĐ - UBND", [(FULL, "Quyết định số 15/QĐ - UBND", "15/QĐ-UBND")]),
        ("Nghị quyết số 18-\nNQ/TW", [(FULL, "Nghị quyết số 18- NQ/TW", "18-NQ/TW")]),
        ("Nghị định số 30/2020/NÐ-CP", [(FULL, "Nghị định số 30/2020/NÐ-CP", "30/2020/NĐ-CP")]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư số 57/2024/QH15", [(FULL, "Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư số 57/2024/QH15", "57/2024/QH15")]),
    ],
)  # fmt: skip
def test_shapes(text: str, expected: list[tuple[MentionKind, str, str | None]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Đề án 06, bão số 12 và mẫu số 09",
        "Kế hoạch 5 năm; Công văn 02 bản; Kế hoạch 2025",
        "Thông báo 30 ngày trước; Báo cáo 6 tháng",
        "theo khoản 2 Điều 5, Điều 3 và Phụ lục I",
        "Đoàn Luật sư tỉnh; theo quy định nêu trên; dự án này, việc này",
        "trong 24-48 giờ; tài khoản 3713.0.1059; ngày 27-7; Điện thoại: 0252.3821180",
        "Nghị quyết chuyên đề, nghị quyết đại hội chi bộ",
        "khoản 1 Điều này",
    ],
)
def test_what_is_no_mention(text: str) -> None:
    assert shown(text) == []


def test_a_list_shares_its_meeting() -> None:
    found = find_citations("Nghị quyết số 23, 24, 25 Hội nghị TW 7 và các kết luận")
    assert [(each.number, each.term) for each in found] == [
        ("23", "Hội nghị TW 7"),
        ("24", "Hội nghị TW 7"),
        ("25", "Hội nghị TW 7"),
    ]


def test_the_term_of_the_body() -> None:
    (one,) = find_citations("Quyết định số 218-QĐ/TW của Bộ Chính trị khóa XI")
    assert (one.issuer, one.term) == ("Bộ Chính trị khóa XI", "khóa XI")


@pytest.mark.parametrize(
    ("text", "term", "day"),
    [
        ("Nghị quyết số 06-NQ/TU (khóa XI) ngày 02/3/2021", "khóa XI", date(2021, 3, 2)),
        ("Quyết định số 99-QĐ/TW, ngày 3/10/2017 của Ban Bí thư (khóa XII) ban hành khung", "khóa XII", date(2017, 10, 3)),
        ("Nghị quyết số 25-NQ/TW Hội nghị Trung ương 7 khóa XI", "Hội nghị Trung ương 7 khóa XI", None),
        ("Nghị quyết 25-NQ/TW, ngày 03-6-2013 Hội nghị lần thứ bảy Ban Chấp hành Trung ương (khóa XI)", "Hội nghị lần thứ bảy Ban Chấp hành Trung ương (khóa XI)", date(2013, 6, 3)),
        ("Chỉ thị số 16-CT/TW ngày 15 tháng 6/2023 về học tập khóa mới", None, date(2023, 6, 15)),
    ],
)  # fmt: skip
def test_terms_and_days_in_any_order(text: str, term: str | None, day: date | None) -> None:
    (one,) = find_citations(text)
    assert (one.term, one.date) == (term, day)


def test_misprints_are_put_right_with_less_confidence() -> None:
    found = find_citations(
        "Quy định số 399-QĐĐ/TW; Nghị định số 45/25010/NĐ-CP ngày 21/4/2010; Nghị định số 93/2019/ND-CP; Công văn số 5/CVP-TH"
    )
    assert [each.code for each in found] == ["399-QĐ/TW", "45/2010/NĐ-CP", "93/2019/NĐ-CP", "5/CVP-TH"]
    assert [each.confidence < 0.85 for each in found] == [True, True, True, False]


def test_the_place_in_the_cited_document() -> None:
    (law,) = find_citations("theo quy định tại điểm a khoản 2 Điều 103 Luật Di sản văn hóa số 45/2024/QH15")
    assert (law.pinpoint, law.type, law.code) == ("điểm a khoản 2 Điều 103", "L", "45/2024/QH15")
    assert law.title == "Luật Di sản văn hóa"


FULLS = (
    "Chỉ thị số 08-CT/TU ngày 23/9/2021 của Tỉnh ủy An Hải về dân vận. "
    "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Trung ương. Đề án số 07-ĐA/TU ngày 01/02/2022 của Tỉnh ủy. "
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Theo Chỉ thị 08.", "08-CT/TU"),
        ("Theo Nghị quyết số 18.", "18-NQ/TW"),
        ("Theo Đề án 07.", "07-ĐA/TU"),
        ("Theo Nghị quyết nêu trên.", "18-NQ/TW"),
        ("Theo Chỉ thị 09.", None),
        ("Theo Nghị quyết 08.", None),
        ("Theo văn bản nêu trên.", None),
    ],
)
def test_a_short_mention_points_at_the_full_one(text: str, code: str | None) -> None:
    found = find_citations(FULLS + text)
    short = found[-1]
    assert short.kind is SHORT
    assert (found[short.antecedent].code if short.antecedent is not None else None) == code
    assert (short.confidence > 0.8) == (code is not None)


def test_two_that_fit_are_not_guessed_between() -> None:
    found = find_citations("Chỉ thị số 05-CT/TW và Chỉ thị số 05/CT-UBND. Theo Chỉ thị 05.")
    assert (found[-1].antecedent, found[-1].confidence) == (None, 0.5)


def test_a_short_name_as_defined() -> None:
    found = find_citations(
        "Quyết định số 9/QĐ-UBND ngày 01/02/2024 của UBND tỉnh ban hành Quy chế hội họp (sau đây gọi tắt là "
        "Quyết định về họp); Luật Di sản văn hóa số 45/2024/QH15 (sau đây gọi là Luật Di sản văn hóa).\n"
        "Thực hiện Quyết định về họp và khoản 3 Điều 12 Luật Di sản văn hóa."
    )
    assert [(each.raw, each.antecedent) for each in found if each.antecedent is not None] == [
        ("Quyết định về họp", 0),
        ("Luật Di sản văn hóa", 2),
        ("Quyết định về họp", 0),
        ("khoản 3 Điều 12 Luật Di sản văn hóa", 2),
    ]


def test_this_in_quoted_words_is_the_quoted_document() -> None:
    found = find_citations(
        "Nghị định số 1/2020/NĐ-CP. Nghị định số 2/2021/NĐ-CP quy định: “theo Điều 15 Nghị định này”. Nghị định này"
    )
    assert [(each.kind, each.antecedent) for each in found[2:]] == [(SHORT, 1), (SELF, None)]


PLAN = (
    "TỈNH ỦY AN HẢI\nBAN DÂN VẬN\nSố 07-KH/BDVTU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Hải, ngày 01 tháng 02 năm 2024\n\nKẾ HOẠCH\nthực hiện Nghị quyết 18\n\n"
    "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Trung ương, Ban Dân vận ban hành Kế hoạch số 07-KH/BDVTU.\n"
    "1. Quán triệt Nghị quyết này và Kế hoạch này; so với Kế hoạch số 07-KH/BDVTU ngày 05/3/2023.\n"
)  # fmt: skip


def test_the_mentions_of_a_document() -> None:
    document = parse(PLAN)
    assert [(each.kind, each.raw, each.antecedent) for each in document.mentions] == [
        (SHORT, "Nghị quyết 18", 1),
        (FULL, "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Trung ương", None),
        (SELF, "Kế hoạch số 07-KH/BDVTU", None),
        (SHORT, "Nghị quyết này", 1),
        (SELF, "Kế hoạch này", None),
        (FULL, "Kế hoạch số 07-KH/BDVTU ngày 05/3/2023", None),
    ]
    assert [(each.code, each.relation) for each in document.citations] == [
        ("18-NQ/TW", Relation.IMPLEMENTS),
        ("07-KH/BDVTU", None),
    ]


def relations(text: str) -> list[str | None]:
    return [each.relation.value if each.relation else None for each in find_citations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Nghị định số 1/2020/NĐ-CP ngày 01/02/2020 của Chính phủ;", ["based_on"]),
        ("Theo quy định tại khoản 2 Điều 3 Nghị định số 1/2020/NĐ-CP", ["based_on"]),
        ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 9/TTr-SNV", ["based_on"]),
        ("Tiếp tục triển khai thực hiện nghiêm túc, có hiệu quả các Chỉ thị số 05-CT/TW", ["implements"]),
        ("cụ thể hóa Nghị quyết 18", ["implements"]),
        ("Thực hiện Chỉ thị số 1-CT/TU, Kế hoạch số 2-KH/TU và Luật Đất đai", ["implements"] * 3),
        ("Quyết định này thay thế Quyết định số 3/QĐ-UBND và Quyết định số 4/QĐ-UBND", [None, "replaces", "replaces"]),
        ("Bãi bỏ Quyết định số 3/QĐ-UBND ngày 01/02/2020", ["repeals"]),
        ("Quyết định số 3/QĐ-UBND ngày 01/02/2020 của UBND tỉnh hết hiệu lực kể từ ngày ký", ["repeals"]),
        ("Sửa đổi, bổ sung một số điều của Quyết định số 3/QĐ-UBND", ["amends"]),
        ("Phúc đáp Công văn số 5/UBND-TH ngày 01/02/2024", ["replies_to"]),
        ("Sở Nội vụ nhận được Công văn số 5/UBND-TH", ["replies_to"]),
        ("Xem xét nội dung tại Công văn số 5/HND ngày 01/02/2024 của Hội Nông dân về việc đề nghị hỗ trợ", ["replies_to"]),
        # between the cited ones, not of this document
        ("Căn cứ Nghị định số 2/2021/NĐ-CP ngày 01/02/2021 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 1/2020/NĐ-CP;", ["based_on", None]),
        ("Nghị định số 1/2020/NĐ-CP được sửa đổi, bổ sung theo Nghị định số 2/2021/NĐ-CP", [None, None]),
        ("trình Hội đồng nhân dân Nghị quyết sửa đổi Nghị quyết số 5/NQ-HĐND", [None]),
        ("(Ban hành kèm theo Quyết định số 3/QĐ-UBND)", [None]),
        ("Theo dõi Kế hoạch số 2-KH/TU", [None]),
        ("gửi Công văn số 5/UBND-TH", [None]),
    ],
)  # fmt: skip
def test_relations(text: str, expected: list[str | None]) -> None:
    assert relations(text) == expected


WORDS = st.sampled_from(
    ["Chỉ thị ", "số ", "05", ", ", "06", "-CT/TW", "/2020/NĐ-CP", " ngày 01/02/2020", " của ", "Bộ Chính trị", " khóa XI", "Luật ", "Đất đai", " năm 2024",
     "Điều 5 ", "khoản 2 ", "Nghị quyết ", "này", "nêu trên", "văn bản ", "(sau đây gọi tắt là ", ")", "“", "”", ";", ".\n", " và ", "về việc ", "thay thế ", "Trung ương 4 ", "Ð", " "]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_what_is_said_stands_where_it_is_said(text: str) -> None:
    found = find_citations(text)
    for each in found:
        assert " ".join(text[each.span.start : each.span.end].split()) == each.raw
        assert (
            each.antecedent is None
            or found[each.antecedent].antecedent is None
            or found[each.antecedent].kind is SHORT
        )
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(st.lists(WORDS, max_size=30).map("".join))
@settings(max_examples=150, deadline=None)
def test_words_before_only_shift_the_places(text: str) -> None:
    def places(citations: tuple[Citation, ...], shift: int) -> list[tuple[int, int, str | None]]:
        return [(each.span.start - shift, each.span.end - shift, each.code or each.number) for each in citations]

    before = "Hôm nay trời đẹp.\n"
    assert places(find_citations(before + text), len(before)) == places(find_citations(text), 0)


@pytest.mark.parametrize(
    "piece",
    ["Chỉ thị 05, 06 ", "Quyết định này ", "Luật Đất đai ", "khoản 2 Điều 5 ", "văn bản nêu trên ", "số 5-CT/TU ", "(gọi tắt là Chỉ thị 05) ", "“Nghị định này "],
)  # fmt: skip
def test_time_grows_with_the_text_alone(piece: str) -> None:
    """Four times the text may take about four times as long, not sixteen."""

    def seconds(times: int) -> float:
        text, best = piece * times, 9.0
        for _ in range(3):
            started = time.process_time()
            find_citations(text)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(2000) < max(seconds(500), 0.004) * 8
