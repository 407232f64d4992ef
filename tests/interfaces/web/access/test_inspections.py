"""An inspector's window: what they are shown is written down and seen by the unit looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.work.models import Assignment, Evidence
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryHead, HistoryLine
from motbuoc.foundation.history.selectors import writes_so_far
from motbuoc.foundation.history.services import verify
from motbuoc.interfaces.jobs.reports import make_report
from motbuoc.interfaces.web.access.inspections import LISTS
from motbuoc.interfaces.web.viewer import ASIDE, SECTIONS
from tests.factories import LONG_AGO, Cast, make_directive, picture, step_on


@pytest.fixture
def directive(cast: Cast) -> Document:
    return make_directive(cast)


@pytest.fixture
def assignment(cast: Cast, directive: Document) -> Assignment:
    found = directive.assignments.filter(unit=cast.unit_a).first()
    assert found
    step_on(found, "acknowledge", cast.secretary)
    return step_on(found, "progress", cast.secretary, "Đang làm", files=[picture()])


def looks() -> list[tuple[str, int, int, str]]:
    lines = HistoryLine.objects.filter(action="look").order_by("pk")
    return [(line.object_type, line.object_id, line.unit_id, line.values["page"]) for line in lines]


def test_every_detail_page_writes_down_its_object_and_unit(
    cast: Cast, as_person, directive: Document, assignment: Assignment
) -> None:
    period = {"start": directive.issued_on, "end": clock.today()}
    report = request_report(actor=cast.officer, document=directive, **period)
    make_report.call(report.pk)
    expected = {
        ("document_detail", directive.pk): ("document", directive.pk, cast.bloc.pk),
        ("document_file", directive.pk): ("document", directive.pk, cast.bloc.pk),
        ("board", directive.pk): ("document", directive.pk, cast.bloc.pk),
        ("assignment_detail", assignment.pk): ("assignment", assignment.pk, cast.unit_a.pk),
        ("evidence_file", Evidence.objects.get().pk): ("assignment", assignment.pk, cast.unit_a.pk),
        ("report_detail", report.pk): ("report", report.pk, cast.bloc.pk),
        ("report_file", report.pk): ("report", report.pk, cast.bloc.pk),
        ("unit_rights", cast.unit_b.pk): ("unit", cast.unit_b.pk, cast.unit_b.pk),
    }
    client = as_person(cast.inspector)
    for (name, pk), line in expected.items():
        response = client.get(reverse(name, args=[pk]))
        assert response.status_code == 200
        b"".join(response)
        assert looks()[-1] == (*line, name)
    client.get(reverse("board", args=[directive.pk]))  # now from memory: a look all the same
    assert looks()[-1] == ("document", directive.pk, cast.bloc.pk, "board")
    assert len(looks()) == len(expected) + 1
    assert verify()[1] is None


def test_a_list_is_written_down_at_the_windows_unit(cast: Cast, as_person, directive: Document) -> None:
    client = as_person(cast.inspector)
    for name in ("today", "inbox", "directive_list", "document_list", "report_list", "inspection_list"):
        assert client.get(reverse(name)).status_code == 200
        assert looks()[-1] == ("list", 0, cast.bloc.pk, name)
    client.get(reverse("stand_in_own"))
    assert client.get(reverse("document_upload")).status_code in (403, 404)
    assert len(looks()) == 6


def test_every_list_of_the_navigation_has_its_words() -> None:
    sections = {section.url_name for section in (*SECTIONS, *ASIDE)}
    assert sections - set(LISTS) == {"person_list", "delivery_list", "desk"}  # which no inspector sees


def test_nobody_else_is_written_down(cast: Cast, as_person, directive: Document, assignment: Assignment) -> None:
    for person in (cast.officer, cast.secretary, cast.member, cast.central_officer):
        as_person(person).get(reverse("document_detail", args=[directive.pk]))
        as_person(person).get(reverse("today"))
    assert looks() == []


def test_what_an_inspector_sees_in_another_quality_is_not_written_down(
    cast: Cast, as_person, assignment: Assignment
) -> None:
    Grant.objects.filter(person=cast.inspector).update(unit=cast.unit_b)
    Grant.objects.create(person=cast.inspector, role=Role.MEMBER, unit=cast.unit_a, valid_from=LONG_AGO)
    client = as_person(cast.inspector)
    assert client.get(reverse("assignment_detail", args=[assignment.pk])).status_code == 200
    assert looks() == []


def test_a_look_changes_nothing_that_pages_rest_on(cast: Cast, as_person, directive: Document) -> None:
    before, lines = writes_so_far(), HistoryLine.objects.count()
    as_person(cast.inspector).get(reverse("document_detail", args=[directive.pk]))
    assert HistoryLine.objects.count() == lines + 1 == HistoryHead.objects.get().count
    assert writes_so_far() == before


def test_the_window_opens_and_closes(cast: Cast, as_person, directive: Document, assignment: Assignment) -> None:
    today = clock.today()
    term = {"valid_from": today + timedelta(2), "valid_until": today + timedelta(4)}
    Grant.objects.filter(person=cast.inspector).update(**term)
    for days, status in ((0, 404), (2, 200), (3, 200), (4, 404)):
        with time_machine.travel(clock.now() + timedelta(days)):
            client = as_person(cast.inspector)
            for name, pk in (("document_detail", directive.pk), ("assignment_detail", assignment.pk)):
                assert client.get(reverse(name, args=[pk])).status_code == status
            assert ("Việc làm mẫu" in client.get("/").content.decode()) == (status == 200)


def test_an_inspector_only_reads(cast: Cast, as_person, directive: Document, assignment: Assignment) -> None:
    client: Client = as_person(cast.inspector)
    step = {"step": "submit", "version": assignment.version, "text": "Xong"}
    assert client.post(reverse("assignment_detail", args=[assignment.pk]), step).status_code == 403
    assert client.post(reverse("grant_give", args=[cast.unit_a.pk])).status_code == 403
    assert Assignment.objects.get(pk=assignment.pk).state == assignment.state


def test_the_unit_sees_who_looked_at_it(
    cast: Cast, as_person, directive: Document, assignment: Assignment
) -> None:
    Grant.objects.filter(person=cast.inspector).update(given_by=cast.administrator, legal_basis="7-QĐ/UBKT")
    client = as_person(cast.inspector)
    client.get(reverse("assignment_detail", args=[assignment.pk]))
    client.get(reverse("inbox"))
    html = as_person(cast.secretary).get(reverse("inspection_list")).content.decode()
    for words in (
        "Mai Thử Tra",
        "7-QĐ/UBKT",
        "given by Tạ Thử Trị",
        f"Task no. {assignment.pk}",
        "list of tasks",
    ):
        assert words in html
    neighbour = as_person(cast.secretary_b).get(reverse("inspection_list")).content.decode()
    assert "Mai Thử Tra" in neighbour  # the window is over them, too
    assert "Task no." not in neighbour
    panel = as_person(cast.secretary).get(reverse("unit_rights", args=[cast.unit_a.pk])).content.decode()
    assert "Latest looks" in panel
    assert (
        "Looked at by an inspector"
        in as_person(cast.secretary).get(reverse("assignment_detail", args=[assignment.pk])).content.decode()
    )
    assert as_person(cast.member).get(reverse("inspection_list")).status_code == 404
