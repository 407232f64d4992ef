"""Programs do the office's part of a dialogue: planned, announced, its questions dealt with, held, promised."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.domains.dialogue.models import Dialogue
from motbuoc.foundation.core import clock
from tests.domains.dialogue.test_dialogues import ask, rule_for
from tests.factories import Cast
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def announced(cast: Cast) -> tuple[str, dict]:
    """A dialogue of the bloc that takes questions, and its path."""
    officer = Program(cast.officer)
    said = {"subject": "Tiền lương", "host": "Bí thư", "planned_on": clock.today().isoformat()}
    made = officer.send("dialogues", 201, unit=cast.bloc.pk, rule=rule_for(cast).pk, **said)
    path = f"dialogues/{made['id']}"
    made = officer.send(f"{path}/change", version=made["version"], **said | {"subject": "Nhà ở công nhân"})
    assert [step["name"] for step in made["steps"]] == ["announce_dialogue", "hold_dialogue", "call_off_dialogue"]
    return path, officer.send(f"{path}/steps", version=made["version"], step="announce_dialogue")


def test_from_the_plan_to_what_was_promised(cast: Cast) -> None:
    officer = Program(cast.officer)
    path, dialogue = announced(cast)
    first, second = (ask(Dialogue.objects.get(), text).question for text in ("Câu một?", "Câu hai?"))
    rows = officer.ask(f"{path}/questions")["rows"]
    assert [row["text"] for row in rows] == ["Câu một?", "Câu hai?"]
    assert "receipt" not in rows[0]
    assert officer.ask("questions/owed")["total"] == 2
    officer.send(f"questions/{second.pk}/alike", version=1, other=first.pk)
    officer.send(f"questions/{first.pk}/shown", version=1, is_shown=True)
    officer.send(f"questions/{first.pk}/answer", 409, version=1, text="Có.", handling="raised")
    told = officer.send(f"questions/{first.pk}/answer", version=2, text="Có.", handling="on_the_spot")
    assert (told["state"], told["answered_on"]) == ("question_answered", clock.today().isoformat())
    counts = [{"group": "workers", "count": 25}]
    officer.send(f"{path}/held", 422, version=dialogue["version"], held_on=clock.today().isoformat(), counts=[])
    held = officer.send(
        f"{path}/held", version=dialogue["version"], held_on=clock.today().isoformat(), counts=counts
    )
    assert held["attended"] == 25
    due = (clock.today() + timedelta(days=20)).isoformat()
    officer.send(f"{path}/promises", 422, text="Sửa", unit=cast.province.pk, due_on=due)
    whole = officer.send(f"{path}/promises", text="Sửa nhà để xe", unit=cast.unit_a.pk, due_on=due)
    whole = officer.send(f"commitments/{whole['commitments'][0]['id']}/drop")
    assert whole["commitments"] == []
    assert officer.ask("dialogue-rules")["total"] == 1


def test_what_goes_to_another_unit_is_theirs(cast: Cast) -> None:
    officer, secretary = Program(cast.officer), Program(cast.secretary)
    path, _dialogue = announced(cast)
    question = ask(Dialogue.objects.get(), "Câu một?").question
    secretary.ask(path, 404)
    officer.send(f"questions/{question.pk}/forward", 422, version=1, unit=cast.bloc.pk)
    officer.send(f"questions/{question.pk}/forward", version=1, unit=cast.unit_a.pk)
    assert secretary.ask(path)["steps"] == []
    officer.send(f"questions/{question.pk}/aside", 403, version=2, reason="Không thuộc thẩm quyền")
    secretary.send(f"questions/{question.pk}/aside", version=2, reason="Không thuộc thẩm quyền")
    assert secretary.send(f"questions/{question.pk}/take-up", version=3)["state"] == "question_received"
    Program(cast.central_officer).send(f"{path}/steps", 403, version=2, step="publish_dialogue")
