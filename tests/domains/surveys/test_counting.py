"""What sheets come to: counted right, and nothing of a small group to be found by anybody who can reckon."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from motbuoc.domains.surveys.building import Asking
from motbuoc.domains.surveys.counting import count_survey
from motbuoc.domains.surveys.figuring import REST, crossed_of, figures_of
from motbuoc.domains.surveys.models import (
    Survey,
    SurveyQuestion,
    SurveyResult,
    SurveySheet,
    SurveyText,
    SurveyToken,
)
from motbuoc.domains.surveys.sealing import CannotOpen
from motbuoc.domains.surveys.selectors import Answers, questions_in
from motbuoc.domains.surveys.tally import NONE, Tally
from motbuoc.domains.surveys.tokens import make_tokens
from motbuoc.foundation.core.errors import Refusal
from tests.domains.listening.attacks import possible
from tests.domains.surveys.test_surveys import GROUP, PLEASED, WHY, add, answer, made_by, opened_by, step
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def question(pk: int, kind: str, keys: str = "", rows: str = "", **more: Any) -> SurveyQuestion:
    pairs = [[key, f"Ý {key}"] for key in keys]
    return SurveyQuestion(pk=pk, kind=kind, text=f"Câu {pk}", options=pairs, rows=[[r, r] for r in rows], **more)


def tallied(questions: list[SurveyQuestion], sheets: list[Answers]) -> Tally:
    tally = Tally(questions)
    for at in range(0, len(sheets), 7):  # in chunks of any size
        tally.add(sheets[at : at + 7])
    return tally


def counts_of(figure: dict[str, Any]) -> dict[str, int | None]:
    return {key: cell and int(cell[0]) for key, cell in figure["cells"].items()}


def test_every_kind_of_question_is_added_up() -> None:
    group, scale = question(1, "single", "12", is_group=True), question(2, "scale", "12345")
    several, order = question(3, "multiple", "abc"), question(4, "ranking", "12")
    matrix, words = question(5, "matrix", "xy", "r"), question(6, "text")
    one: Answers = {"1": "1", "2": "4", "3": ["a", "b"], "4": ["2", "1"], "5": {"r": "x"}, "6": "Nóng"}
    other: Answers = {"1": "2", "2": "2", "3": ["a"], "4": ["1", "2"], "5": {"r": "y"}}
    tally = tallied([group, scale, several, order, matrix, words], [one] * 30 + [other] * 20)
    figures = figures_of(tally)
    assert counts_of(figures["1"]) == {"1": 30, "2": 20}
    assert counts_of(figures["2"]) == {"1": 0, "2": 20, "3": 0, "4": 30, "5": 0}
    assert (figures["2"]["mean"], figures["2"]["median"]) == (3.2, 4)
    assert counts_of(figures["3"]) == {"a": 50, "b": 30, "c": 0}
    assert figures["4"]["places"] == {"1": {"1": 20, "2": 30}, "2": {"1": 30, "2": 20}}
    assert figures["4"]["means"] == {"1": 1.6, "2": 1.4}
    assert counts_of(figures["5"]["rows"]["r"]) == {"x": 30, "y": 20}
    assert figures["6"]["answered"] == 30
    assert figures["1"]["cells"]["1"] == [30, 46.2, 72.4]  # Wilson's interval of 30 in 50
    crossed = crossed_of(tally, figures)
    assert crossed["1|2"]["cells"]["1"] == {"1": 0, "2": 0, "3": 0, "4": 30, "5": 0}
    assert crossed["1|3.b"]["cells"] == {"1": {"b": 30}, "2": {"b": 0}}
    assert crossed["1|5.r"]["cells"]["2"] == {"x": 0, "y": 20}


def test_fewer_sheets_than_the_smallest_group_show_nothing() -> None:
    tally = tallied([question(1, "single", "12")], [{"1": "1"}] * 4)
    assert figures_of(tally) == {}
    assert figures_of(tallied([question(1, "single", "12")], [])) == {}


def test_a_small_group_is_hidden_with_what_would_tell_it() -> None:
    sheets: list[Answers] = [{"1": "1"}] * 40 + [{"1": "2"}] * 3 + [{"1": "3"}] * 9
    (figure,) = figures_of(tallied([question(1, "single", "123")], sheets)).values()
    assert counts_of(figure) == {"1": 40, "2": None, "3": None}


def test_a_mean_does_not_tell_what_is_hidden() -> None:
    """Of six points two are hidden; the exact mean would say how many chose which of them."""
    sheets: list[Answers] = [{"2": "5"}] * 20 + [{"2": "1"}] * 2 + [{"2": "2"}] * 8
    figures = figures_of(tallied([question(2, "scale", "12345")], sheets))
    assert counts_of(figures["2"]) == {"1": None, "2": None, "3": 0, "4": 0, "5": 20}
    assert (figures["2"]["mean"], figures["2"]["median"]) == (None, 5)
    many: list[Answers] = [{"2": "5"}] * 2000 + [{"2": "1"}] * 2 + [{"2": "2"}] * 8
    assert figures_of(tallied([question(2, "scale", "12345")], many))["2"]["mean"] == 5  # it is the same for all


def test_a_question_asked_only_of_a_hidden_group_is_left_out() -> None:
    """Who was asked is one of those hidden and one of those shown together: their number would tell the first."""
    first = question(1, "single", "1234")
    second = question(2, "single", "12", shown_if=first, shown_for=["1", "2"])
    sheets: list[Answers] = [{"1": "1", "2": "1"}] * 40 + [{"1": "2", "2": "2"}] * 3 + [{"1": "3"}] * 9
    figures = figures_of(tallied([first, second], sheets))
    assert figures["2"] == {"withheld": True}
    third = question(3, "text", shown_if=second, shown_for=["1"])
    assert figures_of(tallied([first, second, third], sheets))["3"] == {"withheld": True}
    seen = question(2, "single", "12", shown_if=first, shown_for=["1"])
    assert counts_of(figures_of(tallied([first, seen], sheets[:40] + sheets[43:] * 2))["2"]) == {"1": 40, "2": 0}


def test_worlds_that_differ_in_a_small_group_look_alike() -> None:
    """Whether one, two or four are of a group, with as many fewer who cover them: nothing kept differs."""

    def world(count: int) -> tuple[Any, Any]:
        group, scale = question(1, "single", "123", is_group=True), question(2, "scale", "1234")
        of_group = ["1"] * 30 + ["2"] * count + ["3"] * (11 - count)
        sheets: list[Answers] = [{"1": g, "2": str(1 + at % 4)} for at, g in enumerate(of_group)]
        tally = tallied([group, scale], sheets)
        figures = figures_of(tally)
        return figures, crossed_of(tally, figures)

    assert world(1) == world(2) == world(4)
    assert world(5) != world(4)


@pytest.mark.parametrize("seed", range(12))
def test_nobody_works_a_small_count_out_of_all_that_is_shown(seed: int) -> None:
    """The attacker has every breakdown and every table, knows that a hidden number is at least 1, and reckons."""
    lot = random.Random(seed)
    group, scale = question(1, "single", "123", is_group=True), question(2, "scale", "1234")
    several = question(3, "multiple", "ab")
    sheets: list[Answers] = []
    for _each in range(lot.randint(20, 70)):
        sheet: Answers = {"1": lot.choices("123", (12, 3, 1))[0]}
        if lot.random() < 0.9:
            sheet["2"] = lot.choices("1234", (1, 2, 6, 9))[0]
        if lot.random() < 0.9:
            sheet["3"] = sorted(set(lot.choices("ab", k=2)))
        sheets.append(sheet)
    tally = tallied([group, scale, several], sheets)
    figures = figures_of(tally)
    crossed = crossed_of(tally, figures)
    groups = counts_of(figures["1"]) | {NONE: figures["1"]["none"]}
    points = counts_of(figures["2"]) | {NONE: figures["2"]["none"]}
    truth = {
        (g, p): sum(s.get("1") == g and s.get("2", "") == p for s in sheets)
        for g, p in product("123", [*"1234", ""])
    }
    cells = dict.fromkeys(product([*"123", NONE], [*"1234", NONE]))
    shown: dict[Any, int | None] = {("g", g): n for g, n in groups.items()} | {
        ("p", p): n for p, n in points.items()
    }
    shown |= cells
    lines: list[dict[Any, int]] = []
    for g in groups:
        lines.append({("g", g): -1} | {(g, p): 1 for p in points})
    for p in points:
        lines.append({("p", p): -1} | {(g, p): 1 for g in groups})
    shown["all"] = len(sheets)
    lines.append({"all": -1} | {("g", g): 1 for g in groups})
    if "1|2" in crossed:
        rest = {"g": [g for g, n in groups.items() if n is None], "p": [p for p, n in points.items() if n is None]}
        for g, row in crossed["1|2"]["cells"].items():
            for p, count in row.items():
                at = product(rest["g"] if g == REST else [g], rest["p"] if p == REST else [p])
                if count is not None:
                    shown["c", g, p] = count
                    lines.append({("c", g, p): -1} | dict.fromkeys(at, 1))
    for (g, p), count in truth.items():
        if 0 < count < 5:
            low, high = possible(shown, lines, (g, p), least=0)
            assert high - low >= 3, (seed, g, p, count, low, high)


def full(cast: Cast, people: int = 12, **more: Any) -> Survey:
    survey = opened_by(cast, ("single", GROUP), ("scale", PLEASED), ("text", WHY), **more)
    group, pleased, why = questions_in(survey)
    for at in range(people):
        said = {why.pk: f"Ý kiến {at}"} if at % 2 else {}
        answer(survey, {group.pk: "1" if at % 2 else "2", pleased.pk: str(1 + at % 5)} | said)
    return survey


def test_what_is_counted_is_destroyed(cast: Cast) -> None:
    survey = full(cast)
    assert count_survey(survey.pk) is None  # it is still open
    closed = step(cast, survey, "close_survey")
    with pytest.raises(Refusal, match="still being counted"):
        step(cast, closed, "publish_survey")
    result = count_survey(survey.pk)
    assert result
    assert result.answers == 12
    assert not SurveySheet.objects.exists()
    assert Survey.objects.get().box == ""  # what is left of them on a disk cannot be opened either
    again = count_survey(survey.pk)
    assert again
    assert again.pk == result.pk
    texts = list(SurveyText.objects.values_list("text", flat=True))
    assert sorted(texts) == sorted(f"Ý kiến {at}" for at in range(1, 12, 2))
    assert step(cast, survey, "publish_survey").state == "survey_published"
    group, *_rest = questions_in(survey)
    assert result.figures[str(group.pk)]["cells"]["1"][0] == 6


def test_of_too_few_nothing_is_kept_at_all(cast: Cast) -> None:
    survey = full(cast, people=4)
    step(cast, survey, "close_survey")
    count_survey(survey.pk)
    result = SurveyResult.objects.get()
    assert (result.answers, result.figures, result.crossed) == (0, {}, {})
    assert not SurveyText.objects.exists()


def test_tokens_are_gone_when_it_is_counted(cast: Cast) -> None:
    survey = opened_by(cast, ("scale", PLEASED), way="tokens")
    (pleased,) = questions_in(survey)
    for code in make_tokens(actor=cast.officer, survey=survey, version=survey.version, count=7):
        answer(survey, {pleased.pk: "3"}, token=code)
    step(cast, survey, "close_survey")
    count_survey(survey.pk)
    assert not SurveyToken.objects.exists()
    assert Survey.objects.get().population == 7


def test_sheets_that_cannot_be_opened_are_not_destroyed(cast: Cast, settings: Any) -> None:
    survey = full(cast)
    step(cast, survey, "close_survey")
    settings.SECRET_KEY = "another"
    with pytest.raises(CannotOpen):
        count_survey(survey.pk)
    assert SurveySheet.objects.count() == 12
    assert not SurveyResult.objects.exists()


def test_the_order_of_writing_is_lost(cast: Cast) -> None:
    """What was written in own words does not stand in the order in which it came, nor by its id."""
    survey = full(cast, people=60)
    step(cast, survey, "close_survey")
    count_survey(survey.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM motbuoc_surveytext")
        stored = [int(text.split()[-1]) for (text,) in cursor.fetchall()]
    assert stored != sorted(stored)
    by_id = [int(one.text.split()[-1]) for one in SurveyText.objects.order_by("pk")]
    assert by_id != sorted(by_id)


def test_a_branch_is_counted_with_its_question(cast: Cast) -> None:
    survey = made_by(cast, ("single", GROUP))
    (group,) = questions_in(survey)
    why = add(cast, survey, "scale", Asking("Vì sao?", shown_if=group.pk, shown_for=("1",)))
    survey = step(cast, survey, "open_survey")
    for _each in range(8):
        answer(survey, {group.pk: "1", why.pk: "2"})
        answer(survey, {group.pk: "2"})
    step(cast, survey, "close_survey")
    result = count_survey(survey.pk)
    assert result
    assert result.figures[str(why.pk)]["answered"] == 8
    assert result.figures[str(why.pk)]["none"] == 8
