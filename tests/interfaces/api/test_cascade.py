"""Programs follow a directive down: units' plans, how far it has come, study sessions."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motbuoc.domains.cascade.models import Dissemination, Localisation
from motbuoc.domains.documents.models import Document
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from tests.factories import Cast, make_directive, make_person
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def directive(cast: Cast) -> Document:
    return make_directive(cast)


@pytest.fixture
def base(cast: Cast) -> Program:
    """Of somebody who writes the plans of unit B."""
    return Program(make_person("Tô Thử Cơ", "coso", Role.DEPARTMENT_OFFICER, cast.unit_b))


def test_a_plan_is_written_tied_and_seen_from_above(cast, directive, base) -> None:
    path = f"directives/{directive.pk}"
    proposed = base.ask(f"{path}/items", unit=cast.unit_b.pk)
    first, second, *_rest = proposed["items"]
    assert first["text"] == "Tổ chức hội nghị quán triệt"
    assert proposed["code"].startswith("-KH/")
    asked = {
        "unit": cast.unit_b.pk,
        "units": [cast.unit_b.pk],
        "code": "17-KH/B",
        "issued_on": "2026-03-12",
        "items": [{"serves": first["id"], "what": "Tổ chức hội nghị học tập", "due_on": "2026-05-15"}],
    }
    wrong = {**asked, "items": [{"serves": 987654, "what": "x"}]}
    assert base.send(f"{path}/plans", 422, **wrong)["detail"]
    Program(cast.officer).send(f"{path}/plans", 422, **{**asked, "units": [cast.unit_a.pk]})
    Program(cast.secretary_b).send(f"{path}/plans", 403, **asked)
    plan = base.send(f"{path}/plans", 201, **asked)
    assert [(link["serves"], link["item"]) for link in plan["links"]] == [(first["id"], plan["items"][0]["id"])]
    links = [{"item": plan["items"][0]["id"], "serves": each["id"], "target": "100%"} for each in (first, second)]
    tied = base.send(f"plans/{plan['document_id']}/links", version=plan["version"], links=links)
    assert len(tied["links"]) == 2
    base.send(f"plans/{plan['document_id']}/links", 409, version=plan["version"], links=[])
    base.send(f"plans/{plan['document_id']}/links", 422, version=tied["version"], links=[], answers=987654)

    officer = Program(cast.officer)
    Document.objects.filter(pk=plan["document_id"]).update(state="issued", released_at=clock.now())
    stations = {row["unit_id"]: row for row in officer.ask(f"{path}/descent")["rows"]}
    assert stations[cast.unit_b.pk]["plan_document_id"] == plan["document_id"]
    assert stations[cast.unit_b.pk]["is_localised"]
    assert stations[cast.unit_a.pk]["plan_document_id"] is None
    compared = officer.ask(f"{path}/comparison")
    [column] = compared["rows"]
    marks = {cell["serves"]: cell["mark"] for cell in column["cells"]}
    assert marks[first["id"]] == "later"
    assert column["gaps"] == sum(mark == "gap" for mark in marks.values())
    assert officer.ask(f"{path}/plans")["total"] == 1
    secretary = Program(cast.secretary)
    secretary.ask(f"plans/{plan['document_id']}", 404)  # a neighbour's
    assert {row["unit_id"] for row in secretary.ask(f"{path}/descent")["rows"]} == {cast.unit_a.pk}
    assert secretary.ask(f"{path}/comparison")["rows"] == []


def test_a_plan_is_brought_in(cast, directive, base) -> None:
    file = SimpleUploadedFile("ke-hoach.txt", "KẾ HOẠCH\n1. Tổ chức hội nghị quán triệt.\n".encode())
    plan = base.fill(f"directives/{directive.pk}/plan-files", 201, unit=cast.unit_b.pk, file=file)
    assert plan["directive_id"] == directive.pk
    again = SimpleUploadedFile("ke-hoach.txt", b"x")
    base.fill(f"directives/{directive.pk}/plan-files", 403, unit=cast.unit_a.pk, file=again)
    assert Localisation.objects.count() == 1


def test_what_is_not_issued_is_no_directive(cast, directive) -> None:
    Document.objects.filter(pk=directive.pk).update(state="read")
    Program(cast.officer).ask(f"directives/{directive.pk}/descent", 404)


def test_study_sessions_are_recorded_added_up_and_corrected(cast, directive) -> None:
    path, secretary = f"documents/{directive.pk}/study-sessions", Program(cast.secretary)
    today = clock.today().isoformat()
    said = {"held_on": today, "form": "conference", "sessions": 1, "attended": 9, "expected": 10}
    secretary.send(path, 403, unit=cast.unit_b.pk, **said)
    assert secretary.send(path, 422, unit=cast.unit_a.pk, **{**said, "attended": 11})["detail"]
    made = secretary.send(path, 201, unit=cast.unit_a.pk, **said)
    assert (made["unit"], made["attended"]) == ("Chi bộ Sở Ánh Dương", 9)
    Program(cast.secretary_b).send(path, 201, unit=cast.unit_b.pk, **said)
    correct = f"study-sessions/{made['id']}/correct"
    figures = {**said, "attended": 8, "version": made["version"]}
    Program(cast.secretary_b).send(correct, 404, **figures, reason="x")
    secretary.send(correct, 422, **figures, reason=" ")
    assert secretary.send(correct, **figures, reason="Đếm lại")["attended"] == 8
    secretary.send(correct, 409, **figures, reason="Đếm lại")
    above = Program(cast.officer).ask(path)
    assert above["total"] == 2
    assert above["together"] == {"sessions": 2, "attended": 17, "expected": 20, "percent": 85}
    assert secretary.ask(path)["together"]["attended"] == 8
    assert Dissemination.objects.count() == 2
