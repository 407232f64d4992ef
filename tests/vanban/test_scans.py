"""Scans and photographs of pages: recognised whichever way up they are, and trusted no more than their words."""

from __future__ import annotations

import shutil
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.vanban.papers import drawn_pdf, placed
from tests.vanban.test_pdf_files import saved_at
from vanban import Limits, Refused, read
from vanban.document import Document, Field, Header, Span
from vanban.recognised.capitals import Spelling
from vanban.recognised.doubts import with_doubts
from vanban.refusal import LIMITS
from vanban.sources import content_of, recognition
from vanban.sources.agreement import agreed
from vanban.sources.pictures import frames_of
from vanban.sources.rows import Word

WIDE, HIGH = 2068, 2924  # pixels of A4 at 250 dpi
LEFT = ["ỦY BAN NHÂN DÂN", "XÃ SÔNG ĐÀO", "Số: 45/UBND-VHXH"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sông Đào, ngày 05 tháng 9 năm 2025"]
BODY = [
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 01/8/2025 của Ủy ban nhân dân tỉnh về",
    "lễ hội đua ghe, Ủy ban nhân dân xã yêu cầu các ấp rà soát đội ghe, báo cáo trước",
    "ngày 20/9/2025 để tổng hợp, trình Ủy ban nhân dân tỉnh.",
]
FOOT = ["Nơi nhận:", "- Như trên;", "- Lưu: Văn thư"]
SIGNED = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Trần Thị Mẫu"]


PICTURE = b"q 400 0 0 400 60 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"  # a black square


@pytest.fixture(scope="module")
def font() -> ImageFont.FreeTypeFont:
    for name in ("Tinos-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSerif.ttf"):
        try:
            found = ImageFont.truetype(name, 40)
        except OSError:
            continue
        if found.getmask("ợ").getbbox() != found.getmask("\ue000").getbbox():
            return found
    pytest.skip("no font with Vietnamese letters is on this machine")


@pytest.fixture(scope="module")
def machine() -> None:
    try:
        recognition.require()
    except Refused as refused:
        pytest.skip(refused.advice)


@pytest.fixture(scope="module")
def scan(font: ImageFont.FreeTypeFont, machine: None) -> Image.Image:
    page = Image.new("L", (WIDE, HIGH), 250)
    draw = ImageDraw.Draw(page)
    columns = [(150, 180, LEFT), (930, 180, RIGHT), (200, 560, BODY), (200, 1000, FOOT), (1150, 1000, SIGNED)]
    for x, y, lines in [*columns, (700, 430, ["Kính gửi: Trưởng ấp các ấp."])]:
        for number, line in enumerate(lines):
            draw.text((x, y + 62 * number), line, fill=20, font=font)
    return page


def skewed(page: Image.Image) -> Image.Image:
    """Photographed askew, with a shadow over one side and grain."""
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda grey: 150 + grey * 105 // 255)
    grain = Image.effect_noise(page.size, 24)
    dark = Image.composite(page, shadow, page.point(lambda grey: 255 if grey < 128 else 0))
    return Image.blend(dark, grain, 0.12).rotate(3, fillcolor=200).filter(ImageFilter.GaussianBlur(0.6))


VIEWS = {
    "as printed": lambda page: page,
    "on its side": lambda page: page.transpose(Image.Transpose.ROTATE_90),
    "on its head": lambda page: page.transpose(Image.Transpose.ROTATE_180),
    "askew in poor light": skewed,
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_letter_is_recognised(view: str, scan: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    VIEWS[view](scan).save(path)
    document = read(path)
    header = document.header
    assert header.code is not None
    assert header.code.value == "45/UBND-VHXH"
    assert header.code.confidence < 0.9
    assert str(header.date) == "2025-09-05"
    assert header.place is not None
    assert header.place.value == "Sông Đào"
    assert [citation.code for citation in document.citations] == ["12/KH-UBND"]
    assert [recipient.name for recipient in document.distribution] == ["Như trên", "Lưu: Văn thư"]
    assert document.signature.name is not None
    assert document.signature.name.value == "Trần Thị Mẫu"
    assert [note.code for note in document.notes][:1] == ["recognised"]


def test_pages_of_pictures_in_a_pdf_are_recognised(scan: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    scan.save(path, resolution=250, save_all=True, append_images=[scan.crop((0, 500, WIDE, 900))])
    document = read(path)
    assert document.header.code is not None
    assert document.header.code.value == "45/UBND-VHXH"
    assert len(document.pages) == 2
    assert document.text[document.pages[1] :].startswith("Thực hiện Kế hoạch")


@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "gif", "bmp"])
def test_pictures_of_every_kind_are_opened(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    Image.new("RGB", (600, 800), "white").save(path)
    (frame,) = frames_of(path.read_bytes(), LIMITS)
    assert (frame.mode, frame.size) == ("L", (1200, 1600))  # small ones are brought to the size that reads best


def test_every_page_of_a_fax_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [Image.new("1", (1700, 2200), 1) for _ in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    assert len(list(frames_of(path.read_bytes(), LIMITS))) == 3
    assert len(list(frames_of(path.read_bytes(), Limits(scan_pages=2)))) == 2


def test_a_blank_picture_is_refused(machine: None, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (800, 1100), 255).save(path)
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "scan_only"


def test_a_picture_of_too_many_pixels_is_refused(machine: None, tmp_path: Path) -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    path = saved_at(tmp_path / "a.png", b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT")
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "bomb"


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)


def test_without_tesseract_the_reader_says_what_to_install(no_program: None, tmp_path: Path) -> None:
    file = BytesIO()
    Image.new("L", (80, 110), 255).save(file, "PNG")
    with pytest.raises(Refused, match="tesseract-ocr-vie") as refused:
        read(saved_at(tmp_path / "a.png", file.getvalue()))
    assert refused.value.code == "no_ocr"


def test_without_tesseract_the_pages_with_text_are_read(no_program: None, tmp_path: Path) -> None:
    text = placed([(60, 60, "Ủy ban nhân dân xã giao các ấp dọn kênh, phát cỏ.")])
    document = read(saved_at(tmp_path / "a.pdf", drawn_pdf([text, PICTURE])))
    assert document.text.startswith("Ủy ban nhân dân xã giao các ấp dọn kênh")
    assert [note.message for note in document.notes if note.code == "not_recognised"] == [
        "Pictures in which nothing was read: page 2."
    ]


def test_pages_beyond_the_time_are_named(machine: None, tmp_path: Path) -> None:
    text = placed([(60, 60, "Ủy ban nhân dân xã giao các ấp dọn kênh, phát cỏ.")])
    path = saved_at(tmp_path / "a.pdf", drawn_pdf([PICTURE, text, PICTURE]))
    content = content_of(path, Limits(scan_seconds=-1.0))
    assert content.text.strip() == "Ủy ban nhân dân xã giao các ấp dọn kênh, phát cỏ."
    assert [note.message for note in content.notes] == ["Pictures in which nothing was read: page 1, 3."]


def word(text: str, left: float, sure: float) -> Word:
    return Word(text, left, 0, left + 10 * len(text), 20, sure)


def test_two_readings_that_differ_are_not_trusted() -> None:
    first = [word("ngày", 0, 0.97), word("16", 50, 0.8)]
    second = [word("ngày", 1, 0.9), word("18", 51, 0.7)]
    assert [(each.text, each.sure) for each in agreed(first, second)] == [("ngày", 0.97), ("16", 0.6)]


def test_a_word_that_one_reading_has_in_two_is_kept_once() -> None:
    glued = [word("XÃSÔNG", 0, 0.5)]
    parted = [word("XÃ", 0, 0.9), word("SÔNG", 25, 0.9)]
    assert [each.text for each in agreed(glued, parted)] == ["XÃ", "SÔNG"]


def test_a_speck_that_one_reading_has_is_dropped() -> None:
    assert agreed([word("x", 0, 0.6)], [word("dân", 200, 0.9)]) == [word("dân", 200, 0.6)]


def test_a_field_is_no_surer_than_its_words() -> None:
    text = "Số: 16/KH-ABC\nSông Đào"
    code, place = Field("16/KH-ABC", Span(4, 13)), Field("Sông Đào", Span(14, 22), 0.9)
    document = Document(text, header=Header(code=code, place=place))
    header = with_doubts(document, [(Span(4, 13), 0.4), (Span(14, 18), 0.97), (Span(19, 22), 0.95)]).header
    assert header.code is not None
    assert header.code.confidence == 0.4
    assert header.place is not None
    assert header.place.confidence == 0.9


def test_capitals_are_respelt_as_the_text_spells_them() -> None:
    spelling = Spelling(
        "PHÒNG VĂN HÓA SÔNG ĐAO\nPhòng Văn hóa Sông Đào giao các ấp; Phòng Văn hóa Sông Đào báo cáo."
    )
    assert spelling.respelt("PHÒNG VÂN HÓA SÔNG ĐAO") == "PHÒNG VĂN HÓA SÔNG ĐÀO"
    assert spelling.respelt("PHO GIÁM ĐÓC") == "PHO GIÁM ĐỐC"  # "PHO" alone may be any of six words
    assert spelling.respelt("Phong Văn hoa") == "Phong Văn hoa"
    assert spelling.respelt("ẤP HAI") == "ẤP HAI"


def test_the_scans_of_the_corpus_are_read(machine: None, shared: Path) -> None:
    document = read(shared / "corpus" / "scan" / "hd-05-vptw-p01.jpg")
    assert document.header.code is not None
    assert document.header.code.value == "05-HD/VPTW"
    assert str(document.header.date) == "2026-05-27"
