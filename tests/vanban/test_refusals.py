"""Files that must not or cannot be read are refused: a stable code, what is wrong, what to do."""

from __future__ import annotations

import struct
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordFile

from tests.vanban.papers import as_pdf, saved
from vanban import Limits, Refused, read
from vanban.sources import content_of

CONTENT = "[Content_Types].xml"
MAIN = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

BODY = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'


def word(**parts: bytes | str) -> bytes:
    """A small .docx with parts added or replaced; names with "__" for "/" and "_" for "."."""
    return packed(
        {
            MAIN: BODY.replace("&x;", "Văn bản"),
            **parts,
        }
    )


def packed(parts: dict[str, bytes | str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def with_flag(data: bytes) -> bytes:
    """Set the "encrypted" flag of every entry of a zip."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", changed, place + at)[0]
            struct.pack_into("<H", changed, place + at, flags | 1)
            place = changed.find(mark, place + 4)
    return bytes(changed)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def old_word(flags: int = 0) -> bytes:
    """The bones of a .doc: a header, a directory entry that says where the stream begins, and its first bytes."""
    header = OLE[:0x1E] + struct.pack("<H", 9) + bytes(480)
    entry = "WordDocument".encode("utf-16-le").ljust(0x74, b"\x00") + struct.pack("<I", 1) + bytes(8)
    stream = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags)
    return header + entry.ljust(512, b"\x00") + stream + bytes(500)


ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
LOCKED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -44/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\n%%EOF"
)

CASES: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("a.txt", b"", "empty"),
    "only spaces": ("a.txt", b" \r\n\t ", "empty"),
    "only zeros": ("a.pdf", bytes(100), "empty"),
    "a Word file without words": ("a.docx", packed({MAIN: f'<w:document xmlns:w="{W}"/>'}), "empty"),
    "a damaged zip": ("a.docx", word()[:-40], "unreadable"),
    "a zip whose data is damaged": (
        "a.docx",
        word().replace(b"word/document.xml", b"word/document.xmm", 1),
        "unreadable",
    ),
    "no XML inside": ("a.docx", packed({MAIN: "<w:document"}), "unreadable"),
    "a PDF cut short": ("a.pdf", b"%PDF-1.7\n1 0 obj<</Type/Cat", "unreadable"),
    "bytes that are no text": ("a.txt", b"van b\xff\xfe\xfan", "unreadable"),
    "a locked zip": ("a.docx", with_flag(word()), "encrypted"),
    "a locked Word file": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a locked PDF": ("a.pdf", LOCKED_PDF, "encrypted"),
    "a locked old Word file": ("a.doc", old_word(flags=0x0100), "encrypted"),
    "an old Word file with macros": ("a.doc", old_word() + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    "an old Word file named .docx": ("a.docx", old_word(), "wrong_type"),
    "an old spreadsheet": ("a.xls", OLE + "Workbook".encode("utf-16-le"), "unsupported"),
    "rich text named .docx": ("a.docx", b"{\\rtf1 a}", "wrong_type"),
    "a page named .pdf": ("a.pdf", b"<html><p>a</p></html>", "wrong_type"),
    "a page without words": ("a.html", b"<html><script>a</script></html>", "empty"),
    "rich text without words": ("a.rtf", b"{\\rtf1{\\info a}}", "empty"),
    "an OpenDocument spreadsheet": (
        "a.odt",
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        "wrong_type",
    ),
    "an OpenDocument text without words": ("a.odt", packed({"content.xml": "<a/>"}), "empty"),
    "a picture named .pdf": ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(20), "wrong_type"),
    "a program named .docx": ("a.docx", b"MZ\x90" + bytes(20), "wrong_type"),
    "a zip of other things": ("a.docx", packed({"readme.txt": "a"}), "wrong_type"),
    "a spreadsheet": ("a.docx", packed({"xl/workbook.xml": "<a/>"}), "wrong_type"),
    "text named .pdf": ("a.pdf", "Văn bản".encode(), "wrong_type"),
    "text named .docx": ("a.docx", "Văn bản".encode(), "wrong_type"),
    "a Word file named .pdf": ("a.pdf", word(), "wrong_type"),
    "a PDF named .txt": ("a.txt", as_pdf([["Văn bản"]]), "wrong_type"),
    "binary named .txt": ("a.txt", b"abc\x00\x01\x02def" * 9, "wrong_type"),
    "macros": ("a.docx", word(**{"word/vbaProject.bin": b"macro"}), "macros"),
    "macros by type": (
        "a.docm",
        word(**{CONTENT: '<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'}),
        "macros",
    ),
    "an external entity": ("a.docx", word(**{MAIN: ENTITY + BODY}), "external_entity"),
    "an entity that grows": ("a.docx", word(**{MAIN: LAUGHS + BODY.replace("&x;", "&b;")}), "external_entity"),
    "an entity in UTF-16": (
        "a.docx",
        word(**{MAIN: (ENTITY.replace("1.0", '1.0" encoding="UTF-16') + BODY).encode("utf-16")}),
        "external_entity",
    ),
    "an entity in the styles": (
        "a.docx",
        word(**{"word/styles.xml": ENTITY + "<a>&x;</a>"}),
        "external_entity",
    ),
    "a part that unpacks a thousandfold": ("a.docx", word(**{"word/media/a.bin": bytes(3_000_000)}), "bomb"),
    "a PDF of blank pages": ("a.pdf", as_pdf([[], []]), "empty"),
    "a picture cut short": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "unreadable"),
}


@pytest.mark.parametrize("case", CASES)
def test_refused(case: str, tmp_path: Path) -> None:
    name, data, code = CASES[case]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert refused.value.advice.endswith(".")


SMALL = Limits(file_bytes=5_000, unpacked_bytes=20_000, pages=3, characters=50, parts=3)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"a" * 5_001, "too_large"),
        ("a.txt", b"a " * 40, "too_large"),
        ("a.docx", word(**{"word/a.xml": bytes(30_000)}), "bomb"),
        ("a.docx", word(a="1", b="2", c="3"), "bomb"),
        ("a.pdf", as_pdf([["Văn bản"]] * 4), "too_many_pages"),
    ],
)
def test_limits(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        content_of(path, SMALL)
    assert refused.value.code == code


def test_addresses_outside_the_file_are_not_followed(tmp_path: Path) -> None:
    """A template or picture on another machine is only a line in the file; the network of the tests is closed."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/attachedTemplate" Target="http://192.0.2.1/t.dotm"'
        ' TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "a.docx"
    path.write_bytes(word(**{"word/_rels/document.xml.rels": relations}))
    assert read(path).text == "Văn bản"


def test_a_name_without_a_known_ending_is_judged_by_content(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    file = WordFile()
    file.add_paragraph("Quyết định")
    path.write_bytes(saved(file))
    assert read(path).text.strip() == "Quyết định"


def test_a_format_whose_library_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.4\n")
    monkeypatch.delitem(sys.modules, "vanban.sources.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Refused, match="needs the package pypdfium2") as refused:
        content_of(path)
    assert refused.value.code == "unsupported"
    assert "vanban[pdf,ocr]" in refused.value.advice
