"""Writes to surveys: made, changed while a draft, opened, closed, published, copied."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.surveys.models import LANGUAGES, TRANSLATED, Survey, SurveyQuestion
from motbuoc.domains.surveys.selectors import asked_on, has_answers, questions_in, result_of
from motbuoc.domains.surveys.states import SURVEY_TRANSITIONS, SurveyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person


@dataclass(frozen=True)
class SurveyPlan:
    """What a survey is about (`models.Survey`)."""

    title: str
    purpose: str
    consent: str
    opens_on: date
    closes_on: date
    introduction: str = ""
    basis: str = ""
    languages: tuple[str, ...] = ()
    way: str = Survey.Way.OPEN
    population: int | None = None


@transaction.atomic
def make_survey(*, actor: Person, unit_id: int, plan: SurveyPlan) -> Survey:
    """Begin a survey of a unit; its questions are added next.

    Raises:
        NotAllowed: the actor does not hold surveys for that unit.
        Refusal: the days are in the wrong order or not of work's years, or a language is none that is offered.
    """
    policy.require(actor, Action.HOLD_SURVEY, unit_id)
    survey = Survey.objects.create(unit_id=unit_id, made_by=actor, **_fresh_keys(), **_columns(plan))
    values = {"title": plan.title, "opens_on": plan.opens_on.isoformat(), "closes_on": plan.closes_on.isoformat()}
    record(actor, Act("make_survey", "survey", survey.pk, unit_id, values))
    return survey


def _fresh_keys() -> dict[str, str]:
    return {"address": secrets.token_hex(5), "box": secrets.token_hex(32)}


def _columns(plan: SurveyPlan) -> dict[str, Any]:
    if not all(clock.FIRST_DAY <= day <= clock.LAST_DAY for day in (plan.opens_on, plan.closes_on)):
        raise Refusal(_("Give a day between the years 1900 and 2200."))
    if plan.closes_on < plan.opens_on:
        raise Refusal(_("A survey closes on the day it opens or later."))
    if set(plan.languages) - set(LANGUAGES) or plan.way not in Survey.Way.values:
        raise Refusal(_("Choose from what is offered."))
    return asdict(plan) | {"languages": list(plan.languages)}


@transaction.atomic
def change_survey(*, actor: Person, survey: Survey, version: int, plan: SurveyPlan) -> Survey:
    """Change what a survey is about, while it is being built.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it is no draft any more; as `make_survey`.
    """
    fresh = built_by(actor, survey, version)
    new = _columns(plan)
    values = {name: [getattr(fresh, name), value] for name, value in new.items() if getattr(fresh, name) != value}
    for name, value in new.items():
        setattr(fresh, name, value)
    fresh.save()
    told = {name: [_plain(before), _plain(after)] for name, (before, after) in values.items()}
    record(actor, Act("change_survey", "survey", fresh.pk, fresh.unit_id, told))
    return fresh


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def held_by(actor: Person, survey: Survey, version: int | None) -> Survey:
    """The survey, claimed, if `actor` holds it."""
    policy.require(actor, Action.HOLD_SURVEY, asked_on(survey.unit_id))
    return claim(survey, version)


def built_by(actor: Person, survey: Survey, version: int | None) -> Survey:
    """The survey, claimed to be changed, if `actor` holds it and it is still a draft.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it is open or closed: what people answer must stay what they were asked.
    """
    fresh = held_by(actor, survey, version)
    if fresh.state != SurveyState.DRAFT:
        raise Refusal(
            _("It is not being built any more: what people were asked stays as it was. Copy it as a new one.")
        )
    return fresh


@transaction.atomic
def take_survey_step(*, actor: Person, survey: Survey, version: int, name: str) -> Survey:
    """Open a survey, take it back, close or publish it. Whoever closes it has it counted (`counting`).

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: not possible now; it has no question, or its last day is over; it has answers and cannot be taken
            back; it is not counted and cannot be published.
    """
    fresh = held_by(actor, survey, version)
    transition = step(SURVEY_TRANSITIONS, name, fresh.state)
    if name == "open_survey":
        _check_ready(fresh)
    if name == "take_back_survey" and has_answers(fresh):
        raise Refusal(_("Somebody has answered: the survey stays as it is. Close it, or copy it as a new one."))
    if name == "close_survey":
        fresh.closed_on = clock.today()
    if name == "publish_survey":
        if result_of(fresh) is None:
            raise Refusal(_("It is still being counted. Try again in a moment."))
        fresh.published_on = clock.today()
    before, fresh.state = fresh.state, transition.target
    fresh.save()
    record(actor, Act(name, "survey", fresh.pk, fresh.unit_id, {"state": [before, transition.target]}))
    return fresh


def _check_ready(survey: Survey) -> None:
    if not survey.questions.exists():
        raise Refusal(_("Add a question first."))
    if survey.closes_on < clock.today():
        raise Refusal(_("Its last day is over. Give it a later one first."))


@transaction.atomic
def copy_survey(*, actor: Person, survey: Survey) -> Survey:
    """Begin a new draft with the words and questions of a survey; nothing of its answers.

    Raises:
        NotAllowed: the actor does not hold surveys for its unit.
    """
    unit_id = asked_on(survey.unit_id)
    policy.require(actor, Action.HOLD_SURVEY, unit_id)
    today = clock.today()
    length = survey.closes_on - survey.opens_on
    copied = {name: getattr(survey, name) for name in (*TRANSLATED, "basis", "languages", "words", "way")}
    days = {"opens_on": today, "closes_on": min(today + length, clock.LAST_DAY)}
    made = Survey.objects.create(
        unit_id=unit_id, made_by=actor, population=survey.population, **_fresh_keys(), **copied, **days
    )
    _copy_questions(survey, made)
    record(actor, Act("copy_survey", "survey", made.pk, unit_id, {"title": made.title, "from": survey.pk}))
    return made


def _copy_questions(survey: Survey, made: Survey) -> None:
    names = (
        "position",
        "kind",
        "text",
        "options",
        "rows",
        "is_required",
        "is_group",
        "targets",
        "shown_for",
        "words",
    )
    new: dict[int | None, SurveyQuestion] = {}
    for question in questions_in(survey):
        values = {name: getattr(question, name) for name in (*names, "words")}
        earlier = new.get(question.shown_if_id)
        new[question.pk] = SurveyQuestion.objects.create(survey=made, shown_if=earlier, **values)
