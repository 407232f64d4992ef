"""What people wrote is deleted when its time is over, and nothing of it is left in any table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import translation

from motbuoc.domains.dialogue import asking
from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.selectors import about, found_by_receipt, shown_to_all
from motbuoc.domains.dialogue.tallies import tallies_for
from motbuoc.domains.listening import privacy, retention
from motbuoc.domains.listening.intake import Words
from motbuoc.domains.listening.privacy import Reply
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.domains.listening.sealed import Opening, Sealed
from motbuoc.foundation.core import clock
from motbuoc.interfaces.jobs.forgetting import forget_once_a_day
from tests.domains.dialogue.test_dialogues import answered, ask, held, plan_of, rule_for, step
from tests.domains.listening.test_privacy import WHY, everything_kept
from tests.factories import Cast

pytestmark = pytest.mark.django_db
WORDS = ("sửa cầu", "Sửa xong trong quý", "chưa thấy ai", "đoạn đường sau chợ", "không thuộc thẩm quyền chỗ này")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def codes(cast: Cast) -> list[str]:
    """Codes of: one answered, with a name, said not to be solved and answered again; one grouped with it; one set
    aside; one still owed an answer."""
    dialogue = step(cast, plan_of(cast, rule_for(cast), days=0), "announce_dialogue")
    words = Words("Khi nào sửa cầu ấp 3?", new_form_key())
    first = asking.ask(dialogue=dialogue, words=words, reply=Reply("Nguyễn Thị Thử", "ấp 3"))
    second = ask(dialogue, "Bao giờ làm đoạn đường sau chợ?")
    third = ask(dialogue, "Xin hỏi việc khác?")
    owed = ask(dialogue, "Câu này còn nợ trả lời?")
    asking.group_question(actor=cast.officer, question=second.question, version=1, other=first.question)
    answered(cast, first.question)
    unsolved = Words("Đến nay chưa thấy ai làm gì", new_form_key())
    asking.say_unsolved(code=first.code, question=Question.objects.get(pk=first.question.pk), words=unsolved)
    answered(cast, first.question)
    aside = {"version": third.question.version, "reason": "Việc này không thuộc thẩm quyền chỗ này"}
    asking.set_aside(actor=cast.officer, question=third.question, **aside)
    asked = {"about": about(first.question), "kind": Sealed.Kind.IDENTITY, "purpose": "reply", "need": WHY}
    privacy.open_sealed(actor=cast.officer, **asked)
    held(cast, dialogue)
    step(cast, dialogue, "publish_dialogue")
    return [first.code, second.code, third.code, owed.code]


def test_nothing_of_it_is_left(cast: Cast, codes: list[str]) -> None:
    assert all(word in everything_kept() for word in WORDS)
    assert retention.delete_what_is_over() == {}, "nothing before its time"
    with time_machine.travel(clock.now() + timedelta(days=731)):
        assert retention.delete_what_is_over() == {"sealed": 1, "receipt": 3}
        assert [found_by_receipt(code) is None for code in codes] == [True, True, True, False]
        assert not Sealed.objects.exists()
        assert not Opening.objects.exists()
        assert all(word in everything_kept() for word in WORDS), "the words have more time"
    with time_machine.travel(clock.now() + timedelta(days=1826)):
        out = StringIO()
        call_command("privacy", "forget", stdout=out)
        assert "question: 3 deleted." in out.getvalue()
        assert retention.delete_what_is_over() == {}
    kept = everything_kept()
    # A reason that staff wrote stands in the history, which nobody can change.
    assert [word for word in WORDS if word in kept] == ["không thuộc thẩm quyền chỗ này"]
    assert "còn nợ trả lời" in kept, "what is owed waits, however old it is"
    assert not list(shown_to_all(Dialogue.objects.get()))
    tally = tallies_for(cast.officer, clock.today().year).get(pk=cast.bloc.pk)
    assert (tally.asked, tally.answered) == (4, 2), "that there were questions stays"


def test_times_are_settings_and_a_slip_of_the_pen_is_noticed(cast, codes, settings):
    settings.KEPT_DAYS = {"receipt": 10, "question": 20}
    retention.check()
    with time_machine.travel(clock.now() + timedelta(days=21)):
        assert retention.delete_what_is_over() == {"receipt": 3, "question": 3}
    settings.KEPT_DAYS = {"questions": 10}
    with pytest.raises(ImproperlyConfigured, match="questions"):
        retention.check()


def test_the_worker_does_it_once_a_day(cast, codes):
    with time_machine.travel(clock.now() + timedelta(days=2000)):
        assert set(forget_once_a_day()) == {"sealed", "receipt", "question"}
        assert forget_once_a_day() == {}


def test_names_are_sealed_anew_from_the_command_line(cast, codes, settings):
    settings.IDENTITY_KEYS = ["mới", settings.SECRET_KEY]
    out = StringIO()
    call_command("privacy", "reseal", stdout=out)
    assert "Sealed anew: 1." in out.getvalue()


def test_sqlite_overwrites_what_it_deletes(tmp_path):
    """What the job asks of SQLite does what it is asked for: the file itself holds nothing afterwards."""
    path = tmp_path / "x.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as db:
        db.executescript("PRAGMA journal_mode=WAL; CREATE TABLE q (t TEXT);")
        db.executemany("INSERT INTO q VALUES (?)", [("sửa cầu ấp 3 " * 9,)] * 200)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert "sửa cầu".encode() in path.read_bytes()
        db.execute("PRAGMA secure_delete=ON")
        db.execute("UPDATE q SET t = 'x' WHERE rowid < 100")
        db.execute("DELETE FROM q WHERE rowid >= 100")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert "sửa cầu".encode() not in left
