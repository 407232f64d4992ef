"""Further versions of a document, what differs in words, and documents that look like one."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.domains.documents.duplicates import alike_to
from motbuoc.domains.documents.models import Document, DocumentVersion
from motbuoc.domains.documents.versions import difference
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.files.services import keep_file
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import TEXT, make_directive, make_document

OTHER = "\n".join(f"{number}. Trồng cây số {number} ở bến nước, chăm sóc hằng tuần." for number in range(1, 60))


def upload(text: str, name: str = "ban-moi.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/plain")


def test_what_differs_is_told_in_words():
    assert difference("Hạn nộp ngày 10 tháng 4.", "Hạn nộp ngày 20 tháng 4.") == [
        ("Hạn nộp ngày", ""),
        ("10", "gone"),
        ("20", "new"),
        ("tháng 4.", ""),
    ]


def test_a_signed_copy_is_kept_beside_the_first_file_and_compared(cast, officer, document):
    url = reverse("document_versions", args=[document.pk])
    sent = officer.post(url, {"file": upload(TEXT.replace("tháng 4", "tháng 6")), "kind": "signed"})
    version = DocumentVersion.objects.get()
    assert sent.url == reverse("version_detail", args=[version.pk])
    page = officer.get(sent.url).content.decode()
    assert "<del>4.</del>" in page
    assert "<ins>6.</ins>" in page
    assert Document.objects.get().text == document.text
    line = HistoryLine.objects.get(action="add_version")
    assert line.object_id == document.pk
    file = officer.get(reverse("version_file", args=[version.pk]))
    assert b"".join(file.streaming_content).decode() == TEXT.replace("tháng 4", "tháng 6")


def test_the_very_same_file_is_refused_and_nothing_kept(officer, document, tmp_path):
    url = reverse("document_versions", args=[document.pk])
    assert officer.post(url, {"file": upload(TEXT), "kind": "scan"}).status_code == 422
    assert not DocumentVersion.objects.exists()


@pytest.mark.parametrize("pages", ["document_versions", "document_duplicates"])
def test_readers_add_nothing(cast, as_person, pages):
    directive = make_directive(cast)
    url = reverse(pages, args=[directive.pk])
    assert as_person(cast.member).post(url, {"file": upload(OTHER), "kind": "scan"}).status_code == 403
    assert as_person(cast.stranger).get(url).status_code == 404


def test_a_version_follows_the_class_of_its_document(cast, officer, as_person):
    directive = make_directive(cast)
    officer.post(
        reverse("document_versions", args=[directive.pk]), {"file": upload(OTHER + TEXT), "kind": "later"}
    )
    version = DocumentVersion.objects.get()
    addresses = [reverse(name, args=[version.pk]) for name in ("version_detail", "version_file")]
    for address in addresses:
        page = as_person(cast.member).get(address)
        assert page.status_code == 200
        assert b"".join(page.streaming_content) if page.streaming else page.content
    Document.objects.filter(pk=directive.pk).update(classification=Classification.INTERNAL)
    assert {as_person(cast.member).get(address).status_code for address in addresses} == {404}


def test_a_slip_of_the_scanner_still_looks_alike_and_another_paper_does_not(cast):
    first = make_document(cast)
    scan = make_document(cast)
    scan.text = TEXT.replace("quán triệt", "quan triêt").replace("đoàn viên", "đoàn vien")
    scan.save()
    Document.objects.filter(pk=scan.pk).update(file=keep_file("quet.txt", scan.text.encode(), "text/plain"))
    other = make_document(cast, f"{TEXT}\n{OTHER}")
    Document.objects.exclude(pk=first.pk).update(code_key="")
    (row,) = alike_to(cast.officer, Document.objects.get(pk=scan.pk))
    assert (row.document, row.percent >= 95, row.is_same_file) == (first, True, False)
    assert alike_to(cast.officer, Document.objects.get(pk=other.pk)) == []


def test_whoever_brings_the_same_paper_in_again_is_asked_what_it_is(cast, officer, document):
    sent = officer.post(
        reverse("document_upload"),
        {"file": upload(TEXT.replace("tháng 4", "tháng 5")), "unit": cast.bloc.pk, "classification": ""},
    )
    newer = Document.objects.exclude(pk=document.pk).get()
    url = reverse("document_duplicates", args=[newer.pk])
    assert sent.url == url
    page = officer.get(url).content.decode()
    assert reverse("document_detail", args=[document.pk]) in page
    assert reverse("document_review", args=[newer.pk]) in page
    kept = officer.post(url, {"original": document.pk})
    version = DocumentVersion.objects.get()
    assert kept.url == reverse("version_detail", args=[version.pk])
    assert list(Document.objects.all()) == [document]
    assert version.document == document


def test_an_unseen_document_is_never_said_to_look_alike(cast, officer):
    seen, secret = make_document(cast), make_document(cast)
    Document.objects.filter(pk=secret.pk).update(unit=cast.province)
    assert alike_to(cast.officer, seen) == []
    refused = officer.post(reverse("document_duplicates", args=[seen.pk]), {"original": secret.pk})
    assert refused.status_code == 404


def test_an_issued_document_cannot_be_made_a_version(cast, officer):
    directive, other = make_directive(cast), make_document(cast)
    url = reverse("document_duplicates", args=[directive.pk])
    assert officer.post(url, {"original": other.pk}).status_code == 422
    assert Document.objects.count() == 2


def test_whoever_names_no_document_is_asked_for_one(cast, officer):
    answer = officer.post(reverse("document_duplicates", args=[make_document(cast).pk]))
    assert answer.status_code == 422
    assert "chọn văn bản đã có" in answer.content.decode()
