"""PDF files with a text layer are read as they are printed, whatever the order in which they were drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vanban.papers import as_pdf, drawn_pdf, placed, wrapped
from vanban import read
from vanban.sources import content_of

LEFT = ["ỦY BAN NHÂN DÂN", "XÃ SÔNG ĐÀO", "Số: 45/UBND-VHXH", "V/v chuẩn bị lễ hội", "đua ghe năm 2025"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sông Đào, ngày 05 tháng 9 năm 2025"]
BODY = [
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 01/8/2025 của Ủy ban nhân dân tỉnh về lễ hội",
    "đua ghe, Ủy ban nhân dân xã yêu cầu các ấp rà soát đội ghe, báo cáo trước ngày",
    "20/9/2025 để tổng hợp, trình Ủy ban nhân dân tỉnh theo Nghị định số 126/2024/NĐ-",
    "CP và các văn bản hướng dẫn thi hành có liên quan của các bộ, ngành ở trung ương.",
]


def cell(x: float, y: float, lines: list[str], pitch: float = 15) -> list[tuple[float, float, str]]:
    return [(x, y + pitch * number, line) for number, line in enumerate(lines)]


def saved_at(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def letter() -> list[tuple[float, float, str]]:
    head = cell(60, 60, LEFT) + cell(290, 60, RIGHT)
    foot = cell(60, 330, ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]) + cell(
        330, 323, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Lê Thị Ví Dụ"]
    )
    return [*head, (150, 170, "Kính gửi: Trưởng ấp các ấp 1, 2, 3."), *cell(60, 220, BODY), *foot]


@pytest.mark.parametrize("order", ["as printed", "from the foot up", "by rows"])
def test_columns_are_read_cell_by_cell(order: str, letter: list[tuple[float, float, str]], tmp_path: Path) -> None:
    if order == "from the foot up":
        letter.reverse()
    if order == "by rows":
        letter.sort(key=lambda word: (word[1], word[0]))
    document = read(saved_at(tmp_path / "a.pdf", drawn_pdf([placed([word for word in letter if word[2]])])))
    header = document.header
    assert header.issuer is not None
    assert header.issuer.value == "ỦY BAN NHÂN DÂN XÃ SÔNG ĐÀO"
    assert header.code is not None
    assert header.code.value == "45/UBND-VHXH"
    assert header.subject is not None
    assert header.subject.value == "V/v chuẩn bị lễ hội đua ghe năm 2025"
    assert document.signature.name is not None
    assert document.signature.name.value == "Lê Thị Ví Dụ"
    assert [recipient.name for recipient in document.distribution] == ["Như trên", "Lưu: VT"]
    assert "126/2024/NĐ-CP" in [citation.code for citation in document.citations]


def test_a_page_on_its_side_is_read(letter: list[tuple[float, float, str]], tmp_path: Path) -> None:
    turned = [(y, 842 - x, text) for x, y, text in letter if text]
    upright = content_of(saved_at(tmp_path / "a.pdf", drawn_pdf([placed([w for w in letter if w[2]])])))
    aside = content_of(saved_at(tmp_path / "b.pdf", drawn_pdf([placed(turned, turned=True)])))
    assert aside.text == upright.text


def test_words_in_the_margin_do_not_cut_the_text(letter: list[tuple[float, float, str]], tmp_path: Path) -> None:
    margin = placed([(30, 500, "BẢN ĐIỆN TỬ")], turned=True)
    page = placed([word for word in letter if word[2]]) + b"\n" + margin
    text = content_of(saved_at(tmp_path / "a.pdf", drawn_pdf([page]))).text
    assert text.endswith("BẢN ĐIỆN TỬ")
    assert text.count("BẢN ĐIỆN TỬ") == 1


def test_newspaper_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["Ấp Một đã làm xong", "đường bê tông dài", "ba cây số trong", "tháng Tám vừa qua."]
    right = ["Ấp Hai đang quyên", "góp để xây cầu mới", "bắc qua con rạch", "phía sau chợ xã."]
    page = placed(cell(60, 60, left) + cell(310, 60, right))
    text = content_of(saved_at(tmp_path / "a.pdf", drawn_pdf([page]))).text
    assert " ".join(text.split()) == " ".join(left + right)


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [["1", "Ấp Một", "12 ghe", "xong"], ["2", "Ấp Hai", "9 ghe", "chưa"], ["3", "Ấp Ba", "7 ghe", "xong"]]
    words = [(60 + 130 * at, 60 + 20 * n, part) for n, row in enumerate(rows) for at, part in enumerate(row)]
    lines = content_of(saved_at(tmp_path / "a.pdf", drawn_pdf([placed(words)]))).text.split("\n")
    assert [line.split("    ") for line in lines] == rows


def test_numbered_items_keep_their_numbers(tmp_path: Path) -> None:
    items = [(60, 60 + 15 * n, f"{n + 1}.") for n in range(4)]
    words = [(110, 60 + 15 * n, text) for n, text in enumerate(["Ấp Một", "Ấp Hai", "Ấp Ba", "Ấp Bốn"])]
    text = content_of(saved_at(tmp_path / "a.pdf", drawn_pdf([placed(items + words)]))).text
    assert [" ".join(line.split()) for line in text.split("\n")] == [
        "1. Ấp Một",
        "2. Ấp Hai",
        "3. Ấp Ba",
        "4. Ấp Bốn",
    ]


def test_running_lines_fall_away_and_pages_are_told(tmp_path: Path) -> None:
    sentence = "Ủy ban nhân dân xã giao các ấp vận động bà con dọn kênh, phát cỏ, sơn lại ghe. " * 12
    lines = wrapped(sentence.strip())
    pages = [["UBND xã Sông Đào", *lines[at : at + 4], "", f"Trang {at // 4 + 1}/3"] for at in (0, 4, 8)]
    content = content_of(saved_at(tmp_path / "a.pdf", as_pdf(pages)))
    assert content.text == " ".join(lines[:12])
    assert [content.text[at:].split(" ")[0] for at in content.pages] == [
        lines[at].split(" ")[0] for at in (0, 4, 8)
    ]
    assert len(content.wraps) == len(lines[:12]) - 1


def test_a_footnote_does_not_cut_a_sentence(tmp_path: Path) -> None:
    first = [
        "Ủy ban nhân dân xã giao công chức văn hóa theo dõi, đôn đốc các ấp thực hiện việc",
        "dọn kênh và sơn lại ghe; báo cáo kết quả cho Ủy ban nhân dân xã1 trước khi khai mạc",
    ]
    second = [
        "lễ hội ít nhất ba ngày, để xã trình huyện.",
        "Các ấp tự lo tiền dầu cho ghe của ấp mình trong suốt lễ hội đua ghe.",
    ]
    note = "1 Công văn số 77/UBND-VHXH ngày 02/9/2025."
    page = placed(cell(60, 60, first)) + b"\n" + placed([(60, 780, note)], size=9)
    text = content_of(
        saved_at(tmp_path / "a.pdf", drawn_pdf([page, placed(cell(60, 60, second[:1]) + [(90, 75, second[1])])]))
    ).text
    assert "khai mạc lễ hội ít nhất ba ngày" in text
    assert text.index(note) > text.index("trình huyện.")
    assert text.count(note) == 1


def test_every_page_of_a_real_pdf_is_in_its_place(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("party/*.pdf")):
        content = content_of(path)
        assert list(content.pages) == sorted(set(content.pages))
        assert content.pages[0] == 0
        assert len(content.wraps) > len(content.pages)


def test_an_old_font_is_converted_and_told(tmp_path: Path) -> None:
    old = "\u00a7\u00b6ng uû x· giao c¸c chi bé tæ chøc häc tËp nghÞ quyÕt vµ b¸o c¸o Ban Th-êng vô tr-íc ngµy 20."
    document = read(saved_at(tmp_path / "a.pdf", as_pdf([wrapped(old)])))
    assert "giao các chi bộ tổ chức học tập nghị quyết và báo cáo Ban" in document.text
    assert "encoding_guessed" in [note.code for note in document.notes]


def test_figures_alone_are_no_damage(tmp_path: Path) -> None:
    figures = [f"{number}    {number * 7}    {number * 1.5}    2025" for number in range(1, 40)]
    document = read(saved_at(tmp_path / "a.pdf", as_pdf([figures])))
    assert "39 273 58.5 2025" in " ".join(document.text.split())
    assert not {"garbled", "recognised"} & {note.code for note in document.notes}
