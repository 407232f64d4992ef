"""Opinions: said by nobody, sorted and answered by staff; themes grown from them, published in steps."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from motbuoc.domains.listening import publishing, services, sorting
from motbuoc.domains.listening.board import board_of
from motbuoc.domains.listening.intake import AtAnotherDoor, TellsWho, Words
from motbuoc.domains.listening.models import Opinion, OpinionBox, Rise, Theme, ThemeMap, ThemeOutlook, ThemeWeek
from motbuoc.domains.listening.publishing import monday_of, publish_unit, publish_weeks
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.domains.listening.retention import delete_what_is_over
from motbuoc.domains.listening.selectors import found_by_receipt, opinions_for, themes_for, waiting_for
from motbuoc.domains.listening.services import BoxTerms
from motbuoc.domains.listening.states import OPINION_TRANSITIONS, OpinionState
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.notices.models import Notice

pytestmark = pytest.mark.django_db

ROAD = "Đường vào xóm hư hỏng nặng, ổ gà đầy, đi lại rất khó khăn"
ROADS = (
    ROAD,
    "Con đường trục ấp xuống cấp, nhiều ổ gà, mong sớm sửa chữa",
    "Đề nghị sửa đường giao thông nông thôn, mùa mưa lầy lội",
    "Đường liên ấp hư hỏng, xe cộ đi lại khó khăn",
    "Cần sửa chữa đường bê tông đã nứt, ổ gà nhiều",
)
WATERS = (
    "Nước sinh hoạt bị nhiễm mặn, thiếu nước sạch để dùng",
    "Mùa hạn mặn thiếu nước ngọt sinh hoạt",
    "Nước máy yếu, nước sạch không đủ dùng",
    "Đề nghị cấp nước sạch cho dân vùng hạn mặn",
)


@pytest.fixture
def box(cast) -> OpinionBox:
    terms = BoxTerms(cast.bloc.pk, "Hộp thư góp ý")
    return services.make_box(actor=cast.officer, unit_id=cast.bloc.pk, terms=terms)


def said(box, text=ROAD, **more) -> services.Said:
    return services.say(box=box, words=Words(text, new_form_key(), **more))


def add(box, text, day, theme=None, tendency="") -> Opinion:
    return Opinion.objects.create(
        box=box, text=text, channel="link", said_on=day, unit=box.unit, due_on=day, theme=theme, tendency=tendency
    )


def theme_of(box, name="Đường sá") -> Theme:
    ThemeMap.objects.get_or_create(unit=box.unit, defaults={"grouped_on": clock.today()})
    return Theme.objects.create(unit=box.unit, name=name, made_on=clock.today())


def test_what_is_said_is_there_once_and_leaves_no_trace(cast, box):
    lines = HistoryLine.objects.count()
    key = new_form_key()
    first = services.say(box=box, words=Words(ROAD, key))
    again = services.say(box=box, words=Words(ROAD, key))
    assert first.opinion.pk == again.opinion.pk
    assert first.code == again.code
    assert HistoryLine.objects.count() == lines
    opinion = Opinion.objects.get()
    assert opinion.entered_by is None
    assert opinion.said_on == clock.today()
    assert first.code not in str(vars(opinion))
    assert found_by_receipt(first.code.lower()).pk == opinion.pk
    assert found_by_receipt("AAAA-BBBB-CCCC") is None


def test_what_tells_who_or_is_a_complaint_is_asked_back_first(box):
    with pytest.raises(TellsWho) as found:
        said(box, "Ông Nguyễn Văn Bảy ở ấp tôi hay xả rác")
    assert "Nguyễn Văn Bảy" not in found.value.proposed
    with pytest.raises(AtAnotherDoor):
        said(box, "Tôi làm đơn tố cáo cán bộ địa chính nhận tiền")
    with pytest.raises(Refusal):
        said(box, "  ")
    with pytest.raises(Refusal, match="3000"):
        said(box, "a" * 3001)
    assert not Opinion.objects.exists()
    assert said(box, "Ông Nguyễn Văn Bảy ở ấp tôi hay xả rác", keeps=True)


def test_a_closed_box_takes_in_nothing(cast, box):
    terms = BoxTerms(box.place_id, box.name)
    services.change_box(actor=cast.officer, box=box, version=1, terms=terms, is_open=False)
    with pytest.raises(Refusal, match="đã đóng"):
        said(box)


def test_a_box_hangs_at_the_unit_or_below_it(cast):
    terms = BoxTerms(cast.unit_a.pk, "Hộp thư Bình Minh")
    assert services.make_box(actor=cast.officer, unit_id=cast.bloc.pk, terms=terms).place_id == cast.unit_a.pk
    with pytest.raises(Refusal, match="cấp dưới"):
        services.make_box(actor=cast.secretary, unit_id=cast.unit_a.pk, terms=BoxTerms(cast.unit_b.pk, "Hộp thư"))
    with pytest.raises(NotAllowed):
        services.make_box(actor=cast.member, unit_id=cast.bloc.pk, terms=terms)


def test_paper_gets_a_receipt_and_a_note_none(cast, box):
    words = Words(ROAD, new_form_key())
    paper = services.note_opinion(actor=cast.officer, box=box, words=words, channel="paper")
    assert found_by_receipt(paper.code)
    words = Words("Nhiều người băn khoăn về giá điện", new_form_key())
    note = services.note_opinion(actor=cast.officer, box=box, words=words, channel="note")
    assert note.code == ""
    assert note.opinion.receipt is None
    assert ROAD not in str(HistoryLine.objects.filter(action="note_opinion").values_list("values", flat=True))
    with pytest.raises(NotAllowed):
        services.note_opinion(actor=cast.member, box=box, words=words, channel="note")


def test_it_is_passed_on_answered_and_told(cast, box):
    opinion, code = said(box)
    assert [each.pk for each in waiting_for(cast.officer)] == [opinion.pk]
    with pytest.raises(Refusal, match="cấp dưới"):
        services.pass_opinion_on(actor=cast.officer, opinion=opinion, version=1, unit_id=cast.bloc.pk)
    services.pass_opinion_on(actor=cast.officer, opinion=opinion, version=1, unit_id=cast.unit_a.pk)
    assert found_by_receipt(code).unit_name == "Chi bộ Sở Ánh Dương"
    with pytest.raises(NotAllowed):
        services.answer_opinion(actor=cast.officer, opinion=opinion, version=2, text="Sẽ sửa trong quý")
    with pytest.raises(Collision):
        services.answer_opinion(actor=cast.secretary, opinion=opinion, version=1, text="Sẽ sửa trong quý")
    with pytest.raises(TellsWho):
        services.answer_opinion(
            actor=cast.secretary, opinion=opinion, version=2, text="Anh Lê Văn Tám sẽ sửa, gọi 0912345678"
        )
    services.answer_opinion(actor=cast.secretary, opinion=opinion, version=2, text="Sẽ sửa trong quý")
    found = found_by_receipt(code)
    assert (found.state, found.answer) == (OpinionState.ANSWERED, "Sẽ sửa trong quý")
    assert not waiting_for(cast.secretary).exists()


@pytest.mark.parametrize("state", OpinionState.values)
@pytest.mark.parametrize("step", OPINION_TRANSITIONS, ids=lambda step: step.name)
def test_every_step_is_taken_from_its_states_alone(cast, box, step, state):
    opinion = said(box).opinion
    Opinion.objects.filter(pk=opinion.pk).update(state=state)
    on = {"actor": cast.officer, "opinion": opinion, "version": 1}

    def take():
        if step.name == "pass_opinion_on":
            return services.pass_opinion_on(**on, unit_id=cast.unit_a.pk)
        if step.name == "heed_opinion":
            return services.heed_opinion(**on, reason="Đưa vào kế hoạch")
        return services.answer_opinion(**on, text="Sẽ làm")

    if state in step.sources:
        assert take().state == step.target
    else:
        with pytest.raises(Refusal):
            take()


def test_the_level_above_sees_themes_and_never_words(cast, box):
    opinion = said(box).opinion
    theme = theme_of(box)
    sorting.sort_opinion(
        actor=cast.officer, opinion=opinion, version=1, theme=theme, tendency="worried", is_pressing=False
    )
    assert themes_for(cast.central_officer).filter(pk=theme.pk).exists()
    assert not opinions_for(cast.central_officer).exists()
    assert not opinions_for(cast.secretary).exists()
    assert not themes_for(cast.stranger).exists()


def test_themes_grow_from_words_and_what_a_person_did_stays(cast, box):
    for text in (*ROADS, *WATERS):
        said(box, text)
    grown = sorting.group_again(actor=cast.officer, unit_id=cast.bloc.pk)
    assert grown.opinions == 9
    road = Opinion.objects.get(text=ROADS[1]).theme
    water = Opinion.objects.get(text=WATERS[0]).theme
    assert road is not None
    assert water is not None
    assert road != water
    road = sorting.name_theme(
        actor=cast.officer, theme=road, version=1, name="Đường nông thôn xuống cấp", told="Đã bố trí vốn"
    )
    stray = Opinion.objects.get(text=WATERS[3])
    sorting.sort_opinion(
        actor=cast.officer, opinion=stray, version=stray.version, theme=road, tendency="upset", is_pressing=True
    )
    placed = said(box, "Đường trong ấp nhiều ổ gà, đề nghị sửa chữa").opinion
    assert placed.theme_id == road.pk
    sorting.group_again(actor=cast.officer, unit_id=cast.bloc.pk)
    stray.refresh_from_db()
    placed.refresh_from_db()
    assert {stray.theme_id, placed.theme_id} == {road.pk}
    assert Theme.objects.get(pk=road.pk).name == "Đường nông thôn xuống cấp"
    with pytest.raises(NotAllowed):
        sorting.group_again(actor=cast.central_officer, unit_id=cast.bloc.pk)


def test_a_merged_theme_takes_nothing_in_any_more(cast, box):
    for text in (*ROADS, *WATERS):
        said(box, text)
    sorting.group_again(actor=cast.officer, unit_id=cast.bloc.pk)
    road = Opinion.objects.get(text=ROADS[1]).theme
    water = Opinion.objects.get(text=WATERS[0]).theme
    count = Opinion.objects.filter(theme__in=[road, water]).count()
    sorting.merge_themes(actor=cast.officer, theme=water, version=1, into=road)
    assert road.opinions.count() == count
    assert said(box, "Thiếu nước sạch sinh hoạt mùa hạn mặn").opinion.theme_id in (road.pk, None)
    with pytest.raises(Refusal, match="vấn đề khác"):
        sorting.merge_themes(actor=cast.officer, theme=road, version=1, into=road)
    water.refresh_from_db()
    with pytest.raises(Refusal, match="đã nhập"):
        sorting.name_theme(actor=cast.officer, theme=water, version=2, name="Nước")
    sorting.group_again(actor=cast.officer, unit_id=cast.bloc.pk)
    assert not Opinion.objects.filter(theme=water).exists()


def test_numbers_move_in_steps_and_what_is_published_stays(cast, box):
    theme = theme_of(box)
    week = monday_of(clock.today()) - timedelta(days=21)
    for count, offset, tendency in ((4, 0, "worried"), (3, 7, "worried"), (6, 14, "agree"), (9, 21, "agree")):
        for number in range(count):
            add(box, f"{tendency} {number}", week + timedelta(days=offset), theme, tendency)
    publish_unit(box.unit_id)
    row = board_of([theme])[0]
    assert row.tendencies == {"worried": 7, "agree": 6}
    assert [count for _week, count in row.course] == [7, 6]
    assert row.shares == {"worried": 54, "agree": 46}
    assert publish_unit(box.unit_id) == 0
    Opinion.objects.filter(theme=theme).first().delete()
    assert board_of([theme])[0].total == 13
    published = list(ThemeWeek.objects.filter(theme=theme).values_list("week", "tendency", "count"))
    assert (week, "worried", 4) not in published


def test_no_difference_of_two_weeks_tells_of_a_small_group(cast, box):
    theme = theme_of(box)
    start = monday_of(clock.today()) - timedelta(weeks=12)
    for at, count in enumerate((1, 2, 0, 4, 1, 7, 3, 0, 2, 5, 1, 1)):
        for number in range(count):
            add(box, f"{at} {number}", start + timedelta(weeks=at), theme, ("worried", "agree", "")[number % 3])
    publish_unit(box.unit_id)
    for tendency in ("worried", "agree", ""):
        counts = list(theme.weeks.filter(tendency=tendency).order_by("week").values_list("count", flat=True))
        for before, now in pairwise([0, *counts]):
            assert before == now or abs(now - before) >= 5


def test_a_theme_of_few_shows_no_figure(cast, box):
    theme = theme_of(box)
    for number in range(4):
        add(box, f"ý kiến {number}", clock.today() - timedelta(days=14), theme, "upset")
    publish_unit(box.unit_id)
    row = board_of([theme])[0]
    assert row.is_small
    assert (row.shares, row.places, row.course) == ({}, (), ())


def rising(box, theme, weeks=10, last=30) -> date:
    first = monday_of(clock.today()) - timedelta(weeks=weeks)
    for at in range(weeks):
        for number in range(last if at == weeks - 1 else 6):
            add(box, f"{at} {number}", first + timedelta(weeks=at), theme)
    return first + timedelta(weeks=weeks - 1)


def test_a_sudden_rise_is_told_once_to_who_listens(cast, box):
    theme = theme_of(box)
    week = rising(box, theme)
    assert publish_weeks() == 10
    rise = Rise.objects.get()
    assert (rise.week, rise.count, rise.largest) == (week, 30, 6)
    notice = Notice.objects.get(occasion="rising", person=cast.officer)
    assert (notice.object_type, notice.object_id) == ("theme", theme.pk)
    assert not Notice.objects.filter(occasion="rising", person=cast.central_officer).exists()
    assert publish_weeks() == 0
    assert Notice.objects.filter(occasion="rising", person=cast.officer).count() == 1
    assert board_of([theme])[0].rise == rise


def test_steady_weeks_raise_no_alarm(cast, box):
    rising(box, theme_of(box), last=7)
    publish_weeks()
    assert not Rise.objects.exists()
    assert not Notice.objects.filter(occasion="rising").exists()


def test_the_outlook_is_kept_only_where_it_beats_the_naive_one(cast, box, settings):
    settings.PROJECTION_LEAST = {**settings.PROJECTION_LEAST, "week": 26}
    steady, noisy = theme_of(box, "Đều"), theme_of(box, "Lúc nhiều lúc ít")
    start = monday_of(clock.today()) - timedelta(weeks=50)
    rows = []
    for at in range(50):
        for theme, count in ((steady, 5 * (at + 1)), (noisy, 5 if at % 2 else 25)):
            for number in range(count):
                day = start + timedelta(weeks=at)
                rows.append(
                    Opinion(box=box, text=f"{at} {number}", channel="link", said_on=day, unit=box.unit, due_on=day)
                )
                rows[-1].theme = theme
    Opinion.objects.bulk_create(rows)
    publish_unit(box.unit_id)
    kept = {outlook.theme_id: outlook for outlook in ThemeOutlook.objects.all()}
    assert noisy.pk in kept
    told = kept[noisy.pk]
    assert told.low <= 60 <= told.high
    assert told.error < told.naive_error


def test_weeks_that_run_are_not_published(cast, box):
    theme = theme_of(box)
    for number in range(9):
        add(box, f"hôm nay {number}", clock.today(), theme)
    assert publish_unit(box.unit_id) == 0
    assert board_of([theme])[0].is_small
    assert publishing.course_of(theme) == []


def test_words_are_deleted_in_their_time_and_what_waits_is_kept(cast, box):
    dealt, code = said(box)
    waiting = said(box, WATERS[0]).opinion
    services.answer_opinion(actor=cast.officer, opinion=dealt, version=1, text="Sẽ sửa trong quý IV")
    old = clock.today() - timedelta(days=1900)
    Opinion.objects.filter(pk=dealt.pk).update(settled_on=old, said_on=old)
    Opinion.objects.filter(pk=waiting.pk).update(said_on=old)
    done = delete_what_is_over()
    assert done["opinion_receipt"] == 1
    dealt.refresh_from_db()
    assert ROAD not in str(vars(dealt))
    assert "quý IV" not in str(vars(dealt))
    assert found_by_receipt(code) is None
    waiting.refresh_from_db()
    assert waiting.text == WATERS[0]
    assert delete_what_is_over().get("opinion") is None


def test_all_that_waits_in_a_theme_is_heeded_at_once(cast, box):
    theme = theme_of(box)
    first, code = said(box)
    Opinion.objects.filter(pk=first.pk).update(theme=theme)
    add(box, "Đường xấu", clock.today(), theme)
    passed = add(box, "Đường rất xấu", clock.today(), theme)
    Opinion.objects.filter(pk=passed.pk).update(unit=cast.unit_a, state=OpinionState.PASSED_ON)
    with pytest.raises(Refusal):
        services.heed_theme(actor=cast.officer, theme=theme, reason=" ")
    with pytest.raises(NotAllowed):
        services.heed_theme(actor=cast.secretary, theme=theme, reason="Đưa vào kế hoạch")
    assert services.heed_theme(actor=cast.officer, theme=theme, reason="Đưa vào kế hoạch quý tới") == 2
    assert found_by_receipt(code).reason == "Đưa vào kế hoạch quý tới"
    passed.refresh_from_db()
    assert passed.state == OpinionState.PASSED_ON
