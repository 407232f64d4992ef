"""What is suspended stands still, what is cancelled counts nowhere."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from motbuoc.domains.documents.models import Cycle, TimeKind
from motbuoc.domains.reporting.selectors import facts_of
from motbuoc.domains.work.boards import board_for
from motbuoc.domains.work.inbox import INBOX, Narrowing
from motbuoc.domains.work.listing import counts_for
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.requesting import ask, decide
from motbuoc.domains.work.selectors import assignments_for, figures_of, stood_on
from motbuoc.domains.work.standing import Lateness, due_after_pause, standing_of
from motbuoc.domains.work.states import AssignmentState
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.access.classification import Classification
from motbuoc.interfaces.web.work.words import dates_of
from tests.factories import make_directive, step_on

S = AssignmentState
DUE = date(2026, 4, 30)


def at(day):
    return time_machine.travel(f"{day}T02:00:00Z", tick=False)


@pytest.fixture
def assignment(cast):
    with at("2026-04-01"):
        make_directive(cast)
    return Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)


def test_days_that_stood_still_are_given_back_and_the_first_day_stays(cast, assignment):
    assert assignment.due_on == assignment.first_due_on == DUE
    with at("2026-04-20"):
        step_on(assignment, "suspend", cast.officer, "Chờ hướng dẫn mới của cấp trên")
    with at("2026-06-01"):  # long past the due day
        seen = assignments_for(cast.secretary).get(pk=assignment.pk)
        assert (seen.state, seen.lateness, seen.suspended_on) == (S.SUSPENDED, Lateness.NONE, date(2026, 4, 20))
        resumed = step_on(assignment, "resume", cast.officer, "Đã có hướng dẫn")
    assert (resumed.due_on, resumed.first_due_on, resumed.suspended_on) == (date(2026, 6, 11), DUE, None)
    then = {row.pk: standing for row, standing in stood_on(assignment.document, date(2026, 6, 1))}
    assert then[assignment.pk].due_on == date(2026, 6, 11)
    then = {row.pk: standing for row, standing in stood_on(assignment.document, date(2026, 5, 20))}
    assert not then[assignment.pk].is_overdue(date(2026, 5, 20))


def test_who_was_late_before_is_as_late_afterwards(cast, assignment):
    with at("2026-05-05"):
        step_on(assignment, "suspend", cast.officer, "Chờ sắp xếp đơn vị")
    with at("2026-05-15"):
        assert step_on(assignment, "resume", cast.officer, "Đã xong").due_on == date(2026, 5, 10)


def test_time_that_stood_still_is_late_for_nobody(cast, assignment):
    with at("2026-04-10"):
        step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "suspend", cast.officer, "Chờ hướng dẫn mới của cấp trên")
    with at("2026-05-20"):
        step_on(assignment, "resume", cast.officer, "Đã có hướng dẫn")  # due on 9 June instead of 30 April
    with at("2026-06-09"):
        step_on(assignment, "submit", cast.secretary, "Đã làm")
        step_on(assignment, "accept", cast.officer)
    row = assignments_for(cast.officer).get(pk=assignment.pk)
    with translation.override("en"):
        words = dict(dates_of(row, standing_of(row, row.entries.all(), row.requests.all()), date(2026, 6, 9)))
    assert (words["Handed in"], words["Accepted"]) == ("09/06/2026", "09/06/2026")
    then = standing_on(assignment, date(2026, 6, 9))
    assert (then.due_on, then.first_due_on) == (date(2026, 6, 9), date(2026, 6, 9))
    assert not then.is_done_late()
    assert not then.is_saved_by_extension()


def test_an_extension_after_the_pause_is_still_late_against_the_first_day(cast, assignment):
    with at("2026-04-10"):
        step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "suspend", cast.officer, "Chờ hướng dẫn mới của cấp trên")
    with at("2026-05-20"):
        step_on(assignment, "resume", cast.officer, "Đã có hướng dẫn")
        extend(cast, assignment, date(2026, 6, 20))  # on the day of the resume: it came after it
    with at("2026-06-15"):
        step_on(assignment, "submit", cast.secretary, "Đã làm")
    assert Assignment.objects.get(pk=assignment.pk).due_on == date(2026, 6, 20)
    then = standing_on(assignment, date(2026, 6, 15))
    assert (then.due_on, then.first_due_on, then.is_saved_by_extension()) == (
        date(2026, 6, 20),
        date(2026, 6, 9),
        True,
    )


def test_an_extension_of_the_day_on_which_a_period_was_accepted_came_after(cast, assignment):
    Assignment.objects.filter(pk=assignment.pk).update(time_kind=TimeKind.PERIODIC, cycle=Cycle.MONTH)
    with at("2026-04-29"):
        step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "submit", cast.secretary, "Tháng tư")
    with at("2026-05-04"):
        step_on(assignment, "accept_period", cast.officer)
        extend(cast, assignment, date(2026, 6, 5))
    now = Assignment.objects.get(pk=assignment.pk).due_on
    assert standing_on(assignment, date(2026, 5, 4)).due_on == now == date(2026, 6, 5)


def test_an_extension_before_a_pause_of_the_same_day_comes_first(cast, assignment):
    with at("2026-04-10"):
        step_on(assignment, "acknowledge", cast.secretary)
        extend(cast, assignment, date(2026, 5, 15))
        step_on(assignment, "suspend", cast.officer, "Chờ")
    with at("2026-04-20"):
        assert step_on(assignment, "resume", cast.officer, "Đi tiếp").due_on == date(2026, 5, 25)
    assert standing_on(assignment, date(2026, 4, 20)).due_on == date(2026, 5, 25)


def test_what_nobody_acknowledged_is_still_to_be_acknowledged_when_it_goes_on(cast, assignment):
    with at("2026-04-10"):
        step_on(assignment, "suspend", cast.officer, "Chờ hướng dẫn mới của cấp trên")
    with at("2026-04-20"):
        assert step_on(assignment, "resume", cast.officer, "Đã có hướng dẫn").state == S.ASSIGNED
        assert standing_on(assignment, date(2026, 4, 20)).state == S.ASSIGNED
        step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "suspend", cast.officer, "Chờ nữa")
        assert step_on(assignment, "resume", cast.officer, "Đi tiếp").state == S.ACKNOWLEDGED
    assert standing_on(assignment, date(2026, 4, 20)).state == S.ACKNOWLEDGED


def standing_on(assignment, day):
    return {row.pk: standing for row, standing in stood_on(assignment.document, day)}[assignment.pk]


def extend(cast, assignment, until):
    fresh = Assignment.objects.get(pk=assignment.pk)
    asked = ask(
        actor=cast.secretary,
        assignment=fresh,
        version=fresh.version,
        kind="extension",
        reason="Chờ số liệu",
        wanted_on=until,
    )
    decide(actor=cast.officer, request=asked, version=asked.version, grant=True)


def test_a_series_keeps_its_days_and_skips_those_that_passed():
    series = Assignment(time_kind=TimeKind.PERIODIC, cycle=Cycle.MONTH, first_due_on=date(2026, 1, 31))
    assert due_after_pause(series, date(2026, 2, 28), date(2026, 2, 10), date(2026, 4, 2)) == date(2026, 4, 30)
    assert due_after_pause(series, date(2026, 2, 28), date(2026, 2, 10), date(2026, 2, 20)) == date(2026, 2, 28)
    assert due_after_pause(series, None, date(2026, 2, 10), date(2026, 4, 2)) is None


def tabs_of(viewer):
    counts = counts_for(viewer, Narrowing())
    return {tab: counts.held(tab).number for tab in INBOX}


def test_what_is_cancelled_is_neither_owed_nor_done_and_in_no_percentage(cast, assignment):
    document = assignment.document
    with at("2026-06-01"):
        count, tabs = totals_for(cast.officer, [document])[document.pk], tabs_of(cast.officer)
        step_on(assignment, "cancel", cast.officer, "Theo Thông báo số 9-TB/ĐUK")
        after, then = totals_for(cast.officer, [document])[document.pk], tabs_of(cast.officer)
        assert (after.count, after.done, after.overdue) == (count.count - 1, count.done, count.overdue - 1)
        assert then == tabs | {"owed": tabs["owed"] - 1, "done": 0, "stopped": 1}
        assert assignment.pk not in {fact.assignment_id for fact in facts_of(document, DUE, date(2026, 6, 1))}
        board = board_for(cast.officer, document)
        row = next(row for row in board.rows if row.unit_id == cast.unit_a.pk)
        alone = [cell for cell in row.cells if cell and cell.assignment_id == assignment.pk]
        assert [(cell.state, cell.count) for cell in alone] == [(S.CANCELLED, 0)]
        assert board.totals.count == after.count


def test_what_was_given_and_cancelled_is_not_given(cast, assignment):
    days = date(2026, 1, 1), date(2026, 12, 31)
    before = figures_of(cast.unit_a.pk, *days, [*Classification.values])
    step_on(assignment, "cancel", cast.officer, "Giao nhầm")
    after = figures_of(cast.unit_a.pk, *days, [*Classification.values])
    assert (after["given"], after["done"]) == (before["given"] - 1, 0)


@pytest.mark.django_db(transaction=False)
def test_the_table_holds_no_suspension_without_its_day(assignment):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=assignment.pk).update(state=S.SUSPENDED, suspended_on=None)
