"""Orders without a paper: who may note one, what it becomes, what is refused, and the paper that confirms it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from motbuoc.domains.documents.duplicates import alike_to
from motbuoc.domains.documents.linking import state_link
from motbuoc.domains.documents.models import Document, Relation
from motbuoc.domains.documents.services import correct_document
from motbuoc.domains.documents.spoken import Asked, Said, ToWhom, correct_speaker, note_order, papers_of
from motbuoc.domains.work.boards import board_for
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.ordering import give_order
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import LONG_AGO, base_units, make_document


def said(**more: object) -> Said:
    first = Said("meeting", "đồng chí Trần Thử Nói, Bí thư", clock.today(), "giao ban tháng")
    return replace(first, **more)


def order(cast, **more):
    given = {
        "actor": cast.officer,
        "unit": cast.bloc,
        "said": said(),
        "asked": [Asked("Rà soát danh sách đảng viên mới", clock.today() + timedelta(days=9), "danh sách")],
        "to": ToWhom([cast.unit_a.pk], [cast.unit_b.pk]),
    }
    return give_order(**(given | more))


def test_an_order_becomes_a_directive_like_any_other(cast):
    document = order(cast)
    assert document.state == "issued"
    assert document.file is None
    assert "Kết luận của đồng chí Trần Thử Nói, Bí thư tại giao ban tháng" in document.text
    assignment = Assignment.objects.get(document=document)
    duty = assignment.duty
    assert document.text[duty.start : duty.end] == duty.text == "Rà soát danh sách đảng viên mới"
    assert (assignment.unit, assignment.due_on) == (cast.unit_a, clock.today() + timedelta(days=9))
    assert list(assignment.supporting_units.all()) == [cast.unit_b]
    assert assignment in assignments_for(cast.secretary)
    assert [row.unit_id for row in board_for(cast.officer, document).rows] == [cast.unit_a.pk]
    lines = HistoryLine.objects.filter(object_type="document", object_id=document.pk).order_by("pk")
    assert [line.action for line in lines] == ["note_order", "confirm_document", "issue_document"]


def test_several_tasks_for_a_group(cast):
    document = order(
        cast, asked=[Asked("Họp chi bộ"), Asked("  Họp chi bộ. "), Asked(" ")], to=ToWhom(group=base_units())
    )
    assert [p.number for p in document.provisions.all()] == ["1", "2"]
    assert Assignment.objects.filter(document=document).count() == 4


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"said": ("said_by", " ")}, "ghi người chỉ đạo"),
        ({"said": ("occasion", "")}, "cuộc họp nào"),
        ({"said": ("origin", "document")}, "qua điện thoại"),
        ({"said": ("said_on", clock.today() + timedelta(days=2))}, "phía trước"),
        ({"asked": [Asked("  ;")]}, "việc cần làm"),
        ({"asked": [Asked("Việc")] * 31}, "nhiều nhất 30"),
        ({"asked": [Asked("Rà soát", clock.today() - timedelta(days=9))]}, "trước ngày"),
        ({"to": ToWhom()}, "ít nhất một đơn vị"),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast, more, words):
    if name := more.get("said"):
        more = {"said": said(**{name[0]: name[1]})}
    with pytest.raises(Refusal, match=words):
        order(cast, **more)
    assert not Document.objects.exists()


def test_units_that_are_not_below_are_refused(cast):
    with pytest.raises(Refusal, match="không còn thuộc"):
        order(cast, to=ToWhom([cast.province.pk]))
    with pytest.raises(Refusal, match="vừa"):
        order(cast, to=ToWhom([cast.unit_a.pk], [cast.unit_a.pk]))


def corrected(document: Document, actor, **more: object) -> Document:
    document.refresh_from_db()
    told = {"said_by": "đồng chí Trần Thử Nói", "occasion": document.occasion, "reason": "Ghi nhầm chức vụ"}
    return correct_speaker(actor=actor, document=document, version=document.version, **(told | more))


def test_who_gave_it_is_corrected_after_it_was_issued_and_its_tasks_stay_where_they_are(cast):
    asked = [Asked("Rà soát danh sách đảng viên mới"), Asked("Họp chi bộ")]
    document = order(cast, asked=asked)
    fixed = corrected(document, cast.officer, occasion="giao ban quý")
    assert fixed.state == "issued"
    assert fixed.text.startswith("Kết luận của đồng chí Trần Thử Nói tại giao ban quý, ")
    assert "Bí thư" not in fixed.text + fixed.subject
    for duty, one in zip(fixed.duties.select_related("provision").order_by("position"), asked, strict=True):
        assert fixed.text[duty.start : duty.end] == duty.text == one.what
        assert fixed.text[duty.provision.start : duty.provision.end] == f"{duty.provision.number}. {one.what}."
    line = HistoryLine.objects.get(action="correct_speaker")
    assert line.actor == cast.officer
    assert line.values["said_by"] == ["đồng chí Trần Thử Nói, Bí thư", "đồng chí Trần Thử Nói"]
    assert (line.values["occasion"], line.values["reason"]) == (
        ["giao ban tháng", "giao ban quý"],
        "Ghi nhầm chức vụ",
    )


def test_the_first_line_follows_the_day_on_which_it_was_said(cast):
    asked = [Asked("Rà soát danh sách đảng viên mới"), Asked("Họp chi bộ")]
    to = ToWhom([cast.unit_a.pk])
    document = note_order(actor=cast.officer, unit=cast.bloc, said=said(occasion="giao ban"), asked=asked, to=to)
    assert document.subject == document.text.split("\n")[0]
    day = clock.today() - timedelta(days=3)
    changes = {"issued_on": day, "subject": document.subject}  # as a form sends it
    fixed = correct_document(actor=cast.officer, document=document, version=document.version, changes=changes)
    first = f"Kết luận của đồng chí Trần Thử Nói, Bí thư tại giao ban, ngày {day:%d/%m/%Y}"
    assert (fixed.text.split("\n")[0], fixed.subject) == (first, first)
    for duty, one in zip(fixed.duties.order_by("position"), asked, strict=True):
        assert fixed.text[duty.start : duty.end] == one.what
    named = {"issued_on": day - timedelta(days=1), "subject": "Rà soát đảng viên mới"}
    again = correct_document(actor=cast.officer, document=fixed, version=fixed.version, changes=named)
    assert again.subject == "Rà soát đảng viên mới"
    assert again.text.startswith(first[: -len("dd/mm/yyyy")] + f"{day - timedelta(days=1):%d/%m/%Y}")


def test_a_speaker_is_corrected_with_a_reason_by_who_may_review_and_once(cast):
    document = order(cast)
    for more, words in (
        ({"reason": " "}, "lý do"),
        ({"said_by": " "}, "người chỉ đạo"),
        ({"occasion": ""}, "cuộc họp"),
    ):
        with pytest.raises(Refusal, match=words):
            corrected(document, cast.officer, **more)
    for person in (cast.secretary, cast.member, cast.inspector, cast.stranger):
        with pytest.raises(NotAllowed):
            corrected(document, person)
    stale = Document.objects.get(pk=document.pk)
    corrected(document, cast.officer)
    with pytest.raises(Refusal, match="đang như vậy"):
        corrected(document, cast.officer)
    with pytest.raises(Collision):
        correct_speaker(
            actor=cast.officer, document=stale, version=stale.version, said_by="x", occasion="y", reason="z"
        )
    with pytest.raises(Refusal, match="không phải"):
        corrected(make_document(cast), cast.officer)


def test_only_who_may_issue_notes_one(cast):
    for person in (cast.secretary, cast.central_officer, cast.member, cast.stranger, cast.inspector):
        with pytest.raises(NotAllowed):
            order(cast, actor=person)
    with pytest.raises(NotAllowed):
        order(cast, unit=cast.province)


def test_a_paper_confirms_it_and_nothing_else_does(cast):
    document, paper = order(cast), make_document(cast)
    state_link(actor=cast.officer, source=paper, target=document, relation=Relation.CONFIRMS)
    assert papers_of(cast.officer, document) == [paper]
    assert papers_of(cast.secretary, document) == []  # the paper is still under review
    assert papers_of(cast.officer, paper) == []
    for source, target in ((document, paper), (paper, make_document(cast))):
        with pytest.raises(Refusal, match="Chỉ văn bản"):
            state_link(actor=cast.officer, source=source, target=target, relation=Relation.CONFIRMS)


def test_whoever_was_given_an_order_does_not_confirm_it(cast):
    document, paper = order(cast), make_document(cast)
    Document.objects.filter(pk=paper.pk).update(unit=cast.unit_a)
    Grant.objects.create(
        person=cast.secretary, role=Role.DEPARTMENT_OFFICER, unit=cast.unit_a, valid_from=LONG_AGO
    )
    paper.refresh_from_db()
    with pytest.raises(NotAllowed):
        state_link(actor=cast.secretary, source=paper, target=document, relation=Relation.CONFIRMS)
    state_link(actor=cast.secretary, source=paper, target=document, relation=Relation.BASED_ON)
    assert papers_of(cast.officer, document) == []


def test_two_orders_without_files_are_not_the_same_file(cast):
    one = order(cast)
    other = order(cast, asked=[Asked("Chuẩn bị hội nghị tổng kết, phân công người thuyết minh")])
    assert one.pk not in [row.document.pk for row in alike_to(cast.officer, other)]


def test_one_that_is_kept_waits_for_review(cast):
    document = note_order(
        actor=cast.officer,
        unit=cast.bloc,
        said=said(origin="telephone", occasion=""),
        asked=[Asked("Báo cáo nhanh")],
        to=ToWhom([cast.unit_a.pk]),
    )
    assert document.state == "read"
    assert not assignments_for(cast.secretary).exists()
    assert "Chỉ đạo qua điện thoại của" in document.text
