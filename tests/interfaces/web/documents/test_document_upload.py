"""Bringing a document in: a real file, every kind of hostile one, and nothing half-made left behind."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from motbuoc.domains.documents import reading
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.foundation.files.models import StoredFile
from tests.factories import TEXT, picture
from vanban.commands.files import SUFFIXES

URL = reverse("document_upload")


def send(client, name: str, content: bytes, **more):
    unit = Document._meta.get_field("unit").related_model.objects.filter(versions__code="ĐUK").get()
    return client.post(URL, {"file": SimpleUploadedFile(name, content), "unit": unit.pk, **more})


def nothing_kept(settings) -> bool:
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    return not files and not Document.objects.exists() and not StoredFile.objects.exists()


def word_file(body: str, extra: dict[str, bytes] | None = None, head: str = "") -> bytes:
    """A small .docx, made part by part."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0"?>{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body>'
        "</w:document>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**parts, **(extra or {})}.items():
            archive.writestr(name, part)
    return packed.getvalue()


def lines(text: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def scan_without_words() -> bytes:
    """A PDF whose one page is a picture of grey paper."""
    saved = io.BytesIO()
    Image.new("L", (620, 877), 235).save(saved, "PDF")
    return saved.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)
XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@cache  # packing the bomb takes a second
def hostile() -> dict[str, tuple[str, bytes, str]]:
    """Name of the case → file name, bytes, words of the refusal."""
    return {
        "empty": ("trong.docx", b"", "trống"),
        "a picture called .docx": ("anh.docx", picture().read(), "không"),
        "a program called .txt": ("a.txt", b"MZ\x90\x00" + bytes(range(256)) * 20, ""),
        "macros": ("m.docx", word_file(lines(TEXT), {"word/vbaProject.bin": OLE}), "macro"),
        "a bomb": ("b.docx", word_file(lines(TEXT), {"word/media/x.xml": b"0" * 150_000_000}), ""),
        "an external entity": ("x.docx", word_file("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head=XXE), ""),
        "a locked Word file": ("khoa.docx", OLE, ""),
        "a broken Word file": ("hong.docx", word_file(lines(TEXT))[:200], ""),
        "a PDF of pictures": ("scan.pdf", scan_without_words(), "ảnh chụp"),
        "marked secret": ("mat.txt", ("MẬT\n\n" + TEXT).encode(), "MẬT"),
        "marked top secret, in Word": ("tm.docx", word_file(lines("TUYỆT MẬT\n" + TEXT)), "MẬT"),
    }


@pytest.mark.parametrize("case", hostile())
def test_a_hostile_file_is_refused_in_words_and_nothing_is_kept(officer, settings, case):
    name, content, words = hostile()[case]
    answer = send(officer, name, content)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tệp chưa được nhận" in page
    assert words in page.split("Tệp chưa được nhận")[1].split("</div>")[0]
    assert "passwd" not in page
    assert nothing_kept(settings)


def test_a_file_larger_than_the_installation_accepts(officer, settings):
    settings.MAX_UPLOAD_BYTES = 1_000_000
    answer = send(officer, "lon.txt", TEXT.encode() * 3000)
    assert answer.status_code == 422
    assert "1 MB" in answer.content.decode()
    assert nothing_kept(settings)


def test_reading_that_never_ends_is_stopped(officer, settings):
    settings.READING_SECONDS = 0.01
    answer = send(officer, "cv.txt", TEXT.encode())
    assert answer.status_code == 422
    assert nothing_kept(settings)


@pytest.mark.parametrize(
    ("name", "content"), [("cv.txt", TEXT.encode()), ("Công văn.docx", word_file(lines(TEXT)))]
)
def test_a_good_file_is_read_kept_and_shown_for_review(cast, officer, name, content):
    answer = send(officer, name, content)
    document = Document.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("document_review", args=[document.pk])
    assert document.unit == cast.bloc
    assert document.code == "12-CV/ĐUK"
    assert document.duties.count() >= 3
    assert officer.get(answer["Location"]).status_code == 200


def test_the_layout_of_the_file_is_kept_with_the_document(officer):
    send(officer, "Công văn.docx", word_file(lines(TEXT)))
    document = Document.objects.get()
    assert document.layout
    assert "Thể thức" in officer.get(reverse("document_review", args=[document.pk])).content.decode()


def test_a_layout_check_that_fails_does_not_stop_the_import(officer, monkeypatch):
    run = reading._run

    def failing(folder, until, *arguments):
        return run(folder, until, *arguments) if arguments[0] == "read" else run(folder, until, "no-such-command")

    monkeypatch.setattr(reading, "_run", failing)
    answer = send(officer, "cv.txt", TEXT.encode())
    assert Document.objects.get().layout is None
    assert "Chưa kiểm tra thể thức." in officer.get(answer["Location"]).content.decode()


def test_a_paper_that_is_no_directive_is_shown_as_read(officer):
    answer = send(officer, "tho.txt", "Trăng sáng ngoài sân.\nGió mát.\n".encode())
    page = officer.get(answer["Location"]).content.decode()
    assert "Trăng sáng ngoài sân." in page
    assert "chỗ cần xem lại" in page


def test_the_page_asks_for_a_file(officer):
    page = officer.get(URL).content.decode()
    assert 'type="file"' in page
    assert "multipart/form-data" in page
    assert "20 MB" in page
    assert 'accept=".docx,.doc,' in page


def test_what_the_reader_reads_is_taken_in():
    assert set(MEDIA_TYPES) == SUFFIXES - {".md"}


def test_a_web_page_is_kept_as_what_no_browser_runs(officer):
    page = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    send(officer, "cv.html", f"<html><body>{page}<script>alert(1)</script></body></html>".encode())
    document = Document.objects.get()
    assert document.code == "12-CV/ĐUK"
    assert document.file.media_type == "text/plain"


def test_pressing_the_button_without_a_file(officer, settings):
    answer = officer.post(URL, {})
    assert answer.status_code == 422
    assert "Hãy chọn một tệp." in answer.content.decode()


def test_only_those_who_may(cast, as_person, settings):
    for person in (cast.secretary, cast.member, cast.inspector, cast.central_officer, cast.stranger):
        client = as_person(person)
        status = 404 if person == cast.stranger else 403
        assert client.get(URL).status_code == status
        assert send(client, "cv.txt", TEXT.encode()).status_code == status
    assert nothing_kept(settings)


def test_not_for_a_unit_out_of_reach(cast, officer, settings):
    assert send(officer, "cv.txt", TEXT.encode(), unit=cast.province.pk).status_code == 422
    assert nothing_kept(settings)


def test_wrong_method(officer):
    assert officer.put(URL).status_code == 405
