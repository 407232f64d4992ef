"""Programs build and hold surveys, and read what they came to, no sooner and no more than a page tells."""

from __future__ import annotations

import pytest

from motbuoc.domains.surveys.counting import count_survey
from motbuoc.domains.surveys.models import Survey
from motbuoc.domains.surveys.selectors import questions_in
from motbuoc.foundation.core import clock
from tests.domains.surveys.test_surveys import answer
from tests.factories import Cast
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {
        "kind": "single",
        "text": "Là",
        "options": ["Công nhân", "Khác"],
        "is_group": True,
        "targets": [{"words": "Công nhân", "wanted": 9}],
    },
    {"kind": "scale", "text": "Hài lòng", "options": ["Kém", "Tốt"]},
    {"kind": "text", "text": "Vì sao?", "is_required": False, "after": 2, "answers": ["Kém", "2"]},
]


def asked(cast: Cast, **more) -> dict:
    today = clock.today().isoformat()
    words = {"title": "Nơi làm việc", "purpose": "Sửa", "consent": "Đồng ý"}
    return {"unit": cast.bloc.pk, **words, "opens_on": today, "closes_on": today, "questions": QUESTIONS, **more}


def test_a_survey_is_built_held_and_read(cast: Cast) -> None:
    officer = Program(cast.officer)
    made = officer.send("surveys", 201, **asked(cast))
    path = f"surveys/{made['id']}"
    assert made["questions"][2]["shown_for"] == ["1", "2"]
    assert officer.ask("surveys")["total"] == 1
    officer.ask(f"{path}/results", 422)
    opened = officer.send(f"{path}/steps", version=made["version"], step="open_survey")
    survey = Survey.objects.get()
    group, scale, _why = questions_in(survey)
    for at in range(14):
        answer(survey, {group.pk: "2" if at < 2 else "1", scale.pk: "5" if at % 2 else "3"})
    told = officer.ask(f"{path}/results", 422)
    assert "14" not in str(told)
    closed = officer.send(f"{path}/steps", version=opened["version"], step="close_survey")
    count_survey(survey.pk)
    results = officer.ask(f"{path}/results")
    assert results["answers"] == 14
    figures = {one["text"]: one for one in results["questions"]}
    assert [line["count"] for line in figures["Là"]["blocks"][0]["lines"]] == [None, None]
    assert figures["Hài lòng"]["blocks"][0]["mean"] == 4
    assert officer.ask(f"{path}/crossed?group={group.pk}&other={scale.pk}") == []
    officer.send(f"{path}/steps", version=closed["version"], step="publish_survey")
    Program(cast.inspector).ask(f"{path}/results")
    Program(cast.secretary).ask(f"{path}/results", 404)
    Program(cast.inspector).send(f"{path}/steps", 403, version=1, step="publish_survey")


def test_nothing_is_built_where_a_question_is_wrong(cast: Cast) -> None:
    officer = Program(cast.officer)
    for wrong in (
        {"kind": "single", "text": "Một?", "options": ["Một"]},
        {"kind": "text", "text": "Vì sao?", "after": 1},
        {"kind": "text", "text": "Vì sao?", "after": 9, "answers": ["Có"]},
    ):
        officer.send("surveys", 422, **asked(cast, questions=[*QUESTIONS[:1], wrong]))
    officer.send("surveys", 403, **asked(cast, unit=cast.unit_a.pk))
    assert not Survey.objects.exists()
