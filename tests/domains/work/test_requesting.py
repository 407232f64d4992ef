"""Extensions and suspensions: asked, decided once, and the first day stays."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.utils import translation

from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.reporting.selectors import facts_of
from motbuoc.domains.work.asked import open_requests_for, requests_decided_for, requests_for, requests_to_decide
from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.reminding import Sweep
from motbuoc.domains.work.requesting import ask, decide, withdraw
from motbuoc.domains.work.selectors import assignments_for, figures_of, stood_on, waiting_for
from motbuoc.domains.work.standing import standing_of
from motbuoc.domains.work.told import tell_requests
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.telling import lines_for
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.work.words import dates_of
from tests.factories import make_directive, step_on

DUE, WANTED, GRANTED = date(2026, 4, 30), date(2026, 5, 20), date(2026, 5, 10)


def at(day):
    return time_machine.travel(f"{day}T02:00:00Z", tick=False)


@pytest.fixture
def assignment(cast):
    with at("2026-04-01"):
        make_directive(cast)
    return Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)


def asked(cast, assignment, kind="extension", wanted_on=WANTED, reason="Chờ số liệu của cơ sở"):
    fresh = Assignment.objects.get(pk=assignment.pk)
    return ask(
        actor=cast.secretary,
        assignment=fresh,
        version=fresh.version,
        kind=kind,
        reason=reason,
        wanted_on=wanted_on,
    )


@at("2026-04-20")
def test_another_day_than_wanted_is_granted_and_both_days_count(cast, assignment):
    request = asked(cast, assignment)
    assert list(requests_to_decide(cast.officer)) == [request]
    assert not waiting_for(cast.officer).exists()  # results alone
    decide(actor=cast.officer, request=request, version=request.version, grant=True, granted_on=GRANTED)
    assert not requests_to_decide(cast.officer).exists()
    moved = Assignment.objects.get(pk=assignment.pk)
    assert (moved.due_on, moved.first_due_on) == (GRANTED, DUE)
    with at("2026-05-08"):
        step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "submit", cast.secretary, "Đã làm")
        step_on(assignment, "accept", cast.officer)
        row = assignments_for(cast.officer).get(pk=assignment.pk)
        with translation.override("en"):
            standing = standing_of(row, row.entries.all(), row.requests.all())
            words = dict(dates_of(row, standing, date(2026, 5, 8)))
    assert "on time after the extension" in words["Handed in"]
    assert "done late" in words["Accepted"]
    then = {row.pk: standing for row, standing in stood_on(assignment.document, date(2026, 5, 9))}[assignment.pk]
    assert (then.due_on, then.is_saved_by_extension(), then.is_done_late()) == (GRANTED, True, True)
    figures = figures_of(cast.unit_a.pk, date(2026, 1, 1), date(2026, 12, 31), ["normal"])
    assert (figures["done"], figures["on_time_first"], figures["on_time"]) == (1, 0, 1)
    facts = {fact.assignment_id: fact for fact in facts_of(assignment.document, DUE, date(2026, 5, 9))}
    assert (facts[assignment.pk].is_done_late, facts[assignment.pk].is_saved) == (True, True)
    before = {row.pk: standing for row, standing in stood_on(assignment.document, date(2026, 4, 10))}
    assert before[assignment.pk].due_on == DUE


@at("2026-04-20")
def test_two_decisions_at_once(cast, assignment):
    request = asked(cast, assignment)
    decide(actor=cast.officer, request=request, version=1, grant=False, answer="Hạn này của cấp trên")
    with pytest.raises(Collision):
        decide(actor=cast.second_officer, request=request, version=1, grant=True)
    assert Assignment.objects.get(pk=assignment.pk).due_on == DUE
    assert Request.objects.get().state == Request.State.REFUSED


@at("2026-04-20")
def test_a_granted_suspension_suspends(cast, assignment):
    request = asked(cast, assignment, "suspension", None)
    decide(actor=cast.officer, request=request, version=1, grant=True, answer="Đồng ý")
    assert Assignment.objects.get(pk=assignment.pk).state == "suspended"


@at("2026-04-20")
def test_what_is_not_taken(cast, assignment):
    far = date(2201, 1, 1)
    for wanted_on, reason in ((None, "x"), (DUE, "x"), (date(2026, 4, 1), "x"), (far, "x"), (WANTED, " ")):
        with pytest.raises(Refusal):
            asked(cast, assignment, wanted_on=wanted_on, reason=reason)
    request = asked(cast, assignment)
    with pytest.raises(Refusal, match=r"asked already|rút đề nghị cũ"):
        asked(cast, assignment)
    with pytest.raises(Refusal, match=r"reason|lý do"):
        decide(actor=cast.officer, request=request, version=1, grant=False)
    with pytest.raises(Refusal, match="2200"):
        decide(actor=cast.officer, request=request, version=1, grant=True, granted_on=date.max)
    for person in (cast.secretary, cast.secretary_b, cast.stranger):
        with pytest.raises(NotAllowed):
            decide(actor=person, request=request, version=1, grant=True)
    with pytest.raises(Refusal):
        withdraw(actor=cast.officer, request=request, version=1)
    withdraw(actor=cast.secretary, request=request, version=1)
    assert asked(cast, assignment).is_open


@at("2026-04-20")
def test_who_decided_until_yesterday_is_told_what_to_do(cast, assignment):
    request = asked(cast, assignment)
    Grant.objects.filter(person=cast.officer).update(valid_until=date(2026, 4, 20))
    officer = Person.objects.get(pk=cast.officer.pk)
    with pytest.raises(NotAllowed, match=r"ended yesterday|hôm qua"):
        decide(actor=officer, request=request, version=1, grant=True)


@at("2026-04-20")
def test_a_request_waits_for_whoever_decides_whoever_handed_the_result_in(cast, assignment):
    request = asked(cast, assignment)
    Assignment.objects.filter(pk=assignment.pk).update(submitted_by=cast.officer)  # of the period before
    assert list(requests_to_decide(cast.officer)) == [request]
    Request.objects.update(asked_by=cast.officer)
    assert not requests_to_decide(cast.officer).exists()
    assert list(requests_to_decide(cast.second_officer)) == [request]


@at("2026-04-20")
def test_who_sees_which_requests(cast, assignment):
    request = asked(cast, assignment)
    for person in (cast.officer, cast.secretary, cast.member, cast.inspector, cast.central_officer):
        assert [(row.pk, row.unit_short_name) for row in requests_for(person)] == [
            (request.pk, "Chi bộ Sở Ánh Dương")
        ]
    for person in (cast.secretary_b, cast.stranger, cast.administrator):
        assert not requests_for(person).exists()
    for person in (cast.secretary, cast.member, cast.inspector, cast.central_officer):
        assert not requests_to_decide(person).exists()
    Document.objects.update(classification="restricted")
    assert not requests_for(cast.member).exists()
    assert requests_for(cast.secretary).exists()


@at("2026-04-20")
def test_a_decided_request_is_open_no_more(cast, assignment):
    request = asked(cast, assignment)
    assert [row.pk for row in open_requests_for(cast.secretary)] == [request.pk]
    decide(actor=cast.officer, request=request, version=1, grant=False, answer="Giữ hạn")
    assert not open_requests_for(cast.secretary).exists()
    assert [row.pk for row in requests_decided_for(cast.secretary)] == [request.pk]
    withdraw(actor=cast.secretary, request=asked(cast, assignment), version=1)
    assert [row.pk for row in requests_decided_for(cast.secretary)] == [request.pk]


def told():
    """Who has a notice of a request, with its occasion."""
    rows = Notice.objects.filter(object_type="request")
    return sorted(rows.values_list("person__full_name", "occasion"))


def test_whoever_decides_is_told_of_a_request_and_whoever_asked_of_the_decision(cast, assignment):
    officers = sorted([cast.officer.full_name, cast.second_officer.full_name])
    with at("2026-04-20"):
        request = asked(cast, assignment)
        Sweep(date(2026, 4, 20)).run()
        assert told() == [(name, "requested") for name in officers]
        Sweep(date(2026, 4, 20)).run()
        assert len(told()) == 2
    with at("2026-04-24"):
        Sweep(date(2026, 4, 24)).run()
        assert len(told()) == 4  # nobody decided for three working days
        [line, *_others] = lines_for(
            cast.officer, Notice.objects.filter(person=cast.officer, object_type="request")
        )
        assert line.told.words == assignment.duty.text
        decide(actor=cast.officer, request=request, version=1, grant=False, answer="Giữ hạn")
        assert told() == []
        Sweep(date(2026, 4, 24)).run()
        assert told() == [(cast.secretary.full_name, "decided")]


@at("2026-04-20")
def test_a_withdrawn_request_is_told_to_nobody(cast, assignment):
    request = asked(cast, assignment)
    Sweep(date(2026, 4, 20)).run()
    assert told()
    withdraw(actor=cast.secretary, request=request, version=1)
    Sweep(date(2026, 4, 20)).run()
    assert told() == []
    assert tell_requests(cast.officer, [request.pk]) == {}


@at("2026-04-20")
def test_a_granted_suspension_is_told_though_nothing_else_of_it_is(cast, assignment):
    request = asked(cast, assignment, "suspension", None)
    decide(actor=cast.officer, request=request, version=1, grant=True, answer="Đồng ý")
    Sweep(date(2026, 4, 20)).run()
    assert told() == [(cast.secretary.full_name, "decided")]
