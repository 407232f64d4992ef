"""The clarity check: who, what, product, when, report, duty by duty."""

from __future__ import annotations

import time_machine
from django.urls import reverse

from motbuoc.domains.documents.models import Addressee, Duty
from tests.factories import make_directive


def url(document) -> str:
    return reverse("document_clarity", args=[document.pk])


def test_every_duty_and_every_question(officer, document):
    page = officer.get(url(document)).content.decode()
    for duty in document.duties.all():
        assert f"#duty-{duty.pk}" in page
    assert page.count('class="answered"') + page.count('class="unanswered') == 4 * 5


def test_what_stops_issuing_is_told_apart(officer, document):
    Addressee.objects.update(selection="unresolved")
    page = officer.get(url(document)).content.decode()
    assert "3 nhiệm vụ chưa rõ, chưa thể giao việc" in page
    assert page.count("thiếu, phải làm rõ") == 3


def test_a_day_counted_by_a_rule_is_explained_before_the_issue(officer, document):
    rule = {"due_count": 2, "due_unit": "working_day", "counted_from": "given", "time_kind": "dated"}
    Duty.objects.filter(document=document, position=0).update(due_on=None, **rule)
    with time_machine.travel("2026-04-29T02:00:00Z", tick=False):
        page = officer.get(url(document)).content.decode()
    assert "Nếu phát hành hôm nay, hạn là ngày 05/05/2026" in page
    assert "30/04/2026: Ngày Chiến thắng" in page


def test_without_duties(officer, document):
    Duty.objects.all().delete()
    assert "Chưa có nhiệm vụ để kiểm tra" in officer.get(url(document)).content.decode()


def test_who_may_not(cast, document, as_person):
    assert as_person(cast.stranger).get(url(document)).status_code == 404
    assert as_person(cast.secretary).get(url(document)).status_code == 403


def test_a_reader_may_not(cast, as_person):
    answer = as_person(cast.secretary).get(url(make_directive(cast)))
    assert answer.status_code == 403
    assert "Tổ chức hội nghị quán triệt" not in answer.content.decode()


def test_only_reading(officer, document):
    assert officer.post(url(document)).status_code == 405


def test_as_many_queries_for_thirty_duties_as_for_three(officer, document, queries_of):
    officer.get(url(document))
    few = queries_of(lambda: officer.get(url(document)))
    first = document.duties.first()
    Duty.objects.bulk_create(
        Duty(document=document, position=9 + n, start=first.start, end=first.end, text="x") for n in range(30)
    )
    assert queries_of(lambda: officer.get(url(document))) == few
