"""Due days follow a corrected calendar: what moves, what stays, who is told, and how it is taken back."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from motbuoc.domains.documents.models import Duty, TimeKind
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.moves import Move, lines_of
from motbuoc.domains.work.recounting import Effect, effect_for, recount
from motbuoc.domains.work.redating import digest_of, recalculate_deadlines, redated_for
from motbuoc.domains.work.requesting import ask, decide
from motbuoc.domains.work.selectors import figures_of, stood_on
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.standing import standing_of
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.telling import lines_for
from motbuoc.foundation.workdays.models import CalendarChange, DayKind
from motbuoc.foundation.workdays.planning import plan_confirmation, plan_day
from motbuoc.foundation.workdays.services import save_year
from motbuoc.interfaces.jobs.recounting import pick_up_recounting
from tests.factories import make_document, step_on

pytestmark = pytest.mark.django_db
HOLIDAY, SATURDAY = date(2026, 3, 12), date(2026, 3, 14)
FIRST, LATER, EARLIER = date(2026, 3, 24), date(2026, 3, 25), date(2026, 3, 23)


@pytest.fixture(autouse=True)
def _tenth_of_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False), translation.override("en"):
        yield


@pytest.fixture
def year(cast):
    return recount(save_year(actor=cast.administrator, plan=plan_confirmation(2026, "Thông báo số 1")).pk)


@pytest.fixture
def task(cast, year) -> Assignment:
    """Ten working days from 10 March, for unit A: 24 March; unit B has the same."""
    document = make_document(cast)
    rule = {"due_count": 10, "due_unit": "working_day", "counted_from": "given"}
    Duty.objects.filter(document=document, position=0).update(due_on=None, time_kind=TimeKind.DATED, **rule)
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    found = Assignment.objects.get(document=document, duty__position=0, unit=cast.unit_a)
    assert found.due_on == FIRST
    return found


def change(cast, day: date, kind: str, name: str = "Ngày nghỉ thử") -> CalendarChange:
    return save_year(actor=cast.administrator, plan=plan_day(day, kind, name, "Công văn số 9"))


def again(task: Assignment) -> Assignment:
    return Assignment.objects.get(pk=task.pk)


def lines(task: Assignment):
    task = again(task)
    return lines_of(task, task.entries.all(), task.requests.all(), task.corrections.all())


def extended(cast, task: Assignment, until: date) -> Request:
    step_on(task, "acknowledge", cast.secretary)
    words = {"kind": "extension", "reason": "mưa lũ", "wanted_on": until}
    asked = ask(actor=cast.secretary, assignment=task, version=again(task).version, **words)
    return decide(actor=cast.officer, request=asked, version=asked.version, grant=True, answer="đồng ý")


def test_a_new_holiday_moves_the_day_and_keeps_the_first(cast, task) -> None:
    planned = plan_day(HOLIDAY, DayKind.HOLIDAY, "Ngày nghỉ thử", "Công văn số 9")
    assert effect_for(cast.administrator, planned.calendar()) == Effect(2, 2)
    assert effect_for(cast.officer, planned.calendar()) == Effect(0, 0)
    done = recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    assert (done.moved, done.units, bool(done.recounted_at)) == (2, 2, True)
    moved = again(task)
    assert (moved.due_on, moved.first_due_on, moved.corrected_due_on) == (LATER, FIRST, LATER)
    assert moved.judged_from == LATER
    line = HistoryLine.objects.get(action="recalculate_deadline", object_id=task.pk)
    assert line.values["due_on"] == [FIRST.isoformat(), LATER.isoformat()]
    assert (line.values["basis"], line.actor_id) == ("Công văn số 9", cast.administrator.pk)
    notice = Notice.objects.get(occasion="moved", person=cast.secretary)
    assert (
        lines_for(cast.secretary, [notice])[0].sentence
        == "The working calendar was corrected: now due on 25/03/2026"
    )
    assert not Notice.objects.filter(occasion="moved", person=cast.officer).exists()


def test_run_twice_or_after_it_was_killed_it_moves_once(cast, task) -> None:
    pk = change(cast, HOLIDAY, DayKind.HOLIDAY).pk
    recount(pk)
    CalendarChange.objects.filter(pk=pk).update(recounted_at=None)  # killed before the last line
    assert recount(pk).moved == 2
    assert Correction.objects.count() == Notice.objects.filter(occasion="moved").count() == 2
    change(cast, date(2026, 3, 13), DayKind.HOLIDAY)
    assert pick_up_recounting() == 1  # made without a worker
    assert pick_up_recounting() == 0
    assert again(task).due_on == date(2026, 3, 26)


def test_killed_and_the_calendar_changed_again_both_changes_are_followed(cast, task) -> None:
    first = change(cast, HOLIDAY, DayKind.HOLIDAY).pk
    recount(first)
    CalendarChange.objects.filter(pk=first).update(recounted_at=None)  # killed before the last line
    change(cast, date(2026, 3, 13), DayKind.HOLIDAY)
    assert pick_up_recounting() == 2
    assert not CalendarChange.objects.filter(recounted_at=None).exists()
    assert again(task).due_on == date(2026, 3, 26)
    assert [line.after for line in lines(task)] == [LATER, date(2026, 3, 26)]


def test_a_change_that_fails_says_so_and_keeps_no_other_back(cast, task, client) -> None:
    good = change(cast, HOLIDAY, DayKind.HOLIDAY)
    words = {"year": good.year, "made_by": cast.administrator, "legal_basis": "Công văn hỏng"}
    bad = CalendarChange.objects.create(before=[["hỏng"]], **words)
    CalendarChange.objects.filter(pk=good.pk).update(recounted_at=None)
    later = change(cast, date(2026, 3, 13), DayKind.HOLIDAY)
    assert pick_up_recounting() == 2
    assert again(task).due_on == date(2026, 3, 26)
    failed = CalendarChange.objects.get(recounted_at=None)
    assert (failed.pk, failed.pk < later.pk, bool(failed.failed_at)) == (bad.pk, True, True)
    CalendarChange.objects.filter(pk=bad.pk).update(before=good.before)
    client.force_login(cast.administrator.account)
    client.cookies["django_language"] = "vi"
    page = client.get(reverse("workday_year"), {"year": 2026}).content.decode()
    assert "Tính lại thời hạn gặp lỗi lúc 10/03/2026" in page
    assert pick_up_recounting() == 1
    assert CalendarChange.objects.get(pk=bad.pk).failed_at is None


def test_whose_day_an_extension_holds_is_not_told_that_it_moved(cast, task) -> None:
    extended(cast, task, date(2026, 4, 30))
    recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    assert (again(task).due_on, again(task).corrected_due_on) == (date(2026, 4, 30), LATER)
    told = Notice.objects.filter(occasion="moved").values_list("person", flat=True)
    assert list(told) == [cast.secretary_b.pk]


def test_changed_back_it_is_as_it_was(cast, task) -> None:
    recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    recount(change(cast, HOLIDAY, "").pk)
    back = again(task)
    assert (back.due_on, back.first_due_on, back.corrected_due_on) == (FIRST, FIRST, FIRST)
    assert [(line.kind, line.before, line.after) for line in lines(task)] == [
        (Move.CORRECTION, FIRST, LATER),
        (Move.CORRECTION, LATER, FIRST),
    ]


def test_a_worked_saturday_brings_it_forward_and_nobody_is_late_for_that(cast, task) -> None:
    recount(change(cast, SATURDAY, DayKind.SWAPPED_WORK).pk)
    assert again(task).due_on == EARLIER
    with time_machine.travel("2026-03-24T02:00:00Z", tick=False):
        step_on(task, "acknowledge", cast.secretary)
        step_on(task, "submit", cast.secretary, "xong")
        step_on(task, "accept", cast.officer)
        done = again(task)
        stood = standing_of(done, done.entries.all(), done.requests.all(), done.corrections.all())
        assert not stood.is_done_late()  # by the first day, which was promised
        then = {row.pk: standing for row, standing in stood_on(task.document, date(2026, 3, 24))}
        assert then[task.pk].due_on == EARLIER


def test_in_time_by_the_corrected_day_is_in_time(cast, task) -> None:
    recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    with time_machine.travel("2026-03-25T02:00:00Z", tick=False):
        step_on(task, "acknowledge", cast.secretary)
        step_on(task, "submit", cast.secretary, "xong")
        step_on(task, "accept", cast.officer)
        done = again(task)
        stood = standing_of(done, done.entries.all(), done.requests.all(), done.corrections.all())
        assert (stood.due_on, stood.is_done_late(), stood.is_saved_by_extension()) == (LATER, False, False)


def test_no_day_to_come_is_put_into_the_past(cast, task) -> None:
    recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    with time_machine.travel("2026-03-25T02:00:00Z", tick=False):
        recount(change(cast, HOLIDAY, "").pk)
        assert again(task).due_on == LATER  # today; counted it would be yesterday
        assert lines(task)[-1].after == LATER


def test_what_is_closed_or_not_crossed_stays(cast, task) -> None:
    other = Assignment.objects.get(document=task.document, duty=task.duty, unit=cast.unit_b)
    for name, by in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        step_on(task, name, by, "xong")
    assert recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk).moved == 1
    assert recount(change(cast, date(2026, 6, 2), DayKind.HOLIDAY).pk).moved == 0
    assert (again(task).due_on, again(other).due_on) == (FIRST, LATER)
    assert not task.corrections.exists()


def test_an_extension_stays_and_the_line_says_so(cast, task) -> None:
    extended(cast, task, date(2026, 4, 10))
    recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    moved = again(task)
    assert (moved.due_on, moved.corrected_due_on) == (date(2026, 4, 10), LATER)
    assert [(line.kind, line.days) for line in lines(task)] == [(Move.EXTENSION, 17), (Move.CORRECTION, 0)]
    recount(change(cast, HOLIDAY, "").pk)
    assert again(task).due_on == date(2026, 4, 10)


def test_days_that_stood_still_are_added_again(cast, task) -> None:
    step_on(task, "suspend", cast.officer, "chờ hướng dẫn")
    with time_machine.travel("2026-03-16T02:00:00Z", tick=False):
        step_on(task, "resume", cast.officer, "đã có hướng dẫn")
        assert again(task).due_on == date(2026, 3, 30)
        recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
        assert again(task).due_on == date(2026, 3, 31)
        recount(change(cast, HOLIDAY, "").pk)
        assert again(task).due_on == date(2026, 3, 30)
        assert lines(task)[0].source.text == "chờ hướng dẫn"


def test_who_works_on_it_meanwhile_is_told(cast, task) -> None:
    version = again(task).version
    recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    with pytest.raises(Collision):
        take_step(actor=cast.secretary, assignment=task, version=version, name="acknowledge")


def test_an_officer_follows_a_changed_proposal(cast, task, client) -> None:
    Assignment.objects.filter(pk=task.pk).update(first_due_on=date(2026, 3, 20), due_on=date(2026, 3, 20))
    rows = redated_for(cast.officer)
    assert [(row.assignment.pk, row.counted_on, row.due_on) for row in rows] == [(task.pk, FIRST, FIRST)]
    assert {"text", "reading"} <= rows[0].assignment.document.get_deferred_fields()
    assert redated_for(cast.secretary) == redated_for(cast.central_officer) == []
    client.force_login(cast.officer.account)
    page = client.get(reverse("deadline_recalculation")).content.decode()
    assert "Sở Ánh Dương" in page  # whose task it is: many have the same words
    with pytest.raises(Collision):
        recalculate_deadlines(actor=cast.officer, previewed="another preview")
    recalculate_deadlines(actor=cast.officer, previewed=digest_of(rows))
    moved = again(task)
    assert (moved.first_due_on, moved.due_on) == (date(2026, 3, 20), FIRST)
    with pytest.raises(Refusal, match="nothing to recalculate"):
        recalculate_deadlines(actor=cast.officer, previewed="")
    with pytest.raises(NotAllowed):
        recalculate_deadlines(actor=cast.secretary, previewed="")


def test_many_cost_as_many_questions_as_few(cast, task, django_assert_max_num_queries) -> None:
    planned = plan_day(HOLIDAY, DayKind.HOLIDAY, "x", "y").calendar()
    with django_assert_max_num_queries(8):
        assert effect_for(cast.administrator, planned).tasks == 2


def test_a_unit_in_time_by_the_corrected_first_day_is_in_time_in_its_figures_too(cast, task) -> None:
    recount(change(cast, HOLIDAY, DayKind.HOLIDAY).pk)
    extended(cast, task, date(2026, 3, 30))
    with time_machine.travel("2026-03-25T02:00:00Z", tick=False):
        step_on(again(task), "submit", cast.secretary, "đã làm")
        step_on(again(task), "accept", cast.officer)
    [standing] = [found for row, found in stood_on(task.document, LATER) if row.pk == task.pk]
    assert not standing.is_done_late()
    figures = figures_of(cast.unit_a.pk, date(2026, 1, 1), date(2026, 12, 31), ["normal"])
    assert (figures["done"], figures["on_time"], figures["on_time_first"]) == (1, 1, 1)


def test_only_what_differs_is_read_of_what_is_counted(cast, task, django_assert_num_queries) -> None:
    with django_assert_num_queries(2) as asked:  # the officer's roles, and what is counted alike
        assert redated_for(cast.officer) == []
    assert "select distinct" in asked[1]["sql"].lower()
