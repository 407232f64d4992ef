"""The door that every upload goes through."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.selectors import content_of
from motbuoc.foundation.files.services import check_size, clean_name, evidence_type, keep_file


def test_a_kept_file_gives_back_its_bytes_under_a_name_nobody_chose(db) -> None:
    stored = keep_file("../../ảnh đẹp.png", b"\x89PNG\r\n\x1a\n...", "image/png")
    assert content_of(stored) == b"\x89PNG\r\n\x1a\n..."
    assert stored.name == "ảnh đẹp.png"
    assert "ảnh" not in stored.content.name


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\giấy tờ\\a.pdf", "a.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("/", "file"),
        ("x" * 500 + ".docx", "x" * 140 + ".docx"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<html><script>1</script>"),
        ("a.svg", b"<svg onload='x'/>"),
        ("a.png", b"<html>"),
        ("a.html", b"%PDF-1.7 <html>"),
        ("a.exe", b"MZ\x90"),
        ("a.docm", b"PK\x03\x04"),
        ("a", b"\xff\xd8\xff"),
    ],
)
def test_what_is_no_evidence_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refusal):
        evidence_type(name, content)


def test_evidence_is_known_by_its_first_bytes_and_its_ending() -> None:
    assert evidence_type("a.PDF", b"%PDF-1.4") == "application/pdf"
    assert evidence_type("a.jpeg", b"\xff\xd8\xff\xe0") == "image/jpeg"


def test_empty_and_oversized_files_are_refused(settings) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    with pytest.raises(Refusal):
        check_size(SimpleUploadedFile("a.txt", b""))
    with pytest.raises(Refusal):
        check_size(SimpleUploadedFile("a.txt", b"x" * 11))
    check_size(SimpleUploadedFile("a.txt", b"x" * 10))
