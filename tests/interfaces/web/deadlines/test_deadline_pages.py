"""The pages of deadlines: try one, record an event, see why a task is due when it is."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment


def test_a_trial_explains_every_day(cast, as_person) -> None:
    asked = {"start": "29/04/2026", "count": 2, "unit": "working_day"}
    html = as_person(cast.member).get(reverse("deadline_trial"), asked).content.decode()
    assert "05/05/2026" in html
    assert "30/04/2026: Ngày Chiến thắng" in html
    assert "01/05/2026: Ngày Quốc tế Lao động" in html
    assert "Saturdays and Sundays: 2" in html
    assert 'class="is-due"' in html


@pytest.mark.parametrize("asked", [{"start": "29/04/2026", "count": 0}, {"start": "01/01/0001", "count": 3}])
def test_a_trial_that_cannot_be_says_so(cast, as_person, asked) -> None:
    html = as_person(cast.member).get(reverse("deadline_trial"), {**asked, "unit": "day"}).content.decode()
    assert "is-invalid" in html


@time_machine.travel("2026-05-05T02:00:00Z", tick=False)
def test_an_event_is_recorded_and_the_task_explains_its_day(cast, as_person, directive) -> None:
    task = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    Assignment.objects.filter(pk=task.pk).update(
        time_kind="event",
        due_on=None,
        first_due_on=None,
        due_count=2,
        due_unit="working_day",
        event="kết thúc đợt",
    )
    client, detail = as_person(cast.secretary), reverse("assignment_detail", args=[task.pk])
    assert "Waits for its event" in client.get(detail).content.decode()
    page = reverse("assignment_event", args=[task.pk])
    assert "kết thúc đợt" in client.get(page).content.decode()
    told = client.post(page, {"version": task.version, "on": "06/05/2026"})
    assert told.status_code == 422
    assert "before it happens" in told.content.decode()
    assert client.post(page, {"version": task.version, "on": "29/04/2026"}).status_code == 302
    html = client.get(detail).content.decode()
    assert "05/05/2026" in html
    assert "30/04/2026: Ngày Chiến thắng" in html
    assert "waits for no event" in client.get(page).content.decode()
    assert as_person(cast.secretary_b).get(page).status_code == 404


def test_nothing_to_recalculate(cast, as_person, directive) -> None:
    page = reverse("deadline_recalculation")
    assert "agrees with the calendar" in as_person(cast.officer).get(page).content.decode()
    assert as_person(cast.officer).post(page, {"digest": ""}).status_code == 422
    assert as_person(cast.secretary).get(page).status_code == 403
