"""Whoever sees a province gets the same as whoever sees few units, and few things are asked of those few alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from motbuoc.domains.documents.models import Document
from motbuoc.domains.inspections.selectors import items_seen_by
from motbuoc.domains.work.boards import View, board_reading
from motbuoc.domains.work.helping import help_offers_for
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.selectors import acts_since
from motbuoc.foundation.people.models import Person
from tests.domains.work.test_listing import many as many

VIEWS = (
    View(),
    View(words="chi bo"),
    View(words="so 1", lateness=3),
    View(state="assigned"),
    View(item_id=0),
    View(level=1),
    View(level=2, lateness=3),
)


def make_wide(monkeypatch):
    """From now on every unit is more than few."""
    monkeypatch.setattr(policy, "WIDE", 0)
    monkeypatch.setattr(policy, "_more_than_few", policy.Prepared(policy._some_below))


def anew(person):
    return Person.objects.get(pk=person.pk)  # without what it remembers of its rights


def read(viewer, view):
    document = Document.objects.order_by("pk")[0]
    reading = board_reading(viewer, document, view)
    read_rows = reading.groups if view.level else reading.rows
    rows = [read_rows(0, 3), read_rows()]
    return reading.wide, (reading.by_item, reading.totals, reading.row_count, reading.levels, rows)


@pytest.mark.parametrize("view", VIEWS)
def test_a_board_is_the_same_for_whoever_sees_a_province(cast, many, monkeypatch, view):
    viewers = (cast.officer, cast.central_officer, cast.inspector, cast.secretary_b)
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        few = [read(anew(viewer), view) for viewer in viewers]
        make_wide(monkeypatch)
        wide = [read(anew(viewer), view) for viewer in viewers]
    assert [found for _wide, found in few] == [found for _wide, found in wide]
    assert not any(is_wide for is_wide, _found in few)
    assert wide[0][0]
    assert wide[0][1][4][-1] or view.item_id == 0  # nothing stands outside the items


@pytest.mark.parametrize("view", VIEWS)
def test_the_first_rows_of_a_board_are_those_of_the_whole(cast, many, view):
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        _wide, (*_sums, rows) = read(anew(cast.officer), view)
    assert rows[0] == rows[-1][:3]


def test_a_few_things_are_asked_whether_they_are_seen_not_all_assignments(cast, many, monkeypatch):
    """Offers, items of visits and lines of history are few; to list what one sees takes as long as it is much."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")
    make_wide(monkeypatch)
    viewer, since = anew(cast.officer), clock.now() - timedelta(days=1)
    for asked in (
        help_offers_for(viewer),
        items_seen_by(viewer),
        acts_since(viewer, "assignment", ["accept"], since),
    ):
        table = asked.model._meta.db_table
        sql, parameters = asked.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"explain query plan {sql}", parameters)
            plan = [row[3] for row in cursor.fetchall()]
        scans = [line for line in plan if line.startswith("SCAN ") and table not in line and "visit" not in line]
        assert not [line for line in scans if "W0" in line or "assignment" in line], plan


@pytest.mark.parametrize("action", [Action.VIEW_ASSIGNMENT, Action.DECIDE_ASSIGNMENT, Action.WORK_ON_ASSIGNMENT])
def test_a_right_on_a_unit_is_that_of_its_reach(cast, action):
    for person in (cast.officer, cast.central_officer, cast.secretary, cast.inspector, cast.stranger):
        reached = set(policy.reach(person, action))
        for unit in (cast.province, cast.bloc, cast.department, cast.unit_a, cast.unit_b):
            assert policy.may_on(person, action, unit.pk) == (unit.pk in reached)
    assert Assignment.objects.count() == 0
