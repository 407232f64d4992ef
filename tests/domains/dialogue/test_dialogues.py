"""A dialogue from its plan to what was promised there, and a question from its writer to the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from motbuoc.domains.dialogue import asking, concluding, services
from motbuoc.domains.dialogue.concluding import Promise
from motbuoc.domains.dialogue.drafting import conclusion_of, draft_of
from motbuoc.domains.dialogue.models import Dialogue, DialogueRule, Question
from motbuoc.domains.dialogue.reopening import reopen_unsolved, unsolved_of
from motbuoc.domains.dialogue.selectors import (
    dialogues_for,
    found_by_receipt,
    open_to_all,
    owed_by,
    promised_to,
    questions_for,
    rules_of,
    shown_to_all,
    to_be_supported,
)
from motbuoc.domains.dialogue.services import Plan, Terms
from motbuoc.domains.dialogue.states import (
    AWAITS,
    DIALOGUE_TRANSITIONS,
    QUESTION_TRANSITIONS,
    DialogueState,
    QuestionState,
)
from motbuoc.domains.dialogue.tallies import Standing, standing_for, tallies_for
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.ledger.counters import counted
from motbuoc.domains.listening.intake import AtAnotherDoor, TellsWho, Words
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.papers.conclusion import WORD, conclusion_file
from tests.factories import Cast

pytestmark = pytest.mark.django_db
BRIDGE = "Khi nào sửa cầu ấp 3?"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rule_for(cast: Cast) -> DialogueRule:
    terms = Terms("Đối thoại định kỳ", "Quy định thử, Điều 1", ("bloc_committee", "party_base_cell"), 2, 7, 10, 10)
    return services.make_rule(actor=cast.officer, unit_id=cast.bloc.pk, terms=terms)


def plan_of(cast: Cast, rule: DialogueRule | None, days: int = 20) -> Dialogue:
    day = clock.today() + timedelta(days=days)
    plan = Plan(rule and rule.pk, "Đời sống người lao động", "Bí thư Đảng ủy Khối", day, "Hội trường A")
    return services.plan_dialogue(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan)


def step(cast: Cast, dialogue: Dialogue, name: str, text: str = "") -> Dialogue:
    fresh = Dialogue.objects.get(pk=dialogue.pk)
    return services.take_dialogue_step(
        actor=cast.officer, dialogue=fresh, version=fresh.version, name=name, text=text
    )


def held(cast: Cast, dialogue: Dialogue) -> Dialogue:
    fresh = Dialogue.objects.get(pk=dialogue.pk)
    return services.hold_dialogue(
        actor=cast.officer,
        dialogue=fresh,
        version=fresh.version,
        held_on=clock.today(),
        counts={"workers": 40, "youth": 12},
        minutes="Đã trao đổi.",
    )


@pytest.fixture
def dialogue(cast: Cast) -> Dialogue:
    """Announced, by a rule of the bloc."""
    return step(cast, plan_of(cast, rule_for(cast)), "announce_dialogue")


def ask(dialogue: Dialogue, text: str = BRIDGE, **more: bool) -> asking.Asked:
    return asking.ask(dialogue=dialogue, words=Words(text, new_form_key(), **more))


def answered(cast: Cast, question: Question, actor: Person | None = None) -> Question:
    fresh = Question.objects.get(pk=question.pk)
    return asking.answer_question(
        actor=actor or cast.officer,
        question=fresh,
        version=fresh.version,
        text="Sửa xong trong quý I.",
        handling=Question.Handling.ON_THE_SPOT,
    )


def test_rules_come_with_their_sources_and_hold_for_kinds_below(cast: Cast) -> None:
    made = services.take_standard_rules(actor=cast.officer, unit_id=cast.bloc.pk)
    assert all(rule.source for rule in made)
    assert services.take_standard_rules(actor=cast.officer, unit_id=cast.bloc.pk) == []
    of_cell = rules_of(cast.unit_a.pk, clock.today())
    assert {rule.name for rule in of_cell} == {rule.name for rule in made if "party_base_cell" in rule.kinds}
    assert not rules_of(cast.department.pk, clock.today())
    with pytest.raises(NotAllowed):
        services.take_standard_rules(actor=cast.secretary, unit_id=cast.bloc.pk)
    with pytest.raises(Refusal, match="kinds of units"):
        services.make_rule(actor=cast.officer, unit_id=cast.bloc.pk, terms=Terms("x", "y", ("none",), 1, 1, 1, 1))


def test_planned_held_and_answered_stand_against_the_rule(cast: Cast) -> None:
    rule = rule_for(cast)
    dialogue = plan_of(cast, rule, days=0)
    ask(step(cast, dialogue, "announce_dialogue"))
    held(cast, dialogue)
    year = clock.today().year
    rows = {row.pk: row for row in tallies_for(cast.officer, year)}
    bloc, cell = rows[cast.bloc.pk], rows[cast.unit_a.pk]
    assert (bloc.wanted, bloc.planned, bloc.held, bloc.gap, bloc.asked, bloc.answered) == (2, 1, 1, 1, 1, 0)
    assert (cell.wanted, cell.planned, cell.gap, cell.overdue) == (2, 0, 2, 0)
    assert list(rows)[-1] == cast.bloc.pk, "the greatest gap comes first"
    assert cast.department.pk not in rows, "no rule is for its kind, and it planned none"
    assert [row.pk for row in tallies_for(cast.secretary, year)] == [cast.unit_a.pk]
    assert not tallies_for(cast.member, year)
    assert standing_for(cast.secretary, year) == Standing(2, 0, 0, 1)
    held(cast, plan_of(cast, rule, days=0))
    assert {row.pk for row in tallies_for(cast.officer, year, only_gaps=True)} == set(rows) - {cast.bloc.pk}


def test_the_strictest_rule_counts_and_a_year_has_its_own(cast: Cast) -> None:
    rule_for(cast)
    often = Terms("Hằng quý", "Quy chế, Điều 2", ("party_base_cell",), 4, 7, 10, 10)
    services.make_rule(actor=cast.secretary, unit_id=cast.unit_a.pk, terms=often)
    rows = {row.pk: row for row in tallies_for(cast.officer, clock.today().year + 1)}
    assert (rows[cast.unit_a.pk].wanted, rows[cast.bloc.pk].wanted) == (4, 2)


def test_who_may_plan_and_what_is_refused(cast: Cast) -> None:
    rule = rule_for(cast)
    plan = Plan(rule.pk, "Việc", "Bí thư", clock.today())
    for person in (cast.central_officer, cast.member, cast.inspector, cast.secretary):
        with pytest.raises(NotAllowed):
            services.plan_dialogue(actor=person, unit_id=cast.bloc.pk, plan=plan)
    with pytest.raises(NotAllowed):  # the level above does not hold a unit's dialogue for it
        services.plan_dialogue(actor=cast.officer, unit_id=cast.unit_a.pk, plan=plan)
    with pytest.raises(Refusal, match="not one of the unit's"):
        services.plan_dialogue(actor=cast.secretary_b, unit_id=cast.unit_b.pk, plan=plan)
    with pytest.raises(Refusal, match="1900"):
        services.plan_dialogue(actor=cast.officer, unit_id=cast.bloc.pk, plan=Plan(None, "V", "B", date(1, 1, 1)))


def test_a_question_is_answered_to_whoever_holds_its_receipt(cast: Cast, dialogue: Dialogue) -> None:
    words = Words(BRIDGE, new_form_key())
    lines = HistoryLine.objects.count()
    asked = asking.ask(dialogue=dialogue, words=words)
    again = asking.ask(dialogue=dialogue, words=words)
    assert (again.question.pk, again.code) == (asked.question.pk, asked.code)
    assert Question.objects.count() == 1
    assert HistoryLine.objects.count() == lines  # who asks is nobody, also to the history
    assert asked.code not in str(Question.objects.values().get())
    assert found_by_receipt("0" * 12) is None

    answered(cast, asked.question)
    found = found_by_receipt(asked.code)
    assert found
    assert (found.answer, found.answered_on) == ("Sửa xong trong quý I.", clock.today())
    said = asking.say_unsolved(code=asked.code, question=found, words=Words("Cầu vẫn hỏng", new_form_key()))
    assert said.state == QuestionState.AGAIN
    assert [question.pk for question in owed_by(cast.officer)] == [found.pk]
    answered(cast, found)
    with pytest.raises(Refusal, match="said so before"):
        asking.say_unsolved(code=asked.code, question=Question.objects.get(), words=Words("Nữa", new_form_key()))
    other = ask(dialogue, "Câu khác")
    with pytest.raises(Refusal, match="No receipt"):
        asking.say_unsolved(code=asked.code, question=other.question, words=Words("Nữa", new_form_key()))


def test_nothing_is_kept_of_words_that_tell_who_or_belong_elsewhere(dialogue: Dialogue) -> None:
    with pytest.raises(TellsWho) as found:
        ask(dialogue, "Ông Nguyễn Văn Thử chưa được đền bù")
    assert found.value.proposed == "[tên người] chưa được đền bù"
    with pytest.raises(AtAnotherDoor):
        ask(dialogue, "Tôi tố cáo hành vi nhận tiền")
    for text in ("", "  \n\u200b", "x" * 2001):
        with pytest.raises(Refusal):
            ask(dialogue, text)
    assert not Question.objects.exists()
    assert ask(dialogue, "Đường Anh Hùng Núp ngập", keeps=True).question.number == 1
    assert ask(dialogue, "Tôi khiếu nại quyết định, hỏi ở đâu?", stays=True).question.number == 2


def test_an_answer_that_all_may_read_names_nobody(cast: Cast, dialogue: Dialogue) -> None:
    question = ask(dialogue).question
    said = {"version": 1, "text": "Ông Nguyễn Văn Thử sẽ sửa.", "handling": "in_writing"}
    with pytest.raises(TellsWho):
        asking.answer_question(actor=cast.officer, question=question, **said)
    assert Question.objects.get().answer == ""
    assert asking.answer_question(actor=cast.officer, question=question, keeps=True, **said).answer == said["text"]


def test_questions_are_taken_only_while_it_takes_them(cast: Cast, settings) -> None:
    planned = plan_of(cast, None)
    assert open_to_all(planned.address) is None
    with pytest.raises(Refusal, match="takes no questions"):
        ask(planned)
    announced = step(cast, planned, "announce_dialogue")
    assert open_to_all(planned.address)
    settings.QUESTIONS_MOST = 1
    ask(announced)
    with pytest.raises(Refusal, match="no more can be taken"):
        ask(announced)
    step(cast, announced, "call_off_dialogue", "Bão")
    assert open_to_all(planned.address) is None


def test_a_question_from_paper_has_its_clerk_and_its_receipt(cast: Cast, dialogue: Dialogue) -> None:
    words = Words(BRIDGE, new_form_key())
    noted = asking.note_question(actor=cast.officer, dialogue=dialogue, words=words, channel="paper")
    assert noted.question.entered_by == cast.officer
    assert found_by_receipt(noted.code)
    assert HistoryLine.objects.filter(action="note_question", object_id=noted.question.pk).exists()
    for person in (cast.secretary, cast.member, cast.inspector):
        with pytest.raises(NotAllowed):
            asking.note_question(
                actor=person, dialogue=dialogue, words=Words("Hỏi", new_form_key()), channel="paper"
            )


def test_alike_questions_are_answered_together(cast: Cast, dialogue: Dialogue) -> None:
    first, second = ask(dialogue), ask(dialogue, "Cầu ấp 3 bao giờ sửa?")
    asking.group_question(actor=cast.officer, question=second.question, version=1, other=first.question)
    with pytest.raises(Refusal, match="grouped with another"):
        answered(cast, second.question)
    third = ask(dialogue, "Câu ba").question
    with pytest.raises(Refusal, match="Others are grouped"):
        asking.group_question(actor=cast.officer, question=first.question, version=1, other=third)
    answered(cast, first.question)
    told = found_by_receipt(second.code)
    assert told
    assert told.alike
    assert told.alike.answer
    asking.say_unsolved(code=second.code, question=told, words=Words("Chưa sửa", new_form_key()))
    assert Question.objects.get(pk=first.question.pk).state == QuestionState.AGAIN


def test_a_question_goes_to_who_can_answer_it(cast: Cast, dialogue: Dialogue) -> None:
    asked = ask(dialogue)
    assert not questions_for(cast.secretary).exists()
    moved = asking.forward_question(actor=cast.officer, question=asked.question, version=1, unit_id=cast.unit_a.pk)
    assert [question.pk for question in questions_for(cast.secretary)] == [moved.pk]
    assert [one.pk for one in dialogues_for(cast.secretary)] == [dialogue.pk]
    with pytest.raises(NotAllowed):
        answered(cast, moved)
    answered(cast, moved, cast.secretary)
    with pytest.raises(Refusal, match="Choose another unit"):
        asking.forward_question(
            actor=cast.officer, question=ask(dialogue, "Câu khác").question, version=1, unit_id=cast.bloc.pk
        )


def test_what_is_set_aside_has_its_reason_and_can_be_taken_up(cast: Cast, dialogue: Dialogue) -> None:
    question = ask(dialogue).question
    with pytest.raises(Refusal, match="Write the reason"):
        asking.set_aside(actor=cast.officer, question=question, version=1, reason=" ")
    aside = asking.set_aside(actor=cast.officer, question=question, version=1, reason="Đã trả lời năm ngoái.")
    with pytest.raises(Collision):
        asking.take_up_again(actor=cast.officer, question=aside, version=1)
    assert asking.take_up_again(actor=cast.officer, question=aside, version=2).state == QuestionState.RECEIVED


def test_what_was_promised_becomes_a_task_that_the_asker_follows(cast: Cast, dialogue: Dialogue) -> None:
    asked = ask(dialogue)
    answered(cast, asked.question)
    with pytest.raises(Refusal, match="after the dialogue was held"):
        concluding.promise(
            actor=cast.officer, dialogue=dialogue, what=Promise("Sửa", cast.unit_a.pk, clock.today())
        )
    meeting = held(cast, dialogue)
    day = clock.today() + timedelta(days=30)
    what = Promise("Sửa cầu ấp 3", cast.unit_a.pk, day, asked.question.pk)
    concluding.promise(actor=cast.officer, dialogue=meeting, what=what)
    mistaken = concluding.promise(actor=cast.officer, dialogue=meeting, what=Promise("Nhầm", cast.unit_a.pk, day))
    concluding.drop_promise(actor=cast.officer, commitment=mistaken)
    with pytest.raises(Refusal, match="this unit or one below"):
        concluding.promise(actor=cast.officer, dialogue=meeting, what=Promise("Sửa", cast.province.pk, day))

    meeting = Dialogue.objects.get(pk=dialogue.pk)
    text = draft_of(meeting)
    assert "52 người" in text
    assert "1 trả lời tại chỗ" in text
    content = conclusion_of(meeting, text, "7", ("BÍ THƯ", "Phan Thử Ký"))
    upload = SimpleUploadedFile("ket-luan.docx", conclusion_file(content), WORD)
    done = concluding.conclude_dialogue(
        actor=cast.officer, dialogue=meeting, version=meeting.version, upload=upload
    )
    document = Document.objects.get(pk=done.conclusion_id)
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    task = Assignment.objects.get()
    assert (task.unit_id, task.due_on) == (cast.unit_a.pk, day)
    assert "sửa cầu ấp 3" in task.duty.text
    found = found_by_receipt(asked.code)
    assert found
    assert [(one.text, one.unit_name, one.state) for one in promised_to(found)] == [
        ("Sửa cầu ấp 3", "Chi bộ Sở Ánh Dương", task.state)
    ]


def take(person: Person, task: Assignment, name: str, text: str = "") -> None:
    fresh = Assignment.objects.get(pk=task.pk)
    take_step(actor=person, assignment=fresh, version=fresh.version, name=name, text=text)


def kept_promise(cast: Cast, dialogue: Dialogue, asked: asking.Asked) -> Assignment:
    """What was promised in answer to a question, as a task whose result was accepted."""
    answered(cast, asked.question)
    meeting = held(cast, dialogue)
    day = clock.today() + timedelta(days=30)
    what = Promise("Sửa cầu ấp 3", cast.unit_a.pk, day, asked.question.pk)
    concluding.promise(actor=cast.officer, dialogue=meeting, what=what)
    meeting = Dialogue.objects.get(pk=dialogue.pk)
    content = conclusion_of(meeting, draft_of(meeting), "7", ("BÍ THƯ", "Phan Thử Ký"))
    upload = SimpleUploadedFile("ket-luan.docx", conclusion_file(content), WORD)
    done = concluding.conclude_dialogue(
        actor=cast.officer, dialogue=meeting, version=meeting.version, upload=upload
    )
    document = Document.objects.get(pk=done.conclusion_id)
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    task = Assignment.objects.get()
    take(cast.secretary, task, "acknowledge")
    take(cast.secretary, task, "submit", "Đã sửa xong.")
    take(cast.officer, task, "accept")
    return Assignment.objects.get()


def test_a_promise_said_to_be_not_solved_is_opened_again_the_day_after(cast: Cast, dialogue: Dialogue) -> None:
    asked = ask(dialogue)
    task = kept_promise(cast, dialogue, asked)
    lines = HistoryLine.objects.count()
    words = Words("Cầu vẫn hỏng ở mố bên kia", new_form_key())
    asking.say_unsolved(code=asked.code, question=Question.objects.get(), words=words)
    assert reopen_unsolved() == 0, "no line may tell the moment at which somebody said so"
    assert HistoryLine.objects.count() == lines
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert (reopen_unsolved(), reopen_unsolved()) == (1, 0)
        again = Assignment.objects.get()
        entry = again.entries.get(step="reopen")
        assert (again.state, again.accepted_on, entry.written_by) == ("returned", None, cast.officer)
        assert "câu hỏi số 1" in entry.text
        assert "mố bên kia" not in entry.text, "what was said is deleted with the question, not kept with the task"
        assert [one.unsolved for one in unsolved_of(again)] == ["Cầu vẫn hỏng ở mố bên kia"]
        actions = HistoryLine.objects.order_by("-pk").values_list("action", flat=True)[:2]
        assert set(actions) == {"reopen", "reopen_commitment"}
        take(cast.secretary, task, "submit", "Đã sửa cả mố bên kia.")
        take(cast.officer, task, "accept")
    with time_machine.travel(clock.now() + timedelta(days=9)):
        assert reopen_unsolved() == 0, "it may be said once"


def test_the_office_may_decide_before_a_promise_is_opened_again(cast: Cast, dialogue: Dialogue) -> None:
    asked = ask(dialogue)
    kept_promise(cast, dialogue, asked)
    asking.say_unsolved(code=asked.code, question=Question.objects.get(), words=Words("Chưa", new_form_key()))
    answered(cast, asked.question)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert reopen_unsolved() == 0
    assert Assignment.objects.get().state == "accepted"


def test_what_all_may_read_is_what_was_looked_at(cast: Cast, dialogue: Dialogue) -> None:
    shown, hidden, withheld = (ask(dialogue, text).question for text in (BRIDGE, "Câu hai", "Câu ba"))
    assert not to_be_supported(dialogue).exists()
    asking.show_question(actor=cast.officer, question=shown, version=1, is_shown=True)
    assert list(to_be_supported(dialogue)) == [shown]
    asking.support(question=to_be_supported(dialogue).get())
    assert Question.objects.get(pk=shown.pk).supports == 1
    answered(cast, shown)
    answered(cast, hidden)
    fresh = Question.objects.get(pk=withheld.pk)
    asking.answer_question(
        actor=cast.officer,
        question=fresh,
        version=fresh.version,
        text="Riêng.",
        handling="in_writing",
        is_withheld=True,
    )
    assert not shown_to_all(Dialogue.objects.get(pk=dialogue.pk)).exists()
    held(cast, dialogue)
    published = step(cast, dialogue, "publish_dialogue")
    assert [question.pk for question in shown_to_all(published)] == [shown.pk, hidden.pk]


def test_every_step_from_every_state(cast: Cast, dialogue: Dialogue) -> None:
    for state in DialogueState:
        for transition in DIALOGUE_TRANSITIONS:
            Dialogue.objects.filter(pk=dialogue.pk).update(state=state)
            is_own = transition.name in ("hold_dialogue", "conclude_dialogue")  # have services of their own
            if state in transition.sources and not is_own:
                assert step(cast, dialogue, transition.name, "Lý do").state == transition.target
            else:
                with pytest.raises(Refusal):
                    step(cast, dialogue, transition.name, "Lý do")
    assert {name for each in QUESTION_TRANSITIONS for name in each.sources} == {
        *AWAITS,
        "question_answered",
        "question_aside",
    }


def test_the_ledger_counts_what_was_held_and_answered(cast: Cast, dialogue: Dialogue) -> None:
    answered(cast, ask(dialogue).question)
    ask(dialogue, "Câu hai")
    held(cast, dialogue)
    day, units = clock.today(), [cast.bloc.pk]
    keys = ("dialogue.held", "dialogue.asked", "dialogue.answered", "dialogue.on_the_spot")
    assert [counted(key, units, day, day)[cast.bloc.pk] for key in keys] == [1, 2, 1, 1]


def test_no_table_of_dialogues_refers_to_a_person_but_staff() -> None:
    staff = {"made_by", "entered_by", "answered_by"}
    for table in (Dialogue, Question, DialogueRule, Dialogue.attendances.rel.related_model):
        fields = {field.name for field in table._meta.get_fields() if field.related_model is Person}
        assert fields <= staff
    names = {field.name for field in Question._meta.get_fields()}
    assert names.isdisjoint({"ip", "address", "account", "session", "name", "phone"})
