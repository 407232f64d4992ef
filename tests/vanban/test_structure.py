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
        ("1. A b:\n\na. C d.\n\nb. E f.\n\n2. G h.", [("1", ["a", "b"]), "2"]),
        ("1) A b:\n\na) C d.\n\nb) E f.\n\n2) G h.", [("1", ["a", "b"]), "2"]),
        ("a) A b:\n\n(1) C d.\n\n(2) E f.\n\nb) G h.", [("a", ["1", "2"]), "b"]),
        ("1. A b:\n\na) C:\n\n1) D e.\n\n2) F g.\n\nb) H i.", [("1", [("a", ["1", "2"]), "b"])]),
        ("1. A:\n\na) B:\n\n(i) C d.\n\n(ii) E f.\n\nb) G h.", [("1", [("a", ["i", "ii"]), "b"])]),
        ("1/ A b:\n\n1.1/ C d.\n\n1.2/ E f.\n\n2/ G h.", [("1", ["1.1", "1.2"]), "2"]),
        ("I/ A b\n\n1/ C d.\n\nII/ E f", [("I", ["1"]), "II"]),
        ("A. PHẦN MỘT\n\nI. A b\n\nB. PHẦN HAI\n\nI. C d", [("A", ["I"]), ("B", ["I"])]),
        ("PHẦN THỨ NHẤT\nCHUNG\n\nA b.\n\nPHẦN THỨ HAI\nRIÊNG\n\nC d.", ["PHẦN THỨ NHẤT", "PHẦN THỨ HAI"]),
        ("Mục 1\nCHUNG\n\nĐiều 1. A\n\nMục 2\nRIÊNG\n\nĐiều 2. B", [("Mục 1", ["Điều 1"]), ("Mục 2", ["Điều 2"])]),
        (
            "Chương 1.\nCHUNG\n\nĐiều 1. A\n\nChương 2.\nRIÊNG\n\nĐiều 2. B",
            [("Chương 1", ["Điều 1"]), ("Chương 2", ["Điều 2"])],
        ),
        ("Điều 1. A\n\nĐiều 1a. B\n\nĐiều 2. C", ["Điều 1", "Điều 1a", "Điều 2"]),
    ],
)
def test_families_of_numbers(body: str, want: list[object]) -> None:
    assert tree(body) == want


def test_a_law_of_parts_chapters_sections_and_articles() -> None:
    body = (
        "Phần thứ nhất\nQUY ĐỊNH CHUNG\n\nChương I\nPHẠM VI\n\nĐiều 1. Phạm vi điều chỉnh\n\n1. Luật này quy định:\n\na) Trồng cây;\n\nb) Chăm cây;\n\n"
        "c) Tưới cây;\n\nd) Tỉa cây;\n\nđ) Chặt cây.\n\n2. Khoản hai.\n\nĐiều 2. Đối tượng\n\nChương II\nNGUYÊN TẮC\n\nĐiều 3. Nguyên tắc\n\n"
        "Phần thứ hai\nTRỒNG CÂY\n\nChương III\nCÂY TO\n\nMục 1\nCÂY GỖ\n\nTiểu mục 1\nCÂY LIM\n\nĐiều 4. Cây lim\n\nTiểu mục 2\nCÂY SẾN\n\nĐiều 5. Cây sến\n\n"
        "Mục 2\nCÂY QUẢ\n\nĐiều 6. Cây xoài\n\nPhần thứ ba\nTHI HÀNH\n\nĐiều 7. Hiệu lực"
    )
    assert tree(body) == [
        (
            "Phần thứ nhất",
            [
                ("Chương I", [("Điều 1", [("1", ["a", "b", "c", "d", "đ"]), "2"]), "Điều 2"]),
                ("Chương II", ["Điều 3"]),
            ],
        ),
        (
            "Phần thứ hai",
            [
                (
                    "Chương III",
                    [
                        ("Mục 1", [("Tiểu mục 1", ["Điều 4"]), ("Tiểu mục 2", ["Điều 5"])]),
                        ("Mục 2", ["Điều 6"]),
                    ],
                )
            ],
        ),
        ("Phần thứ ba", ["Điều 7"]),
    ]
    parts = parse(TOP + body).provisions
    assert [part.heading and part.heading.value for part in parts] == ["QUY ĐỊNH CHUNG", "TRỒNG CÂY", "THI HÀNH"]
    chapter = parts[0].children[0]
    article = chapter.children[0]
    clause = article.children[0]
    assert [each.kind for each in (parts[0], chapter, article, clause, clause.children[0])] == [
        "part",
        "chapter",
        "article",
        "clause",
        "point",
    ]


def test_a_guideline_of_the_party() -> None:
    body = (
        "Phần I\nHƯỚNG DẪN CHUNG\n\nI- Phạm vi\n\n1. Văn bản\n\n1.1. Văn bản giấy\n\n1.1.1. Khổ giấy:\n\na) Khổ lớn:\n\n(i) Loại một:\n\n- Giấy trắng.\n\n- Giấy vàng.\n\n"
        "(ii) Loại hai.\n\nb) Khổ nhỏ.\n\n1.1.2. Phông chữ.\n\n1.2. Văn bản điện tử.\n\n2. Trách nhiệm\n\nII- Đối tượng\n\nPhần II\nHƯỚNG DẪN CỤ THỂ\n\nI- Tiêu đề"
    )
    leaf = ("1.1.1", [("a", [("i", ["-", "-"]), "ii"]), "b"])
    assert tree(body) == [
        ("Phần I", [("I", [("1", [("1.1", [leaf, "1.1.2"]), "1.2"]), "2"]), "II"]),
        ("Phần II", ["I"]),
    ]


@pytest.mark.parametrize(
    "quotation",
    [
        "“Điều 5. Cũ\n\n1. Khoản một.\n\n2. Khoản hai.”.",
        '"Điều 5. Cũ\n\n1. Khoản một.\n\n2. Khoản hai."',
        "“Điều 5. Cũ\n\n" + "\n\n".join(f"{n}. Khoản {n}." for n in range(1, 99)) + "”",
        "“\n\nĐiều 5. Cũ\n\n1. Khoản “trong ngoặc” một.\n\n2. Khoản hai.\n\n”",
        "“b) Điểm b.\n\nc) Điểm c.“",
    ],
)
def test_quoted_law_stays_inside_the_article_that_quotes_it(quotation: str) -> None:
    body = f"Điều 1. Sửa đổi Luật\n\n1. Sửa đổi Điều 5 như sau:\n\n{quotation}\n\n2. Bãi bỏ Điều 6.\n\nĐiều 2. Hiệu lực"
    assert tree(body) == [("Điều 1", ["1", "2"]), "Điều 2"]


def test_a_part_whose_number_a_machine_misread() -> None:
    body = "Phần]\nCHUNG\n\n1. A b.\n\n_— PhằnH l\nRIÊNG\n\n1. C d."
    assert tree(body) == [("Phần I", ["1"]), ("Phần II", ["1"])]
    assert tree("Điều I. A b\n\nĐiều 2. C d") == ["Điều 1", "Điều 2"]


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
