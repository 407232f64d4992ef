"""The inbox: tabs, narrowing, pages, and the same number of queries whatever it holds."""

from __future__ import annotations

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_directive, make_person, make_unit, step_on

FIRST, SECOND, THIRD = "hội nghị quán triệt", "nắm tình hình", "đối thoại định kỳ"


def html_of(client, **asked):
    response = client.get(reverse("inbox"), asked)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(html):
    return html.count('class="task-words"')


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_a_unit_sees_what_it_owes_with_state_and_lateness(cast, as_person, directive):
    html = html_of(as_person(cast.secretary))
    assert rows_of(html) == 3
    assert html.index(FIRST) < html.index(SECOND)  # the overdue one first
    assert "Not acknowledged" in html
    assert "Overdue" in html
    assert "10 days late" in html
    assert "Đảng bộ Công ty Bình Minh" not in html


def test_tabs_hold_what_they_say(cast, as_person, directive):
    assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    assignment = step_on(assignment, "acknowledge", cast.secretary)
    assignment = step_on(assignment, "submit", cast.secretary, "Đã xong")
    client = as_person(cast.secretary)
    assert rows_of(html_of(client)) == 2
    assert rows_of(html_of(client, tab="waiting")) == 1
    step_on(assignment, "accept", cast.officer)
    assert FIRST in html_of(client, tab="done")
    assert FIRST not in html_of(client, tab="owed")
    assert rows_of(html_of(client, tab="all")) == 3
    assert rows_of(html_of(client, tab="no such tab")) == 2


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_narrowing(cast, as_person, directive):
    client = as_person(cast.officer)
    assert rows_of(html_of(client)) == 7
    assert rows_of(html_of(client, lateness="3")) == 2
    assert rows_of(html_of(client, words="đối thoại")) == 2
    assert rows_of(html_of(client, words="Ánh Dương đối thoại")) == 1
    assert rows_of(html_of(client, state="assigned")) == 7
    assert rows_of(html_of(client, unit=cast.unit_a.pk)) == 3
    item = directive.provisions.get(number="2")
    narrowed = html_of(client, unit=cast.unit_a.pk, item=item.pk)
    assert rows_of(narrowed) == 2
    assert "From the board" in narrowed
    assert rows_of(html_of(client, directive=directive.pk)) == 7
    assert rows_of(html_of(client, directive="none", lateness="99")) == 7
    assert rows_of(html_of(client, directive="9" * 30, unit="9" * 30, item="9" * 30)) == 7
    assert "No task fits" in html_of(client, words="không có")


def test_narrowing_does_not_widen(cast, as_person, directive):
    client = as_person(cast.secretary)
    assert rows_of(html_of(client, unit=cast.unit_b.pk)) == 0
    assert "Bình Minh" not in html_of(client, tab="all", unit=cast.unit_b.pk)


def test_a_unit_without_tasks_sees_an_honest_empty_page(cast, as_person, directive):
    apart = make_unit("Đảng ủy Khối Khác", UnitKind.BLOC_COMMITTEE, cast.province)
    html = html_of(as_person(make_person("Bùi Thử Xa", "xa", Role.UNIT_SECRETARY, apart)))
    assert rows_of(html) == 0
    assert "12-CV/ĐUK" not in html
    assert "Nothing here" in html


def test_there_is_no_such_page_for_a_stranger(cast, as_person, directive):
    assert as_person(cast.stranger).get(reverse("inbox")).status_code == 404


def test_pages_of_twenty_and_the_same_queries_for_many(cast, as_person):
    with CaptureQueriesContext(connection):
        make_directive(cast)
    client = as_person(cast.officer)
    with CaptureQueriesContext(connection) as few:  # made anew: nobody has looked yet
        assert rows_of(html_of(client)) == 7
    for number in range(10):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    make_directive(cast)
    with CaptureQueriesContext(connection) as many:
        html = html_of(client)
    assert rows_of(html) == 20
    assert "44" in html
    assert len(many) == len(few) <= 12
    assert rows_of(html_of(client, page="3")) == 4


def test_reading_only(cast, as_person, directive):
    assert as_person(cast.secretary).post(reverse("inbox")).status_code == 405
