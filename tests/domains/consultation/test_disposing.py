"""Comments are grouped by a machine and confirmed by a person, each group is answered, and none is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from motbuoc.domains.consultation import disposing
from motbuoc.domains.consultation.comparing import aligned, changed_later, reasons_for
from motbuoc.domains.consultation.disposing import Answer
from motbuoc.domains.consultation.models import Comment, CommentGroup, Consultation, ConsultedProvision
from motbuoc.domains.consultation.selectors import (
    found_by_receipt,
    groups_on,
    progress_of,
    provisions_in,
    version_of,
)
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.telling import lines_for
from tests.domains.consultation.test_commenting import CLAUSE, prepare, say, send
from tests.domains.consultation.test_consultations import DRAFT, add_draft, fresh, opened_by, provision, step
from tests.factories import Cast

pytestmark = pytest.mark.django_db
LATE = ("Thời hạn trả lời đơn quá dài, đề nghị rút ngắn còn năm ngày", "Đề nghị rút ngắn thời hạn trả lời đơn")
ROOM = ("Phòng tiếp công dân phải có chỗ ngồi chờ", "Cần có chỗ ngồi chờ ở phòng tiếp công dân")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def said(cast: Cast) -> Consultation:
    """Closed, with two matters on one clause and one comment of a unit on another."""
    made = opened_by(cast, cast.unit_a)
    for text in (*LATE, *ROOM):
        say(made, text)
    prepare(cast, made, "Bỏ điểm này", anchor="dieu-1.khoan-2.diem-b")
    send(cast, made)
    return step(cast, made, "close_consultation")


def grouped(cast: Cast, made: Consultation, anchor: str = CLAUSE) -> list[CommentGroup]:
    asked: dict[str, Any] = {"actor": cast.officer, "consultation": made, "provision": provision(made, anchor)}
    disposing.propose_groups(**asked)
    disposing.confirm_groups(**asked)
    return list(groups_on(made, asked["provision"]))


def dispose(cast: Cast, group: CommentGroup, how: str = "accepted", **more: Any) -> CommentGroup:
    group = CommentGroup.objects.get(pk=group.pk)
    answer = Answer(how, **more)
    return disposing.dispose_group(actor=cast.officer, group=group, version=group.version, answer=answer)


def test_alike_comments_are_proposed_as_groups_and_a_person_confirms(cast: Cast) -> None:
    made = said(cast)
    row = provision(made, CLAUSE)
    asked: dict[str, Any] = {"actor": cast.officer, "consultation": made, "provision": row}
    assert disposing.propose_groups(**asked) == 4
    assert disposing.propose_groups(**asked) == 0
    first, second = groups_on(made, row)
    assert {tuple(sorted(c.text for c in one.comments.all())) for one in (first, second)} == {
        tuple(sorted(LATE)),
        tuple(sorted(ROOM)),
    }
    assert (first.size, second.size) == (2, 2)
    with pytest.raises(Refusal, match="Confirm the groups"):
        dispose(cast, first)
    assert disposing.confirm_groups(**asked) == 2
    assert dispose(cast, first).disposed_by == cast.officer


def test_what_a_person_moves_or_merges_stays_counted(cast: Cast) -> None:
    made = said(cast)
    first, second = grouped(cast, made)
    moved = disposing.move_comment(actor=cast.officer, comment=first.comments.all()[0])
    assert (moved.size, CommentGroup.objects.get(pk=first.pk).size) == (1, 1)
    disposing.move_comment(actor=cast.officer, comment=moved.comments.get(), other=first)
    assert not CommentGroup.objects.filter(pk=moved.pk).exists()  # nothing was left in it
    assert CommentGroup.objects.get(pk=first.pk).size == 2
    now = CommentGroup.objects.get(pk=first.pk)
    whole = disposing.merge_groups(actor=cast.officer, group=now, version=now.version, other=second)
    assert whole.size == 4 == Comment.objects.filter(group=whole).count()
    (elsewhere,) = grouped(cast, made, "dieu-1.khoan-2.diem-b")
    with pytest.raises(Refusal):
        disposing.merge_groups(actor=cast.officer, group=elsewhere, version=elsewhere.version, other=whole)
    with pytest.raises(Refusal):
        disposing.move_comment(actor=cast.officer, comment=elsewhere.comments.get(), other=whole)


def test_an_answer_has_its_reason_and_nobody_else_gives_it(cast: Cast) -> None:
    made = said(cast)
    first, _second = grouped(cast, made)
    for how in ("partly", "declined"):
        with pytest.raises(Refusal, match="Give the reason"):
            dispose(cast, first, how, reason="  ")
    for how in ("", "perhaps"):
        with pytest.raises(Refusal):
            dispose(cast, first, how, reason="Vì")
    for person in (cast.inspector, cast.central_officer, cast.secretary):
        with pytest.raises(NotAllowed):
            disposing.dispose_group(actor=person, group=first, version=first.version, answer=Answer("accepted"))
    with pytest.raises(Collision):
        disposing.dispose_group(actor=cast.officer, group=first, version=99, answer=Answer("accepted"))
    assert dispose(cast, first, "declined", reason="Luật đã quy định").reason == "Luật đã quy định"
    lines = HistoryLine.objects.filter(action="dispose_group")
    assert not any(text in str(line.values) for line in lines for text in (*LATE, *ROOM))


def test_nothing_is_left_unanswered(cast: Cast) -> None:
    made = said(cast)
    groups = grouped(cast, made)
    dispose(cast, groups[0])
    progress = progress_of(made)
    assert (progress.total, progress.answered, progress.left) == (5, 2, 3)
    with pytest.raises(Refusal, match="3 of 5 comments have no answer yet: Khoản 1 Điều 1; Điểm b khoản 2 Điều 1"):
        step(cast, made, "answer_consultation")
    dispose(cast, groups[1], "partly", reason="Một phần")
    with pytest.raises(Refusal, match="1 of 5"):
        step(cast, made, "answer_consultation")
    (last,) = grouped(cast, made, "dieu-1.khoan-2.diem-b")
    dispose(cast, last)
    step(cast, made, "answer_consultation")
    with pytest.raises(Refusal, match="not being dealt with now"):
        dispose(cast, last, "declined", reason="Đổi ý")
    step(cast, made, "resume_consultation")
    dispose(cast, last, "declined", reason="Đã xem lại")
    step(cast, made, "answer_consultation")
    assert step(cast, made, "publish_consultation").published_on
    with pytest.raises(Refusal):
        step(cast, made, "resume_consultation")


def test_an_answer_leads_to_where_the_later_version_reads_otherwise(cast: Cast) -> None:
    made = said(cast)
    first, second = grouped(cast, made)
    with pytest.raises(Refusal, match="later version"):
        dispose(cast, first, changed_in=provision(made, CLAUSE).number)
    assert changed_later(made) is None
    add_draft(cast, made, DRAFT.replace("việc tiếp công dân.", "việc tiếp công dân và thời hạn trả lời."))
    new = provisions_in(version_of(fresh(made), 2)).get(anchor=CLAUSE)
    assert [row.label for row in changed_later(fresh(made)) or []] == ["Khoản 1 Điều 1"]
    assert dispose(cast, first, changed_in=new.number).changed_in == new
    with pytest.raises(Refusal, match="later version"):
        dispose(cast, second, "declined", reason="Không", changed_in=new.number)
    assert [one.pk for one in reasons_for(made, [new])[new.pk]] == [first.pk]


def test_units_are_told_that_they_are_asked_and_what_became_of_it(cast: Cast) -> None:
    made = said(cast)
    for anchor in (CLAUSE, "dieu-1.khoan-2.diem-b"):
        for group in grouped(cast, made, anchor):
            dispose(cast, group)
    notices = Notice.objects.filter(person=cast.secretary).order_by("pk")
    assert [one.occasion for one in notices] == ["comment_asked"]
    step(cast, made, "answer_consultation")
    step(cast, made, "publish_consultation")
    asked, told = lines_for(cast.secretary, notices.all())
    assert told.told
    assert told.told.words == made.subject
    assert "is asked to comment" in asked.sentence
    assert not Notice.objects.filter(person=cast.secretary_b).exists()
    assert lines_for(cast.secretary_b, notices.all())[0].told is None


def test_a_receipt_leads_to_the_group(cast: Cast) -> None:
    made = opened_by(cast)
    taken = say(made, LATE[0])
    (group,) = grouped(cast, made)
    found = found_by_receipt(taken.code)
    assert found
    assert found.group == group


def rows(*texts: tuple[str, str]) -> list[ConsultedProvision]:
    return [
        ConsultedProvision(pk=n, number=n, level=1, anchor=anchor, label=anchor, text=text)
        for n, (anchor, text) in enumerate(texts, 1)
    ]


def test_provisions_find_their_counterparts() -> None:
    old = rows(
        ("dieu-1", "Phạm vi của quy chế là việc tiếp công dân tại trụ sở"),
        ("dieu-2", "Người đứng đầu tiếp công dân mỗi tháng hai ngày"),
        ("dieu-3", "Kinh phí do ngân sách bảo đảm"),
        ("dieu-4", "Quy chế có hiệu lực từ ngày ký"),
    )
    new = rows(
        ("dieu-1", "Phạm vi của quy chế là việc tiếp công dân tại trụ sở và trực tuyến"),
        ("dieu-2", "Nơi tiếp công dân có chỗ ngồi chờ, nước uống, lối đi cho người khuyết tật"),
        ("dieu-3", "Người đứng đầu tiếp công dân mỗi tháng hai ngày"),
        ("dieu-4", "Quy chế có hiệu lực từ ngày ký"),
    )
    told = [(p.old.label if p.old else "", p.new.label if p.new else "", p.became) for p in aligned(old, new)]
    assert told == [
        ("dieu-1", "dieu-1", "changed"),
        ("", "dieu-2", "new"),
        ("dieu-2", "dieu-3", "numbered"),
        ("dieu-3", "", "gone"),
        ("dieu-4", "dieu-4", "same"),
    ]
    assert aligned(old, new)[0].pieces[-1] == ("và trực tuyến", "new")
    assert [p.became for p in aligned(old, old)] == ["same"] * 4
    assert [p.became for p in aligned([], new)] == ["new"] * 4
    assert sorted(p.became for p in aligned(old, [])) == ["gone"] * 4
