"""Dialogues in the browser: planned and announced by the office, asked by people nobody knows, answered."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from motbuoc.domains.dialogue import asking
from motbuoc.domains.dialogue.asking import forward_question
from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.listening.intake import Words
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces import web
from tests.domains.dialogue.test_dialogues import (
    BRIDGE,
    answered,
    ask,
    held,
    kept_promise,
    plan_of,
    rule_for,
    step,
)
from tests.factories import make_unit

STATIC = Path(web.__file__).parent / "static"
pytestmark = pytest.mark.django_db


def get(client, name, *args, status=200):
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


def post(client, page, *args, status=302, **sent):
    response = client.post(reverse(page, args=args), sent)
    assert response.status_code == status, response.content.decode()[:2000]
    return response


@pytest.fixture
def dialogue(cast) -> Dialogue:
    return step(cast, plan_of(cast, rule_for(cast)), "announce_dialogue")


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def asked(client, dialogue, text=BRIDGE, **more):
    key = key_in(get(client, "ask_page", dialogue.address))
    page = post(client, "ask_page", dialogue.address, status=200, text=text, key=key, **more).content.decode()
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)[0]


def test_a_dialogue_is_planned_announced_and_held(cast, as_person):
    client = as_person(cast.officer)
    post(client, "dialogue_rules", unit=cast.bloc.pk)
    assert "Kết luận 215-KL/TW" in get(client, "dialogue_rules")
    rule = cast.bloc.dialogue_rules.get(name__contains="người đứng đầu")
    day = clock.today() + timedelta(days=9)
    sent = {"unit": cast.bloc.pk, "rule": rule.pk, "subject": "Tiền lương", "host": "Bí thư", "planned_on": day}
    post(client, "dialogue_make", **sent)
    dialogue = Dialogue.objects.get()
    assert "Announce it by" in get(client, "dialogue_detail", dialogue.pk)
    post(client, "dialogue_detail", dialogue.pk, step="announce_dialogue", version=dialogue.version)
    assert "<svg" in get(client, "dialogue_sheet", dialogue.pk)
    assert "No question waits." in get(client, "dialogue_screen", dialogue.pk)
    version = Dialogue.objects.get().version
    post(client, "dialogue_hold", dialogue.pk, status=422, version=version, held_on=clock.today())
    post(client, "dialogue_hold", dialogue.pk, version=version, held_on=clock.today(), count_workers=30)
    page = get(client, "dialogue_detail", dialogue.pk)
    assert "Workers: 30" in page
    assert "Missing" in get(client, "dialogue_list")


def test_somebody_asks_and_reads_the_answer_by_the_receipt(cast, client, dialogue):
    page = get(client, "ask_page", dialogue.address)
    assert dialogue.subject in page
    key = key_in(page)
    wrong = post(client, "ask_page", dialogue.address, status=422, text="Gọi 0912345678 nhé", key=key)
    told = wrong.content.decode()
    assert "0912345678" in told
    assert "số điện thoại" in told
    assert key_in(told) == key
    assert not Question.objects.exists()
    code = asked(client, dialogue)
    assert "sessionid" not in client.cookies
    found = post(client, "receipt", status=200, code=code.lower()).content.decode()
    assert BRIDGE in found
    answered(cast, Question.objects.get())
    found = post(client, "receipt", status=200, code=code).content.decode()
    assert "Sửa xong trong quý I." in found
    key = key_in(found)
    said = post(client, "receipt", status=200, code=code, text="Cầu vẫn hỏng", key=key).content.decode()
    assert "báo chưa giải quyết" in said
    assert Question.objects.get().state == "question_again"
    assert "Không có biên nhận" in post(client, "receipt", status=422, code="AAAA-BBBB-CCCC").content.decode()


def test_a_public_page_is_light_and_needs_no_script(client, dialogue):
    page = get(client, "ask_page", dialogue.address)
    sheet, script = ((STATIC / name).stat().st_size for name in ("css/public.css", "js/ask.js"))
    assert page.count('<link rel="stylesheet"') == 1
    assert page.count("<script") == 1
    assert len(page.encode()) + sheet + script < 60_000
    assert '<form method="post"' in page


def test_others_say_they_ask_the_same_once_a_browser(cast, as_person, client, dialogue):
    asked(client, dialogue)
    question = Question.objects.get()
    assert BRIDGE not in get(client, "ask_page", dialogue.address).split("<form")[-1]
    post(client, "support_question", dialogue.address, 1, status=404)
    office = as_person(cast.officer)
    post(office, "question_detail", question.pk, step="show_question", version=1, is_shown=1)
    for _again in range(2):
        post(client, "support_question", dialogue.address, 1)
    assert Question.objects.get().supports == 1
    assert "Đã cùng hỏi." in get(client, "ask_page", dialogue.address)


def test_the_office_deals_with_questions(cast, as_person, dialogue):
    client = as_person(cast.officer)
    key = key_in(get(client, "question_note", dialogue.pk))
    post(client, "question_note", dialogue.pk, status=422, text="Ông Nguyễn Văn Thử", key=key, channel="paper")
    page = post(client, "question_note", dialogue.pk, status=200, text=BRIDGE, key=key, channel="paper")
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.content.decode())
    question = Question.objects.get()
    assert BRIDGE in get(client, "dialogue_screen", dialogue.pk)
    sent = {"step": "answer_question", "version": 1, "answer": "Sẽ sửa.", "handling": ""}
    post(client, "question_detail", question.pk, status=422, **sent)
    named = sent | {"answer": "Gọi 0912345678.", "handling": "in_writing"}
    told = post(client, "question_detail", question.pk, status=422, **named).content.decode()
    assert "“0912345678”" in told
    assert 'name="keeps"' in told
    post(client, "question_detail", question.pk, **sent | {"handling": "in_writing"})
    assert post(client, "question_detail", question.pk, status=409, **sent | {"handling": "in_writing"})
    for reader in (cast.central_officer, cast.inspector):
        assert "Sẽ sửa." in get(as_person(reader), "question_detail", question.pk)
        post(as_person(reader), "question_detail", question.pk, status=403, **sent)
    get(as_person(cast.secretary), "question_detail", question.pk, status=404)
    get(as_person(cast.member), "dialogue_list", status=404)


def test_results_stand_on_the_public_page(cast, client, dialogue):
    asked(client, dialogue)
    answered(cast, Question.objects.get())
    held(cast, dialogue)
    step(cast, dialogue, "publish_dialogue")
    page = get(client, "ask_page", dialogue.address)
    assert "Sửa xong trong quý I." in page
    assert "<textarea" not in page
    get(client, "ask_page", "khong-co", status=404)


def test_a_list_asks_as_many_queries_for_three_as_for_thirty(cast, as_person, django_assert_max_num_queries):
    rule = rule_for(cast)
    for _each in range(15):
        plan_of(cast, rule)
    client = as_person(cast.officer)
    get(client, "dialogue_list")
    with django_assert_max_num_queries(22):
        get(client, "dialogue_list")


def test_units_stand_by_their_gap_on_pages_and_in_a_file(cast, as_person):
    rule_for(cast)
    client = as_person(cast.officer)
    page = get(client, "dialogue_gaps")
    assert "The rules ask for 4 dialogues" in page
    assert "2 units have a gap." in page
    few = client.get(reverse("dialogue_gaps"), {"thieu": "1", "nam": clock.today().year - 1, "page": "x"})
    assert "Show all units" in few.content.decode()
    assert client.get(reverse("dialogue_gaps"), {"nam": "9x"}).status_code == 200
    file = client.get(reverse("dialogue_gaps_export"), {"thieu": "1"})
    rows = CalamineWorkbook.from_filelike(BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
    assert ["Chi bộ Sở Ánh Dương", 2, 0, 0, 2, 0, 0, 0] in rows
    own = get(as_person(cast.secretary), "dialogue_gaps")
    assert "Ánh Dương" in own
    assert "Đảng ủy Khối" not in own.split("<main")[1]
    for name in ("dialogue_gaps", "dialogue_gaps_export"):
        get(as_person(cast.member), name, status=404)


def test_gaps_ask_as_many_queries_for_three_units_as_for_thirty(cast, as_person, django_assert_num_queries):
    rule_for(cast)
    client = as_person(cast.officer)
    get(client, "dialogue_gaps")
    with CaptureQueriesContext(connection) as few:
        get(client, "dialogue_gaps")
    for number in range(30):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    with django_assert_num_queries(len(few)):
        assert "Chi bộ số 29" in get(client, "dialogue_gaps")


def test_the_desk_tells_of_the_gap_and_of_what_was_just_asked(cast, as_person, client, dialogue):
    office = as_person(cast.officer)
    page = get(office, "desk")
    assert "The rules ask for 4 dialogues" in page
    assert "All 2 units with a gap" in page
    assert "0 of 0 questions answered" in page
    asked(client, dialogue)
    assert "0 of 1 questions answered" in get(office, "desk"), "no line of history tells of a question"


def test_the_receipt_tells_each_step_with_its_day(cast, client, dialogue):
    taken = ask(dialogue)
    forward_question(actor=cast.officer, question=taken.question, version=1, unit_id=cast.unit_a.pk)
    page = post(client, "receipt", status=200, code=taken.code).content.decode()
    day = f"{clock.today():%d/%m/%Y}"
    assert f"{day}: Đã tiếp nhận" in page
    assert f"{day}: Đã chuyển đến đơn vị có thể trả lời: Chi bộ Sở Ánh Dương" in page
    answered(cast, taken.question, cast.secretary)
    held(cast, dialogue)
    asking.say_unsolved(code=taken.code, question=Question.objects.get(), words=Words("Chưa", new_form_key()))
    page = post(client, "receipt", status=200, code=taken.code).content.decode()
    told = [
        "Đã tiếp nhận",
        "Đã chuyển đến",
        "Đã trả lời",
        "Cuộc đối thoại đã được tổ chức",
        "chưa giải quyết xong",
    ]
    assert all(f"{day}: " in page and words in page for words in told)
    assert cast.officer.full_name not in page


def test_a_unit_s_published_dialogues_stand_on_one_page(cast, client, dialogue):
    get(client, "published_dialogues", cast.bloc.pk, status=404)
    taken = ask(dialogue)
    task = kept_promise(cast, dialogue, taken)
    withheld = ask(dialogue, "Câu không công khai")
    assert "Đã được công nhận hoàn thành" in post(client, "receipt", status=200, code=taken.code).content.decode()
    get(client, "published_dialogues", cast.bloc.pk, status=404)
    step(cast, dialogue, "publish_dialogue")
    page = get(client, "published_dialogues", cast.bloc.pk)
    assert dialogue.subject in page
    assert "1 câu hỏi đã trả lời công khai" in page
    assert "Sửa cầu ấp 3" in page
    assert "đã xong" in page.casefold() or "hoàn thành" in page.casefold()
    assert "Sửa cầu ấp 3" in get(client, "ask_page", dialogue.address)
    assert withheld.question.text not in page
    get(client, "published_dialogues", cast.unit_a.pk, status=404)
    task.document.classification = "internal"
    task.document.save()
    assert "Sửa cầu ấp 3" not in get(client, "published_dialogues", cast.bloc.pk)
    assert "Sửa cầu ấp 3" not in get(client, "ask_page", dialogue.address)


def test_published_dialogues_ask_as_many_queries_for_three_as_for_twenty(cast, client, django_assert_num_queries):
    def publish(number):
        for _each in range(number):
            made = step(cast, plan_of(cast, None, days=0), "announce_dialogue")
            step(cast, held(cast, made), "publish_dialogue")

    publish(3)
    with CaptureQueriesContext(connection) as few:
        get(client, "published_dialogues", cast.bloc.pk)
    publish(15)
    with django_assert_num_queries(len(few)):
        get(client, "published_dialogues", cast.bloc.pk)


def test_both_sides_confirm_the_minutes_on_their_page(cast, as_person, dialogue):
    client = as_person(cast.officer)
    get(client, "dialogue_minutes_paper", dialogue.pk, status=404)
    held(cast, dialogue)
    assert "Neither side has confirmed" in get(client, "dialogue_detail", dialogue.pk)
    version = Dialogue.objects.get().version
    sent = {"version": version, "side": "people", "office": "", "signed_on": clock.today()}
    post(client, "dialogue_confirm", dialogue.pk, status=422, **sent)
    post(client, "dialogue_confirm", dialogue.pk, **sent | {"office": "Chủ tịch Công đoàn"})
    assert "Chủ tịch Công đoàn, signed on" in get(client, "dialogue_detail", dialogue.pk)
    paper = client.get(reverse("dialogue_minutes_paper", args=[dialogue.pk]))
    assert paper["Content-Disposition"].endswith('.docx"')
    for reader in (cast.central_officer, cast.inspector):
        post(as_person(reader), "dialogue_confirm", dialogue.pk, status=403, **sent)
    get(as_person(cast.secretary), "dialogue_minutes_paper", dialogue.pk, status=404)


def test_what_is_answered_in_the_room_is_noted_on_its_screen(cast, as_person, dialogue):
    Dialogue.objects.update(agenda="8 giờ: khai mạc")
    first, second = ask(dialogue).question, ask(dialogue, "Đường ấp 5?").question
    client = as_person(cast.officer)
    page = get(client, "dialogue_screen", dialogue.pk)
    assert "8 giờ: khai mạc" in page
    assert "Note it, and on to the next question" in page
    sent = {"step": "answer_question", "version": first.version, "handling": "on_the_spot", "back": "screen"}
    done = post(client, "question_detail", first.pk, **sent, answer="Đã trả lời tại hội nghị.")
    assert done["Location"] == reverse("dialogue_screen", args=[dialogue.pk])
    assert Question.objects.get(pk=first.pk).handling == "on_the_spot"
    assert f"Question {second.number}" in get(client, "dialogue_screen", dialogue.pk)
    assert "Note it, and on" not in get(as_person(cast.inspector), "dialogue_screen", dialogue.pk)
