"""The timeline of a directive: each item over time, as a picture and the same in a table."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work import timeline
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.timeline import timeline_for
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.papers.timeline_picture import picture_of
from tests.factories import make_directive, make_unit, step_on
from tests.interfaces.web.work.test_board import words_of


def page_of(client, directive):
    response = client.get(reverse("board_timeline", args=[directive.pk]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def lived(cast):
    """A directive of 1 April, of which unit A did its dated task on the 10th, after it was returned once."""
    with time_machine.travel("2026-04-01T02:00:00Z", tick=False):
        directive = make_directive(cast)
    task = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED, document=directive)
    steps = (
        ("02", "acknowledge", cast.secretary),
        ("05", "submit", cast.secretary),
        ("07", "return", cast.officer),
        ("09", "submit", cast.secretary),
        ("10", "accept", cast.officer),
    )
    for day, name, actor in steps:
        with time_machine.travel(f"2026-04-{day}T02:00:00Z", tick=False):
            task = step_on(task, name, actor, "Đã làm")
    return directive


def test_counts_each_task_once_at_each_step(cast, lived):
    with time_machine.travel("2026-04-20T02:00:00Z", tick=False):
        timeline = timeline_for(cast.officer, lived)
    first = timeline.lines[0]
    assert first.provision.number == "1"
    assert first.count == 2
    assert first.given_on == date(2026, 4, 1)
    assert first.taken == {
        "acknowledge": [(date(2026, 4, 2), 1)],
        "submit": [(date(2026, 4, 5), 1)],
        "accept": [(date(2026, 4, 10), 1)],
    }
    assert first.due_days == [(date(2026, 4, 30), 2)]
    assert timeline.last_day == date(2026, 4, 30)
    assert sum(line.count for line in timeline.lines) == 7


def test_an_acceptance_that_was_taken_back_counts_no_more(cast, lived):
    task = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED, document=lived)
    with time_machine.travel("2026-04-12T02:00:00Z", tick=False):
        task = step_on(task, "reopen", cast.officer, "Thiếu danh sách")
        assert timeline_for(cast.officer, lived).lines[0].taken["accept"] == []
    with time_machine.travel("2026-04-15T02:00:00Z", tick=False):
        step_on(step_on(task, "submit", cast.secretary, "Đã bổ sung"), "accept", cast.officer)
        first = timeline_for(cast.officer, lived).lines[0]
    assert first.taken["submit"] == [(date(2026, 4, 5), 1)]
    assert first.taken["accept"] == [(date(2026, 4, 15), 1)]


def test_items_of_the_same_name_have_a_strip_each(cast, as_person, lived):
    lived.provisions.update(number="1", heading="Nâng cao chất lượng tuyên truyền, vận động")
    html = page_of(as_person(cast.officer), lived)
    drawing = html.split('role="img"')[1].split("</figure>")[0]
    assert [f"({place})" in drawing for place in (1, 2, 3)] == [False, True, True]


def test_shows_picture_and_table(cast, as_person, lived):
    with time_machine.travel("2026-04-20T02:00:00Z", tick=False):
        html = page_of(as_person(cast.officer), lived)
    drawing = html.split('role="img"')[1].split("</figure>")[0]
    assert "<svg" in drawing
    assert " style=" not in drawing  # the content security policy would take it away
    assert "Of 7 tasks in 3 items, 1 were acknowledged, 1 handed in and 1 accepted by 20/04/2026." in html
    row = words_of(html.split("<tbody>")[1].split("</tr>")[0])
    assert "2 01/04/2026 1 (50 %, 02/04/2026) 1 (50 %, 05/04/2026) 1 (50 %, 10/04/2026) 30/04/2026 (2)" in row


def test_names_in_the_picture_are_escaped(cast, lived):
    timeline = timeline_for(cast.officer, lived)
    drawn = picture_of(timeline, [f"{place} <script>alert(1)</script>&" for place, _ in enumerate(timeline.lines)])
    assert "<script" not in drawn
    assert etree.fromstring(drawn.encode()).tag.endswith("svg")


class TestRights:
    """The same as the board."""

    def test_a_unit_sees_its_own(self, cast, lived):
        assert sum(line.count for line in timeline_for(cast.secretary, lived).lines) == 3
        assert timeline_for(cast.member, lived).lines == []

    def test_refused(self, cast, as_person, lived):
        url = reverse("board_timeline", args=[lived.pk])
        assert as_person(cast.stranger).get(url).status_code == 404
        assert as_person(cast.member).get(url).status_code == 403
        assert as_person(cast.officer).post(url).status_code == 405
        lived.classification = Classification.RESTRICTED
        lived.save()
        assert as_person(cast.central_officer).get(url).status_code == 404


def test_the_same_queries_for_three_units_as_for_thirty(cast, as_person, directive):
    client = as_person(cast.officer)
    with CaptureQueriesContext(connection) as few:
        page_of(client, directive)
    for number in range(30):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    larger = make_directive(cast)
    with CaptureQueriesContext(connection) as many:
        page_of(client, larger)
    assert len(many) == len(few) <= 16


def test_an_item_given_while_the_timeline_is_read_waits_for_the_next_look(cast, lived, monkeypatch):
    item = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED, document=lived).provision_id
    counted = timeline.Assignment.objects.exclude(provision=item)
    monkeypatch.setattr(timeline.Assignment.objects, "filter", counted.filter)
    seen = timeline_for(cast.officer, lived)
    assert all(line.provision is None or line.provision.pk != item for line in seen.lines)
