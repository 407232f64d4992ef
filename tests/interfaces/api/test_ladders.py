"""Programs change who is told when; the calendar is kept from the machine itself, never by a token."""

from __future__ import annotations

import json

import pytest

from motbuoc.foundation.workdays.selectors import calendar
from motbuoc.interfaces.api.calling import call, operations
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db
RUNG = {"occasion": "before_due", "days": 3, "recipient": "owner", "reach": "digest"}


def test_a_ladder_is_read_changed_and_given_up(cast) -> None:
    officer, path = Program(cast.officer), f"units/{cast.bloc.pk}/ladder"
    common = officer.ask(path)
    assert (common["is_own"], common["version"]) == (False, None)
    assert common["rungs"]
    own = officer.send(path, rungs=[RUNG], patience=[{"kind": "party_base_cell", "days": 2}])
    assert (own["is_own"], own["rungs"]) == (True, [RUNG])
    assert own["patience"] == [{"kind": "party_base_cell", "days": 2}]
    officer.send(path, 409, rungs=[RUNG])
    officer.send(path, 422, version=own["version"], rungs=[])
    officer.send(path, 422, version=own["version"], rungs=[{**RUNG, "occasion": "urged"}])
    Program(cast.secretary).send(path, 403, rungs=[RUNG])
    Program(cast.secretary_b).ask(f"units/{cast.unit_a.pk}/ladder", 404)
    assert officer.send(f"{path}/drop")["rungs"] == common["rungs"]


def test_no_token_changes_the_calendar_and_whoever_runs_the_machine_does(cast) -> None:
    keeper = cast.administrator
    asked = {"year": "2027", "legal_basis": "Thông báo 1/TB"}
    assert "Không khoá nào" in Program(keeper).send("workdays/confirm", 403, **asked)["detail"]

    def run(operation: str, /, **values: str) -> tuple[int, dict]:
        answer = call(keeper, operations()[operation], values, {})
        return answer.status_code, json.loads(answer.content)

    status, shown = run("workday_confirm", **asked)
    assert (status, shown["is_saved"], calendar().is_confirmed(2027)) == (200, False, False)
    status, saved = run("workday_confirm", **asked, save=str(shown["version"]))
    assert (status, saved["is_saved"], calendar().is_confirmed(2027)) == (200, True, True)
    day = {"day": "2027-03-03", "kind": "holiday", "name": "Nghỉ bù", "legal_basis": "Thông báo 2/TB"}
    status, shown = run("workday_change", **day)
    assert [(one["before"], one["after"]) for one in shown["changes"]] == [("", "holiday")]
    assert run("workday_change", **day, save=str(shown["version"] + 7))[0] == 409
    assert run("workday_change", **day, save=str(shown["version"]))[1]["version"] == shown["version"] + 1
    assert run("workday_change", **day)[0] == 422  # it says so already
    for kind, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("ics", b"BEGIN")):
        file = Program(cast.member).client.get("/api/v1/workdays/file", {"year": 2027, "kind": kind})
        assert file.content.startswith(begins)
