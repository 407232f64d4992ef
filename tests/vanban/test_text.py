"""One form of Unicode, marks of Markdown away, wrapped lines rejoined, folding for search."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import parse
from vanban.document import Place, Span
from vanban.text import fold, is_upper, laid_out, normalise, rejoin, unmark, without_running_lines

PARAGRAPH = (
    "Thực hiện kế hoạch năm nay, các đơn vị rà soát hồ sơ,\ncập nhật dữ liệu và tổ chức báo cáo\n"
    "kết quả thực hiện hằng quý của đơn vị về Ban\nTổ chức trước ngày 05 tháng\n6 năm nay."
)


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        (unicodedata.normalize("NFD", "Uỷ ban nhân dân"), "Uỷ ban nhân dân"),
        ("QÐ-UBND, ðồng chí", "QĐ-UBND, đồng chí"),
        ("Số:\u00a012\u200b/KH", "Số: 12/KH"),
        ("a\r\nb\rc\fd\u2028e", "a\nb\nc\nd\ne"),
        ("14\u2011KH", "14-KH"),
        ("a\tb", "a    b"),
        ("a\x07b\ud800c", "abc"),
        ("Cơ quan – Doanh nghiệp “x”…", "Cơ quan – Doanh nghiệp “x”…"),
    ],
)
def test_normalise(raw: str, want: str) -> None:
    assert normalise(raw) == want
    assert normalise(want) == want


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Uỷ ban", "uy ban"),
        ("Ủy  ban", "uy ban"),
        ("HÒA", "hoa"),
        ("hoà", "hoa"),
        ("Đường Đỗ", "duong do"),
        (unicodedata.normalize("NFD", "Nghị quyết"), "nghi quyet"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_is_upper() -> None:
    assert is_upper("SỞ NỘI VỤ")
    assert not is_upper("SỞ Nội vụ")
    assert not is_upper("1.")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**SỞ NỘI VỤ**", "SỞ NỘI VỤ"),
        ("*V/v trồng cây*", "V/v trồng cây"),
        ("a\n*\nb **c**", "a\n*\nb c"),
        ("## Điều 1", "Điều 1"),
        ("__Nơi nhận__:", "Nơi nhận:"),
    ],
)
def test_unmark(marked: str, plain: str) -> None:
    assert unmark(marked) == plain


def test_a_table_in_markdown_becomes_its_cells() -> None:
    lines = unmark("| SỞ NỘI VỤ ____ Số: 1/KH | HÀ NỘI |\n| --- | --- |").split("\n")
    assert [line.strip() for line in lines if line.strip()] == ["SỞ NỘI VỤ", "Số: 1/KH", "HÀ NỘI"]


def test_wrapped_lines_are_rejoined_without_a_change_of_length() -> None:
    joined = rejoin(PARAGRAPH)
    assert joined == PARAGRAPH.replace("\n", " ")
    assert len(joined) == len(PARAGRAPH)


def test_items_and_labels_begin_lines_of_their_own() -> None:
    text = f"{PARAGRAPH}\n- Mục một,\n1. Mục hai\nĐiều 3. Mục ba\nNơi nhận:\n- Như trên"
    assert rejoin(text).split("\n")[1:] == text.split("\n")[5:]


def test_short_paragraphs_are_not_taken_for_wrapped_lines() -> None:
    lines = "Phong trào hành động của đoàn viên\nTriển khai phong trào tình nguyện\nCông tác kiểm tra của Ban\nTổ chức hai đợt kiểm tra cơ sở"
    assert rejoin(lines) == lines


def test_the_lines_of_a_pdf_go_on_only_where_they_are_full() -> None:
    text = (
        "Kính gửi: Sở Nội vụ tỉnh An Hải\nSở Xây dựng nhận được kế hoạch của tỉnh và đã tổ chức rà soát hồ sơ của các\n"
        "Ban quản lý dự án trong toàn tỉnh theo yêu cầu, kết quả đã gửi về Sở Tài chính và\nSở Nội vụ.\nTrân trọng đề nghị xem xét việc này"
    )
    assert rejoin(text, tight=True).split("\n") == [
        text.split("\n")[0],
        " ".join(text.split("\n")[1:4]),
        text.split("\n")[4],
    ]


def test_spans_refer_to_the_text_of_the_document() -> None:
    document = parse("**Số: 5/KH-UBND**\r\n\r\n" + unicodedata.normalize("NFD", "KẾ HOẠCH\nvề trồng cây"))
    code, subject = document.header.code, document.header.subject
    assert code is not None
    assert subject is not None
    assert code.span is not None
    assert subject.span is not None
    assert document.text[code.span.start : code.span.end] == "5/KH-UBND"
    assert document.text[subject.span.start : subject.span.end] == "về trồng cây"


def test_a_place_is_told_as_printed() -> None:
    document = parse(f"Trang bìa của kế hoạch\n\f{PARAGRAPH}\n\nNơi nhận:\n- Như trên.")
    places = {word: document.place_of(document.text.index(word)) for word in ("bìa", "cập nhật", "Nơi", "- Như")}
    assert places == {
        "bìa": Place(1, 1, 7),
        "cập nhật": Place(2, 2, 1),
        "Nơi": Place(2, 7, 1),
        "- Như": Place(2, 8, 1),
    }
    assert document.text[document.text.index("hồ sơ") :].startswith("hồ sơ, cập nhật")


def test_a_code_cut_by_the_end_of_a_line_is_whole_again() -> None:
    text = (
        "Thực hiện các quy định của pháp luật và của tỉnh về hội theo Nghị định số 126/2024/NĐ-\n"
        "CP ngày 08 tháng 10 năm 2024 của Chính phủ, các sở rà soát hồ sơ trong toàn tỉnh và gửi\n"
        "báo cáo kết quả thực hiện hằng quý của đơn vị mình về Sở Nội vụ trong giai đoạn 2025-\n"
        "2030 để tổng hợp, trình Uỷ ban nhân dân tỉnh theo đúng thời gian đã được quy định trước."
    )
    report = text.index("báo cáo")
    content = laid_out(text, tight=True, doubts=[(Span(report, report + 7), 0.4)])
    assert "126/2024/NĐ-CP ngày" in content.text
    assert "2025-2030" in content.text
    assert [content.text[span.start : span.end] for span, _ in content.doubts] == ["báo cáo"]
    assert [content.text[wrap:][:4] for wrap in content.wraps] == ["CP n", "báo ", "2030"]


def test_page_numbers_and_running_lines_fall_away() -> None:
    pages = [[f"KE HOACH 08.DOC {n}", "", f"{n}. Nội dung {'abc'[n - 1]}", f"{n}"] for n in (1, 2, 3)]
    assert without_running_lines(pages) == [["1. Nội dung a"], ["2. Nội dung b"], ["3. Nội dung c"]]
    assert without_running_lines([["Điều 1. Phạm vi"], ["Điều 2. Đối tượng"], ["2025"]]) == [
        ["Điều 1. Phạm vi"],
        ["Điều 2. Đối tượng"],
        ["2025"],
    ]


def test_cells_that_a_narrow_column_parted_are_whole() -> None:
    letterhead = (
        "ỦY\nBAN NHÂN DÂN\nTỈNH AN HẢI\n-----\n\nSố:\n21/2022/NQ-HĐND\n\nAn\nHải, ngày 07 tháng 9 năm 2022\n\n"
    )
    body = "".join(f"Đoạn {n} nói về việc quản lý\nđất đai ở các xã của tỉnh này.\n" for n in range(9))
    lines = rejoin(letterhead + body).split("\n")
    assert {"ỦY BAN NHÂN DÂN", "Số: 21/2022/NQ-HĐND", "An Hải, ngày 07 tháng 9 năm 2022"} <= set(lines)


def test_the_text_does_not_go_on_with_the_addressees() -> None:
    text = (
        "Kính gửi: Sở Nội vụ\nThực hiện Kế hoạch của tỉnh về việc rà soát\nhồ sơ, đơn vị báo cáo\nnhư sau:\n\n" * 4
    )
    assert rejoin(text).startswith("Kính gửi: Sở Nội vụ\nThực hiện Kế hoạch của tỉnh về việc rà soát hồ sơ")


def test_a_short_numbered_line_is_a_heading_where_blank_lines_part_the_paragraphs() -> None:
    text = "1. Mục đích\nNâng cao nhận thức của toàn thể cán bộ\ntrong các cơ quan, đơn vị của tỉnh.\n\n" * 6
    assert rejoin(text).startswith("1. Mục đích\nNâng cao nhận thức của toàn thể cán bộ trong các cơ quan")


WORDS = st.sampled_from(
    ["Giao", "sở", "rà soát hồ sơ của tỉnh", "số 5/NQ-", "CP", "1.", "", "KẾ HOẠCH", "thực hiện,", "\f"]
)


@given(st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=30), st.sampled_from([True, None]))
def test_no_line_and_no_word_is_lost(lines: list[str], tight: bool | None) -> None:
    text = "\n".join(lines)
    words = [(Span(at, at + 4), 0.5) for at in range(len(text)) if text.startswith("Giao", at)]
    content = laid_out(text, tight=tight, doubts=words)
    assert content.text.count("\n") + len(content.wraps) == text.count("\n") + text.count("\f")
    assert content.text.replace("\n", "").replace(" ", "") == "".join(text.split())
    assert [content.text[span.start : span.end] for span, _ in content.doubts] == ["Giao"] * len(words)
    assert len(content.pages) == (text.count("\f") + 1 if "\f" in text else 0)
    assert list(content.pages) == sorted(content.pages)
