"""Consultations in the browser of whoever holds them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.consultation import services
from motbuoc.domains.consultation.models import Consultation
from motbuoc.foundation.core import clock
from motbuoc.interfaces import web
from tests.domains.consultation.test_consultations import opened_by, plan_of, word_file

STATIC = Path(web.__file__).parent / "static"
pytestmark = pytest.mark.django_db


def get(client, name, *args, status=200, query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response.content.decode() if not response.streaming else b"".join(response.streaming_content)


def post(client, door, *args, status=302, **sent):
    response = client.post(reverse(door, args=args), sent)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def press(client, consultation, name, **sent):
    version = Consultation.objects.get(pk=consultation.pk).version
    post(client, "consultation_detail", consultation.pk, step=name, version=version, **sent)


def test_a_draft_is_laid_before_units_without_a_script(cast, as_person):
    client, today = as_person(cast.officer), clock.today()
    sent = {"unit": cast.bloc.pk, "subject": "dự thảo Quy chế", "kind": "criticism", "question": "Thời hạn"}
    days = {"opens_on": f"{today:%d/%m/%Y}", "closes_on": f"{today + timedelta(days=9):%d/%m/%Y}"}
    post(client, "consultation_make", status=422, **sent)
    post(client, "consultation_make", **sent, **days)
    made = Consultation.objects.get()
    assert "No draft yet." in get(client, "consultation_detail", made.pk)
    page = post(client, "consultation_draft", made.pk, status=422, version=1, file=word_file("MẬT", "x.docx"))
    assert 'enctype="multipart/form-data"' in page
    post(client, "consultation_draft", made.pk, version=1, file=word_file())
    page = get(client, "consultation_text", made.pk, 1)
    assert "Điểm a khoản 2 Điều 1" in page
    assert "a) Cơ quan đại diện;" in page
    assert get(client, "consultation_file", made.pk, 1).startswith(b"PK")
    due = f"{today + timedelta(days=5):%d/%m/%Y}"
    post(client, "consultation_units", made.pk, version=2, units=[cast.unit_a.pk, cast.unit_b.pk], due_on=due)
    press(client, made, "spare_unit", unit=cast.unit_b.pk)
    page = get(client, "consultation_detail", made.pk)
    assert "Chi bộ Sở Ánh Dương" in page
    assert "Công ty Bình Minh" not in page
    press(client, made, "open_consultation")
    assert "Open, takes comments" in get(client, "consultation_detail", made.pk)
    page = get(as_person(cast.secretary), "consultation_list")
    assert "dự thảo Quy chế" in page
    assert "Not replied yet" in page
    page = post(client, "consultation_change", made.pk, status=422, version=5, **sent | days | {"subject": "Khác"})
    assert "Only the last day moves" in page


def test_who_may_open_these_pages(cast, as_person):
    made = opened_by(cast, cast.unit_a)
    for reader in (cast.central_officer, cast.inspector):
        assert made.subject in get(as_person(reader), "consultation_detail", made.pk)
        post(as_person(reader), "consultation_detail", made.pk, status=403, step="close_consultation", version=4)
        get(as_person(reader), "consultation_draft", made.pk, status=403)
    get(as_person(cast.secretary), "consultation_detail", made.pk, status=404)  # who is asked does not hold it
    get(as_person(cast.secretary_b), "consultation_file", made.pk, 1, status=404)
    get(as_person(cast.officer), "consultation_text", made.pk, 7, status=404)
    get(as_person(cast.member), "consultation_list", status=404)
    assert made.subject not in get(as_person(cast.secretary_b), "consultation_list")


def test_a_list_asks_as_many_queries_for_three_as_for_thirty(cast, as_person, django_assert_num_queries):
    for _each in range(3):
        services.make_consultation(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan_of())
    client = as_person(cast.officer)
    get(client, "consultation_list")
    with CaptureQueriesContext(connection) as few:
        get(client, "consultation_list")
    for _each in range(15):
        services.make_consultation(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan_of())
    with django_assert_num_queries(len(few)):
        get(client, "consultation_list")
