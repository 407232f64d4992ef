"""The calendar: due days of what one sees, days off, and nothing of others."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.work.due_days import MOST_NAMED
from motbuoc.domains.work.models import Assignment
from tests.factories import make_directive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_april():
    with time_machine.travel("2026-04-10T03:00:00Z", tick=False):
        yield


@pytest.fixture
def mine(directive, cast) -> Assignment:
    """A task of unit A that falls due on the last of April."""
    Assignment.objects.update(due_on=None)
    task = Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[0]
    task.due_on = date(2026, 4, 28)
    task.save()
    return task


def test_a_task_stands_on_its_day_and_days_off_say_why(as_person, cast, mine) -> None:
    html = as_person(cast.secretary).get("/lich/", {"month": "2026-04"}).content.decode()
    cell = html.split('datetime="2026-04-28"')[1].split("</td>")[0]
    assert f"/viec/{mine.pk}/" in cell
    assert mine.duty.text[:30] in cell
    assert "1 task falls due this month" in html
    assert "is-off" in html.split('datetime="2026-04-30"')[0].rsplit("<td", 1)[1]
    assert "is-off" not in html.split('datetime="2026-04-28"')[0].rsplit("<td", 1)[1]
    assert "is-today" in html.split('datetime="2026-04-10"')[0].rsplit("<td", 1)[1]


def test_late_ones_and_done_ones_are_told_apart_in_words(as_person, cast, mine) -> None:
    Assignment.objects.filter(pk=mine.pk).update(due_on=date(2026, 4, 6))
    assert "1 overdue" in as_person(cast.secretary).get("/lich/").content.decode()
    Assignment.objects.filter(pk=mine.pk).update(state="accepted")
    html = as_person(cast.secretary).get("/lich/").content.decode()
    assert "1 done" in html
    assert "overdue" not in html.split('class="calendar"')[1]


def test_what_is_cancelled_falls_due_on_no_day(as_person, cast, mine) -> None:
    Assignment.objects.filter(pk=mine.pk).update(state="cancelled")
    html = as_person(cast.secretary).get("/lich/").content.decode()
    assert f"/viec/{mine.pk}/" not in html


def test_a_neighbours_due_days_are_not_there(as_person, cast, mine) -> None:
    html = as_person(cast.secretary_b).get("/lich/").content.decode()
    assert f"/viec/{mine.pk}/" not in html
    assert "0 tasks" in html
    assert as_person(cast.stranger).get("/lich/").status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "1999-01", "x", "2026-4", "9999999999-01", "2026-04\x00"])
def test_a_month_that_is_none_is_this_month(as_person, cast, month: str) -> None:
    assert 'datetime="2026-04-01"' in as_person(cast.secretary).get("/lich/", {"month": month}).content.decode()


def test_it_costs_the_same_queries_for_one_and_for_many(as_person, cast, mine) -> None:
    officer = as_person(cast.officer)
    officer.get("/lich/")
    with CaptureQueriesContext(connection) as few:
        officer.get("/lich/", {"month": "2026-04", "a": "1"})
    for _again in range(4):
        make_directive(cast)
    Assignment.objects.update(due_on=date(2026, 4, 20))
    with CaptureQueriesContext(connection) as many:
        html = officer.get("/lich/", {"month": "2026-04", "a": "2"}).content.decode()
    assert len(many) == len(few) <= 12  # the frame's, two for the tasks, one for the working calendar
    assert "more" in html


def test_with_very_many_the_days_say_how_many(as_person, cast, mine, monkeypatch) -> None:
    monkeypatch.setattr("motbuoc.domains.work.due_days.MOST_NAMED", 0)
    assert MOST_NAMED == 200
    html = as_person(cast.officer).get("/lich/", {"month": "2026-04"}).content.decode()
    cell = html.split('datetime="2026-04-28"')[1].split("</td>")[0]
    assert "1 task" in cell
    assert mine.duty.text[:30] not in cell


def test_a_day_leads_to_its_tasks_in_the_inbox(as_person, cast, mine) -> None:
    officer = as_person(cast.officer)
    other = Assignment.objects.exclude(pk=mine.pk).filter(duty=mine.duty)[0]
    Assignment.objects.filter(pk=other.pk).update(due_on=date(2026, 4, 29))
    html = officer.get("/viec/", {"tab": "all", "due": "2026-04-28"}).content.decode()
    assert f"/viec/{mine.pk}/" in html
    assert f"/viec/{other.pk}/" not in html
    assert "Only what is due on 28/04/2026." in html
    assert f"/viec/{other.pk}/" in officer.get("/viec/", {"tab": "all", "due": "khong"}).content.decode()
