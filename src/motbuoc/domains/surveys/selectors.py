"""Reads of surveys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import F, FilteredRelation, QuerySet

from motbuoc.domains.listening.suppression import smallest_group
from motbuoc.domains.surveys.models import Survey, SurveyQuestion, SurveyResult
from motbuoc.domains.surveys.states import SURVEY_TRANSITIONS, SurveyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, known_on
from motbuoc.foundation.units.selectors import keeper_of

Answers = dict[str, Any]
"""What a sheet says, by the id of the question: the key of an option or a point; a list of keys, in the order of
preference for a ranking; for a matrix the key of an option by that of a row; or words."""


def _named(rows: Any) -> Any:
    dated = FilteredRelation("unit__versions", condition=known_on(clock.today(), "unit__versions__"))
    return rows.annotate(dated_unit=dated, unit_name=F("dated_unit__name"))


def surveys_for(viewer: Person) -> Any:
    """The surveys of units in reach, the latest first, each with its `unit_name`."""
    rows = Survey.objects.filter(policy.within_reach(viewer, Action.VIEW_SURVEY, "unit"))
    return _named(rows).order_by("-opens_on", "-pk")


def questions_for(viewer: Person) -> QuerySet[SurveyQuestion]:
    """The questions of all surveys that `viewer` sees."""
    seen = policy.within_reach(viewer, Action.VIEW_SURVEY, "survey__unit")
    return SurveyQuestion.objects.filter(seen).select_related("survey")


def asked_on(unit_id: int) -> int:
    """The unit on which a right is asked: the unit itself, or who goes on with what it left."""
    return keeper_of(unit_id, clock.today())


def may_hold(viewer: Person, survey: Survey) -> bool:
    """Whether `viewer` may build and hold this survey."""
    return policy.may_on(viewer, Action.HOLD_SURVEY, asked_on(survey.unit_id))


def may_note(viewer: Person, survey: Survey) -> bool:
    """Whether `viewer` may enter sheets that came on paper, today."""
    is_here = policy.may_on(viewer, Action.NOTE_SHEET, asked_on(survey.unit_id))
    return is_here and survey.takes_on(clock.today())


def units_to_survey_for(viewer: Person) -> Any:
    """The units for which `viewer` may hold surveys, by name."""
    units = policy.reach(viewer, Action.HOLD_SURVEY)
    return Unit.objects.on(clock.today()).filter(pk__in=units).order_by("name", "pk")


def steps_for(viewer: Person, survey: Survey) -> list[Transition]:
    """The steps that `viewer` may take on a survey now; one that has answers is not taken back, one that is not
    counted is not published."""
    if not may_hold(viewer, survey):
        return []
    steps = steps_from(SURVEY_TRANSITIONS, survey.state)
    is_begun, counted = has_answers(survey), result_of(survey)
    impossible = {
        "take_back_survey": is_begun,
        "publish_survey": counted is None,
    }
    return [step for step in steps if not impossible.get(step.name)]


def has_answers(survey: Survey) -> bool:
    """Whether anybody has answered: then it stays as it is."""
    return survey.state != SurveyState.DRAFT and survey.sheets.exists()


def answered_so_far(survey: Survey) -> int:
    """How many have answered at least: while it is open the number moves by whole smallest groups only, so that
    nobody who was seen to answer can be told from it."""
    least = smallest_group()
    return survey.sheets.count() // least * least


def questions_in(survey: Survey) -> list[SurveyQuestion]:
    """The questions of a survey, in order."""
    return list(survey.questions.order_by("position", "pk"))


def result_of(survey: Survey) -> SurveyResult | None:
    """What a survey came to, once it is counted; without the tables of two questions, which are read when
    asked."""
    return SurveyResult.objects.filter(survey=survey).defer("crossed").first()


def whole_result_of(survey: Survey) -> SurveyResult | None:
    """What a survey came to, with the tables of two questions."""
    return SurveyResult.objects.filter(survey=survey).first()


def open_to_all(address: str) -> Survey | None:
    """The survey behind a public address, once it is open; its page is for everybody."""
    rows = _named(Survey.objects.filter(address=address).exclude(state=SurveyState.DRAFT))
    found: Survey | None = rows.first()
    return found


def is_asked(question: SurveyQuestion, answers: Answers) -> bool:
    """Whether a question is asked of somebody who answered the earlier ones so."""
    if question.shown_if_id is None:
        return True
    given = answers.get(str(question.shown_if_id))
    chosen = given if isinstance(given, list) else [given]
    return any(key in question.shown_for for key in chosen)


def pages_of(questions: Sequence[SurveyQuestion]) -> list[list[SurveyQuestion]]:
    """The questions as they can be put before somebody without any script: a question that depends on an answer
    comes on a later page than what it depends on."""
    pages: list[list[SurveyQuestion]] = [[]]
    here: set[int] = set()
    for question in questions:
        if question.shown_if_id in here:
            pages.append([])
            here = set()
        pages[-1].append(question)
        here.add(question.pk)
    return pages


def conditions_for(questions: Collection[SurveyQuestion], before: int | None) -> list[SurveyQuestion]:
    """The questions on whose answer one at position `before` can depend (None: at the end)."""
    kinds = (SurveyQuestion.Kind.SINGLE, SurveyQuestion.Kind.MULTIPLE, SurveyQuestion.Kind.SCALE)
    return [one for one in questions if one.kind in kinds and (before is None or one.position < before)]
