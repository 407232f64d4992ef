"""Public forms under the guard: nothing typed is lost, nobody is known, no session is begun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from motbuoc.domains.dialogue.models import Question
from motbuoc.domains.listening.guard import begin_anew
from motbuoc.interfaces import web
from tests.interfaces.web.dialogue.test_dialogue_pages import BRIDGE, dialogue, get, key_in, post

__all__ = ["dialogue"]
STATIC = Path(web.__file__).parent / "static"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(settings) -> Iterator[time_machine.Coordinates]:
    settings.REST_SECONDS = 5
    begin_anew()
    with time_machine.travel("2026-06-15T02:00:00Z", tick=False) as moment:
        yield moment
    begin_anew()


def ticket_in(page: str) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', page)[1]


def sent(client, dialogue, page, status=200, **more):
    fields = {"text": BRIDGE, "key": key_in(page), "ticket": ticket_in(page), "stamp": "", **more}
    return post(client, "ask_page", dialogue.address, status=status, **fields).content.decode()


def test_too_fast_without_a_script_waits_and_loses_nothing(client, dialogue, clock):
    page = get(client, "ask_page", dialogue.address)
    again = sent(client, dialogue, page, status=422, reply_name="Thử", reply_contact="ấp 3")
    assert "sau 5 giây" in again
    assert BRIDGE in again
    assert 'value="Thử"' in again
    assert (key_in(again), ticket_in(again)) == (key_in(page), ticket_in(page)), "the rest goes on, not anew"
    assert not Question.objects.exists()
    clock.shift(5)
    assert "Đã nhận câu hỏi" in sent(client, dialogue, again)
    sent(client, dialogue, again)
    assert Question.objects.count() == 1, "sent twice, taken in once"


def test_without_a_ticket_a_form_gets_one(client, dialogue, clock):
    page = post(client, "ask_page", dialogue.address, status=422, text=BRIDGE, key="k" * 24).content.decode()
    assert BRIDGE in page
    clock.shift(6)
    sent(client, dialogue, page)
    assert Question.objects.count() == 1


def test_a_pasted_book_is_told_and_not_cut_off(client, dialogue, clock):
    page = get(client, "ask_page", dialogue.address)
    assert "maxlength" not in page.split("<textarea")[1].split(">")[0], "a browser would cut it off in silence"
    clock.shift(10)
    book = "Đường về xã vẫn chưa sửa. " * 40_000
    again = sent(client, dialogue, page, status=422, text=book)
    assert "2000" in again or "2.000" in again
    assert again.count("Đường về xã vẫn chưa sửa.") == 40_000


def test_the_same_is_asked_once_a_ticket_and_by_a_program_slowly(client, dialogue, clock):
    Question.objects.all().delete()
    page = get(client, "ask_page", dialogue.address)
    clock.shift(6)
    sent(client, dialogue, page)
    Question.objects.update(is_shown=True)
    page = get(client, "ask_page", dialogue.address)
    part = page[page.index('id="same"') :]
    fields = {"key": key_in(part), "ticket": ticket_in(part)}
    answer = post(client, "support_question", dialogue.address, 1, **fields)
    assert "giây" in client.get(answer["Location"]).content.decode()
    assert Question.objects.get().supports == 0
    clock.shift(6)
    for _again in range(3):
        answer = post(client, "support_question", dialogue.address, 1, **fields)
        client.cookies.clear()
    assert Question.objects.get().supports == 1
    assert "Đã ghi nhận" in client.get(answer["Location"]).content.decode()


def test_no_session_is_begun_and_no_cookie_tells_anything(client, dialogue, clock):
    page = get(client, "ask_page", dialogue.address)
    clock.shift(6)
    taken = sent(client, dialogue, page, reply_name="Thử", reply_contact="ấp 3")
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", taken)[0]
    Question.objects.update(is_shown=True)
    post(client, "support_question", dialogue.address, 1, key="k", ticket="")
    post(client, "receipt", status=200, code=code, withdraw="1")
    page = get(client, "ask_page", dialogue.address)
    fields = {"key": key_in(page[page.index('id="same"') :]), "ticket": ticket_in(page[page.index('id="same"') :])}
    clock.shift(6)
    post(client, "support_question", dialogue.address, 1, **fields)
    assert not Session.objects.exists()
    assert set(client.cookies) <= {"csrftoken", "supported"}


def test_a_public_page_with_its_guard_is_light(client, dialogue):
    page = get(client, "ask_page", dialogue.address)
    files = ("css/public.css", "js/ask.js", "js/stamp.js")
    assert page.count("<script") == 2
    assert len(page.encode()) + sum((STATIC / name).stat().st_size for name in files) < 60_000


def test_the_office_waits_for_nothing(cast, as_person, dialogue):
    office = as_person(cast.officer)
    page = get(office, "question_note", dialogue.pk)
    assert 'name="ticket"' not in page
    post(office, "question_note", dialogue.pk, status=200, text=BRIDGE, key=key_in(page), channel="paper")


def test_the_survey_has_the_same_guard():
    template = Path(web.__file__).parent / "templates/surveys/answer.html"
    assert "listening/guard.html" in template.read_text()
    assert reverse("receipt")
