"""A document to be read: by whom, and what leads on from it."""

from __future__ import annotations

from django.urls import reverse

from motbuoc.domains.documents.services import confirm_document
from tests.factories import make_directive


def url(document) -> str:
    return reverse("document_detail", args=[document.pk])


def test_text_duties_and_history(cast, officer, document):
    confirm_document(actor=cast.officer, document=document, version=1)
    page = officer.get(url(document)).content.decode()
    assert "Tổ chức hội nghị quán triệt" in page
    assert 'class="w-duty"' in page
    assert "Đã xác nhận" in page or "Xác nhận" in page
    assert cast.officer.full_name in page


def test_the_officer_of_a_confirmed_document_may_issue_or_reopen_it(cast, officer, document):
    confirm_document(actor=cast.officer, document=document, version=1)
    page = officer.get(url(document)).content.decode()
    assert reverse("document_issue", args=[document.pk]) in page
    assert reverse("document_reopen", args=[document.pk]) in page


def test_a_reader_of_an_issued_document_goes_on_to_the_board_and_changes_nothing(cast, as_person):
    document = make_directive(cast)
    page = as_person(cast.secretary).get(url(document)).content.decode()
    assert reverse("board", args=[document.pk]) in page
    for name in ("document_issue", "document_reopen", "document_review", "document_header"):
        assert reverse(name, args=[document.pk]) not in page


def test_a_member_reads_it_without_the_board(cast, as_person):
    document = make_directive(cast)
    page = as_person(cast.member).get(url(document)).content.decode()
    assert "Tổ chức hội nghị quán triệt" in page
    assert reverse("board", args=[document.pk]) not in page


def test_before_issue_nobody_else_knows_of_it(cast, document, as_person):
    for person in (cast.stranger, cast.secretary, cast.member, cast.inspector):
        assert as_person(person).get(url(document)).status_code == 404


def test_after_issue_a_stranger_still_does_not(cast, as_person):
    assert as_person(cast.stranger).get(url(make_directive(cast))).status_code == 404


def test_only_reading(officer, document):
    assert officer.post(url(document)).status_code == 405


def test_doubts_of_the_reader_are_not_shown_once_confirmed(cast, officer, document):
    assert document.duties.filter(unsure=["period"]).exists()
    confirm_document(actor=cast.officer, document=document, version=1)
    page = officer.get(url(document)).content.decode()
    assert "unsure" not in page
    assert "không nói kỳ nào" not in page
