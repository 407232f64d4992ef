"""Comments dealt with in the browser: grouped, answered, published; versions side by side."""

from __future__ import annotations

import pytest

from motbuoc.domains.consultation.models import CommentGroup, Consultation
from tests.domains.consultation.test_commenting import CLAUSE, say
from tests.domains.consultation.test_consultations import DRAFT, add_draft, made_by, opened_by, provision, step
from tests.domains.consultation.test_disposing import LATE, ROOM, dispose, grouped
from tests.interfaces.web.consultation.test_consultation_pages import get, post, press

pytestmark = pytest.mark.django_db


def test_comments_are_grouped_and_answered_without_a_script(cast, as_person, client):
    made = opened_by(cast)
    codes = [say(made, text).code for text in (*LATE, *ROOM)]
    step(cast, made, "close_consultation")
    office, number = as_person(cast.officer), provision(made, CLAUSE).number
    assert "Group alike comments" in get(office, "consultation_comments", made.pk, number)
    post(office, "consultation_comments", made.pk, number, step="propose_groups")
    assert "only proposed" in get(office, "consultation_comments", made.pk, number)
    post(office, "consultation_comments", made.pk, number, step="confirm_groups")
    first, second = CommentGroup.objects.order_by("pk")
    page = get(office, "comment_group_detail", first.pk)
    assert first.comments.all()[0].text in page
    version = CommentGroup.objects.get(pk=first.pk).version
    sent = {"step": "dispose_group", "version": version, "title": "Tóm tắt", "disposition": "declined"}
    page = post(office, "comment_group_detail", first.pk, status=422, **sent)
    assert "Give the reason" in page
    page = post(office, "comment_group_detail", first.pk, status=422, **sent, reason="Ông Trần Văn Ba nói sai")
    assert 'name="keeps"' in page  # all come to read it
    post(office, "comment_group_detail", first.pk, **sent, reason="Luật đã quy định")
    version = Consultation.objects.get().version
    told = post(office, "consultation_detail", made.pk, status=409, step="answer_consultation", version=version)
    assert "2 of 4 comments have no answer yet: Khoản 1 Điều 1" in told
    assert "2 of 4 comments dealt with" in get(office, "consultation_detail", made.pk)
    dispose(cast, second)
    press(office, made, "answer_consultation")
    assert "Luật đã quy định" not in get(client, "draft_read", made.address)
    followed = post(client, "receipt", status=200, code=codes[0])
    assert "Luật đã quy định" not in followed  # not before it is published
    press(office, made, "publish_consultation")
    public = get(client, "draft_read", made.address)
    assert "Luật đã quy định" in public
    assert not any(text in public for text in (*LATE, *ROOM))
    pages = [post(client, "receipt", status=200, code=code) for code in codes]
    assert sum("Luật đã quy định" in page for page in pages) == 2
    assert sum("Tiếp thu toàn phần" in page for page in pages) == 2


def test_a_comment_is_moved_and_groups_are_merged(cast, as_person):
    made = opened_by(cast)
    for text in (*LATE, *ROOM):
        say(made, text)
    first, second = grouped(cast, made)
    office = as_person(cast.officer)
    comment = first.comments.order_by("pk")[0]
    post(office, "comment_group_detail", first.pk, step="move_comment", comment=comment.pk)
    assert CommentGroup.objects.count() == 3
    version = CommentGroup.objects.get(pk=first.pk).version
    post(office, "comment_group_detail", first.pk, step="merge_groups", version=version, other=second.pk)
    assert CommentGroup.objects.get(pk=second.pk).size == 3
    for sent in ({"step": "merge_groups", "other": 99}, {"step": "move_comment", "comment": "x"}):
        post(office, "comment_group_detail", second.pk, status=409, version=1, **sent)
    reader = as_person(cast.inspector)
    assert "Merge with another" not in get(reader, "comment_group_detail", second.pk)
    post(reader, "comment_group_detail", second.pk, status=403, step="move_comment", comment=comment.pk)
    get(as_person(cast.secretary), "comment_group_detail", second.pk, status=404)


def test_the_papers_are_downloaded(cast, as_person):
    draft = made_by(cast, kind="criticism")
    made = opened_by(cast, kind="criticism")
    office = as_person(cast.officer)
    for name in ("consultation_table", "consultation_criticism"):
        get(office, name, draft.pk, status=404)
    for name in ("consultation_table", "consultation_criticism"):
        assert get(office, name, made.pk).startswith(b"PK")
        get(as_person(cast.secretary), name, made.pk, status=404)


def test_versions_stand_side_by_side_with_what_changed_because_of_whom(cast, as_person):
    made = opened_by(cast)
    say(made, LATE[0])
    step(cast, made, "close_consultation")
    add_draft(cast, made, DRAFT.replace("việc tiếp công dân.", "việc tiếp công dân trong năm ngày."))
    (group,) = grouped(cast, made)
    office = as_person(cast.officer)
    assert "Khoản 1 Điều 1</option>" in get(office, "comment_group_detail", group.pk)
    dispose(cast, group, changed_in=provision(made, CLAUSE).number)
    page = get(office, "consultation_compare", made.pk, 2)
    assert "<ins>dân trong năm ngày.</ins>" in page
    assert group.title in page
    assert "Doanh nghiệp" not in page
    assert "Doanh nghiệp" in get(office, "consultation_compare", made.pk, 2, query="?tat-ca=1")
    for number in (1, 3):
        get(office, "consultation_compare", made.pk, number, status=404)
