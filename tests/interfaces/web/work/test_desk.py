"""The department's desk and the wall of its meeting room."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.registers.models import Book, Number, Outgoing, Series
from motbuoc.domains.registers.urging import draft_urging
from motbuoc.domains.work import desk as reads
from motbuoc.domains.work.following import urge
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.wall import directives_on_wall, late_on_wall, week_on_wall
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Delivery, DeliveryState, Notice
from motbuoc.foundation.notices.occasions import Occasion, Reach
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_directive, make_unit, step_on
from tests.interfaces.web.work.test_board import words_of

LATE = "2026-05-10T02:00:00Z"


@pytest.fixture
def late(directive):
    """It is May: two units are late with the first item."""
    with time_machine.travel(LATE, tick=False):
        yield directive


def page_of(client, name="desk", **asked):
    response = client.get(reverse(name), asked)
    assert response.status_code == 200
    return response.content.decode()


def remind(cast, assignment, state=DeliveryState.SENT):
    """The secretary was told, in the app and by mail, of what is overdue."""
    now = clock.now()
    Notice.objects.create(
        person=cast.secretary,
        occasion=Occasion.AFTER_DUE,
        parameters={"on": "2026-04-30"},
        object_type="assignment",
        object_id=assignment.pk,
        unit=assignment.unit,
        reach=Reach.DIGEST,
        key=f"x-{assignment.pk}",
        made_at=now,
        told_at=now,
    )
    return Delivery.objects.create(
        person=cast.secretary,
        told_at=now,
        channel="mail",
        address="thu@mau.example",
        key=f"x-{assignment.pk}",
        state=state,
        made_at=now,
    )


def number_for(cast, letter):
    series = Series.objects.create(unit=letter.unit, book=Book.OUTGOING, type="CV", since=clock.today())
    return Number.objects.create(series=series, number=1, state=Number.State.USED, taken_by=cast.officer)


class TestDesk:
    """What is late by unit and item, who was told, what did not arrive."""

    def test_every_figure_is_that_of_the_list_it_leads_to(self, cast, as_person, late):
        client = as_person(cast.officer)
        html = page_of(client)
        figures = html.split('class="figures"')[1].split("</ul>")[0]
        assert "2 Overdue of 2 units" in words_of(figures)
        for part in figures.split("<li")[1:]:
            number = int(words_of(f"<li{part}").split()[0])
            url = part.split('href="')[1].split('"')[0].replace("&amp;", "&")
            followed = client.get(url).content.decode()
            assert followed.count('class="task-words"') == number

    def test_a_line_leads_to_its_tasks_and_to_what_can_be_done(self, cast, as_person, late):
        client = as_person(cast.officer)
        html = page_of(client)
        row = next(part for part in html.split("<tr>") if "Chi bộ Sở Ánh Dương" in part)
        assert "1 30/04/2026 10 days" in words_of(row)
        assert f'href="{reverse("urging_draft")}?unit={cast.unit_a.pk}"' in row
        letter = client.get(reverse("urging_draft"), {"unit": cast.unit_a.pk}).content.decode()
        assert "Ánh Dương" in letter
        assert "Bình Minh" not in letter
        item = next(part for part in html.split("<tr>") if "12-CV/ĐUK" in part and "Tổ chức hội nghị" in part)
        assert "2 2 30/04/2026" in words_of(item)
        urging = next(part for part in item.split('href="') if part.startswith(reverse("urging_draft")))
        provision = Assignment.objects.filter(unit=cast.unit_a, time_kind=TimeKind.DATED)[0].provision_id
        assert f"&amp;item={provision}" in urging.split('"')[0]
        letter = client.get(urging.split('"')[0].replace("&amp;", "&"))
        assert letter.content.decode().count('name="late"') == 2

    def test_tells_of_reminders_and_of_what_did_not_arrive(self, cast, as_person, late):
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        sent = remind(cast, assignment)
        assert reads.reminded_by_channel(cast.officer) == {"app": 1, "mail": 1}
        assert reads.late_units_for(cast.officer, 5)[0].reminded_at == clock.now()
        assert reads.unreached_for(cast.officer, 5) == []
        Delivery.objects.filter(pk=sent.pk).update(state=DeliveryState.GIVEN_UP)
        html = page_of(as_person(cast.officer))
        assert "1 message did not arrive" in html
        assert "Phạm Thử Thư" not in html  # the unit is told of, never the person
        assert "thu@mau.example" not in html
        assert reads.unreached_for(cast.secretary_b, 5) == []

    def test_a_message_to_who_decides_is_not_the_units(self, cast, late):
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        remind(cast, assignment, DeliveryState.GIVEN_UP)
        assert [row.unit_id for row in reads.unreached_for(cast.officer, 5)] == [cast.unit_a.pk]
        Notice.objects.update(person=cast.officer)
        Delivery.objects.update(person=cast.officer)
        assert reads.unreached_for(cast.officer, 5) == []

    def test_the_last_reminder_is_one_to_the_unit_or_a_letter(self, cast, as_person, late):
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        remind(cast, assignment)
        Notice.objects.update(person=cast.officer)  # who decides was told that the unit is late: not the unit
        assert reads.late_units_for(cast.officer, 5)[0].reminded_at is None
        urge(actor=cast.officer, assignment=assignment)
        assert reads.late_units_for(cast.officer, 5)[0].reminded_at == clock.now()
        other = Assignment.objects.get(unit=cast.unit_b, time_kind=TimeKind.DATED)
        letter = draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=[other.pk])
        client = as_person(cast.officer)
        row = next(part for part in page_of(client).split("<tr>") if "Bình Minh" in part)
        assert "10/05/2026" not in words_of(row)
        Outgoing.objects.filter(pk=letter.pk).update(
            state="dispatched", sent_at=clock.now(), number=number_for(cast, letter)
        )
        row = next(part for part in page_of(client, x="1").split("<tr>") if "Bình Minh" in part)
        assert "10/05/2026" in words_of(row)

    def test_what_failed_meanwhile_is_there_without_a_line_of_history(self, cast, as_person, late):
        sent = remind(cast, Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED))
        client = as_person(cast.officer)
        assert "did not arrive" not in page_of(client)
        Delivery.objects.filter(pk=sent.pk).update(state=DeliveryState.GIVEN_UP)
        assert "1 message did not arrive" in page_of(client)

    def test_what_was_handed_in_is_not_late(self, cast, late):
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        step_on(step_on(assignment, "acknowledge", cast.secretary), "submit", cast.secretary, "Đã làm")
        assert [row.unit_id for row in reads.late_units_for(cast.officer, 5)] == [cast.unit_b.pk]

    def test_classes_and_reach(self, cast, late):
        late.classification = Classification.RESTRICTED
        late.save()
        assert reads.late_units_for(cast.central_officer, 5) == []
        assert reads.late_items_for(cast.central_officer, 5) == []
        assert len(reads.late_units_for(cast.officer, 5)) == 2
        assert [row.unit_id for row in reads.late_units_for(cast.secretary, 5)] == [cast.unit_a.pk]

    def test_only_for_who_decides(self, cast, as_person, late):
        assert as_person(cast.stranger).get(reverse("desk")).status_code == 404
        assert as_person(cast.member).get(reverse("desk")).status_code == 404
        assert as_person(cast.secretary).get(reverse("desk")).status_code == 403
        assert as_person(cast.officer).post(reverse("desk")).status_code == 405

    def test_empty(self, cast, as_person):
        assert "Nothing is overdue." in page_of(as_person(cast.officer))


class TestWall:
    """Large, by itself, and nothing that the room may not know."""

    def test_goes_on_by_itself_and_comes_round(self, cast, as_person, late):
        client = as_person(cast.officer)
        first = page_of(client, "wall")
        assert 'http-equiv="refresh" content="20;url=?slide=1"' in first
        assert "Việc làm mẫu" in first
        assert "Tổ chức hội nghị quán triệt" in first
        assert "Ánh Dương" in page_of(client, "wall", slide=1)
        assert "url=?slide=0" in page_of(client, "wall", slide=2)
        assert "http-equiv" not in page_of(client, "wall", slide=1, still=1)
        for odd in ("x", "-1", "99", "12345", "²"):
            page_of(client, "wall", slide=odd)

    def test_the_coming_week(self, cast, directive):
        with time_machine.travel("2026-04-25T02:00:00Z", tick=False):
            day = next(row for row in week_on_wall(cast.officer, 1) if f"{row.day}" == "2026-04-30")
        assert (day.count, day.units, len(day.names)) == (2, 2, 1)

    def test_a_week_has_seven_days(self, cast, directive):
        Assignment.objects.filter(document=directive).update(due_on="2026-04-30")
        for day, is_there in (("23", False), ("24", True), ("30", True)):
            with time_machine.travel(f"2026-04-{day}T02:00:00Z", tick=False):
                assert bool(week_on_wall(cast.officer, 1)) == is_there

    def test_only_the_normal_class_and_no_persons(self, cast, as_person, late):
        html = "".join(page_of(as_person(cast.officer), "wall", slide=n) for n in range(3))
        for person in (cast.officer, cast.secretary, cast.secretary_b):
            assert person.full_name not in html
        for classification in (Classification.INTERNAL, Classification.RESTRICTED):
            late.classification = classification
            late.save()
            assert directives_on_wall(cast.officer, 4) == []
            assert late_on_wall(cast.officer, 4) == []
            assert week_on_wall(cast.officer, 4) == []
            assert "Việc làm mẫu" not in page_of(as_person(cast.officer), "wall")

    def test_rights(self, cast, as_person, late):
        assert as_person(cast.stranger).get(reverse("wall")).status_code == 404
        assert as_person(cast.officer).post(reverse("wall")).status_code == 405
        assert "Bình Minh" not in page_of(as_person(cast.secretary), "wall", slide=1)


@pytest.mark.parametrize("name", ["desk", "wall"])
def test_the_same_queries_for_three_units_as_for_thirty(cast, as_person, directive, name):
    client = as_person(cast.officer)
    with time_machine.travel(LATE, tick=False):
        with CaptureQueriesContext(connection) as few:
            page_of(client, name)
        for number in range(30):
            make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
        make_directive(cast)
        with CaptureQueriesContext(connection) as many:
            page_of(client, name)
    assert len(many) == len(few) <= 44
