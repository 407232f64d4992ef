"""`python -m benchmarks.peer.sweeping STEP …`: fill an installation with open work, and sweep it.

`fill UNITS OPEN` adds open assignments until there are so many; `due COUNT` lets so many fall due today; `sweep`
looks at them, in a process of its own so that its memory can be told. Each prints JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from itertools import islice
from time import process_time
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from tests.factories import make_cast, make_document

from benchmarks.peer.tree import grow
from motbuoc.domains.documents.models import Duty
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.units.models import Unit

BATCH = 5000


def fill(units: int, wanted: int) -> dict[str, Any]:
    """Make open assignments until there are `wanted`, over `units` units; none of them due."""
    call_command("migrate", verbosity=0)
    if not Unit.objects.exists():
        with transaction.atomic():
            cast = make_cast()
            make_document(cast)
        grow(cast.province, units, units * 2)
    today, have = clock.today(), Assignment.objects.count()
    first = Duty.objects.order_by("pk")[0]
    owing = list(Unit.objects.order_by("-pk").values_list("pk", flat=True)[:units])
    while have < wanted:
        first.pk, first.position = None, first.position + 1
        first._state.adding = True
        first.save()
        rows = (_assignment(first, unit, today) for unit in owing)
        while batch := list(islice(rows, BATCH)):
            Assignment.objects.bulk_create(batch)
        have += len(owing)
    later = today + 30 * clock.ONE_DAY
    Assignment.objects.filter(look_on=today).update(look_on=later, looked_on=today - clock.ONE_DAY)
    return {"open": have}


def _assignment(duty: Duty, unit: int, today: Any) -> Assignment:
    day = today - 10 * clock.ONE_DAY
    return Assignment(
        duty=duty,
        document_id=duty.document_id,
        unit_id=unit,
        given_to_id=unit,
        state="acknowledged",
        time_kind="dated",
        assigned_on=day,
        news_on=day,
        due_on=today + 60 * clock.ONE_DAY,
        first_due_on=today + 60 * clock.ONE_DAY,
    )


def due(count: int) -> dict[str, Any]:
    """Let the first `count` of those not yet due fall due today."""
    today = clock.today()
    later = (
        Assignment.objects.filter(look_on__gt=today)
        .exclude(due_on=today)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    chosen = list(later[:count])
    for start in range(0, len(chosen), BATCH):
        Assignment.objects.filter(pk__in=chosen[start : start + BATCH]).update(due_on=today)
    return {"due": len(chosen)}


def sweep() -> dict[str, Any]:
    """The sweep of today: seconds of a processor (SQLite works in this process), the most memory it had (MB), how
    many it looked at and told.
    """
    before, start = Notice.objects.count(), process_time()
    looked_at = Sweep(clock.today()).run()
    seconds = process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"s": seconds, "mb": memory, "looked_at": looked_at, "told": Notice.objects.count() - before}


if __name__ == "__main__":
    steps: dict[str, Callable[..., dict[str, Any]]] = {"fill": fill, "due": due, "sweep": sweep}
    print(json.dumps(steps[sys.argv[1]](*map(int, sys.argv[2:]))))
