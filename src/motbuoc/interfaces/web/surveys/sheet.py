"""A sheet on the screen: questions drawn from what was sent so far, and read back from it. No script is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html_join

from motbuoc.domains.surveys.answering import Wrong
from motbuoc.domains.surveys.models import SurveyQuestion
from motbuoc.domains.surveys.selectors import Answers

Kind = SurveyQuestion.Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen, under `name`."""

    name: str
    key: str
    words: str
    is_chosen: bool


@dataclass(slots=True)
class Row:
    """A row of choices: of a matrix, or what is put in its place of an order."""

    words: str
    choices: list[Choice]


@dataclass(slots=True)
class Drawn:
    """A question as it is drawn; `wrong` says why it wants another look, `found` what tells who somebody is."""

    question: SurveyQuestion
    number: int
    text: str
    name: str
    choices: list[Choice] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ends: tuple[str, str] = ("", "")
    value: str = ""
    wrong: str = ""
    found: Any = ""
    hint: str = ""


def name_of(question: SurveyQuestion, part: str = "") -> str:
    """What a question's answer is sent as, or that of one of its rows or options."""
    return f"q{question.pk}.{part}" if part else f"q{question.pk}"


def read(questions: Sequence[SurveyQuestion], sent: QueryDict) -> Answers:
    """The answers to these questions in what was sent; what is wrong with them `answering.checked` says."""
    return {str(question.pk): _read(question, sent) for question in questions}


def _read(question: SurveyQuestion, sent: QueryDict) -> Any:
    if question.kind == Kind.MULTIPLE:
        return sent.getlist(name_of(question))
    if question.kind == Kind.MATRIX:
        rows = {key: sent.get(name_of(question, key), "") for key, _words in question.rows}
        return {key: chosen for key, chosen in rows.items() if chosen}
    if question.kind == Kind.RANKING:
        return _read_order(question, sent)
    return str(sent.get(name_of(question), "")).replace("\x00", "")


def _read_order(question: SurveyQuestion, sent: QueryDict) -> list[str]:
    """The options by the places given to them; one whose places are not each used once is no order."""
    given = {key: str(sent.get(name_of(question, key), "")) for key in question.keys}
    if not any(given.values()):
        return []
    places = [str(at) for at in range(1, len(given) + 1)]
    if sorted(given.values()) != sorted(places):
        return ["?"]  # no option is called so: `answering` says what is wrong
    return sorted(given, key=lambda key: int(given[key]))


def drawn(
    questions: Sequence[SurveyQuestion],
    numbers: Mapping[int, int],
    language: str,
    sent: QueryDict | None = None,
) -> list[Drawn]:
    """The questions to be answered, in a language, with what was sent before."""
    data = sent if sent is not None else QueryDict()
    return [_drawn(question, numbers[question.pk], language, data) for question in questions]


def _drawn(question: SurveyQuestion, number: int, language: str, sent: QueryDict) -> Drawn:
    told, name = question.said(language), name_of(question)
    found = Drawn(question, number, told["text"], name)
    if question.kind == Kind.TEXT:
        found.value = str(sent.get(name, ""))
    elif question.kind == Kind.MATRIX:
        found.rows = [
            Row(words, _choices(name_of(question, key), told["options"], sent)) for key, words in told["rows"]
        ]
    elif question.kind == Kind.RANKING:
        places = [(str(at), str(at)) for at in range(1, len(question.options) + 1)]
        found.rows = [Row(words, _choices(name_of(question, key), places, sent)) for key, words in told["options"]]
    else:
        found.choices = _choices(name, told["options"], sent)
    if question.kind == Kind.SCALE:
        words = [said for _key, said in told["options"]]
        found.ends = (words[0], words[-1])
    return found


def _choices(name: str, options: Sequence[tuple[str, str]], sent: QueryDict) -> list[Choice]:
    chosen = sent.getlist(name)
    return [Choice(name, key, words, key in chosen) for key, words in options]


def carried(questions: Sequence[SurveyQuestion], sent: QueryDict) -> list[tuple[str, str]]:
    """What was sent for questions of other pages, to be sent along with this one."""
    parts = {question.pk: [key for key, _words in (*question.rows, *question.options)] for question in questions}
    names = [name_of(question) for question in questions]
    names += [name_of(question, part) for question in questions for part in parts[question.pk]]
    names += [f"keeps.{question.pk}" for question in questions]
    return [(name, value) for name in dict.fromkeys(names) for value in sent.getlist(name)]


def mark_wrong(drawn: list[Drawn], refusal: Wrong) -> None:
    """Say at each question why it wants another look."""
    for one in drawn:
        one.wrong = refusal.told.get(one.question.pk, "")
        spots = refusal.spots.get(one.question.pk, ())
        one.found = format_html_join(", ", "“{}”", ((spot.words,) for spot in spots))
