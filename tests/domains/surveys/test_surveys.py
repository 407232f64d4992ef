"""A survey from its first question to the first answer: built, translated, opened, frozen, copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from motbuoc.domains.ledger.counters import counted
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.domains.surveys import building, services
from motbuoc.domains.surveys.answering import Sheet, TokenRefused, Wrong, answer_survey, note_sheet
from motbuoc.domains.surveys.building import Asking
from motbuoc.domains.surveys.counting import count_survey
from motbuoc.domains.surveys.holdings import hand_over_surveys
from motbuoc.domains.surveys.keeping import delete_sheets, delete_texts
from motbuoc.domains.surveys.models import Survey, SurveyQuestion, SurveySheet, SurveyText, SurveyToken
from motbuoc.domains.surveys.sealing import CannotOpen, opened, seal
from motbuoc.domains.surveys.selectors import pages_of, questions_in, steps_for, surveys_for
from motbuoc.domains.surveys.services import SurveyPlan
from motbuoc.domains.surveys.tokens import make_tokens
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import Cast

pytestmark = pytest.mark.django_db
GROUP = Asking("Anh/chị là", ("Công nhân", "Viên chức", "Khác"), is_group=True, targets={"Công nhân": 40})
PLEASED = Asking("Mức hài lòng", ("Rất kém", "Rất tốt"), points=5)
WHY = Asking("Vì sao?", is_required=False)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def plan_of(**more: Any) -> SurveyPlan:
    today = clock.today()
    asked: dict[str, Any] = {"opens_on": today, "closes_on": today + timedelta(days=9)} | more
    return SurveyPlan("Điều kiện làm việc", "Sửa nơi làm việc", "Tôi đồng ý", **asked)


def made_by(cast: Cast, *askings: tuple[str, Asking], **more: Any) -> Survey:
    survey = services.make_survey(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan_of(**more))
    for kind, asking in askings:
        add(cast, survey, kind, asking)
    return Survey.objects.get(pk=survey.pk)


def add(cast: Cast, survey: Survey, kind: str, asking: Asking) -> SurveyQuestion:
    version = Survey.objects.get(pk=survey.pk).version
    return building.add_question(actor=cast.officer, survey=survey, version=version, kind=kind, asking=asking)


def step(cast: Cast, survey: Survey, name: str) -> Survey:
    version = Survey.objects.get(pk=survey.pk).version
    return services.take_survey_step(actor=cast.officer, survey=survey, version=version, name=name)


def opened_by(cast: Cast, *askings: tuple[str, Asking], **more: Any) -> Survey:
    return step(cast, made_by(cast, *askings, **more), "open_survey")


def answer(survey: Survey, answers: Mapping[int, Any], **more: Any) -> None:
    given = {str(pk): value for pk, value in answers.items()}
    more.setdefault("form_key", new_form_key())
    answer_survey(survey=survey, sheet=Sheet(given, **more))


def test_who_may_build_and_see(cast: Cast) -> None:
    for person in (cast.central_officer, cast.member, cast.inspector, cast.secretary):
        with pytest.raises(NotAllowed):
            services.make_survey(actor=person, unit_id=cast.bloc.pk, plan=plan_of())
    with pytest.raises(NotAllowed):  # the level above does not hold a unit's survey for it
        services.make_survey(actor=cast.officer, unit_id=cast.unit_a.pk, plan=plan_of())
    survey = made_by(cast)
    assert [one.pk for one in surveys_for(cast.inspector)] == [survey.pk]
    assert not surveys_for(cast.secretary)
    assert not steps_for(cast.inspector, survey)
    today = clock.today()
    for wrong in ({"closes_on": today - timedelta(days=1)}, {"languages": ("xx",)}):
        with pytest.raises(Refusal):
            services.make_survey(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan_of(**wrong))


def test_questions_keep_what_depends_on_them(cast: Cast) -> None:
    survey = made_by(cast, ("single", GROUP), ("scale", PLEASED))
    group, pleased = questions_in(survey)
    assert group.targets == {"1": 40}
    assert [key for key, words in pleased.options if words] == ["1", "5"]
    why = add(cast, survey, "text", Asking("Vì sao?", shown_if=group.pk, shown_for=("1", "3")))
    version = Survey.objects.get().version
    asked: dict[str, Any] = {"actor": cast.officer, "question": group, "version": version}
    kept = Asking("Anh/chị là", ("Khác", "Công nhân"), is_group=True)
    assert building.change_question(asking=kept, **asked).options == [["3", "Khác"], ["1", "Công nhân"]]
    asked["version"] = Survey.objects.get().version
    with pytest.raises(Refusal, match="depends on an answer that you take out"):
        building.change_question(asking=Asking("Anh/chị là", ("Khác", "Viên chức")), **asked)
    with pytest.raises(Refusal, match="depends on this one"):
        building.drop_question(**asked)
    with pytest.raises(Collision):
        building.drop_question(**asked | {"version": 1, "question": why})
    version = Survey.objects.get().version
    building.move_question(actor=cast.officer, question=why, version=version, up=True)
    assert [one.text for one in questions_in(survey)] == ["Anh/chị là", "Vì sao?", "Mức hài lòng"]


def test_no_question_comes_before_what_it_depends_on(cast: Cast) -> None:
    survey = made_by(cast, ("single", GROUP))
    (group,) = questions_in(survey)
    why = add(cast, survey, "text", Asking("Vì sao?", shown_if=group.pk, shown_for=("1",)))
    for question, up in ((why, True), (group, False)):
        version = Survey.objects.get().version
        with pytest.raises(Refusal, match="has to come later"):
            building.move_question(actor=cast.officer, question=question, version=version, up=up)
    for wrong in ((why.pk, ("1",)), (group.pk, ("9",)), (group.pk, ())):
        with pytest.raises(Refusal, match="one earlier question"):
            add(cast, survey, "text", Asking("Nữa?", shown_if=wrong[0], shown_for=wrong[1]))
    with pytest.raises(Refusal, match="one earlier question"):  # not on itself
        building.change_question(
            actor=cast.officer,
            question=group,
            version=Survey.objects.get().version,
            asking=Asking("Anh/chị là", ("Công nhân", "Khác"), shown_if=group.pk, shown_for=("1",)),
        )
    assert [[one.pk for one in page] for page in pages_of(questions_in(survey))] == [[group.pk], [why.pk]]


@pytest.mark.parametrize(
    ("kind", "asking"),
    [
        ("single", Asking("Chọn", ("Một",))),
        ("single", Asking("Chọn", ("Một", "Một "))),
        ("single", Asking("  ", ("Một", "Hai"))),
        ("single", Asking("Chọn", tuple(map(str, range(41))))),
        ("matrix", Asking("Chọn", ("Một", "Hai"))),
        ("scale", Asking("Chấm", points=12)),
        ("scale", Asking("Chấm", ("a", "b", "c", "d"), points=3)),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(cast: Cast, kind: str, asking: Asking) -> None:
    survey = made_by(cast)
    with pytest.raises(Refusal):
        add(cast, survey, kind, asking)
    assert not questions_in(survey)


def test_only_few_questions_ask_for_groups(cast: Cast) -> None:
    survey = made_by(cast, *[("single", GROUP)] * 3)
    with pytest.raises(Refusal, match="At most 3"):
        add(cast, survey, "single", GROUP)
    assert not add(cast, survey, "scale", Asking("Mức", is_group=True)).is_group


def test_a_translation_goes_with_its_options(cast: Cast) -> None:
    survey = made_by(cast, ("single", GROUP), languages=("en",))
    (group,) = questions_in(survey)
    asked: dict[str, Any] = {"actor": cast.officer, "survey": survey, "words": {"title": "Working conditions"}}
    told = {group.pk: {"text": "You are", "options": ["Worker", "Official", "Other"]}}
    wrong = {group.pk: {"text": "You are", "options": ["Worker"]}}
    with pytest.raises(Refusal, match="needs 3 lines"):
        building.translate_survey(version=survey.version, language="en", of_questions=wrong, **asked)
    with pytest.raises(Refusal):
        building.translate_survey(version=survey.version, language="km", of_questions=told, **asked)
    fresh = building.translate_survey(version=survey.version, language="en", of_questions=told, **asked)
    assert (fresh.said("title", "en"), fresh.said("purpose", "en")) == ("Working conditions", "Sửa nơi làm việc")
    (group,) = questions_in(fresh)
    assert group.said("en")["options"] == [("1", "Worker"), ("2", "Official"), ("3", "Other")]
    changed = building.change_question(
        actor=cast.officer, question=group, version=fresh.version, asking=Asking("Là", ("Khác", "Nông dân"))
    )
    assert changed.said("en") == {"text": "Là", "options": [("3", "Other"), ("4", "Nông dân")], "rows": []}


def test_it_is_frozen_by_the_first_answer(cast: Cast) -> None:
    with pytest.raises(Refusal, match="Add a question"):
        step(cast, made_by(cast), "open_survey")
    survey = opened_by(cast, ("scale", PLEASED))
    (pleased,) = questions_in(survey)
    with pytest.raises(Refusal, match="not being built"):
        add(cast, survey, "text", WHY)
    survey = step(cast, step(cast, survey, "take_back_survey"), "open_survey")  # nobody has answered yet
    answer(survey, {pleased.pk: "4"})
    assert [one.name for one in steps_for(cast.officer, survey)] == ["close_survey"]
    with pytest.raises(Refusal, match="Somebody has answered"):
        step(cast, survey, "take_back_survey")
    copied = services.copy_survey(actor=cast.officer, survey=survey)
    assert (copied.state, copied.address != survey.address) == ("survey_draft", True)
    assert [one.text for one in questions_in(copied)] == ["Mức hài lòng"]
    assert not copied.sheets.exists()


def test_a_copy_asks_depending_on_its_own_questions(cast: Cast) -> None:
    survey = made_by(cast, ("single", GROUP))
    (group,) = questions_in(survey)
    add(cast, survey, "text", Asking("Vì sao?", shown_if=group.pk, shown_for=("1",)))
    first, second = questions_in(services.copy_survey(actor=cast.officer, survey=survey))
    assert (second.shown_if_id, second.shown_for) == (first.pk, ["1"])


def test_a_sheet_is_taken_in_once_and_leaves_no_trace(cast: Cast) -> None:
    survey = opened_by(cast, ("scale", PLEASED), ("text", WHY))
    pleased, why = questions_in(survey)
    lines, key = HistoryLine.objects.count(), new_form_key()
    for _again in range(2):
        answer(survey, {pleased.pk: "4", why.pk: "Nóng quá"}, form_key=key)
    sheet = SurveySheet.objects.get()
    assert HistoryLine.objects.count() == lines  # who answers is nobody, also to the history
    assert set(SurveySheet.objects.values().get()) == {"id", "survey_id", "sealed"}
    assert "Nóng".encode() not in bytes(sheet.sealed)
    assert opened(survey.box, bytes(sheet.sealed)) == {str(pleased.pk): "4", str(why.pk): "Nóng quá"}


def test_what_is_sealed_opens_only_with_its_box_and_the_secret_key(settings: Any) -> None:
    box = "ab" * 32
    short, long = seal(box, {"1": "a"}), seal(box, {"1": "b", "2": "x" * 40})
    assert len(short) == len(long)  # its length does not tell how much somebody wrote
    with pytest.raises(CannotOpen):
        opened("cd" * 32, short)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(CannotOpen):
        opened(box, short)
    settings.IDENTITY_KEYS = ["new", old]  # changed without losing what is sealed
    assert opened(box, short) == {"1": "a"}
    assert opened(box, seal(box, {"1": "c"})) == {"1": "c"}


def test_answers_are_looked_at_question_by_question(cast: Cast) -> None:
    matrix = Asking("Đánh giá", ("Tốt", "Kém"), ("Đường", "Điện"))
    order = Asking("Xếp", ("Đường", "Trường", "Trạm"))
    several = Asking("Chọn", ("A", "B", "C"))
    survey = opened_by(
        cast, ("single", GROUP), ("scale", PLEASED), ("multiple", several), ("ranking", order), ("matrix", matrix)
    )
    group, pleased, chosen, ranked, rated = (one.pk for one in questions_in(survey))
    good = {group: "1", pleased: "5", chosen: ["3", "1"], ranked: ["2", "1", "3"], rated: {"1": "1", "2": "2"}}
    for question, wrong in (
        (group, "9"),
        (group, None),
        (pleased, "6"),
        (pleased, ["5"]),
        (chosen, []),
        (chosen, ["1", "9"]),
        (chosen, "1"),
        (ranked, ["1", "2"]),
        (ranked, ["1", "1", "2"]),
        (rated, {"1": "1"}),
        (rated, {"1": "1", "2": "2", "3": "1"}),
        (rated, "1"),
    ):
        with pytest.raises(Wrong) as found:
            answer(survey, good | {question: wrong})
        assert set(found.value.told) == {question}
    assert not SurveySheet.objects.exists()
    answer(survey, good)
    kept = opened(survey.box, bytes(SurveySheet.objects.get().sealed))
    assert kept[str(chosen)] == ["1", "3"]


def test_what_was_not_asked_is_not_kept(cast: Cast) -> None:
    survey = made_by(cast, ("single", GROUP))
    (group,) = questions_in(survey)
    why = add(cast, survey, "text", Asking("Vì sao?", shown_if=group.pk, shown_for=("1",)))
    survey = step(cast, survey, "open_survey")
    answer(survey, {group.pk: "2", why.pk: "Không ai hỏi"})
    assert opened(survey.box, bytes(SurveySheet.objects.get().sealed)) == {str(group.pk): "2"}
    with pytest.raises(Wrong):
        answer(survey, {group.pk: "1"})


def test_words_that_tell_who_somebody_is_are_not_kept(cast: Cast) -> None:
    survey = opened_by(cast, ("text", WHY))
    (why,) = questions_in(survey)
    with pytest.raises(Wrong) as found:
        answer(survey, {why.pk: "Hỏi ông Nguyễn Văn Thử"})
    assert [spot.words for spot in found.value.spots[why.pk]] == ["Nguyễn Văn Thử"]
    with pytest.raises(Refusal):
        answer(survey, {why.pk: "x" * 2001})
    with pytest.raises(Refusal, match="at least one"):
        answer(survey, {why.pk: " "})
    assert not SurveySheet.objects.exists()
    answer(survey, {why.pk: "Đường Anh Hùng Núp ngập"}, keeps=[why.pk])


def test_it_takes_answers_only_on_its_days(cast: Cast) -> None:
    today = clock.today()
    to_come = opened_by(cast, ("scale", PLEASED), opens_on=today + timedelta(days=1))
    (pleased,) = questions_in(to_come)
    with pytest.raises(Refusal, match="no answers now"):
        answer(to_come, {pleased.pk: "1"})
    over = made_by(
        cast, ("scale", PLEASED), opens_on=today - timedelta(days=3), closes_on=today - timedelta(days=1)
    )
    with pytest.raises(Refusal, match="last day is over"):
        step(cast, over, "open_survey")


def test_a_token_is_good_once_and_leads_to_no_sheet(cast: Cast) -> None:
    survey = opened_by(cast, ("scale", PLEASED), way="tokens")
    (pleased,) = questions_in(survey)
    asked: dict[str, Any] = {"actor": cast.officer, "survey": survey, "version": survey.version}
    codes = make_tokens(count=6, **asked)
    with pytest.raises(Collision):  # pressed twice, they are made once
        make_tokens(count=6, **asked)
    assert Survey.objects.get().population == 6
    rows = list(SurveyToken.objects.order_by("pk").values_list("digest", flat=True))
    assert rows == sorted(rows)  # in the order of the digests: not in that of the labels
    assert set(SurveyToken.objects.values()[0]) == {"id", "survey_id", "digest", "is_used"}
    assert not any(code in str(SurveyToken.objects.values()) for code in codes)
    answer(survey, {pleased.pk: "2"}, token=codes[3].lower())
    for wrong in (codes[3], "AAAA-BBBB-CCCC", ""):
        with pytest.raises(TokenRefused):
            answer(survey, {pleased.pk: "2"}, token=wrong)
    with pytest.raises(Wrong):  # a sheet that is not taken in uses up no token
        answer(survey, {pleased.pk: "9"}, token=codes[0])
    assert SurveyToken.objects.filter(is_used=True).count() == 1
    assert SurveySheet.objects.count() == 1


def test_a_clerk_enters_paper_and_the_history_does_not_say_which(cast: Cast) -> None:
    survey = opened_by(cast, ("scale", PLEASED))
    (pleased,) = questions_in(survey)
    key, sheet = new_form_key(), {str(pleased.pk): "3"}
    for _again in range(2):
        note_sheet(actor=cast.officer, survey=survey, sheet=Sheet(sheet, key))
    line = HistoryLine.objects.get(action="note_sheet")
    assert (line.object_id, line.values) == (survey.pk, {})
    for person in (cast.secretary, cast.member, cast.inspector):
        with pytest.raises(NotAllowed):
            note_sheet(actor=person, survey=survey, sheet=Sheet(sheet, new_form_key()))


def test_a_survey_goes_on_with_the_successor(cast: Cast) -> None:
    going_on, closed = opened_by(cast, ("scale", PLEASED)), opened_by(cast, ("scale", PLEASED))
    step(cast, closed, "close_survey")
    given = hand_over_surveys(successors={cast.bloc.pk: cast.unit_a.pk}, day=clock.today())
    assert given == [(going_on.pk, cast.bloc.pk)]
    assert [one.pk for one in surveys_for(cast.secretary)] == [going_on.pk]
    assert steps_for(cast.secretary, Survey.objects.get(pk=going_on.pk))


def test_what_was_written_is_deleted_in_its_time(cast: Cast) -> None:
    survey = opened_by(cast, ("text", WHY))
    (why,) = questions_in(survey)
    for at in range(6):
        answer(survey, {why.pk: f"Ý kiến {at}"})
    day = clock.today() + timedelta(days=400)
    step(cast, survey, "close_survey")
    count_survey(survey.pk)
    forgotten = opened_by(cast, ("text", WHY))
    answer(forgotten, {questions_in(forgotten)[0].pk: "Không ai tổng hợp"})
    assert (delete_texts(clock.today()), delete_sheets(clock.today())) == (0, 0)
    assert (delete_texts(day), delete_sheets(day)) == (6, 1)
    assert not SurveyText.objects.exists()
    assert not SurveySheet.objects.exists()


def test_surveys_closed_in_a_period_are_counted_for_their_unit(cast: Cast) -> None:
    survey, today = opened_by(cast, ("scale", PLEASED)), clock.today()
    step(cast, survey, "close_survey")
    units = [cast.bloc.pk, cast.unit_a.pk]
    assert counted("survey.closed", units, today, today) == {cast.bloc.pk: 1, cast.unit_a.pk: 0}
