"""Pages of recipients' copies: the receiver's box, the sender's list, and the hand-offs that nobody owns."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import Copy
from motbuoc.domains.documents.states import CopyState
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import Cast, make_directive, make_unit


def test_reading_the_document_marks_the_copy_and_offers_an_answer(cast: Cast, as_person) -> None:
    directive = make_directive(cast)
    page = as_person(cast.secretary).get(reverse("document_detail", args=[directive.pk])).content.decode()
    assert "Văn bản gửi đơn vị đồng chí" in page
    assert "Tiếp nhận văn bản" in page
    assert "Từ chối, nêu lý do" in page
    copy = directive.copies.get(unit=cast.unit_a)
    assert (copy.state, copy.read_by) == (CopyState.OPENED, cast.secretary)
    assert directive.copies.get(unit=cast.unit_b).state == CopyState.DELIVERED


def test_the_sender_sees_numbers_and_no_box(cast: Cast, as_person) -> None:
    directive = make_directive(cast)
    page = as_person(cast.officer).get(reverse("document_detail", args=[directive.pk])).content.decode()
    assert reverse("document_recipients", args=[directive.pk]) in page
    assert "Tiếp nhận văn bản" not in page
    assert set(directive.copies.values_list("state", flat=True)) == {CopyState.DELIVERED}


def test_accepting_and_refusing_on_the_page(cast: Cast, as_person) -> None:
    copy = make_directive(cast).copies.get(unit=cast.unit_a)
    url, secretary = reverse("copy_detail", args=[copy.pk]), as_person(cast.secretary)
    answer = secretary.post(url, {"step": "refuse_copy", "version": 1, "reason": ""})
    assert answer.status_code == 422
    assert "Nêu lý do từ chối" in answer.content.decode()
    answer = secretary.post(url, {"step": "refuse_copy", "version": 99, "reason": "Không phải việc của chúng tôi"})
    assert "Không phải việc của chúng tôi" in answer.content.decode()  # nothing typed is lost
    assert secretary.post(url, {"step": "accept_copy", "version": 1}).status_code == 302
    assert Copy.objects.get(pk=copy.pk).state == CopyState.TAKEN


def test_one_unit_does_not_see_the_copy_of_another(cast: Cast, as_person) -> None:
    directive = make_directive(cast)
    copy = directive.copies.get(unit=cast.unit_b)
    assert as_person(cast.secretary).get(reverse("copy_detail", args=[copy.pk])).status_code == 404
    page = as_person(cast.secretary).get(reverse("document_recipients", args=[directive.pk])).content.decode()
    assert "Chi bộ Sở Ánh Dương" in page
    assert "Bình Minh" not in page
    assert "Đề nghị các nơi đã chọn" not in page


def test_the_sender_calls_copies_back_and_the_receiver_decides(cast: Cast, as_person) -> None:
    directive = make_directive(cast)
    directive.assignments.update(state="accepted")
    copy = directive.copies.get(unit=cast.unit_a)
    url = reverse("document_recipients", args=[directive.pk])
    officer, secretary = as_person(cast.officer), as_person(cast.secretary)
    answer = officer.post(url, {"reason": "Ban hành nhầm"})
    assert answer.status_code == 422
    assert "Đồng chí chọn nơi nhận trước" in answer.content.decode()
    answer = officer.post(url, {"reason": "Thay", "replacement": "99-CV/ĐUK", "copy": [copy.pk]})
    assert "Đơn vị chưa gửi văn bản nào có số này" in answer.content.decode()
    assert officer.post(url, {"reason": "Ban hành nhầm", "copy": [copy.pk]}).status_code == 302
    page = secretary.get(reverse("copy_detail", args=[copy.pk])).content.decode()
    assert "Ban hành nhầm" in page
    assert "Đồng ý thu hồi" in page
    assert "Không đồng ý" in page
    step = {"step": "give_back_copy", "version": 2}
    assert secretary.post(reverse("copy_detail", args=[copy.pk]), step).status_code == 302
    assert secretary.get(reverse("document_detail", args=[directive.pk])).status_code == 404


def test_a_hand_off_that_nobody_owns_is_on_the_first_page_of_both_sides(cast: Cast, as_person) -> None:
    make_directive(cast)
    Grant.objects.filter(person=cast.secretary_b).delete()
    for person in (cast.officer, cast.central_officer):
        page = as_person(person).get("/").content.decode()
        assert "Văn bản gửi mà chưa ai nhận xử lý" in page
        assert "Đơn vị chưa có người được giao xử lý" in page
        assert "Bình Minh" in as_person(person).get(reverse("copy_alarms")).content.decode()
    assert "chưa ai nhận xử lý" not in as_person(cast.secretary).get("/").content.decode()
    assert as_person(cast.member).get(reverse("copy_alarms")).status_code == 403


def test_thirty_recipients_take_as_many_queries_as_three(cast: Cast, as_person) -> None:
    directive, officer = make_directive(cast), as_person(cast.officer)
    counts = []
    for _round in range(2):
        for name in ("document_recipients", "document_detail"):
            officer.get(reverse(name, args=[directive.pk]))
            with CaptureQueriesContext(connection) as queries:
                officer.get(reverse(name, args=[directive.pk]))
            counts.append(len(queries))
        for number in range(27):
            unit = make_unit(f"Chi bộ {_round}-{number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
            Copy.objects.create(document=directive, unit=unit)
    assert counts[:2] == counts[2:]
