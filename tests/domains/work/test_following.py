"""The unit that tracks work without doing it: what it sees, when it is told, and urging."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.importing import _propose_monitor
from motbuoc.domains.documents.models import DutyUnit
from motbuoc.domains.documents.services import DutyUnits, confirm_document, correct_duty
from motbuoc.domains.work.following import followed_by, urge
from motbuoc.domains.work.holdings import hand_over_assignments
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reminding import Sweep
from motbuoc.domains.work.selectors import assignments_for, steps_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.notices.models import Notice
from tests.factories import make_document, step_on


@pytest.fixture
def tracked(cast) -> Assignment:
    """Unit A's first task, which the department tracks; the other units' first task too."""
    document = make_document(cast)
    duty = document.duties.all()[0]
    correct_duty(
        actor=cast.officer,
        duty=duty,
        version=duty.version,
        changes={},
        units=DutyUnits(True, monitor=cast.department.pk),
    )
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    return Assignment.objects.get(duty=duty, unit=cast.unit_a)


def make_late(assignment: Assignment) -> None:
    rows = Assignment.objects.filter(pk=assignment.pk)
    rows.update(due_on=clock.today() - timedelta(days=4), looked_on=clock.today() - timedelta(days=9))


def test_it_sees_the_work_and_takes_no_step_of_it(cast, tracked):
    assert tracked.monitor == cast.department
    assert tracked in assignments_for(cast.department_worker)
    assert set(followed_by(cast.department_worker)) == set(tracked.duty.assignments.all())
    assert steps_for(cast.department_worker, tracked) == []
    assert not followed_by(cast.secretary).exists()
    with pytest.raises(NotAllowed):
        step_on(tracked, "acknowledge", cast.department_worker)


def test_what_the_directive_charges_a_department_with_proposes_it(cast):
    document = make_document(cast)
    _propose_monitor(document)
    found = DutyUnit.objects.filter(part="monitor").order_by("duty__position")
    assert [(row.duty.position, row.unit) for row in found] == [(n, cast.department) for n in range(3)]


def test_nobody_tracks_what_they_do_themselves(cast):
    document = make_document(cast)
    duty = document.duties.all()[0]
    with pytest.raises(Refusal, match="theo dõi"):
        correct_duty(
            actor=cast.officer,
            duty=duty,
            version=duty.version,
            changes={},
            units=DutyUnits(False, [cast.department.pk], monitor=cast.department.pk),
        )
    with pytest.raises(Refusal, match="không còn thuộc"):
        correct_duty(
            actor=cast.officer,
            duty=duty,
            version=duty.version,
            changes={},
            units=DutyUnits(True, monitor=cast.province.pk),
        )


def test_it_is_told_of_late_work_once(cast, tracked):
    make_late(tracked)
    Assignment.objects.filter(pk=tracked.pk).update(look_on=clock.today())
    for _time in range(2):
        Sweep(clock.today()).run()
    told = Notice.objects.filter(object_id=tracked.pk, person=cast.department_worker)
    assert [notice.occasion for notice in told] == ["after_due"]


def test_it_urges_once_a_day_and_others_do_not(cast, tracked):
    for person in (cast.secretary, cast.secretary_b, cast.member, cast.central_officer):
        with pytest.raises(NotAllowed):
            urge(actor=person, assignment=tracked)
    assert urge(actor=cast.department_worker, assignment=tracked) == 1
    assert Notice.objects.get(occasion="urged").person == cast.secretary
    assert HistoryLine.objects.filter(action="urge", object_id=tracked.pk).count() == 1
    with pytest.raises(Refusal, match="Hôm nay"):
        urge(actor=cast.officer, assignment=tracked)


def test_what_is_handed_in_is_not_urged(cast, tracked):
    step_on(tracked, "acknowledge", cast.secretary)
    step_on(tracked, "submit", cast.secretary, "Đã làm")
    with pytest.raises(Refusal, match="không còn"):
        urge(actor=cast.department_worker, assignment=tracked)


def test_the_unit_that_goes_on_tracks_on(cast, tracked):
    hand_over_assignments(successors={cast.department.pk: cast.unit_b.pk}, day=clock.today())
    tracked.refresh_from_db()
    assert tracked.monitor == cast.unit_b
    of_b = Assignment.objects.get(duty=tracked.duty, unit=cast.unit_b)
    assert of_b.monitor is None  # nobody tracks themselves


def test_the_pages_say_who_tracks_and_let_them_urge(cast, client, tracked):
    client.force_login(cast.department_worker.account)
    page = client.get(reverse("assignment_detail", args=[tracked.pk])).content.decode()
    url = reverse("assignment_urge", args=[tracked.pk])
    assert url in page
    assert reverse("followed_list") in client.get(reverse("today")).content.decode()
    assert "Chi bộ Sở Ánh Dương" in client.get(reverse("followed_list")).content.decode()
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    client.force_login(cast.secretary.account)
    page = client.get(reverse("assignment_detail", args=[tracked.pk])).content.decode()
    assert "Ban Tuyên giáo Đảng ủy Khối" in page
    assert url not in page
    assert client.post(url).status_code == 403
    client.force_login(cast.stranger.account)
    assert client.post(url).status_code == 404
    assert client.get(reverse("followed_list")).status_code == 404


def test_the_review_chooses_who_tracks(cast, client):
    client.force_login(cast.officer.account)
    duty = make_document(cast).duties.all()[0]
    url = reverse("duty_correct", args=[duty.pk])
    assert "monitor" in client.get(url).content.decode()
    sent = {"version": duty.version, "time_kind": "undated", "for_addressees": "on", "monitor": cast.department.pk}
    assert client.post(url, sent).status_code == 302
    assert duty.units.get().part == "monitor"


def test_as_many_queries_for_many_as_for_one(cast, tracked, django_assert_num_queries):
    list(followed_by(cast.department_worker))  # what is asked once for a person
    with CaptureQueriesContext(connection) as few:
        followed = list(followed_by(cast.department_worker))
    Assignment.objects.exclude(unit=cast.department).update(monitor=cast.department)
    with django_assert_num_queries(len(few)):
        assert len(list(followed_by(cast.department_worker))) > len(followed)
