"""A reply in writing: a name is left on the public page, opened by the office, seen and withdrawn by its owner."""

from __future__ import annotations

import re

import pytest

from motbuoc.domains.dialogue.models import Question
from motbuoc.domains.listening.sealed import Sealed
from tests.interfaces.web.dialogue.test_dialogue_pages import BRIDGE, dialogue, get, key_in, post

pytestmark = pytest.mark.django_db
__all__ = ["dialogue"]
LEFT = {"reply_name": "Nguyễn Thị Thử", "reply_contact": "ấp 3, xã Thử Nghiệm"}
WHY = "Gửi văn bản trả lời theo yêu cầu"


def ask(client, dialogue, status=200, **more):
    key = key_in(get(client, "ask_page", dialogue.address))
    return post(client, "ask_page", dialogue.address, status=status, text=BRIDGE, key=key, **more).content.decode()


def receipt_in(page: str) -> str:
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)[0]


def test_it_is_off_by_default_and_half_of_it_is_no_use(client, dialogue):
    page = get(client, "ask_page", dialogue.address)
    assert "<details >" in page or "<details>" in page
    page = ask(client, dialogue, status=422, reply_name="Nguyễn Thị Thử")
    assert "xin ghi cả họ tên và nơi nhận" in page
    assert BRIDGE in page
    assert 'value="Nguyễn Thị Thử"' in page, "what was typed is not lost"
    assert "<details open>" in page
    assert not Question.objects.exists()
    ask(client, dialogue)
    assert not Sealed.objects.exists()


def test_from_the_writer_to_the_office_and_back(cast, as_person, client, dialogue):
    code = receipt_in(ask(client, dialogue, **LEFT))
    question = Question.objects.get()
    office = as_person(cast.officer)
    page = get(office, "question_detail", question.pk)
    assert "A name was left for a reply" in page
    assert "Nguyễn Thị Thử" not in page
    page = get(office, "question_identity", question.pk)
    assert "Nguyễn Thị Thử" not in page, "to look at the form opens nothing"
    post(office, "question_identity", question.pk, status=422, purpose="reply", need="vì")
    answer = post(office, "question_identity", question.pk, status=200, purpose="reply", need=WHY)
    assert "Nguyễn Thị Thử" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "Nguyễn Thị Thử" not in get(office, "question_identity", question.pk), "shown only then"
    page = get(office, "question_detail", question.pk)
    assert "Opened a name that was left for a reply" in page
    told = post(client, "receipt", status=200, code=code).content.decode()
    assert WHY in told
    assert "Nguyễn Thị Thử" not in told, "whoever finds a receipt does not find a name"
    told = post(client, "receipt", status=200, code=code, withdraw="1").content.decode()
    assert "Đã xóa tên." in told
    assert WHY in told
    assert not Sealed.objects.exists()
    get(office, "question_identity", question.pk, status=404)
    post(office, "question_identity", question.pk, status=404, purpose="reply", need=WHY)


def test_who_does_not_answer_does_not_open(cast, as_person, client, dialogue):
    ask(client, dialogue, **LEFT)
    pk = Question.objects.get().pk
    get(as_person(cast.stranger), "question_identity", pk, status=404)
    for person in (cast.central_officer, cast.inspector):
        browser = as_person(person)
        assert "Open it, with a reason" not in get(browser, "question_detail", pk)
        get(browser, "question_identity", pk, status=403)
        post(browser, "question_identity", pk, status=403, purpose="reply", need=WHY)


def test_a_clerk_takes_it_from_paper(cast, as_person, dialogue):
    office = as_person(cast.officer)
    key = key_in(get(office, "question_note", dialogue.pk))
    post(office, "question_note", dialogue.pk, status=200, text=BRIDGE, key=key, channel="paper", **LEFT)
    assert Sealed.objects.count() == 1


def test_words_that_insult_are_taken_off_and_can_be_looked_at_again(cast, as_person, client, dialogue):
    key = key_in(get(client, "ask_page", dialogue.address))
    text = "Cái đồ vô tích sự kia bao giờ nghỉ?"
    page = post(client, "ask_page", dialogue.address, status=200, text=text, key=key).content.decode()
    code, question = receipt_in(page), Question.objects.get()
    Question.objects.update(is_shown=True)
    office = as_person(cast.officer)
    sent = {"step": "take_words_off", "version": question.version}
    post(as_person(cast.central_officer), "question_detail", question.pk, status=403, **sent, reason="Xúc phạm")
    post(office, "question_detail", question.pk, status=422, **sent, reason="Xúc phạm ông Nguyễn Văn Mẫu")
    post(office, "question_detail", question.pk, **sent, reason="Xúc phạm người khác")
    page = get(office, "question_detail", question.pk)
    assert "vô tích sự" not in page
    assert "Words taken off the pages and sealed" in page
    assert "take_words_off" not in page, "once"
    post(office, "question_detail", question.pk, status=409, **sent, reason="Lần nữa")
    for reader in (get(client, "ask_page", dialogue.address), get(office, "dialogue_detail", dialogue.pk)):
        assert "vô tích sự" not in reader
    told = post(client, "receipt", status=200, code=code).content.decode()
    assert "Lời đã gỡ khỏi trang: Xúc phạm người khác" in told
    form = get(office, "question_identity", question.pk)
    assert 'value="moderation"' in form
    assert 'value="reply"' not in form, "no name was left"
    opened = post(office, "question_identity", question.pk, status=200, purpose="moderation", need=WHY)
    assert text in opened.content.decode()
    assert WHY in post(client, "receipt", status=200, code=code).content.decode()
