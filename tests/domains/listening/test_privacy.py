"""A name left for a reply: sealed apart, opened for a reason that its owner reads, deleted in its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import translation

from motbuoc.domains.dialogue import asking
from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.selectors import about
from motbuoc.domains.listening import privacy
from motbuoc.domains.listening.intake import Words
from motbuoc.domains.listening.privacy import About, Reply
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.domains.listening.sealed import Opening, Sealed
from motbuoc.foundation.access.roles import ACTIONS, READING, SCOPES, Action, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.domains.dialogue.test_dialogues import plan_of, rule_for, step
from tests.factories import Cast

pytestmark = pytest.mark.django_db
WHO = Reply("Nguyễn Thị Thử", "ấp 3, xã Thử Nghiệm, điện thoại 0912 345 678")
WHY = "Gửi văn bản trả lời theo yêu cầu"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def question(cast: Cast) -> Question:
    """Asked by somebody who wants a reply in writing."""
    dialogue = step(cast, plan_of(cast, rule_for(cast)), "announce_dialogue")
    words = Words("Khi nào sửa cầu ấp 3?", new_form_key())
    taken = asking.ask(dialogue=dialogue, words=words, reply=WHO)
    assert asking.ask(dialogue=Dialogue.objects.get(), words=words, reply=WHO).question == taken.question
    return taken.question


def opened(cast: Cast, question: Question, **more: str) -> dict[str, str]:
    asked = {"actor": cast.officer, "about": about(question), "kind": Sealed.Kind.IDENTITY}
    return privacy.open_sealed(**asked, **{"purpose": "reply", "need": WHY, **more})


def everything_kept() -> str:
    """All tables, word by word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    # JSON writes letters as numbers.
    return re.sub(r"\\+u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), "\n".join(found))


def test_a_name_is_in_no_table_and_nothing_leads_to_it(cast: Cast, question: Question) -> None:
    kept = everything_kept()
    assert "sửa cầu" in kept
    assert not [word for word in ("Nguyễn Thị Thử", "Thị", "Thử Nghiệm", "0912", "345 678") if word in kept]
    row = Sealed.objects.get()
    assert str(question.pk) != row.handle
    assert question.receipt not in (row.handle, row.content)
    assert len(row.content) == len(_sealed_anew("A", "B")), "its length tells nothing"


def _sealed_anew(name: str, contact: str) -> str:
    other = About("question", 99, "0" * 64, Question.objects.get().unit_id)
    first = Sealed.objects.get().handle
    privacy.leave(about=other, reply=Reply(name, contact))
    return Sealed.objects.exclude(handle=first).get().content


def test_it_tells_no_moment(cast: Cast, question: Question) -> None:
    from base64 import urlsafe_b64decode  # what Fernet writes in the clear

    stamp = urlsafe_b64decode(Sealed.objects.get().content)[1:9]
    assert int.from_bytes(stamp) == 0


def test_whoever_answers_opens_it_for_a_reason_that_its_owner_reads(cast: Cast, question: Question) -> None:
    assert privacy.kept_until(about(question)) == clock.today() + timedelta(days=180)
    assert opened(cast, question) == WHO._asdict()
    told = privacy.openings_of(about(question))
    assert [(one.need, one.opened_on, one.unit_id) for one in told] == [(WHY, clock.today(), cast.bloc.pk)]
    assert told[0].use_until == clock.today() + timedelta(days=30)
    line = HistoryLine.objects.get(action="open_identity")
    assert (line.object_type, line.object_id, line.unit_id) == ("question", question.pk, cast.bloc.pk)
    kept = everything_kept()
    assert not [word for word in ("Nguyễn Thị", "0912", "Thử Nghiệm") if word in kept], "nor does the history tell"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"need": "cần"}, "why it is needed"),
        ({"need": ""}, "why it is needed"),
        ({"need": "Trả lời ông Nguyễn Văn Mẫu như đã hẹn"}, "name nobody"),
        ({"need": "x" * 600}, "500"),
        ({"purpose": "moderation"}, "what it is opened for"),
        ({"purpose": "curiosity"}, "what it is opened for"),
    ],
)
def test_without_a_reason_nothing_is_opened(cast, question, wrong, told):
    with pytest.raises(Refusal, match=told):
        opened(cast, question, **wrong)
    assert not Opening.objects.exists()
    assert not HistoryLine.objects.filter(action="open_identity").exists()


def test_only_the_unit_that_answers_may_and_nobody_by_reading(cast: Cast, question: Question) -> None:
    for who in (
        cast.secretary,
        cast.central_officer,
        cast.inspector,
        cast.administrator,
        cast.member,
        cast.stranger,
    ):
        with pytest.raises(NotAllowed):
            privacy.open_sealed(
                actor=who, about=about(question), kind=Sealed.Kind.IDENTITY, purpose="reply", need=WHY
            )
    assert Action.OPEN_IDENTITY not in READING
    assert not [scope for scope, actions in SCOPES.items() if Action.OPEN_IDENTITY in actions], "no program may"
    may = {role for role, actions in ACTIONS.items() if Action.OPEN_IDENTITY in actions}
    assert may == {Role.DEPARTMENT_OFFICER, Role.UNIT_SECRETARY}


def test_it_is_deleted_in_its_time_and_before_that_as_its_owner_wants(cast: Cast, question: Question) -> None:
    opened(cast, question)
    with time_machine.travel(clock.now() + timedelta(days=181)):
        assert privacy.kept_until(about(question)) is None
        with pytest.raises(Refusal, match="deleted in its time"):
            opened(cast, question)
        assert privacy.delete_overdue() == 1
        assert not Sealed.objects.exists()
        assert len(privacy.openings_of(about(question))) == 1, (
            "that it was opened is told as long as the receipt is"
        )
    asked = Words("Câu khác?", new_form_key())
    other = asking.ask(dialogue=Dialogue.objects.get(), words=asked, reply=WHO).question
    assert privacy.withdraw(about=about(other))
    assert not privacy.withdraw(about=about(other))
    assert not Sealed.objects.exists()
    privacy.forget([about(question)])
    assert not Opening.objects.exists()


def test_keys_are_changed_without_losing_anything(cast: Cast, question: Question, settings) -> None:
    settings.IDENTITY_KEYS = ["khóa mới thứ nhất", settings.SECRET_KEY]
    assert opened(cast, question) == WHO._asdict()
    assert privacy.reseal() == (1, 0)
    settings.IDENTITY_KEYS = ["khóa mới thứ nhất"]
    assert opened(cast, question) == WHO._asdict()
    assert len(privacy.openings_of(about(question))) == 2
    settings.IDENTITY_KEYS = ["một khóa khác hẳn"]
    assert privacy.kept_until(about(question)) is None
    assert privacy.reseal() == (0, 1)


def test_words_taken_off_a_page_are_sealed_likewise(cast: Cast, question: Question) -> None:
    it = about(question)
    with pytest.raises(Refusal, match="reason"):
        privacy.put_aside(actor=cast.officer, about=it, words="lời xúc phạm", reason=" ")
    privacy.put_aside(actor=cast.officer, about=it, words="lời xúc phạm", reason="Xúc phạm người khác")
    asked = {"actor": cast.officer, "about": it, "kind": Sealed.Kind.WORDS, "need": WHY}
    with pytest.raises(Refusal, match="opened for"):
        privacy.open_sealed(purpose="reply", **asked)
    assert privacy.open_sealed(purpose="moderation", **asked) == {"words": "lời xúc phạm"}


@pytest.mark.parametrize(("name", "contact"), [("Thử", ""), ("", "ấp 3"), ("x" * 151, "ấp 3"), ("Thử", "x" * 301)])
def test_a_name_without_an_address_is_no_use(name, contact):
    with pytest.raises(Refusal):
        privacy.checked(name, contact)
    assert privacy.checked(" ", "\n") is None
