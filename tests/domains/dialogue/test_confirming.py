"""Both sides confirm the minutes."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import docx
import pytest

from motbuoc.domains.dialogue import services
from motbuoc.domains.dialogue.confirming import confirm_minutes, minutes_of
from motbuoc.domains.dialogue.models import Dialogue
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.papers.conclusion import minutes_file
from tests.domains.dialogue.test_dialogues import held, plan_of, rule_for, step
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue(cast: Cast) -> Dialogue:
    return held(cast, step(cast, plan_of(cast, rule_for(cast)), "announce_dialogue"))


def confirm(cast: Cast, person=None, **said) -> Dialogue:
    fresh = Dialogue.objects.get()
    what = {"side": "people", "office": "Chủ tịch  Công đoàn", "signed_on": clock.today()} | said
    return confirm_minutes(actor=person or cast.officer, dialogue=fresh, version=fresh.version, **what)


def test_each_side_signs_once_by_its_office(cast: Cast, dialogue: Dialogue) -> None:
    confirm(cast)
    confirm(cast, office="Phó Chủ tịch Công đoàn")
    confirm(cast, side="head", office="Bí thư Đảng ủy")
    signed = [(one.side, one.office) for one in dialogue.confirmations.all()]
    assert signed == [("head", "Bí thư Đảng ủy"), ("people", "Phó Chủ tịch Công đoàn")]
    for said in ({"side": "none"}, {"office": " "}, {"signed_on": clock.today() + timedelta(days=1)}):
        with pytest.raises(Refusal):
            confirm(cast, **said)
    with pytest.raises(Refusal):
        confirm(cast, signed_on=clock.today() - timedelta(days=1))
    for person in (cast.secretary, cast.member, cast.inspector):
        with pytest.raises(NotAllowed):
            confirm(cast, person)


def test_changed_minutes_are_signed_anew(cast: Cast, dialogue: Dialogue) -> None:
    confirm(cast)
    for minutes, left in (("Đã trao đổi.", 1), ("Đã trao đổi khác.", 0)):
        fresh = Dialogue.objects.get()
        services.write_minutes(actor=cast.officer, dialogue=fresh, version=fresh.version, minutes=minutes)
        assert dialogue.confirmations.count() == left
    fresh = Dialogue.objects.get()
    services.write_minutes(actor=cast.officer, dialogue=fresh, version=fresh.version, minutes="")
    with pytest.raises(Refusal):
        confirm(cast)


def test_the_paper_says_what_was_said_and_who_signs(cast: Cast, dialogue: Dialogue) -> None:
    confirm(cast)
    paper = docx.Document(BytesIO(minutes_file(minutes_of(Dialogue.objects.get()))))
    words = "\n".join(
        [one.text for one in paper.paragraphs]
        + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    )
    assert "BIÊN BẢN" in words
    assert "Đã trao đổi." in words
    assert "Chủ tịch Công đoàn đã ký ngày" in words
    assert "Đại diện bên chủ trì (ký" in words
