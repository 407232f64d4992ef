"""Reads of dialogues."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet

from motbuoc.domains.dialogue.models import Commitment, Dialogue, DialogueRule, Question
from motbuoc.domains.dialogue.states import (
    AWAITS,
    DIALOGUE_TRANSITIONS,
    GONE,
    QUESTION_TRANSITIONS,
    TAKES_QUESTIONS,
    DialogueState,
    QuestionState,
)
from motbuoc.domains.listening.privacy import About
from motbuoc.domains.listening.receipts import digest_of
from motbuoc.domains.listening.suppression import seen, shown, smallest_group
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, known_on
from motbuoc.foundation.units.selectors import above, keeper_of

MOST_BELOW = 300  # units straight below that a question can be forwarded to from a list


def named(rows: Any, path: str = "unit", name: str = "unit_name") -> Any:
    """The rows, each with the name that the unit at `path` has today or had last."""
    dated = FilteredRelation(f"{path}__versions", condition=known_on(clock.today(), f"{path}__versions__"))
    return rows.annotate(**{f"dated_{name}": dated, name: F(f"dated_{name}__name")})


def dialogues_for(viewer: Person) -> Any:
    """The dialogues of units in reach, and those whose questions these answer, each with its `unit_name`."""
    asked_here = Question.objects.filter(policy.within_reach(viewer, Action.VIEW_DIALOGUE, "unit")).order_by()
    seen = policy.within_reach(viewer, Action.VIEW_DIALOGUE, "unit") | Q(pk__in=asked_here.values("dialogue"))
    return named(Dialogue.objects.filter(seen)).select_related("rule").order_by("-planned_on", "-pk")


def questions_for(viewer: Person) -> Any:
    """The questions of dialogues of units in reach, and those that these answer, each with its `unit_name`."""
    seen = policy.within_reach(viewer, Action.VIEW_DIALOGUE, "dialogue__unit")
    seen |= policy.within_reach(viewer, Action.VIEW_DIALOGUE, "unit")
    return named(Question.objects.filter(seen)).select_related("dialogue").order_by("dialogue", "number")


def questions_of(viewer: Person, dialogue: Dialogue) -> Any:
    """The questions of a dialogue that `viewer` may see: what most support first, then as they came."""
    return questions_for(viewer).filter(dialogue=dialogue).order_by(*_most_supported())


def _most_supported() -> tuple[Any, ...]:
    """The order in which questions stand: by who asks the same, in whole groups as it is shown, then as they
    came.
    """
    return (F("supports") / smallest_group()).desc(), "number"


def owed_by(viewer: Person) -> Any:
    """The questions that wait for an answer of a unit for which `viewer` may answer, the most urgent first."""
    here = policy.within_reach(viewer, Action.HOLD_DIALOGUE, "unit")
    waiting = questions_for(viewer).filter(here, state__in=AWAITS, alike=None)
    return waiting.order_by(F("due_on").asc(nulls_last=True), "pk")


def rules_for(viewer: Person) -> QuerySet[DialogueRule]:
    """The rules that hold for units in reach: of these, and of units above them."""
    held = policy.granted_units(viewer, Action.VIEW_DIALOGUE)
    over = UnitClosure.objects.filter(in_force(clock.today()), descendant__in=held).values("ancestor")
    return DialogueRule.objects.filter(
        policy.within_reach(viewer, Action.VIEW_DIALOGUE, "unit") | Q(unit__in=over)
    )


def rules_kept_by(viewer: Person) -> QuerySet[DialogueRule]:
    """The rules of units in reach."""
    return DialogueRule.objects.filter(policy.within_reach(viewer, Action.VIEW_DIALOGUE, "unit"))


def rules_of(unit_id: int, day: date) -> QuerySet[DialogueRule]:
    """The rules by which a unit holds dialogues: for its kind, of it or of a unit above it."""
    units = [unit_id, *(unit.pk for unit in above(unit_id, day))]
    kind = Unit.objects.known_by(day).get(pk=unit_id).kind
    of_kind = [rule.pk for rule in DialogueRule.objects.filter(unit__in=units) if kind in rule.kinds]
    return DialogueRule.objects.filter(pk__in=of_kind)


def units_to_hold_for(viewer: Person) -> Any:
    """The units for which `viewer` may plan and hold dialogues, by name."""
    day = clock.today()
    units = policy.reach(viewer, Action.HOLD_DIALOGUE)
    return Unit.objects.on(day).filter(pk__in=units).order_by("name", "pk")


def may_hold(viewer: Person, dialogue: Dialogue) -> bool:
    """Whether `viewer` may plan and hold this dialogue: for its unit, or for who keeps what that left."""
    return policy.may_on(viewer, Action.HOLD_DIALOGUE, asked_on(dialogue.unit_id))


def may_answer(viewer: Person, question: Question) -> bool:
    """Whether `viewer` may answer a question: for the unit it is with."""
    return policy.may_on(viewer, Action.HOLD_DIALOGUE, asked_on(question.unit_id))


def may_note(viewer: Person, dialogue: Dialogue) -> bool:
    """Whether `viewer` may enter questions that came on paper."""
    return dialogue.state in TAKES_QUESTIONS and policy.may_on(
        viewer, Action.NOTE_QUESTION, asked_on(dialogue.unit_id)
    )


def asked_on(unit_id: int) -> int:
    """The unit on which a right is asked: the unit itself, or who goes on with what it left."""
    return keeper_of(unit_id, clock.today())


def steps_for(viewer: Person, dialogue: Dialogue) -> list[Transition]:
    """The steps that `viewer` may take on a dialogue now."""
    return steps_from(DIALOGUE_TRANSITIONS, dialogue.state) if may_hold(viewer, dialogue) else []


def question_steps_for(viewer: Person, question: Question) -> list[Transition]:
    """The steps that `viewer` may take on a question now; what was grouped is answered with its group."""
    if question.alike_id or not may_answer(viewer, question):
        return []
    return steps_from(QUESTION_TRANSITIONS, question.state)


def who_may_answer(question: Question) -> Any:
    """The units that a question can be forwarded to: those above the dialogue's unit, it, and those straight
    below."""
    day = clock.today()
    unit_id = asked_on(question.dialogue.unit_id)
    over = [unit_id, *(unit.pk for unit in above(unit_id, day))]
    below = UnitClosure.objects.filter(in_force(day), ancestor=unit_id, depth=1, is_archive=False)
    under = list(below.values_list("descendant_id", flat=True)[:MOST_BELOW])
    return Unit.objects.on(day).filter(pk__in=[*over, *under]).order_by("name", "pk")


def who_may_do(dialogue: Dialogue) -> Any:
    """The units that can be given what was promised: the dialogue's and those below it, by name."""
    day = clock.today()
    below = policy.below([asked_on(dialogue.unit_id)], day, archives=False)
    return Unit.objects.on(day).filter(pk__in=below).order_by("name", "pk")


def about(question: Question) -> About:
    """What `listening.privacy` has to know of a question to find what is sealed of it."""
    return About("question", question.pk, question.receipt, question.unit_id)


def found_by_receipt(typed: str) -> Question | None:
    """The question whose receipt has the code that somebody typed; whoever knows the code may see it."""
    digest = digest_of(typed)
    if digest is None:
        return None
    rows = named(Question.objects.filter(receipt=digest).select_related("dialogue__rule", "alike"))
    found: Question | None = named(rows, "dialogue__unit", "held_by").first()
    return found


def open_to_all(address: str) -> Dialogue | None:
    """The dialogue behind a public address, once it was announced; its page is for everybody."""
    hidden = (DialogueState.PLANNED, DialogueState.CALLED_OFF)
    rows = named(Dialogue.objects.filter(address=address).exclude(state__in=hidden)).select_related("rule")
    found: Dialogue | None = rows.first()
    return found


def shown_to_all(dialogue: Dialogue) -> QuerySet[Question]:
    """The questions and answers that stand on a dialogue's public page: once published, what was answered and not
    withheld."""
    if dialogue.state != DialogueState.PUBLISHED:
        return Question.objects.none()
    rows = Question.objects.filter(dialogue=dialogue, state=QuestionState.ANSWERED, alike=None, is_withheld=False)
    return rows.exclude(text=GONE).order_by("number")


def commitments_of(dialogue: Dialogue) -> Any:
    """What was promised at a dialogue, each with the `unit_name` of who does it, and its assignment if issued."""
    rows = named(Commitment.objects.filter(dialogue=dialogue, is_dropped=False))
    return rows.select_related("question").prefetch_related("duty__assignments").order_by("pk")


class Came(NamedTuple):
    """How many came to a dialogue and of which groups, by name; None where it is not shown of how few."""

    total: int | None
    groups: list[tuple[str, int | None]]


def came(dialogue: Dialogue) -> Came:
    """How many came to a dialogue, as far as it may be shown."""
    counts = {row.get_group_display(): row.count for row in dialogue.attendances.all()}
    return Came(seen(sum(counts.values())), list(shown(counts).items()))


def late_to_publish(dialogue: Dialogue) -> bool:
    """Whether the results should have been published by now."""
    by = dialogue.publish_by
    return dialogue.state != DialogueState.PUBLISHED and by is not None and by < clock.today()


def commitments_for(viewer: Person) -> QuerySet[Commitment]:
    """What was promised at all dialogues that `viewer` may see."""
    seen = dialogues_for(viewer).order_by().values("pk")
    return Commitment.objects.filter(dialogue__in=seen, is_dropped=False).select_related("dialogue")


def to_be_supported(dialogue: Dialogue) -> QuerySet[Question]:
    """The questions that stand on a dialogue's public page to be supported: those that a person has looked at."""
    if dialogue.state not in TAKES_QUESTIONS:
        return Question.objects.none()
    rows = Question.objects.filter(dialogue=dialogue, alike=None, is_shown=True).exclude(state=QuestionState.ASIDE)
    return rows.select_related("dialogue").order_by(*_most_supported())


class Promised(NamedTuple):
    """What was promised to whoever asked: the words, by which unit, until when, and how far it is."""

    text: str
    unit_name: str
    due_on: date
    state: str


def promised_to(question: Question) -> list[Promised]:
    """What was promised in answer to a question, for whoever holds its receipt: what stands in the conclusion, and
    how far the task that came of it is; nothing else of the task."""
    rows = commitments_of(question.dialogue).filter(question=question)
    return [Promised(row.text, row.unit_name, row.due_on, task_state(row)) for row in rows]


def task_state(commitment: Commitment) -> str:
    """How far the task is that came of what was promised; empty before it was given."""
    tasks = commitment.duty.assignments.all() if commitment.duty else ()
    return next((task.state for task in tasks), "")
