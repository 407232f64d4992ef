"""Files that must not or cannot be read: each is answered in words that say what to do, and nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.factories import TEXT, picture
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

SECRET_WORDS = "Ba nội dung không được để lộ"
SECRET = TEXT.replace("Số 12-CV/ĐUK", "MẬT\nSố 66-CV/ĐUK").replace("Việc làm mẫu", SECRET_WORDS)
MACROS_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word_file(change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    """A Word file as Word's own library saves it, with some of its parts changed or added."""
    saved, packed = BytesIO(), BytesIO()
    document = docx.Document()
    document.add_paragraph("Kế hoạch công tác dân vận")
    document.save(saved)
    with ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in (parts | change(parts)).items():
            package.writestr(name, content)
    return packed.getvalue()


def bomb(_parts: dict[str, bytes]) -> dict[str, bytes]:
    """100 MB of one word, packed into a hundred kilobytes."""
    return {"word/media/image1.emf": b"dan van " * 12_500_000}


def with_macros(parts: dict[str, bytes]) -> dict[str, bytes]:
    """What makes a .docm of a .docx."""
    types = parts["[Content_Types].xml"].replace(PLAIN_TYPE, MACROS_TYPE)
    return {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro", "[Content_Types].xml": types}


def with_entity(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Words that are a file of the server's."""
    head = b'<!DOCTYPE d [<!ENTITY words SYSTEM "file:///etc/hostname">]>\n<w:document '
    main = parts["word/document.xml"].replace(b"<w:document ", head, 1)
    return {"word/document.xml": main.replace("Kế hoạch".encode(), b"&words;")}


def blank_scan() -> bytes:
    """A PDF whose one page is a picture of grey paper."""
    saved = BytesIO()
    Image.new("L", (620, 877), 235).save(saved, "PDF")
    return saved.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "trong.docx": (lambda: b"", "Tệp trống. Hãy mở tệp trên máy, kiểm tra rồi gửi lại."),
    "anh.docx": (lambda: picture().read(), "Hãy lưu thành Word (.docx), PDF hoặc văn bản thuần (.txt)"),
    "bom.docx": (lambda: word_file(bomb), "lớn bất thường so với một văn bản nên không được mở. Hãy lưu lại"),
    "macro.docm": (lambda: word_file(with_macros), "có chứa macro nên không được mở. Hãy lưu thành .docx"),
    "thuc-the.docx": (lambda: word_file(with_entity), "đòi mở thêm tệp khác nên không được mở. Hãy lưu lại"),
    "mat.txt": (SECRET.encode, "đóng dấu MẬT. Tài liệu mật không được đưa vào hệ thống này và đã không được lưu."),
    "anh-chup.pdf": (blank_scan, "ảnh chụp trang giấy"),
}


def test_bad_files(visit, tmp_path: Path) -> None:
    officer: Visitor = visit("chuyenvien")
    listed, kept = documents_listed(officer), officer.site.kept_files
    for name, (made, sentence) in BAD.items():
        file = tmp_path / name
        file.write_bytes(made())
        officer.hands_over(file)
        is_refused(officer.page, sentence)
        assert officer.site.kept_files == kept, name
    assert documents_listed(officer) == listed
    stored = b"".join(path.read_bytes() for path in officer.site.folder.glob("motbuoc.sqlite3*"))
    assert "38-CV/ĐUK".encode() in stored  # the demo's dispatch: words that are kept would be found here
    assert SECRET_WORDS.encode() not in stored
    refusals = [complaint for complaint in officer.complaints if "status of 422" in complaint]
    assert officer.complaints == refusals
    assert len(refusals) == len(BAD)


def is_refused(page: Page, sentence: str) -> None:
    """The same page says why and what to do, where the eye is, and takes another file."""
    expect(page).to_have_url(re.compile(r"/van-ban/moi/$"))
    told = page.get_by_role("alert").filter(has_text="Tệp chưa được nhận")
    expect(told).to_contain_text(sentence)
    expect(told).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Nhập văn bản")).to_be_visible()
    expect(page.get_by_role("button", name="Đọc văn bản")).to_be_enabled()


def documents_listed(officer: Visitor) -> str:
    """The list of documents, as it is read."""
    officer.goes_to("/van-ban/")
    return officer.page.locator("#results").inner_text()
