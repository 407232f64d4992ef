"""Programs inspect: a plan with its sample, a visit to its conclusion, and the check of the remedies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.inspections.models import CheckPlan, Visit
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.foundation.core import clock
from tests.factories import Cast, make_directive, picture
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def planned(cast: Cast) -> dict:
    """The inspection of unit A, planned for today."""
    make_directive(cast)
    officer, today = Program(cast.officer), clock.today()
    said = {"year": today.year, "subject": "việc thực hiện Công văn", "size": 1, "seed": "2026"}
    plan = officer.send("check-plans", 201, unit=cast.bloc.pk, **said)
    path = f"check-plans/{plan['id']}"
    officer.send(f"{path}/steps", 422, step="approve_plan", version=plan["version"])
    plan = officer.send(f"{path}/draw", version=plan["version"])
    assert plan["chosen"][0]["reasons"]
    drawn = plan["chosen"][0]
    plan = officer.send(f"chosen/{drawn['id']}/take-out", words="Vừa kiểm tra xong")
    assert plan["chosen"][0]["is_taken_out"]
    plan = officer.send(f"{path}/chosen", version=plan["version"], unit=cast.unit_a.pk, words="Theo yêu cầu")
    plan = officer.send(f"{path}/steps", step="approve_plan", version=plan["version"])
    assert [step["name"] for step in plan["steps"]] == ["reopen_plan"]
    [chosen] = [row for row in plan["chosen"] if row["unit_id"] == cast.unit_a.pk]
    people = officer.ask(f"chosen/{chosen['id']}/inspectors")["rows"]
    assert {row["name"] for row in people} >= {cast.officer.full_name}
    day = today.isoformat()
    officer.send(f"chosen/{chosen['id']}/visits", 422, day=day, team=[cast.secretary.pk])
    return officer.send(f"chosen/{chosen['id']}/visits", 201, day=day, team=[cast.officer.pk])


def test_from_the_plan_to_the_check_of_the_remedies(cast) -> None:
    visit = planned(cast)
    officer, secretary = Program(cast.officer), Program(cast.secretary)
    path = f"visits/{visit['id']}"
    whole = officer.send(f"{path}/steps", step="begin_visit", version=visit["version"])
    assert [item["result"] for item in whole["items"]] == [""] * len(whole["items"])
    secretary.ask(path, 404)  # nothing is told before the draft
    item = whole["items"][0]
    note = {"version": item["version"], "result": "not_done"}
    officer.send(f"check-items/{item['id']}", 422, **note, note="")
    officer.send(f"check-items/{item['id']}", 422, **note, note="x", decide="acknowledge")
    assert officer.send(f"check-items/{item['id']}", **note, note="Chưa làm")["result"] == "not_done"
    found = {"text": "Sổ chưa ghi", "remedy": "Bổ sung sổ", "item": item["id"]}
    officer.fill(f"{path}/findings", 422, **found)
    due = (clock.today() + timedelta(days=30)).isoformat()
    officer.fill(f"{path}/findings", 201, **found, due_on=due, files=[picture(), picture("hai.png")])
    whole = officer.fill(f"{path}/findings", 201, text="Ghi nhầm")
    whole = officer.send(f"findings/{whole['findings'][-1]['id']}/drop")
    [finding] = whole["findings"]
    assert len(finding["files"]) == 2
    draft = {"step": "send_draft", "text": whole["draft"], "comment_by": clock.today().isoformat()}
    assert "Sổ chưa ghi" in whole["draft"]
    whole = officer.send(f"{path}/steps", version=whole["version"], **draft)

    seen = secretary.ask(path)
    assert [step["name"] for step in seen["steps"]] == ["comment_draft"]
    assert secretary.file(f"finding-files/{finding['files'][0]['id']}").startswith(b"\x89PNG")
    neighbour = Program(cast.secretary_b)
    neighbour.ask(path, 404)
    assert neighbour.client.get(f"/api/v1/finding-files/{finding['files'][0]['id']}").status_code == 404
    assert neighbour.ask("visits")["total"] == 0
    secretary.fill(f"{path}/conclude", 403, version=seen["version"])
    officer.fill(f"{path}/conclude", 422, version=seen["version"])  # it may still comment
    seen = secretary.send(f"{path}/steps", step="comment_draft", version=seen["version"], text="Nhất trí")
    whole = officer.fill(f"{path}/conclude", version=seen["version"], answer="Tiếp thu", title="BÍ THƯ", name="A")
    assert whole["state"] == "visit_concluded"
    conclusion = Document.objects.get(pk=whole["conclusion_id"])
    team = {"day": clock.today().isoformat(), "team": [cast.officer.pk]}
    officer.send(f"{path}/follow-up", 422, **team)
    confirmed = confirm_document(actor=cast.officer, document=conclusion, version=conclusion.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    assert len(secretary.ask(path)["remedies"]) == 1
    again = officer.send(f"{path}/follow-up", 201, **team)
    assert officer.ask(f"visits/{again['id']}")["follows_id"] == visit["id"]
    assert officer.ask(f"visits/{again['id']}")["team"] == [cast.officer.full_name]
    assert officer.ask(path)["again"] == [again["id"]]
    assert cast.officer.pk in {person["id"] for person in officer.ask(f"{path}/inspectors")["rows"]}
    secretary.ask(f"{path}/inspectors", 403)


def test_an_inspection_that_checks_again_tells_of_the_earlier_one_only_who_may_see_it(cast) -> None:
    visit = planned(cast)
    Visit.objects.update(classification="restricted", state="visit_concluded")
    again = Visit.objects.create(
        by_unit=cast.bloc, unit=cast.unit_a, subject="Kiểm tra lại", day=clock.today(), follows_id=visit["id"]
    )
    whole, narrow = Program(cast.officer), Program(cast.officer, "read", "inspect")
    for program, told in ((whole, visit["id"]), (narrow, None)):
        assert program.ask(f"visits/{again.pk}")["follows_id"] == told
        rows = {row["id"]: row["follows_id"] for row in program.ask("visits")["rows"]}
        assert rows[again.pk] == told
    assert visit["id"] not in rows


def test_without_the_scope_to_inspect_there_is_nothing_to_plan_or_to_see_before_the_draft(cast) -> None:
    visit = planned(cast)
    reading = Program(cast.officer, "read", "classes", "documents", "decide")
    reading.ask(f"visits/{visit['id']}", 404)
    assert "inspect" in reading.ask("check-plans", 403)["detail"]
    reading.send(f"visits/{visit['id']}/steps", 404, step="begin_visit", version=visit["version"])
    assert Visit.objects.get().state == "visit_planned"


def test_nobody_plans_for_a_unit_that_gave_them_no_right(cast) -> None:
    said = {"year": 2026, "subject": "x", "size": 1, "seed": "x"}
    Program(cast.officer).send("check-plans", 403, unit=cast.province.pk, **said)
    Program(cast.secretary).send("check-plans", 404, unit=cast.unit_a.pk, **said)
    assert not CheckPlan.objects.exists()


@pytest.mark.parametrize("blank", [{"subject": " "}, {"seed": " "}, {"subject": "\0"}])
def test_a_plan_says_what_is_inspected_and_what_lots_are_drawn_by(cast, blank) -> None:
    said = {"year": clock.today().year, "subject": "việc thực hiện Công văn", "size": 1, "seed": "2026"}
    Program(cast.officer).send("check-plans", 422, unit=cast.bloc.pk, **{**said, **blank})
    assert not CheckPlan.objects.exists()
