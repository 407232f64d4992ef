"""The product that a task asks for: named when the result is handed in, shown beside what came."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import Duty
from motbuoc.domains.work.models import Assignment, Entry, Evidence
from motbuoc.domains.work.products import Product, came
from motbuoc.domains.work.selectors import entries_for
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile
from tests.factories import make_directive, picture, step_on


@pytest.fixture
def task(cast) -> Assignment:
    """A task of unit A, acknowledged, that asks for a plan."""
    make_directive(cast)
    Duty.objects.update(product="Kế hoạch")
    return step_on(Assignment.objects.filter(unit=cast.unit_a)[0], "acknowledge", cast.secretary)


def submit(cast, task: Assignment, product: Product | None = None, **more) -> Entry:
    fresh = Assignment.objects.get(pk=task.pk)
    asked = {"version": fresh.version, "name": "submit", "text": "Đã làm xong", **more}
    return take_step(actor=cast.secretary, assignment=fresh, product=product or Product(), **asked)


def test_without_file_or_reason_it_is_refused_and_nothing_kept(cast, task):
    with pytest.raises(Refusal, match="Kế hoạch"):
        submit(cast, task)
    task.refresh_from_db()
    assert task.state == "acknowledged"
    assert task.entries.count() == 1


def test_the_files_sent_with_it_are_it_unless_told_otherwise(cast, task):
    submit(cast, task, files=[picture("ke-hoach.png")])
    assert Evidence.objects.get().is_product


def test_the_file_sent_as_product_is_it_and_the_others_are_not(cast, task):
    submit(cast, task, Product(files=[picture("ke-hoach.png")]), files=[picture("hoi-nghi.png")])
    assert list(Evidence.objects.filter(is_product=True).values_list("file__name", flat=True)) == ["ke-hoach.png"]


def test_what_was_sent_before_may_be_it(cast, task):
    step_on(task, "progress", cast.secretary, "Có dự thảo", [picture("du-thao.png"), picture("khac.png")])
    first = Evidence.objects.get(file__name="du-thao.png")
    submit(cast, task, Product(evidence_id=first.pk))
    entries = list(entries_for(cast.officer, task))
    assert came(task, entries).evidence == [first]


def test_evidence_of_another_task_is_not_it(cast, task):
    other = Assignment.objects.filter(unit=cast.unit_b)[0]
    step_on(other, "acknowledge", cast.secretary_b)
    step_on(other, "progress", cast.secretary_b, "Xong", [picture()])
    with pytest.raises(Refusal, match="Chọn lại"):
        submit(cast, task, Product(evidence_id=Evidence.objects.get().pk))
    assert StoredFile.objects.filter(evidence__isnull=False).count() == 1


def test_a_reason_stands_in_its_place_until_the_next_time(cast, task):
    submit(cast, task, Product(why_none="chờ ký"))
    assert came(task, list(entries_for(cast.officer, task))).why_none == "chờ ký"
    step_on(task, "return", cast.officer, "Gửi bản đã ký")
    submit(cast, task, Product(files=[picture("da-ky.png")]))
    found = came(task, list(entries_for(cast.officer, task)))
    assert (found.why_none, [one.file.name for one in found.evidence]) == ("", ["da-ky.png"])


def test_the_form_asks_and_the_reviewer_sees(cast, client, task):
    client.force_login(cast.secretary.account)
    url = reverse("assignment_detail", args=[task.pk])
    assert "Kế hoạch" in client.get(url).content.decode()
    sent = {"version": task.version, "step": "submit", "text": "Đã làm"}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Đã làm" in refused.content.decode()
    assert client.post(url, {**sent, "product": picture("ke-hoach-2026.png")}).status_code == 302
    client.force_login(cast.officer.account)
    page = client.get(url).content.decode()
    assert page.count("ke-hoach-2026.png") == 2  # beside what was asked for, and in the story


def test_a_product_that_may_not_be_seen_is_not_named(cast, client, task):
    submit(cast, task, Product(files=[picture("kin.png")]), classification=Classification.RESTRICTED)
    client.force_login(cast.member.account)
    page = client.get(reverse("assignment_detail", args=[task.pk])).content.decode()
    assert "kin.png" not in page
    assert "Kế hoạch" in page
