"""Programs settle what was read: header, class, days in force, addressees, duties; and give notes of the head."""

from __future__ import annotations

import pytest

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.core import clock
from tests.factories import make_directive, make_document, picture
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def test_a_duty_is_corrected_field_by_field_and_given_to_units(cast) -> None:
    document, officer = make_document(cast), Program(cast.officer)
    path = f"documents/{document.pk}"
    first = officer.ask(f"{path}/review")["duties"][0]
    at = f"duties/{first['id']}"
    asked = {"version": first["version"], "product": "Kế hoạch năm", "leads": [cast.unit_a.pk]}
    made = officer.send(at, **asked)
    assert (made["product"], made["leads"], made["what"]) == ("Kế hoạch năm", [cast.unit_a.pk], first["what"])
    assert officer.ask(path)["duties"][0]["product"] == "Kế hoạch năm"
    officer.send(at, 409, **asked)
    kept = officer.send(at, version=made["version"], time_kind="dated", due_on="2099-03-01")
    assert (kept["due_on"], kept["leads"], kept["product"]) == ("2099-03-01", [cast.unit_a.pk], "Kế hoạch năm")
    assert officer.send(at, version=kept["version"], due_on=None)["due_on"] is None
    version = kept["version"] + 1
    both = {"leads": [cast.unit_a.pk], "supports": [cast.unit_a.pk]}
    assert officer.send(at, 422, version=version, **both)["detail"]
    assert officer.send(at, 422, version=version, leads=[2**70])["detail"]
    Program(cast.secretary).send(at, 403, version=version, what="x")
    Program(cast.officer, "read").send(at, 403, version=version, what="x")


def test_duties_are_dropped_restored_added_and_split(cast) -> None:
    document, officer = make_document(cast), Program(cast.officer)
    path = f"documents/{document.pk}"
    rows = officer.ask(f"{path}/review")["duties"]

    def step(name: str, **more: object) -> dict:
        now = next(r for r in officer.ask(f"{path}/review")["duties"] if r["id"] == rows[0]["id"])
        told = officer.send(f"duties/{now['id']}/steps", step=name, version=now["version"], **more)
        return next(r for r in told["duties"] if r["id"] == now["id"])

    assert step("drop")["is_dropped"]
    assert not step("restore")["is_dropped"]
    assert step("agree")["confidence"] == 1.0
    officer.send(f"duties/{rows[0]['id']}/steps", 409, step="drop", version=rows[0]["version"])
    words = document.text[rows[0]["cuts"][0] :][:10] if rows[0]["cuts"] else document.text.split("\n")[0][:20]
    added = officer.send(f"{path}/duties", 201, words=words)["duties"]
    assert len(added) == len(rows) + 1
    assert officer.send(f"{path}/duties", 422, words="không có ở đâu cả")["detail"]


def test_the_header_the_class_and_the_days_in_force_are_settled(cast) -> None:
    document, officer = make_document(cast), Program(cast.officer)
    path = f"documents/{document.pk}"
    row = officer.send(f"{path}/header", version=document.version, subject="về công tác dân vận", code="12-CV/ĐU")
    assert (row["subject"], row["code"], row["issuer"]) == ("về công tác dân vận", "12-CV/ĐU", document.issuer)
    days = {"valid_from": "2026-02-01", "valid_until": "2026-12-31"}
    set_ = officer.send(f"{path}/validity", version=row["version"], **days)
    assert {**set_, "version": 0} == {"id": document.pk, "version": 0, **days}
    assert officer.ask(f"{path}/validity") == set_
    wrong = {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}
    officer.send(f"{path}/validity", 422, version=set_["version"], **wrong)
    officer.send(f"{path}/classification", 422, version=set_["version"], classification="internal", reason=" ")
    done = {"version": set_["version"], "classification": "internal", "reason": "Chỉ trong nội bộ"}
    assert officer.send(f"{path}/classification", **done)["classification"] == "internal"
    officer.send(f"{path}/classification", 409, **done)


def test_what_a_document_changes_in_another_is_stated_and_its_tasks_are_found(cast) -> None:
    directive, newer, officer = make_directive(cast), make_directive(cast), Program(cast.officer)
    item = directive.provisions.filter(duties__isnull=False)[0]
    said = {"target": directive.pk, "relation": "repeals", "provision": item.pk, "effective_on": "2026-05-01"}
    officer.send(f"documents/{newer.pk}/links", **said)
    [touch] = officer.ask(f"documents/{newer.pk}/touches")["touches"]
    assert (touch["document_id"], touch["relation"], touch["provision_id"]) == (directive.pk, "repeals", item.pk)
    tasks = officer.ask(f"links/{touch['link_id']}/assignments")["rows"]
    assert {row["id"] for row in tasks} == set(
        Assignment.objects.filter(document=directive, duty__provision=item).values_list("pk", flat=True)
    )
    step = {"step": "cancel", "version": tasks[0]["version"], "text": "Bị bãi bỏ"}
    assert officer.fill(f"assignments/{tasks[0]['id']}/steps", **step)["state"] == "cancelled"
    officer.send(f"documents/{newer.pk}/links", 404, **{**said, "provision": 2**70})
    Program(cast.secretary).ask(f"documents/{newer.pk}/touches", 403)


def test_an_addressee_is_resolved(cast) -> None:
    document, officer = make_document(cast), Program(cast.officer)
    [addressee] = officer.ask(f"documents/{document.pk}/review")["addressees"]
    path = f"addressees/{addressee['id']}"
    assert officer.send(path, selection="one_unit", unit=cast.unit_a.pk)["unit_id"] == cast.unit_a.pk
    officer.send(path, 422, selection="one_unit")
    officer.send(path, 404, selection="one_unit", unit=2**70)
    assert officer.send(path, selection="informed")["unit_id"] is None
    Program(cast.secretary).send(path, 403, selection="informed")


def test_an_order_that_was_kept_is_looked_through_given_and_confirmed_by_its_paper(cast) -> None:
    officer, today = Program(cast.officer), clock.today().isoformat()
    said = {"origin": "telephone", "said_by": "Đồng chí Bí thư", "said_on": today, "keep": True}
    what = {"unit": cast.bloc.pk, "tasks": [{"what": "Rà soát danh sách"}], "leads": [cast.unit_a.pk]}
    order = officer.send("orders", 201, **said, **what)
    [duty] = officer.ask(f"documents/{order['id']}/review")["duties"]
    officer.send(f"duties/{duty['id']}", version=duty["version"], product="Danh sách")
    order = officer.ask(f"documents/{order['id']}")
    ready = officer.send(f"documents/{order['id']}/confirm", version=order["version"])
    assert officer.send(f"documents/{order['id']}/issue", version=ready["version"])["assignments"] == 1
    paper = make_directive(cast)
    officer.send(f"documents/{paper.pk}/links", target=order["id"], relation="confirms")
    links = officer.ask(f"documents/{order['id']}/links")
    assert paper.pk in {row["document_id"] for row in links["rested_on_by"]}


def test_a_note_of_the_head_is_given_to_units_as_a_task(cast) -> None:
    officer, today = Program(cast.officer), clock.today().isoformat()
    said = {"unit": cast.bloc.pk, "sender": "Tỉnh ủy", "subject": "Về rà soát", "arrived_on": today}
    paper = officer.fill("incoming", 201, **said, file=picture())
    path = f"incoming/{paper['id']}"
    given = {"text": "Tham mưu văn bản trả lời", "units": [cast.unit_a.pk], "product": "Dự thảo"}
    officer.send(f"{path}/give", 422, text=" ", units=[cast.unit_a.pk])
    Program(cast.secretary).send(f"{path}/give", 403, **given)
    document = officer.send(f"{path}/give", 201, **given)
    task = Assignment.objects.get(document=document["id"])
    assert (task.unit_id, task.duty.product) == (cast.unit_a.pk, "Dự thảo")
    [note] = officer.ask(path)["notes"]
    assert (note["text"], note["assignments"]) == ("Tham mưu văn bản trả lời", [task.pk])
    assert Document.objects.get(pk=document["id"]).state == "issued"
    assert officer.file("incoming/sheet")[:2] == officer.file("outgoing/sheet")[:2] == b"PK"
