"""Who sees which assignments; the inbox; the board and its sums; how things stood on a past day."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.documents.models import DutyUnit, TimeKind
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.boards import board_for
from motbuoc.domains.work.inbox import INBOX, Narrowing
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.listing import counts_for, tasks_for
from motbuoc.domains.work.models import Assignment, Evidence
from motbuoc.domains.work.selectors import (
    assignments_for,
    evidence_for,
    inbox_for,
    stood_on,
)
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.access.policy import sight
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_directive, make_document, make_unit, picture, step_on

S = AssignmentState


@pytest.fixture
def directive(cast):
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        return make_directive(cast)


def of(unit, kind=TimeKind.DATED):
    return Assignment.objects.get(unit=unit, time_kind=kind)


def units_seen(viewer):
    return {assignment.unit_name for assignment in assignments_for(viewer)}


def test_each_sees_its_own_subtree(cast, directive):
    everything = {"Chi bộ Sở Ánh Dương", "Đảng bộ Công ty Bình Minh", "Ban Tuyên giáo Đảng ủy Khối"}
    for reader in (cast.officer, cast.second_officer, cast.central_officer, cast.inspector):
        assert units_seen(reader) == everything
    assert units_seen(cast.secretary) == units_seen(cast.member) == {"Chi bộ Sở Ánh Dương"}
    assert units_seen(cast.secretary_b) == {"Đảng bộ Công ty Bình Minh"}
    assert units_seen(cast.stranger) == set()


def test_a_supporting_unit_sees_what_it_supports(cast):
    document = make_document(cast)
    charged = document.duties.get(for_addressees=False)
    DutyUnit.objects.create(duty=charged, unit=cast.unit_b, part=DutyUnit.Part.SUPPORT)
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    supported = Assignment.objects.get(duty=charged)
    assert list(supported.supporting_units.all()) == [cast.unit_b]
    assert assignments_for(cast.secretary_b).filter(pk=supported.pk).exists()
    assert not assignments_for(cast.secretary).filter(pk=supported.pk).exists()


def test_evidence_follows_its_assignment(cast, directive):
    assignment = step_on(of(cast.unit_a), "acknowledge", cast.secretary)
    step_on(assignment, "progress", cast.secretary, "Có ảnh", [picture()])
    evidence = Evidence.objects.get()
    assert list(evidence_for(cast.officer)) == list(evidence_for(cast.secretary)) == [evidence]
    assert not evidence_for(cast.secretary_b).exists()
    assert not evidence_for(cast.stranger).exists()


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_the_inbox_has_the_worst_first(cast, directive):
    assert [a.lateness for a in inbox_for(cast.secretary)] == [Lateness.OVERDUE, Lateness.QUIET, Lateness.NONE]
    assignment = step_on(of(cast.unit_a), "acknowledge", cast.secretary)
    assignment = step_on(assignment, "submit", cast.secretary, "Đã xong")
    assert [a.pk for a in inbox_for(cast.secretary, "waiting")] == [assignment.pk]
    step_on(assignment, "accept", cast.officer)
    assert [a.pk for a in inbox_for(cast.secretary, "done")] == [assignment.pk]
    assert inbox_for(cast.secretary, "owed").count() == 2
    assert inbox_for(cast.secretary, "all").count() == 3


NARROWINGS = (
    Narrowing(),
    Narrowing(lateness=Lateness.OVERDUE),
    Narrowing(state=S.ASSIGNED),
    Narrowing(words="đối thoại Ánh"),
    Narrowing(words="tình hình", lateness=Lateness.QUIET),
)


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_the_rows_of_the_inbox_are_its_assignments(cast, directive):
    assignment = step_on(of(cast.unit_a), "acknowledge", cast.secretary)
    step_on(assignment, "submit", cast.secretary, "Đã xong")
    item = directive.provisions.get(number="2")
    placed = (
        Narrowing(unit_id=cast.unit_a.pk),
        Narrowing(provision_id=item.pk, document_id=directive.pk, lateness=Lateness.QUIET),
        Narrowing(document_id=0),
    )
    for viewer in (cast.officer, cast.secretary, cast.member, cast.stranger):
        for narrowing in (*NARROWINGS, *placed):
            counts = counts_for(viewer, narrowing)
            for tab in INBOX:
                expected = list(inbox_for(viewer, tab, narrowing))
                tasks = tasks_for(viewer, tab, narrowing, 0, 50)
                assert [task.pk for task in tasks] == [row.pk for row in expected]
                assert [task.lateness for task in tasks] == [row.lateness for row in expected]
                assert [task.unit_name for task in tasks] == [row.unit_short_name for row in expected]
                assert tasks_for(viewer, tab, narrowing, 1, 3) == tasks[1:3]
                assert counts.held(tab) == (len(expected), False)


def test_a_list_does_not_read_the_texts(cast, directive):
    sight(cast.officer, Action.VIEW_ASSIGNMENT)  # read once a request
    with CaptureQueriesContext(connection) as queries:
        for assignment in inbox_for(cast.officer):
            assert assignment.document.code
            assert assignment.duty.text
    assert len(queries) == 2  # the list, and whether the calendar changed
    assert '"text"' not in queries[1]["sql"].replace('"motbuoc_duty"."text"', "")


class TestBoard:
    """Provisions across, units down."""

    @time_machine.travel("2026-05-10T02:00:00Z", tick=False)
    def test_counts_states_and_lateness(self, cast, directive):
        for name, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
            step_on(of(cast.unit_a), name, actor, "Đã làm")
        step_on(of(cast.unit_b, TimeKind.CONTINUOUS), "acknowledge", cast.secretary_b)
        board = board_for(cast.officer, directive)
        assert [column.number for column in board.columns] == ["1", "2", "3"]
        rows = {row.name: row for row in board.rows}
        row_a, row_b = rows["Chi bộ Sở Ánh Dương"], rows["Đảng bộ Công ty Bình Minh"]
        first, second, third = row_a.cells
        assert (first.count, first.done, first.state, first.lateness) == (1, 1, S.ACCEPTED, Lateness.NONE)
        assert (second.count, second.done, second.state) == (2, 0, S.ASSIGNED)
        assert third is None
        assert (row_b.cells[0].lateness, row_b.overdue, row_b.count) == (Lateness.OVERDUE, 1, 3)
        assert (row_b.cells[1].state, row_b.cells[1].not_acknowledged) == (S.ASSIGNED, 1)
        totals = board.totals
        assert (totals.units, totals.count, totals.done, totals.overdue, totals.waiting) == (3, 7, 1, 1, 0)
        assert (totals.not_acknowledged, totals.percent_done) == (5, 14)

    def test_rows_and_columns_add_up(self, cast, directive):
        board = board_for(cast.officer, directive)
        for number in ("count", "done", "overdue"):
            whole = getattr(board.totals, number)
            assert sum(getattr(row, number) for row in board.rows) == whole
            assert sum(getattr(column, number) for column in board.column_totals) == whole

    def test_a_secretary_sees_the_own_row_only(self, cast, directive):
        board = board_for(cast.secretary, directive)
        assert [row.name for row in board.rows] == ["Chi bộ Sở Ánh Dương"]
        assert board.totals.count == 3
        assert board_for(cast.member, directive).rows == []
        assert board_for(cast.stranger, directive).totals.count == 0

    def test_duties_outside_the_items_have_a_column(self, cast, directive):
        Assignment.objects.filter(time_kind=TimeKind.DATED).update(provision=None)
        board = board_for(cast.officer, directive)
        assert [column and column.number for column in board.columns] == ["2", "3", None]
        assert board.column_totals[-1].count == 2
        assert board.rows[0].cells[-1] or board.rows[1].cells[-1]

    def test_as_many_queries_for_many_units(self, cast):
        for number in range(30):
            make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
        directive = make_directive(cast)
        sight(cast.officer, Action.VIEW_BOARD), sight(cast.secretary, Action.VIEW_BOARD)
        with CaptureQueriesContext(connection) as many:
            assert len(board_for(cast.officer, directive).rows) == 33
        with CaptureQueriesContext(connection) as few:
            assert len(board_for(cast.secretary, directive).rows) == 1
        assert len(many) == len(few) == 7  # one of them: whether the calendar changed


def test_totals_of_many_directives_in_few_queries(cast, directive, django_assert_num_queries):
    other = make_directive(cast)
    sight(cast.secretary, Action.VIEW_ASSIGNMENT)
    with django_assert_num_queries(3):  # one of them: whether the calendar changed
        found = totals_for(cast.secretary, [directive, other])
    assert {pk: totals.count for pk, totals in found.items()} == {directive.pk: 3, other.pk: 3}
    assert found[directive.pk] == board_for(cast.secretary, directive).totals
    assert totals_for(cast.stranger, [directive]) == {}


class TestPast:
    """How a directive stood on a day that is over."""

    def lived(self, cast):
        assignment = of(cast.unit_a)
        steps = (
            ("2026-04-01T02:00:00Z", "acknowledge", cast.secretary),
            ("2026-04-30T16:30:00Z", "submit", cast.secretary),  # 23:30 at home: still the due day
            ("2026-05-02T02:00:00Z", "return", cast.officer),
            ("2026-05-05T02:00:00Z", "submit", cast.secretary),
            ("2026-05-06T02:00:00Z", "accept", cast.officer),
        )
        for at, name, actor in steps:
            with time_machine.travel(at, tick=False):
                assignment = step_on(assignment, name, actor, "Đã làm")
        return assignment

    @pytest.mark.parametrize(
        ("day", "state", "is_overdue", "is_done_late"),
        [
            (date(2026, 3, 31), S.ASSIGNED, False, False),
            (date(2026, 4, 1), S.ACKNOWLEDGED, False, False),
            (date(2026, 4, 30), S.SUBMITTED, False, False),
            (date(2026, 5, 1), S.SUBMITTED, False, False),
            (date(2026, 5, 2), S.RETURNED, True, False),
            (date(2026, 5, 5), S.SUBMITTED, True, False),
            (date(2026, 5, 6), S.ACCEPTED, False, True),
        ],
    )
    def test_is_told_from_the_entries(self, cast, directive, day, state, is_overdue, is_done_late):
        assignment = self.lived(cast)
        then = {row.pk: standing for row, standing in stood_on(directive, day)}[assignment.pk]
        assert (then.state, then.is_overdue(day), then.is_done_late()) == (state, is_overdue, is_done_late)

    def test_nothing_stood_before_it_was_given(self, cast, directive):
        assert stood_on(directive, date(2026, 3, 5)) == []
        assert len(stood_on(directive, date(2026, 3, 6))) == 7

    def test_today_is_what_the_tables_hold(self, cast, directive):
        self.lived(cast)
        for row, then in stood_on(directive, date(2027, 1, 1)):
            assert (then.state, then.due_on, then.submitted_on) == (row.state, row.due_on, row.submitted_on)
