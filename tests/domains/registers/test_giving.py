"""A routing note given to units as a task: one tracker, seen from both ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import Document, DocumentLink
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.services import classify_document
from motbuoc.domains.registers.giving import Given, give_incoming
from motbuoc.domains.registers.incoming import (
    Paper,
    correct_incoming,
    register_incoming,
    route_incoming,
    strike_incoming,
)
from motbuoc.domains.registers.models import Incoming, RoutingNote
from motbuoc.domains.registers.selectors import routed_from, tasks_of_notes
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import Cast, make_document

WORDS = "Nghiên cứu, tham mưu kế hoạch triển khai"


@pytest.fixture
def line(cast: Cast) -> Incoming:
    paper = Paper("Tỉnh ủy Mẫu", "Chương trình\ncông tác", clock.today(), code="21-CTr/TU")
    return register_incoming(actor=cast.officer, unit=cast.bloc, paper=paper, document=make_document(cast))


def give(cast: Cast, line: Incoming, **of: object) -> Document:
    said: dict[str, object] = {"text": WORDS, "units": [cast.unit_a.pk, cast.unit_b.pk]}
    return give_incoming(actor=cast.officer, incoming=line, given=Given(**(said | of)))  # type: ignore[arg-type]


def test_the_note_becomes_a_task_of_each_unit_with_its_day(cast: Cast, line: Incoming) -> None:
    due = clock.today() + timedelta(days=10)
    note = route_incoming(actor=cast.officer, incoming=line, text=f"{WORDS}.", to="Đ/c Ánh", due_on=due)
    document = give(cast, line, due_on=due, product="Kế hoạch")
    tasks = Assignment.objects.filter(document=document)
    assert {(task.unit, task.due_on, task.state) for task in tasks} == {
        (cast.unit_a, due, "assigned"),
        (cast.unit_b, due, "assigned"),
    }
    duty = document.duties.get()
    assert document.text[duty.start : duty.end] == duty.text == WORDS
    assert (duty.product, duty.provision.number) == ("Kế hoạch", "1")
    assert "số 1" in document.text
    assert "21-CTr/TU, Tỉnh ủy Mẫu, Chương trình công tác" in document.text
    assert RoutingNote.objects.get() == note  # the head's own note, not a second one
    assert RoutingNote.objects.get().document == document
    assert DocumentLink.objects.get().target == line.document
    told = HistoryLine.objects.get(action="give_incoming")
    assert (told.object_id, told.values["document"]) == (line.pk, document.pk)


def test_it_is_seen_from_both_ends_by_who_may(cast: Cast, line: Incoming) -> None:
    document = give(cast, line)
    notes = list(RoutingNote.objects.all())
    assert notes[0].to == "Chi bộ Sở Ánh Dương; Đảng bộ Công ty Bình Minh"
    seen = {
        person: [task.unit for task in tasks_of_notes(person, notes).get(notes[0].pk, [])]
        for person in (cast.officer, cast.secretary, cast.stranger)
    }
    assert seen == {cast.officer: [cast.unit_a, cast.unit_b], cast.secretary: [cast.unit_a], cast.stranger: []}
    assert routed_from(cast.officer, document.pk) == line
    assert routed_from(cast.secretary, document.pk) is None  # the book of the unit above is not theirs


def test_the_task_is_as_narrow_as_the_paper(cast: Cast, line: Incoming) -> None:
    Document.objects.filter(pk=line.document_id).update(classification="restricted")
    assert give(cast, Incoming.objects.get()).classification == "restricted"


def test_a_task_becomes_narrower_with_its_line(cast: Cast, line: Incoming) -> None:
    document = give(cast, line)
    line.refresh_from_db()
    paper = Paper(line.sender, line.subject, line.arrived_on, classification="internal")
    correct_incoming(actor=cast.officer, incoming=line, version=line.version, paper=paper, reason="Nội bộ")
    document.refresh_from_db()
    assert document.classification == "internal"
    told = HistoryLine.objects.get(action="classify_document")
    assert (told.object_id, told.values["classification"]) == (document.pk, ["normal", "internal"])
    assert told.values["reason"] == "Nội bộ"
    wide = Paper(line.sender, line.subject, line.arrived_on)  # what was made narrower is not opened by the way
    line.refresh_from_db()
    correct_incoming(actor=cast.officer, incoming=line, version=line.version, paper=wide, reason="Nhầm")
    document.refresh_from_db()
    assert document.classification == "internal"


def test_a_task_becomes_narrower_with_the_document_of_its_line(cast: Cast, line: Incoming) -> None:
    document = give(cast, line)
    assert documents_for(cast.member).filter(pk=document.pk).exists()
    paper = Paper("Đảng ủy Khối", "Phiếu", clock.today())
    below = register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper, document=document)
    assert line.document
    change = {"version": line.document.version, "classification": "restricted", "reason": "Chỉ thường trực"}
    classify_document(actor=cast.officer, document=line.document, **change)
    document.refresh_from_db()
    assert document.classification == "restricted"
    assert not documents_for(cast.member).filter(pk=document.pk).exists()
    assert not assignments_for(cast.member).exists()
    assert Incoming.objects.get(pk=below.pk).seen_as == "restricted"


def test_what_cannot_be_given_is_refused_and_leaves_nothing(cast: Cast, line: Incoming) -> None:
    kept = StoredFile.objects.count()
    yesterday = clock.today() - timedelta(days=1)
    for wrong in ({"text": " . "}, {"units": []}, {"due_on": yesterday}, {"units": [cast.province.pk]}):
        with pytest.raises(Refusal):
            give(cast, line, **wrong)
    for person in (cast.secretary, cast.member, cast.inspector, cast.stranger, cast.central_officer):
        with pytest.raises(NotAllowed):
            give_incoming(actor=person, incoming=line, given=Given(WORDS, [cast.unit_a.pk]))
    assert StoredFile.objects.count() == kept
    give(cast, line)
    with pytest.raises(Refusal):
        give(cast, line)  # pressed twice
    assert Assignment.objects.count() == 2
    strike_incoming(actor=cast.officer, incoming=line, version=1, reason="Trùng")
    with pytest.raises(Refusal):
        give(cast, line, text="Việc khác")


def test_the_page_offers_the_note_and_shows_how_far_each_unit_is(cast: Cast, line: Incoming, client) -> None:
    route_incoming(actor=cast.officer, incoming=line, text=WORDS, to="Đ/c Ánh")
    client.force_login(cast.officer.account)
    detail, url = reverse("incoming_detail", args=[line.pk]), reverse("incoming_give", args=[line.pk])
    assert url in client.get(detail).content.decode()
    asked = client.get(url).content.decode()
    assert WORDS in asked
    units = asked.split('<form method="post"')[1].split("Thời hạn")[0]
    assert "không bắt buộc" not in units  # without units nothing is given
    RoutingNote.objects.update(due_on=clock.today() - timedelta(days=1))
    assert client.get(url).context["form"]["due_on"].value() is None  # that day would be refused
    found = client.post(url, {"text": WORDS, "units-words": "ánh dương", "find": "units"})
    assert "Chi bộ Sở Ánh Dương" in found.content.decode()
    assert client.post(url, {"text": WORDS}).status_code == 422
    assert client.post(url, {"text": WORDS, "units": [cast.unit_a.pk]}).url == detail
    task = Assignment.objects.get()
    address = reverse("assignment_detail", args=[task.pk])
    assert address in client.get(detail).content.decode()
    assert detail in client.get(address).content.decode()
    assert WORDS not in client.get(url).content.decode()  # what was given is not offered again
    client.force_login(cast.secretary.account)
    page = client.get(address)
    assert page.status_code == 200
    assert detail not in page.content.decode()
    assert client.get(url).status_code == 403
    client.force_login(cast.inspector.account)
    assert client.get(url).status_code == 403
    assert url not in client.get(detail).content.decode()
