"""The tree of provisions: families of numbers, headings, quotations, lines that only look like items."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

import pytest

from vanban import Provision, parse

TOP = "UBND TỈNH AN HẢI\nSố: 5/KH-UBND\n\nKẾ HOẠCH\nvề trồng cây\n\n"


def tree(body: str) -> list[object]:
    def shown(provision: Provision) -> object:
        return (
            (provision.number, [shown(child) for child in provision.children])
            if provision.children
            else provision.number
        )

    return [shown(provision) for provision in parse(TOP + body).provisions]


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("1. A b c.\n\n2. D e f.", ["1", "2"]),
        ("1- A b c.\n\n2- D e f.", ["1", "2"]),
        ("1/ A b c.\n\n2/ D e f.", ["1", "2"]),
        ("(1) A b c.\n\n(2) D e f.", ["1", "2"]),
        ("I. A\n\n1. B.\n\na) C.\n\n- D.\n\n+ E.\n\nII. F", [("I", [("1", [("a", [("-", ["+"])])])]), "II"]),
        ("I- A\n\n1. B\n\n1.1. C.\n\n1.2. D.\n\n2. E.", [("I", [("1", ["1.1", "1.2"]), "2"])]),
        (
            "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. A\n\n1. B.\n\n2. C.\n\nĐiều 2. D",
            [("Chương I", [("Điều 1", ["1", "2"]), "Điều 2"])],
        ),
        ("Phần I\nCHUNG\n\nI- A\n\n1. B.", [("Phần I", [("I", ["1"])])]),
        ("II. A\n\nIII. B", ["II", "III"]),
        ("a) A b.\n\nb) C d.\n\nđ) E f.", ["a", "b", "đ"]),
    ],
)
def test_families_of_numbers(body: str, want: list[object]) -> None:
    assert tree(body) == want


def test_headings() -> None:
    document = parse(
        TOP + "I. MỤC ĐÍCH\n\n1. Về dữ liệu:\n\n- Rà soát dữ liệu.\n\n2. Sở Nội vụ rà soát hồ sơ.\n\nII.\nNHIỆM VỤ"
    )
    first, second = document.provisions
    assert [provision.heading and provision.heading.value for provision in (first, *first.children, second)] == [
        "MỤC ĐÍCH",
        "Về dữ liệu",
        None,
        "NHIỆM VỤ",
    ]


def test_a_heading_in_capitals_over_two_lines() -> None:
    (chapter,) = parse(TOP + "Chương I\nTRÁCH NHIỆM CỦA\nCÁC SỞ\n\nĐiều 1. Sở Nội vụ").provisions
    assert chapter.heading is not None
    assert chapter.heading.value == "TRÁCH NHIỆM CỦA CÁC SỞ"


def test_a_span_reaches_to_the_next_sibling() -> None:
    document = parse(TOP + "1. A b c.\n\nThêm một đoạn.\n\n2. D e f.")
    first = document.provisions[0].span
    assert document.text[first.start : first.end] == "1. A b c.\n\nThêm một đoạn."


def test_quoted_rules_keep_their_numbers_to_themselves() -> None:
    assert tree("1. Sửa như sau:\n\n“2. Khoản cũ.\n\n3. Khoản khác.”\n\n2. Hiệu lực.") == ["1", "2"]


def test_an_unclosed_quotation_does_not_swallow_the_rest() -> None:
    body = "\n\n".join(f"{number}. Việc thứ {number}." for number in range(1, 90))
    assert len(tree(body.replace("Việc thứ 2.", "Việc “thứ 2."))) > 20


@pytest.mark.parametrize(
    "line", ["2021 - 2025 là giai đoạn", "25/11/2025 là ngày", "1.500 đồng", "40. là số lạ", "V/v trồng cây"]
)
def test_lines_that_only_look_like_items(line: str) -> None:
    assert tree(f"1. A b c:\n\n{line}\n\n2. D e f.") == ["1", "2"]


def test_lists_of_dashes_alone_are_no_provisions() -> None:
    assert tree("- A b c.\n\n- D e f.") == []


def test_enclosed_rules_follow_the_articles_of_the_decision() -> None:
    text = (
        "UBND TỈNH AN HẢI\nSố: 5/QĐ-UBND\n\nQUYẾT ĐỊNH\nvề việc ban hành Quy chế\n\nĐiều 1. Ban hành Quy chế.\n\nĐiều 2. Hiệu lực.\n\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn Mẫu\n\n"
        "QUY CHẾ\nlàm việc\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)\n\nChương I\nCHUNG\n\nĐiều 1. Phạm vi\n\nĐiều 2. Sở Nội vụ\n\n"
        "1. Hướng dẫn thực hiện."
    )
    document = parse(text)
    assert [provision.number for provision in document.provisions] == ["Điều 1", "Điều 2", "Chương I"]
    assert [(duty.item, duty.actors[0].value) for duty in document.duties] == [("Chương I.Điều 2.1", "Sở Nội vụ")]
    assert document.signature.name is not None
    assert document.signature.name.value == "Trần Văn Mẫu"


def test_a_specimen_does_not_end_the_document() -> None:
    articles = "\n\n".join(f"Điều {number}. Nội dung {number}" for number in (2, 3))
    text = f"{TOP}Điều 1. Mẫu chữ ký\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTên Người Ký\n\n{articles}\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu"
    document = parse(text)
    assert [provision.number for provision in document.provisions] == ["Điều 1", "Điều 2", "Điều 3"]
    assert document.signature.name is not None
    assert document.signature.name.value == "Trần Văn Mẫu"
