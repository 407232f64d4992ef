"""Units beside each other for one indicator: in the order of their figures, beside before and what they aim at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from motbuoc.domains.ledger.abreast import abreast_of, is_of_the_year
from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.defining import set_target
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.units.models import Unit
from tests.factories import Cast
from tests.factories.ledger import NOVEMBER, OCTOBER, Ledger, make_ledger, open_month, report

pytestmark = pytest.mark.django_db


def beside(cast: Cast, period: ReportingPeriod, indicator: Indicator):
    unit = Unit.objects.on(period.cutoff_on).get(pk=cast.bloc.pk)
    return abreast_of(period, unit, Indicator.objects.get(pk=indicator.pk))


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    return make_ledger(cast)


def months(cast: Cast, ledger: Ledger) -> ReportingPeriod:
    october = open_month(cast, ledger, OCTOBER)
    report(cast, october, cast.secretary, cast.unit_a.pk, i2_05=1)
    report(cast, october, cast.secretary_b, cast.unit_b.pk, i2_05=9)
    november = open_month(cast, ledger, NOVEMBER)
    report(cast, november, cast.secretary, cast.unit_a.pk, i2_05=3)
    report(cast, november, cast.secretary_b, cast.unit_b.pk, i2_05=5)
    return november


def test_the_largest_stands_first_beside_before_and_its_target(cast: Cast, ledger: Ledger) -> None:
    period = months(cast, ledger)
    target = {"indicator": ledger.dialogues, "year": 2026, "amount": Decimal(28)}
    set_target(actor=cast.officer, unit_id=cast.unit_b.pk, **target)
    found = beside(cast, period, ledger.dialogues)
    assert [(row.member.key, row.now, row.last, row.since_new_year, row.target) for row in found.units] == [
        (cast.unit_b.pk, 5, 9, 14, 28),
        (cast.unit_a.pk, 3, 1, 4, None),
    ]
    assert [row.reached for row in found.units] == [50, None]
    assert found.last is not None
    assert found.year_ago is None


@pytest.mark.parametrize("basis", [Basis.CUMULATIVE, Basis.STOCK])
def test_of_what_is_not_added_up_the_year_has_what_came_last(cast: Cast, ledger: Ledger, basis: str) -> None:
    period = months(cast, ledger)
    assert not is_of_the_year(ledger.dialogues, period)  # a month is not held against the target of a year
    Indicator.objects.filter(pk=ledger.dialogues.pk).update(basis=basis)
    found = beside(cast, period, ledger.dialogues)
    assert [row.since_new_year for row in found.units] == [5, 3]
    assert is_of_the_year(Indicator.objects.get(pk=ledger.dialogues.pk), period)


def test_who_has_not_reported_stands_last_and_is_marked(cast: Cast, ledger: Ledger) -> None:
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary_b, cast.unit_b.pk, i2_05=0)
    found = beside(cast, period, ledger.dialogues)
    assert [(row.member.key, row.now, row.missing) for row in found.units] == [
        (cast.unit_b.pk, 0, 0),
        (cast.unit_a.pk, None, 1),
    ]
