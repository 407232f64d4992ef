"""Confirming, opening again, previewing and issuing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import Addressee, Document, DutyUnit
from motbuoc.domains.documents.services import confirm_document, reopen_document
from motbuoc.domains.work.models import Assignment
from tests.factories import make_directive


def url(document, name: str = "document_issue") -> str:
    return reverse(name, args=[document.pk])


@pytest.fixture
def confirmed(cast, document) -> Document:
    return confirm_document(actor=cast.officer, document=document, version=1)


def test_confirming(officer, document):
    answer = officer.post(url(document, "document_confirm"), {"version": 1}, follow=True)
    assert answer.redirect_chain[-1][0] == url(document, "document_detail")
    assert Document.objects.get().state == "confirmed"
    assert "Đã xác nhận" in answer.content.decode()


def test_confirming_what_nobody_leads_is_refused_with_the_way_out(officer, document):
    Addressee.objects.update(selection="unresolved")
    DutyUnit.objects.all().delete()
    back = url(document, "document_review")
    answer = officer.post(
        url(document, "document_confirm"), {"version": 1}, headers={"referer": f"http://testserver{back}"}
    )
    assert answer["Location"] == back
    assert Document.objects.get().state == "read"
    assert "kiểm tra" in officer.get(back).content.decode().lower()


def test_opening_again(officer, confirmed):
    answer = officer.post(url(confirmed, "document_reopen"), {"version": confirmed.version})
    assert answer["Location"] == url(confirmed, "document_review")
    assert Document.objects.get().state == "read"


def test_the_preview_says_what_will_be_created(officer, confirmed):
    page = officer.get(url(confirmed))
    assert page.context["total"] == 3 * 2 + 1
    assert page.context["unit_count"] == 3
    html = page.content.decode()
    assert "Giao 7 việc" in html
    assert "Còn chỗ chưa rõ" in html
    assert not Assignment.objects.exists()


def test_issuing_makes_one_assignment_for_each_duty_and_unit(officer, confirmed):
    answer = officer.post(url(confirmed), {"version": confirmed.version})
    assert answer["Location"] == reverse("board", args=[confirmed.pk])
    assert Assignment.objects.count() == 7
    assert Document.objects.get().state == "issued"


def test_issuing_twice_makes_nothing_twice(officer, confirmed):
    officer.post(url(confirmed), {"version": confirmed.version})
    again = officer.post(
        url(confirmed), {"version": confirmed.version}, headers={"referer": "http://testserver/van-ban/"}
    )
    assert again.status_code == 303
    assert Assignment.objects.count() == 7


def test_issuing_what_somebody_opened_again_meanwhile(cast, officer, confirmed):
    reopen_document(actor=cast.second_officer, document=confirmed, version=confirmed.version)
    answer = officer.post(url(confirmed), {"version": confirmed.version})
    assert answer.status_code == 409
    assert not Assignment.objects.exists()
    assert officer.get(url(confirmed))["Location"] == url(confirmed, "document_detail")


@pytest.mark.parametrize("name", ["document_confirm", "document_reopen", "document_issue"])
def test_who_may_not(cast, confirmed, as_person, name):
    for person in (cast.stranger, cast.secretary, cast.inspector, cast.central_officer):
        answer = as_person(person).post(url(confirmed, name), {"version": confirmed.version})
        assert answer.status_code == (404 if person == cast.stranger else 403)
    assert Document.objects.get().state == "confirmed"


@pytest.mark.parametrize("name", ["document_confirm", "document_reopen", "document_issue"])
def test_a_reader_may_not(cast, as_person, name):
    document = make_directive(cast)
    answer = as_person(cast.secretary).post(url(document, name), {"version": document.version})
    assert answer.status_code == 403
    assert Document.objects.get().state == "issued"


@pytest.mark.parametrize("name", ["document_confirm", "document_reopen"])
def test_only_by_pressing(officer, confirmed, name):
    assert officer.get(url(confirmed, name)).status_code == 405


def test_wrong_method(officer, confirmed):
    assert officer.delete(url(confirmed)).status_code == 405
