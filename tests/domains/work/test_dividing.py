"""A unit splits its work into parts for positions; above it nobody sees more than numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motbuoc.domains.work.dividing import (
    drop_portion,
    finish_portion,
    give_portion,
    portions_for,
    portions_of,
    return_portion,
    split_of,
)
from motbuoc.domains.work.linked import Portion
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Position, PositionTitle
from tests.factories import LONG_AGO, make_directive, make_person, step_on

WORDS = "Soạn danh sách hội viên nòng cốt"


@pytest.fixture
def task(cast) -> Assignment:
    """A task of unit A, acknowledged; its member holds the position of a clerk there."""
    make_directive(cast)
    Position.objects.create(person=cast.member, unit=cast.unit_a, title=PositionTitle.CLERK, valid_from=LONG_AGO)
    return step_on(Assignment.objects.filter(unit=cast.unit_a)[0], "acknowledge", cast.secretary)


def give(cast, task, **more) -> Portion:
    return give_portion(**({"actor": cast.secretary, "assignment": task, "what": WORDS, "title": "clerk"} | more))


def test_a_part_is_given_done_returned_and_taken_back(cast, task):
    part = give(cast, task)
    assert list(portions_for(cast.member)) == [part]
    part = finish_portion(actor=cast.member, portion=part, version=part.version, words="Đã xong")
    assert (part.done_by, split_of(task).open) == (cast.member, 0)
    assert not portions_for(cast.member).exists()
    with pytest.raises(Refusal, match="đã xong"):
        drop_portion(actor=cast.secretary, portion=part, version=part.version)
    with pytest.raises(Refusal, match="lý do"):
        return_portion(actor=cast.secretary, portion=part, version=part.version, reason=" ")
    part = return_portion(actor=cast.secretary, portion=part, version=part.version, reason="Thiếu hai người")
    assert list(portions_for(cast.member)) == [part]
    with pytest.raises(Collision):
        finish_portion(actor=cast.member, portion=part, version=1)
    drop_portion(actor=cast.secretary, portion=part, version=part.version)
    acts = HistoryLine.objects.filter(object_id=task.pk, action__endswith="_portion").order_by("pk")
    assert [line.action.split("_")[0] for line in acts] == ["give", "finish", "return", "drop"]
    assert not any(WORDS in str(line.values) for line in acts)


def test_it_stays_with_the_position_when_the_holder_changes(cast, task):
    part = give(cast, task)
    Position.objects.filter(person=cast.member).update(valid_until=clock.today())
    new = make_person("Trịnh Thử Mới", "moi")
    Position.objects.create(person=new, unit=cast.unit_a, title=PositionTitle.CLERK, valid_from=clock.today())
    assert not portions_for(cast.member).exists()
    with pytest.raises(NotAllowed):
        finish_portion(actor=cast.member, portion=part, version=part.version)
    assert list(portions_for(new)) == [part]


def test_nobody_above_or_beside_sees_what_the_parts_are(cast, task, client):
    give(cast, task)
    url = reverse("assignment_parts", args=[task.pk])
    for person in (cast.officer, cast.central_officer, cast.inspector):
        assert portions_of(person, task) == []
        client.force_login(person.account)
        for page in (url, reverse("assignment_detail", args=[task.pk])):
            assert WORDS not in client.get(page).content.decode()
        assert "0 trên 1" in client.get(url).content.decode()
    for person in (cast.officer, cast.secretary_b, cast.member, cast.stranger):
        with pytest.raises(NotAllowed):
            give(cast, task, actor=person)
    client.force_login(cast.secretary_b.account)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"what": " "}, "nội dung"),
        ({"title": "chair"}, "không ai giữ"),
        ({"due_on": clock.today() - timedelta(days=1)}, "đã qua"),
    ],
)
def test_what_cannot_be_is_refused(cast, task, more, words):
    with pytest.raises(Refusal, match=words):
        give(cast, task, **more)


def test_nothing_is_given_of_what_is_over(cast, task):
    part = give(cast, task)
    step_on(task, "cancel", cast.officer, "Thôi")
    with pytest.raises(Refusal, match="kết thúc"):
        give(cast, task)
    with pytest.raises(Refusal, match="kết thúc"):
        finish_portion(actor=cast.member, portion=part, version=part.version)
    assert not portions_for(cast.member).exists()


def test_a_position_does_not_open_what_is_restricted(cast, task):
    give(cast, task)
    task.document.classification = Classification.RESTRICTED
    task.document.save()
    assert not portions_for(cast.member).exists()


def test_the_pages(cast, client, task):
    client.force_login(cast.secretary.account)
    url = reverse("assignment_parts", args=[task.pk])
    assert client.get(url).status_code == 200
    late = task.due_on + timedelta(days=1) if task.due_on and task.due_on > clock.today() else None
    sent = {"does": "give", "what": WORDS, "title": "clerk", "due_on": f"{late:%d/%m/%Y}" if late else ""}
    assert client.post(url, sent | {"what": ""}).status_code == 422
    assert client.post(url, sent).url == url
    part = Portion.objects.get()
    assert WORDS in client.get(url).content.decode()
    task_page = reverse("assignment_detail", args=[task.pk])
    assert "phần việc chưa xong" in client.get(task_page).content.decode()
    client.force_login(cast.member.account)
    assert reverse("my_parts") in client.get(reverse("today")).content.decode()
    mine = reverse("my_parts")
    assert WORDS in client.get(mine).content.decode()
    done = {"portion": part.pk, "version": part.version, "does": "finish", "words": "Xong"}
    assert client.post(url, done).status_code == 403
    assert client.post(mine, done).url == mine
    client.force_login(cast.secretary.account)
    back = {"portion": part.pk, "version": 2, "does": "return", "words": ""}
    assert client.post(url, back).status_code == 422
    assert client.post(url, back | {"words": "Bổ sung"}).status_code == 302
    client.force_login(cast.stranger.account)
    assert WORDS not in client.get(mine).content.decode()
    assert client.post(mine, done | {"version": 3}).status_code == 404
