"""What an amendment touches: proposed by its words, confirmed by a person; then the work that rests on it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

import vanban
from motbuoc.domains.documents.importing import fill_rows
from motbuoc.domains.documents.linking import resolve_citations
from motbuoc.domains.documents.models import Document, DocumentLink
from motbuoc.domains.documents.searching import Question, Validity, documents_sought
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.files.services import keep_file
from tests.factories import Cast, make_directive

AMENDMENT = """ĐẢNG BỘ TỈNH MẪU
ĐẢNG ỦY KHỐI MẪU

Số 66-CV/ĐUK
{title} Công văn số 12-CV/ĐUK

ĐẢNG CỘNG SẢN VIỆT NAM
Mẫu, ngày 01 tháng 10 năm 2026

Kính gửi: - Các chi ủy, đảng ủy cơ sở,

1. {what} Công văn số 12-CV/ĐUK, ngày 05/3/2026 của Ban Thường vụ Đảng ủy Khối Mẫu.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Võ Thử
"""


def amendment(cast: Cast, what: str, title: str = "Sửa đổi một số nội dung của") -> Document:
    text = AMENDMENT.format(what=what, title=title)
    reading = vanban.to_dict(vanban.parse(text))
    document = Document.objects.create(
        unit=cast.bloc,
        file=keep_file("sua-doi.txt", text.encode(), "text/plain"),
        text=reading["text"],
        reading=reading,
        code="66-CV/ĐUK",
        issued_on=date(2026, 10, 1),
        issuer="ĐẢNG ỦY KHỐI MẪU",
        subject="Sửa đổi Công văn 12",
        brought_by=cast.officer,
    )
    fill_rows(document, reading)
    resolve_citations(document)
    return document


@pytest.fixture
def touched(cast):
    """A directive, and a dispatch that amends its second item."""
    return make_directive(cast), amendment(cast, "Sửa đổi mục 2")


def url(document: Document) -> str:
    return reverse("document_touches", args=[document.pk])


def confirm(officer, document: Document, **fields: object):
    page = officer.get(url(document))
    _touch, form, place = page.context["proposed"][0]
    data = {"place": place, "part": form.initial["part"], "effective_on": "01/10/2026", **fields}
    return officer.post(url(document), data)


def test_the_words_propose_the_item_and_nothing_holds_before_it_is_confirmed(officer, touched):
    directive, change = touched
    (touch, form, _place), *others = officer.get(url(change)).context["proposed"]
    assert others == []
    assert (touch.target, touch.relation, touch.pinpoint) == (directive, "amends", "mục 2")
    assert form.initial["part"] == directive.provisions.get(number="2").pk
    assert not DocumentLink.objects.exists()
    assert url(change) in officer.get(reverse("document_detail", args=[change.pk])).content.decode()


def test_confirmed_it_shows_the_open_tasks_of_that_item_and_of_no_other(cast, officer, touched):
    directive, change = touched
    assert confirm(officer, change).status_code == 302
    page = officer.get(url(change))
    tasks = page.context["confirmed"][0]["tasks"]
    assert {task.duty.provision.number for task in tasks} == {"2"}
    assert len(tasks) == directive.assignments.filter(duty__provision__number="2").count() > 0
    detail = officer.get(reverse("document_detail", args=[directive.pk])).content.decode()
    assert "66-CV/ĐUK" in detail


def test_chosen_tasks_are_cancelled_with_the_document_as_their_reason_and_others_stay(cast, officer, touched):
    _directive, change = touched
    confirm(officer, change)
    chosen, kept = officer.get(url(change)).context["confirmed"][0]["tasks"][:2]
    link = DocumentLink.objects.get()
    officer.post(reverse("link_tasks", args=[link.pk]), {"task": [chosen.pk]})
    assert Assignment.objects.get(pk=chosen.pk).state == AssignmentState.CANCELLED
    assert Assignment.objects.get(pk=kept.pk).state != AssignmentState.CANCELLED
    assert "66-CV/ĐUK" in Entry.objects.get(assignment=chosen, step="cancel").text
    assert chosen.pk not in [task.pk for task in officer.get(url(change)).context["confirmed"][0]["tasks"]]


def test_a_task_of_another_item_cannot_be_cancelled_through_it(cast, officer, touched):
    directive, change = touched
    confirm(officer, change)
    other = directive.assignments.filter(duty__provision__number="1")[0]
    officer.post(reverse("link_tasks", args=[DocumentLink.objects.get().pk]), {"task": [other.pk, "x", "9" * 30]})
    assert Assignment.objects.get(pk=other.pk).state == other.state


def test_a_document_replaced_as_a_whole_is_no_longer_in_force(cast, officer):
    directive, change = make_directive(cast), amendment(cast, "Công văn này thay thế", "Thay thế")
    assert confirm(officer, change, effective_on="01/10/2020").status_code == 302
    assert list(documents_sought(cast.officer, Question(validity=Validity.REPLACED))) == [directive]
    assert len(officer.get(url(change)).context["confirmed"][0]["tasks"]) == directive.assignments.count()


def test_only_reviewers_confirm_and_only_those_who_decide_cancel(cast, officer, as_person, touched):
    _directive, change = touched
    confirm(officer, change)
    link = DocumentLink.objects.get()
    for person, status in ((cast.member, 403), (cast.secretary, 403), (cast.stranger, 404)):
        assert as_person(person).get(url(change)).status_code == status
        assert as_person(person).post(reverse("link_tasks", args=[link.pk])).status_code in (403, 404)
    reader = as_person(cast.inspector).get(url(change))
    assert reader.status_code == 403


def test_what_is_changed_by_an_unseen_document_does_not_name_it(cast, officer, as_person, touched):
    directive, change = touched
    confirm(officer, change)
    page = as_person(cast.member).get(reverse("document_detail", args=[directive.pk])).content.decode()
    assert "Việc làm mẫu" in page
    assert "66-CV/ĐUK" not in page
