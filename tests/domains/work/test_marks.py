"""The letters of a board say what the tables say, and its sums are what counting one by one gives."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
import time_machine

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.board import Totals
from motbuoc.domains.work.boards import View, board_reading
from motbuoc.domains.work.linked import Prerequisite
from motbuoc.domains.work.marks import LETTERS, letter
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import LATENESS, STATE_ORDER, Horizon, Lateness, lateness
from motbuoc.domains.work.states import HANDED_IN, AssignmentState
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import UnitClosure
from tests.domains.work.test_listing import many as many

S = AssignmentState
VIEWS = (
    View(),
    View(state=S.SUBMITTED),
    View(lateness=Lateness.QUIET.value),
    View(lateness=Lateness.NONE.value, state=S.CANCELLED),
    View(words="so 1"),
)


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        yield


def tasks_of(document=None):
    rows = Assignment.objects.annotate(late=lateness(Horizon.on(clock.today())))
    return list(rows.filter(document=document) if document else rows)


def plain_sums(tasks):
    counted = [task for task in tasks if task.state != S.CANCELLED]
    return Totals(
        units=len({task.unit_id for task in counted}),
        count=len(counted),
        done=sum(task.state == S.ACCEPTED for task in counted),
        waiting=sum(task.state in HANDED_IN for task in counted),
        overdue=sum(task.late == Lateness.OVERDUE for task in counted),
        not_acknowledged=sum(task.state == S.ASSIGNED for task in counted),
    )


def shown_in(view, tasks):
    """The tasks of the units that the view leaves, found one by one; its words are taken from the board itself."""

    def fits(task):
        return (not view.state or task.state == view.state) and view.lateness in (None, task.late)

    units = {task.unit_id for task in tasks if fits(task)}
    return [task for task in tasks if task.unit_id in units]


def jumbled(seed):
    """Every task in some state, by some day, as steps, extensions and reorganisations may have left it."""
    rng, tasks = Random(seed), list(Assignment.objects.order_by("pk"))
    names = ("state", "time_kind", "due_on", "submitted_on", "news_on", "suspended_on")
    whole = [[getattr(task, name) for name in names] for task in tasks]
    units = [task.unit_id for task in tasks]
    for task in tasks:
        for name, value in zip(names, rng.choice(whole), strict=True):
            setattr(task, name, value)
        task.unit_id = rng.choice(units)
    Assignment.objects.bulk_update(tasks, [*names, "unit"])


def test_each_letter_says_state_and_lateness(many):
    rows = Assignment.objects.annotate(
        late=lateness(Horizon.on(clock.today())), one=letter(Horizon.on(clock.today()), waits=True)
    )
    assert {LETTERS[row.one] for row in rows} == {(S(row.state), LATENESS[row.late]) for row in rows}
    assert all(LETTERS[row.one] == (row.state, row.late) for row in rows)
    assert {row.late for row in rows} == set(Lateness)
    assert {row.state for row in rows} == set(STATE_ORDER)


def test_where_none_waits_it_need_not_be_asked(many):
    Prerequisite.objects.all().delete()
    days = Horizon.on(clock.today())
    rows = Assignment.objects.annotate(asked=letter(days, waits=True), spared=letter(days, waits=False))
    assert [row.spared for row in rows] == [row.asked for row in rows]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("view", VIEWS)
def test_the_sums_are_those_of_plain_counting(cast, many, view, seed):
    jumbled(seed)
    for document in Document.objects.all():
        reading = board_reading(cast.officer, document, view)
        rows = reading.rows()
        tasks = shown_in(view, tasks_of(document))
        if view.words:
            tasks = [task for task in tasks if task.unit_id in {row.unit_id for row in rows}]
        assert {row.unit_id for row in rows} == {task.unit_id for task in tasks}
        assert reading.totals == plain_sums(tasks)
        assert view.is_narrow or totals_for(cast.officer, [document]) == {document.pk: reading.totals}
        for item, totals in reading.by_item.items():
            assert totals == replace(plain_sums([task for task in tasks if task.provision_id == item]), units=0)
        for cell in (cell for row in rows for cell in row.cells if cell):
            its_own = [t for t in tasks if (t.unit_id, t.provision_id) == (cell.unit_id, cell.provision_id)]
            assert_cell(cell, its_own)


def assert_cell(cell, tasks):
    sums = plain_sums(tasks)
    assert (cell.count, cell.done, cell.waiting) == (sums.count, sums.done, sums.waiting)
    assert (cell.overdue, cell.not_acknowledged) == (sums.overdue, sums.not_acknowledged)
    assert cell.state == min((task.state for task in tasks), key=STATE_ORDER.index)
    assert cell.lateness == max(task.late for task in tasks)
    assert cell.assignment_id == min(t.pk for t in tasks if t.state != S.CANCELLED or not sums.count)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("level", [1, 2])
def test_a_row_of_a_level_is_all_below_it(cast, many, level, seed):
    jumbled(seed)
    document = Document.objects.order_by("pk")[0]
    reading, tasks = board_reading(cast.officer, document, View(level=level)), tasks_of(document)
    groups = reading.groups()
    assert sum(group.units for group in groups) == len({task.unit_id for task in tasks})
    for group in groups:
        ties = UnitClosure.objects.filter(ancestor=group.unit_id, valid_until=None)
        below = {group.unit_id} if group.is_own else set(ties.values_list("descendant_id", flat=True))
        its_own = [task for task in tasks if task.unit_id in below]
        assert group.units == len({task.unit_id for task in its_own})
        together = plain_sums(its_own)
        assert (group.together.count, group.together.overdue) == (together.count, together.overdue)
        for state, number in zip(STATE_ORDER, group.together.states, strict=True):
            assert number == sum(task.state == state for task in its_own)
