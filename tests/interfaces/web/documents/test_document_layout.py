"""The layout check on the pages of a document, and the copy in which it is mended."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote

import docx
import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document
from motbuoc.foundation.files.services import keep_file
from tests.factories import TEXT, make_directive

PAGES = ("document_review", "document_clarity")
MENDED = "Tải bản đã chỉnh thể thức"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def url(name: str, document: Document) -> str:
    return reverse(name, args=[document.pk])


def departing(document: Document) -> Document:
    """The document as a Word file in the program's own looks, with two departures found in it."""
    saved, paper = BytesIO(), docx.Document()
    for line in TEXT.splitlines():
        paper.add_paragraph(line)
    paper.save(saved)
    document.file = keep_file("Công văn 12.docx", saved.getvalue(), WORD)
    start = document.text.index("Việc làm mẫu")
    words = {"words": "Việc làm mẫu", "span": [start, start + 12], "paragraph": 5, "page": None, "line": 7}
    told = {"message": "", "source": "36-HD/VPTW, Phụ lục 3, no. 5"}
    document.layout = [
        {"code": "number.blank", "severity": "should", "found": None, "expected": None, "can_fix": False}
        | {"spots": [], **told},
        {"code": "dispatch_subject.size", "severity": "must", "found": "11", "expected": "12", "can_fix": True}
        | {"spots": [words], **told},
    ]
    document.save()
    return document


def key(document: Document) -> str:
    start = document.text.index("Việc làm mẫu")
    return f"layout-{start}-{start + 12}"


def bytes_of(document: Document) -> bytes:
    with document.file.content.open("rb") as file:
        return file.read()


@pytest.mark.parametrize("name", PAGES)
def test_what_departs_is_said_binding_first_with_source_and_place(officer, document, name):
    page = officer.get(url(name, departing(document))).content.decode()
    panel = page.split('id="layout"')[1].split("</section>")[0]
    assert "1 bắt buộc, 1 nên sửa" in panel
    assert "không ngăn giao việc" in panel
    assert panel.index("Cỡ chữ của trích yếu công văn là 11; quy định là 12.") < panel.index("Chưa có số văn bản")
    assert panel.index("Bắt buộc") < panel.index("Nên sửa")
    assert "36-HD/VPTW, Phụ lục 3, số thứ tự 5" in panel
    before = "" if name == "document_review" else url("document_review", document)
    assert f'href="{before}#words-{key(document)}">Việc làm mẫu</a>' in panel
    assert MENDED in panel


def test_the_words_in_the_text_are_pointed_at(officer, document):
    page = officer.get(url("document_review", departing(document))).content.decode()
    text = page.split('id="text"')[1].split("</article>")[0]
    after = text.split(f'<span id="words-{key(document)}"></span>')[1]
    assert after.startswith(f'<mark class="w-layout" data-key="{key(document)}">Việc làm mẫu</mark>')


def test_from_the_clarity_check_of_a_confirmed_document_to_its_text(cast, officer, document):
    departing(document)
    confirm_document(actor=cast.officer, document=document, version=document.version)
    page = officer.get(url("document_clarity", document)).content.decode()
    detail = url("document_detail", document)
    assert f'href="{detail}#words-{key(document)}"' in page
    shown = officer.get(detail).content.decode()
    assert f'id="words-{key(document)}"' in shown
    assert "Thể thức: 2 chỗ khác quy định" in shown
    assert f"{url('document_clarity', document)}#layout" in shown
    assert "Cỡ chữ của trích yếu" not in shown


@pytest.mark.parametrize("name", PAGES)
def test_not_checked_says_why_and_nothing_else(officer, document, name):
    page = officer.get(url(name, document)).content.decode()
    assert "Chưa kiểm tra thể thức." in page
    assert MENDED not in page
    assert "layout-title" not in page
    assert "Thể thức:" not in officer.get(url("document_detail", document)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_departs(officer, document, name):
    Document.objects.update(layout=[])
    page = officer.get(url(name, document)).content.decode()
    assert "không có chỗ nào sai quy định" in page
    assert MENDED not in page


def test_hostile_words_of_a_finding_stay_words(officer, document):
    departing(document)
    document.layout[1] |= {"code": "number.colon", "found": "<img src=x>"}
    document.layout[1]["spots"][0]["words"] = "<b>x</b>"
    document.save()
    page = officer.get(url("document_review", document)).content.decode()
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page


def test_as_many_queries_with_findings_as_without(officer, document, queries_of):
    for name in (*PAGES, "document_detail"):
        Document.objects.update(layout=None)
        officer.get(url(name, document))
        few = queries_of(lambda name=name: officer.get(url(name, document)))
        departing(document)
        assert queries_of(lambda name=name: officer.get(url(name, document))) == few


def test_the_mended_copy_is_a_word_file_and_the_original_stays(officer, document):
    before = bytes_of(departing(document))
    answer = officer.get(url("document_mended", document))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Công văn 12 (đã chỉnh thể thức).docx" in unquote(answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    mended = docx.Document(BytesIO(answer.getvalue()))
    assert round(mended.sections[0].page_width.mm) == 210
    assert "Việc làm mẫu" in [paragraph.text for paragraph in mended.paragraphs]
    assert bytes_of(Document.objects.get()) == before
    assert round(docx.Document(BytesIO(before)).sections[0].page_width.mm) != 210


def test_a_file_that_cannot_be_mended_after_all_is_refused_in_words(officer, document):
    document = departing(document)
    document.file = keep_file("cv.docx", b"PK no package", WORD)
    document.save()
    answer = officer.get(url("document_mended", document))
    assert answer.status_code == 409
    assert "Tệp bị hỏng" in answer.content.decode()


@pytest.mark.parametrize("layout", [None, []])
def test_there_is_no_copy_where_nothing_can_be_mended(officer, document, layout):
    Document.objects.update(layout=layout)
    assert officer.get(url("document_mended", document)).status_code == 404


def test_who_may_not_have_the_copy(cast, document, as_person):
    departing(document)
    for person in (cast.stranger, cast.secretary, cast.inspector):
        answer = as_person(person).get(url("document_mended", document))
        assert answer.status_code == (404 if person == cast.stranger else 403)


def test_a_reader_of_an_issued_document_may_not(cast, as_person):
    document = departing(make_directive(cast))
    reader = as_person(cast.member)
    answer = reader.get(url("document_mended", document))
    assert answer.status_code == 403
    assert b"PK" not in answer.content[:2]
    shown = reader.get(url("document_detail", document)).content.decode()
    assert "Việc làm mẫu" in shown
    assert "Thể thức:" not in shown


def test_only_reading(officer, document):
    assert officer.post(url("document_mended", document)).status_code == 405
