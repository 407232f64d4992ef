"""Text in old encodings: converted on evidence, told in a note, and never when it already is Unicode."""
# ruff: noqa: E501 - a text stays on one line

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from vanban import Refused, parse, read
from vanban.sources.legacy import encoding_of_font, unfonted

TEXT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nKính gửi: Sở Nội vụ tỉnh An Hải\n\n"
    "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh, các đơn vị rà soát hồ sơ, cập nhật dữ liệu và báo cáo kết quả trước "
    "ngày 05 tháng 6 năm 2025.\nNguyễn Thị Bích Phượng, Đỗ Hữu Quỳnh, Vũ Thuỳ Dương, kỹ sư, ỷ lại, sĩ quan, quyển vở."
)
SMALL = TEXT.lower()
PLAIN_VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Uûy ban nhaân daân tænh, Ñoäc laäp - Töï do - Haïnh phuùc, ngöôøi ñöùng ñaàu"


def vni(text: str) -> str:
    """`text` in the letters of a VNI font, made from the marks: the way back from what is tested."""
    tones = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
    hat = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
    cup = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
    whole = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}
    letters = []
    for letter in text:
        if letter.lower() in whole:
            drawn = whole[letter.lower()]
        else:
            base, *marks = unicodedata.normalize("NFD", letter.lower())
            tone = next((mark for mark in marks if mark in tones), "")
            drawn = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
            drawn += hat[tone] if "\u0302" in marks else cup[tone] if "\u0306" in marks else tones.get(tone, "")
        letters.append(drawn.upper() if letter.isupper() else drawn)
    return "".join(letters)


def by_iconv(text: str, encoding: str) -> bytes:
    if not shutil.which("iconv"):
        pytest.skip("iconv is not here to make the bytes")
    done = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", encoding],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"iconv knows no {encoding}")
    return done.stdout


def cp1258(text: str) -> bytes:
    """Windows-1258 writes a letter with its hat or horn, and the tone after it."""
    parts = []
    for letter in text:
        whole = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(mark for mark in whole if mark not in tones)
        parts.append(unicodedata.normalize("NFC", rest) + "".join(tones))
    return "".join(parts).encode("cp1258")


def wrote(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    return path


def guessed(path: Path) -> tuple[str, list[str]]:
    document = read(path)
    return document.text, [note.message for note in document.notes if note.code == "encoding_guessed"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode(encoding: str, tmp_path: Path) -> None:
    assert guessed(wrote(tmp_path, TEXT.encode(encoding))) == (TEXT, [])
    assert guessed(wrote(tmp_path, unicodedata.normalize("NFD", TEXT).encode(encoding))) == (TEXT, [])


def test_tcvn3(tmp_path: Path) -> None:
    text, notes = guessed(wrote(tmp_path, by_iconv(SMALL, "TCVN5712-1")))
    assert text == SMALL
    assert notes == ["The text was taken to be TCVN3."]


def test_viscii(tmp_path: Path) -> None:
    text, notes = guessed(wrote(tmp_path, by_iconv(TEXT, "VISCII")))
    assert text == TEXT
    assert notes == ["The text was taken to be VISCII."]


def test_windows_1258(tmp_path: Path) -> None:
    text, notes = guessed(wrote(tmp_path, cp1258(TEXT)))
    assert text == TEXT
    assert notes == ["The text was taken to be windows-1258."]


def test_vni(tmp_path: Path) -> None:
    text, notes = guessed(wrote(tmp_path, vni(TEXT).encode("cp1252")))
    assert text == TEXT
    assert notes == ["The text was taken to be VNI."]
    assert parse(PLAIN_VNI).text.startswith("Cộng hòa xã hội chủ nghĩa Việt Nam, Ủy ban nhân dân tỉnh, Độc lập")
    assert parse(PLAIN_VNI).text.endswith("Tự do - Hạnh phúc, người đứng đầu")


def test_letters_of_an_old_font_in_a_unicode_text() -> None:
    document = parse("Céng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc")
    assert document.text == "Cộng hoà xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
    assert [note.code for note in document.notes][:1] == ["encoding_guessed"]


def test_utf8_that_was_read_as_windows_1252() -> None:
    garbled = (
        SMALL.encode()
        .decode("latin-1")
        .translate({byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)})
    )
    assert parse(garbled).text == SMALL


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ giao các đơn vị µ ¸ · ¹ ¨",
        "Le médecin a été prévenu: la forêt brûlée, à côté du château, hébergeait des blessés.",
        "Diện tích 5 m², 10 °C, ± 3 µm, từ 1 × 2 §",
        "Ho va ten, ngay sinh, dia chi: Muller-Straße, Zürich, größer",
    ],
)
def test_what_is_no_old_vietnamese_stays(text: str) -> None:
    document = parse(text)
    assert document.text == text
    assert "encoding_guessed" not in [note.code for note in document.notes]


def test_damaged_utf8_is_read_and_told(tmp_path: Path) -> None:
    text, notes = guessed(wrote(tmp_path, TEXT.encode()[:-40] + b"\xe1\xba"))
    assert text.startswith("CỘNG HÒA XÃ HỘI")
    assert notes == ["The text was taken to be UTF-8. Some characters are damaged."]


def test_bytes_that_are_no_vietnamese_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(wrote(tmp_path, "これは日本語の文書です。会議は明日行われます。".encode("shift_jis")))
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("§éc lËp", ".VnTime", "Độc lập"),
        ("®¶ng", ".VnTimeH", "ĐẢNG"),
        ("\uf0ae\uf0b6ng", ".VnTime", "đảng"),
        ("Ñoäc laäp", "VNI-Times", "Độc lập"),
        ("Độc lập", ".VnTime", "Độc lập"),
        ("§éc lËp", "Times New Roman", "§éc lËp"),
    ],
)
def test_by_font(text: str, font: str, shown: str) -> None:
    assert unfonted(text, font) == shown


def test_fonts() -> None:
    assert [encoding_of_font(name) for name in (".VnArial", "VNI-Helve", "Arial", "VNtimes")] == [
        "TCVN3",
        "VNI",
        None,
        None,
    ]
