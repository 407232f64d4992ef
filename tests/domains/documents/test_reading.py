"""Reading a stranger's file in a process of its own."""

from __future__ import annotations

import pytest

from motbuoc.domains.documents.reading import ADVICE, read_file
from motbuoc.foundation.core.errors import Refusal


def test_a_text_is_read():
    reading = read_file("cv.txt", "Kính gửi: Các chi ủy cơ sở.\n\n1. Tổ chức hội nghị quán triệt.\n".encode())
    assert reading["provisions"][0]["number"] == "1"
    assert reading["addressees"] == ["Các chi ủy cơ sở"]


def test_the_name_of_the_file_is_never_part_of_a_command():
    reading = read_file("--help; rm -rf x.txt", b"1. Bao cao.")
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
    codes = {
        "empty",
        "too_large",
        "encrypted",
        "unreadable",
        "wrong_type",
        "unsupported",
        "bomb",
        "macros",
        "external_entity",
        "too_many_pages",
        "scan_only",
    }
    assert codes <= ADVICE.keys()
