"""Questions of dialogues, for whoever answers them. Of who asks nothing is known, so nothing of it is told."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from motbuoc.domains.dialogue import asking
from motbuoc.domains.dialogue.models import Question
from motbuoc.domains.dialogue.selectors import owed_by, question_steps_for, questions_for, questions_of
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.dialogues import seen_dialogue
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, steps_told, told

router = Router(tags=["questions of dialogues"])


class QuestionRow(Schema):
    """A question; `alike_id` is the one that answers for it, `unsolved` what its writer says is not solved."""

    id: int
    version: int
    dialogue_id: int
    number: int
    text: str
    origin: str
    channel: str
    asked_on: date
    supports: int
    alike_id: int | None
    state: str
    unit_id: int
    unit: str | None
    due_on: date | None
    handling: str
    answer: str
    answered_on: date | None
    reason: str
    unsolved: str
    is_shown: bool
    is_withheld: bool


class QuestionWhole(QuestionRow):
    """A question with the steps that can be taken."""

    steps: list[StepOffered]


class Seen(Schema):
    """The version that what is asked rests on."""

    version: int


class Answer(Seen):
    """An answer, and how the question was dealt with; `keeps`: what reads like a name in it is none."""

    text: Annotated[Words, Field(min_length=1, max_length=20_000, pattern=r"\S")]
    handling: Literal["on_the_spot", "in_writing", "raised"]
    is_withheld: bool = False
    keeps: bool = False


class ForwardTo(Seen):
    """The unit that can answer."""

    unit: int


class Aside(Seen):
    """Why a question is not dealt with here."""

    reason: Annotated[Words, Field(min_length=1, max_length=2000, pattern=r"\S")]


class AlikeTo(Seen):
    """The question that asks the same; None: it stands by itself."""

    other: int | None = None


class Shown(Seen):
    """Whether it stands on the public page."""

    is_shown: bool


@router.get(
    "/dialogues/{pk}/questions",
    response=Page[QuestionRow],
    summary="The questions of a dialogue",
    operation_id="question_list",
)
@asks(Action.VIEW_DIALOGUE)
def question_list(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """Those the person may see: what most support first, then as they came."""
    return page_of(questions_of(request.viewer, seen_dialogue(request, pk)), asked, _row)


@router.get("/questions/owed", response=Page[QuestionRow], summary="Answers owed", operation_id="questions_owed")
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def questions_owed(request: Caller, asked: Query[Paging]) -> Any:
    """The questions that wait for an answer of the person's units, the most urgent first."""
    return page_of(owed_by(request.viewer), asked, _row)


@router.get("/questions/{pk}", response=QuestionWhole, summary="One question", operation_id="question_detail")
@asks(Action.VIEW_DIALOGUE)
def question_detail(request: Caller, pk: int) -> Any:
    """A question with its answer and the steps that can be taken."""
    return _whole(request, pk)


@router.post(
    "/questions/{pk}/answer",
    response={200: QuestionWhole, **CHANGED},
    summary="Answer a question",
    operation_id="question_answer",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def question_answer(request: Caller, pk: int, asked: Answer) -> Any:
    """Answer it, or better its answer; whoever asked reads it by their receipt."""
    asking.answer_question(actor=request.viewer, question=_question(request, pk), **asked.dict())
    return _whole(request, pk)


@router.post(
    "/questions/{pk}/forward",
    response={200: QuestionWhole, **CHANGED},
    summary="Forward a question",
    operation_id="question_forward",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def question_forward(request: Caller, pk: int, asked: ForwardTo) -> Any:
    """Give it to the unit that can answer: one above, which is raising it, or one straight below."""
    unit_id = row_id(asked.unit) or 0
    asking.forward_question(
        actor=request.viewer, question=_question(request, pk), version=asked.version, unit_id=unit_id
    )
    return _whole(request, pk)


@router.post(
    "/questions/{pk}/aside",
    response={200: QuestionWhole, **CHANGED},
    summary="Set a question aside",
    operation_id="question_aside",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def question_aside(request: Caller, pk: int, asked: Aside) -> Any:
    """Say why it is not dealt with here; whoever asked reads the reason."""
    asking.set_aside(actor=request.viewer, question=_question(request, pk), **asked.dict())
    return _whole(request, pk)


@router.post(
    "/questions/{pk}/take-up",
    response={200: QuestionWhole, **CHANGED},
    summary="Take a question up again",
    operation_id="question_take_up",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def question_take_up(request: Caller, pk: int, asked: Seen) -> Any:
    """Deal with what was set aside after all."""
    asking.take_up_again(actor=request.viewer, question=_question(request, pk), version=asked.version)
    return _whole(request, pk)


@router.post(
    "/questions/{pk}/alike",
    response={200: QuestionWhole, **CHANGED},
    summary="Group a question with another",
    operation_id="question_alike",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def question_alike(request: Caller, pk: int, asked: AlikeTo) -> Any:
    """Let another question of the dialogue be answered for it too, or let it stand by itself."""
    question, other = _question(request, pk), None
    if asked.other is not None:
        other = questions_for(request.viewer).filter(pk=row_id(asked.other)).first()
        if other is None:
            raise Refusal(_("Choose another question of this dialogue, one that is not grouped itself."))
    asking.group_question(actor=request.viewer, question=question, version=asked.version, other=other)
    return _whole(request, pk)


@router.post(
    "/questions/{pk}/shown",
    response={200: QuestionWhole, **CHANGED},
    summary="Show a question on the public page",
    operation_id="question_shown",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def question_shown(request: Caller, pk: int, asked: Shown) -> Any:
    """Show it so that others can say they ask the same, or take it off."""
    asking.show_question(actor=request.viewer, question=_question(request, pk), **asked.dict())
    return _whole(request, pk)


def _question(request: Caller, pk: int) -> Question:
    question: Any = get_object_or_404(questions_for(request.viewer), pk=row_id(pk))
    shows(request, "question", pk, question.dialogue.unit_id)
    return question  # type: ignore[no-any-return]


def _row(question: Any) -> dict[str, Any]:
    return told(QuestionRow, question, unit=question.unit_name, supports=question.supported)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    question: Any = _question(request, pk)
    return {**_row(question), "steps": steps_told(question_steps_for(request.viewer, question))}
