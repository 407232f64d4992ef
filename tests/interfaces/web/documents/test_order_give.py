"""Noting an order that was spoken, and the pages that show a document without a file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import Document, DocumentLink
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.api_tokens import make_token
from motbuoc.foundation.core import clock
from tests.factories import make_document


def sent(cast, **more):
    return {
        "origin": "meeting",
        "said_by": "đồng chí Trần Thử Nói",
        "said_on": f"{clock.today():%d/%m/%Y}",
        "occasion": "giao ban tuần",
        "tasks": "Rà soát hồ sơ đảng viên\nBáo cáo kết quả",
        "leads": [cast.unit_a.pk],
        "classification": "normal",
    } | more


def test_an_order_is_given_from_the_list(cast, officer):
    url = reverse("order_give")
    assert url in officer.get(reverse("document_list")).content.decode()
    assert url in officer.get(reverse("today")).content.decode()
    assert officer.get(url).status_code == 200
    answer = officer.post(url, sent(cast))
    document = Document.objects.get()
    assert answer.url == reverse("board", args=[document.pk])
    assert Assignment.objects.count() == 2
    assert officer.get(answer.url).status_code == 200


def test_every_page_of_it_does_without_a_file(cast, officer, as_person):
    officer.post(reverse("order_give"), sent(cast))
    document = Document.objects.get()
    for name in ("document_detail", "document_versions", "document_links", "document_clarity", "document_paper"):
        assert officer.get(reverse(name, args=[document.pk])).status_code == 200
    page = officer.get(reverse("document_detail", args=[document.pk])).content.decode()
    assert "Trần Thử Nói" in page
    assert reverse("document_file", args=[document.pk]) not in page
    for name in ("document_file", "document_mended"):
        assert officer.get(reverse(name, args=[document.pk])).status_code == 404
    task = reverse("assignment_detail", args=[Assignment.objects.first().pk])
    assert "giao ban tuần" in as_person(cast.secretary).get(task).content.decode()
    assert "Trần Thử Nói" in officer.get(reverse("document_list")).content.decode()


def test_who_said_it_is_corrected_on_a_page_of_its_own(cast, officer, as_person):
    officer.post(reverse("order_give"), sent(cast))
    document = Document.objects.get()
    url = reverse("document_speaker", args=[document.pk])
    assert url in officer.get(reverse("document_detail", args=[document.pk])).content.decode()
    changed = {"said_by": "đồng chí Lê Thử Khác", "occasion": "giao ban tuần", "version": document.version}
    assert officer.post(url, changed).status_code == 422  # why?
    answer = officer.post(url, {**changed, "reason": "Nghe nhầm tên"})
    assert answer.url == reverse("document_detail", args=[document.pk])
    second = officer.post(url, {**changed, "said_by": "đồng chí Nói Sau", "reason": "Nghe nhầm tên"})
    assert second.status_code == 409
    assert "Lê Thử Khác" in second.content.decode()
    assert "Nói Sau" in second.content.decode()
    page = officer.get(reverse("document_detail", args=[document.pk])).content.decode()
    assert "Lê Thử Khác" in page
    client = as_person(cast.secretary)
    assert url not in client.get(reverse("document_detail", args=[document.pk])).content.decode()
    assert client.get(url).status_code == 403
    other = make_document(cast)
    assert officer.get(reverse("document_speaker", args=[other.pk])).status_code == 302


def test_it_is_kept_to_be_looked_through(cast, officer):
    answer = officer.post(reverse("order_give"), sent(cast, does="keep"))
    document = Document.objects.get()
    assert answer.url == reverse("document_review", args=[document.pk])
    assert "Trần Thử Nói" in officer.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "more", [{"tasks": " "}, {"leads": []}, {"leads": [999999]}, {"said_on": "32/01/2026"}, {"occasion": ""}]
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(cast, officer, more):
    answer = officer.post(reverse("order_give"), sent(cast, **more))
    assert answer.status_code == 422
    assert "Trần Thử Nói" in answer.content.decode()
    assert not Document.objects.exists()


def test_units_are_looked_for_without_javascript(cast, officer):
    answer = officer.post(
        reverse("order_give"), sent(cast, leads=[], find="leads", **{"leads-words": "Ánh Dương"})
    )
    assert answer.status_code == 200
    assert f'value="{cast.unit_a.pk}"' in answer.content.decode()


def test_others_do_not_note_orders(cast, as_person):
    url = reverse("order_give")
    assert as_person(cast.secretary).post(url, sent(cast)).status_code == 403
    assert as_person(cast.member).get(url).status_code == 403
    assert as_person(cast.stranger).get(url).status_code == 404
    assert as_person(cast.officer).put(url).status_code == 405
    assert url not in as_person(cast.secretary).get(reverse("document_list")).content.decode()


def test_a_paper_is_linked_and_taken_back(cast, officer):
    officer.post(reverse("order_give"), sent(cast))
    document, paper = Document.objects.get(), make_document(cast)
    url = reverse("document_paper", args=[document.pk])
    assert officer.post(url, {"code": "99-CV/X"}).status_code == 422
    assert officer.post(url, {"code": paper.code}).url == reverse("document_detail", args=[document.pk])
    assert paper.code in officer.get(reverse("document_detail", args=[document.pk])).content.decode()
    officer.post(reverse("link_withdraw", args=[DocumentLink.objects.get().pk]))
    assert not DocumentLink.objects.exists()
    assert officer.get(reverse("document_paper", args=[paper.pk])).status_code == 302


def test_programs_note_orders_too(cast, client):
    ends = clock.today() + timedelta(days=3)
    key = make_token(actor=cast.officer, name="thử", scopes=SCOPES, expires_on=ends).key
    body = {
        "unit": cast.bloc.pk,
        "origin": "telephone",
        "said_by": "đồng chí Trần Thử Nói",
        "said_on": clock.today().isoformat(),
        "tasks": [{"what": "Báo cáo nhanh tình hình cơ sở"}],
        "leads": [cast.unit_a.pk],
    }
    kind = {"content_type": "application/json", "HTTP_AUTHORIZATION": f"Bearer {key}"}
    answer = client.post("/api/v1/orders", body, **kind)
    assert answer.status_code == 201
    assert Assignment.objects.get().document_id == answer.json()["id"]
    assert client.post("/api/v1/orders", body | {"leads": [cast.province.pk]}, **kind).status_code == 422
    assert client.post("/api/v1/orders", body | {"unit": cast.province.pk}, **kind).status_code == 404
    assert client.get(f"/api/v1/documents/{answer.json()['id']}/file", **kind).status_code == 404
