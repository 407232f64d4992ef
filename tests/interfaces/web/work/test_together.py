"""The page on which several tasks are done at once, and the ticks that lead to it."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.work.models import Assignment, Request
from tests.factories import make_directive, step_on

PAGE = "/viec/nhieu/"


@pytest.fixture(autouse=True)
def _april():
    with time_machine.travel("2026-04-01T02:00:00Z", tick=False):
        yield


@pytest.fixture
def mine(cast, directive):
    return list(Assignment.objects.filter(unit=cast.unit_a).order_by("pk"))


def sent(rows, **more):
    versions = {f"version-{row.pk}": row.version for row in Assignment.objects.filter(pk__in=[r.pk for r in rows])}
    return {"task": [row.pk for row in rows], **versions, **more}


def test_ticked_in_the_list_and_done_at_once(cast, as_person, mine):
    client = as_person(cast.secretary)
    html = client.get(reverse("inbox")).content.decode()
    assert f'name="task" value="{mine[0].pk}"' in html
    assert f'action="{PAGE}"' in html
    html = client.get(PAGE, {"task": [row.pk for row in mine]}).content.decode()
    assert html.count('name="task"') == 3
    assert "Acknowledge" in html
    assert "Return with a reason" not in html
    step_on(mine[0], "acknowledge", cast.secretary)
    stale = sent(mine, name="acknowledge") | {f"version-{mine[0].pk}": 1}
    html = client.post(PAGE, stale).content.decode()
    assert "2 tasks done" in html
    refused = html.split("1 task not done")[1]
    assert reverse("assignment_detail", args=[mine[0].pk]) in refused.split("</ul>")[0]
    assert set(Assignment.objects.filter(unit=cast.unit_a).values_list("state", flat=True)) == {"acknowledged"}


def test_a_reason_and_a_day_are_asked_for_once_for_all(cast, as_person, mine):
    client = as_person(cast.secretary)
    response = client.post(PAGE, sent(mine, name="extension", reason=" ", wanted_on=""))
    assert response.status_code == 422
    html = response.content.decode()
    assert "Write the reason" in html
    assert "Give the day" in html
    assert not Request.objects.exists()
    response = client.post(PAGE, sent(mine, name="extension", reason="Chờ số liệu", wanted_on="20/05/2026"))
    html = response.content.decode()
    assert "1 task done" in html
    assert "2 tasks not done" in html
    assert "no due day" in html


def test_nobody_sees_or_does_more_than_on_the_pages_of_each(cast, as_person, mine):
    theirs = list(Assignment.objects.filter(unit=cast.unit_b))
    client = as_person(cast.secretary)
    html = client.post(PAGE, sent([*mine, *theirs], name="acknowledge")).content.decode()
    assert "3 tasks done" in html
    assert "Bình Minh" not in html
    assert set(Assignment.objects.filter(unit=cast.unit_b).values_list("state", flat=True)) == {"assigned"}
    assert as_person(cast.member).post(PAGE, sent(mine, name="acknowledge")).status_code == 403
    assert "Nothing can be done" in as_person(cast.member).get(PAGE, {"task": [mine[0].pk]}).content.decode()
    assert 'name="task"' not in as_person(cast.member).get(reverse("inbox")).content.decode()
    assert as_person(cast.stranger).get(PAGE).status_code == 404


@pytest.mark.parametrize("wrong", ["", "x", "9" * 30, "-1", "²"])
def test_what_is_no_task_is_none(cast, as_person, mine, wrong):
    client = as_person(cast.secretary)
    assert "No task is chosen" in client.get(PAGE, {"task": wrong}).content.decode()
    assert client.post(PAGE, {"task": wrong, "name": "acknowledge"}).status_code == 422
    assert client.post(PAGE, sent(mine, name="cancel")).status_code == 422


def test_the_same_queries_for_many(cast, as_person, mine):
    client = as_person(cast.officer)
    for _turn in range(5):
        make_directive(cast)
    ids = list(Assignment.objects.values_list("pk", flat=True))
    client.get(PAGE, {"task": ids[:3]})
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE, {"task": ids[:3]})
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE, {"task": ids[:30]})
    assert len(many) == len(few)


def test_a_number_longer_than_any_id_is_left_out(cast, as_person, mine):
    client = as_person(cast.secretary)
    html = client.get(PAGE, {"task": ["9" * 5000, mine[0].pk]}).content.decode()
    assert html.count('name="task"') == 1
