"""What people without an account are told: each step of their question, and what a unit has published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q
from django.utils import timezone

from motbuoc.domains.dialogue.models import Commitment, Dialogue, Question
from motbuoc.domains.dialogue.selectors import Promised, commitments_of, named, task_state
from motbuoc.domains.dialogue.states import GONE, DialogueState, QuestionState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.units.models import Unit

OF_STAFF = ("forward_question", "answer_question", "set_question_aside", "take_question_up")
"""What staff does with a question that whoever asked is told of."""


class Told(NamedTuple):
    """A step that whoever asked is told of: its day, what it was, and of which unit or of what it tells."""

    on: date
    what: str
    words: str = ""


def told_of(question: Question) -> list[Told]:
    """All that became of a question, in order, each with its day: what staff did with it and with the one it was
    grouped with, when the dialogue was held and published, and how its promises are kept."""
    return sorted(_told_of(question, question.alike or question), key=lambda step: step.on)


def _told_of(question: Question, whole: Question) -> Iterator[Told]:
    yield Told(question.asked_on, "received")
    dialogue = question.dialogue
    if dialogue.held_on and dialogue.held_on >= question.asked_on:
        yield Told(dialogue.held_on, "held")
    if question.alike_id and (grouped := _last(question.pk, "group_question")):
        yield Told(grouped, "grouped")
    yield from _by_staff(whole)
    if question.unsolved_on:
        yield Told(question.unsolved_on, "unsolved")
    if dialogue.published_on:
        yield Told(dialogue.published_on, "published")
    for commitment in commitments_of(dialogue).filter(question__in=(question, whole)):
        for task in commitment.duty.assignments.all() if commitment.duty else ():
            yield Told(task.assigned_on, "given", commitment.unit_name)
            if task.accepted_on:
                yield Told(task.accepted_on, "kept", commitment.text)


def _last(pk: int, action: str) -> date | None:
    line = HistoryLine.objects.filter(object_type="question", object_id=pk, action=action).order_by("pk").last()
    return timezone.localdate(line.at) if line else None


def _by_staff(whole: Question) -> Iterator[Told]:
    lines = list(
        HistoryLine.objects.filter(object_type="question", object_id=whole.pk, action__in=OF_STAFF).order_by("pk")
    )
    units = {line.pk: line.values["unit"][1] for line in lines if line.action == "forward_question"}
    names = dict(Unit.objects.known_by(clock.today()).filter(pk__in=units.values()).values_list("pk", "name"))
    for line in lines:
        yield Told(timezone.localdate(line.at), line.action, names.get(units.get(line.pk, 0), ""))


def published_by(unit_id: int) -> Any:
    """The dialogues of a unit whose results are published, the newest first, each with how many of its questions
    may be `read` by all."""
    read = Q(questions__state=QuestionState.ANSWERED, questions__alike=None, questions__is_withheld=False)
    rows = named(Dialogue.objects.filter(unit=unit_id, state=DialogueState.PUBLISHED))
    counted = rows.annotate(read=Count("questions", filter=read & ~Q(questions__text=GONE)))
    return counted.order_by(F("held_on").desc(nulls_last=True), "-pk")


def promises_shown(dialogues: Collection[int]) -> dict[int, list[Promised]]:
    """What was promised at these dialogues as everybody may read it, by dialogue, with how far it is: of a
    conclusion that is for all, and not in answer to a question that was withheld. In two queries."""
    rows = named(Commitment.objects.filter(dialogue__in=dialogues, is_dropped=False))
    rows = rows.filter(dialogue__conclusion__classification=Classification.NORMAL, duty__isnull=False)
    rows = rows.exclude(question__is_withheld=True).select_related("duty").prefetch_related("duty__assignments")
    found: dict[int, list[Promised]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.dialogue_id].append(Promised(row.text, row.unit_name, row.due_on, task_state(row)))
    return found
