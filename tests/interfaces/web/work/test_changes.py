"""What changed since one last looked: by others, of what one may see; once seen, gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.changes import changes_for, since
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.requesting import ask, decide
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from tests.factories import make_directive, step_on
from tests.interfaces.web.work.test_board import words_of


def page_of(client):
    response = client.get(reverse("today"))
    assert response.status_code == 200
    return response.content.decode()


def panel_of(html):
    return words_of(html.split('id="changes"')[1].split("</section>")[0]) if 'id="changes"' in html else ""


@pytest.fixture
def returned(cast):
    """Unit A handed its dated task in, and it came back."""
    make_directive(cast)
    task = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    for name, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("return", cast.officer)):
        task = step_on(task, name, actor, "Chưa đủ")
    return task


def acts(viewer, seen=None):
    found = changes_for(viewer, since(seen))
    return [change.line.action for _kind, rows, _more in found.kinds for change in rows]


def test_tells_what_others_did(cast, as_person, returned):
    assert acts(cast.secretary) == ["return"]
    assert acts(cast.officer) == []  # it was they who did it
    assert acts(cast.second_officer) == ["return"]
    assert changes_for(cast.officer, since(None)).directives == []  # issued by them
    assert len(changes_for(cast.second_officer, since(None)).directives) == 1
    told = panel_of(page_of(as_person(cast.secretary)))
    assert "Results accepted or returned" in told
    assert "Tổ chức hội nghị quán triệt" in told
    assert "New directives 12-CV/ĐUK Việc làm mẫu 3 tasks" in told


def test_marked_as_seen_it_is_gone_until_something_else_changes(cast, as_person, returned):
    client = as_person(cast.secretary)
    assert panel_of(page_of(client))
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        assert client.post(reverse("changes_seen")).status_code == 302
        assert panel_of(page_of(client)) == ""
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        task = step_on(step_on(returned, "submit", cast.secretary, "Đã làm"), "accept", cast.officer)
        assert task.state == "accepted"
        assert "Tổ chức hội nghị" in panel_of(page_of(client))
        assert "Sent back" not in panel_of(page_of(client))


def test_nothing_old(cast, returned):
    with time_machine.travel(clock.now() + timedelta(days=3)):
        assert acts(cast.secretary) == []
    long_ago = clock.now() - timedelta(days=400)
    assert acts(cast.secretary, long_ago) == ["return"]
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert acts(cast.secretary, long_ago) == []


def test_a_moved_due_day_is_told(cast, as_person, directive):

    task = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    later = clock.today() + timedelta(days=400)
    asked = {"kind": "extension", "reason": "Bão", "wanted_on": later}
    request = ask(actor=cast.secretary, assignment=task, version=task.version, **asked)
    decide(actor=cast.officer, request=request, version=request.version, grant=True, granted_on=later)
    told = panel_of(page_of(as_person(cast.secretary)))
    assert "Requests decided Request granted" in told
    assert f"new due day {later:%d/%m/%Y}" in told


class TestRights:
    """Only what one may see, also of what became narrower since."""

    def test_other_units_strangers_and_members(self, cast, as_person, returned):
        assert acts(cast.secretary_b) == []
        assert acts(cast.stranger) == []
        assert acts(cast.member) == []
        assert panel_of(page_of(as_person(cast.stranger))) == ""

    def test_a_class_raised_since(self, cast, returned):
        returned.document.classification = Classification.RESTRICTED
        returned.document.save()
        assert acts(cast.central_officer) == []
        assert changes_for(cast.central_officer, since(None)).directives == []
        assert acts(cast.secretary) == ["return"]

    def test_only_posted(self, cast, as_person):
        assert as_person(cast.secretary).get(reverse("changes_seen")).status_code == 405


def test_the_same_queries_for_one_change_as_for_many(cast, returned):
    acts(cast.secretary)
    with CaptureQueriesContext(connection) as few:
        assert len(acts(cast.secretary)) == 1
    for _number in range(4):
        make_directive(cast)
    for task in Assignment.objects.filter(unit=cast.unit_a, state="assigned"):
        task = step_on(step_on(task, "acknowledge", cast.secretary), "submit", cast.secretary, "Xong")
        step_on(task, "return", cast.officer, "Chưa đủ")
    with CaptureQueriesContext(connection) as many:
        found = changes_for(cast.secretary, since(None))
        assert [len(rows) for _kind, rows, _more in found.kinds] == [5]
        assert found.kinds[0][2]
    assert len(many) == len(few) <= 17
