"""Files made to be run: refused, or handed out only as a download that no browser shows as a page of ours."""

from __future__ import annotations

from email.message import Message
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.domains.work.models import Evidence
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import SIGNATURES, keep_file
from tests.factories import TEXT, make_directive, make_document, picture

SCRIPT = b"<script>alert(document.cookie)</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
PNG = picture().read()
PDF = b"%PDF-1.7\n" + SCRIPT
ACTIVE = ("text/html", "text/xml", "application/xml", "+xml", "javascript", "multipart")
"""Parts of media types that a browser runs scripts from."""
NO_EVIDENCE = {
    "trang.html": HTML,
    "trang.htm": HTML,
    "trang.xhtml": HTML,
    "anh.svg": SVG,
    "anh.svgz": b"\x1f\x8b" + SVG,
    "anh.png": SVG,
    "anh.jpg": HTML,
    "giay.pdf": HTML,
    "giay.docx": HTML,
    "anh.png.html": PNG + HTML,
    "anh.html.png": HTML,
    "anh.png.svg": PNG + SVG,
    "anh.png.": PNG,
    "anh.png\x00.html": PNG + HTML,
    "anh.gif": b"GIF89a/*" + HTML,
    "anh.bmp": b"BM" + HTML,
    "khoang.png": b"\n" + PNG,
    "chuong.js": b"alert(1)",
    "chuong.xml": SVG,
    "trang.mhtml": b"MIME-Version: 1.0\n\n" + HTML,
    ".htaccess": b"AddType text/html .png",
}
TWO_IN_ONE = {
    "anh.png": (PNG + HTML, "image/png"),
    "giay.pdf": (PDF, "application/pdf"),
    "giay.docx": (b"PK\x03\x04" + HTML, "application/zip"),
}
"""What begins as an accepted type and goes on as a page."""


def test_what_only_begins_as_a_photograph_is_not_kept(bring):
    answer = bring(SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff\xe0" + HTML, "text/html"))
    assert answer.status_code == 422
    assert not Evidence.objects.exists()


@pytest.fixture
def officer(cast, as_person):
    return as_person(cast.officer)


@pytest.fixture
def assignment(cast):
    from_above = make_directive(cast)
    return from_above.assignments.get(unit=cast.unit_a, duty__position=0)


@pytest.fixture
def bring(cast, as_person, assignment):
    """Brings a file as evidence and gives back the answer."""
    client = as_person(cast.secretary)
    url = reverse("assignment_detail", args=[assignment.pk])
    client.post(url, {"step": "acknowledge", "version": assignment.version})

    def send(*files: SimpleUploadedFile):
        sent = {"step": "progress", "version": assignment.version + 1, "text": "Có minh chứng", "evidence": files}
        return client.post(url, sent)

    return send


def assert_download(answer, name: str = "") -> None:
    """The answer is a download of a harmless type under a name without a path."""
    assert answer.status_code == 200
    answer.getvalue()
    head = Message()
    head["Content-Disposition"] = answer["Content-Disposition"]
    assert head.get_content_disposition() == "attachment"
    saved_as = head.get_filename() or ""
    assert saved_as == Path(saved_as).name
    assert not any(c in saved_as for c in '\r\n\x00\\/"')
    assert not name or saved_as == name
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not any(part in answer["Content-Type"] for part in ACTIVE)
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_no_accepted_type_is_one_that_runs() -> None:
    types = [*MEDIA_TYPES.values(), *(media_type for media_type, _endings in SIGNATURES.values())]
    assert not [each for each in types if any(part in each for part in ACTIVE)]


@pytest.mark.parametrize("name", NO_EVIDENCE)
def test_pages_and_drawings_are_no_evidence(bring, settings, name):
    kept = StoredFile.objects.count()
    answer = bring(SimpleUploadedFile(name, NO_EVIDENCE[name], "image/png"))
    assert answer.status_code == 422
    assert "alert(" not in answer.content.decode()
    assert StoredFile.objects.count() == kept
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("name", TWO_IN_ONE)
def test_two_types_in_one_file_are_served_as_the_harmless_one(cast, as_person, bring, name):
    content, media_type = TWO_IN_ONE[name]
    assert bring(SimpleUploadedFile(name, content, "text/html")).status_code == 302
    evidence = Evidence.objects.get()
    answer = as_person(cast.officer).get(reverse("evidence_file", args=[evidence.pk]))
    assert answer["Content-Type"] == media_type
    assert_download(answer, name)


@pytest.mark.parametrize("name", ["trang.html", "trang.htm"])
def test_a_page_brought_as_a_document_is_shown_as_words_only(cast, officer, name):
    page = "<html><head><script>alert('chạy')</script></head><body onload=alert(1)>"
    page += "".join(f"<p>{line}</p>" for line in TEXT.splitlines()) + "<img src=x onerror=alert(1)></body></html>"
    sent = {"file": SimpleUploadedFile(name, page.encode(), "text/html"), "unit": cast.bloc.pk}
    assert officer.post(reverse("document_upload"), sent).status_code == 302
    document = Document.objects.get()
    for url in ("document_detail", "document_review"):
        shown = officer.get(reverse(url, args=[document.pk])).content.decode()
        assert "Việc làm mẫu" in shown
        assert "alert(" not in shown
    answer = officer.get(reverse("document_file", args=[document.pk]))
    assert answer["Content-Type"] == "text/plain"
    assert_download(answer, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [("anh.svg", SVG), ("giay.pdf", HTML), ("giay.docx", HTML), ("anh.png", SVG), ("chuong.js", b"alert(1)")],
)
def test_drawings_and_mislabelled_pages_are_no_documents(cast, officer, settings, name, content):
    sent = {"file": SimpleUploadedFile(name, content, "application/pdf"), "unit": cast.bloc.pk}
    answer = officer.post(reverse("document_upload"), sent)
    assert answer.status_code == 422
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_markup_in_a_text_stays_words(cast, officer):
    text = TEXT.replace("Việc làm mẫu", f"Việc làm mẫu {SCRIPT.decode()} {{{{ 7|add:7 }}}}")
    document = make_document(cast, text)
    Document.objects.update(subject=f"{SCRIPT.decode()}", code="<b>12</b>")
    for url in ("document_detail", "document_review", "document_header", "document_clarity"):
        shown = officer.get(reverse(url, args=[document.pk])).content.decode()
        assert SCRIPT.decode() not in shown
        assert "<b>12</b>" not in shown
        assert " 14 " not in shown


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.png",
        "..\\..\\windows\\win.png",
        "/etc/cron.d/x.png",
        "C:\\boot.png",
        "a\x00b.png",
        'x"; filename="trang.html.png',
        "\u202egnp.exe.png",
        "%2e%2e%2fx.png",
        "....//x.png",
        "~root.png",
        "ẵ" * 300 + ".png",
        "<img src=x onerror=alert(1)>.png",
        "{{ settings.SECRET_KEY }}.png",
    ],
)
def test_a_name_leads_nowhere_and_says_nothing(cast, as_person, bring, settings, name):
    assert bring(SimpleUploadedFile(name, PNG, "image/png")).status_code == 302
    evidence = Evidence.objects.select_related("file", "entry").get()
    client = as_person(cast.officer)
    answer = client.get(reverse("evidence_file", args=[evidence.pk]))
    assert "Set-Cookie" not in str(answer.headers)
    assert_download(answer)
    shown = client.get(reverse("assignment_detail", args=[evidence.entry.assignment_id])).content.decode()
    assert "<img src=x" not in shown
    assert settings.SECRET_KEY not in shown
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    kept = Path(evidence.file.content.path)
    assert kept.is_relative_to(folder)
    assert kept.name.isalnum()


def test_a_kept_name_made_elsewhere_is_cleaned_as_well(db) -> None:
    kept = keep_file("../../trang\r\n.html", b"x", "text/plain")
    assert kept.name == "trang.html"


def test_too_much_at_once_is_refused(bring, officer, cast, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    assert bring(SimpleUploadedFile("to.png", PNG + b"0" * 1000, "image/png")).status_code == 422
    many = [picture(f"{number}.png") for number in range(101)]
    assert bring(*many).status_code == 400
    document = make_document(cast)
    url = reverse("document_header", args=[document.pk])
    assert (
        officer.post(
            url, {f"f{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
        ).status_code
        == 400
    )
    body = "subject=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = officer.post(url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "không nhận được" in answer.content.decode()
    assert not Evidence.objects.exists()
