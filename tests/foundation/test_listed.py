"""Thousands of ids as one value of a query."""

from __future__ import annotations

from typing import Any

from motbuoc.foundation.core.listed import as_list, listed
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.units.models import Unit


def _units(*, among: str) -> Any:
    return Unit.objects.filter(listed("pk", among)).order_by("pk").values_list("pk")


def test_only_what_is_listed(cast):
    every = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    for ids in ([], every[:1], every[1:4], [*range(100_000, 110_000), every[2]]):
        found = Prepared(_units)(among=as_list(ids))
        assert [pk for (pk,) in found] == [pk for pk in every if pk in ids]


def test_one_query_for_however_many(cast):
    units = Prepared(_units)
    short, long = (units.statement(among=as_list(range(size)))[0] for size in (1, 5_000))
    assert short == long
