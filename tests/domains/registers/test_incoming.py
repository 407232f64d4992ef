"""The incoming book: a number for each paper, routing notes, corrections by a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from motbuoc.domains.documents.models import Document
from motbuoc.domains.registers.incoming import (
    Paper,
    correct_incoming,
    register_incoming,
    route_incoming,
    strike_incoming,
)
from motbuoc.domains.registers.models import Incoming
from motbuoc.domains.registers.numbering import continue_series
from motbuoc.domains.registers.selectors import incoming_for
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import Cast, make_directive, make_document, picture


def paper(**of: object) -> Paper:
    return replace(Paper("Tỉnh ủy Mẫu", "Chương trình công tác", clock.today(), code="21-CTr/TU"), **of)  # type: ignore[arg-type]


def register(cast: Cast, **of: object) -> Incoming:
    return register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper(**of))


def test_each_paper_gets_the_next_number_of_the_year_of_its_unit(cast: Cast) -> None:
    assert [register(cast).number for _ in range(3)] == [1, 2, 3]
    other = register_incoming(actor=cast.secretary_b, unit=cast.unit_b, paper=paper())
    assert other.number == 1
    with time_machine.travel("2026-12-31T17:30:00Z"):  # the office's 1 January
        assert register(cast).number == 1
        assert (
            register(cast, arrived_on=date(2026, 12, 31)).number == 4
        )  # came on the last day, entered on the next


def test_a_paper_book_is_continued(cast: Cast) -> None:
    common = {"actor": cast.secretary, "unit": cast.unit_a, "regime": "party", "kind": ""}
    continue_series(**common, book="incoming", start=873, reason="Tiếp sổ giấy")
    assert register(cast).number == 873


def test_a_received_document_is_registered_once_and_keeps_its_class(cast: Cast) -> None:
    directive = make_directive(cast, Classification.INTERNAL)
    common = {"actor": cast.secretary, "unit": cast.unit_a, "paper": paper(), "document": directive}
    first = register_incoming(**common)
    assert first.classification == Classification.INTERNAL
    with pytest.raises(Refusal):
        register_incoming(**common)
    strike_incoming(actor=cast.secretary, incoming=first, version=1, reason="Vào nhầm sổ")
    assert register_incoming(**common).number == 2  # the refused one took none


def test_what_is_wrong_is_refused_and_takes_no_number(cast: Cast) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    for wrong in ({"sender": " "}, {"subject": ""}, {"arrived_on": tomorrow}, {"issued_on": tomorrow}):
        with pytest.raises(Refusal):
            register(cast, **wrong)
    program = SimpleUploadedFile("chay.exe", b"MZ")
    with pytest.raises(Refusal):
        register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper(), upload=program)
    for person in (cast.member, cast.secretary_b, cast.central_officer, cast.inspector, cast.stranger):
        with pytest.raises(NotAllowed):
            register_incoming(actor=person, unit=cast.unit_a, paper=paper())
    row = register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper(), upload=picture())
    assert (row.number, row.file is not None) == (1, True)


def test_who_sees_the_book(cast: Cast) -> None:
    row = register(cast)
    secret = register(cast, classification="restricted")
    for person in (cast.secretary, cast.officer, cast.inspector):
        assert {r.pk for r in incoming_for(person)} == {row.pk, secret.pk}
    assert {r.pk for r in incoming_for(cast.central_officer)} == {row.pk}
    for person in (cast.member, cast.secretary_b, cast.stranger, cast.administrator):
        assert not incoming_for(person).exists()


def test_a_line_is_corrected_with_its_reason_and_keeps_its_number(cast: Cast) -> None:
    row = register(cast)
    with pytest.raises(Refusal):
        correct_incoming(actor=cast.secretary, incoming=row, version=1, paper=paper(), reason=" ")
    better = paper(sender="Ban Thường vụ Tỉnh ủy Mẫu")
    fresh = correct_incoming(
        actor=cast.secretary, incoming=row, version=1, paper=better, reason="Ghi thiếu cơ quan"
    )
    assert (fresh.number, fresh.sender) == (1, "Ban Thường vụ Tỉnh ủy Mẫu")
    line = HistoryLine.objects.get(action="correct_incoming")
    assert line.values == {
        "sender": ["Tỉnh ủy Mẫu", "Ban Thường vụ Tỉnh ủy Mẫu"],
        "reason": "Ghi thiếu cơ quan",
    }
    with pytest.raises(Collision):
        correct_incoming(actor=cast.secretary, incoming=row, version=1, paper=paper(), reason="Sửa lại")
    last_year = paper(arrived_on=date(clock.today().year - 1, 12, 30))
    with pytest.raises(Refusal):
        correct_incoming(actor=cast.secretary, incoming=row, version=2, paper=last_year, reason="Sai năm")


def test_a_struck_line_stays_and_takes_nothing_more(cast: Cast) -> None:
    row = register(cast)
    strike_incoming(actor=cast.secretary, incoming=row, version=1, reason="Trùng")
    assert incoming_for(cast.secretary).get().is_struck
    for act in (
        lambda: strike_incoming(actor=cast.secretary, incoming=row, version=2, reason="Trùng"),
        lambda: correct_incoming(actor=cast.secretary, incoming=row, version=2, paper=paper(), reason="Sửa"),
        lambda: route_incoming(actor=cast.secretary, incoming=row, text="Nghiên cứu", to="Đ/c Ánh"),
    ):
        with pytest.raises(Refusal):
            act()
    assert register(cast).number == 2


def test_routing_notes_say_who_does_what_until_when(cast: Cast) -> None:
    row = register(cast)
    due = clock.today() + timedelta(days=5)
    with pytest.raises(Refusal):
        route_incoming(actor=cast.secretary, incoming=row, text="Nghiên cứu", to=" ")
    long_ago = clock.today() - timedelta(days=1)
    with pytest.raises(Refusal):
        route_incoming(actor=cast.secretary, incoming=row, text="Nghiên cứu", to="Đ/c Ánh", due_on=long_ago)
    with pytest.raises(NotAllowed):
        route_incoming(actor=cast.member, incoming=row, text="Nghiên cứu", to="Đ/c Ánh")
    route_incoming(actor=cast.secretary, incoming=row, text="Tham mưu kế hoạch", to="Đ/c Ánh", due_on=due)
    route_incoming(actor=cast.secretary, incoming=row, text="Chuyển Văn phòng", to="Văn phòng")
    assert [(n.to, n.due_on) for n in row.notes.all()] == [("Đ/c Ánh", due), ("Văn phòng", None)]


def test_a_line_is_as_narrow_as_its_document_is_now(cast: Cast) -> None:
    directive = make_directive(cast)
    row = register_incoming(actor=cast.officer, unit=cast.bloc, paper=paper(), document=directive)
    assert incoming_for(cast.central_officer).get() == row
    Document.objects.filter(pk=directive.pk).update(classification="restricted")
    assert not incoming_for(cast.central_officer).exists()
    assert incoming_for(cast.officer).get().seen_as == "restricted"
    fresh = correct_incoming(actor=cast.officer, incoming=row, version=1, paper=paper(), reason="Ghi thiếu")
    assert fresh.classification == "restricted"  # never wider than the document
    Document.objects.filter(pk=directive.pk).update(classification="normal")
    assert not incoming_for(cast.central_officer).exists()  # the line's own class stays


def test_only_a_document_one_may_read_is_registered(cast: Cast) -> None:
    with pytest.raises(Refusal):
        register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper(), document=make_document(cast))
    assert not Incoming.objects.exists()
