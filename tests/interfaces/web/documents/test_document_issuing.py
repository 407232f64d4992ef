"""The page of a great directive on its way: how far it is, stopping it and going on, for whoever may issue."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.urls import reverse

from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work import issuing
from motbuoc.domains.work.issuing import begin_issuing, issue_batch
from motbuoc.domains.work.models import Assignment, Issuing
from motbuoc.interfaces.jobs.issuing import go_on_issuing, pick_up_issuing
from tests.factories import make_document


@pytest.fixture
def document(cast, settings, monkeypatch):
    """A confirmed document that is great here: seven assignments, one unit a batch."""
    settings.ISSUE_AT_ONCE = 6
    monkeypatch.setattr(issuing, "BATCH", 4)
    made = make_document(cast)
    return confirm_document(actor=cast.officer, document=made, version=made.version)


def url(document):
    return reverse("document_issue", args=[document.pk])


def test_a_great_one_is_issued_in_the_background(cast, as_person, document, django_capture_on_commit_callbacks):
    client = as_person(cast.officer)
    with django_capture_on_commit_callbacks() as asked:
        response = client.post(url(document), {"version": document.version})
    assert response.status_code == 302
    assert response["Location"] == url(document)
    assert not Assignment.objects.exists()
    html = client.get(url(document)).content.decode()
    assert "Đang giao" in html
    assert "0/7 nhiệm vụ (0%)" in html
    assert 'http-equiv="refresh"' in html
    assert "<progress" in html
    for ask in asked:
        ask()
    assert Assignment.objects.count() == 7
    html = client.get(url(document)).content.decode()
    assert "7/7 nhiệm vụ (100%)" in html
    assert reverse("board", args=[document.pk]) in html
    assert 'name="act"' not in html


def test_a_small_one_is_issued_at_once(cast, as_person, document, settings):
    settings.ISSUE_AT_ONCE = 7
    response = as_person(cast.officer).post(url(document), {"version": document.version})
    assert response["Location"] == reverse("board", args=[document.pk])
    assert Assignment.objects.count() == 7
    assert not Issuing.objects.exists()


def test_stopping_and_going_on(cast, as_person, document, django_capture_on_commit_callbacks):
    row = begin_issuing(actor=cast.officer, document=document, version=document.version)
    issue_batch(row.pk)
    client = as_person(cast.second_officer)
    assert "Đang giao: " in client.get(reverse("board", args=[document.pk])).content.decode()
    assert client.post(url(document), {"act": "stop"}).status_code == 302
    html = client.get(url(document)).content.decode()
    assert "Đã dừng" in html
    assert "Giao tiếp" in html
    assert 'http-equiv="refresh"' not in html
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(document), {"act": "resume"})
    assert Assignment.objects.count() == 7


def test_a_unit_neither_sees_nor_stops_it(cast, as_person, document):
    row = begin_issuing(actor=cast.officer, document=document, version=document.version)
    client = as_person(cast.secretary)
    assert client.get(url(document)).status_code in (403, 404)
    assert client.post(url(document), {"act": "stop"}).status_code in (403, 404)
    assert Issuing.objects.get(pk=row.pk).state == Issuing.State.RUNNING


def test_what_was_left_lying_is_picked_up_at_start(cast, document):
    row = begin_issuing(actor=cast.officer, document=document, version=document.version)
    issue_batch(row.pk)
    pick_up_issuing()
    assert Assignment.objects.count() == 7
    assert Issuing.objects.get(pk=row.pk).is_over


def test_others_get_to_write_between_two_batches(cast, document, monkeypatch):
    row, pauses = begin_issuing(actor=cast.officer, document=document, version=document.version), []
    monkeypatch.setattr(time, "sleep", pauses.append)
    go_on_issuing.call(row.pk)
    assert Assignment.objects.count() == 7
    assert len(pauses) == (2 if connection.vendor == "sqlite" else 0)  # three units, one a batch
