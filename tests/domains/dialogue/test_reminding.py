"""Answers owed, and dialogues to be announced, held and published, climb the ladder of reminders."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from motbuoc.domains.dialogue import asking
from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.reminding import remind_of_dialogues
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.telling import lines_for, worth_sending
from motbuoc.interfaces.jobs.urging import urge
from tests.domains.dialogue.test_dialogues import answered, ask, held, plan_of, rule_for, step
from tests.factories import Cast

pytestmark = pytest.mark.django_db


def told(person, kind):
    return list(Notice.objects.filter(person=person, object_type=kind).order_by("pk"))


@pytest.fixture
def dialogue(cast: Cast) -> Dialogue:
    return step(cast, plan_of(cast, rule_for(cast)), "announce_dialogue")


def test_who_answers_is_told_before_and_after_the_day_and_once(cast: Cast, dialogue: Dialogue) -> None:
    taken = ask(dialogue)
    asking.forward_question(actor=cast.officer, question=taken.question, version=1, unit_id=cast.unit_a.pk)
    remind_of_dialogues()
    assert not told(cast.secretary, "question"), "its day is still far"
    due_on = Question.objects.get().due_on
    assert due_on
    with time_machine.travel(f"{due_on}T09:00+07:00"):
        assert remind_of_dialogues() > 0
        remind_of_dialogues()
        assert [notice.occasion for notice in told(cast.secretary, "question")] == ["before_due"]
        assert not told(cast.officer, "question"), "who holds it is told when it is late"
        [line] = lines_for(cast.secretary, told(cast.secretary, "question"))
        assert line.told
        assert "1" in line.told.words
        assert taken.question.text not in line.told.words, "what was asked stays in the house"
    with time_machine.travel(f"{due_on + timedelta(days=10)}T09:00+07:00"):
        remind_of_dialogues()
        assert told(cast.secretary, "question")[-1].occasion == "after_due"
        assert [notice.occasion for notice in told(cast.officer, "question")] == ["after_due"]
        assert worth_sending(lines_for(cast.officer, told(cast.officer, "question")))
        answered(cast, taken.question, cast.secretary)
        assert not worth_sending(lines_for(cast.officer, told(cast.officer, "question")))
        count = Notice.objects.count()
        remind_of_dialogues()
        assert Notice.objects.filter(object_type="question").count() <= count
    assert not told(cast.member, "question")
    assert not told(cast.stranger, "question")


def test_a_dialogue_is_to_be_announced_held_and_published(cast: Cast) -> None:
    made = plan_of(cast, rule_for(cast), days=40)
    with time_machine.travel(f"{made.announce_by}T09:00+07:00"):
        remind_of_dialogues()
        assert [one.occasion for one in told(cast.officer, "dialogue_announcing")] == ["before_due"]
        step(cast, made, "announce_dialogue")
        assert not worth_sending(lines_for(cast.officer, told(cast.officer, "dialogue_announcing")))
    with time_machine.travel(f"{made.planned_on}T09:00+07:00"):
        remind_of_dialogues()
        assert told(cast.officer, "dialogue_holding")
        meeting = held(cast, made)
        remind_of_dialogues()
    with time_machine.travel(f"{clock.today() + timedelta(days=80)}T09:00+07:00"):
        assert meeting.publish_by
        urge(at_once=True)
        assert told(cast.officer, "dialogue_publishing")[-1].occasion == "after_due"
        step(cast, meeting, "publish_dialogue")
        assert not worth_sending(lines_for(cast.officer, told(cast.officer, "dialogue_publishing")))


def test_as_many_queries_for_three_answers_as_for_thirty(cast: Cast, dialogue, django_assert_max_num_queries):
    for _each in range(30):
        ask(dialogue)
    with (
        time_machine.travel(f"{clock.today() + timedelta(days=60)}T09:00+07:00"),
        django_assert_max_num_queries(25),
    ):
        remind_of_dialogues()
