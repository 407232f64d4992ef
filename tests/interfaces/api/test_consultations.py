"""Programs begin consultations, read what was said and say what becomes of it, under the rules of the pages."""

from __future__ import annotations

import pytest

from motbuoc.domains.consultation.models import Consultation
from motbuoc.foundation.core import clock
from tests.domains.consultation.test_commenting import CLAUSE, say
from tests.domains.consultation.test_consultations import add_draft, provision
from tests.domains.consultation.test_disposing import LATE, ROOM, grouped
from tests.factories import Cast
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def test_a_draft_is_laid_before_people_and_their_comments_dealt_with(cast: Cast) -> None:
    officer, today = Program(cast.officer), clock.today().isoformat()
    asked = {"unit": cast.bloc.pk, "subject": "dự thảo", "opens_on": today, "closes_on": today, "is_public": True}
    officer.send("consultations", 422, **asked | {"closes_on": "2020-01-01"})
    made = officer.send("consultations", 201, **asked)
    path, kept = f"consultations/{made['id']}", Consultation.objects.get()
    officer.send(f"{path}/steps", 422, version=1, step="open_consultation")
    add_draft(cast, kept)
    opened = officer.send(f"{path}/steps", version=2, step="open_consultation")
    for text in (*LATE, *ROOM):
        say(kept, text)
    number = provision(kept, CLAUSE).number
    rows = officer.ask(f"{path}/provisions")["rows"]
    assert [(row["label"], row["comments"]) for row in rows if row["comments"]] == [("Khoản 1 Điều 1", 4)]
    told = officer.ask(f"{path}/comments?provision={number}")
    assert [row["text"] for row in told] == [*LATE, *ROOM]
    assert [row["text"] for row in officer.ask(f"{path}/comments?provision={number}&after={told[1]['id']}")] == [
        *ROOM
    ]
    grouped(cast, kept)
    closed = officer.send(f"{path}/steps", version=opened["version"], step="close_consultation")
    groups = officer.ask(f"{path}/groups?provision={number}")["rows"]
    officer.send(f"comment-groups/{groups[0]['id']}/answer", 422, version=2, disposition="declined")
    officer.send(f"{path}/steps", 422, version=closed["version"], step="answer_consultation")
    for row in groups:
        answer = {"version": row["version"], "disposition": "partly", "reason": "Luật đã quy định"}
        assert officer.send(f"comment-groups/{row['id']}/answer", **answer)["disposition"] == "partly"
    assert officer.ask(path)["answered"] == 4
    officer.send(f"{path}/steps", version=closed["version"], step="answer_consultation")


def test_who_may_not(cast: Cast) -> None:
    today = clock.today().isoformat()
    asked = {"subject": "dự thảo", "opens_on": today, "closes_on": today}
    made = Program(cast.officer).send("consultations", 201, unit=cast.bloc.pk, **asked)
    path = f"consultations/{made['id']}"
    Program(cast.inspector).ask(path)
    Program(cast.inspector).send(f"{path}/steps", 403, version=1, step="open_consultation")
    Program(cast.officer).send("consultations", 403, unit=cast.unit_a.pk, **asked)
    Program(cast.secretary).ask(path, 404)
    Program(cast.secretary).ask(f"{path}/comments?provision=1", 404)
