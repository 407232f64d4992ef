"""The first page, as each of the cast finds it."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment
from tests.factories import make_directive, make_document, step_on


def html_of(client):
    response = client.get(reverse("today"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def submitted(cast, directive):
    assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    return step_on(step_on(assignment, "acknowledge", cast.secretary), "submit", cast.secretary, "Đã xong")


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_a_secretary_finds_what_the_unit_owes(cast, as_person, directive):
    html = html_of(as_person(cast.secretary))
    owed = html.split("What your unit owes")[1]
    assert "3 tasks" in owed
    assert owed.index("hội nghị quán triệt") < owed.index("nắm tình hình")  # the overdue one first
    assert "Waiting for your decision" not in html
    assert "Bình Minh" not in html


def test_an_officer_finds_what_waits_for_a_decision(cast, as_person, submitted):
    make_document(cast)
    html = html_of(as_person(cast.officer))
    waiting = html.split("Waiting for your decision")[1]
    assert reverse("assignment_detail", args=[submitted.pk]) in waiting
    assert "0 of 7 done, 0 %" in html
    assert "Documents to see through" in html
    assert "Việc làm mẫu" in html.split("Documents to see through")[1].split("Directives under way")[0]
    assert "What your unit owes" not in html


def test_nobody_is_asked_to_decide_on_their_own_result(cast, as_person, submitted):
    Assignment.objects.filter(pk=submitted.pk).update(submitted_by=cast.officer)
    assert "No result waits for you" in html_of(as_person(cast.officer))
    assert reverse("assignment_detail", args=[submitted.pk]) in html_of(as_person(cast.second_officer))


@pytest.mark.parametrize("reader", ["inspector", "central_officer"])
def test_a_reader_above_finds_what_is_overdue(cast, as_person, directive, reader):
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        html = html_of(as_person(getattr(cast, reader)))
    late = html.split("2 tasks")[1].split("Directives under way")[0]
    assert "Đảng bộ Công ty Bình Minh" in late
    assert "Documents to see through" not in html


def test_a_member_finds_what_the_unit_is_doing(cast, as_person, directive):
    html = html_of(as_person(cast.member))
    assert "What your unit is doing" in html
    assert "hội nghị quán triệt" in html
    assert "Bình Minh" not in html


def test_a_stranger_finds_an_honest_empty_page(cast, as_person, directive):
    html = html_of(as_person(cast.stranger))
    assert "Nothing is shown to you yet" in html
    assert "12-CV/ĐUK" not in html


def test_the_same_queries_for_many(cast, as_person, directive):
    client = as_person(cast.officer)
    html_of(client)
    make_directive(cast)  # something is written: the page is made anew
    with CaptureQueriesContext(connection) as few:
        html_of(client)
    for _turn in range(4):
        make_directive(cast)
    with CaptureQueriesContext(connection) as many:
        html_of(client)
    assert len(many) == len(few)


def test_reading_only(cast, as_person):
    assert as_person(cast.officer).post(reverse("today")).status_code == 405
