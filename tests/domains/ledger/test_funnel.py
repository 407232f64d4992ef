"""How far the reports of a period have come: every step counted once, as the units on the way have it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.domains.ledger.filling import say_nothing
from motbuoc.domains.ledger.funnel import Funnel, funnel_of, parts_of_period
from motbuoc.domains.ledger.selectors import submissions_for
from motbuoc.domains.ledger.services import accept, approve, hand_in, reopen, send_back, units_to_approve
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from tests.factories import Cast, make_unit
from tests.factories.ledger import enter, make_ledger, open_month, report, submission_of

pytestmark = pytest.mark.django_db


def counted(period: ReportingPeriod, viewer: Person) -> Funnel:
    return funnel_of(submissions_for(viewer).filter(period=period))


def handed_in(period: ReportingPeriod, unit: Unit, person: Person, number: int = 1) -> None:
    mine = enter(person, submission_of(period, unit.pk), i2_05=number)
    hand_in(actor=person, submission=mine, version=mine.version)


def decided(step, cast: Cast, period: ReportingPeriod, unit: Unit, **more: str) -> None:
    mine = submission_of(period, unit.pk)
    step(actor=cast.officer, submission=mine, version=mine.version, **more)


def test_each_step_counts_those_that_went_on_from_it(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    assert counted(period, cast.officer) == (2, 0, 0, 0, 0, None, 0, 0, 0, 0)
    enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=3)
    say_nothing(actor=cast.secretary_b, submission=submission_of(period, cast.unit_b.pk), because="Chưa có")
    assert counted(period, cast.officer) == (2, 2, 0, 0, 0, None, 0, 0, 0, 0)
    handed_in(period, cast.unit_a, cast.secretary)  # with gaps
    mine = submission_of(period, cast.unit_b.pk)
    hand_in(actor=cast.secretary_b, submission=mine, version=mine.version)
    assert counted(period, cast.officer) == (2, 2, 2, 2, 1, None, 0, 0, 0, 0)
    decided(accept, cast, period, cast.unit_b)
    assert counted(period, cast.officer) == (2, 2, 2, 2, 1, None, 1, 1, 1, 0)
    assert counted(period, cast.secretary) == (1, 1, 1, 1, 0, None, 0, 0, 0, 0)  # each sees their own


def test_only_what_took_the_place_of_accepted_figures_is_corrected(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    handed_in(period, cast.unit_a, cast.secretary)
    decided(send_back, cast, period, cast.unit_a, reason="Thiếu")
    with clock.living_at(clock.now() + timedelta(minutes=1)):
        report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=2)
    found = counted(period, cast.officer)
    assert (found.accepted, found.corrected) == (1, 0)  # returned before it was accepted
    decided(reopen, cast, period, cast.unit_a, reason="Nhầm")
    assert counted(period, cast.officer).accepted == 0
    with clock.living_at(clock.now() + timedelta(minutes=2)):
        report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=4)
    found = counted(period, cast.officer)
    assert (found.accepted, found.corrected) == (1, 1)


def test_approved_is_what_no_unit_on_the_way_holds_any_more(cast: Cast) -> None:
    ledger = make_ledger(cast)
    below = make_unit("Chi bộ dưới", UnitKind.PARTY_CELL, cast.unit_a)
    lowest = make_unit("Tổ dưới nữa", UnitKind.PARTY_CELL, below)
    ledger.schedule.units.add(below, lowest)
    period = open_month(cast, ledger)
    asked = {cast.unit_a: 0, below: 1, lowest: 2}  # the units that have to approve each
    for unit in asked:
        handed_in(period, unit, cast.secretary)

    def agree() -> set[int]:
        """Both ways to ask say the same, and who is through."""
        rows = submissions_for(cast.officer).filter(period=period)
        through = {row.unit_id for row in rows.filter(parts_of_period()["approved"])}
        waiting = {row.unit_id: units_to_approve(row) for row in rows.exclude(handed_in_at=None)}
        assert through == {name for name, units in waiting.items() if not units}
        assert counted(period, cast.officer).approved == len(through)
        return through

    assert agree() == {cast.unit_a.pk}
    for unit, by in ((below, cast.unit_a), (lowest, below)):
        mine = submission_of(period, unit.pk)
        approve(actor=cast.secretary, submission=mine, unit_id=by.pk, version=mine.version)
    assert agree() == {cast.unit_a.pk, below.pk}
    mine = submission_of(period, lowest.pk)
    approve(actor=cast.secretary, submission=mine, unit_id=cast.unit_a.pk, version=mine.version)
    assert agree() == {unit.pk for unit in asked}
    decided(send_back, cast, period, below, reason="Xem lại")
    assert counted(period, cast.officer).approved == 2
    with clock.living_at(clock.now() + timedelta(minutes=1)):
        handed_in(period, below, cast.secretary, 5)  # what was approved was the one before
    assert below.pk not in agree()
