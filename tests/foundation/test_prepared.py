"""A prepared query finds what the query it was made of finds, whatever the values."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motbuoc.foundation.access.policy import below
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.units.models import Unit, UnitVersion


def _versions(*, since: date, unit: int):
    rows = UnitVersion.objects.filter(valid_from__gte=since, unit=unit)
    return rows.order_by("pk").values_list("valid_from", "name")


def _below(order: str, *, units: tuple[int, ...], today: date):
    rows = Unit.objects.on(today).filter(pk__in=below(units, today))
    return rows.order_by(order).values_list("pk", "name")


@pytest.mark.parametrize("order", ["name", "-name"])
def test_finds_the_same_for_every_value_and_shape(cast, order):
    prepared = Prepared(_below)
    spans = [(cast.bloc.pk,), (cast.unit_a.pk,), (cast.province.pk,), (cast.unit_a.pk, cast.unit_b.pk), ()]
    for units in spans * 2:
        for day in (date(2026, 1, 1), date(2019, 1, 1)):
            expected = [] if not units else list(_below(order, units=units, today=day))
            assert prepared(order, units=units, today=day) == expected
    assert len(prepared(order, units=(cast.bloc.pk,), today=date(2026, 1, 1))) == 4


def test_days_come_back_as_days(cast):
    (row,) = Prepared(_versions)(since=date(2019, 1, 1), unit=cast.unit_a.pk)
    assert row == (date(2020, 1, 1), "Chi bộ Sở Ánh Dương")
    assert Prepared(_versions)(since=date(2021, 1, 1), unit=cast.unit_a.pk) == []


def test_asks_the_database_once_each_time(cast):
    prepared = Prepared(_below)
    with CaptureQueriesContext(connection) as queries:
        for unit in (cast.unit_a, cast.unit_b):
            assert prepared("name", units=(unit.pk,), today=date(2026, 1, 1))[0][0] == unit.pk
    assert len(queries) == 2


def test_a_query_that_changes_a_value_is_refused(cast):
    def shifted(*, today: date):
        return UnitVersion.objects.filter(valid_from__lte=today.replace(year=2026)).values_list("pk")

    with pytest.raises(AssertionError, match="today"):
        Prepared(shifted)(today=date(2025, 5, 5))
