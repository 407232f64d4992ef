"""Help is offered with a task, answered by the unit, and taken back while it waits; told at once."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.work.helping import help_steps_for
from motbuoc.domains.work.models import Assignment, HelpOffer
from motbuoc.domains.work.offering import offer_help, take_help_step
from motbuoc.domains.work.states import HELP_TRANSITIONS, HelpState
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.selectors import notices_of
from motbuoc.foundation.notices.telling import lines_for, worth_sending
from tests.factories import make_directive, step_on
from tests.interfaces.web.work.test_helping import forecast

pytestmark = pytest.mark.django_db
WORDS = "Ban có thể cử người xuống cùng làm."


@pytest.fixture
def task(cast) -> Assignment:
    """What unit A owes by a day."""
    return make_directive(cast).assignments.filter(unit=cast.unit_a).order_by("pk")[0]


def told(person) -> list[tuple[str, str]]:
    return [(row.occasion, row.object_type) for row in Notice.objects.filter(person=person).order_by("pk")]


def fresh(offer: HelpOffer) -> HelpOffer:
    return HelpOffer.objects.get(pk=offer.pk)


def test_from_the_offer_to_the_answer(cast, as_person, task):
    officer, unit = as_person(cast.officer), as_person(cast.secretary)
    page = reverse("assignment_help", args=[task.pk])
    assert "Offer help" in officer.get(reverse("assignment_detail", args=[task.pk])).content.decode()
    assert officer.get(page).status_code == 200
    answer = officer.post(page, {"words": WORDS})
    offer = HelpOffer.objects.get()
    assert answer.url == reverse("help_offer", args=[offer.pk])
    assert told(cast.secretary) == [("help_offered", "help_offer")]
    html = unit.get(reverse("assignment_detail", args=[task.pk])).content.decode()
    assert WORDS in html
    assert reverse("help_offer", args=[offer.pk]) in html
    assert answer.url in unit.get(reverse("notice_list")).content.decode()
    refused = unit.post(answer.url, {"step": "want_help", "version": 1, "text": " "})
    assert refused.status_code == 422
    assert "Write what your unit needs" in refused.content.decode()
    assert unit.post(answer.url, {"step": "want_help", "version": 1, "text": "Cần mẫu sổ"}).status_code == 302
    assert ("help_answered", "help_offer") in told(cast.officer)
    assert "Cần mẫu sổ" in officer.get(answer.url).content.decode()
    assert "Cần mẫu sổ" in officer.get(reverse("help_list")).content.decode()
    lines = HistoryLine.objects.filter(object_type="assignment", object_id=task.pk)
    assert set(lines.values_list("action", flat=True)) >= {"offer_help", "want_help"}


def test_who_may_and_when(cast, as_person, task):
    for person in (cast.secretary, cast.central_officer, cast.inspector, cast.stranger):
        with pytest.raises(NotAllowed):
            offer_help(actor=person, assignment=task, words=WORDS)
    page = reverse("assignment_help", args=[task.pk])
    for person, status in ((cast.secretary, 403), (cast.member, 403), (cast.stranger, 404)):
        assert as_person(person).get(page).status_code == status
    with pytest.raises(Refusal):
        offer_help(actor=cast.officer, assignment=task, words=" ")
    offer = offer_help(actor=cast.officer, assignment=task, words=WORDS)
    assert as_person(cast.officer).post(page, {"words": WORDS}).status_code == 422
    with pytest.raises(NotAllowed):
        take_help_step(actor=cast.officer, offer=offer, version=1, name="decline_help")
    with pytest.raises(NotAllowed):
        take_help_step(actor=cast.secretary, offer=offer, version=1, name="withdraw_help")
    url = reverse("help_offer", args=[offer.pk])
    for person in (cast.secretary_b, cast.department_worker, cast.stranger):
        assert as_person(person).get(url).status_code == 404
    assert as_person(cast.member).post(url, {"step": "decline_help", "version": 1}).status_code == 403
    assert as_person(cast.officer).delete(url).status_code == 405
    step_on(step_on(task, "acknowledge", cast.secretary), "submit", cast.secretary, "Xong")
    take_help_step(actor=cast.second_officer, offer=offer, version=1, name="withdraw_help")
    with pytest.raises(Refusal):
        offer_help(actor=cast.officer, assignment=task, words=WORDS)


def test_an_offer_taken_back_is_sent_to_nobody_and_another_can_be_made(cast, task):
    offer = offer_help(actor=cast.officer, assignment=task, words=WORDS)

    def sent() -> list[str]:
        found = notices_of(cast.secretary).filter(object_type="help_offer")
        return [line.notice.occasion for line in worth_sending(lines_for(cast.secretary, found))]

    assert sent() == ["help_offered"]
    take_help_step(actor=cast.officer, offer=offer, version=1, name="withdraw_help")
    assert sent() == []
    offer_help(actor=cast.officer, assignment=task, words=WORDS)
    assert sent() == ["help_offered"]


def test_two_at_once_and_every_state_by_every_step(cast, as_person, task):
    offer = offer_help(actor=cast.officer, assignment=task, words=WORDS)
    take_help_step(actor=cast.secretary, offer=offer, version=1, name="decline_help")
    with pytest.raises(Collision):
        take_help_step(actor=cast.officer, offer=offer, version=1, name="withdraw_help")
    url = reverse("help_offer", args=[offer.pk])
    late = as_person(cast.secretary).post(url, {"step": "want_help", "version": 1, "text": "Cần người"})
    assert late.status_code == 422
    assert "Somebody else changed" in late.content.decode()
    for state in HelpState:
        HelpOffer.objects.filter(pk=offer.pk).update(state=state)
        for step in HELP_TRANSITIONS:
            if state not in step.sources:
                actor = cast.officer if step.name == "withdraw_help" else cast.secretary
                with pytest.raises(Refusal):
                    take_help_step(
                        actor=actor, offer=offer, version=fresh(offer).version, name=step.name, text="x"
                    )
                assert step not in help_steps_for(actor, [fresh(offer)])[offer.pk]


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_the_list_says_where_help_was_offered_in_as_many_queries(cast, as_person):
    forecast(cast, [cast.unit_a, cast.unit_b])
    client, url = as_person(cast.officer), reverse("help_list")
    first, second = Assignment.objects.filter(outlook__isnull=False)
    offer_help(actor=cast.officer, assignment=first, words=WORDS)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        html = client.get(url).content.decode()
    assert html.count("Waits for the unit&#x27;s answer") == 2  # beside the task and below
    assert reverse("assignment_help", args=[second.pk]) in html
    offer_help(actor=cast.officer, assignment=second, words=WORDS)
    with CaptureQueriesContext(connection) as two:
        client.get(url)
    assert len(one) == len(two)
