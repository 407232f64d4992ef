"""Opinions in the browser: a box opened and its page written on by nobody; sorted, answered, seen as themes."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from motbuoc.domains.listening.models import Opinion, OpinionBox, Theme
from motbuoc.domains.listening.publishing import monday_of, publish_unit
from motbuoc.foundation.core import clock
from motbuoc.interfaces import web
from tests.domains.listening.test_opinions import ROAD, ROADS, WATERS, add, said, theme_of
from tests.domains.listening.test_opinions import box as box

STATIC = Path(web.__file__).parent / "static"
pytestmark = pytest.mark.django_db


def get(client, name, *args, status=200, query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response.content.decode()


def post(client, page, *args, status=302, **sent):
    response = client.post(reverse(page, args=args), sent)
    assert response.status_code == status, response.content.decode()[:2000]
    return response


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_box_is_opened_and_written_into_by_nobody(cast, as_person, client):
    officer = as_person(cast.officer)
    assert "No box yet." in get(officer, "box_list")
    post(officer, "box_make", name="Hộp thư góp ý", place=cast.bloc.pk, words="Xin góp ý")
    box = OpinionBox.objects.get()
    assert "<svg" in get(officer, "box_sheet", box.pk)
    page = get(client, "box_page", box.address)
    assert "Xin góp ý" in page
    key = key_in(page)
    found = post(client, "box_page", box.address, status=422, text="Ông Trần Văn Ba xả rác", key=key)
    assert "Trần Văn Ba" in found.content.decode()
    assert "tên người" in found.content.decode()
    found = post(client, "box_page", box.address, status=200, text=ROAD, key=key).content.decode()
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", found)[0]
    assert "sessionid" not in client.cookies
    opinion = Opinion.objects.get()
    assert ROAD in get(officer, "box_list")
    detail = get(officer, "opinion_detail", opinion.pk)
    assert "Heed it without an answer" in detail
    post(officer, "opinion_detail", opinion.pk, step="answer_opinion", version=1, answer="Sẽ sửa trong quý IV")
    read = post(client, "receipt", status=200, code=code).content.decode()
    assert "Sẽ sửa trong quý IV" in read
    assert "Ý kiến đã được trả lời" in read
    assert "Không có biên nhận" in post(client, "receipt", status=422, code="ABCD-ABCD-ABCD").content.decode()


def test_a_box_that_is_closed_says_so(cast, as_person, client, box):
    first = {"name": box.name, "place": box.place_id, "version": 1}
    post(as_person(cast.officer), "box_change", box.pk, **first)
    page = get(client, "box_page", box.address)
    assert "Hòm thư đã đóng" in page
    assert "<textarea" not in page
    assert get(client, "box_page", "khongco", status=404)


def test_the_public_page_is_light(client, box):
    sizes = len(get(client, "box_page", box.address).encode())
    sizes += sum((STATIC / name).stat().st_size for name in ("css/public.css", "js/ask.js", "img/mark.svg"))
    assert sizes < 60_000


def test_a_clerk_enters_paper_and_gets_a_receipt_to_hand_out(cast, as_person, box):
    officer = as_person(cast.officer)
    key = key_in(get(officer, "opinion_note", box.pk))
    page = post(officer, "opinion_note", box.pk, status=200, text=ROAD, key=key, channel="paper").content.decode()
    assert "receipt-code" in page
    key = key_in(get(officer, "opinion_note", box.pk))
    post(officer, "opinion_note", box.pk, text="Nhiều người lo giá phân bón tăng", key=key, channel="note")
    assert Opinion.objects.count() == 2


def test_opinions_are_grouped_named_merged_and_seen_on_the_board(cast, as_person, box):
    officer = as_person(cast.officer)
    assert "No themes yet." in get(officer, "theme_board")
    for text in (*ROADS, *WATERS):
        said(box, text)
    post(officer, "themes_group", unit=cast.bloc.pk)
    road = Opinion.objects.get(text=ROADS[1]).theme
    post(officer, "theme_detail", road.pk, step="name_theme", version=1, name="Đường xuống cấp", told="Đã có vốn")
    assert "Đường xuống cấp" in get(officer, "theme_board")
    assert ROADS[1] in get(officer, "theme_detail", road.pk)
    water = Opinion.objects.get(text=WATERS[0]).theme
    post(officer, "theme_detail", water.pk, step="merge_themes", version=1, into=road.pk)
    water.refresh_from_db()
    assert water.merged_into_id == road.pk
    opinion = Opinion.objects.get(text=ROADS[0])
    sent = {"step": "sort_opinion", "version": opinion.version, "theme": road.pk, "tendency": "worried"}
    post(officer, "opinion_detail", opinion.pk, **sent)
    opinion.refresh_from_db()
    assert (opinion.tendency, opinion.is_placed) == ("worried", True)


def test_what_is_being_done_stands_on_the_public_page(client, box):
    theme = theme_of(box)
    Theme.objects.filter(pk=theme.pk).update(is_named=True, told="Đã bố trí vốn sửa đường")
    assert "Đã bố trí vốn sửa đường" in get(client, "box_page", box.address)


def test_the_level_above_sees_the_board_and_no_words(cast, as_person, box):
    theme = theme_of(box)
    for number in range(6):
        add(box, f"Lời riêng {number}", monday_of(clock.today()) - timedelta(days=3), theme, "upset")
    add(box, "Lời của tuần này", clock.today(), theme, "agree")
    publish_unit(box.unit_id)
    central = as_person(cast.central_officer)
    board = get(central, "theme_board")
    assert "Upset 100 %" in board
    page = get(central, "theme_detail", theme.pk)
    assert "Lời riêng" not in page
    assert "Agree" not in page
    opinion = Opinion.objects.first()
    assert get(central, "opinion_detail", opinion.pk, status=404)
    assert get(as_person(cast.stranger), "theme_board", status=404)
    assert get(as_person(cast.member), "box_list", status=404)
    post(central, "theme_detail", theme.pk, status=403, step="name_theme", version=1, name="x")


def test_a_theme_of_few_is_named_without_a_figure(cast, as_person, box):
    theme = theme_of(box, "Chuyện nhỏ")
    for number in range(3):
        add(box, f"Lời {number}", clock.today() - timedelta(days=20), theme, "upset")
    publish_unit(box.unit_id)
    central = as_person(cast.central_officer)
    assert "Chuyện nhỏ" not in get(central, "theme_board"), "its words would tell what so few said"
    assert "Chuyện nhỏ" not in get(central, "theme_detail", theme.pk)
    Theme.objects.update(is_named=True)  # a person has looked at it
    board = get(central, "theme_board")
    assert "Chuyện nhỏ" in board
    assert "Upset" not in board
    assert "no figure is shown" in get(as_person(cast.central_officer), "theme_detail", theme.pk)


@pytest.mark.parametrize("page", ["box_list", "opinion_list", "theme_board"])
def test_thirty_cost_as_few_queries_as_three(cast, as_person, box, page, django_assert_max_num_queries):
    officer, counts = as_person(cast.officer), []
    get(officer, page)
    for many in (3, 27):
        for number in range(many):
            theme = theme_of(box, f"Vấn đề {number}")
            add(box, f"Lời {many} {number}", clock.today() - timedelta(days=20), theme)
        with django_assert_max_num_queries(200) as asked:
            get(officer, page)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_very_many_are_grouped_in_the_background(cast, as_person, box, monkeypatch):
    monkeypatch.setattr("motbuoc.domains.listening.sorting.AT_ONCE_GROUPED", 5)
    for text in (*ROADS, *WATERS):
        said(box, text)
    officer = as_person(cast.officer)
    post(officer, "themes_group", unit=cast.bloc.pk)
    board = get(officer, "theme_board")
    assert "in the background" in board
    assert Opinion.objects.exclude(theme=None).count() >= 4


def test_the_report_of_the_situation_is_proposed_and_taken_along(cast, as_person, box):
    theme = theme_of(box)
    Theme.objects.filter(pk=theme.pk).update(is_named=True)
    officer, central = as_person(cast.officer), as_person(cast.central_officer)
    assert "No week is published yet" in get(officer, "situation_report", cast.bloc.pk)
    for number in range(8):
        add(box, f"Lời {number}", monday_of(clock.today()) - timedelta(days=3), theme, "worried")
    publish_unit(box.unit_id)
    page = get(officer, "situation_report", cast.bloc.pk)
    assert "(8/8) băn khoăn" in page
    assert reverse("theme_detail", args=[theme.pk]) in page
    sent = {"text_overall": "Tình hình ổn định.", "number": "3", "title": "BÍ THƯ", "name": "Lê Thử"}
    answer = post(officer, "situation_report", cast.bloc.pk, status=200, **sent)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "(8/8) băn khoăn" in get(central, "situation_report", cast.bloc.pk)
    assert "<textarea" not in get(central, "situation_report", cast.bloc.pk)
    post(central, "situation_report", cast.bloc.pk, status=403, **sent)
    get(as_person(cast.secretary_b), "situation_report", cast.bloc.pk, status=404)


def test_what_all_come_to_read_is_looked_through_first(cast, as_person, client, box):
    theme, officer = theme_of(box), as_person(cast.officer)
    named = {"step": "name_theme", "version": 1, "name": "Đường", "told": "Ông Trần Văn Ba đã nhận lỗi"}
    page = post(officer, "theme_detail", theme.pk, status=422, **named).content.decode()
    assert "Trần Văn Ba" in page
    assert 'name="keeps"' in page
    assert "Trần Văn Ba" not in get(client, "box_page", box.address)
    opinion = said(box).opinion
    heeded = {"step": "heed_opinion", "version": 1, "reason": "Gọi bà Lê Thị Năm, 0912345678"}
    assert "0912345678" in post(officer, "opinion_detail", opinion.pk, status=422, **heeded).content.decode()
    opinion.refresh_from_db()
    assert opinion.reason == ""
    post(officer, "theme_detail", theme.pk, **named, keeps="on")
    assert "Trần Văn Ba" in get(client, "box_page", box.address)
