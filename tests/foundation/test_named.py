"""Ids that are one value of a query find what a list of them would."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Q, Value

from motbuoc.foundation.core.named import NamedIds, as_value, one_of
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.units.models import Unit, UnitVersion


def _versions(seeks: bool, *, units: str):
    return UnitVersion.objects.filter(one_of("unit", units, seeks=seeks)).order_by("pk").values_list("unit_id")


def _ids(*, name: str):
    rows = UnitVersion.objects.order_by().annotate(one=Value(1)).values_list("one")
    there = Q(name__gt=name)
    return rows.annotate(having=NamedIds("unit", filter=there), lacking=NamedIds("unit", filter=~there))


def test_one_prepared_query_finds_however_many_are_named(cast, django_assert_num_queries):
    prepared, units = Prepared(_versions), list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    for named in ([], units[:1], units[1:4], units):
        for seeks in (True, False):
            with django_assert_num_queries(1):
                found = prepared(seeks, units=as_value(",".join(map(str, named))))
            assert [pk for (pk,) in found] == named


def test_what_is_not_one_of_them_is_found_too(cast):
    first, *others = Unit.objects.order_by("pk").values_list("pk", flat=True)
    rest = UnitVersion.objects.filter(~one_of("unit", as_value(f"{first}"))).order_by("pk")
    assert list(rest.values_list("unit_id", flat=True)) == others


def test_the_database_names_them_itself(cast):
    ((_one, having, lacking),) = Prepared(_ids)(name="B")
    count = UnitVersion.objects.filter(one_of("unit", as_value(having))).count()
    assert count == UnitVersion.objects.filter(name__gt="B").count() > 0
    assert count + len(lacking.split(",") if lacking else []) == UnitVersion.objects.count()
    ((_one, having, _lacking),) = Prepared(_ids)(name="\U0010ffff")
    assert having is None
    assert not UnitVersion.objects.filter(one_of("unit", as_value(having))).exists()


def test_only_what_seeks_is_found_by_an_index_on_sqlite(cast):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")
    plans = []
    for seeks in (True, False):
        sql, parameters = Prepared(_versions).statement(seeks, units=as_value("1"))
        with connection.cursor() as cursor:
            cursor.execute(f"explain query plan {sql}", parameters)
            plans.append(" ".join(row[3] for row in cursor.fetchall()))
    assert "(unit_id=?" in plans[0]
    assert "(unit_id=?" not in plans[1]
