"""Writes to questions: taken in from the public, from paper and in the room; grouped, forwarded, answered.

Who asks from outside is nobody to the product: no account, no address, no device. Such a write has no actor and
leaves no line of history; the question itself, never changed afterwards, is its record, and its receipt the
proof in the writer's hand. All that staff does with it has its actor and its line.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.selectors import about, asked_on, may_note, who_may_answer
from motbuoc.domains.dialogue.states import (
    BEEN_HELD,
    GONE,
    QUESTION_TRANSITIONS,
    TAKEN_OFF,
    TAKES_QUESTIONS,
    QuestionState,
)
from motbuoc.domains.listening import privacy
from motbuoc.domains.listening.intake import Words, looked_through, screened
from motbuoc.domains.listening.receipts import code_of, digest_of
from motbuoc.domains.listening.screening import taken_in
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.selectors import add_workdays


class Asked(NamedTuple):
    """A question that was taken in, and the code of its receipt: the only time that it is known."""

    question: Question
    code: str


@transaction.atomic
def ask(*, dialogue: Dialogue, words: Words, reply: privacy.Reply | None = None) -> Asked:
    """Take in a question from somebody who is nobody to us; sent again with the same key, it is there once.

    `reply`: who wants a reply in writing; it is sealed apart from the question, which says nothing of it.

    Raises:
        TellsWho, AtAnotherDoor: nothing was kept; the writer decides.
        Refusal: no words or too many, or the dialogue takes no questions now.
    """
    code = code_of(words.form_key)
    there = Question.objects.filter(receipt=digest_of(code) or "").first()
    if there:
        return Asked(there, code)
    text = _screened(words)
    fresh = _open(dialogue)
    # The same form sent twice at once: whoever waited for the lock finds what the other one wrote.
    there = Question.objects.filter(receipt=digest_of(code) or "").first()
    if there:
        return Asked(there, code)
    question = _add(fresh, text, code, Question.Channel.LINK, None)
    if reply:
        privacy.leave(about=about(question), reply=reply)
    return Asked(question, code)


@transaction.atomic
def note_question(
    *, actor: Person, dialogue: Dialogue, words: Words, channel: str, reply: privacy.Reply | None = None
) -> Asked:
    """Enter a question that came on paper or was spoken; its receipt is printed for the writer. `reply`: as `ask`.

    Raises:
        NotAllowed: the actor may not enter questions for the dialogue's unit.
        TellsWho, AtAnotherDoor, Refusal: as `ask`.
    """
    if not may_note(actor, dialogue):
        policy.require(actor, Action.NOTE_QUESTION, asked_on(dialogue.unit_id))
    code = code_of(words.form_key)
    there = Question.objects.filter(receipt=digest_of(code) or "").first()
    if there:
        return Asked(there, code)
    text = _screened(words)
    question = _add(_open(dialogue), text, code, Question.Channel(channel), actor)
    values = {"number": question.number, "channel": str(channel)}
    record(actor, Act("note_question", "question", question.pk, dialogue.unit_id, values))
    if reply:
        privacy.leave(about=about(question), reply=reply)
    return Asked(question, code)


def _screened(words: Words) -> str:
    return screened(words, settings.QUESTION_MOST_CHARACTERS, _("Write your question."))


def _open(dialogue: Dialogue) -> Dialogue:
    """The dialogue, locked so that its questions are numbered one after another, if it takes any now."""
    fresh = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if fresh.state not in TAKES_QUESTIONS:
        raise Refusal(_("This dialogue takes no questions now."))
    if fresh.questions.count() >= settings.QUESTIONS_MOST:
        raise Refusal(_("So many questions have come that no more can be taken in. Ask at the dialogue itself."))
    return fresh


def _add(
    dialogue: Dialogue, text: str, code: str, channel: Question.Channel, entered_by: Person | None
) -> Question:
    today = clock.today()
    last = dialogue.questions.aggregate(last=Max("number"))["last"] or 0
    return Question.objects.create(
        dialogue=dialogue,
        number=last + 1,
        text=text,
        origin=_origin(dialogue, today),
        channel=channel,
        asked_on=today,
        receipt=digest_of(code) or "",
        unit_id=asked_on(dialogue.unit_id),
        due_on=answer_by(dialogue, today),
        entered_by=entered_by,
    )


def _origin(dialogue: Dialogue, today: date) -> Question.Origin:
    if dialogue.state in BEEN_HELD:
        return Question.Origin.AFTER
    return Question.Origin.AT if today >= dialogue.planned_on else Question.Origin.BEFORE


def answer_by(dialogue: Dialogue, asked: date) -> date | None:
    """The last day for an answer: so many working days after the dialogue, or after a question asked later."""
    if dialogue.rule is None:
        return None
    return add_workdays(max(asked, dialogue.held_on or dialogue.planned_on), dialogue.rule.answer_workdays)


def support(*, question: Question) -> None:
    """Count somebody who asks the same. Who they are is not asked: a browser remembers that it did.

    Raises:
        Refusal: the dialogue takes no questions now.
    """
    if question.dialogue.state not in TAKES_QUESTIONS:
        raise Refusal(_("This dialogue takes no questions now."))
    Question.objects.filter(pk=question.pk).update(supports=F("supports") + 1)


@transaction.atomic
def say_unsolved(*, code: str, question: Question, words: Words) -> Question:
    """What was answered or promised is not solved, says whoever holds the receipt, once; it is owed again.

    Raises:
        TellsWho, AtAnotherDoor: nothing was kept; the writer decides.
        Refusal: the code is not this question's; it is not answered, or this was said before.
    """
    if digest_of(code) != question.receipt:
        raise Refusal(_("No receipt has this code. Look at it again, letter by letter."))
    text = _screened(words)
    fresh = claim(question.alike or question, None)
    own = fresh if question.alike is None else claim(question, None)
    if own.unsolved:
        raise Refusal(_("You have said so before. It is being looked at again."))
    if fresh.state != QuestionState.ANSWERED:
        raise Refusal(_("It has not been answered yet. Wait for the answer first."))
    own.unsolved, own.unsolved_on = text, clock.today()
    own.save()
    if fresh.pk == own.pk:
        fresh = own
    fresh.state, fresh.due_on = QuestionState.AGAIN, answer_by(fresh.dialogue, clock.today())
    fresh.save()
    return own


def _held(actor: Person, question: Question, version: int) -> Question:
    """The question, claimed, if `actor` answers for the unit it is with."""
    policy.require(actor, Action.HOLD_DIALOGUE, asked_on(question.unit_id))
    fresh = claim(question, version)
    if fresh.alike_id:
        raise Refusal(_("This question was grouped with another. Answer that one: it is told to both."))
    return fresh


def _move(actor: Person, fresh: Question, name: str, target: str, **values: object) -> Question:
    before, fresh.state = fresh.state, target
    fresh.save()
    record(actor, Act(name, "question", fresh.pk, fresh.dialogue.unit_id, {"state": [before, target], **values}))
    return fresh


@transaction.atomic
def forward_question(*, actor: Person, question: Question, version: int, unit_id: int) -> Question:
    """Give a question to the unit that can answer: one above, which is raising it, or one straight below.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: not possible now, or the unit is none of those.
    """
    fresh = _held(actor, question, version)
    transition = step(QUESTION_TRANSITIONS, "forward_question", fresh.state)
    if unit_id == fresh.unit_id or not who_may_answer(fresh).filter(pk=unit_id).exists():
        raise Refusal(_("Choose another unit: one above, or one straight below."))
    before, fresh.unit_id = fresh.unit_id, unit_id
    return _move(actor, fresh, "forward_question", transition.target, unit=[before, unit_id])


@transaction.atomic
def answer_question(
    *,
    actor: Person,
    question: Question,
    version: int,
    text: str,
    handling: str,
    is_withheld: bool = False,
    keeps: bool = False,
) -> Question:
    """Answer a question, or better an answer; whoever holds the receipt of it or of one grouped with it reads it.

    `keeps`: who answers looked at what tells who somebody is, and says it is no such thing.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: no words, or not said how it was dealt with; not possible now.
        TellsWho: the answer, which all may come to read, tells who somebody is.
    """
    fresh = _held(actor, question, version)
    transition = step(QUESTION_TRANSITIONS, "answer_question", fresh.state)
    words = looked_through(text, keeps=keeps)
    if not words:
        raise Refusal(_("Write the answer: whoever asked reads it by their receipt."))
    if handling not in Question.Handling.values or not handling:
        raise Refusal(_("Say how it was dealt with."))
    fresh.answer, fresh.handling, fresh.is_withheld = words, handling, is_withheld
    fresh.answered_on, fresh.answered_by = clock.today(), actor
    return _move(actor, fresh, "answer_question", transition.target, handling=handling, is_withheld=is_withheld)


@transaction.atomic
def set_aside(*, actor: Person, question: Question, version: int, reason: str) -> Question:
    """Say why a question is not dealt with here; whoever asked reads the reason.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: no reason, or not possible now.
    """
    fresh = _held(actor, question, version)
    transition = step(QUESTION_TRANSITIONS, "set_question_aside", fresh.state)
    if not reason.strip():
        raise Refusal(_("Write the reason: whoever asked reads it by their receipt."))
    fresh.reason = taken_in(reason)
    return _move(actor, fresh, "set_question_aside", transition.target, reason=fresh.reason)


@transaction.atomic
def take_up_again(*, actor: Person, question: Question, version: int) -> Question:
    """Deal with a question after all that was set aside.

    Raises:
        NotAllowed, Collision, Refusal: as ever.
    """
    fresh = _held(actor, question, version)
    transition = step(QUESTION_TRANSITIONS, "take_question_up", fresh.state)
    fresh.reason = ""
    return _move(actor, fresh, "take_question_up", transition.target)


@transaction.atomic
def show_question(*, actor: Person, question: Question, version: int, is_shown: bool) -> Question:
    """Show a question on the public page, so that others can say they ask the same; or take it off again.

    Raises:
        NotAllowed: the actor does not hold dialogues for its unit.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, asked_on(question.dialogue.unit_id))
    fresh = claim(question, version)
    before, fresh.is_shown = fresh.is_shown, is_shown
    fresh.save()
    values = {"is_shown": [before, is_shown]}
    record(actor, Act("show_question", "question", fresh.pk, fresh.dialogue.unit_id, values))
    return fresh


@transaction.atomic
def take_words_off(*, actor: Person, question: Question, version: int, reason: str) -> Question:
    """Take words that insult off all pages: the original is sealed, to be opened like a name, and deleted in its
    time.

    Raises:
        NotAllowed: the actor does not answer for the unit the question is with.
        Collision: somebody changed it since `version`.
        Refusal: no reason, or it names somebody; the words are gone already.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, asked_on(question.unit_id))
    fresh = claim(question, version)
    if privacy.kept_until(about(fresh), privacy.WORDS) or fresh.text == GONE:
        raise Refusal(_("These words were taken off before."))
    privacy.put_aside(actor=actor, about=about(fresh), words=fresh.text, reason=reason)
    fresh.text, fresh.is_shown = TAKEN_OFF.format(reason=taken_in(reason)), False
    fresh.save()
    return fresh


@transaction.atomic
def group_question(*, actor: Person, question: Question, version: int, other: Question | None) -> Question:
    """Group a question with one that asks the same, which is answered for both; None takes it out again.

    Raises:
        NotAllowed: the actor does not answer for the unit the dialogue is of.
        Refusal: they are of two dialogues, the other one is grouped itself, or others are grouped with this one.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, asked_on(question.dialogue.unit_id))
    fresh = claim(question, version)
    if other is not None:
        if other.dialogue_id != fresh.dialogue_id or other.alike_id or other.pk == fresh.pk:
            raise Refusal(_("Choose another question of this dialogue, one that is not grouped itself."))
        if fresh.grouped.exists():
            raise Refusal(_("Others are grouped with this one. Group them with the other one first."))
    before, fresh.alike = fresh.alike_id, other
    fresh.save()
    values = {"alike": [before, other.pk if other else None]}
    record(actor, Act("group_question", "question", fresh.pk, fresh.dialogue.unit_id, values))
    return fresh
