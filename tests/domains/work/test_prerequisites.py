"""Tasks that wait for others: no loop, one issuer, told when the last one is done, at ease meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from motbuoc.domains.reporting.selectors import facts_of
from motbuoc.domains.work.boards import board_reading
from motbuoc.domains.work.desk import late_unit_count
from motbuoc.domains.work.due_days import due_days_for
from motbuoc.domains.work.inbox import Narrowing
from motbuoc.domains.work.linked import Ground, Prerequisite
from motbuoc.domains.work.listing import tasks_for
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.prerequisites import add_prerequisite, drop_prerequisite, ties_of
from motbuoc.domains.work.reminding import Sweep
from motbuoc.domains.work.selectors import assignments_for, inbox_for
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.telling import lines_for
from motbuoc.foundation.units.services import move_units
from tests.factories import make_directive, make_document, step_on


@pytest.fixture
def tasks(cast) -> list[Assignment]:
    """Three tasks: two of unit A, one of unit B."""
    make_directive(cast)
    of_a = list(Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[:2])
    return [*of_a, Assignment.objects.filter(unit=cast.unit_b).order_by("pk")[0]]


def wait(cast, one, other, actor=None):
    return add_prerequisite(actor=actor or cast.officer, assignment=one, needs=other)


def done(cast, task, worker):
    step_on(task, "acknowledge", worker)
    step_on(task, "submit", worker, "Xong")
    step_on(task, "accept", cast.officer)


def test_a_loop_is_named(cast, tasks):
    a, b, c = tasks
    wait(cast, a, b)
    wait(cast, b, c)
    wait(cast, a, b)  # again: nothing changes
    assert Prerequisite.objects.count() == 2
    with pytest.raises(Refusal) as refused:
        wait(cast, c, a)
    words = str(refused.value.message)
    assert words.count("→") == 3
    assert "Đảng bộ Công ty Bình Minh" in words
    with pytest.raises(Refusal, match="chính nó"):
        wait(cast, a, a)
    drop_prerequisite(actor=cast.officer, assignment=a, needs_id=b.pk)
    wait(cast, c, a)


def test_the_database_refuses_a_task_that_waits_for_itself(cast, tasks):
    with pytest.raises(IntegrityError), transaction.atomic():
        Prerequisite.objects.create(assignment=tasks[0], needs=tasks[0], stated_by=cast.officer)


def test_only_who_issued_says_so_and_only_of_their_own(cast, tasks):
    for person in (cast.secretary, cast.central_officer, cast.member, cast.stranger):
        with pytest.raises(NotAllowed):
            wait(cast, tasks[0], tasks[2], person)
        with pytest.raises(NotAllowed):
            drop_prerequisite(actor=person, assignment=tasks[0], needs_id=tasks[2].pk)


def test_the_holder_is_told_when_the_last_is_done(cast, tasks):
    a, b, c = tasks
    wait(cast, c, a)
    wait(cast, c, b)
    done(cast, a, cast.secretary)
    assert not Notice.objects.filter(occasion="ready").exists()
    done(cast, b, cast.secretary)
    told = Notice.objects.get(occasion="ready")
    assert (told.person, told.object_id) == (cast.secretary_b, c.pk)
    with pytest.raises(Refusal, match="đã xong"):
        wait(cast, c, a)


def test_what_was_cancelled_is_not_said_to_be_done(cast, tasks):
    a, _b, c = tasks
    wait(cast, c, a)
    step_on(a, "cancel", cast.officer, "Không còn phù hợp")
    told = Notice.objects.get(occasion="ready", person=cast.secretary_b)
    assert "hủy" in lines_for(cast.secretary_b, [told])[0].sentence


def told_of(task, occasion) -> bool:
    return Notice.objects.filter(object_id=task.pk, occasion=occasion).exists()


def test_at_ease_while_waiting_and_reminded_from_the_day_it_is_released(cast, tasks):
    a, _b, c = tasks
    step_on(c, "acknowledge", cast.secretary_b)
    wait(cast, c, a)
    rows, today = Assignment.objects.filter(pk=c.pk), clock.today()
    for due_on in (today, today - timedelta(days=9)):
        rows.update(due_on=due_on, looked_on=today - timedelta(days=20), look_on=today)
        Sweep(today).run()
    assert not told_of(c, "before_due")
    assert not told_of(c, "after_due")
    done(cast, a, cast.secretary)
    Sweep(today).run()
    assert told_of(c, "ready")
    assert not told_of(c, "after_due")
    with time_machine.travel(clock.now() + timedelta(days=7)):
        Sweep(clock.today()).run()
    assert told_of(c, "after_due")


def late_everywhere(cast, task, directive) -> set[str]:
    """Where the task, the only one that is past its day, is called late."""
    late, today = Narrowing(lateness=Lateness.OVERDUE), clock.today()
    reading = board_reading(cast.officer, directive)
    places = {
        "inbox": any(row.pk == task.pk for row in inbox_for(cast.officer, "owed", late)),
        "list": any(row.pk == task.pk for row in tasks_for(cast.officer, "owed", late, 0, 99)),
        "board": reading.totals.overdue,
        "cell": any(cell and cell.lateness == Lateness.OVERDUE for row in reading.rows() for cell in row.cells),
        "desk": late_unit_count(cast.officer),
        "directives": totals_for(cast.officer, [directive])[directive.pk].overdue,
        "calendar": any(day.is_late for day in due_days_for(cast.officer, task.due_on, today).values()),
        "report": any(fact.is_overdue for fact in facts_of(directive, today, today)),
        "page": assignments_for(cast.officer).get(pk=task.pk).lateness == Lateness.OVERDUE,
    }
    return {name for name, is_late in places.items() if is_late}


def test_what_waits_is_late_nowhere_until_it_is_released_and_then_everywhere(cast, client, tasks):
    a, _b, c = tasks
    directive, past = c.document, clock.today() - timedelta(days=3)
    Assignment.objects.filter(document=directive).update(due_on=None, first_due_on=None)
    Assignment.objects.filter(pk=c.pk).update(due_on=past, first_due_on=past)
    c.refresh_from_db()
    everywhere = late_everywhere(cast, c, directive)
    assert len(everywhere) == 9
    wait(cast, c, a)
    assert late_everywhere(cast, c, directive) == set()
    listed = [row.lateness for row in tasks_for(cast.officer, "owed", Narrowing(), 0, 99) if row.pk == c.pk]
    assert listed == [Lateness.WAITS] == [assignments_for(cast.officer).get(pk=c.pk).lateness]
    client.force_login(cast.secretary_b.account)
    page = client.get(reverse("inbox"), {"lateness": Lateness.WAITS.value}).content.decode()
    assert "Chờ việc khác" in page
    assert "quá 3 ngày" not in page
    done(cast, a, cast.secretary)
    assert late_everywhere(cast, c, directive) == everywhere
    c.refresh_from_db()
    assert (c.due_on, c.first_due_on) == (past, past)


def test_a_report_of_a_past_day_knows_what_waited_then(cast, tasks):
    a, _b, c = tasks
    past = clock.today() - timedelta(days=3)
    Assignment.objects.filter(pk=c.pk).update(due_on=past, first_due_on=past)
    wait(cast, c, a)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        done(cast, a, cast.secretary)
    with time_machine.travel(clock.now() + timedelta(days=4)):
        days = [clock.today() - timedelta(days=days) for days in (3, 0)]
        facts = [fact for day in days for fact in facts_of(c.document, past, day) if fact.assignment_id == c.pk]
    assert [fact.is_overdue for fact in facts] == [False, True]


def test_a_suspended_task_is_not_told_that_it_can_begin(cast, tasks):
    a, _b, c = tasks
    wait(cast, c, a)
    step_on(c, "suspend", cast.officer, "Chờ hướng dẫn")
    done(cast, a, cast.secretary)
    assert not told_of(c, "ready")


def test_the_other_unit_is_named_and_its_task_is_not(cast, tasks):
    a, _b, c = tasks
    wait(cast, a, c)
    ties = ties_of(a, assignments_for(cast.secretary))
    assert (ties.waits_on, ties.needs[0].words, ties.needs[0].is_shown) == (
        ["Đảng bộ Công ty Bình Minh"],
        "",
        False,
    )
    assert ties_of(a, assignments_for(cast.officer)).needs[0].words


def test_who_decides_stops_a_wait_for_a_task_that_they_may_not_see(cast, client, tasks):
    a, _b, gone = tasks
    wait(cast, a, gone)
    move_units({cast.unit_b.pk: cast.province.pk}, clock.today())
    assert not assignments_for(cast.officer).filter(pk=gone.pk).exists()
    url = reverse("assignment_waits", args=[a.pk])
    client.force_login(cast.officer.account)
    page = client.get(url).content.decode()
    assert reverse("assignment_detail", args=[gone.pk]) not in page
    asked = page.split('name="needs" value="')[1].split('"')[0]
    assert client.post(url, {"needs": asked, "does": "drop"}).url == url
    assert not Prerequisite.objects.exists()


def test_the_pages(cast, client, tasks):
    a, _b, c = tasks
    url = reverse("assignment_waits", args=[a.pk])
    client.force_login(cast.officer.account)
    assert client.get(url, {"words": "quán triệt"}).status_code == 200
    assert client.post(url, {"needs": c.pk}).url == url
    assert client.post(url, {"needs": a.pk}).status_code == 422
    page = client.get(reverse("assignment_detail", args=[a.pk])).content.decode()
    assert reverse("assignment_detail", args=[c.pk]) in page
    client.force_login(cast.secretary.account)
    page = client.get(reverse("assignment_detail", args=[a.pk])).content.decode()
    assert "Đang chờ Đảng bộ Công ty Bình Minh" in page
    assert reverse("assignment_detail", args=[c.pk]) not in page
    assert client.post(url, {"needs": c.pk}).status_code == 403
    client.force_login(cast.officer.account)
    assert client.post(url, {"needs": c.pk, "does": "drop"}).status_code == 302
    assert client.put(url).status_code == 405
    client.force_login(cast.stranger.account)
    assert client.get(url).status_code == 404


def test_a_cancelled_task_leads_to_the_document_that_cancels_it_and_back(cast, client, tasks):
    paper, task = make_document(cast), tasks[0]
    paper.code = "77-CV/ĐUK"
    paper.save()
    client.force_login(cast.officer.account)
    url = reverse("assignment_detail", args=[task.pk])
    sent = {"step": "cancel", "version": task.version, "text": "Không còn phù hợp"}
    assert client.post(url, {**sent, "ground": "78-CV/ĐUK"}).status_code == 422
    assert client.post(url, {**sent, "ground": "77-CV/ĐUK"}).status_code == 302
    assert Ground.objects.get().document == paper
    assert reverse("document_detail", args=[paper.pk]) in client.get(url).content.decode()
    assert url in client.get(reverse("document_detail", args=[paper.pk])).content.decode()
    client.force_login(cast.secretary.account)
    assert "77-CV/ĐUK" not in client.get(url).content.decode()  # a paper under review


def test_a_document_that_may_not_be_read_is_no_ground(cast, tasks):
    paper = make_document(cast)
    task = step_on(tasks[0], "suspend", cast.officer, "Chờ hướng dẫn")
    with pytest.raises(NotAllowed):
        take_step(
            actor=cast.secretary, assignment=task, version=task.version, name="resume", text="Tự ý", ground=paper
        )
    assert not Ground.objects.exists()
