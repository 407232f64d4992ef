"""Study sessions: figures of attendances, shares never above the whole, sums with who is missing named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.cascade.disseminating import correct_dissemination, disseminate
from motbuoc.domains.cascade.dissemination import (
    Studied,
    disseminations_for,
    studied_by,
    together,
    units_to_record_for,
)
from motbuoc.domains.cascade.models import Dissemination
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import make_directive

FIGURES = {"form": "conference", "sessions": 1, "attended": 45, "expected": 50}


@pytest.fixture
def directive(cast):
    return make_directive(cast)


def recorded(actor, document, unit, **figures):
    figures = {**FIGURES, "held_on": clock.today(), **figures}
    return disseminate(actor=actor, document=document, unit=unit, **figures)


def test_a_unit_records_for_itself_and_for_its_cells_and_the_sum_is_its_own(cast, base, directive):
    recorded(cast.secretary_b, directive, cast.unit_b)
    recorded(cast.secretary_b, directive, base.cells[0], form="cell_meeting", sessions=2, attended=18, expected=20)
    studied = studied_by(cast.officer, directive, [cast.unit_a.pk, cast.unit_b.pk])
    assert set(studied) == {cast.unit_b.pk}  # who recorded nothing is not there, and not summed as zero
    found = studied[cast.unit_b.pk]
    assert (found.sessions, found.attended, found.expected, found.percent) == (3, 63, 70, 90)
    assert found.units == {cast.unit_b.pk, base.cells[0].pk}


def test_who_may_record_and_for_which_units(cast, base, directive):
    may = {person: set(units_to_record_for(person, directive)) for person in (cast.secretary_b, cast.secretary)}
    assert may[cast.secretary_b] == {cast.unit_b, *base.cells}
    assert may[cast.secretary] == {cast.unit_a}
    for person in (cast.officer, cast.member, cast.stranger, cast.secretary):
        with pytest.raises(NotAllowed):
            recorded(person, directive, cast.unit_b)
    with pytest.raises(Refusal):  # works for a cell that cannot read the bloc's directive
        recorded(base.cell_secretary, directive, base.cells[0])
    assert not Dissemination.objects.exists()


@pytest.mark.parametrize(
    "figures",
    [
        {"attended": 51},
        {"sessions": 0},
        {"expected": 0, "attended": 0},
        {"held_on": clock.today() + timedelta(days=3)},
        {"held_on": clock.today() - timedelta(days=3000)},
    ],
)
def test_figures_that_cannot_be_are_refused(cast, directive, figures):
    with pytest.raises(Refusal):
        recorded(cast.secretary_b, directive, cast.unit_b, **figures)
    assert not Dissemination.objects.exists()


def test_a_correction_keeps_what_was_said_before_and_why(cast, directive):
    row = recorded(cast.secretary_b, directive, cast.unit_b)
    with pytest.raises(Refusal):
        correct_dissemination(actor=cast.secretary_b, dissemination=row, version=1, reason=" ", attended=40)
    correct_dissemination(actor=cast.secretary_b, dissemination=row, version=1, reason="Đếm nhầm", attended=40)
    line = HistoryLine.objects.get(action="correct_dissemination")
    assert (line.values["attended"], line.values["reason"]) == ([45, 40], "Đếm nhầm")
    with pytest.raises(Collision):
        correct_dissemination(actor=cast.secretary_b, dissemination=row, version=1, reason="Muộn", attended=1)
    assert Dissemination.objects.get().attended == 40


def test_what_is_withdrawn_is_not_counted(cast, directive):
    row = recorded(cast.secretary_b, directive, cast.unit_b)
    correct_dissemination(
        actor=cast.secretary_b, dissemination=row, version=1, reason="Không họp", is_withdrawn=True
    )
    assert studied_by(cast.officer, directive, [cast.unit_b.pk]) == {}


def test_a_neighbours_figures_are_not_seen(cast, directive):
    recorded(cast.secretary_b, directive, cast.unit_b)
    for person in (cast.secretary, cast.member, cast.department_worker, cast.stranger):
        assert not disseminations_for(person).exists()
        assert studied_by(person, directive, [cast.unit_a.pk, cast.unit_b.pk]) == {}
    assert disseminations_for(cast.central_officer).count() == 1


def test_figures_follow_the_class_of_the_document(cast):
    directive = make_directive(cast, classification=Classification.RESTRICTED)
    recorded(cast.secretary_b, directive, cast.unit_b)
    assert not disseminations_for(cast.central_officer).exists()
    assert disseminations_for(cast.officer).exists()


parts = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.integers(1, 50)).filter(
        lambda row: row[0] + row[1] > 0
    )
)


@given(parts)
def test_a_share_is_never_more_than_its_parts_say(rows):
    studied = [Studied(sessions, came, came + missed, {1}) for came, missed, sessions in rows]
    total = together(studied)
    if not rows:
        assert total.percent is None
        return
    shares = [one.percent for one in studied]
    assert min(shares) <= total.percent <= max(shares) <= 100
    assert (total.percent == 100) == all(missed == 0 for _came, missed, _sessions in rows)
