"""What people and units say of a draft: on one provision or words of it, taken in once, kept word for word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from motbuoc.domains.consultation import replying
from motbuoc.domains.consultation.commenting import Phrase, Taken, comment
from motbuoc.domains.consultation.models import AskedUnit, Comment, Consultation
from motbuoc.domains.consultation.replying import Reply
from motbuoc.domains.consultation.selectors import (
    comment_counts,
    comments_on,
    found_by_receipt,
    number_called,
    version_of,
    window_of,
)
from motbuoc.domains.listening.intake import AtAnotherDoor, TellsWho, Words
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.domains.consultation.test_consultations import add_draft, made_by, opened_by, provision, step
from tests.factories import Cast

pytestmark = pytest.mark.django_db
CLAUSE = "dieu-1.khoan-1"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def say(consultation: Consultation, text: str, anchor: str = CLAUSE, quoted: str = "", **more: Any) -> Taken:
    start = more.pop("start", None)
    words = Words(text, more.pop("key", new_form_key()), **more)
    number = provision(consultation, anchor).number
    return comment(consultation=consultation, number=number, words=words, phrase=Phrase(quoted, start))


def asked_unit(consultation: Consultation, unit: Any) -> AskedUnit:
    return AskedUnit.objects.get(consultation=consultation, unit=unit)


def prepare(cast: Cast, consultation: Consultation, text: str, anchor: str = CLAUSE, **more: Any) -> AskedUnit:
    asked = asked_unit(consultation, cast.unit_a)
    told: dict[str, Any] = {"actor": cast.secretary, "asked": asked, "version": asked.version, "text": text} | more
    return replying.prepare_comment(
        number=provision(consultation, anchor).number, phrase=Phrase(told.pop("quoted", "")), **told
    )


def send(cast: Cast, consultation: Consultation, **more: Any) -> AskedUnit:
    asked = asked_unit(consultation, cast.unit_a)
    reply = Reply(**({"number": "45-CV/CB", "dated": clock.today()} | more))
    return replying.send_reply(actor=cast.secretary, asked=asked, version=asked.version, reply=reply)


def test_a_comment_is_taken_in_once_and_found_by_its_receipt_alone(cast: Cast) -> None:
    made = opened_by(cast)
    first = say(made, "Nên ghi rõ  “thời hạn” trả lời", key="k" * 20)
    again = say(made, "Nên ghi rõ  “thời hạn” trả lời", key="k" * 20)
    assert first.comment.pk == again.comment.pk
    assert first.code == again.code
    kept = Comment.objects.get()
    assert kept.text == "Nên ghi rõ  “thời hạn” trả lời"  # word for word
    assert first.code not in (kept.receipt, kept.text)
    assert found_by_receipt(first.code.lower()) == kept
    assert found_by_receipt("0000-0000-0000") is None
    assert not HistoryLine.objects.filter(action="comment").exists()


def test_a_phrase_stands_where_it_was_chosen(cast: Cast) -> None:
    made = opened_by(cast)
    text = provision(made, CLAUSE).text
    kept = say(made, "Sửa", quoted="việc tiếp công dân").comment
    assert text[kept.start : kept.start + len(kept.quoted)] == kept.quoted == "việc tiếp công dân"
    second = text.rindex("n")
    assert say(made, "Sửa", quoted="n", start=second).comment.start == second
    assert say(made, "Sửa", quoted="Việc\ntiếp  công dân").comment.quoted == "việc tiếp công dân"
    for wrong in ("xử phạt", "n" * 501):
        with pytest.raises(Refusal):
            say(made, "Sửa", quoted=wrong)


def test_words_are_looked_through_before_they_are_kept(cast: Cast) -> None:
    made = opened_by(cast)
    with pytest.raises(TellsWho):
        say(made, "Tôi là Nguyễn Văn Thử, gọi 0912345678")
    with pytest.raises(AtAnotherDoor):
        say(made, "Tôi tố cáo chủ tịch xã nhận tiền")
    for wrong in ("   ", "x" * 2001):
        with pytest.raises(Refusal):
            say(made, wrong)
    assert not Comment.objects.exists()
    assert say(made, "Gọi 0912345678", keeps=True).comment.pk


def test_nothing_is_taken_in_when_nobody_is_asked(cast: Cast) -> None:
    later = clock.today() + timedelta(days=3)
    early = opened_by(cast, opens_on=later)
    units_alone = opened_by(cast, cast.unit_a, is_public=False)
    closed = opened_by(cast)
    step(cast, closed, "close_consultation")
    for made in (early, units_alone, closed):
        with pytest.raises(Refusal):
            say(made, "Ý kiến")
    words, open_one = Words("Ý kiến", new_form_key()), opened_by(cast)
    with pytest.raises(Refusal, match="not in the draft"):
        comment(consultation=open_one, number=999, words=words, phrase=Phrase(""))


def test_a_unit_replies_once_with_number_and_day(cast: Cast) -> None:
    made = opened_by(cast, cast.unit_a)
    prepare(cast, made, "Bổ sung thời hạn", quoted="tiếp công dân")
    prepare(cast, made, "Bỏ điểm này", anchor="dieu-1.khoan-2.diem-b")
    assert not Comment.objects.exists()  # nobody sees what is not sent
    asked = asked_unit(made, cast.unit_a)
    replying.drop_prepared(actor=cast.secretary, asked=asked, version=asked.version, place=1)
    tomorrow = clock.today() + timedelta(days=1)
    for wrong in ({"number": " "}, {"dated": tomorrow}, {"has_no_comment": True}):
        with pytest.raises(Refusal):
            send(cast, made, **wrong)
    sent = send(cast, made)
    kept = Comment.objects.get()
    assert (kept.text, kept.quoted, kept.reply_id) == ("Bổ sung thời hạn", "tiếp công dân", sent.pk)
    assert kept.receipt is None
    with pytest.raises(Refusal, match="replied already"):
        prepare(cast, made, "Thêm")
    acts = HistoryLine.objects.filter(action="send_reply")
    assert [line.actor_id for line in acts] == [cast.secretary.pk]


def test_no_comment_is_a_reply_too(cast: Cast) -> None:
    made = opened_by(cast, cast.unit_a)
    with pytest.raises(Refusal, match="at least one comment"):
        send(cast, made)
    assert send(cast, made, has_no_comment=True).has_no_comment
    assert not Comment.objects.exists()


def test_nobody_replies_for_another(cast: Cast) -> None:
    made = opened_by(cast, cast.unit_a)
    asked = asked_unit(made, cast.unit_a)
    for person in (cast.officer, cast.central_officer, cast.secretary_b, cast.member, cast.inspector):
        with pytest.raises(NotAllowed):
            prepare(cast, made, "Thay", actor=person)
    with pytest.raises(Collision):
        prepare(cast, made, "Sửa", version=asked.version + 1)


def test_pages_of_a_long_draft_are_light_and_lead_on(cast: Cast) -> None:
    many = "\n".join(f"Điều {n}. Nội dung\n{'Một câu dài của dự thảo. ' * 40}" for n in range(1, 60))
    made = made_by(cast, drafted=False, is_public=True)
    add_draft(cast, made, f"QUY CHẾ\nMẫu\n\n{many}")
    version = version_of(made)
    numbers, start = [], 1
    while start:
        window = window_of(version, start)
        numbers += [row.number for row in window.provisions]
        assert sum(len(row.text.encode()) for row in window.provisions) < 30_000
        start = window.after or 0
    assert numbers == list(range(1, len(numbers) + 1))
    at = number_called(version, "30")
    assert window_of(version, at).provisions[0].label == "Điều 30"
    before = window_of(version, at).before
    assert before < at
    assert window_of(version, before).after <= at
    assert number_called(version, "Điều 700") is None


def test_counts_and_lists_ask_the_same_for_three_as_for_thirty(cast: Cast, django_assert_num_queries: Any) -> None:
    made = opened_by(cast, cast.unit_a)
    for number in range(30):
        say(made, f"Ý kiến {number}")
    row = provision(made, CLAUSE)
    with django_assert_num_queries(1):
        assert comment_counts(made) == {row.pk: 30}
    with django_assert_num_queries(1):
        first = comments_on(made, row, most=20)
    assert [one.text for one in comments_on(made, row, after=first[-1].pk)] == [
        f"Ý kiến {n}" for n in range(20, 30)
    ]
