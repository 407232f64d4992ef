"""Reading a stranger's file in a process of its own."""

from __future__ import annotations

import inspect
import os
import re
import time
from io import BytesIO
from pathlib import Path

import docx
import pytest

import vanban.refusal
from motbuoc.domains.documents import reading as door
from motbuoc.domains.documents.reading import ADVICE, mend_file, read_file
from motbuoc.foundation.core.errors import Refusal

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LETTER = """ỦY BAN NHÂN DÂN
TỈNH MẪU

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 5/UBND-VX
Mẫu, ngày 3 tháng 1 năm 2026

Kính gửi: Sở Thử

1. Tổ chức hội nghị quán triệt.
"""


def word_file(text: str) -> bytes:
    """The text as a Word file in the program's own looks, which are no office's."""
    document, saved = docx.Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(saved)
    return saved.getvalue()


def old_word_file() -> bytes:
    """As little of an old Word file as makes the reader ask for the converter."""
    data = bytearray(OLD_WORD + bytes(2048))
    data[0x1E:0x20] = (9).to_bytes(2, "little")
    name = "WordDocument\0".encode("utf-16-le")
    data[600 : 600 + len(name)] = name
    data[600 + 0x74 : 600 + 0x78] = (1).to_bytes(4, "little")
    data[1024:1026] = b"\xec\xa5"
    return bytes(data)


def test_a_text_is_read():
    text = "Kính gửi: Các chi ủy cơ sở.\n\n1. Tổ chức hội nghị quán triệt.\n"
    reading = read_file("cv.txt", text.encode()).reading
    assert reading["provisions"][0]["number"] == "1"
    assert reading["addressees"] == ["Các chi ủy cơ sở"]


def test_the_name_of_the_file_is_never_part_of_a_command():
    reading = read_file("--help; rm -rf x.txt", b"1. Bao cao.").reading
    assert reading["text"].startswith("1. Bao cao.")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.docx", b"%PDF-1.4", "wrong_type"),
        ("a.pdf", b"%PDF-1.4 broken", "unreadable"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
    ],
)
def test_what_is_refused_is_refused_with_advice(name, content, code):
    with pytest.raises(Refusal) as refused:
        read_file(name, content)
    assert str(refused.value.message) == str(ADVICE[code])


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secrecy_mark_closes_the_door(mark):
    with pytest.raises(Refusal) as refused:
        read_file("cv.txt", f"ĐẢNG ỦY KHỐI MẪU\n\n{mark}\n\nSố 1-CV/ĐUK\n\n1. Tổ chức quán triệt.\n".encode())
    assert mark in str(refused.value.message)


def test_words_about_secrets_do_not():
    assert read_file("cv.txt", "1. Thực hiện tốt công tác bảo mật, bí mật nhà nước.\n".encode())


def test_too_slow_is_stopped(settings):
    settings.READING_SECONDS = 0.01
    with pytest.raises(Refusal) as refused:
        read_file("cv.txt", b"1. Bao cao.")
    assert str(refused.value.message) == str(ADVICE["too_slow"])


def test_every_refusal_of_the_reader_has_advice():
    folder = Path(inspect.getfile(vanban.refusal)).parent
    raised = set()
    for path in folder.rglob("*.py"):
        if "exchange" not in path.parts:  # packages are not brought in here
            raised |= set(re.findall(r'Refused\(\s*"(\w+)"', path.read_text()))
    said = set(re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", str(vanban.refusal.Refused.__doc__)))
    assert len(raised) > 8
    assert raised <= said
    assert raised <= ADVICE.keys()


def test_the_layout_of_a_word_file_is_checked_with_its_reading():
    read = read_file("cv.docx", word_file(LETTER))
    assert read.layout is not None
    found = {finding["code"]: finding for finding in read.layout}
    assert found["number.padding"]["expected"] == "05"
    start, end = found["number.padding"]["spots"][0]["span"]
    assert read.reading["text"][start:end] == "5"
    assert found["number.padding"]["can_fix"]
    assert found["page.margin_right"]["expected"] == "15–20"


def test_of_a_text_only_words_are_checked():
    codes = {finding["code"] for finding in read_file("cv.txt", LETTER.encode()).layout or []}
    assert {"typography.unchecked", "number.padding"} <= codes
    assert "page.margin_right" not in codes


@pytest.mark.parametrize("failure", ["returncode", "no time"])
def test_a_check_that_fails_keeps_no_document_out(monkeypatch, failure):
    run = door._run

    def failing(folder, until, *arguments):
        if arguments[0] == "read":
            return run(folder, until, *arguments)
        if failure == "no time":
            raise Refusal(ADVICE["too_slow"])
        return run(folder, until, "check", "--no-such-option")

    monkeypatch.setattr(door, "_run", failing)
    read = read_file("cv.txt", LETTER.encode())
    assert read.layout is None
    assert read.reading["header"]["code"] == "5/UBND-VX"


def test_words_recognised_in_pictures_are_not_read_twice(monkeypatch):
    run, asked = door._run, []

    def counted(folder, until, *arguments):
        asked.append(arguments[0])
        done = run(folder, until, *arguments)
        note = b'{"code": "recognised", "field": "text", "message": "", "span": null}'
        done.stdout = re.sub(rb'"notes": \[', b'"notes": [' + note + b",", done.stdout)
        return done

    monkeypatch.setattr(door, "_run", counted)
    assert read_file("cv.txt", b"1. Bao cao.").layout is None
    assert asked == ["read"]


def test_a_mended_copy_is_a_word_file_with_the_same_words():
    mended = docx.Document(BytesIO(mend_file("cv.docx", word_file(LETTER))))
    lines = [paragraph.text for paragraph in mended.paragraphs]
    assert "Số: 05/UBND-VX" in lines
    assert "1. Tổ chức hội nghị quán triệt." in lines
    assert round(mended.sections[0].page_width.mm) == 210


def test_only_a_word_file_is_mended():
    with pytest.raises(Refusal) as refused:
        mend_file("cv.txt", LETTER.encode())
    assert str(refused.value.message) == str(ADVICE["unsupported"])


def test_what_the_reader_started_ends_with_it(monkeypatch, settings, tmp_path):
    """The converter of old Word files runs in a group of its own, which the reader must end itself."""
    converter, started = tmp_path / "soffice", tmp_path / "started"
    converter.write_text(f"#!/bin/sh\necho $$ > {started}\nexec sleep 60\n")
    converter.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    settings.READING_SECONDS = 4
    with pytest.raises(Refusal) as refused:
        read_file("cu.doc", old_word_file())
    assert str(refused.value.message) == str(ADVICE["too_slow"])
    number = int(started.read_text())
    time.sleep(0.2)
    assert not Path(f"/proc/{number}").exists()


def test_old_word_files_and_scans_are_read_within_the_limits(shared):
    old = shared / "corpus/state/tb-giai-the-hoi-draft.doc"
    scan = shared / "corpus/scan/cv-275-stttt-phutho.pdf"
    assert len(read_file(old.name, old.read_bytes()).reading["text"]) > 500
    read = read_file(scan.name, scan.read_bytes())
    assert len(read.reading["text"]) > 500
    assert read.layout is None
