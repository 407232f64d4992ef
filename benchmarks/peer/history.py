"""`python -m benchmarks.peer.history fill|seal|verify|share SIZE`: one measure, in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from tests.factories import Cast, make_cast, make_directive

from motbuoc.domains.work import services
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.history.proving import verify
from motbuoc.foundation.history.sealing import seal_lines
from motbuoc.foundation.history.services import Act, record, write_lines
from motbuoc.foundation.people.models import Person


def fill(lines: int) -> dict[str, float]:
    """So many lines, each with a pair of values, in batches of a thousand."""
    call_command("migrate", verbosity=0)
    cast = make_cast()
    for start in range(0, lines, 1000):
        with transaction.atomic():
            values = {"state": ["assigned", "acknowledged"], "text": "Đã triển khai"}
            write_lines(
                cast.secretary,
                (Act("progress", "assignment", n, cast.unit_a.pk, values) for n in range(start, start + 1000)),
            )
    return {}


def seal(_size: int) -> dict[str, float]:
    """Seal everything."""
    return _watched("seal", seal_lines)


def prove(_size: int) -> dict[str, float]:
    """Verify everything."""

    def whole() -> None:
        assert verify().finding is None

    return _watched("verify", whole)


def _watched(name: str, work: Callable[[], object]) -> dict[str, float]:
    start = perf_counter()
    work()
    return {name: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, f"{name}_s": perf_counter() - start}


def share(steps: int) -> dict[str, float]:
    """A step of an assignment with its line ÷ the same step without, each person read anew as in a request."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a schema of its own, thrown away with the run
            cursor.execute("DROP SCHEMA IF EXISTS bench_history CASCADE; CREATE SCHEMA bench_history")
            cursor.execute("SET search_path TO bench_history")
    call_command("migrate", verbosity=0)
    cast = make_cast()
    make_directive(cast)
    ratios = _pairs(cast, steps)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA bench_history CASCADE")
    return {"share": median(ratios)}


def _pairs(cast: Cast, steps: int) -> list[float]:
    assignment = cast.unit_a.assignments.order_by("pk").first()
    assert assignment
    _step(cast.secretary, assignment, "acknowledge")
    recorders: tuple[Any, Any] = (record, lambda *_acts: None)
    ratios = []
    for turn in range(steps):
        times = [0.0, 0.0]
        for which in (0, 1) if turn % 2 else (1, 0):
            services.record = recorders[which]  # type: ignore[attr-defined]
            person = Person.objects.get(pk=cast.secretary.pk)
            fresh = Assignment.objects.get(pk=assignment.pk)
            start = perf_counter()
            _step(person, fresh, "progress")
            times[which] = perf_counter() - start
        if turn > steps // 10:  # the first ones warm up
            ratios.append(times[0] / times[1])
    return ratios


def _step(person: Person, assignment: Assignment, name: str) -> None:
    services.take_step(
        actor=person,
        assignment=Assignment.objects.get(pk=assignment.pk),
        version=assignment.version if name == "progress" else 1,
        name=name,
        text="Đã triển khai",
    )


MEASURES = {"fill": fill, "seal": seal, "verify": prove, "share": share}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(MEASURES[sys.argv[1]](int(sys.argv[2]))))
