"""Recipients' copies: delivered, read, accepted or refused, called back; and hand-offs that nobody owns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.documents.copies import answer_copy, ask_back, keep_copy, note_reading
from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.documents.recipients import (
    copies_for,
    copies_to_read,
    copy_steps_for,
    last_answered_by,
    longest_unowned_for,
    unowned_copies_for,
)
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import COPY_TRANSITIONS, CopyState
from motbuoc.domains.work.calling_back import ask_copies_back
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import merge_units
from tests.factories import Cast, make_directive, make_person, step_on


@pytest.fixture
def directive(cast: Cast) -> Document:
    return make_directive(cast)


@pytest.fixture
def copy(cast: Cast, directive: Document) -> Copy:
    return directive.copies.get(unit=cast.unit_a)


def test_issuing_delivers_a_copy_to_each_unit(cast: Cast, directive: Document) -> None:
    units = set(directive.copies.values_list("unit_id", flat=True))
    assert units == {cast.unit_a.pk, cast.unit_b.pk, cast.department.pk}
    assert set(directive.copies.values_list("state", flat=True)) == {CopyState.DELIVERED}


def test_it_is_read_by_those_of_the_unit_and_not_by_those_above(cast: Cast, directive: Document) -> None:
    for person in (cast.officer, cast.central_officer, cast.member, cast.secretary_b):
        assert cast.unit_a.pk not in {c.unit_id for c in copies_to_read(person, directive)}
    found = copies_to_read(cast.secretary, directive)
    note_reading(actor=cast.secretary, copies=found)
    note_reading(actor=cast.secretary, copies=found)  # a second page at the same time
    copy = directive.copies.get(unit=cast.unit_a)
    assert (copy.state, copy.read_by) == (CopyState.OPENED, cast.secretary)
    assert HistoryLine.objects.filter(action="read_copy", object_id=copy.pk).count() == 1


def test_the_receiver_accepts_or_refuses_with_a_reason(cast: Cast, copy: Copy) -> None:
    with pytest.raises(Refusal):
        answer_copy(actor=cast.secretary, copy=copy, version=1, name="refuse_copy", reason=" ")
    refused = answer_copy(actor=cast.secretary, copy=copy, version=1, name="refuse_copy", reason="Gửi nhầm")
    assert (refused.state, refused.reason, refused.answered_by) == (
        CopyState.DECLINED,
        "Gửi nhầm",
        cast.secretary,
    )
    with pytest.raises(Refusal):
        answer_copy(actor=cast.secretary, copy=copy, version=2, name="accept_copy")
    again = answer_copy(actor=cast.officer, copy=copy, version=2, name="resend_copy")
    assert (again.state, again.answered_by) == (CopyState.DELIVERED, None)
    assert answer_copy(actor=cast.secretary, copy=copy, version=3, name="accept_copy").state == CopyState.TAKEN
    line = HistoryLine.objects.filter(action="refuse_copy").get()
    assert (line.unit_id, line.values["reason"]) == (cast.unit_a.pk, "Gửi nhầm")


def test_nobody_answers_for_another_unit_and_the_sender_for_none(cast: Cast, copy: Copy) -> None:
    for person in (cast.secretary_b, cast.member, cast.central_officer, cast.inspector, cast.stranger):
        with pytest.raises(NotAllowed):
            answer_copy(actor=person, copy=copy, version=1, name="accept_copy")
    with pytest.raises(Refusal):
        answer_copy(actor=cast.officer, copy=copy, version=1, name="accept_copy")
    with pytest.raises(NotAllowed):
        ask_back(actor=cast.secretary, copy=copy, version=1, reason="Nhầm")


def test_of_two_answers_at_once_one_wins(cast: Cast, copy: Copy) -> None:
    answer_copy(actor=cast.secretary, copy=copy, version=1, name="accept_copy")
    with pytest.raises(Collision):
        answer_copy(actor=cast.secretary, copy=copy, version=1, name="refuse_copy", reason="Nhầm")


def test_whoever_acknowledges_the_work_has_accepted_the_copy(cast: Cast, directive: Document) -> None:
    step_on(directive.assignments.filter(unit=cast.unit_a)[0], "acknowledge", cast.secretary)
    copy = directive.copies.get(unit=cast.unit_a)
    assert (copy.state, copy.read_by, copy.answered_by) == (CopyState.TAKEN, cast.secretary, cast.secretary)
    assert directive.copies.get(unit=cast.unit_b).state == CopyState.DELIVERED


def test_a_recall_needs_consent_and_ends_the_reading(cast: Cast, directive: Document, copy: Copy) -> None:
    with pytest.raises(Refusal):
        ask_copies_back(actor=cast.officer, copies=[copy], reason="Ban hành nhầm")
    directive.assignments.update(state="accepted")
    with pytest.raises(Refusal):
        answer_copy(actor=cast.secretary, copy=copy, version=1, name="give_back_copy")
    ask_copies_back(actor=cast.officer, copies=[copy], reason="Ban hành nhầm")
    assert documents_for(cast.secretary).filter(pk=directive.pk).exists()
    kept = keep_copy(actor=cast.secretary, copy=copy, version=2, reason="Đã triển khai")
    assert kept.asked == ""
    ask_copies_back(actor=cast.officer, copies=[kept], reason="Ban hành nhầm")
    answer_copy(actor=cast.secretary, copy=copy, version=4, name="give_back_copy")
    assert not documents_for(cast.secretary).filter(pk=directive.pk).exists()
    assert documents_for(cast.secretary_b).filter(pk=directive.pk).exists()


def test_a_replacement_is_delivered_when_the_receiver_agrees(cast: Cast, copy: Copy) -> None:
    other = make_directive(cast)
    other.copies.filter(unit=cast.unit_a).delete()
    ask_copies_back(actor=cast.officer, copies=[copy], reason="Sửa số liệu", replacement=other)
    assert [s.name for s in copy_steps_for(cast.secretary, Copy.objects.get(pk=copy.pk))] == [
        "accept_copy",
        "refuse_copy",
        "exchange_copy",
    ]
    answer_copy(actor=cast.secretary, copy=copy, version=2, name="exchange_copy")
    assert other.copies.get(unit=cast.unit_a).state == CopyState.DELIVERED
    assert Copy.objects.get(pk=copy.pk).state == CopyState.REPLACED


@pytest.mark.parametrize("state", CopyState.values)
@pytest.mark.parametrize("transition", COPY_TRANSITIONS, ids=lambda each: each.name)
def test_every_step_from_every_state(cast: Cast, copy: Copy, state: str, transition) -> None:
    asked = {"give_back_copy": "recall", "exchange_copy": "replace"}.get(transition.name, "")
    Copy.objects.filter(pk=copy.pk).update(state=state, asked=asked)
    actor = cast.officer if transition.action == Action.SEND_DOCUMENT else cast.secretary
    if state in transition.sources:
        done = answer_copy(actor=actor, copy=copy, version=1, name=transition.name, reason="Lý do")
        assert done.state == transition.target
    else:
        with pytest.raises(Refusal):
            answer_copy(actor=actor, copy=copy, version=1, name=transition.name, reason="Lý do")
        assert Copy.objects.get(pk=copy.pk).state == state


def test_each_sees_their_own_copies(cast: Cast, directive: Document) -> None:
    def seen(person) -> set[int]:
        return set(copies_for(person).values_list("unit_id", flat=True))

    assert seen(cast.secretary) == {cast.unit_a.pk}
    assert seen(cast.officer) == {cast.unit_a.pk, cast.unit_b.pk, cast.department.pk}
    assert seen(cast.stranger) == set()


def test_silent_refused_and_ownerless_copies_alarm_both_sides(cast: Cast, directive: Document) -> None:
    def alarms(person) -> dict[int, str]:
        return {row.unit_id: row.alarm for row in unowned_copies_for(person)}

    assert alarms(cast.officer) == {}
    Grant.objects.filter(person=cast.secretary_b).delete()
    assert alarms(cast.officer) == alarms(cast.central_officer) == {cast.unit_b.pk: "nobody"}
    assert alarms(cast.secretary) == {}
    copy = directive.copies.get(unit=cast.unit_a)
    answer_copy(actor=cast.secretary, copy=copy, version=1, name="refuse_copy", reason="Không thuộc phạm vi")
    assert alarms(cast.officer) == {cast.unit_a.pk: "refused", cast.unit_b.pk: "nobody"}
    directive.copies.update(delivered_at=clock.now() - timedelta(days=20))
    assert alarms(cast.officer)[cast.department.pk] == "silent"
    assert alarms(cast.stranger) == {}
    for person in (cast.officer, cast.central_officer, cast.secretary, cast.stranger):
        everything = list(unowned_copies_for(person))
        assert [longest_unowned_for(person, most) for most in (1, 2, 9)] == [everything[:n] for n in (1, 2, 9)]


def test_a_clerk_of_the_unit_owns_it_and_one_of_the_sender_does_not(cast: Cast, directive: Document) -> None:
    Grant.objects.filter(person=cast.secretary_b).delete()
    clerk = make_person("Bùi Thử Thư", "vanthu", Role.CLERK, cast.unit_b)
    assert unowned_copies_for(cast.officer).count() == 0
    copy = directive.copies.get(unit=cast.unit_b)
    assert answer_copy(actor=clerk, copy=copy, version=1, name="accept_copy").state == CopyState.TAKEN
    Grant.objects.filter(person=clerk).update(unit=cast.bloc)  # who works for the sender does not own it
    copy.refresh_from_db()
    Copy.objects.filter(pk=copy.pk).update(state=CopyState.DELIVERED)
    assert {row.alarm for row in unowned_copies_for(cast.officer)} == {"nobody"}


@pytest.mark.django_db
def test_the_time_to_answer_is_counted_in_working_days(settings) -> None:
    settings.COPY_ANSWER_DAYS = 2
    assert last_answered_by(date(2026, 11, 19)) == date(2026, 11, 16)  # Monday's, on Thursday
    assert last_answered_by(date(2026, 11, 26)) == date(2026, 11, 22)  # Tuesday the 24th is a public holiday
    assert last_answered_by(date(2026, 12, 1)) == date(2026, 11, 26)


def test_what_was_not_answered_goes_on_with_the_work(cast: Cast, directive: Document) -> None:
    administrator, today = cast.administrator, clock.today()
    directive.copies.filter(unit=cast.department).delete()
    copy = directive.copies.get(unit=cast.unit_b)
    basis = Basis(today, "Quyết định 1-QĐ/TU")
    merge_units(actor=administrator, units=[cast.unit_b], into=cast.department, basis=basis)
    copy.refresh_from_db()
    assert copy.unit_id == cast.department.pk


def test_documents_are_found_by_one_query(cast: Cast, directive: Document) -> None:
    list(documents_for(cast.secretary))
    with CaptureQueriesContext(connection) as queries:
        assert [d.pk for d in documents_for(cast.secretary)] == [directive.pk]
    assert len(queries) == 1
