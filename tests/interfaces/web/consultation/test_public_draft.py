"""Drafts for everybody: read and commented on without signing in, without a script, over a weak line."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from motbuoc.domains.consultation.models import AskedUnit, Comment
from tests.domains.consultation.test_commenting import say
from tests.domains.consultation.test_consultations import made_by, opened_by, provision, step
from tests.interfaces.web.consultation.test_consultation_pages import STATIC, get, post

pytestmark = pytest.mark.django_db


def hidden_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_somebody_comments_without_a_script_and_follows_it(cast, client):
    made = opened_by(cast)
    page = get(client, "draft_read", made.address)
    assert "Điểm a khoản 2 Điều 1" in page
    row = provision(made, "dieu-2")
    door = reverse("draft_comment", args=[made.address, row.number])
    assert door in page
    page = get(client, "draft_comment", made.address, row.number)
    assert row.text in page
    sent = {"key": hidden_in(page)["key"], "quoted": "cán bộ, công chức", "text": "Gọi ông Nguyễn Văn Thử"}
    told = post(client, "draft_comment", made.address, row.number, status=422, **sent)
    assert "Nguyễn Văn Thử" in told
    assert not Comment.objects.exists()
    sent["text"] = "Thêm cả người lao động"
    wrong = post(client, "draft_comment", made.address, row.number, status=422, **sent | {"quoted": "xử phạt"})
    assert "Thêm cả người lao động" in wrong  # nothing typed is lost
    done = post(client, "draft_comment", made.address, row.number, status=200, **sent)
    code = re.search(r'<p class="receipt">([^<]+)</p>', done)[1]
    post(client, "draft_comment", made.address, row.number, status=200, **sent)  # sent again
    kept = Comment.objects.get()
    assert kept.quoted == "cán bộ, công chức"
    followed = post(client, "receipt", status=200, code=code)
    assert "Thêm cả người lao động" in followed
    assert "Ý kiến đang được xem xét" in followed
    assert code not in door
    assert "sessionid" not in client.cookies


def test_a_public_page_is_light(cast, client):
    made = opened_by(cast)
    page = get(client, "draft_read", made.address)
    assert "<script" not in page
    page = get(client, "draft_comment", made.address, 1)
    files = ("css/public.css", "js/ask.js", "js/phrase.js")
    assert len(page.encode()) + sum((STATIC / name).stat().st_size for name in files) < 60_000


def test_one_goes_to_an_article_by_its_number(cast, client):
    made = opened_by(cast)
    answer = client.get(reverse("draft_read", args=[made.address]) + "?dieu=2")
    assert answer.status_code == 302
    assert "Điều 2" in client.get(answer["Location"]).content.decode()
    assert "không có điều, khoản này" in get(client, "draft_read", made.address, query="?dieu=99")
    get(client, "draft_read", made.address, query="?tu=abc&dieu=%00")
    get(client, "draft_comment", made.address, 99, status=404)


def test_what_is_not_for_everybody_is_not_found(cast, client):
    for made in (made_by(cast, is_public=True), opened_by(cast, cast.unit_a, is_public=False)):
        get(client, "draft_read", made.address, status=404)
        get(client, "draft_comment", made.address, 1, status=404)
    made = opened_by(cast)
    say(made, "Ý kiến của người khác")
    assert "Ý kiến của người khác" not in get(client, "draft_read", made.address)
    step(cast, made, "close_consultation")
    page = get(client, "draft_comment", made.address, 1)
    assert "<textarea" not in page
    post(client, "draft_comment", made.address, 1, status=422, key="k" * 20, text="Muộn")


def test_a_unit_replies_in_the_browser(cast, as_person):
    made = opened_by(cast, cast.unit_a)
    asked = AskedUnit.objects.get()
    client = as_person(cast.secretary)
    row = provision(made, "dieu-2")
    assert "Comment on this" in get(client, "consultation_reply", asked.pk)
    post(client, "consultation_prepare", asked.pk, row.number, status=422, version=1, text="Sửa", quoted="xử phạt")
    post(client, "consultation_prepare", asked.pk, row.number, version=1, text="Thêm viên chức", quoted="cán bộ")
    post(client, "consultation_prepare", asked.pk, row.number, version=2, text="Bỏ")
    post(client, "consultation_reply", asked.pk, step="drop", version=3, place=1)
    reader = get(as_person(cast.central_officer), "consultation_reply", asked.pk)
    assert "Thêm viên chức" not in reader  # not sent yet
    page = post(client, "consultation_reply", asked.pk, status=422, version=4, number="", dated="01/01/2020")
    assert "Thêm viên chức" in page
    post(client, "consultation_reply", asked.pk, version=4, number="12-CV/CB", dated="05/01/2020")
    page = get(client, "consultation_reply", asked.pk)
    assert "12-CV/CB" in page
    assert "Send the reply" not in page
    page = get(as_person(cast.officer), "consultation_comments", made.pk, row.number)
    assert "Chi bộ Sở Ánh Dương" in page
    assert "Thêm viên chức" in page
    assert "1 comment" in get(as_person(cast.officer), "consultation_detail", made.pk)
    post(as_person(cast.inspector), "consultation_reply", asked.pk, status=403)
    get(as_person(cast.secretary_b), "consultation_reply", asked.pk, status=404)
    get(as_person(cast.secretary_b), "consultation_prepare", asked.pk, row.number, status=404)
