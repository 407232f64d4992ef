"""`python -m benchmarks.peer.reorganising UNITS POSITIONS MERGED`: what acts and reads cost in such a tree."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from tests.factories import make_cast

from benchmarks.peer.tree import grow
from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation import services
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit


class _TakenBack(Exception):
    pass


def timed(act: Callable[[], object], rounds: int) -> float:
    """The median seconds of an act, each time taken back."""
    times = []
    for _ in range(rounds):
        try:
            with transaction.atomic():
                start = perf_counter()
                act()
                times.append(perf_counter() - start)
                raise _TakenBack
        except _TakenBack:
            pass
    return median(times)


def plan_of(query: QuerySet[Any, Any]) -> list[str]:
    """The steps by which SQLite finds the rows."""
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return [row[3] for row in cursor.fetchall()]


def measure(units: int, positions: int, merged: int) -> dict[str, Any]:
    """The figures."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = make_cast()
    grow(cast.province, units, positions)
    today, basis = clock.today(), Basis(clock.today(), "Quyết định thử")
    actor = Person.objects.get(pk=cast.administrator.pk)
    cells = list(Unit.objects.on(today).filter(kind=UnitKind.PARTY_CELL).order_by("pk")[:merged])
    one = cells[0]
    new = NewUnit("Đảng bộ Mới", "Mới", "MOI", UnitKind.PARTY_BASE_ORG, cast.bloc)
    rename = timed(
        lambda: services.rename_unit(actor=actor, unit=one, basis=basis, name="Tên mới", short_name="Mới"), 21
    )
    merge = timed(lambda: services.merge_units(actor=actor, units=cells, into=new, basis=basis), 5)
    seen = str(Document.objects.filter(unit__in=policy.reach(cast.officer, Action.VIEW_DOCUMENT)).query)
    tasks = str(assignments_for(cast.officer).query)
    return {
        "merge": merge / rename,
        "joins": seen.count(" JOIN "),
        "closures": tasks.split("WHERE")[0].count("unitclosure"),
        "subtree": plan_of(policy.below([cast.province.pk], today)),
        "below": policy.below([cast.province.pk], today).count(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(*map(int, sys.argv[1:]))))
