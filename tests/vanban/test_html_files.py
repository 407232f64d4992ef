"""Pages of HTML: what a reader sees, in any encoding."""
# ruff: noqa: E501 - a page stays on one line

from __future__ import annotations

from pathlib import Path

import pytest

from vanban import read
from vanban.refusal import LIMITS
from vanban.sources.content import Content
from vanban.sources.html import content_of


def content(page: str, encoding: str = "utf-8") -> Content:
    return content_of(page.encode(encoding), LIMITS)


def lines(page: str) -> list[str]:
    return content(page).text.split("\n")


def test_blocks_are_lines() -> None:
    page = "<html><body><p>Căn  cứ\n <b>Luật</b>&nbsp;Đất&#273;ai;</p><div>Xét<br>đề nghị</div>đuôi<ol start=3><li>a<li><p>b</p><p>b2</p></ol><ul><li>c</ul></body></html>"
    assert lines(page) == ["Căn cứ Luật Đấtđai;", "Xét", "đề nghị", "đuôi", "3. a", "4. b", "b2", "- c"]


def test_what_is_not_the_document_is_left_out() -> None:
    page = (
        "<html><head><title>Trang</title><style>p{}</style></head><body><header>Cổng thông tin</header><nav>Trang chủ</nav>"
        "<script>alert(1)</script><p>Quyết định<!-- ghi chú --> số 5</p><p style='display: none'>mật khẩu</p>"
        "<p hidden>ẩn</p><button>In</button><footer>Bản quyền</footer></body></html>"
    )
    assert lines(page) == ["Quyết định số 5"]


def test_the_main_part_of_a_page() -> None:
    page = (
        "<body><div>Tin mới</div><main><header>SỞ NỘI VỤ</header><p>Số: 5/KH</p></main><div>Liên hệ</div></body>"
    )
    assert lines(page) == ["SỞ NỘI VỤ", "Số: 5/KH"]


def test_tables() -> None:
    letterhead = "<table><tr><td>SỞ NỘI VỤ</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr><tr><td>Số: 5/KH</td><td>ngày</td></tr></table>"
    real = "<table><tr><th>Việc</th><th>Ai</th></tr><tr><td><p>Rà soát</p></td><td>Sở A</td></tr></table>"
    found = content(f"<html>{letterhead}<p>x</p>{real}</html>")
    assert found.text.startswith("SỞ NỘI VỤ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 5/KH")
    (grid,) = found.tables
    assert [[found.text[cell.start : cell.end] for cell in row] for row in grid.rows] == [
        ["Việc", "Ai"],
        ["Rà soát", "Sở A"],
    ]


def test_marks_of_footnotes() -> None:
    page = "<p>Theo chủ trương<a href='#n1'><sup>1</sup></a> của tỉnh, <a href='#d2'>Điều 2</a>.</p><p><a href='#r1'>1</a> Nghị quyết số 05-NQ/TU</p>"
    assert lines(page) == ["Theo chủ trương của tỉnh, Điều 2.", "[1] Nghị quyết số 05-NQ/TU"]


WORDS = "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh, các đơn vị báo cáo kết quả"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_bytes_decide_not_the_name_of_the_encoding(encoding: str) -> None:
    page = f"<html><head><meta charset='iso-8859-1'></head><body>{WORDS}</body></html>"
    assert content(page, encoding).text == WORDS


def test_old_encodings() -> None:
    page = "<html><head><style>.a{color:red}</style></head><body><p>Céng hoµ x· héi chñ nghÜa ViÖt Nam</p></body></html>"
    for encoding in ("latin-1", "utf-8"):
        found = content(page, encoding)
        assert found.text == "Cộng hoà xã hội chủ nghĩa Việt Nam"
        assert [note.code for note in found.notes] == ["encoding_guessed"]
    assert lines(
        "<p><font face='.VnTimeH, serif'>®¶ng</font> <span style=\"font-family: 'VNI-Times'\">Ñoäc</span> lập</p>"
    ) == ["ĐẢNG Độc lập"]


def test_named_encoding_of_another_language() -> None:
    page = "<html><meta charset=shift_jis><p>これは日本語</p></html>"
    assert content(page, "shift_jis").text == "これは日本語"


def test_through_the_front_door(tmp_path: Path) -> None:
    for name in ("a.html", "a.htm", "tai-len"):
        path = tmp_path / name
        path.write_text("<!doctype html><p>Số: 5/KH-UBND</p>", encoding="utf-8")
        code = read(path).header.code
        assert code is not None
        assert code.value == "5/KH-UBND"


def test_deep_nesting_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 100_000 + "Văn bản" + "</div>" * 100_000, encoding="utf-8")
    assert len(content_of(path.read_bytes(), LIMITS).text) < 100
