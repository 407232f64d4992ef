"""The list of documents: who sees which, finding them, and what an empty one says."""

from __future__ import annotations

from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.foundation.files.services import keep_file
from tests.factories import make_directive, make_document

URL = reverse("document_list")


def copies(document: Document, count: int) -> None:
    """More documents like this one."""
    for number in range(count):
        document.pk = None
        document.file = keep_file(f"ban-{number}.txt", b"x", "text/plain")
        document.code, document.subject = f"{number}-KH/ĐUK", f"Kế hoạch mẫu {number}"
        document._state.adding = True
        document.save()


def test_an_officer_sees_number_subject_and_state(officer, document):
    page = officer.get(URL).content.decode()
    assert "12-CV/ĐUK" in page
    assert "Việc làm mẫu" in page
    assert "05/03/2026" in page
    assert reverse("document_review", args=[document.pk]) in page


def test_an_issued_document_leads_to_its_page(cast, officer):
    document = make_directive(cast)
    assert reverse("document_detail", args=[document.pk]) in officer.get(URL).content.decode()


def test_newest_first_and_twenty_a_page(officer, document):
    copies(document, 22)
    page = officer.get(URL)
    assert len(page.context["page"].object_list) == 20
    assert page.context["page"].object_list[0].code == "21-KH/ĐUK"
    assert "12-CV/ĐUK" in officer.get(URL, {"page": 2}).content.decode()


def test_found_by_words_and_by_state(officer, document):
    copies(document, 2)
    found = officer.get(URL, {"words": "kế hoạch 1"}).context["page"].object_list
    assert found[0].code == "1-KH/ĐUK"  # of the other, the text has a "1"
    assert not officer.get(URL, {"state": "issued"}).context["page"].object_list


def test_accents_may_be_left_out(officer, document):
    assert [row.code for row in officer.get(URL, {"words": "viec lam mau"}).context["page"].object_list] == [
        "12-CV/ĐUK"
    ]


def test_hits_show_their_words_in_the_number_the_name_and_the_text(officer, document):
    page = officer.get(URL, {"words": "quan triet 12"}).content.decode()
    assert "<mark>12</mark>-CV/ĐUK" in page
    assert "hội nghị <mark>quán</mark> <mark>triệt</mark> trong tháng" in page
    assert "<mark>" not in officer.get(URL).content.decode()


def test_narrowed_in_the_address_and_offered_only_what_is_seen(cast, officer, as_person):
    make_directive(cast)
    hidden = make_document(cast)
    Document.objects.filter(pk=hidden.pk).update(issuer="BAN RIÊNG", type="BR", issued_on="1999-01-01")
    page = officer.get(URL, {"issuer": "BAN RIÊNG", "year": "1999"})
    assert [row.pk for row in page.context["page"].object_list] == [hidden.pk]
    seen = as_person(cast.member).get(URL, {"issuer": "BAN RIÊNG"}).content.decode()
    assert "ĐẢNG ỦY KHỐI MẪU (1)" in seen
    assert "BAN RIÊNG (" not in seen
    assert "1999" not in seen
    assert "12-CV" not in seen


def test_what_is_asked_wildly_is_no_error(officer, document):
    for question in ({"year": "x"}, {"order": "x"}, {"validity": "x"}, {"words": "\0"}, {"issuer": "'\"><b>"}):
        page = officer.get(URL, question)
        assert page.status_code == 200
        assert b"><b>" not in page.content


def test_nothing_found_offers_all(officer, document):
    page = officer.get(URL, {"words": "không có chữ này"}).content.decode()
    assert "Việc làm mẫu" not in page
    assert f'href="{URL}"' in page


def test_an_officer_without_documents_is_asked_to_bring_one_in(officer):
    assert reverse("document_upload") in officer.get(URL).content.decode()


def test_a_document_not_yet_issued_is_hidden_from_units_and_strangers(cast, document, as_person):
    assert as_person(cast.stranger).get(URL).status_code == 404
    for person in (cast.secretary, cast.member, cast.inspector, cast.central_officer):
        page = as_person(person).get(URL)
        assert page.status_code == 200
        assert "Việc làm mẫu" not in page.content.decode()
        assert reverse("document_upload") not in page.content.decode()


def test_an_issued_document_is_read_by_its_units_and_by_no_stranger(cast, as_person):
    make_directive(cast)
    assert "Việc làm mẫu" in as_person(cast.member).get(URL).content.decode()
    assert "Việc làm mẫu" not in as_person(cast.stranger).get(URL).content.decode()


def test_only_reading(officer):
    assert officer.post(URL).status_code == 405


def test_as_many_queries_for_thirty_as_for_three(cast, officer, queries_of):
    document = make_document(cast)
    copies(document, 2)
    officer.get(URL)
    few = queries_of(lambda: officer.get(URL))
    copies(document, 17)
    assert queries_of(lambda: officer.get(URL)) == few
