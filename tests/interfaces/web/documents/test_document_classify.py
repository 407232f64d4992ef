"""Changing the class of a document, by its own page, by the review's header form and when it is brought in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.domains.documents.importing import proposed_class
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import classify_document
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import TEXT, make_directive, make_document

NORMAL, INTERNAL, RESTRICTED = Classification
BADGES = {INTERNAL: "#sign-house", RESTRICTED: "#sign-lock"}


def url(document) -> str:
    return reverse("document_classify", args=[document.pk])


def html_of(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def marked(html: str) -> set[str]:
    """The classes whose badge the page shows: drawing and word."""
    words = {INTERNAL: "Nội bộ", RESTRICTED: "Hạn chế"}
    return {name for name, sign in BADGES.items() if f'{sign}"/></svg>{words[name]}' in html}


@pytest.mark.parametrize("is_issued", [False, True])
def test_a_class_is_changed_with_a_reason_that_the_history_keeps(cast, officer, document, is_issued):
    document = make_directive(cast) if is_issued else document
    assert "Ai được xem văn bản này" in html_of(officer, url(document))
    sent = {"classification": "restricted", "reason": "Có số liệu cán bộ", "version": document.version}
    answer = officer.post(url(document), sent)
    assert answer["Location"] == reverse("document_detail", args=[document.pk])
    assert Document.objects.get(pk=document.pk).classification == RESTRICTED
    line = HistoryLine.objects.get(action="classify_document")
    assert line.values["classification"] == ["normal", "restricted"]
    page = html_of(officer, answer["Location"])
    assert "Thường → Hạn chế" in page
    assert "Lý do: Có số liệu cán bộ" in page
    assert marked(page) == {RESTRICTED}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"classification": "restricted", "reason": ""}, "Lý do đổi mức phổ biến"),
        ({"classification": "restricted", "reason": "   "}, "Lý do đổi mức phổ biến"),
        ({"classification": "normal", "reason": "Không rõ"}, "Văn bản đã ở mức này rồi."),
        ({"classification": "secret", "reason": "Không rõ"}, "field-error"),
        ({"reason": "Không rõ"}, "field-error"),
    ],
)
def test_without_a_reason_or_a_change_nothing_is_stored(officer, document, sent, sentence):
    answer = officer.post(url(document), {**sent, "version": document.version})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Document.objects.get().classification == NORMAL
    assert not HistoryLine.objects.exists()


def test_the_second_of_two_is_told_of_the_first(cast, officer, document):
    version = document.version
    classify_document(
        actor=cast.second_officer,
        document=document,
        version=version,
        classification=INTERNAL,
        reason="Dấu trên văn bản",
    )
    sent = {"classification": "restricted", "reason": "Số liệu", "version": version}
    answer = officer.post(url(document), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<td>Nội bộ</td><td>Hạn chế</td>" in page
    assert Document.objects.get().classification == INTERNAL


def test_only_who_may_review_changes_a_class(cast, as_person):
    directive = make_directive(cast)
    sent = {"classification": "restricted", "reason": "Thử", "version": directive.version}
    for person, status in ((cast.secretary, 403), (cast.inspector, 403), (cast.stranger, 404)):
        for send in (as_person(person).get, lambda address, p=person: as_person(p).post(address, sent)):
            assert send(url(directive)).status_code == status
        if status == 403:
            assert url(directive) not in html_of(
                as_person(person), reverse("document_detail", args=[directive.pk])
            )
    assert Document.objects.get(pk=directive.pk).classification == NORMAL


def test_what_is_too_narrow_for_somebody_answers_as_if_it_were_not_there(cast, as_person):
    directive = make_directive(cast, RESTRICTED)
    for person in (cast.member, cast.central_officer):  # who may classify nothing anywhere is told so first
        assert as_person(person).get(url(directive)).status_code == 403
        assert as_person(person).get(reverse("document_detail", args=[directive.pk])).status_code == 404


def header(document, **changes) -> dict[str, str]:
    names = ("superior", "issuer", "code", "type", "place", "subject", "version", "classification")
    return {**{name: getattr(document, name) for name in names}, "issued_on": "05/03/2026", **changes}


def test_the_header_form_of_the_review_changes_it_too(officer, document):
    address = reverse("document_header", args=[document.pk])
    refused = officer.post(address, header(document, classification="internal"))
    assert refused.status_code == 422
    assert "ghi lý do đổi mức phổ biến" in refused.content.decode()
    answer = officer.post(address, header(document, classification="internal", reason="Dấu trên văn bản"))
    assert answer.status_code == 302
    assert Document.objects.get().classification == INTERNAL
    assert marked(html_of(officer, reverse("document_review", args=[document.pk]))) == {INTERNAL}
    values = HistoryLine.objects.get().values
    assert (values["classification"], values["reason"]) == (["normal", "internal"], "Dấu trên văn bản")


def test_other_fields_are_corrected_without_a_reason(officer, document):
    answer = officer.post(reverse("document_header", args=[document.pk]), header(document, place="Nơi khác"))
    assert answer.status_code == 302
    assert "reason" not in HistoryLine.objects.get().values


def bring(officer, cast, words: str = "", **more) -> Document:
    text = TEXT.replace("Kính gửi", f"{words}\n\nKính gửi") if words else TEXT
    upload = SimpleUploadedFile("cv.txt", text.encode())
    answer = officer.post(reverse("document_upload"), {"file": upload, "unit": cast.bloc.pk, **more})
    assert answer.status_code == 302
    return Document.objects.get()


def test_the_marks_of_the_paper_propose_the_class(cast, officer):
    document = bring(officer, cast, "LƯU HÀNH NỘI BỘ")
    assert document.classification == INTERNAL
    assert HistoryLine.objects.get().values["classification"] == "internal"
    page = html_of(officer, reverse("document_list"))
    assert marked(page) == {INTERNAL}


@pytest.mark.parametrize(("chosen", "stored"), [("restricted", RESTRICTED), ("internal", INTERNAL), ("", NORMAL)])
def test_a_class_is_chosen_when_the_document_is_brought_in(cast, officer, chosen, stored):
    assert bring(officer, cast, classification=chosen).classification == stored


def test_what_is_chosen_never_widens_what_the_paper_asks_for(cast, officer):
    assert bring(officer, cast, "XEM XONG TRẢ LẠI", classification="internal").classification == RESTRICTED


@pytest.mark.parametrize(
    ("mark", "proposed"),
    [
        (None, NORMAL),
        ("LƯU HÀNH NỘI BỘ", INTERNAL),
        ("Tài liệu hội nghị", INTERNAL),
        ("Không phổ biến trên phương tiện thông tin đại chúng", INTERNAL),
        ("XEM XONG TRẢ LẠI", RESTRICTED),
        ("TÀI LIỆU THU HỒI", RESTRICTED),
        ("Trả lại sau khi họp (hội nghị)", RESTRICTED),
        ("xong hội nghị trả lại", RESTRICTED),
        ("Chỉ người có tên mới được bóc bì", RESTRICTED),
    ],
)
def test_every_limit_of_circulation_has_its_class(mark, proposed):
    assert proposed_class({"header": {"circulation": mark}}) == proposed


def test_the_list_is_narrowed_by_class(cast, officer):
    for classification in Classification:
        document = make_document(cast, classification=classification)
        Document.objects.filter(pk=document.pk).update(subject=f"Việc {classification}")
    page = html_of(officer, reverse("document_list") + "?classification=restricted")
    assert "Việc restricted" in page
    assert "Việc internal" not in page
    assert "Việc normal" not in page
