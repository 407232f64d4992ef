"""Surveys: built, opened, closed, published; what they came to once they are closed. People answer on pages."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.surveys import building, services
from motbuoc.domains.surveys.building import MOST_OPTIONS, MOST_QUESTIONS, MOST_ROWS, Asking
from motbuoc.domains.surveys.models import Survey, SurveyQuestion
from motbuoc.domains.surveys.results import NONE, REST, Block, crossed_of, told_of
from motbuoc.domains.surveys.selectors import (
    may_hold,
    questions_in,
    steps_for,
    surveys_for,
    units_to_survey_for,
    whole_result_of,
)
from motbuoc.domains.surveys.services import SurveyPlan
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, steps_told, told
from motbuoc.interfaces.jobs.surveys import ask_to_count

router = Router(tags=["surveys"])
Line = Annotated[Words, Field(max_length=300)]


class SurveyRow(Schema):
    """A survey; `way` says who may answer, `population` how many are asked, `address` that of its public page."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    title: str
    purpose: str
    basis: str
    opens_on: date
    closes_on: date
    way: str
    population: int | None
    state: str
    address: str
    closed_on: date | None
    published_on: date | None


class SurveyOption(Schema):
    """What can be chosen, by its key."""

    key: str
    words: str


class SurveyQuestionTold(Schema):
    """A question; `shown_if_id` is the earlier one on whose answers `shown_for` it depends."""

    id: int
    kind: str
    text: str
    options: list[SurveyOption]
    rows: list[SurveyOption]
    is_required: bool
    is_group: bool
    shown_if_id: int | None
    shown_for: list[str]


class SurveyWhole(SurveyRow):
    """A survey with its questions and the steps that can be taken."""

    introduction: str
    consent: str
    languages: list[str]
    questions: list[SurveyQuestionTold]
    steps: list[StepOffered]


class SurveyTarget(Schema):
    """How many are wanted who choose something."""

    words: Line
    wanted: Annotated[int, Field(ge=1, le=100_000_000)]


class SurveyAsking(Schema):
    """A question of a new survey. `after` is the place (1 for the first) of the earlier question on which it
    depends, `answers` are the words of those of its answers for which it is asked, of a scale its points."""

    kind: Literal["single", "multiple", "scale", "ranking", "matrix", "text"]
    text: Annotated[Words, Field(min_length=1, max_length=500, pattern=r"\S")]
    options: Annotated[list[Line], Field(max_length=MOST_OPTIONS)] = []
    rows: Annotated[list[Line], Field(max_length=MOST_ROWS)] = []
    points: int = 5
    is_required: bool = True
    is_group: bool = False
    targets: Annotated[list[SurveyTarget], Field(max_length=MOST_OPTIONS)] = []
    after: int | None = None
    answers: Annotated[list[Line], Field(max_length=MOST_OPTIONS)] = []


class SurveyAsked(Schema):
    """A survey of a unit, to be built with its questions."""

    unit: int
    title: Annotated[Words, Field(min_length=1, max_length=300, pattern=r"\S")]
    purpose: Annotated[Words, Field(min_length=1, max_length=500, pattern=r"\S")]
    consent: Annotated[Words, Field(min_length=1, max_length=500, pattern=r"\S")]
    opens_on: Day
    closes_on: Day
    introduction: Annotated[Words, Field(max_length=4000)] = ""
    basis: Annotated[Words, Field(max_length=300)] = ""
    way: Literal["open", "tokens"] = "open"
    population: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    questions: Annotated[list[SurveyAsking], Field(max_length=MOST_QUESTIONS)] = []


class SurveyStep(Schema):
    """A step: `open_survey`, `take_back_survey`, `close_survey` or `publish_survey`."""

    version: int
    step: Words


class SurveyLine(Schema):
    """How many chose something: `count` None is hidden. `share`, `low` and `high` in percent; of a ranking `mean`
    is the mean place."""

    key: str
    words: str
    count: int | None
    share: float | None
    low: float | None
    high: float | None
    mean: float | None
    target: int | None


class SurveyBlock(Schema):
    """One breakdown, of a question or of a row of a matrix (`words`). `none` did not answer or was not asked."""

    words: str
    lines: list[SurveyLine]
    none: int | None
    answered: int | None
    mean: float | None
    median: float | None


class SurveyFigures(Schema):
    """What a question came to; withheld where the number of those asked would tell a small group."""

    question_id: int
    text: str
    is_withheld: bool
    answered: int | None
    blocks: list[SurveyBlock]


class SurveyResults(Schema):
    """What a survey came to; no questions where fewer answered than the smallest group."""

    answers: int
    population: int | None
    questions: list[SurveyFigures]


class SurveyPair(Schema):
    """A question by what group somebody is of."""

    group: int
    other: int


class SurveyTableRow(Schema):
    """A group, and its counts in the order of the columns; None is hidden."""

    words: str
    cells: list[int | None]


class SurveyTable(Schema):
    """A table of two questions; `part` is the row of a matrix."""

    part: str
    columns: list[str]
    rows: list[SurveyTableRow]


@router.get("/surveys", response=Page[SurveyRow], summary="Surveys", operation_id="survey_list")
@asks(Action.VIEW_SURVEY)
def survey_list(request: Caller, asked: Query[Paging]) -> Any:
    """The surveys of units in reach, the latest first."""
    return page_of(surveys_for(request.viewer), asked, lambda one: told(SurveyRow, one, unit=one.unit_name))


@router.get("/surveys/{pk}", response=SurveyWhole, summary="One survey", operation_id="survey_detail")
@asks(Action.VIEW_SURVEY)
def survey_detail(request: Caller, pk: int) -> Any:
    """A survey with its questions and the steps that can be taken; nothing of what is answered."""
    return _whole(request, pk)


@router.post(
    "/surveys", response={201: SurveyWhole, 422: Problem}, summary="Build a survey", operation_id="survey_make"
)
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_make(request: Caller, asked: SurveyAsked) -> Any:
    """Build a survey of a unit with all its questions; it is opened by a step."""
    if not units_to_survey_for(request.viewer).filter(pk=row_id(asked.unit)).exists():
        _not_here()
    with transaction.atomic():
        plan = SurveyPlan(**asked.dict(exclude={"unit", "questions"}))
        made = services.make_survey(actor=request.viewer, unit_id=asked.unit, plan=plan)
        for each in asked.questions:
            _add(request, made, each)
    return Status(201, _whole(request, made.pk))


def _add(request: Caller, survey: Survey, asked: SurveyAsking) -> None:
    there = questions_in(survey)
    earlier = there[asked.after - 1] if asked.after and 0 < asked.after <= len(there) else None
    if asked.after and earlier is None:
        raise Refusal(_("Choose answers of one earlier question."))
    words = {said or key: key for key, said in earlier.options} if earlier else {}
    asking = Asking(
        asked.text,
        asked.options,
        asked.rows,
        points=asked.points,
        is_required=asked.is_required,
        is_group=asked.is_group,
        targets={one.words: one.wanted for one in asked.targets},
        shown_if=earlier.pk if earlier else None,
        shown_for=[words.get(one, one) for one in asked.answers],
    )
    building.add_question(actor=request.viewer, survey=survey, version=None, kind=asked.kind, asking=asking)


@router.post(
    "/surveys/{pk}/steps",
    response={200: SurveyWhole, **CHANGED},
    summary="Open, close or publish a survey",
    operation_id="survey_step",
)
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_step(request: Caller, pk: int, asked: SurveyStep) -> Any:
    """Take one of the offered steps; one that is closed is counted in the background."""
    survey = _seen(request, pk)
    if not may_hold(request.viewer, survey):
        _not_here()
    services.take_survey_step(actor=request.viewer, survey=survey, version=asked.version, name=asked.step)
    if asked.step == "close_survey":
        ask_to_count(survey.pk)
    return _whole(request, pk)


@router.get(
    "/surveys/{pk}/results",
    response={200: SurveyResults, 422: Problem},
    summary="What a survey came to",
    operation_id="survey_results",
)
@asks(Action.VIEW_SURVEY)
def survey_results(request: Caller, pk: int) -> Any:
    """What may be shown, once it is closed and counted; before, nobody is told anything."""
    survey = _seen(request, pk)
    result = _counted(survey)
    figures = told_of(questions_in(survey), result) if result.figures else []
    questions = [
        {
            "question_id": one.question.pk,
            "text": one.text,
            "is_withheld": one.is_withheld,
            "answered": one.answered,
            "blocks": [_block(block) for block in one.blocks],
        }
        for one in figures
    ]
    return {"answers": result.answers, "population": survey.population, "questions": questions}


@router.get(
    "/surveys/{pk}/crossed",
    response={200: list[SurveyTable], 422: Problem},
    summary="A question of a survey by group",
    operation_id="survey_crossed",
)
@asks(Action.VIEW_SURVEY)
def survey_crossed(request: Caller, pk: int, asked: Query[SurveyPair]) -> Any:
    """The tables of a question by what group somebody is of: one, one for each row of a matrix, or none."""
    survey = _seen(request, pk)
    names = {NONE: _("Not answered"), REST: _("Others, taken together")}
    tables = crossed_of(questions_in(survey), _counted(survey), asked.group, asked.other, names)
    return [
        {
            "part": table.part,
            "columns": table.columns,
            "rows": [{"words": words, "cells": cells} for words, cells in table.rows],
        }
        for table in tables
    ]


def _not_here() -> None:
    raise NotAllowed(_("Your role does not allow this here: %(action)s.") % {"action": Action.HOLD_SURVEY.label})


def _seen(request: Caller, pk: int) -> Any:
    survey: Any = get_object_or_404(surveys_for(request.viewer), pk=row_id(pk))
    shows(request, "survey", pk, survey.unit_id)
    return survey


def _counted(survey: Survey) -> Any:
    result = whole_result_of(survey)
    if result is None:
        raise Refusal(_("The results are hidden while the survey is open."))
    return result


def _block(block: Block) -> dict[str, Any]:
    names = ("key", "words", "count", "share", "low", "high", "mean", "target")
    lines = [{name: getattr(line, name) for name in names} for line in block.lines]
    kept = {name: getattr(block, name) for name in ("words", "none", "answered", "mean", "median")}
    return kept | {"lines": lines}


def _question(question: SurveyQuestion) -> dict[str, Any]:
    pairs = {
        name: [{"key": key, "words": words} for key, words in getattr(question, name)]
        for name in ("options", "rows")
    }
    return told(SurveyQuestionTold, question, **pairs)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    survey = _seen(request, pk)
    questions = [_question(one) for one in questions_in(survey)]
    steps = steps_told(steps_for(request.viewer, survey))
    return told(SurveyWhole, survey, unit=survey.unit_name, questions=questions, steps=steps)
