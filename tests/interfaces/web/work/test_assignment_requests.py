"""The page where a later day is asked for and granted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment, Request
from motbuoc.foundation.core import clock


@pytest.fixture
def assignment(cast, directive):
    found = Assignment.objects.filter(unit=cast.unit_a, time_kind=TimeKind.DATED)
    found.update(due_on=clock.today(), first_due_on=clock.today())
    return found.get()


def test_asked_and_granted(cast, as_person, assignment):
    url = reverse("assignment_requests", args=[assignment.pk])
    unit, wanted = as_person(cast.secretary), clock.today() + timedelta(days=9)
    data = {"does": "ask", "version": assignment.version, "kind": "extension", "reason": "Chờ số liệu"}
    refused = unit.post(url, data)
    assert refused.status_code == 422
    assert "Chờ số liệu" in refused.content.decode()  # nothing typed is lost
    assert unit.post(url, data | {"wanted_on": wanted.strftime("%d/%m/%Y")}).status_code == 302
    asked = Request.objects.get()
    assert 'value="grant"' not in unit.get(url).content.decode()
    officer = as_person(cast.officer)
    assert 'value="grant"' in officer.get(url).content.decode()
    answer = {"request": asked.pk, "version": asked.version}
    assert unit.post(url, answer | {"does": "grant"}).status_code == 403
    assert officer.post(url, answer | {"does": "refuse"}).status_code == 422
    assert officer.post(url, answer | {"does": "grant"}).status_code == 302
    assert Assignment.objects.get(pk=assignment.pk).due_on == wanted
    late = officer.post(url, answer | {"does": "refuse", "answer": "Không"})
    assert late.status_code == 422
    assert "Somebody else changed this" in late.content.decode()
    assert url in officer.get(reverse("assignment_detail", args=[assignment.pk])).content.decode()


def test_others_do_not_find_it(cast, as_person, assignment):
    url = reverse("assignment_requests", args=[assignment.pk])
    assert as_person(cast.stranger).get(url).status_code in (403, 404)
    assert as_person(cast.secretary_b).get(url).status_code == 404
