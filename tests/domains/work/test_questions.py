"""A question about a result and its answer: whose turn it is, who is told, and what it means for being on time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.inbox import Narrowing
from motbuoc.domains.work.listing import listing_for
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reminding import Sweep
from motbuoc.domains.work.selectors import assignments_for, open_question, stood_on, waiting_for
from motbuoc.domains.work.standing import Lateness
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.notices.models import Notice
from tests.factories import make_directive, picture, step_on

DUE = date(2026, 4, 30)


def on(day: date):
    return clock.living_at(datetime(day.year, day.month, day.day, 5, tzinfo=UTC))


def told(day: date, occasion: str) -> set[str]:
    """Whom the sweep of a day told on this occasion, that had not been told."""
    before = set(Notice.objects.values_list("pk", flat=True))
    with on(day):
        Sweep(day).run()
    new = Notice.objects.exclude(pk__in=before).filter(occasion=occasion)
    return set(new.values_list("person__full_name", flat=True))


@pytest.fixture
def submitted(cast) -> Assignment:
    with on(date(2026, 3, 6)):
        make_directive(cast)
        Assignment.objects.exclude(unit=cast.unit_a, time_kind=TimeKind.DATED).delete()
        found = Assignment.objects.get()
        step_on(found, "acknowledge", cast.secretary)
    with on(DUE):
        return step_on(found, "submit", cast.secretary, "Đã tổ chức")


def test_asked_answered_accepted(cast, submitted):
    with on(date(2026, 5, 12)):
        asked = step_on(submitted, "ask", cast.officer, "Bao nhiêu người dự?")
        assert [row.pk for row in waiting_for(cast.officer)] == []
        assert [task.pk for task in listing_for(cast.secretary, Narrowing(own=True)).rows("owed", 0, 9)] == [
            asked.pk
        ]
        assert [task.pk for task in listing_for(cast.officer, Narrowing()).rows("waiting", 0, 9)] == [asked.pk]
        assert open_question(asked, asked.entries.all()).text == "Bao nhiêu người dự?"
        answered = step_on(asked, "answer", cast.secretary, "96 người", [picture()])
        assert (answered.state, answered.submitted_on) == ("submitted", DUE)
        assert answered.entries.get(step="answer").evidence.count() == 1
        assert open_question(answered, answered.entries.all()) is None
        assert [row.pk for row in waiting_for(cast.officer)] == [asked.pk]
        accepted = step_on(answered, "accept", cast.officer)
    assert [standing.is_done_late() for _row, standing in stood_on(accepted.document, date(2026, 5, 30))] == [
        False
    ]


def test_what_came_in_time_is_not_late_while_it_is_asked_about(cast, submitted):
    with on(date(2026, 6, 1)):
        step_on(submitted, "ask", cast.officer, "Bao nhiêu người dự?")
        assert assignments_for(cast.secretary).get().lateness == Lateness.NONE
        [(_row, standing)] = stood_on(submitted.document, date(2026, 6, 1))
        assert not standing.is_overdue(date(2026, 6, 1))
    Assignment.objects.update(submitted_on=date(2026, 5, 2))
    with on(date(2026, 6, 1)):
        assert assignments_for(cast.secretary).get().lateness == Lateness.OVERDUE


def test_both_ends_are_told_each_time_it_is_their_turn(cast, submitted):
    officers = {cast.officer.full_name, cast.second_officer.full_name}
    assert told(DUE, "waiting") == officers
    with on(date(2026, 5, 12)):
        step_on(submitted, "ask", cast.officer, "Bao nhiêu người dự?")
    assert told(date(2026, 5, 12), "questioned") == {cast.secretary.full_name}
    assert told(date(2026, 5, 12), "questioned") == set()
    assert told(date(2026, 5, 15), "questioned") == {cast.secretary.full_name}
    with on(date(2026, 5, 18)):
        step_on(submitted, "answer", cast.secretary, "96 người")
    assert told(date(2026, 5, 18), "waiting") == officers
    with on(date(2026, 5, 19)):
        step_on(submitted, "ask", cast.officer, "Ở đâu?")
    assert told(date(2026, 5, 19), "questioned") == {cast.secretary.full_name}


def test_a_second_question_of_the_same_day_is_told_as_well(cast, submitted):
    day, unit = date(2026, 5, 12), {cast.secretary.full_name}
    officers = {cast.officer.full_name, cast.second_officer.full_name}
    with on(day):
        step_on(submitted, "ask", cast.officer, "Bao nhiêu người dự?")
    assert told(day, "questioned") == unit
    with on(day):
        step_on(submitted, "answer", cast.secretary, "96 người")
    assert told(day, "waiting") == officers
    with on(day):
        step_on(submitted, "ask", cast.officer, "Ở đâu?")
    assert told(day, "questioned") == unit
    assert told(day, "questioned") == set()


def test_who_asks_and_who_answers(cast, submitted):
    for person in (cast.secretary, cast.central_officer, cast.inspector, cast.stranger):
        with pytest.raises(NotAllowed):
            step_on(submitted, "ask", person, "Vì sao?")
    with pytest.raises(Refusal, match=r"question|câu hỏi"):
        step_on(submitted, "ask", cast.officer, " ")
    step_on(submitted, "ask", cast.officer, "Vì sao?")
    for person in (cast.officer, cast.secretary_b, cast.member):
        with pytest.raises(NotAllowed):
            step_on(submitted, "answer", person, "Vì thế")
    with pytest.raises(Refusal, match=r"answer|trả lời"):
        step_on(submitted, "answer", cast.secretary, " ")


def test_nobody_asks_about_their_own_result(cast, submitted):
    Assignment.objects.update(submitted_by=cast.officer)
    with pytest.raises(Refusal, match=r"yourself|đã nộp"):
        step_on(submitted, "ask", cast.officer, "Vì sao?")
