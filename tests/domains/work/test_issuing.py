"""A great directive on its way: in batches of whole units, stopped and resumed, with nothing doubled or lost."""

from __future__ import annotations

import pytest

from motbuoc.domains.documents.models import DutyUnit
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work import issuing
from motbuoc.domains.work.issuing import begin_issuing, fail_issuing, issue_batch, resume_issuing, stop_issuing
from motbuoc.domains.work.models import Assignment, Issuing
from motbuoc.domains.work.selectors import assignments_for, issuings_under_way
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import merge_units
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from tests.factories import make_document, make_unit

State = Issuing.State


@pytest.fixture
def begun(cast, monkeypatch):
    """A directive to eleven units, begun; two units a batch."""
    monkeypatch.setattr(issuing, "BATCH", 8)
    for number in range(8):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    document = make_document(cast)
    charged = document.duties.get(for_addressees=False)
    DutyUnit.objects.create(duty=charged, unit=cast.unit_b, part=DutyUnit.Part.SUPPORT)
    document = confirm_document(actor=cast.officer, document=document, version=document.version)
    return begin_issuing(actor=cast.officer, document=document, version=document.version)


def given(row):
    return Assignment.objects.filter(document=row.document_id)


def fresh(row):
    return Issuing.objects.get(pk=row.pk)


def test_beginning_releases_and_gives_nothing_yet(cast, begun):
    assert begun.document.state == DocumentState.ISSUED
    assert (begun.total, begun.done, len(begun.units)) == (31, 0, 11)
    assert not given(begun).exists()
    assert not begun.document.copies.exists()
    assert issuings_under_way() == [begun.pk]


def test_each_unit_gets_all_of_it_at_once(begun):
    while issue_batch(begun.pk):
        counts = {unit: given(begun).filter(given_to=unit).count() for unit in begun.units}
        served = fresh(begun).served
        assert all(counts[unit] for unit in begun.units[:served])
        assert not any(counts[unit] for unit in begun.units[served:])
        assert set(begun.document.copies.values_list("unit_id", flat=True)) == set(begun.units[:served])
        assert fresh(begun).done == given(begun).count() < begun.total
    row = fresh(begun)
    assert (row.state, row.done, row.percent) == (State.FINISHED, 31, 100)
    assert row.finished_at
    assert given(begun).count() == 31
    assert HistoryLine.objects.filter(action="assign").count() == 31
    assert given(begun).filter(supporting_units__isnull=False).count() == 1
    assert issuings_under_way() == []
    assert not issue_batch(begun.pk)
    assert given(begun).count() == 31


def test_it_is_the_same_as_issuing_at_once(cast, begun):
    while issue_batch(begun.pk):
        pass
    document = make_document(cast)
    document = confirm_document(actor=cast.officer, document=document, version=document.version)
    at_once = issuing.issue_directive(actor=cast.officer, document=document, version=document.version)

    def told(rows):
        return sorted((row.duty.text, row.unit_id, row.due_on, row.time_kind, row.state) for row in rows)

    assert told(at_once) == told(given(begun))


def test_stopped_and_resumed(cast, begun):
    issue_batch(begun.pk)
    stop_issuing(actor=cast.second_officer, issuing=begun)
    count = given(begun).count()
    assert not issue_batch(begun.pk)
    assert given(begun).count() == count
    with pytest.raises(Refusal):
        stop_issuing(actor=cast.officer, issuing=begun)
    resume_issuing(actor=cast.officer, issuing=begun)
    while issue_batch(begun.pk):
        pass
    assert given(begun).count() == begun.total
    with pytest.raises(Refusal):
        resume_issuing(actor=cast.officer, issuing=begun)
    acts = HistoryLine.objects.filter(action__endswith="_issuing").order_by("pk")
    assert list(acts.values_list("action", flat=True)) == ["stop_issuing", "resume_issuing", "finish_issuing"]


def test_who_may_not_issue_may_neither_stop_nor_resume(cast, begun):
    for person in (cast.secretary, cast.member, cast.stranger, cast.inspector, cast.administrator):
        for act in (stop_issuing, resume_issuing):
            with pytest.raises(NotAllowed):
                act(actor=person, issuing=begun)
    assert fresh(begun).state == State.RUNNING


def test_a_batch_that_fails_leaves_nothing_and_is_resumed(cast, begun, monkeypatch):
    issue_batch(begun.pk)
    before = given(begun).count()
    monkeypatch.setattr(issuing, "write_lines", lambda *_arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        issue_batch(begun.pk)
    fail_issuing(begun.pk)
    assert given(begun).count() == before == fresh(begun).done
    assert fresh(begun).state == State.FAILED
    monkeypatch.undo()
    resume_issuing(actor=cast.officer, issuing=begun)
    while issue_batch(begun.pk):
        pass
    assert given(begun).count() == begun.total


def test_what_was_stopped_meanwhile_stays_stopped(cast, begun):
    stop_issuing(actor=cast.officer, issuing=begun)
    fail_issuing(begun.pk)
    fail_issuing(begun.pk + 1)
    assert fresh(begun).state == State.STOPPED
    assert not HistoryLine.objects.filter(action="fail_issuing").exists()


def test_two_who_begin_are_one(cast, begun):
    with pytest.raises(Collision):
        begin_issuing(actor=cast.officer, document=begun.document, version=begun.document.version - 1)
    with pytest.raises(Refusal):
        begin_issuing(actor=cast.officer, document=begun.document, version=begun.document.version)
    assert Issuing.objects.count() == 1


def test_a_unit_that_ended_meanwhile_is_owed_by_whoever_goes_on(cast, begun):
    names = ("Chi bộ số 6", "Chi bộ số 7")
    last, other = Unit.objects.on(clock.today()).filter(name__in=names).values_list("pk", flat=True)
    issue_batch(begun.pk)
    assert not given(begun).filter(given_to__in=(last, other)).exists()
    ended = list(Unit.objects.filter(pk__in=(last, other)))
    basis = Basis(clock.today(), "Quyết định số 1-QĐ/TU")
    merge_units(actor=cast.administrator, units=ended, into=cast.unit_b, basis=basis)
    merged = cast.unit_b.pk
    while issue_batch(begun.pk):
        pass
    rows = given(begun).filter(given_to__in=(last, other))
    assert rows.count() == begun.total - given(begun).exclude(given_to__in=(last, other)).count() > 0
    assert set(rows.values_list("unit_id", flat=True)) == {merged}
    assert all(row.handed_over.get().source_id == row.given_to_id for row in rows)
    assert begun.document.copies.filter(unit=merged).count() == 1
    assert fresh(begun).done == begun.total
    assert set(rows.values_list("pk", flat=True)) <= set(
        assignments_for(cast.officer).values_list("pk", flat=True)
    )
