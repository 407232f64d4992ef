"""Figures said with progress: typed as the language writes numbers, shown as they stand, never half read."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.linked import Figure
from motbuoc.domains.work.models import Assignment
from tests.factories import step_on


def rows(*typed: tuple[str, str, str]) -> dict[str, str]:
    parts = ("name", "amount", "measure")
    return {
        f"figures-{place}-{part}": value
        for place, row in enumerate(typed)
        for part, value in zip(parts, row, strict=True)
    }


@pytest.fixture
def task(cast, directive) -> Assignment:
    """A task of unit A, acknowledged."""
    return step_on(Assignment.objects.filter(unit=cast.unit_a)[0], "acknowledge", cast.secretary)


@pytest.fixture
def secretary(cast, as_person):
    """The unit's secretary, who reads Vietnamese."""
    client = as_person(cast.secretary)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    return client


def page_of(task: Assignment) -> str:
    return reverse("assignment_detail", args=[task.pk])


def send(client, task: Assignment, *typed: tuple[str, str, str]):
    version = Assignment.objects.get(pk=task.pk).version
    return client.post(page_of(task), {"step": "progress", "version": version, "text": "Đã làm", **rows(*typed)})


def test_they_are_kept_and_shown_as_they_stand(secretary, task):
    first = send(secretary, task, ("Lượt người dự", "1.234,5", "lượt"), ("", "", ""))
    second = send(secretary, task, ("Lượt người dự", "", "lượt"), ("Cuộc đối thoại", "2", "cuộc"))
    assert (first.status_code, second.status_code) == (302, 302)
    html = secretary.get(page_of(task)).content.decode()
    counted = html.split('class="facts counted"')[1].split("</dl>")[0]
    assert "<dt>Lượt người dự</dt><dd><b>1.234,50</b> lượt</dd>" in counted
    assert "<dt>Cuộc đối thoại</dt><dd><b>2</b> cuộc</dd>" in counted
    assert 'value="Lượt người dự"' in html
    assert 'placeholder="1.234,50"' in html


def test_english_writes_them_its_own_way(cast, as_person, task):
    client = as_person(cast.secretary)
    assert send(client, task, ("Money", "1,234.5", "million")).status_code == 302
    assert "<b>1,234.50</b> million" in client.get(page_of(task)).content.decode()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Cuộc đối thoại", "1.5", "cuộc"), "“1.5” không phải là số"),
        (("Cuộc đối thoại", "hai", "cuộc"), "“hai” không phải là số"),
        (("Cuộc đối thoại", "-2", "cuộc"), "“-2” không phải là số"),
        (("Cuộc đối thoại", "", "cuộc"), "ghi số"),
        (("", "3", ""), "ghi nội dung được đếm"),
        (("hội  NGHỊ", "4", "cuộc"), "trùng nội dung"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_again_and_nothing_is_lost(secretary, task, row, told):
    answer = send(secretary, task, ("Hội nghị", "3", "cuộc"), row)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert f'value="{row[1]}"' in html
    assert 'value="Hội nghị"' in html
    assert not Figure.objects.exists()


def test_what_goes_on_all_the_time_is_asked_for_no_percent(secretary, task):
    assert 'name="percent"' in secretary.get(page_of(task)).content.decode()
    Assignment.objects.filter(pk=task.pk).update(time_kind=TimeKind.CONTINUOUS)
    assert 'name="percent"' not in secretary.get(page_of(task)).content.decode()
