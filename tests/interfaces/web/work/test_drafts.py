"""The server tells a device which of its drafts have arrived: those whose form was done, and no others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motbuoc.domains.work.models import Assignment
from tests.factories import step_on

NAME, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def address(cast, directive) -> str:
    assignment = Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[0]
    step_on(assignment, "acknowledge", cast.secretary)
    return reverse("assignment_detail", args=[assignment.pk])


def sent(client, address, **more):
    form = {"step": "progress", "version": 2, "text": "Đã làm", "draft": NAME}
    return client.post(address, form | more)


def test_what_was_done_has_arrived(as_person, cast, address):
    client = as_person(cast.secretary)
    assert 'data-arrived=""' in client.get(address).content.decode()
    assert sent(client, address).status_code == 302
    assert f'data-arrived="{NAME}"' in client.get(address).content.decode()
    assert sent(client, address, version=3, draft=OTHER).status_code == 302
    assert f'data-arrived="{OTHER} {NAME}"' in client.get(address).content.decode()


@pytest.mark.parametrize("wrong", [{"text": ""}, {"version": 1}, {"step": "accept"}, {"draft": '"><script>'}])
def test_what_was_not_done_has_not(as_person, cast, address, wrong):
    client = as_person(cast.secretary)
    sent(client, address, **wrong)
    html = client.get(address).content.decode()
    assert 'data-arrived=""' in html
    assert "<script>" not in html.split("data-arrived")[1][:200]


def test_a_draft_belongs_to_its_steps(as_person, cast, address):
    html = as_person(cast.secretary).get(address).content.decode()
    assert 'data-draft="progress-submit"' in html
    assert 'data-draft="text"' not in html
