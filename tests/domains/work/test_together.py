"""Several assignments at once: each done or refused by itself."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from motbuoc.domains.documents.models import Cycle, TimeKind
from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.together import EXTENSION, ask_together, chosen_for, offered_for, take_together
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import make_directive, step_on


@pytest.fixture
def mine(cast):
    """Three of unit A: dated, continuous, periodic."""
    with time_machine.travel("2026-04-01T02:00:00Z", tick=False):
        make_directive(cast)
        yield list(Assignment.objects.filter(unit=cast.unit_a).order_by("pk"))


def fresh(rows):
    return [(row, row.version) for row in Assignment.objects.filter(pk__in=[r.pk for r in rows]).order_by("pk")]


def submitted(cast, rows):
    for row in rows:
        step_on(row, "acknowledge", cast.secretary)
        step_on(row, "submit", cast.secretary, "Đã làm")
    return fresh(rows)


def done(outcomes):
    return [not outcome.refusal for outcome in outcomes]


def test_acknowledged_at_once_but_for_what_changed_meanwhile(cast, mine):
    chosen = fresh(mine)
    step_on(mine[1], "acknowledge", cast.secretary)
    outcomes = take_together(actor=cast.secretary, chosen=chosen, name="acknowledge")
    assert done(outcomes) == [True, False, True]
    assert set(Assignment.objects.filter(unit=cast.unit_a).values_list("state", flat=True)) == {"acknowledged"}
    assert HistoryLine.objects.filter(action="acknowledge").count() == 3
    again = take_together(actor=cast.secretary, chosen=chosen, name="acknowledge")
    assert done(again) == [False, False, False]  # sent twice it is done once


def test_each_is_asked_of_the_policy(cast, mine):
    theirs = list(Assignment.objects.filter(unit=cast.unit_b))
    outcomes = take_together(actor=cast.secretary, chosen=fresh([*mine, *theirs]), name="acknowledge")
    assert {o.row.unit_id for o in outcomes if not o.refusal} == {cast.unit_a.pk}
    assert set(Assignment.objects.filter(unit=cast.unit_b).values_list("state", flat=True)) == {"assigned"}
    for person in (cast.officer, cast.member, cast.stranger, cast.inspector):
        assert not any(done(take_together(actor=person, chosen=fresh(theirs), name="acknowledge")))


def test_results_are_accepted_and_returned_for_one_reason(cast, mine):
    Assignment.objects.filter(time_kind=TimeKind.PERIODIC).update(cycle=Cycle.MONTH, due_on=date(2026, 4, 30))
    chosen = submitted(cast, mine)
    Assignment.objects.filter(pk=mine[1].pk).update(submitted_by=cast.officer)
    assert done(take_together(actor=cast.officer, chosen=chosen, name="accept")) == [
        row.time_kind == TimeKind.DATED for row in mine
    ]
    left = chosen[1:]
    outcomes = take_together(actor=cast.second_officer, chosen=left, name="return", text="Thiếu số liệu")
    assert done(outcomes) == [True, True]
    assert {row.entries.last().text for row, _version in left} == {"Thiếu số liệu"}


def test_an_extension_is_asked_for_where_there_is_a_later_day(cast, mine):
    outcomes = ask_together(
        actor=cast.secretary, chosen=fresh(mine), reason="Chờ số liệu", wanted_on=date(2026, 5, 20)
    )
    assert done(outcomes) == [row.due_on is not None for row in mine]
    assert [row.assignment_id for row in Request.objects.all()] == [row.pk for row in mine if row.due_on]
    assert Request.objects.get().reason == "Chờ số liệu"


def test_no_other_step_and_not_too_many(cast, mine):
    with pytest.raises(Refusal):
        take_together(actor=cast.officer, chosen=fresh(mine), name="cancel", text="x")
    with pytest.raises(Refusal, match="100"):
        take_together(actor=cast.secretary, chosen=fresh(mine) * 40, name="acknowledge")
    assert not HistoryLine.objects.filter(action__in=("cancel", "acknowledge")).exists()


def test_what_is_offered_is_what_can_be_done_to_some(cast, mine):
    assert offered_for(cast.secretary, mine) == ["acknowledge", EXTENSION]
    assert offered_for(cast.officer, mine) == offered_for(cast.member, mine) == []
    rows = [row for row, _version in submitted(cast, mine)]
    assert offered_for(cast.secretary, rows) == []
    assert offered_for(cast.officer, rows) == ["accept_period", "accept", "return"]
    assert chosen_for(cast.secretary_b, [row.pk for row in rows]) == []
