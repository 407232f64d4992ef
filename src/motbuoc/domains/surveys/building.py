"""Writes to the questions of a survey that is being built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.surveys.models import TRANSLATED, Survey, SurveyQuestion
from motbuoc.domains.surveys.selectors import conditions_for, questions_in
from motbuoc.domains.surveys.services import built_by
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

Kind = SurveyQuestion.Kind
MOST_QUESTIONS, MOST_OPTIONS, MOST_ROWS, MOST_GROUPS = 60, 40, 20, 3
LEAST_POINTS, MOST_POINTS = 2, 11
WORDS = 300  # characters of an option or a row


@dataclass(frozen=True)
class Asking:
    """A question as it is wanted. `options` and `rows` are words in order; of a scale, the words of its `points`
    (the first and the last at least may have some). `shown_for` are keys of options of the question `shown_if`;
    `targets` how many are wanted, by the words of an option."""

    text: str
    options: Sequence[str] = ()
    rows: Sequence[str] = ()
    points: int = 5
    is_required: bool = True
    is_group: bool = False
    targets: Mapping[str, int] = field(default_factory=dict)
    shown_if: int | None = None
    shown_for: Sequence[str] = ()


@transaction.atomic
def add_question(
    *, actor: Person, survey: Survey, version: int | None, kind: str, asking: Asking
) -> SurveyQuestion:
    """Add a question at the end; `version` None: the survey was made in the same transaction.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the survey is no draft or has too many questions; words are missing, too many or twice the same;
            it depends on what is no earlier question with such options.
    """
    fresh = built_by(actor, survey, version)
    there = questions_in(fresh)
    if len(there) >= MOST_QUESTIONS:
        raise Refusal(
            _("A survey has at most %(most)s questions: few finish longer ones.") % {"most": MOST_QUESTIONS}
        )
    position = max((one.position for one in there), default=0) + 1
    question = SurveyQuestion(survey=fresh, position=position, kind=Kind(kind))
    _fill(question, asking, there)
    question.save()
    return _noted(actor, fresh, question, "add_survey_question")


@transaction.atomic
def change_question(*, actor: Person, question: SurveyQuestion, version: int, asking: Asking) -> SurveyQuestion:
    """Change a question; an option that keeps its words keeps what depends on it.

    Raises:
        NotAllowed, Collision, Refusal: as `add_question`; or a later question depends on an option that would go.
    """
    fresh = built_by(actor, question.survey, version)
    there = questions_in(fresh)
    mine = next(one for one in there if one.pk == question.pk)
    _fill(mine, asking, there)
    for later in there:
        if later.shown_if_id == mine.pk and not set(later.shown_for) <= set(mine.keys):
            told = {"question": later.text}
            raise Refusal(_("Whether “%(question)s” is asked depends on an answer that you take out.") % told)
    mine.save()
    return _noted(actor, fresh, mine, "change_survey_question")


def _noted(actor: Person, survey: Survey, question: SurveyQuestion, act: str) -> SurveyQuestion:
    survey.save()
    record(actor, Act(act, "survey", survey.pk, survey.unit_id, {"text": question.text, "kind": question.kind}))
    return question


def _fill(question: SurveyQuestion, asking: Asking, there: Sequence[SurveyQuestion]) -> None:
    kind, before = question.kind, question.text
    question.text = asking.text.strip()
    if not question.text:
        raise Refusal(_("Write the question."))
    question.options, question.rows = [], []
    if kind == Kind.SCALE:
        question.options = _scale(asking)
    elif kind != Kind.TEXT:
        question.options = _keyed(_before(question, "options"), asking.options, MOST_OPTIONS, least=2)
    if kind == Kind.MATRIX:
        question.rows = _keyed(_before(question, "rows"), asking.rows, MOST_ROWS, least=1)
    question.is_required = asking.is_required
    question.is_group = asking.is_group and kind == Kind.SINGLE
    if question.is_group and sum(one.is_group for one in there if one.pk != question.pk) >= MOST_GROUPS:
        raise Refusal(
            _("At most %(most)s questions ask for groups: more would tell who somebody is.")
            % {"most": MOST_GROUPS}
        )
    keys = {words: key for key, words in question.options}
    wanted = asking.targets if question.is_group else {}
    question.targets = {keys[words]: count for words, count in wanted.items() if words in keys and count}
    _depend(question, asking, there)
    _keep_translations(question, is_same=before == question.text)


def _keep_translations(question: SurveyQuestion, is_same: bool) -> None:
    """Let go of translations of what is not there any more."""
    kept = {}
    for language, told in question.words.items():
        left: dict[str, Any] = {"text": told["text"]} if is_same and "text" in told else {}
        for name, pairs in (("options", question.options), ("rows", question.rows)):
            keys = {key for key, _words in pairs}
            left[name] = {key: words for key, words in told.get(name, {}).items() if key in keys}
        kept[language] = {name: value for name, value in left.items() if value}
    question.words = kept


def _before(question: SurveyQuestion, name: str) -> list[list[str]]:
    """What the question has of that name now, in the database."""
    if question.pk is None:
        return []
    found: list[list[str]] = SurveyQuestion.objects.values_list(name, flat=True).get(pk=question.pk)
    return found


def _scale(asking: Asking) -> list[list[str]]:
    words = [one.strip() for one in asking.options]
    if not LEAST_POINTS <= asking.points <= MOST_POINTS:
        limits = {"least": LEAST_POINTS, "most": MOST_POINTS}
        raise Refusal(_("A scale has from %(least)s to %(most)s points.") % limits)
    if len(words) > asking.points or any(len(one) > WORDS for one in words):
        raise Refusal(_("A scale has words for its points at most, each in a line."))
    if len(words) == 2:  # the two ends
        words = [words[0], *[""] * (asking.points - 2), words[1]]
    words += [""] * (asking.points - len(words))
    return [[str(at), one] for at, one in enumerate(words, 1)]


def _keyed(before: list[list[str]], words: Sequence[str], most: int, least: int) -> list[list[str]]:
    """The words, each with its key: that which the same words had before, or a new one."""
    lines = [one.strip() for one in words if one.strip()]
    if not least <= len(lines) <= most or any(len(one) > WORDS for one in lines):
        limits = {"least": least, "most": most}
        raise Refusal(_("Write from %(least)s to %(most)s lines, one for each choice, none too long.") % limits)
    if len(set(lines)) < len(lines):
        raise Refusal(_("Two lines are the same: whoever answers could not tell them apart."))
    kept = {line: key for key, line in before}
    new = iter(range(1 + max((int(key) for key, _line in before), default=0), 10_000))
    return [[kept.get(line) or str(next(new)), line] for line in lines]


def _depend(question: SurveyQuestion, asking: Asking, there: Sequence[SurveyQuestion]) -> None:
    question.shown_if, question.shown_for = None, []
    if asking.shown_if is None:
        return
    earlier = {one.pk: one for one in conditions_for(there, question.position)}
    found = earlier.get(asking.shown_if)
    if found is None or not asking.shown_for or not set(asking.shown_for) <= set(found.keys):
        raise Refusal(_("Choose answers of one earlier question."))
    question.shown_if, question.shown_for = found, list(asking.shown_for)


@transaction.atomic
def move_question(*, actor: Person, question: SurveyQuestion, version: int, up: bool) -> SurveyQuestion:
    """Let a question change places with its neighbour; at the end of the row nothing happens.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the survey is no draft, or one of the two depends on the other.
    """
    fresh = built_by(actor, question.survey, version)
    there = questions_in(fresh)
    at = next(index for index, one in enumerate(there) if one.pk == question.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(there):
        first, second = there[min(at, other)], there[max(at, other)]
        if second.shown_if_id == first.pk:
            raise Refusal(_("One of the two is asked depending on the other: it has to come later."))
        there[at], there[other] = there[other], there[at]
        _number(there)
    return _noted(actor, fresh, question, "move_survey_question")


def _number(questions: Sequence[SurveyQuestion]) -> None:
    for position, one in enumerate(questions, 1):
        one.position = position
    SurveyQuestion.objects.bulk_update(questions, ["position"])


@transaction.atomic
def drop_question(*, actor: Person, question: SurveyQuestion, version: int) -> None:
    """Take a question out of a draft.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the survey is no draft, or another question depends on this one.
    """
    fresh = built_by(actor, question.survey, version)
    if later := question.leads_to.first():
        told = {"question": later.text}
        raise Refusal(_("Whether “%(question)s” is asked depends on this one. Change that first.") % told)
    _noted(actor, fresh, question, "drop_survey_question")
    question.delete()


@transaction.atomic
def translate_survey(
    *,
    actor: Person,
    survey: Survey,
    version: int,
    language: str,
    words: Mapping[str, str],
    of_questions: Mapping[int, Mapping[str, Any]],
) -> Survey:
    """Put a survey into one of its languages: `words` by name (`models.TRANSLATED`), those of questions by id:
    `text`, and `options` and `rows` in their order.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it is no draft or not held in that language; or of some question other than all its options are
            given.
    """
    fresh = built_by(actor, survey, version)
    if language not in fresh.languages:
        raise Refusal(_("Choose from what is offered."))
    told = {name: words.get(name, "").strip() for name in TRANSLATED}
    fresh.words = fresh.words | {language: {name: text for name, text in told.items() if text}}
    there = questions_in(fresh)
    for question in there:
        question.words = question.words | {language: _translated(question, of_questions.get(question.pk, {}))}
    SurveyQuestion.objects.bulk_update(there, ["words"])
    fresh.save()
    record(actor, Act("translate_survey", "survey", fresh.pk, fresh.unit_id, {"language": language}))
    return fresh


def _translated(question: SurveyQuestion, told: Mapping[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {"text": str(told.get("text", "")).strip()[:500]}
    for name, pairs in (("options", question.options), ("rows", question.rows)):
        new[name] = _matched(question, pairs, list(told.get(name, ())))
    return {name: value for name, value in new.items() if value}


def _matched(question: SurveyQuestion, pairs: list[list[str]], lines: list[str]) -> dict[str, str]:
    """A line for each option or row that has words, in their order."""
    keys = [key for key, words in pairs if words]
    given = [line.strip()[:WORDS] for line in lines if line.strip()]
    if given and len(given) != len(keys):
        told = {"question": question.text, "count": len(keys)}
        raise Refusal(_("“%(question)s” needs %(count)s lines, one for each choice in its order.") % told)
    return dict(zip(keys, given, strict=False))
