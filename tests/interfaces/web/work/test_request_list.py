"""The page of all requests one sees, and their list on the first page."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.requesting import ask, decide
from tests.factories import make_directive

REASON = "Chờ số liệu của cơ sở"


@pytest.fixture(autouse=True)
def _april():
    with time_machine.travel("2026-04-20T02:00:00Z", tick=False):
        yield


def asked(cast) -> Request:
    make_directive(cast)
    dated = Assignment.objects.filter(unit=cast.unit_a, time_kind=TimeKind.DATED).latest("pk")
    return ask(
        actor=cast.secretary,
        assignment=dated,
        version=dated.version,
        kind="extension",
        reason=REASON,
        wanted_on=date(2026, 5, 20),
    )


def html_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_whoever_decides_finds_it_on_the_first_page_and_in_the_list(cast, as_person):
    request = asked(cast)
    client, link = as_person(cast.officer), f"{request.assignment_id}/de-nghi/#request-{request.pk}"
    html = html_of(client, reverse("today"))
    asks = html.split("Units ask you for a decision")[1]
    assert "1 request" in asks
    assert link in asks
    assert reverse("request_list") in asks
    html = html_of(client, reverse("request_list"))
    assert link in html
    assert REASON in html
    assert "30/04/2026 → 20/05/2026" in html
    decide(actor=cast.officer, request=request, version=1, grant=True)
    assert "Units ask you" not in html_of(client, reverse("today"))
    assert link not in html_of(client, reverse("request_list"))
    assert link in html_of(client, reverse("request_list") + "?tab=decided")


def test_the_unit_follows_its_own_and_nobody_elses(cast, as_person):
    asked(cast)
    for person in (cast.secretary, cast.member):
        html = html_of(as_person(person), reverse("request_list"))
        assert REASON in html
        assert "Waiting for your decision" not in html
        assert "Units ask you" not in html_of(as_person(person), reverse("today"))
    assert REASON not in html_of(as_person(cast.secretary_b), reverse("request_list"))
    assert as_person(cast.stranger).get(reverse("request_list")).status_code == 404


def sent(*requests, **more):
    return {"request": [r.pk for r in requests], **{f"version-{r.pk}": r.version for r in requests}, **more}


def test_several_are_granted_at_once_and_what_could_not_be_is_named(cast, as_person):
    first, second, third = asked(cast), asked(cast), asked(cast)
    client, page = as_person(cast.officer), reverse("request_list")
    assert html_of(client, page).count('type="checkbox"') == 3
    posted = sent(first, second, third, does="grant", answer="Đồng ý")
    decide(actor=cast.officer, request=second, version=1, grant=False, answer="Không")
    html = client.post(page, posted).content.decode()
    assert "2 requests decided upon" in html
    refused = html.split("1 request not decided upon")[1].split("</ul>")[0]
    assert reverse("assignment_requests", args=[second.assignment_id]) in refused
    states = dict(Request.objects.values_list("pk", "state"))
    assert states == {first.pk: "granted", second.pk: "refused", third.pk: "granted"}
    assert {
        row.due_on for row in Assignment.objects.filter(pk__in=[first.assignment_id, third.assignment_id])
    } == {date(2026, 5, 20)}


def test_a_refusal_of_several_needs_its_reason_and_keeps_the_ticks(cast, as_person):
    first, second = asked(cast), asked(cast)
    client, page = as_person(cast.officer), reverse("request_list")
    response = client.post(page, sent(first, does="refuse", answer=" "))
    assert response.status_code == 422
    html = response.content.decode()
    assert "so that the units know why not" in html
    assert html.count(" checked") == 1
    nothing = client.post(page, {"does": "refuse", "answer": "Hạn đã rộng"})
    assert nothing.status_code == 422
    assert "Tick requests" in nothing.content.decode()
    assert "Hạn đã rộng" in nothing.content.decode()
    client.post(page, sent(first, second, does="refuse", answer="Hạn đã rộng"))
    assert set(Request.objects.values_list("state", "answer")) == {("refused", "Hạn đã rộng")}


def test_only_who_decides_ticks(cast, as_person):
    request = asked(cast)
    page, posted = reverse("request_list"), sent(request, does="grant", answer="")
    html = html_of(as_person(cast.secretary), page)
    assert 'type="checkbox"' not in html
    assert "Grant those ticked" not in html
    for person in (cast.secretary, cast.member):
        assert as_person(person).post(page, posted).status_code == 403
    assert as_person(cast.stranger).post(page, posted).status_code == 404
    assert Request.objects.get().state == "open"


@pytest.mark.parametrize("name", ["request_list", "today"])
def test_the_same_queries_for_many(cast, as_person, name):
    client = as_person(cast.officer)
    asked(cast)
    html_of(client, reverse(name))
    asked(cast)
    with CaptureQueriesContext(connection) as few:
        html_of(client, reverse(name))
    for _turn in range(5):
        asked(cast)
    with CaptureQueriesContext(connection) as many:
        html_of(client, reverse(name))
    assert len(many) == len(few)
