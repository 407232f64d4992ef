"""Programs follow work: what a task waits for, its parts, urging, what changed, the wall."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Position, PositionTitle
from motbuoc.foundation.units.models import UnitGroup
from tests.factories import LONG_AGO, make_directive, step_on
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def directive(cast):
    return make_directive(cast)


def tasks_of(unit) -> list[Assignment]:
    return list(Assignment.objects.filter(unit=unit).order_by("pk"))


def test_a_task_waits_for_another_and_no_more(cast, directive) -> None:
    mine, theirs = tasks_of(cast.unit_a)[0], tasks_of(cast.unit_b)[0]
    officer, secretary = Program(cast.officer), Program(cast.secretary)
    path = f"assignments/{mine.pk}/waits"
    secretary.send(path, 403, needs=theirs.pk)
    waits = officer.send(path, 201, needs=theirs.pk)
    assert waits["is_waiting"]
    assert [tie["assignment_id"] for tie in waits["needs"]] == [theirs.pk]
    assert "→" in officer.send(f"assignments/{theirs.pk}/waits", 422, needs=mine.pk)["detail"]
    [tie] = secretary.ask(path)["needs"]  # of a task out of sight only its unit and state
    assert (tie["assignment_id"], tie["words"], tie["state"]) == (None, "", "assigned")
    assert tie["unit"]
    assert officer.ask(f"assignments/{theirs.pk}/waits")["awaited_by"][0]["assignment_id"] == mine.pk
    assert officer.send(f"{path}/end", needs=theirs.pk)["needs"] == []
    officer.send(path, 404, needs=2**80)


def test_a_part_is_given_done_returned_and_taken_away(cast, directive) -> None:
    task = tasks_of(cast.unit_a)[0]
    Position.objects.create(person=cast.member, unit=cast.unit_a, title=PositionTitle.MEMBER, valid_from=LONG_AGO)
    secretary, member, officer = Program(cast.secretary), Program(cast.member), Program(cast.officer)
    path = f"assignments/{task.pk}/parts"
    assert "member" in {position["title"] for position in secretary.ask(path)["positions"]}
    given = {"what": "Lập danh sách", "title": "member"}
    officer.send(path, 403, **given)  # above the unit nobody splits its work
    [part] = secretary.send(path, 201, **given)["parts"]
    assert officer.ask(path) == {"count": 1, "done": 0, "parts": [], "positions": []}
    assert [row["id"] for row in member.ask("parts")["rows"]] == [part["id"]]
    step = f"parts/{part['id']}/steps"
    officer.send(step, 404, step="finish", version=part["version"])
    Program(cast.secretary_b).send(step, 404, step="finish", version=part["version"])
    member.send(step, 403, step="drop", version=part["version"])
    done = member.send(step, step="finish", version=part["version"], words="Đã lập")
    assert (done["done"], done["parts"][0]["state"]) == (1, "done")
    secretary.send(step, 409, step="return", version=part["version"], words="Thiếu")
    [back] = secretary.send(step, step="return", version=done["parts"][0]["version"], words="Thiếu")["parts"]
    assert (back["state"], back["words"]) == ("returned", "Thiếu")
    assert secretary.send(step, step="drop", version=back["version"])["count"] == 0


def test_the_unit_that_tracks_a_task_urges_it(cast, directive) -> None:
    task = tasks_of(cast.unit_a)[0]
    Assignment.objects.filter(pk=task.pk).update(monitor=cast.unit_b)
    tracker = Program(cast.secretary_b)
    assert [row["id"] for row in tracker.ask("followed-assignments")["rows"]] == [task.pk]
    assert Program(cast.secretary).ask("followed-assignments")["total"] == 0
    path = f"assignments/{task.pk}/urge"
    Program(cast.secretary).send(path, 403)
    assert tracker.send(path)["told"] >= 1
    assert tracker.send(path, 422)["detail"]  # once a day


def test_what_changed_is_told_to_whom_it_concerns(cast, directive) -> None:
    task = tasks_of(cast.unit_a)[0]
    for step, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        if step in {s["name"] for s in Program(actor).ask(f"assignments/{task.pk}")["steps"]}:
            step_on(Assignment.objects.get(pk=task.pk), step, actor, "Đã xong")
    [change] = [c for c in Program(cast.secretary).ask("changes")["changes"] if c["object_id"] == task.pk]
    assert change["act"] in ("accept", "accept_period")
    assert not [c for c in Program(cast.secretary_b).ask("changes")["changes"] if c["object_id"] == task.pk]
    ahead = (clock.now() + timedelta(hours=1)).isoformat()
    assert Program(cast.secretary).ask("changes", since=ahead)["changes"] == []
    assert Program(cast.secretary).ask("changes", since="2026-01-01T00:00:00")["since"] > "2026-01-01T00:00:01"


def test_groups_are_found_by_the_unit_that_may_use_them(cast) -> None:
    group = UnitGroup.objects.create(owner=cast.bloc, name="Các đơn vị mẫu", wordings="đơn vị mẫu")
    row = {"id": group.pk, "name": "Các đơn vị mẫu"}
    for program, asked in ((Program(cast.officer), {}), (Program(cast.secretary), {"unit": cast.unit_a.pk})):
        assert row in program.ask("unit-groups", **asked)["rows"]
    assert Program(cast.secretary).ask("unit-groups", unit=cast.unit_b.pk)["rows"] == []
    assert row not in Program(cast.secretary).ask("unit-groups")["rows"]


def test_the_wall_and_the_unreached(cast, directive) -> None:
    Assignment.objects.filter(unit=cast.unit_a).update(due_on=clock.today() - timedelta(days=3))
    wall = Program(cast.officer).ask("wall")
    assert [row["id"] for row in wall["directives"]] == [directive.pk]
    assert wall["late"][0]["count"] >= 1
    assert Program(cast.officer).ask("unreached")["total"] == 0
    Program(cast.secretary).ask("unreached", 403)


def test_the_board_and_the_comparison_are_files_of_what_is_in_sight(cast, directive) -> None:
    path = f"directives/{directive.pk}/board/sheet"
    officer = Program(cast.officer)
    assert officer.file(path)[:2] == officer.file(f"directives/{directive.pk}/comparison/sheet")[:2] == b"PK"
    lines = officer.client.get(f"/api/v1/{path}", {"kind": "csv", "words": "anh duong"}).content.decode()
    assert "Ánh Dương" in lines
    assert "Bình Minh" not in lines
    assert Program(cast.member).client.get(f"/api/v1/{path}").status_code == 403
